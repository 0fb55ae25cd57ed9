"""Two passages side by side: what the copy kept, what it left out and what it put in.

Marked as proof-readers do without colour: [-left out-] and {+put in+}. Case, quotation marks and
white space are no difference: outlets set them in their own way.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Literal

from sayso.records import Passage, Span

_TOKEN = re.compile(r"\w+|[^\w\s]")
_MARKS = {ord(mark): '"' for mark in "“”„«»"} | {ord(mark): "'" for mark in "‘’‚‹›"}
_LONGEST = 4_000
"""Words of a passage that are compared: a longer one is not read to its end by anybody."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words of two passages: in both, only in the first, or only in the copy."""

    kind: Literal["same", "out", "in"]
    words: str


def compared(origin: str, copy: str) -> tuple[Stretch, ...]:
    """Return the words of `copy` and, where it differs, those of `origin` before them."""
    found: list[Stretch] = []
    for there, here in _runs(origin, copy):
        if there is None:
            found.append(Stretch("same", copy[here.start : here.end]))
            continue
        if len(there):
            found.append(Stretch("out", origin[there.start : there.end]))
        if len(here):
            found.append(Stretch("in", copy[here.start : here.end]))
    return tuple(each for each in found if each.words)


def differing(origin: str, copy: str, passage: Passage) -> tuple[tuple[Span, Span], ...]:
    """Return the spans of the two reports in which a shared passage differs, copy's first."""
    here, there = passage.here, passage.there
    runs = _runs(origin[there.start : there.end], copy[here.start : here.end])
    return tuple(
        (
            Span(here.start + mine.start, here.start + mine.end),
            Span(there.start + theirs.start, there.start + theirs.end),
        )
        for theirs, mine in runs
        if theirs is not None
    )


def marked(origin: str, copy: str) -> str:
    """Return both passages as one, with marks that need no colour."""
    forms = {"same": "{}", "out": "[-{}-]", "in": "{{+{}+}}"}
    words = [forms[each.kind].format(each.words.strip()) for each in compared(origin, copy)]
    return " ".join(word for word in words if word)


def _runs(origin: str, copy: str) -> list[tuple[Span | None, Span]]:
    """Return what follows what: (None, span of the copy) where both agree, else both spans."""
    theirs, mine = _tokens(origin), _tokens(copy)
    matcher = difflib.SequenceMatcher(
        None, [_alike(origin, one) for one in theirs], [_alike(copy, one) for one in mine], False
    )
    found: list[tuple[Span | None, Span]] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        here = _from_to(mine, c, d)
        found.append((None if kind == "equal" else _from_to(theirs, a, b), here))
    return found


def _from_to(tokens: list[Span], first: int, last: int) -> Span:
    if first < last:
        return Span(tokens[first].start, tokens[last - 1].end)
    at = tokens[first - 1].end if first else 0
    return Span(at, at)


def _tokens(text: str) -> list[Span]:
    return [Span(*match.span()) for match in _TOKEN.finditer(text)][:_LONGEST]


def _alike(text: str, token: Span) -> str:
    return text[token.start : token.end].casefold().translate(_MARKS)
