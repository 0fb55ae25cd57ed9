"""The headline of a story: one of its reports' own, which shares most with the others of late.

Rule: a story and a briefing of the same reports bear the same headline. A toll of Monday must
not stand over a page of Wednesday, so what is older counts less.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from sayso.thread.terms import terms

LENGTH = 5
"""Words that a headline may have at no cost: a long one holds many words of others by chance."""

OLD = 0.5
"""What is left of a headline's weight when its report is old or undated; it halves in a day."""


def central(headlines: Iterable[tuple[str, datetime | None]]) -> str:
    """Return the most central of `headlines`, each with its report's time; empty for none.

    Central is which holds most of what the headlines say, for its length. Of those alike it is
    the first.
    """
    held = [(one, when, set(terms(one))) for one, when in headlines if one]
    counts = Counter(term for _, _, own in held for term in own)
    newest = max((when for _, when, _ in held if when is not None), default=None)

    def weight(one: str, when: datetime | None, own: set[str]) -> float:
        shared = sum(counts[term] for term in own) / (LENGTH + len(one.split()))
        if newest is None or when is None:
            return shared * OLD
        days = (newest - when).total_seconds() / 86_400
        return shared * (OLD + (1 - OLD) * float(0.5**days))

    return max(held, key=lambda each: weight(*each), default=("", None, set[str]()))[0]
