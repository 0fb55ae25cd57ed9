"""What the pages are made from: the port between the web and a running desk.

`app` gives one over the store; the tests give one over a few records. Its methods are plain and
may take a moment; the web calls them from threads, several at once.

A topic is what a page is about: the slug of an edition, the id of a story, `speaker/NAME` or
`outlet/NAME`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sayso.brief.front import Entry, Found
from sayso.brief.records import Briefing, Length
from sayso.records import Change, Cursor, Findings, Health, Report, ReportId, Ruling


def topic_key(topic: str) -> str:
    """Return what a topic is compared by: names of speakers and outlets in any case."""
    return topic.casefold() if "/" in topic else topic


@dataclass(frozen=True, slots=True)
class Told:
    """A change, and the topics that it bears on."""

    change: Change
    bears: frozenset[str]  # their keys

    def of(self, topic: str | None) -> bool:
        """Say whether the change bears on a topic; on none, every change does."""
        return topic is None or topic_key(topic) in self.bears


class Newsstand(Protocol):
    """Where readers get the briefings of a desk. Raises StoreError when the store fails."""

    def entries(self) -> Sequence[Entry]:
        """Return what the desk has pages of: its editions, then its stories, last moved first."""
        ...

    def briefing(
        self,
        topic: str,
        *,
        since: datetime | Cursor | None,
        at: Cursor | None,
        length: Length = "page",
    ) -> Briefing | None:
        """Return a briefing as of a cursor, by default the newest; None when there is none.

        `since` is what "new" is measured from: a time, or the cursor of a page that was seen;
        None: as the desk sees fit.
        """
        ...

    def moved(self, topic: str, newest: Cursor) -> Cursor:
        """Return the cursor, `newest` at most, from which on the page of a topic is the same.

        It may be called where nothing may wait; `newest` is one that `cursor` gave.
        """
        ...

    def survivor(self, topic: str) -> str | None:
        """Return the story that a story was merged into; None for anything else."""
        ...

    def report(self, report: ReportId) -> tuple[Report, Findings] | None: ...

    def search(self, words: str, *, at: Cursor | None = None) -> Found:
        """Return reports that hold all the words, what was said with them, and speakers.

        As of a cursor, by default the newest.
        """
        ...

    def changes(self, *, after: Cursor) -> Sequence[Told]:
        """Return what changed after a cursor, in order, the first of it when there is much."""
        ...

    def cursor(self) -> Cursor:
        """Return the cursor of the newest change. Asked four times a second."""
        ...

    def health(self) -> Health:
        """Return how the desk is: its sources, and how the watching goes."""
        ...

    def rule(self, ruling: Ruling) -> Ruling:
        """Keep an editor's ruling and return it with the whole ids of its two reports.

        It may name a report by the first characters of its id, where they name one only. Raises
        InputError for reports that the desk does not know.
        """
        ...
