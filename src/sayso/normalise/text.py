"""Plain text: a file is one report, and its text is exactly the decoded file.

A byte order mark is part of the encoding and not of the text. Line ends stay as they are.
A paragraph is a line, or a block of lines that was wrapped at a width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import PurePath

from sayso.ids import make_id
from sayso.normalise.draft import Draft, finish
from sayso.normalise.parts import Paragraph
from sayso.normalise.times import stamp_in_name
from sayso.records import Outlet, Report, Span

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_BLANK = re.compile(r"(?:\r\n|[\r\n\x0b\x0c\x85\u2028\u2029])\s*[\r\n\x0b\x0c\x85\u2028\u2029]")
_WIDEST = 100  # columns of a hard-wrapped text; longer lines were not wrapped by hand
_NARROWEST = 40  # a block of shorter lines is a list or verse


def read_text(text: str, *, place: str, now: datetime, outlet: Outlet | None = None) -> Report:
    """Return the one report that a plain text is."""
    # What comes through a pipe has no place of its own that an edit of it would keep.
    key = make_id("text", text) if place == "-" else None
    draft = Draft(
        place=place,
        text=text,
        paragraphs=[Paragraph(span) for span in paragraphs(text)],
        headline_first=True,
        key=key,
        published=stamp_in_name(PurePath(place).name),
    )
    return finish(draft, now=now, outlet=outlet)


def paragraphs(text: str) -> Iterator[Span]:
    """Yield the paragraphs of `text` in order, without the white space around them."""
    block: list[Span] = []
    for line in _LINE.finditer(text):
        words = line[0].strip()
        if not words:
            continue
        start = line.start() + line[0].index(words)
        if block and _BLANK.search(text, block[-1].end, start + 1):
            yield from _of_block(text, block)
            block = []
        block.append(Span(start, start + len(words)))
    yield from _of_block(text, block)


def _of_block(text: str, lines: list[Span]) -> Iterator[Span]:
    if _was_wrapped(text, lines):
        yield Span(lines[0].start, lines[-1].end)
    else:
        yield from lines


def _was_wrapped(text: str, lines: list[Span]) -> bool:
    """Return whether every line but the last was ended because its next word had no room."""
    if len(lines) < 2:
        return False
    widest = max(map(len, lines))
    if not _NARROWEST <= widest <= _WIDEST:
        return False
    return all(
        len(line) + 1 + len(text[after.start : after.end].split(None, 1)[0]) > widest
        for line, after in pairwise(lines)
    )
