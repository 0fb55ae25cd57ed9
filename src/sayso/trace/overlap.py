"""Why two reports share words: one copied the other, both quote a third, or boilerplate.

Rule: only what the reporter wrote counts for copying. Words between quotation marks are the
speaker's, and a passage that an outlet prints on many days is the outlet's furniture; both are
shown as shared, neither makes one report another's copy.

The judgement is the same whichever of the two is asked first. Who copied whom is decided in
`sayso.trace.lineage`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sayso.records import OverlapKind, Passage
from sayso.trace.passages import Stretch, shared_stretches
from sayso.trace.words import Marks, Words

LEAST_SHARE = 0.25
"""Share of one side's own words that makes a copy: two own works on one event stay under 0.15."""

FIRM_SHARE = 0.5
"""Share above which nobody would call it two works: the upper bound of independence joins here."""

_LEAST_OWN = 24  # words: below, a shared name and title look like copying


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two reports share, seen from `here`."""

    kind: OverlapKind
    here: float  # share of this side's own words that stand in the other too
    there: float
    shared: float  # share of all of this side's words, quotations and boilerplate included
    words: int  # shared words in all
    own: int  # shared words of the reporters' own
    passages: tuple[Passage, ...]

    @property
    def firm(self) -> bool:
        return self.kind == "copy" and max(self.here, self.there) >= FIRM_SHARE


def compare(here: Words, there: Words, *, stock: Marks | None = None) -> Overlap:
    """Return what `here` and `there` share; `stock` marks boilerplate among the words of `here`."""
    stretches = shared_stretches(here, there)
    if not stretches:
        return Overlap("none", 0.0, 0.0, 0.0, 0, 0, ())
    mine, theirs = _pairs(stretches)
    known = np.zeros(len(here), dtype=np.bool_) if stock is None else stock
    own_here, own_there = here.own & ~known, there.own.copy()
    # What is boilerplate here is boilerplate there, wherever the two share it.
    own_there[theirs[known[mine]]] = False
    shared_own = own_here[mine] & own_there[theirs]
    own = int(shared_own.sum())
    share_here = own / max(1, int(own_here.sum()))
    share_there = own / max(1, int(own_there.sum()))
    return Overlap(
        kind=_kind(here, mine, known, own, max(share_here, share_there)),
        here=share_here,
        there=share_there,
        shared=len(mine) / max(1, len(here)),
        words=len(mine),
        own=own,
        passages=tuple(_passage(here, there, stretch) for stretch in stretches),
    )


def _kind(here: Words, mine: Marks, known: Marks, own: int, share: float) -> OverlapKind:
    if own >= _LEAST_OWN and share >= LEAST_SHARE:
        return "copy"
    stock = int((known | here.repeated)[mine].sum())
    quoted = int(here.quoted[mine].sum())
    if max(stock, quoted) <= own:
        return "none" if own < _LEAST_OWN else "boilerplate"
    return "boilerplate" if stock > quoted else "quotation"


def _pairs(stretches: list[Stretch]) -> tuple[Marks, Marks]:
    """Return the places of the shared words, on this side and on the other, in step."""
    runs = [run for stretch in stretches for run in stretch.runs]
    return (
        np.concatenate([np.arange(run.here, run.here + run.length) for run in runs]),
        np.concatenate([np.arange(run.there, run.there + run.length) for run in runs]),
    )


def _passage(here: Words, there: Words, stretch: Stretch) -> Passage:
    first, last = stretch.runs[0], stretch.runs[-1]
    return Passage(
        here=here.span(first.here, last.here + last.length),
        there=there.span(first.there, last.there + last.length),
    )
