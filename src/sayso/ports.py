"""Protocols of the nouns: what the pipeline needs, whoever provides it.

A port is here only when it has two implementations (a fake in the tests counts).
Each has a contract suite in `tests/contracts/`; a new implementation joins by one line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from sayso.records import (
    Attribution,
    AttributionId,
    Change,
    Cursor,
    Decision,
    Findings,
    Lineage,
    Logbook,
    Outlet,
    Placement,
    Poll,
    Report,
    ReportId,
    Ruling,
    Sketch,
    Story,
    StoryId,
    Subscription,
    Topic,
)

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """Bytes as a source gave them, and what it said of them."""

    place: str  # the file or the address, for people and for errors
    body: bytes
    media_type: str | None = None  # as told by the sender, without parameters
    charset: str | None = None  # as told by the sender
    url: str | None = None  # the final address, after redirects
    fetched: datetime | None = None
    outlet: Outlet | None = None  # as told by the folder or the source list; None: read it inside


class Source(Protocol):
    """Fetches bytes. Raises SourceError for what could not be opened, and goes on."""

    def fetch(self, place: str) -> Iterator[Raw]: ...


class Finder(Protocol):
    """Finds the attributions of one report: source, cue, content; speakers come later."""

    name: str
    """The maker and its version, as in "rules/1"."""

    def find(self, report: Report) -> Sequence[Attribution]: ...


class Engine(Protocol):
    """Runs a pure function over many records, in order."""

    def map(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[R]: ...


class Store(Protocol):
    """Keeps records. Every method raises StoreError when the store fails."""

    def unseen(self, reports: Iterable[Report]) -> list[Report]:
        """Return those whose exact version is not kept yet, in order, each once.

        Where an id is taken by other words, the report comes back under the id of a
        new version (`sayso.ids.version_id`); what is returned can always be kept.
        """
        ...

    def versions(self, keys: Iterable[str]) -> dict[str, list[Report]]:
        """Return the kept versions of each dispatch key, oldest first."""
        ...

    def apply(
        self, decision: Decision, *, now: datetime, raws: Iterable[tuple[ReportId, Raw]] = ()
    ) -> list[Change]:
        """Keep all of `decision` in one transaction and return its changes with their cursors.

        Keeping the same decision again changes nothing and returns no change. The developments
        of a decision with a ruling that is not kept yet are told even where they were told
        before: an editor may rule on one report several times.
        """
        ...

    def reports(self, ids: Iterable[ReportId]) -> list[Report]:
        """Return the kept reports among `ids`, in the order asked."""
        ...

    def findings(self, ids: Iterable[ReportId], *, at: Cursor | None = None) -> list[Findings]: ...

    def lineages(self, ids: Iterable[ReportId], *, at: Cursor | None = None) -> list[Lineage]: ...

    def placements(
        self, ids: Iterable[ReportId], *, at: Cursor | None = None
    ) -> list[Placement]: ...

    def rulings(
        self, ids: Iterable[ReportId] | None = None, *, at: Cursor | None = None
    ) -> list[Ruling]:
        """Return the rulings that name one of `ids` (None: all), as of a cursor, oldest first."""
        ...

    def since(self, when: datetime, *, limit: int = 10_000) -> list[Report]:
        """Return the reports published (or else kept) since `when`, oldest first.

        Where there are more than `limit`, the oldest are left out.
        """
        ...

    def sketches(self, since: datetime) -> Iterator[tuple[ReportId, datetime, Sketch | None]]:
        """Yield the reports published (or else kept) since then, in the order of their time.

        Each with when it was kept and its sketch; None: there is none.
        """
        ...

    def stories(self, *, at: Cursor | None = None, limit: int = 100) -> list[Story]:
        """Return stories as of a cursor, those last moved first."""
        ...

    def story(self, story: StoryId, *, at: Cursor | None = None) -> Story | None: ...

    def moved_to(self, story: StoryId, *, at: Cursor | None = None) -> list[StoryId]:
        """Return the stories that reports left this one for, those that most did first.

        A story that has none left was merged: its address leads to the first of them. One that
        has some was split.
        """
        ...

    def changes(self, *, after: Cursor, limit: int = 1_000) -> list[Change]:
        """Return what changed after a cursor, in order."""
        ...

    def arrivals(self, ids: Iterable[ReportId]) -> list[Change]:
        """Return the change by which readers first heard of each report, in the order asked."""
        ...

    def steps(self, ids: Iterable[ReportId], *, at: Cursor | None = None) -> list[Change]:
        """Return the developments of single statements that the reports brought, in order.

        They say nothing of where a report stands: that is told by those without a statement.
        """
        ...

    def cursor(self) -> Cursor:
        """Return the cursor of the newest change; 0 when there is none."""
        ...

    def about(self, topic: Topic, *, at: Cursor | None = None, limit: int = 500) -> list[ReportId]:
        """Return the reports of a topic as of a cursor, those that came last first."""
        ...

    def count_about(self, topics: Iterable[Topic], *, at: Cursor | None = None) -> list[int]:
        """Return how many reports each topic has as of a cursor, in the order asked."""
        ...

    def holding(
        self, terms: Iterable[str], *, least: int = 1, at: Cursor | None = None, limit: int = 500
    ) -> list[ReportId]:
        """Return reports with at least `least` of `terms` as of a cursor, the last to come first.

        A term's words may stand in it inflected, and apart. None is left out; some may hold only
        words that begin alike: who must be sure compares their terms.
        """
        ...

    def search(self, words: str, *, at: Cursor | None = None, limit: int = 20) -> list[Report]:
        """Return reports that hold all the words, as of a cursor, newest first.

        A word that ends in * stands for all that begin with it.
        """
        ...

    def search_said(
        self, words: str, *, at: Cursor | None = None, limit: int = 20
    ) -> list[tuple[ReportId, AttributionId]]:
        """Return what was said with all the words or by whom they name, the last to come first."""
        ...

    def search_names(self, words: str, *, at: Cursor | None = None, limit: int = 20) -> list[Topic]:
        """Return the speakers and outlets in whose names all the words stand, or begin words.

        Those with the most reports come first, and none that had no report as of a cursor.
        """
        ...

    def raw(self, report: ReportId) -> Raw | None:
        """Return the bytes that a report came from."""
        ...

    def prune(self, *, before: datetime, now: datetime, limit: int = 1_000) -> int:
        """Take out up to `limit` reports kept before then, of stories that rested since.

        Return how many there were; ask again until there are none. The bytes that any report
        of before came from go as well. What was taken out is never unseen again.
        """
        ...

    def pruned(self, report: ReportId) -> datetime | None:
        """Return when a report was taken out; None when it was not."""
        ...

    def close(self) -> None: ...


class Subscriptions(Protocol):
    """Keeps the list of sources. Every method raises StoreError when the store fails."""

    def add_source(self, subscription: Subscription) -> None:
        """Follow a source, or change what is said of one; how its polls went stays."""
        ...

    def remove_source(self, url: str) -> bool:
        """Follow a source no more; say whether it was followed. Its reports stay."""
        ...

    def sources(self) -> list[Subscription]:
        """Return the sources that are followed, in the order in which they were added."""
        ...

    def note_polls(self, polls: Iterable[Poll], *, logbook: Logbook | None = None) -> None:
        """Note how polls went, and how the watching goes, in one transaction.

        A source that has moved is followed at its new address; where that one is followed
        already, the old one is followed no more. Polls of what is not followed change nothing.
        """
        ...

    def put_off(self, urls: Iterable[str], *, until: datetime) -> None:
        """Ask these sources not before `until`."""
        ...

    def logbook(self) -> Logbook | None:
        """Return how the watching goes, as it was last noted."""
        ...

    def told_up_to(self, follow: str) -> Cursor | None:
        """Return the last change that a follow was told of, or passed over; None: none yet."""
        ...

    def note_told(self, follow: str, cursor: Cursor) -> None:
        """Note that a follow was told of all up to a change."""
        ...


class DeskStore(Store, Subscriptions, Protocol):
    """All that a desk keeps, in one place."""
