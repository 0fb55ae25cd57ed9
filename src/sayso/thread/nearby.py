"""Which earlier reports are most like a report: an index over the open stories' reports.

A report is looked up by its weightiest terms, and of each term only the newest holders are
read, so that a look-up costs the same among ten thousand reports and three hundred thousand.
What was taken in last can be taken out again, as if it had never been there.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import numpy as np

from sayso.records import ReportId
from sayso.thread.open_story import Member
from sayso.thread.vectors import Weights

HELD = 50
"""A report's weightiest terms, by which it can be found."""

ASKED = 30
"""Those of them by which others are looked up."""

NEWEST = 400
"""Holders of one term that are read, the newest: what more reports hold tells little."""

COMPARED = 40
"""Reports found that are compared in full."""


ENOUGH_GONE = 1_000
"""Reports forgotten for which it is worth making the index anew."""


class Nearby:
    """The reports in the order in which they were taken in, by their terms."""

    def __init__(self) -> None:
        self._members: list[Member] = []
        self._gone: set[ReportId] = set()
        self._holders: dict[int, array[int]] = {}
        self._weights: dict[int, array[int]] = {}
        self._room = np.zeros(1 << 12, dtype=np.int64)

    def add(self, member: Member) -> None:
        """Take in a report."""
        number = len(self._members)
        self._members.append(member)
        if number >= len(self._room):
            self._room = np.append(self._room, np.zeros_like(self._room))
        held = member.vector.numbers[:HELD].tolist()
        for term, weight in zip(held, member.vector.weights[:HELD].tolist(), strict=True):
            holders = self._holders.get(term)
            if holders is None:
                self._holders[term] = array("i", (number,))
                self._weights[term] = array("i", (weight,))
            else:
                holders.append(number)
                self._weights[term].append(weight)

    def drop_last(self) -> None:
        """Take out the report that was taken in last."""
        for term in self._members.pop().vector.numbers[:HELD].tolist():
            if len(self._holders[term]) == 1:
                del self._holders[term], self._weights[term]
            else:
                self._holders[term].pop()
                self._weights[term].pop()

    def forget(self, reports: Iterable[ReportId]) -> None:
        """Find those reports no more."""
        self._gone.update(reports)
        # They cost only room: it is cleared once they are the larger part.
        if len(self._gone) > max(ENOUGH_GONE, len(self._members) / 2):
            kept = [one for one in self._members if one.report not in self._gone]
            self._members, self._gone = [], set()
            self._holders, self._weights = {}, {}
            for member in kept:
                self.add(member)

    def nearest(self, member: Member, unfolded: Weights) -> list[tuple[Member, int]]:
        """Return the reports most like `member`, each with how alike, the nearest first."""
        room = self._room
        seen = []
        asked = member.vector.numbers[:ASKED].tolist()
        for term, weight in zip(asked, member.vector.weights[:ASKED].tolist(), strict=True):
            holders = self._holders.get(term)
            if holders is not None:
                newest = np.array(holders[-NEWEST:])
                room[newest] += np.array(self._weights[term][-NEWEST:]) * weight
                seen.append(newest)
        if not seen:
            return []
        found = np.unique(np.concatenate(seen))
        likely = room[found]
        room[found] = 0
        if len(found) > COMPARED:
            # Ties by number, which is by age: the order in memory must decide nothing.
            found = found[np.lexsort((found, -likely))[:COMPARED]]
        alike = []
        for number in found.tolist():
            other = self._members[number]
            if other.report not in self._gone:
                product = int(unfolded[other.vector.numbers] @ other.vector.weights)
                alike.append((-product, number, other))
        return [(other, -product) for product, _, other in sorted(alike, key=lambda one: one[:2])]
