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
from sayso.thread.vectors import Weights, products_of

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
        self._places = np.zeros(1 << 12, dtype=np.int32)

    def add(self, member: Member) -> None:
        """Take in a report."""
        number = len(self._members)
        self._members.append(member)
        if number >= len(self._room):
            self._room = np.append(self._room, np.zeros_like(self._room))
            self._places = np.append(self._places, np.zeros_like(self._places))
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
        found = [self._members[number] for number in self._likely(member)]
        found = [other for other in found if other.report not in self._gone]
        products = products_of([other.vector for other in found], unfolded).tolist()
        # Ties by number, which is by age: the order in memory must decide nothing.
        order = sorted(range(len(found)), key=lambda place: (-products[place], place))
        return [(found[place], products[place]) for place in order]

    def _likely(self, member: Member) -> list[int]:
        """Return the numbers of those that share most of the weightiest terms, in order."""
        asked = member.vector.numbers[:ASKED].tolist()
        held = [(at, self._holders[term]) for at, term in enumerate(asked) if term in self._holders]
        if not held:
            return []
        newest = [np.frombuffer(holders, dtype=np.int32)[-NEWEST:] for _, holders in held]
        theirs = [
            np.frombuffer(self._weights[asked[at]], dtype=np.int32)[-NEWEST:] for at, _ in held
        ]
        mine = member.vector.weights[[at for at, _ in held]].astype(np.int64)
        numbers = np.concatenate(newest)
        room, places = self._room, self._places
        np.add.at(room, numbers, np.concatenate(theirs) * mine.repeat(list(map(len, newest))))
        # Each number once, without sorting them all: what was written last stands there.
        order = np.arange(len(numbers), dtype=np.int32)
        places[numbers] = order
        found = numbers[places[numbers] == order]
        likely = room[found]
        room[found] = 0
        if len(found) > COMPARED:
            least = np.partition(likely, -COMPARED)[-COMPARED]
            found, likely = found[likely >= least], likely[likely >= least]
            found = found[np.lexsort((found, -likely))[:COMPARED]]
        return sorted(found.tolist())
