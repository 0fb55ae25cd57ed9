"""What editors ruled on stories: who stands together and who apart, whatever the words say.

Rule 1: the newest word on a pair counts; one that is taken back counts no more.
Rule 2: where rulings on several pairs contradict one another, the newest are kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sayso.records import ReportId, Ruling

Pair = tuple[ReportId, ReportId, str]
"""Two reports, and the ruling on them as a reason."""


class Ruled:
    """The rulings in force, oldest first."""

    def __init__(self, rulings: Sequence[Ruling] = ()) -> None:
        newest: dict[frozenset[ReportId], Ruling] = {}
        for ruling in rulings:
            if ruling.verdict in ("together", "apart", "undecided"):
                pair = frozenset((ruling.report, ruling.other))
                newest.pop(pair, None)
                newest[pair] = ruling
        self._group: dict[ReportId, frozenset[ReportId]] = {}
        self._barred: dict[ReportId, set[ReportId]] = defaultdict(set)
        self._reasons: dict[ReportId, str] = {}
        self.together: list[Pair] = []
        self.apart: list[Pair] = []
        for ruling in reversed(newest.values()):
            if ruling.verdict == "together":
                self._put_together(ruling)
            elif ruling.verdict == "apart":
                self._put_apart(ruling)

    def group(self, report: ReportId) -> frozenset[ReportId]:
        """Return the reports that stand together with `report`, itself among them."""
        return self._group.get(report) or frozenset((report,))

    def place_of(
        self, report: ReportId, story_of: Mapping[ReportId, int]
    ) -> tuple[int, str] | None:
        """Return the story that an editor put `report` in, and the ruling as a reason."""
        for other in sorted(self.group(report) - {report}):
            if other in story_of:
                return story_of[other], self._reasons[report]
        return None

    def excludes(self, report: ReportId, story: int, story_of: Mapping[ReportId, int]) -> bool:
        """Say whether an editor keeps `report` apart from a report of `story`."""
        return any(
            story_of.get(other) == story
            for one in self.group(report)
            for barred in self._barred.get(one, ())
            for other in self.group(barred)
        )

    def parts(self, story: int, other: int, story_of: Mapping[ReportId, int]) -> bool:
        """Say whether an editor keeps a report of `story` apart from one of `other`."""
        pair = {story, other}
        return any({story_of.get(one), story_of.get(two)} == pair for one, two, _ in self.apart)

    def bound(self, reports: Sequence[ReportId]) -> list[tuple[int, int]]:
        """Return which of `reports` stand together with an earlier one, by their places."""
        if not self.together:
            return []
        leaders: dict[frozenset[ReportId], int] = {}
        found = []
        for place, report in enumerate(reports):
            leader = leaders.setdefault(self.group(report), place)
            if leader != place:
                found.append((place, leader))
        return found

    def no_more(self, later: Ruled) -> list[Pair]:
        """Return the rulings that are in force here and not in `later`."""
        still = {frozenset(pair[:2]) for pair in (*later.together, *later.apart)}
        return [one for one in (*self.together, *self.apart) if frozenset(one[:2]) not in still]

    def _put_together(self, ruling: Ruling) -> None:
        one, other = self.group(ruling.report), self.group(ruling.other)
        if self._kept_apart(one, other):
            return
        reason = _told("ruled together", ruling)
        joined = one | other
        for report in joined:
            self._group[report] = joined
            self._reasons.setdefault(report, reason)
        self.together.insert(0, (ruling.report, ruling.other, reason))

    def _put_apart(self, ruling: Ruling) -> None:
        if ruling.other in self.group(ruling.report):
            return
        self._barred[ruling.report].add(ruling.other)
        self._barred[ruling.other].add(ruling.report)
        self.apart.insert(0, (ruling.report, ruling.other, _told("ruled apart", ruling)))

    def _kept_apart(self, one: Iterable[ReportId], other: frozenset[ReportId]) -> bool:
        return any(not other.isdisjoint(self._barred.get(each, ())) for each in one)


def _told(verdict: str, ruling: Ruling) -> str:
    by = f" by {ruling.by}" if ruling.by else ""
    because = f": {ruling.reason}" if ruling.reason else ""
    return f"{verdict}{by}{because}"
