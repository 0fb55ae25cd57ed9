"""The passage that a line was cut from, with the part that each stretch of it plays.

The text around the words is known, and between the pieces of a broken quotation where they are
not too far apart; else only what the line itself points at is known there, and the rest is a gap,
shown as one.
"""

from __future__ import annotations

import dataclasses
import difflib
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sayso.brief.records import Line, Quote
from sayso.records import Span

AROUND = 240
"""Characters on either side of the words that show how they were meant; the report has the rest."""

Role = Literal["words", "source", "cue", "addressee", "channel", "plain", "gap"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some of a passage: its words, the part they play, and where they stand if that is known."""

    words: str
    role: Role
    span: Span | None = None


def passage(line: Line) -> tuple[Stretch, ...]:
    """Return the paragraph around a line's words, cut by the part that each stretch plays.

    A long one is shown from `AROUND` characters before the words to as many after them.
    """
    return tuple(each for each in _stretches(_near(line)) if each.words)


def _near(line: Line) -> Line:
    """Return `line` with no more of its paragraph than is shown, cut between words."""
    before, after = line.before, line.after
    if len(before) > AROUND:
        before = before[-AROUND:].partition(" ")[2]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0]
    return dataclasses.replace(line, before=before, after=after)


def _stretches(line: Line) -> Iterator[Stretch]:
    marked = _marked(line)
    if not line.quote.spans:
        return
    last = line.quote.spans[-1].end
    position, end = _begin(line), last + len(line.after)
    for stretch in marked:
        span = stretch.span
        if span is None or span.start < position or span.end > end:
            continue  # outside the paragraph, or inside a stretch already shown
        yield from _between(line, position, span.start)
        yield stretch
        position = span.end
    yield from _between(line, position, end)


def _marked(line: Line) -> list[Stretch]:
    roles: list[tuple[Role, Quote | None]] = [
        ("words", line.quote),
        ("source", line.source),
        ("cue", line.cue),
        ("addressee", line.addressee),
        ("channel", line.channel),
    ]
    found = [
        Stretch(words, role, span)
        for role, quote in roles
        if quote is not None and quote.report == line.quote.report
        for span, words in zip(quote.spans, quote.words, strict=True)
        if len(span)
    ]
    # A source may hold the cue; the longer one of two that begin together is kept whole.
    return sorted(found, key=lambda each: (each.span.start, -each.span.end) if each.span else (0,))


def _between(line: Line, start: int, end: int) -> Iterator[Stretch]:
    """Yield what stands in [start, end): known text outside the words, a gap between them."""
    if start >= end:
        return
    begin = _begin(line)
    for known, text in _known(line, begin):
        if known.start <= start and end <= known.end:
            words = text[start - known.start : end - known.start]
            yield Stretch(words, "plain", Span(start, end))
            return
    yield Stretch(" … ", "gap")


def _known(line: Line, begin: int) -> Iterator[tuple[Span, str]]:
    """Yield the stretches of the report that the line holds, beside its words."""
    spans = line.quote.spans
    yield Span(begin, spans[0].start), line.before
    for (one, other), text in zip(itertools.pairwise(spans), line.between, strict=False):
        yield Span(one.end, other.start), text
    yield Span(spans[-1].end, spans[-1].end + len(line.after)), line.after


def _begin(line: Line) -> int:
    """Return where the words before the line's own begin; never before the report does."""
    return max(0, line.quote.spans[0].start - len(line.before))


def whole(line: Line) -> Span | None:
    """Return the span of a line's whole passage; None where a gap stands in it."""
    spans = [each.span for each in passage(line)]
    known = [span for span in spans if span is not None]
    if not known or len(known) < len(spans):
        return None
    return Span(known[0].start, known[-1].end)


def beginning(quote: Quote, most: int) -> tuple[Quote, bool]:
    """Return about the first `most` characters of `quote`, whole words, and whether that is all."""
    spans: list[Span] = []
    words: list[str] = []
    for span, piece in zip(quote.spans, quote.words, strict=True):
        if len(piece) > most:
            kept = piece[: max(most, 0)].rpartition(" ")[0].rstrip()
            if kept:
                spans.append(Span(span.start, span.start + len(kept)))
                words.append(kept)
            # A first word that is longer than that is shown all the same.
            return (Quote(quote.report, tuple(spans), tuple(words)) if words else quote), not words
        spans.append(span)
        words.append(piece)
        most -= len(piece)
    return quote, True


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of one carrier's words, and whether it stands in the line's words too."""

    text: str
    same: bool


def differences(line: Quote, carrier: Quote) -> tuple[Word, ...]:
    """Return the carrier's words, those that the line's words lack marked as not the same."""
    here = _tokens(" ".join(carrier.words))
    there = _tokens(" ".join(line.words))
    matcher = difflib.SequenceMatcher(
        None, [_alike(token) for token in there], [_alike(token) for token in here], autojunk=False
    )
    return tuple(
        Word("".join(here[low:high]), operation == "equal")
        for operation, _, _, low, high in matcher.get_opcodes()
        if high > low
    )


def _alike(token: str) -> str:
    """Return what two tokens share that a reader takes for the same: case and marks aside."""
    return token.casefold().translate(_MARKS)


# Outlets set the same quotation mark in their own way: that is no difference in what was said.
_MARKS = {ord(mark): '"' for mark in "“”„«»"} | {ord(mark): "'" for mark in "‘’‚‹›"}


def _tokens(text: str) -> list[str]:
    return re.findall(r"\w+|\s+|[^\w\s]", text)
