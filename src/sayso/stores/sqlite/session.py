"""A connection to one SQLite file, for one question or one transaction at a time."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sayso.errors import StoreError
from sayso.records import Cursor
from sayso.stores.sqlite.opening import FAILURES, MEMORY, WAIT_SECONDS, open_database, store_error
from sayso.stores.subscribing import Session

NEWEST = Cursor(2**63 - 1)
"""Later than every cursor: how the store asks for things as they are now."""


class SqliteSession(Session[sqlite3.Connection]):
    """One store, opened. Threads take turns with it."""

    def __init__(
        self, path: Path | str = MEMORY, *, read_only: bool = False, wait: float = WAIT_SECONDS
    ) -> None:
        self._place = str(path)
        self._lock = threading.RLock()
        self._database = open_database(self._place, read_only=read_only, wait=wait)

    def close(self) -> None:
        with self._lock:
            self._database.close()

    @contextmanager
    def _asking(self, doing: str) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                yield self._database
            except FAILURES as error:
                raise store_error(self._place, doing, error) from error
            except StoreError as error:
                raise StoreError(f"{self._place}: {doing}: {error}") from error

    @contextmanager
    def _writing(self, doing: str) -> Iterator[sqlite3.Connection]:
        """Make one transaction of what happens inside."""
        with self._asking(doing) as database:
            # At once, not at the first row: a writer that waits has read nothing stale.
            database.execute("BEGIN IMMEDIATE")
            try:
                yield database
                database.execute("COMMIT")
            except BaseException:
                # A full disk has made SQLite roll back already.
                if database.in_transaction:
                    database.execute("ROLLBACK")
                raise
