"""Text to what PostgreSQL takes and back, and to the words that find it.

PostgreSQL keeps neither a NUL nor half a surrogate pair. Each is written as a
mark and its number, and so is the mark itself: what comes back is what went in.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from typing import overload
from uuid import UUID

MARK = "\ufdd0"
"""A code point that is set aside for uses like this one and stands in no text."""

MOST_WORDS = 32
"""A reader asks for a few words; a page pasted into the box is cut to its first ones."""

LONGEST_WORD = 100
MOST_LEXEMES = 20_000
"""A report is found by no more different words, and by none longer: the index takes no book."""

_UNKEEPABLE = re.compile(f"[\0\ud800-\udfff{MARK}]")
_MARKED = re.compile(f"{MARK}([0-9a-f]{{4}})")
_LEXEME = re.compile(r"[^\W_]+")
_ACCENTS = re.compile(
    # Combining marks in general, then the points of Hebrew and of Arabic.
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    "\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]"
)


@overload
def to_column(text: str) -> str: ...
@overload
def to_column(text: None) -> None: ...
def to_column(text: str | None) -> str | None:
    """Return `text` as PostgreSQL can keep it."""
    if text is None:
        return None
    return _UNKEEPABLE.sub(lambda found: f"{MARK}{ord(found[0]):04x}", text)


@overload
def from_column(text: str) -> str: ...
@overload
def from_column(text: None) -> None: ...
def from_column(text: str | None) -> str | None:
    """Return the text that `to_column` made `text` of."""
    if text is None:
        return None
    return _MARKED.sub(lambda found: chr(int(found[1], 16)), text)


def digest_of(name: str) -> UUID:
    """Return what `name` is looked up by, however long it is."""
    return UUID(bytes=hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()[:16])


def lexemes_of(*texts: str) -> list[str]:
    """Return the words that find a report of `texts`: no case, no accents, each once."""
    found: dict[str, None] = {}
    for text in texts:
        for lexeme in _lexemes(text):
            if len(lexeme) <= LONGEST_WORD:
                found[lexeme] = None
                if len(found) == MOST_LEXEMES:
                    return list(found)
    return list(found)


def question_of(words: str) -> str:
    """Return what a reader typed as a question for the index, in which nothing is syntax.

    A word that ends in * stands for all that begin with it.
    """
    asked: list[str] = []
    for word in words.split()[:MOST_WORDS]:
        parts = [part[:LONGEST_WORD] for part in _lexemes(word)]
        quoted = [f"'{part}'" for part in parts]
        if quoted and word.endswith("*"):
            quoted[-1] += ":*"
        asked += quoted
    return " & ".join(asked)


def _lexemes(text: str) -> Iterator[str]:
    bare = text.casefold()
    if not bare.isascii():
        bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", bare))
    return (found[0] for found in _LEXEME.finditer(bare))
