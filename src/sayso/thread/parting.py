"""Whether one story is really two that are alike: another man arrested, another quake.

Two events of one kind share most of their words, and their likeness alone does not tell; what
tells is that the reports fall into two camps, each much more alike within than across. A word
that all of the story's reports have says nothing about that, so here a term counts by how rare it
is among them: what is left are the names, places, days and numbers of either event. The camps are
found along the direction in which the reports differ most, then each report goes to the camp that
it is more like. One event told from two sides falls into camps too, but near ones.

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

FEW = 3
CLEAR = 0.36
PARTED = 0.42
"""Two camps are two stories when the likeness across is less than this share of that within.
Where a camp has `FEW` reports it must be clearer, and also where dates have kept the reports
together: a running story has sides, an archive without dates has look-alikes."""

COMMON = 0.3
"""What a term counts that all of the story's reports have, beside one that half of them have."""

ROUNDS = 10
"""How often reports may change camps; in practice two or three times are enough."""

TOLD = 4
"""Terms by which either camp is told from the other."""

Side = NDArray[np.bool_]
Table = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Parting:
    """Two stories that were one."""

    side: Side  # True: with the oldest report
    across: float  # likeness across, as a share of that within
    bar: float
    here: tuple[int, ...]  # terms of the oldest report's camp that the other lacks most
    there: tuple[int, ...]  # and the other way round


def part(
    vectors: Sequence[Vector], bound: Sequence[tuple[int, int]], *, dated: bool
) -> Parting | None:
    """Return the two stories that the reports of one really are; None when it is one.

    `vectors` are those of the reports, the oldest first; the first of each pair of `bound`, by
    their places, goes where the second goes.
    """
    if len(vectors) < 2 * SMALLEST:
        return None
    terms, table = contrasts(vectors)
    found = camps(table @ table.T)
    if found is None:
        return None
    side, across = found
    for one, leader in bound:
        side[one] = side[leader]
    fewest = min(int(side.sum()), int((~side).sum()))
    bar = CLEAR if dated or fewest <= FEW else PARTED
    if across >= bar or fewest == 0:
        return None
    here, there = table[side].mean(axis=0), table[~side].mean(axis=0)
    return Parting(
        side=side,
        across=across,
        bar=bar,
        here=_most(terms, here - there),
        there=_most(terms, there - here),
    )


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


def camps(alike: Table) -> tuple[Side, float] | None:
    """Return who is in one camp, and the likeness across as a share of that within.

    None: no two camps of `SMALLEST` reports are there.
    """
    count = len(alike)
    middle = np.eye(count) - 1 / count
    _, directions = np.linalg.eigh(middle @ alike @ middle)
    side = directions[:, -1] > 0
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
