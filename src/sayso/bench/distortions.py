"""Turns what somebody said into what they did not say, by one known change.

Rule: every distortion changes the claim, however little of its wording; the same words and the
same chance give the same distortion. Whether it is told from the original is measured in
`sayso.bench.statements`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

_AUXILIARY = re.compile(
    r"\b(is|are|was|were|will|would|has|have|had|can|could|did|does|do|must|should)\b(?! not)", re.I
)
_DENIAL = re.compile(r"\b(is|are|was|were|will|would|has|have|had|can|could|did|do) not\b", re.I)
_DIGITS = re.compile(r"\b\d[\d,.]*\d\b|\b\d\b")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")
_TENSES = (
    (re.compile(r"\bwill be\b"), "was"),
    (re.compile(r"\bwould be\b"), "had been"),
    (re.compile(r"\b(?:will|would) (?=[a-z]+)"), "did "),
    (re.compile(r"\b(?:is|are) (?=\w+ing\b)"), "will not be "),
    (re.compile(r"\b(?:has|have|had) been\b"), "will be"),
    (re.compile(r"\b(?:is|are)\b"), "will be"),
    (re.compile(r"\b(?:was|were)\b"), "will be"),
)
_NUMBERS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty thirty forty fifty"
).split()
_NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(_NUMBERS)})\b", re.I)
_BOUNDS = (("at least", "up to"), ("more than", "fewer than"), ("up to", "at least"))
_OBJECTS = (
    "letter telegram fax bridge dam gate bodies minister company reservoir people children village"
    " house inquiry visas money warning ambassador wave valley"
).split()
_OBJECT = re.compile(rf"\b(?:{'|'.join(_OBJECTS)})\b")
_NAMES = ("Oslo", "Mendoza", "Ahmadov", "Ruritania", "Castellan", "Freiberg", "Nakamura")


def distortions(words: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield (what was changed, the distorted words) for each change that `words` allow."""
    for kind, change in _CHANGES.items():
        changed = change(words, chance)
        if changed is not None and changed != words:
            yield kind, changed


def _number(words: str, chance: random.Random) -> str | None:
    if found := _DIGITS.search(words):
        value = found[0].replace(",", "")
        if ":" in words[found.end() : found.end() + 1] or not value.isdigit():
            return None
        other = chance.choice((int(value) * 10, int(value) + 1, int(value) * 2 + 3))
        return words[: found.start()] + f"{other:,}" + words[found.end() :]
    if found := _NUMBER_WORD.search(words):
        others = [word for word in _NUMBERS if word != found[0].lower()]
        return words[: found.start()] + chance.choice(others) + words[found.end() :]
    return None


def _polarity(words: str, _chance: random.Random) -> str | None:
    if _DENIAL.search(words):
        return _DENIAL.sub(r"\1", words, count=1)
    return _AUXILIARY.sub(r"\1 not", words, count=1) if _AUXILIARY.search(words) else None


def _tense(words: str, _chance: random.Random) -> str | None:
    for pattern, instead in _TENSES:
        if pattern.search(words):
            return pattern.sub(instead, words, count=1)
    return None


def _object(words: str, chance: random.Random) -> str | None:
    found = _OBJECT.search(words)
    if not found:
        return None
    other = chance.choice([word for word in _OBJECTS if word != found[0]])
    return words[: found.start()] + other + words[found.end() :]


def _name(words: str, chance: random.Random) -> str | None:
    found = _NAME.search(words)
    return found and words[: found.start()] + chance.choice(_NAMES) + words[found.end() :]


def _bound(words: str, _chance: random.Random) -> str | None:
    for one, other in _BOUNDS:
        if one in words.casefold():
            return re.sub(one, other, words, count=1, flags=re.I)
    return None


_CHANGES: dict[str, Callable[[str, random.Random], str | None]] = {
    "number": _number,
    "polarity": _polarity,
    "tense": _tense,
    "object": _object,
    "name": _name,
    "bound": _bound,
}
