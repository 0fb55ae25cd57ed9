"""Reads one quantity in the text: "300", "two dozen", "hundreds", "a third", "one in five".

A quantity is `low` to `high`; "hundreds" is at least two of them and has no `high`.
Units, bounds and ranges are read around it by others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.extract.numerals import MAGNITUDES, Token

_PLURAL = {word + "s": scale for word, scale in MAGNITUDES.items()} | {
    "dozens": 12.0,
    "scores": 20.0,
    "tens": 10.0,
}
_SEVERAL = frozenset(("several", "few", "many"))
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4,
    "fourths": 4, "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7,
    "eighth": 8, "eighths": 8, "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10,
}  # fmt: skip
OPENERS = frozenset(("a", "an", "half")) | _SEVERAL | _PLURAL.keys()
"""Words that may begin a quantity; all else that may is a number."""

_HYPHENS = frozenset("-‐‑")


@dataclass(frozen=True, slots=True)
class Quantity:
    """Tokens [first, last) that say a quantity."""

    first: int
    last: int
    low: float
    high: float | None  # None: "hundreds"
    is_ratio: bool = False
    is_bare: bool = False  # digits or a word alone, which a range may scale: "2" in "2-3 million"


def read_quantity(tokens: Sequence[Token], at: int) -> Quantity | None:
    """Return the quantity that begins with the token `at`; None where none does."""
    word = tokens[at].word
    return (
        _odds(tokens, at)
        or _fraction(tokens, at)
        or (_several(tokens, at) if word in _SEVERAL or word == "a" else None)
        or _plural(tokens, at)
        or _number(tokens, at)
    )


def _word(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].word if 0 <= at < len(tokens) else ""


def _value(tokens: Sequence[Token], at: int) -> float | None:
    if 0 <= at < len(tokens) and tokens[at].kind == "number":
        return tokens[at].value
    return None


def _odds(tokens: Sequence[Token], at: int) -> Quantity | None:
    """Read "one in five", "nine out of 10", "1 in every 300"."""
    value = _value(tokens, at)
    if value is None or value < 1:
        return None
    here = at + 1
    if _word(tokens, here) == "out" and _word(tokens, here + 1) == "of":
        here += 2
    elif _word(tokens, here) == "in":
        here += 1
    else:
        return None
    if _word(tokens, here) == "every":
        here += 1
    among = _value(tokens, here)
    # "one in 2016" is a year; a share is of round numbers or in small ones.
    is_year = among is not None and 1900 <= among <= 2100 and "," not in tokens[here].word
    if among is None or among <= value or value % 1 or is_year:
        return None
    if _word(tokens, at + 1) == "in" and value > 20:
        return None  # "300 in 5 cities"
    ratio = value / among
    return Quantity(at, here + 1, ratio, ratio, is_ratio=True)


def _fraction(tokens: Sequence[Token], at: int) -> Quantity | None:
    """Read "a third", "two-thirds", "three quarters", "half", "a quarter of a million"."""
    word = tokens[at].word
    if word == "half":
        scaled = _scaled(tokens, at + 1, 0.5)
        return (
            Quantity(at, scaled[0], scaled[1], scaled[1])
            if scaled
            else Quantity(at, at + 1, 0.5, 0.5, is_ratio=True)
        )
    if word in ("a", "an"):
        count = 1.0
    elif (value := _value(tokens, at)) is not None and 1 <= value < 10 and value % 1 == 0:
        count = value
    else:
        return None
    here = at + 1
    if _word(tokens, here) in _HYPHENS:
        here += 1
    part = _PARTS.get(_word(tokens, here))
    if part is None or count >= part:
        return None
    plural = _word(tokens, here).endswith("s")
    if plural != (count > 1):
        return None
    ratio = count / part
    after = here + 1
    scaled = _scaled(tokens, after + (_word(tokens, after) == "of"), ratio)
    if scaled:
        return Quantity(at, scaled[0], scaled[1], scaled[1])
    return Quantity(at, after, ratio, ratio, is_ratio=True)


def _scaled(tokens: Sequence[Token], at: int, by: float) -> tuple[int, float] | None:
    """Read the "(a) million" or "(a) dozen" that a fraction divides."""
    if _word(tokens, at) == "a":
        at += 1
    if _word(tokens, at) == "dozen":
        return at + 1, 12 * by
    if _word(tokens, at) in MAGNITUDES and tokens[at].spelled:
        return at + 1, (tokens[at].value or 0) * by
    return None


def _several(tokens: Sequence[Token], at: int) -> Quantity | None:
    """Read "several hundred", "a few dozen"."""
    here = at + 1 + (tokens[at].word == "a")
    if here - 1 >= len(tokens) or tokens[here - 1].word not in _SEVERAL:
        return None
    value = 12.0 if _word(tokens, here) == "dozen" else _value(tokens, here)
    if value is None or (tokens[here].word not in MAGNITUDES and tokens[here].word != "dozen"):
        return None
    return Quantity(at, here + 1, 2 * value, None)


def _plural(tokens: Sequence[Token], at: int) -> Quantity | None:
    """Read "dozens", "hundreds of thousands"."""
    scale = _PLURAL.get(tokens[at].word)
    if scale is None:
        return None
    last, value = at + 1, 2 * scale
    while _word(tokens, last) == "of" and (more := _PLURAL.get(_word(tokens, last + 1))):
        last, value = last + 2, value * more
        if last - at > 6:
            break
    if last == at + 1 and tokens[at].word == "tens":
        return None
    return Quantity(at, last, value, None)


def _number(tokens: Sequence[Token], at: int) -> Quantity | None:
    """Read "300", "a million", "two dozen", "one and a half million"."""
    first = at
    if tokens[at].word in ("a", "an"):
        at += 1
        if _word(tokens, at) != "dozen" and _word(tokens, at) not in MAGNITUDES:
            return None
    if _word(tokens, at) == "dozen":
        return Quantity(first, at + 1, 12.0, 12.0) if first < at else None
    value = _value(tokens, at)
    if value is None or (first < at and not tokens[at].spelled):
        return None
    last = at + 1
    if _word(tokens, last) in ("dozen", "dozens"):
        return Quantity(first, last + 1, 12 * value, 12 * value)
    if [_word(tokens, last + step) for step in range(3)] == ["and", "a", "half"]:
        scaled = _scaled(tokens, last + 3, value + 0.5)
        last, value = scaled or (last + 3, value + 0.5)
    bare = tokens[at].word not in MAGNITUDES and not tokens[at].word.isalpha()
    bare = bare or (tokens[at].spelled and tokens[at].word not in MAGNITUDES)
    return Quantity(first, last, value, value, is_bare=bare)
