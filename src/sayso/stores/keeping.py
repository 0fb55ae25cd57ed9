"""What every store does alike with what it keeps; how a row is read is each store's own SQL."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from typing import TypeVar

from sayso.records import Cursor, Findings, Lineage, Placement, Report, ReportId
from sayso.stores.reports import choose_unseen
from sayso.stores.subscribing import Connection, Session

T = TypeVar("T")


class Keeping(Session[Connection]):
    """Tells what is not kept yet, and gives back what was found out about reports."""

    @abstractmethod
    def _words_kept(self, connection: Connection, report: ReportId) -> str | None:
        """Return the `words_id` of what is, or was, kept under an id."""

    @abstractmethod
    def _found(
        self, kind: str, record: type[T], ids: Iterable[ReportId], at: Cursor | None
    ) -> list[T]:
        """Return the newest record of a kind of each report, as of a cursor, in the order asked."""

    def unseen(self, reports: Iterable[Report]) -> list[Report]:
        """Return those whose exact version is not kept yet, in order, each once.

        Where an id is taken by other words, the report comes back under the id of a
        new version; what is returned can always be kept.
        """
        with self._asking("looking for unseen reports") as connection:
            return choose_unseen(reports, lambda report: self._words_kept(connection, report))

    def findings(self, ids: Iterable[ReportId], *, at: Cursor | None = None) -> list[Findings]:
        """Return what was found in each report, as of a cursor, in the order asked."""
        return self._found("findings", Findings, ids, at)

    def lineages(self, ids: Iterable[ReportId], *, at: Cursor | None = None) -> list[Lineage]:
        """Return what each report was copied from, as of a cursor, in the order asked."""
        return self._found("lineage", Lineage, ids, at)

    def placements(self, ids: Iterable[ReportId], *, at: Cursor | None = None) -> list[Placement]:
        """Return each report's place in a story, as of a cursor, in the order asked."""
        return self._found("placement", Placement, ids, at)
