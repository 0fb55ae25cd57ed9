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
import numpy.typing as npt

from sayso.records import OverlapKind, Passage
from sayso.trace.passages import Stretch, shared_stretches
from sayso.trace.words import Marks, Words

Numbers = npt.NDArray[np.int64]

LEAST_SHARE = 0.25
"""Share of one side's own words that makes a copy: two own works on one event stay under 0.15."""

FIRM_SHARE = 0.5
"""Share above which nobody would call it two works: the upper bound of independence joins here."""

# Shares of all words above which two texts are one document, though it be made of quotations:
# of the shorter one, or of both.
_ONE_DOCUMENT, _ONE_DOCUMENT_EACH = 0.8, 0.45
_VERBATIM = 0.9  # of both: a list or a table printed again
# What leaves a doubt: a thorough rewriting shares so much, two own works hardly ever.
_DOUBT_SHARE, _DOUBT_OWN = 0.12, 18

_LEAST_OWN = 24  # words: below, a shared name and title look like copying
_LEAST_PARTLY = 40  # words, where they are less than half: a quotation without marks is as long


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
    def doubtful(self) -> bool:
        """Perhaps a thorough rewriting: no copy, but more than two own works have in common."""
        return (
            self.kind in ("none", "quotation")
            and self.own >= _DOUBT_OWN
            and max(self.here, self.there) >= _DOUBT_SHARE
        )


def compare(
    here: Words, there: Words, *, stock: Marks | None = None, stock_there: Marks | None = None
) -> Overlap:
    """Return what `here` and `there` share; `stock` marks known boilerplate among their words."""
    stretches = shared_stretches(here, there)
    if not stretches:
        return Overlap("none", 0.0, 0.0, 0.0, 0, 0, ())
    mine, theirs = _pairs(stretches)
    stock_here = here.repeated if stock is None else here.repeated | stock
    stock_there = there.repeated if stock_there is None else there.repeated | stock_there
    stock_words = stock_here[mine] | stock_there[theirs]
    # An excerpt stands in a block on one side only; in a block on both it is a third's words.
    quoted = here.quoted[mine] | there.quoted[theirs] | (here.block[mine] & there.block[theirs])
    own = int((~stock_words & ~quoted).sum())
    own_here = _own_words(here, stock_here, mine[stock_words | quoted])
    own_there = _own_words(there, stock_there, theirs[stock_words | quoted])
    share_here, share_there = own / max(1, own_here), own / max(1, own_there)
    kind = _kind(own, max(share_here, share_there), int(stock_words.sum()), int(quoted.sum()))
    # Around a third's words each wrote something: the same, if one has it from the other.
    two_works = (
        min(own_here, own_there) >= _LEAST_OWN and max(share_here, share_there) < _DOUBT_SHARE
    )
    if kind == "boilerplate" or not two_works:
        one_document = _one_document(kind, len(mine), len(here), len(there))
        kind = "copy" if one_document else kind
    return Overlap(
        kind=kind,
        here=share_here,
        there=share_there,
        shared=len(mine) / max(1, len(here)),
        words=len(mine),
        own=own,
        passages=tuple(_passage(here, there, stretch) for stretch in stretches),
    )


def _own_words(words: Words, stock: Marks, told: Numbers) -> int:
    """Return how many words of one side its reporter wrote, as far as both sides tell."""
    own = ~(words.quoted | stock)
    # What one side shows to be quoted or boilerplate is so on the other, where they share it.
    own[told] = False
    return int(own.sum())


def _one_document(kind: OverlapKind, shared: int, here: int, there: int) -> bool:
    """Tell whether two texts are one, whatever it is made of."""
    shorter, longer = sorted((here, there))
    if kind == "quotation":
        return shared >= _ONE_DOCUMENT * shorter or shared >= _ONE_DOCUMENT_EACH * longer
    return kind == "boilerplate" and shared >= _VERBATIM * longer


def _kind(own: int, share: float, stock: int, quoted: int) -> OverlapKind:
    if share >= LEAST_SHARE and own >= (_LEAST_OWN if share >= FIRM_SHARE else _LEAST_PARTLY):
        return "copy"
    if max(own, stock, quoted) < _LEAST_OWN or own > max(stock, quoted):
        return "none"
    return "boilerplate" if stock > quoted else "quotation"


def _pairs(stretches: list[Stretch]) -> tuple[Numbers, Numbers]:
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
