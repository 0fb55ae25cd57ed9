"""Text in columns for terminals: safe, wrapped, and coloured only when told.

Rule: what comes from a report cannot command the terminal. Control characters, escape
sequences and the marks that turn the direction of writing are shown as U+FFFD, so that a reader
sees that something stood there. Width counts columns, not characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Literal

from sayso.render.phrases import visible

Style = Literal["plain", "bold", "quiet", "news", "said", "struck", "inferred"]
Piece = tuple[str, Style]

_CODES: dict[Style, str] = {
    "plain": "",
    "bold": "1",
    "quiet": "2",
    "news": "1;31",
    "said": "",
    "struck": "9",
    "inferred": "4",
}

# Embeddings, overrides and isolates reorder what stands after them, also on our own part of
# the line; the two plain direction marks (U+200E, U+200F) do not and stay.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u2028\u2029]")

NARROWEST = 24
"""Columns below which nothing is wrapped any narrower: a word a line is no reading."""


def safe(text: str) -> str:
    """Return `text` as a terminal may show it."""
    return _TURNING.sub("\ufffd", visible(text))


def columns(text: str) -> int:
    """Return how many columns `text` takes."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Me")
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )


def wrap(
    pieces: Iterable[Piece],
    *,
    width: int,
    colour: bool,
    first: str = "",
    rest: str | None = None,
) -> list[str]:
    """Return `pieces` as rows of at most `width` columns, after the prefixes `first` and `rest`.

    Pieces follow each other as they stand; spaces between them are theirs to bring.
    """
    rest = first if rest is None else rest
    width = max(width, NARROWEST)
    rows: list[str] = []
    row: list[Piece] = []
    used = columns(first)
    for word, style in _words(pieces):
        for part in _broken(word, width - max(columns(first), columns(rest))):
            blank = not part.strip(" ")
            if used + columns(part) > width and not blank:
                rows.append(_row(first if not rows else rest, row, colour))
                row, used = [], columns(rest)
            if blank and not row:
                continue  # a row does not begin with a space
            row.append((part, style))
            used += columns(part)
    if row or not rows:
        rows.append(_row(first if not rows else rest, row, colour))
    return rows


def _words(pieces: Iterable[Piece]) -> Iterable[Piece]:
    for text, style in pieces:
        for word in re.findall(r"[ ]+|[^ ]+", safe(text)):
            yield word, style


def _broken(word: str, room: int) -> Iterable[str]:
    """Yield `word` in pieces that fit: an address or a script without spaces has no words."""
    room = max(room, 8)
    while columns(word) > room:
        end = room
        while columns(word[:end]) > room:
            end -= 1
        yield word[:end]
        word = word[end:]
    yield word


def _row(prefix: str, row: Sequence[Piece], colour: bool) -> str:
    kept = list(row)
    while kept and not kept[-1][0].strip(" "):
        kept.pop()
    if not colour:
        return (prefix + "".join(text for text, _ in kept)).rstrip(" ")
    shown = []
    last: Style = "plain"
    for text, style in kept:
        if style != last:
            shown.append("\x1b[0m" if _CODES[last] else "")
            shown.append(f"\x1b[{_CODES[style]}m" if _CODES[style] else "")
            last = style
        shown.append(text)
    if _CODES[last]:
        shown.append("\x1b[0m")
    return prefix + "".join(shown)
