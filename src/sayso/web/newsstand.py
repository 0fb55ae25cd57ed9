"""What the pages are made from: the port between the web and a running desk.

`app` gives one over the store; the tests give one over a few records. Its methods are plain and
may take a moment; the web calls them from threads, several at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from sayso.brief.records import Briefing
from sayso.records import Change, Cursor, Findings, Report, ReportId


class Newsstand(Protocol):
    """Where readers get the briefings of a desk. Raises StoreError when the store fails."""

    def briefings(self) -> Sequence[tuple[str, str]]:
        """Return the slug and the title of each briefing, the one that leads first."""
        ...

    def briefing(self, slug: str, *, since: datetime | None, at: Cursor | None) -> Briefing | None:
        """Return a briefing as of a cursor, by default the newest; None when there is none.

        `since` is what "new" is measured from; None: as the desk sees fit.
        """
        ...

    def report(self, report: ReportId) -> tuple[Report, Findings] | None: ...

    def search(self, words: str) -> Sequence[Report]:
        """Return reports that hold all the words, newest first."""
        ...

    def changes(self, slug: str | None, *, after: Cursor) -> Sequence[Change]:
        """Return what changed after a cursor, in order; with a slug, what bears on it."""
        ...

    def cursor(self) -> Cursor:
        """Return the cursor of the newest change. Asked about once a second."""
        ...
