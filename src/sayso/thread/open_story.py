"""An open story as threading holds it: its reports, and how alike the newest of them are.

Its likeness to a report is looked up among its newest reports only: a running story drifts, and
what it was a week ago must not hold it there. What was added last can be taken out again.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from sayso.records import ReportId
from sayso.thread.vectors import WHOLE, Products, Vector, Weights, between

RECENT = 60
"""Newest reports of a story to which a report is compared."""


@dataclass(slots=True, eq=False)
class Met:
    """What was worked out of a report beside stories, each by its stamp: it may be placed anew."""

    products: dict[int, Products] = field(default_factory=dict)
    shared: dict[int, str] = field(default_factory=dict)

    def clear(self) -> None:
        self.products.clear()
        self.shared.clear()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Member:
    """A report as its story holds it."""

    report: ReportId
    vector: Vector
    key: tuple[str, ...]  # where it stands in the order of all reports
    at: datetime | None  # None: not even when it was read is known
    published: datetime | None
    met: Met = field(default_factory=Met)


@dataclass(slots=True, eq=False)
class OpenStory:
    """The reports of one story that is not closed, in order."""

    number: int
    kin: int  # shared by the stories that one was parted into
    members: list[Member] = field(default_factory=list)
    last: datetime | None = None
    looked: int = 0  # reports that it had when it was last looked at whether it is one story
    square: int = 0  # the newest reports' products with one another, summed up
    _rows: list[Products] = field(default_factory=list)  # each with the newest before it
    _stamps: list[int] = field(default_factory=list)  # of which reports it had, after each
    _terms: tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.intp]] | None = None

    @property
    def recent(self) -> list[Member]:
        return self.members[-RECENT:]

    @property
    def stamp(self) -> int:
        """A number for its reports in their order: what has the same stamp is the same story."""
        return self._stamps[-1]

    def products(self, unfolded: Weights) -> Products:
        """Return how alike the report that is unfolded and each of the newest are."""
        numbers, weights, ends = self._laid_out()
        return between(unfolded[numbers] * weights, ends)

    def shared(self, unfolded: Weights) -> list[int]:
        """Return the terms that its newest reports share with the report that is unfolded.

        Those that make the two alike most come first.
        """
        numbers, weights, _ = self._laid_out()
        here = unfolded[numbers] > 0
        found, places = np.unique(numbers[here], return_inverse=True)
        alike = np.bincount(places, (unfolded[numbers] * weights)[here], len(found))
        return [int(one) for one in found[np.argsort(-alike, kind="stable")]]

    def whole(self) -> Vector:
        """Return the sum of the vectors of its newest reports."""
        numbers, weights, _ = self._laid_out()
        found, places = np.unique(numbers, return_inverse=True)
        # Sums of whole numbers this small are exact as floats.
        summed = np.bincount(places, weights, len(found))
        return Vector(found, summed.astype(np.int32))

    def _laid_out(self) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.intp]]:
        """Return the terms and weights of its newest reports in a row, and where each ends."""
        if self._terms is None:
            vectors = [one.vector for one in self.recent]
            lengths = np.array([0, *(len(one.numbers) for one in vectors)])
            self._terms = (
                np.concatenate([one.numbers for one in vectors]),
                np.concatenate([one.weights for one in vectors]),
                np.cumsum(lengths),
            )
        return self._terms

    def likeness(self, products: Products) -> float:
        """Return how like a report of these `products` the story is.

        Half to the whole of its newest reports, half to its nearest: the newest turn of a story
        is like few of its reports, but what is like one alone is often like that one's aside.
        """
        whole = float(products.sum()) / math.sqrt(self.square * WHOLE)
        return (whole + float(products.max()) / WHOLE) / 2

    def cohesion(self) -> float:
        """Return how alike its newest reports are, two by two; of one report, as most are."""
        count = len(self.recent)
        pairs = count * (count - 1)
        return (self.square / WHOLE - count + USUAL) / (pairs + 1)

    def add(self, member: Member, products: Products) -> None:
        """Take in a report, given how alike it and each of the newest are."""
        if len(self.members) >= RECENT:
            first = len(self.members) - RECENT
            gone = sum(int(self._rows[first + n][-n]) for n in range(1, RECENT))
            self.square -= 2 * gone + WHOLE
            products = products[1:]
        self.square += 2 * int(products.sum()) + WHOLE
        self._rows.append(products)
        self.members.append(member)
        self._stamps.append(hash((self._stamps[-1] if self._stamps else 0, member.report)))
        self._terms = None
        if member.at is not None:
            self.last = max(self.last or member.at, member.at)

    def drop_last(self, *, square: int, last: datetime | None) -> None:
        """Take out the report that was added last; tell what was true before."""
        self.members.pop()
        self._rows.pop()
        self._stamps.pop()
        self._terms = None
        self.square, self.last = square, last


USUAL = 0.35
"""How alike two reports of one story usually are, for stories that are too small to tell."""
