"""A report as a vector over its terms, in whole numbers.

Whole numbers, since sums of them are the same in whatever order they were added up and taken
away again: what is decided by them does not depend on the order in which reports came.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.records import Report
from sayso.thread.background import background_rarity
from sayso.thread.terms import count_terms

Numbers = NDArray[np.int32]
Weights = NDArray[np.int64]
Products = NDArray[np.int64]

KEPT_TERMS = 160
"""Terms of a report that are kept: all those of a short one, the weightiest of a transcript."""

LONGEST = 12_000
"""Characters that are read: a transcript's matter is told by then."""

UNIT = 1 << 12
"""The length of a report's vector."""

WHOLE = UNIT * UNIT
"""The product of a report's vector with itself, but for rounding."""


@dataclass(frozen=True, slots=True, eq=False)
class Vector:
    """The numbers of a report's terms, the weightiest first, and their weights."""

    numbers: Numbers
    weights: NDArray[np.int32]


class Vocabulary:
    """The terms that were met, each with a number, and room to unfold one vector at a time."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._terms: list[str] = []
        self._room = np.zeros(1 << 16, dtype=np.int64)

    def term(self, number: int) -> str:
        return self._terms[number]

    def vector(self, terms: Sequence[str], weights: Sequence[int]) -> Vector:
        # All in one pass, as most terms were met: this runs for each report of a restart.
        numbers = list(map(self._numbers.get, terms))
        if None in numbers:
            numbers = [self._number(term) for term in terms]
        return Vector(np.array(numbers, dtype=np.int32), np.array(weights, dtype=np.int32))

    def _number(self, term: str) -> int:
        number = self._numbers.setdefault(term, len(self._terms))
        if number == len(self._terms):
            self._terms.append(term)
            if len(self._room) <= number:
                self._room = np.append(self._room, np.zeros_like(self._room))
        return number

    def unfolded(self, vector: Vector) -> Unfolded:
        return Unfolded(self._room, vector)


class Unfolded:
    """One vector laid out over all terms, so that others can be multiplied with it at once."""

    def __init__(self, room: Weights, vector: Vector) -> None:
        self._room, self._vector = room, vector

    def __enter__(self) -> Weights:
        self._room[self._vector.numbers] = self._vector.weights
        return self._room

    def __exit__(self, *_: object) -> None:
        self._room[self._vector.numbers] = 0


def products_of(vectors: Sequence[Vector], unfolded: Weights) -> Products:
    """Return the product of each vector with the one that is unfolded."""
    if not vectors:
        return np.zeros(0, dtype=np.int64)
    ends = np.cumsum([0, *(len(one.numbers) for one in vectors)])
    numbers = np.concatenate([one.numbers for one in vectors])
    weights = np.concatenate([one.weights for one in vectors])
    return between(unfolded[numbers] * weights, ends)


def between(terms: Products, ends: NDArray[np.intp]) -> Products:
    """Return the sums of `terms` from each of `ends` to the next; a vector may have no terms."""
    sums = np.zeros(len(terms) + 1, dtype=np.int64)
    np.cumsum(terms, out=sums[1:])
    return sums[ends[1:]] - sums[ends[:-1]]


def weigh(report: Report) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the terms of headline and text, weighted by logarithm of count and by rarity."""
    weighted = sorted(
        (-(1 + math.log(count)) * background_rarity(term), term)
        for term, count in count_terms(matter(report)).items()
    )[:KEPT_TERMS]
    norm = math.sqrt(sum(weight * weight for weight, _ in weighted)) or 1.0
    return (
        tuple(term for _, term in weighted),
        tuple(round(-UNIT * weight / norm) for weight, _ in weighted),
    )


def matter(report: Report) -> str:
    """Return the words by which a report is placed: its headline and text.

    Bylines are left out: a rare name would join all that one reporter writes.
    """
    text = report.text
    for span in reversed(report.spans("byline")):
        text = f"{text[: span.start]}\n{text[span.end :]}"
    if not text.startswith(report.headline):
        text = f"{report.headline}\n{text}"
    return text[:LONGEST]
