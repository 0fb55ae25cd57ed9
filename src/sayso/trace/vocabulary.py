"""What is known of English words: which stand for one another, turn a claim, or lead to a word.

Rule: which words these are is data (`data/wording.toml`); how their forms are folded is here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

BE = frozenset({"am", "is", "are", "was", "were", "be", "been", "being"})


def opposites(one: str, other: str) -> bool:
    """Tell whether one key word turns the other round."""
    return (one, other) in lists().opposite


def turns(key: str) -> bool:
    """Tell whether a key word that only one claim has makes another claim of it."""
    return key in lists().turning


def cross(one: str, other: str) -> bool:
    """Tell whether two small words before the same word say different things."""
    return (one, other) in lists().crossed


def leads(word: str) -> bool:
    """Tell whether `word` is a preposition."""
    return word in lists().leading


def lead_together(one: str, other: str) -> bool:
    """Tell whether two prepositions may stand for one another."""
    return bool(lists().leading[one] & lists().leading[other])


def names_a_place(key: str) -> bool:
    """Tell whether a key word only says what a name is: "the city of"."""
    return key in lists().framing


def counts(key: str) -> bool:
    """Tell whether a key word only says that something is counted: "the number of cases"."""
    return key in lists().counting


def thinks(key: str) -> bool:
    """Tell whether a key word is of holding something to be so."""
    return key == lists().key("think")


def base(word: str) -> str:
    """Return what a word's forms and synonyms share."""
    return lists().key(word)


def inflected(word: str) -> bool:
    """Tell whether a verb stands in another form than its base."""
    return word in _irregular() or _stem(word) != _stem(f"{word}s") or word.endswith(("s", "ed"))


def is_participle(word: str) -> bool:
    """Tell whether `word` may be the form that a passive or a perfect is made with."""
    return word.endswith(("ed", "en")) or word in _irregular() or word == "been"


def before_deed(words: Sequence[str], at: int) -> int:
    """Return the place of the word before the verb at `at`, past adverbs; -1 is none."""
    at -= 1
    while at >= 0 and (words[at] in ("not", "never", "also", "already") or words[at][-2:] == "ly"):
        at -= 1
    return at


def done_to(words: Sequence[str], at: int) -> bool:
    """Tell whether the verb at `at` stands in the passive."""
    before = before_deed(words, at)
    return before >= 0 and words[before] in BE and is_participle(words[at])


@dataclass(frozen=True, slots=True)
class _Lists:
    same: dict[str, str]
    opposite: frozenset[tuple[str, str]]
    dropped: frozenset[str]
    negative: frozenset[str]
    hedge: frozenset[str]
    turning: frozenset[str]
    crossed: frozenset[tuple[str, str]]
    leading: dict[str, frozenset[int]]  # of each preposition, the families it stands in
    framing: frozenset[str]
    counting: frozenset[str]

    def key(self, word: str) -> str:
        stem = _stem(word)
        return self.same.get(stem, stem)


@cache
def lists() -> _Lists:
    """Return what the data says, read once."""
    data = _data()
    same: dict[str, str] = {}
    for group in data["same"]:
        stems = [_stem(word) for word in group.split()]
        for stem in stems:
            same.setdefault(stem, stems[0])
    opposite = set()
    for pair in data["opposite"]:
        one, other = (same.get(_stem(word), _stem(word)) for word in pair.split())
        opposite |= {(one, other), (other, one)}
    negative, hedge = frozenset(data["negative"].split()), frozenset(data["hedge"].split())
    return _Lists(
        same=same,
        opposite=frozenset(opposite),
        dropped=frozenset(data["soft"].split()) | hedge | negative,
        negative=negative,
        hedge=hedge,
        turning=frozenset(same.get(_stem(word), _stem(word)) for word in data["turning"].split()),
        crossed=frozenset(
            pair
            for one, other in map(str.split, data["crossed"])
            for pair in ((one, other), (other, one))
        ),
        leading={
            word: frozenset(n for n, line in enumerate(data["leading"]) if word in line.split())
            for line in data["leading"]
            for word in line.split()
        },
        framing=frozenset(same.get(_stem(word), _stem(word)) for word in data["framing"].split()),
        counting=frozenset(same.get(_stem(word), _stem(word)) for word in data["counting"].split()),
    )


@cache
def _irregular() -> dict[str, str]:
    """Return the base form of each irregular one."""
    return {
        word: base
        for base, *words in (line.split() for line in _data()["irregular"].splitlines())
        for word in words
    }


@cache
def _data() -> dict[str, Any]:
    text = resources.files("sayso.trace").joinpath("data/wording.toml").read_text("utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=1 << 15)
def _stem(word: str) -> str:
    """Return the form that a word's plural, tenses and spellings share."""
    word = _irregular().get(word, word)
    if not word.isascii() or len(word) < 4:
        return word
    for ending, instead in (
        ("ies", "y"),
        ("sses", "ss"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("xes", "x"),
    ):
        if word.endswith(ending):
            word = word[: -len(ending)] + instead
            break
    else:
        if word.endswith("s") and not word.endswith(("ss", "us", "is")):
            word = word[:-1]
    for ending in ("ing", "ed"):
        root = word.removesuffix(ending)
        if root != word and len(root) > 2 and re.search("[aeiouy]", root):
            doubled = len(root) > 3 and root[-1] == root[-2] and root[-1] not in "lsz"
            word = root[:-1] if doubled else root
            break
    for ending, instead in (
        ("our", "or"),
        ("tre", "ter"),
        ("is", "iz"),
        ("ise", "iz"),
        ("ize", "iz"),
    ):
        if word.endswith(ending) and len(word) > 5:
            word = word[: -len(ending)] + instead
    return word.removesuffix("e") if len(word) > 4 else word
