"""Whether one story is really two that are alike: another man arrested, another quake.

Two events of one kind share most of their words, and their likeness alone does not tell; what
tells is that the reports fall into two camps, each much more alike within than across. A word
that all of the story's reports have says nothing about that, so here a term counts by how rare it
is among them: what is left are the names, places, days and numbers of either event. The camps are
found along the directions in which the reports differ most, then each report goes to the camp
that it is more like. One event told from two sides falls into camps too, but near ones.

Which reports move, and to where, is for `wall` to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.thread.vectors import Vector

WATCHED = 40
"""Reports up to which a story is watched for being two: after that it has shown what it is."""

SMALLEST = 3
"""Reports in a camp, at least: two that are near copies of one another are no event."""

ALONE = 1.5
PARTED = 0.72
"""Two camps are two stories when the likeness across is less than this share of that within, for
large camps; for the smaller of `n` reports less than 1 - `ALONE` / `n` of that, since a few
reports differ from the rest by chance."""

COMMON = 0.6
"""What a term counts that all of the story's reports have, beside one that half of them have."""

DIRECTIONS = 3
"""Directions in which camps are looked for; the clearest camps count."""

ROUNDS = 10
"""How often reports may change camps; in practice two or three times are enough."""

SQUARINGS = 7
"""How often the table is squared to find the direction: a hundred steps of power iteration."""

TOLD = 4
"""Terms by which either camp is told from the other."""

Side = NDArray[np.bool_]
Table = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Group:
    """Reports of one story, and how it is told from the nearest of the others."""

    places: tuple[int, ...]
    across: float = 1.0  # likeness to the others, as a share of that within
    bar: float = 1.0
    here: tuple[int, ...] = ()  # terms that the others lack most
    there: tuple[int, ...] = ()  # and the other way round


def partition(vectors: Sequence[Vector], bound: Sequence[tuple[int, int]]) -> list[Group]:
    """Return the stories that these reports really are, the oldest report's first.

    `vectors` are those of the reports, the oldest first; the first of each pair of `bound`, by
    their places, goes where the second goes.
    """
    return _parted(vectors, bound, Group(places=tuple(range(len(vectors)))))


def _parted(
    vectors: Sequence[Vector], bound: Sequence[tuple[int, int]], group: Group
) -> list[Group]:
    if len(group.places) < 2 * SMALLEST:
        return [group]
    terms, table = contrasts([vectors[place] for place in group.places])
    found = camps(likenesses(table))
    if found is None:
        return [group]
    side, across = found
    where = {place: index for index, place in enumerate(group.places)}
    for one, leader in bound:
        if one in where and leader in where:
            side[where[one]] = side[where[leader]]
    bar = _bar(side)
    if across >= bar:
        return [group]
    places = np.array(group.places)
    here, there = table[side].mean(axis=0), table[~side].mean(axis=0)
    ours, theirs = _most(terms, here - there), _most(terms, there - here)
    halves = (
        Group(places=tuple(places[side].tolist()), across=across, bar=bar, here=ours, there=theirs),
        Group(
            places=tuple(places[~side].tolist()), across=across, bar=bar, here=theirs, there=ours
        ),
    )
    # Three events that are alike make a story that parts twice.
    return [one for half in halves for one in _parted(vectors, bound, half)]


def contrasts(vectors: Sequence[Vector]) -> tuple[NDArray[np.int32], Table]:
    """Return the terms of some reports, and the reports by terms, by how rare among them."""
    terms, places = np.unique(np.concatenate([one.numbers for one in vectors]), return_inverse=True)
    rows = np.repeat(np.arange(len(vectors)), [len(one.numbers) for one in vectors])
    table = np.zeros((len(vectors), len(terms)))
    table[rows, places] = np.concatenate([one.weights for one in vectors])
    held = (table > 0).sum(axis=0)
    table *= COMMON + np.log((len(vectors) + 1) / np.maximum(held, 1))
    lengths = np.sqrt((table * table).sum(axis=1, keepdims=True))
    return terms, table / np.maximum(lengths, 1e-9)


def likenesses(table: Table) -> Table:
    """Return how alike the reports are, each with each."""
    shared = table[:, (table > 0).sum(axis=0) > 1]
    # Not as a matrix product: for tables of this size its threads wait for one another, and on a
    # machine that is busy they wait a hundred times longer than the sum takes.
    alike: Table = np.einsum("ik,jk->ij", shared, shared)
    np.fill_diagonal(alike, 1.0)
    return alike


def camps(alike: Table) -> tuple[Side, float] | None:
    """Return who is in one camp, and the likeness across as a share of that within.

    None: no two camps of `SMALLEST` reports are there.
    """
    middle = np.eye(len(alike)) - 1 / len(alike)
    found = [
        camp for one in _directions(middle @ alike @ middle) if (camp := _camps(alike, one > 0))
    ]
    return min(found, key=lambda camp: camp[1] / _bar(camp[0]), default=None)


def _bar(side: Side) -> float:
    fewest = min(int(side.sum()), int((~side).sum()))
    return PARTED * (1 - ALONE / max(fewest, ALONE))


def _directions(table: Table) -> list[Table]:
    """Return the directions in which the reports differ most: the first principal components."""
    found = []
    for _ in range(DIRECTIONS):
        power = table
        for _ in range(SQUARINGS):
            power = power / max(float(np.abs(power).max()), 1e-12)
            power = power @ power
        longest = power[:, int((power * power).sum(axis=0).argmax())]
        longest = longest / max(float(np.sqrt((longest * longest).sum())), 1e-12)
        found.append(longest)
        table = table - np.outer(longest, longest) * float(longest @ table @ longest)
    return found


def _camps(alike: Table, side: Side) -> tuple[Side, float] | None:
    """Move each report to the camp that it is more like, until none moves."""
    others = alike - np.diag(np.diag(alike))
    for _ in range(ROUNDS):
        here, there = int(side.sum()), int((~side).sum())
        if min(here, there) < SMALLEST:
            return None
        to_here = others @ side / np.maximum(here - side, 1)
        to_there = others @ ~side / np.maximum(there - ~side, 1)
        moved = to_here > to_there
        if bool((moved == side).all()):
            break
        side = moved
    if min(int(side.sum()), int((~side).sum())) < SMALLEST:
        return None
    # The first report's camp is True, so that the sign of the direction decides nothing.
    side = side == side[0]
    within = _mean_within(alike, side) * _mean_within(alike, ~side)
    across = float(alike[np.ix_(side, ~side)].mean())
    return side, across / max(within, 1e-9) ** 0.5


def _mean_within(alike: Table, side: Side) -> float:
    camp = alike[np.ix_(side, side)]
    return float((camp.sum() - np.trace(camp)) / (len(camp) * (len(camp) - 1)))


def _most(terms: NDArray[np.int32], weights: NDArray[np.float64]) -> tuple[int, ...]:
    return tuple(int(terms[one]) for one in np.argsort(-weights, kind="stable")[:TOLD])
