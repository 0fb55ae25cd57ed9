"""The passages that two texts share: runs of the same words, and the runs that belong together.

Rule: each word of either text is used once, by the longest run that wants it.
Why they are shared (copying, a quotation, boilerplate) is not decided here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sayso.trace.splitting import Hashes
from sayso.trace.words import Words, shingles

SEED = 3
"""Words that must agree in a row: enough to find what stands between two changed words."""

_MOST_REPEATS = 6  # a phrase repeated more often than this within one text ("in the") is no seed
_GAP = 8  # words changed between two runs of one passage: half a clause
_LEAST_WORDS = 9  # shared words in a passage: fewer are shared by chance between two own works


@dataclass(frozen=True, slots=True)
class Run:
    """The same words in the same order, without a gap."""

    here: int
    there: int
    length: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Runs that follow one another in both texts, with little changed between them."""

    runs: tuple[Run, ...]

    @property
    def words(self) -> int:
        return sum(run.length for run in self.runs)


def shared_stretches(here: Words, there: Words) -> list[Stretch]:
    """Return what `here` and `there` share, in the order of `here`."""
    if np.array_equal(here.hashes, there.hashes):  # as most of an agency's copies are
        return [Stretch((Run(0, 0, len(here)),))] if len(here) >= _LEAST_WORDS else []
    return [
        stretch
        for stretch in _joined(_tiling(_runs(here.hashes, there.hashes), len(here), len(there)))
        if stretch.words >= _LEAST_WORDS
    ]


def _runs(here: Hashes, there: Hashes) -> npt.NDArray[np.int64]:
    """Return all longest runs as rows (here, there, length), the longest first."""
    mine, theirs = shingles(here, SEED), shingles(there, SEED)
    order = np.argsort(theirs, kind="stable")
    ranked = theirs[order]
    low = np.searchsorted(ranked, mine, side="left")
    counts = np.searchsorted(ranked, mine, side="right") - low
    counts[counts > _MOST_REPEATS] = 0
    total = int(counts.sum())
    if not total:
        return np.empty((0, 3), dtype=np.int64)
    i = np.repeat(np.arange(len(mine)), counts)
    within = np.arange(total) - np.repeat(np.cumsum(counts) - counts, counts)
    j = order[np.repeat(low, counts) + within]
    # Seeds that follow one another on the same diagonal are one run.
    diagonal = i - j
    by_diagonal = np.lexsort((i, diagonal))
    i, j, diagonal = i[by_diagonal], j[by_diagonal], diagonal[by_diagonal]
    begins = np.ones(total, dtype=np.bool_)
    begins[1:] = (np.diff(i) != 1) | (np.diff(diagonal) != 0)
    first = np.flatnonzero(begins)
    length = np.diff(np.append(first, total)) + SEED - 1
    rows = np.stack((i[first], j[first], length), axis=1)
    return rows[np.lexsort((rows[:, 1], rows[:, 0], -rows[:, 2]))]


def _tiling(rows: npt.NDArray[np.int64], here: int, there: int) -> list[Run]:
    """Choose runs, the longest first, so that no word is used twice."""
    used_here, used_there = bytearray(here), bytearray(there)
    chosen = []
    for i, j, length in rows.tolist():
        # What a longer run took at either end is cut off.
        while length and (used_here[i] or used_there[j]):
            i, j, length = i + 1, j + 1, length - 1
        kept = 0
        while kept < length and not (used_here[i + kept] or used_there[j + kept]):
            kept += 1
        if kept < SEED:
            continue
        used_here[i : i + kept] = b"\1" * kept
        used_there[j : j + kept] = b"\1" * kept
        chosen.append(Run(i, j, kept))
    return sorted(chosen, key=lambda run: run.here)


def _joined(runs: list[Run]) -> list[Stretch]:
    """Join runs that follow one another in both texts with a small gap."""
    stretches: list[list[Run]] = []
    for run in runs:
        # A moved sentence may stand between: look back a little, not only at the last.
        for stretch in reversed(stretches[-4:]):
            last = stretch[-1]
            gap_here = run.here - (last.here + last.length)
            gap_there = run.there - (last.there + last.length)
            if 0 <= gap_here <= _GAP and 0 <= gap_there <= _GAP:
                stretch.append(run)
                break
        else:
            stretches.append([run])
    return [Stretch(tuple(stretch)) for stretch in stretches]
