"""Attribution by a mark alone, over whole paragraphs: the turns of a transcript and signatures.

    VELL: The dam held.                  each turn runs on to the next one
    “The dam held.” — Ilsa Vell          the name may also stand in a paragraph of its own

The model reads sentences and seldom saw these forms; they are so regular that a rule reads them
better. What is not regular is left to the model: one label alone may be anything ("UPDATE:"),
and a name after a dash counts only behind a quotation that fills its paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from sayso.extract.attribution.decode import Found
from sayso.extract.attribution.layout import Layout
from sayso.extract.rules.quotations import find_quotations
from sayso.records import Span

TURNS = 3  # labelled paragraphs, at least one label twice: fewer are no transcript
SHORTEST = 5  # words of a quotation that is signed
CONFIDENCE = 0.9

_NAME = r"[A-Z][\w.’'-]*"
_NAMES = rf"{_NAME}(?: (?:(?:de|van|von|der|bin|al|of) )?{_NAME}){{0,4}}"
_TURN = re.compile(r"[\"“]?(?P<name>[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]+){0,3})(?P<mark>:)[ \u00a0]+")
_SIGNATURE = re.compile(
    rf"\s*(?P<mark>[—―–]|--?)\s*(?P<name>{_NAMES}(?:, [^\n.!?:;]{{1,60}})?)[.\s]*"
)


def find_marked(text: str, paragraphs: Sequence[Span], layout: Layout) -> list[Found]:
    """Return the turns and the signed quotations of a report."""
    return [*_turns(text, paragraphs, layout), *_signed(text, paragraphs, layout)]


def _turns(text: str, paragraphs: Sequence[Span], layout: Layout) -> Iterator[Found]:
    labels = [_TURN.match(text, p.start, p.end) for p in paragraphs]
    names = Counter(match["name"] for match in labels if match)
    if names.total() < TURNS or names.most_common(1)[0][1] < 2:
        return
    at = 0
    while at < len(paragraphs):
        match = labels[at]
        at += 1
        if match is None:
            continue
        said = [Span(match.end(), paragraphs[at - 1].end)]
        # Paragraphs without a label belong to the turn before them, but for the last turn:
        # nobody can say where a transcript ends.
        following = next((n for n in range(at, len(paragraphs)) if labels[n]), at)
        said += paragraphs[at:following]
        at = following
        yield from _found(layout, match, said)


def _signed(text: str, paragraphs: Sequence[Span], layout: Layout) -> Iterator[Found]:
    for at, paragraph in enumerate(paragraphs):
        quotations = find_quotations(text, paragraph.start, paragraph.end)
        if len(quotations) != 1 or not quotations[0].closed:
            continue
        [quotation] = quotations
        if text[paragraph.start : quotation.start].strip():
            continue
        if len(text[quotation.start : quotation.end].split()) < SHORTEST:
            continue
        end = paragraph.end
        if at + 1 < len(paragraphs) and not text[quotation.end : end].strip(" \u00a0."):
            end = paragraphs[at + 1].end
        match = _SIGNATURE.fullmatch(text, quotation.end, end)
        if match:
            yield from _found(layout, match, [Span(quotation.start, quotation.end)])


def _found(layout: Layout, match: re.Match[str], said: Sequence[Span]) -> Iterator[Found]:
    source = _words(layout, Span(*match.span("name")))
    mark = _words(layout, Span(*match.span("mark")))
    content = tuple(words for span in said if (words := _words(layout, span)))
    if source and mark and content:
        yield Found(mark, source, content, CONFIDENCE)


def _words(layout: Layout, span: Span) -> range:
    """Return the words of a stretch, without the marks at its edges."""
    first = bisect_left(layout.ends, span.start + 1)
    last = bisect_left(layout.starts, span.end)
    words = range(first, last)
    while first < last and not layout.shapes[first]:
        first += 1
    while first < last and not layout.shapes[last - 1]:
        last -= 1
    return range(first, last) if first < last else words
