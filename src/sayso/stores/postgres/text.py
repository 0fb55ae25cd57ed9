"""Text to what PostgreSQL takes and back, and to the words that find it.

PostgreSQL keeps neither a NUL nor half a surrogate pair. Each is written as a
mark and its number, and so is the mark itself: what comes back is what went in.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import overload
from uuid import UUID

from sayso.stores.lexemes import LONGEST_WORD, Asked
from sayso.stores.lexemes import lexemes_of as words_of

MARK = "\ufdd0"
"""A code point that is set aside for uses like this one and stands in no text."""

MOST_LEXEMES = 20_000
"""A report is found by no more different words, and by none longer: the index takes no book."""

_UNKEEPABLE = re.compile(f"[\0\ud800-\udfff{MARK}]")
_MARKED = re.compile(f"{MARK}([0-9a-f]{{4}})")


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
        for lexeme in words_of(text):
            if len(lexeme) <= LONGEST_WORD:
                found[lexeme] = None
                if len(found) == MOST_LEXEMES:
                    return list(found)
    return list(found)


def question_of(asked: Iterable[Asked]) -> str:
    """Return a question for the index: all that is asked for, in which nothing is syntax."""
    return " & ".join(f"'{one.lexeme}'{':*' if one.begins else ''}" for one in asked)
