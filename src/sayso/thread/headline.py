"""The headline of a story: one of its reports' own, the one that shares most with the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sayso.thread.terms import terms

LENGTH = 5
"""Words that a headline may have at no cost: a long one holds many words of others by chance."""


def central(headlines: Iterable[str]) -> str:
    """Return the most central of `headlines`, of those alike the first; empty when there is none.

    Central is which holds most of what the headlines say, for its length.
    """
    held = [(one, set(terms(one))) for one in headlines if one]
    counts = Counter(term for _, own in held for term in own)
    return max(
        held,
        key=lambda each: sum(counts[term] for term in each[1]) / (LENGTH + len(each[0].split())),
        default=("", set[str]()),
    )[0]
