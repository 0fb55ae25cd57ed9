"""Whether one story is really two that are alike: another man arrested, another quake.

Two events of one kind share most of their words, and their likeness alone does not tell; what
tells is that the reports fall into two camps, each much more alike within than across. The camps
are found along the direction in which the reports differ most, then each report goes to the camp
that it is more like. One event told from two sides falls into camps too, but near ones.

Only the likenesses are looked at here; which reports move, and to where, is `threads`' to say.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Likenesses = NDArray[np.float64]
"""Reports by reports, of one story; 1 for a report with itself."""

SMALLEST = 3
"""Reports in a camp, at least: two that are near copies of one another are no event."""

ROUNDS = 10
"""How often reports may change camps; in practice two or three times are enough."""


def camps(alike: Likenesses) -> tuple[NDArray[np.bool_], float] | None:
    """Return who is in one camp, and the likeness across as a share of that within.

    None: no two camps of `SMALLEST` reports are there.
    """
    count = len(alike)
    if count < 2 * SMALLEST:
        return None
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


def _mean_within(alike: Likenesses, side: NDArray[np.bool_]) -> float:
    camp = alike[np.ix_(side, side)]
    return float((camp.sum() - np.trace(camp)) / (len(camp) * (len(camp) - 1)))
