"""Joins quantities with their currency, unit and range: "$3.2 billion", "20 to 30 percent".

A range is only one when it grows and both ends are of one unit; "from 40 to 60" is two figures,
for it tells of a change. "2-3 million" lends its scale to both ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso.extract.figures.quantities import OPENERS, Quantity, read_quantity
from sayso.extract.figures.units import (
    CENTS,
    CURRENCY_CODES,
    CURRENCY_SIGNS,
    DOLLARS,
    MEASURES,
    NATIONS,
    money_code,
)
from sayso.extract.numerals import MAGNITUDES, Token

_HYPHENS = frozenset("-‐‑–")
_BIG = {"m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "tn": 1e12}
_METRES = frozenset(
    "high tall long wide deep away from north south east west above below sprint".split()
)
_MOVES = frozenset(
    "rose fell dropped climbed gained lost added jumped increased decreased declined slipped"
    " advanced plunged surged edged up down rise fall rising falling slid sank soared tumbled cut"
    " raised grew shrank".split()
)
_OPENERS = OPENERS | CURRENCY_SIGNS.keys() | DOLLARS.keys() | CURRENCY_CODES | {"rs"}
_SPEEDS = {"miles": "mph", "km": "km/h"}
_NEGATIVE = frozenset(("minus", "-", "−"))
_LEAST_WON = 1_000  # nothing that is reported costs less in South Korea
_POUNDS_OF_MONEY = 1e6  # pounds by the million are money, unless they are pounds of something
_QUALIFIED = frozenset(("square", "cubic", "nautical", "metric", "sq"))


@dataclass(frozen=True, slots=True)
class Amount:
    """Tokens [first, last) that say an amount, with its unit."""

    first: int
    last: int
    low: float
    high: float | None
    unit: str | None
    quantity: Quantity
    is_range: bool = False

    @property
    def is_ratio(self) -> bool:
        return self.unit == "ratio"


def read_amount(tokens: Sequence[Token], text: str, at: int) -> Amount | None:
    """Return the amount that begins with the token `at`, a range whole; None where none does."""
    token = tokens[at]
    if token.word in _NEGATIVE:
        return _negative(tokens, text, at)
    if token.value is None and token.word not in _OPENERS:
        return None
    lower = _single(tokens, text, at)
    if lower is None or lower.high is None:
        return lower
    joint = lower.last
    if joint + 1 >= len(tokens):
        return lower
    if not _joins(tokens, lower, at):
        return lower
    upper = _single(tokens, text, joint + 1)
    if upper is None or upper.high is None or upper.is_ratio != lower.is_ratio:
        return lower
    low = lower.low
    if lower.quantity.is_bare and not upper.quantity.is_bare:
        scale = MAGNITUDES.get(tokens[upper.quantity.last - 1].word, 1.0)
        scale = _BIG.get(tokens[upper.quantity.last - 1].word, scale)
        low = low * scale if low * scale < upper.high else low
    if low >= upper.high or (lower.unit and upper.unit and lower.unit != upper.unit):
        return lower
    unit = upper.unit or lower.unit
    return Amount(lower.first, upper.last, low, upper.high, unit, upper.quantity, is_range=True)


def _negative(tokens: Sequence[Token], text: str, at: int) -> Amount | None:
    """Return an amount below nothing: "minus 12 degrees", "-0.3%"; a bare "-5" may be anything."""
    if at + 1 >= len(tokens) or tokens[at + 1].kind != "number":
        return None
    is_sign = tokens[at].kind == "sign"
    glued = tokens[at].end == tokens[at + 1].start
    free = at == 0 or tokens[at - 1].end < tokens[at].start or tokens[at - 1].word == "("
    margin = at > 0 and tokens[at - 1].word == "or"  # "plus or minus 3 points"
    if margin or (is_sign and not (glued and free)):
        return None
    found = _single(tokens, text, at + 1)
    if found is None or found.high is None or found.unit is None or found.is_ratio:
        return None
    return replace(found, first=at, low=-found.high, high=-found.low)


def _joins(tokens: Sequence[Token], lower: Amount, at: int) -> bool:
    """Whether the token after `lower` can join it to the end of a range."""
    word = tokens[lower.last].word
    before = tokens[at - 1].word if at else ""
    if word == "and":
        return before == "between"
    if word == "to":
        # "rose 3 percent to 12 percent" tells by how much, and then where it stands.
        lead = [token.word for token in tokens[max(0, at - 6) : at]]
        return "from" not in lead[-4:] and not (lower.unit and _MOVES.intersection(lead))
    if word == "or":
        return lower.unit is None
    # "a one-two punch" is no range.
    return word in _HYPHENS and not tokens[lower.last - 1].spelled


def _single(tokens: Sequence[Token], text: str, at: int) -> Amount | None:
    """Return one quantity with its currency before or its unit after."""
    first, code = _currency_before(tokens, text, at)
    if first >= len(tokens):
        return None
    quantity = read_quantity(tokens, first)
    if quantity is None or (code and quantity.is_ratio):
        return None
    last, low, high = quantity.last, quantity.low, quantity.high
    if last < len(tokens) and tokens[last].word in _BIG and quantity.is_bare:
        spaced = tokens[last].word != "m" or code or _names_a_noun(tokens, last + 1)
        if spaced and high is not None:
            scale = _BIG[tokens[last].word]
            low, high, last = low * scale, high * scale, last + 1
            quantity = Quantity(quantity.first, last, low, high)
    if code:
        return Amount(at, last, low, high, code, quantity)
    if quantity.is_ratio:
        words = [token.word for token in tokens[last : last + 3]]
        for lead in ([], ["a"], ["of", "a"]):  # "half a percent"
            if words[len(lead) : len(lead) + 1] == ["percent"] and words[: len(lead)] == lead:
                return Amount(at, last + len(lead) + 1, low, high, "percent", quantity)
        return Amount(at, last, low, high, "ratio", quantity)
    if _is_metres(tokens, quantity):
        return Amount(at, last, low / 1e6, low / 1e6, "m", quantity)
    after, unit, divisor = _unit_after(tokens, text, last)
    if unit == "KRW" and low < _LEAST_WON:
        after, unit = last, None  # "the 12 won": the verb
    followed_by_of = after < len(tokens) and tokens[after].word == "of"
    if unit == "pounds" and low >= _POUNDS_OF_MONEY and not followed_by_of:
        unit = "GBP"
    if unit and divisor != 1:
        low, high = low / divisor, None if high is None else high / divisor
    return Amount(at, after, low, high, unit, quantity)


def _currency_before(tokens: Sequence[Token], text: str, at: int) -> tuple[int, str | None]:
    """Return where the number begins after a currency sign or code at `at`, and the code."""
    word = tokens[at].word
    if word in CURRENCY_SIGNS:
        return at + 1, CURRENCY_SIGNS[word]
    if at + 1 < len(tokens):
        follower = tokens[at + 1].word
        if word in DOLLARS and follower == "$" and tokens[at].end == tokens[at + 1].start:
            return at + 2, DOLLARS[word]
        written = text[tokens[at].start : tokens[at].end]
        if (word in CURRENCY_CODES and written.isupper()) or (word == "rs" and written == "Rs"):
            here = at + 1 + (follower == "." and word == "rs")
            if here < len(tokens) and tokens[here].kind == "number":
                return here, money_code("", word)
    return at, None


def _names_a_noun(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].kind == "word" and tokens[at].word not in _METRES


def _is_metres(tokens: Sequence[Token], quantity: Quantity) -> bool:
    """Whether "5m" is a length, not five million."""
    glued = tokens[quantity.last - 1]
    if glued.word != "m" or quantity.low >= 1e9:
        return False
    return quantity.last < len(tokens) and tokens[quantity.last].word in _METRES


def _unit_after(tokens: Sequence[Token], text: str, at: int) -> tuple[int, str | None, float]:
    """Return where the unit after a number ends, its name, and what its number is divided by."""
    here = at
    if here < len(tokens) and tokens[here].word in "-‐‑" and tokens[here].kind == "sign":
        here += 1  # "5-mile", "10-percent"
    words = [token.word for token in tokens[here : here + 4]] + [""] * 4
    if words[0] == "of" and at > 0 and tokens[at - 1].word.endswith("s"):
        words, here = words[1:], here + 1  # "millions of gallons"
    if words[0] in ("%", "pct", "pc", "percent"):
        return here + 1, "percent", 1.0
    if words[0] == "per" and words[1] == "cent":
        return here + 2, "percent", 1.0
    if words[0] == "percentage" and words[1] in ("point", "points"):
        return here + 2, "percentage points", 1.0
    if words[0] in CENTS:
        return here + 1, "USD", 100.0
    if code := money_code("", words[0]):
        if here > at and tokens[at - 1].word in MAGNITUDES and tokens[at - 1].spelled:
            return at, None, 1.0  # "a million-dollar house": no sum
        code_alone = words[0] in CURRENCY_CODES
        if not code_alone or text[tokens[here].start : tokens[here].end].isupper():
            return here + 1, code, 1.0
    for length in (1, 2):  # "Canadian dollars", "Hong Kong dollars"
        nation = " ".join(words[:length])
        if nation in NATIONS and (code := money_code(nation, words[length])):
            return here + length + 1, code, 1.0
    return _measure(tokens, words, here) or (at, None, 1.0)


def _measure(tokens: Sequence[Token], words: list[str], here: int) -> tuple[int, str, float] | None:
    number = tokens[here - 1]
    if words[0] in _QUALIFIED and (unit := MEASURES.get(words[1])):
        if words[0] == "metric":
            return here + 2, "tonnes" if unit == "tons" else unit, 1.0
        return here + 2, f"{'square' if words[0] == 'sq' else words[0]} {unit}", 1.0
    if words[0] == "basis" and words[1] in ("point", "points"):
        return here + 2, "basis points", 1.0
    unit = MEASURES.get(words[0])
    if unit == "points" and number.spelled and _before_number(tokens, here) != "by":
        return None  # "three points" are arguments, "by three points" tells a margin
    if unit is None:
        return None
    if unit in _SPEEDS and words[1] in ("an", "per") and words[2] == "hour":
        # The words of the hour stay outside: they are a time expression of their own.
        return here + 1, _SPEEDS[unit], 1.0
    if unit == "degrees" and words[1] in ("celsius", "fahrenheit", "c", "f"):
        return here + 2, unit, 1.0
    return here + 1, unit, 1.0


def _before_number(tokens: Sequence[Token], unit_at: int) -> str:
    return tokens[unit_at - 2].word if unit_at > 1 else ""
