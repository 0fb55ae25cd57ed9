"""Words as every store looks for them: no case, no accents, no punctuation.

Pure; what a reader typed becomes a list of words in which nothing is syntax but a star at the
end of one: all that begin so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

MOST_WORDS = 32
"""A reader asks for a few words; a page pasted into the box is cut to its first ones."""

LONGEST_WORD = 100
"""Letters of a word that are looked at: no longer one is a word."""

_LEXEME = re.compile(r"[^\W_]+")
_ACCENTS = re.compile(
    # Combining marks in general, then the points of Hebrew and of Arabic.
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    "\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A word that is looked for."""

    lexeme: str
    begins: bool = False  # True: all words that begin so

    def stands_in(self, lexemes: Collection[str]) -> bool:
        if self.begins:
            return any(one.startswith(self.lexeme) for one in lexemes)
        return self.lexeme in lexemes


def lexemes_of(text: str) -> Iterator[str]:
    """Yield the words of `text`, each as often as it stands there."""
    bare = text.casefold()
    if not bare.isascii():
        bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", bare))
    return (found[0] for found in _LEXEME.finditer(bare))


def asked_in(words: str, *, begins: bool = False) -> list[Asked]:
    """Return what a reader typed; with `begins`, every word may be the beginning of one."""
    asked: list[Asked] = []
    for word in words.split()[:MOST_WORDS]:
        parts = [part[:LONGEST_WORD] for part in lexemes_of(word)]
        asked += [Asked(part) for part in parts[:-1]]
        asked += [Asked(part, begins or word.endswith("*")) for part in parts[-1:]]
    return asked


def all_stand_in(asked: Iterable[Asked], lexemes: Collection[str]) -> bool:
    return all(one.stands_in(lexemes) for one in asked)
