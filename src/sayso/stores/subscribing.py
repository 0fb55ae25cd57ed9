"""The list of sources, for every store: which rows are read and written in one go.

How a row is read and written is each store's own SQL (`SubscriptionRows`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from sayso.records import Cursor, Logbook, Poll, Subscription

Connection = TypeVar("Connection")
Contra = TypeVar("Contra", contravariant=True)


class SubscriptionRows(Protocol[Contra]):
    """Reads and writes the rows of sources, inside a transaction that the store begins and ends."""

    def write_subscription(self, connection: Contra, subscription: Subscription, /) -> None: ...

    def delete_subscription(self, connection: Contra, url: str, /) -> bool: ...

    def read_subscriptions(self, connection: Contra, /) -> list[Subscription]: ...

    def write_poll(self, connection: Contra, poll: Poll, /) -> None: ...

    def write_put_off(self, connection: Contra, url: str, /, *, until: datetime) -> None: ...

    def write_logbook(self, connection: Contra, logbook: Logbook, /) -> None: ...

    def read_logbook(self, connection: Contra, /) -> Logbook | None: ...

    def read_told(self, connection: Contra, follow: str, /) -> Cursor | None: ...

    def write_told(self, connection: Contra, follow: str, cursor: Cursor, /) -> None: ...


class Session(ABC, Generic[Connection]):
    """An open store; what goes wrong inside its blocks is a StoreError that says what was done."""

    @abstractmethod
    def _asking(self, doing: str) -> AbstractContextManager[Connection]: ...

    @abstractmethod
    def _writing(self, doing: str) -> AbstractContextManager[Connection]:
        """Make one transaction of what happens inside."""


class Subscribing(Session[Connection]):
    """Keeps the list of sources."""

    @property
    @abstractmethod
    def _rows(self) -> SubscriptionRows[Connection]: ...

    def add_source(self, subscription: Subscription) -> None:
        """Follow a source, or change what is said of one; how its polls went stays."""
        with self._writing("adding a source") as connection:
            self._rows.write_subscription(connection, subscription)

    def remove_source(self, url: str) -> bool:
        """Follow a source no more; say whether it was followed. Its reports stay."""
        with self._writing("removing a source") as connection:
            return self._rows.delete_subscription(connection, url)

    def sources(self) -> list[Subscription]:
        """Return the sources that are followed, in the order in which they were added."""
        with self._asking("reading the sources") as connection:
            return self._rows.read_subscriptions(connection)

    def note_polls(self, polls: Iterable[Poll], *, logbook: Logbook | None = None) -> None:
        """Note how polls went, and how the watching goes, in one transaction."""
        with self._writing("noting polls") as connection:
            for poll in polls:
                self._rows.write_poll(connection, poll)
            if logbook is not None:
                self._rows.write_logbook(connection, logbook)

    def put_off(self, urls: Iterable[str], *, until: datetime) -> None:
        """Ask these sources not before `until`."""
        with self._writing("putting sources off") as connection:
            for url in urls:
                self._rows.write_put_off(connection, url, until=until)

    def logbook(self) -> Logbook | None:
        """Return how the watching goes, as it was last noted."""
        with self._asking("reading the logbook") as connection:
            return self._rows.read_logbook(connection)

    def told_up_to(self, follow: str) -> Cursor | None:
        """Return the last change that a follow was told of, or passed over; None: none yet."""
        with self._asking("reading what was told") as connection:
            return self._rows.read_told(connection, follow)

    def note_told(self, follow: str, cursor: Cursor) -> None:
        """Note that a follow was told of all up to a change."""
        with self._writing("noting what was told") as connection:
            self._rows.write_told(connection, follow, cursor)
