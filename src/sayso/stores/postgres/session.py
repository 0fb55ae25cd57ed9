"""A connection to one schema on a server, for one question or one transaction at a time.

A lost connection is a StoreError; the next question connects again.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from sayso.errors import StoreError
from sayso.stores.postgres.catalogue import take_in_left_over
from sayso.stores.postgres.opening import (
    WAIT_SECONDS,
    Connection,
    lock_writing,
    open_database,
    place_of,
    store_error,
)
from sayso.stores.subscribing import Session


class PostgresSession(Session[Connection]):
    """One store, opened. Threads take turns with it."""

    def __init__(
        self,
        address: str,
        *,
        schema: str = "sayso",
        read_only: bool = False,
        wait: float = WAIT_SECONDS,
    ) -> None:
        self._address = address
        self._schema = schema
        self._read_only = read_only
        self._wait = wait
        self._place = place_of(address)
        self._lock = threading.RLock()
        self._closed = False
        self._connection = self._connect()
        while not read_only and self._take_in_left_over():
            pass

    def close(self) -> None:
        with self._lock:
            self._closed = True
            self._connection.close()

    def _take_in_left_over(self) -> bool:
        with self._writing("making the catalogue") as connection:
            return take_in_left_over(connection)

    def _connect(self) -> Connection:
        return open_database(
            self._address, self._schema, read_only=self._read_only, wait=self._wait
        )

    @contextmanager
    def _asking(self, doing: str) -> Iterator[Connection]:
        with self._lock:
            if self._closed:
                raise StoreError(f"{self._place}: {doing}: the store is closed")
            if self._connection.closed:
                self._connection = self._connect()
            try:
                yield self._connection
            except psycopg.Error as error:
                raise store_error(self._place, doing, error) from error
            except StoreError as error:
                raise StoreError(f"{self._place}: {doing}: {error}") from error

    @contextmanager
    def _writing(self, doing: str) -> Iterator[Connection]:
        """Make one transaction of what happens inside."""
        with self._asking(doing) as connection, connection.transaction():
            lock_writing(connection)
            yield connection
