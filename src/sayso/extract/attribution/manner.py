"""Whether words are reported as they were said: direct, indirect or mixed.

Only the share of the content within quotation marks decides; whether a phrase in quotation
marks is a scare quote does not change the manner of what surrounds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sayso.extract.attribution.quotes import Quotation, find_quotations
from sayso.records import Manner, Span

DIRECT = 0.9
"""Of the words: a desk may leave an "and" between two quotations, or a name in brackets."""

_WORD = re.compile(r"\w+")
_LINE = re.compile(r"[^\r\n]+")


def find_all_quotations(text: str) -> list[Quotation]:
    """Return the quotations of a text, each line of it a paragraph."""
    return [
        quotation
        for line in _LINE.finditer(text)
        for quotation in find_quotations(text, line.start(), line.end())
    ]


def manner_of(text: str, content: Iterable[Span], quotations: Iterable[Quotation]) -> Manner:
    """Return the manner of a content, given the quotations of its text."""
    places = [
        match.start() for piece in content for match in _WORD.finditer(text, piece.start, piece.end)
    ]
    if not places:
        return "indirect"
    held = list(quotations)
    quoted = sum(any(q.start <= place < q.end for q in held) for place in places)
    if quoted >= DIRECT * len(places):
        return "direct"
    return "mixed" if quoted else "indirect"
