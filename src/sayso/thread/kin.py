"""Whether two speakers may speak for one side, as a reader of a story takes it.

This asks less than `sayso.trace.voices`: "Lusandra's prime minister" and the Prime Minister who
is named elsewhere, a ministry under two names, a board and its head. It puts no words in
anybody's mouth: it only tells how much of a statement must have been told for it to be told.
"""

from __future__ import annotations

import re
from functools import lru_cache

from sayso.records import Speaker

COMMON = frozenset(
    "a an and at chief company deputy department director for former general government head her"
    " his its member ministry minister national new of office official officials one our person"
    " president service source sources spokesman spokesperson spokeswoman staff state the their"
    " two three".split()
)
"""Words of an office or a body that tell nobody apart."""

STEM = 6
"""First letters by which a name and its adjective are known for one: Norland, Norlandic."""


def akin(one: Speaker | None, other: Speaker | None) -> bool:
    """Say whether a word for the office or the body of one stands for the other too."""
    if one is None or other is None:
        return False
    if one.country and other.country and one.country != other.country:
        return False
    named = (each.kind == "person" and each.name is not None for each in (one, other))
    if all(named):
        return False  # two people: whether they are one is known by their names
    return bool(_words(one.name, one.role) & _words(other.name, other.role))


def nameless(speaker: Speaker | None) -> bool:
    """Say whether nobody is named as having said it."""
    return speaker is None or speaker.name is None or speaker.kind == "unnamed"


@lru_cache(maxsize=1 << 12)
def _words(name: str | None, role: str | None) -> frozenset[str]:
    words = re.findall(r"[^\W\d_]{2,}", f"{name or ''} {role or ''}".casefold())
    return frozenset(word[:STEM] for word in words if word not in COMMON)
