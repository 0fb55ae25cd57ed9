"""Rules for lengths of time and for what comes again: "20 minutes", "the past five days", "daily".

A length that nobody counts has X for its number ("years": PXY).
A decade is ten years and a century a hundred, so that lengths compare.
"""

from __future__ import annotations

from sayso.extract.times.phrase import Phrase, Told
from sayso.extract.times.vocabulary import PARTS, RATES, SEASONS, UNIT, UNITS, WEEKDAYS
from sayso.records import TimeExpression

_LETTER = {"S": "S", "TM": "M", "H": "H", "D": "D", "W": "W", "M": "M", "Q": "Q", "Y": "Y"}
_MANY = {"2W": (2, "W"), "10Y": (10, "Y"), "100Y": (100, "Y")}
# "will one day be": some day to come, not the length of a day.
_SOME_DAY = frozenset("will would may might could can must should shall".split())
_UNCOUNTED = {"10Y": "PXDE", "100Y": "PXCE", "2W": "PXW"}


def length_value(count: float | None, unit: str) -> str:
    """Return the TIMEX3 value of `count` units; None counts as X."""
    if count is None:
        if unit in _UNCOUNTED:
            return _UNCOUNTED[unit]
        return ("PTX" if unit in ("S", "TM", "H") else "PX") + _LETTER[unit]
    if unit in _MANY:
        times, unit = _MANY[unit]
        count *= times
    prefix = "PT" if unit in ("S", "TM", "H") else "P"
    if count % 1 and unit == "H":
        minutes = round(count % 1 * 60)
        return f"PT{int(count)}H{minutes}M" if count >= 1 else f"PT{minutes}M"
    if count % 1 and unit == "Y":
        return f"P{round(count * 12)}M"
    return f"{prefix}{count:.10g}{_LETTER[unit]}"


def amount(phrase: Phrase) -> float | None:
    """Return how many units `phrase` counts; None where it says "several" or nothing."""
    numbers = [token.value for token in phrase.all("num", "year") if token.value is not None]
    half = 0.5 if phrase.has("half") else 0.0
    if numbers:
        return numbers[0] + half
    if phrase.has("couple"):
        return 2.0
    if phrase.has("some"):
        return None
    if phrase.has("half") and not phrase.has("and"):
        return 0.5
    if phrase.has("a"):
        return 1.0 + half
    return None


def duration(phrase: Phrase, told: Told) -> list[TimeExpression] | None:
    """Read "20 minutes", "almost two years", "the past 20 months", "a two-week", "years"."""
    name = phrase.all(*UNIT)[-1]  # in "the year-earlier nine months" the months are counted
    if phrase.after() == "old" or (phrase.after() in "-‑" and phrase.after(2) in ("old", "olds")):
        return None
    if phrase.after() == "of" and phrase.after(2) == "age":
        return None
    if name.word == "quarter" and phrase.after() in ("of", "-", "century", "million", "billion"):
        return None  # "a quarter of the voters", "a quarter century"
    if name.word == "quarters" and phrase.has("hyphen"):
        return None  # "three-quarters of the voters"
    if phrase.is_title:
        return None  # "60 Minutes"
    unit = UNITS[name.word]
    count = amount(phrase)
    if count == 1 and unit == "D" and phrase.before() in _SOME_DAY:
        return phrase.expression("DATE", "FUTURE_REF")
    if count is None and phrase.has("ord") and not phrase.has("some"):
        return None
    if count is not None and count > 1e6:
        return None
    if unit == "M" and phrase.has("the"):
        told.of_months = True
    return phrase.expression("DURATION", length_value(count, unit))


def bare_units(phrase: Phrase, _told: Told) -> list[TimeExpression] | None:
    """Read "for years", "weeks": a length that nobody counts."""
    name = phrase.find(*UNIT)
    assert name is not None
    if not name.word.endswith("s") or name.word in ("sec", "secs"):
        return None
    unit = UNITS[name.word]
    if phrase.class_before() == "num" or phrase.after() == "old" or phrase.before() == "new":
        return None
    if unit == "Q" or (unit in ("S", "TM") and phrase.last - phrase.first == 1):
        return None
    return phrase.expression("DURATION", length_value(None, unit))


def vague_units(phrase: Phrase, _told: Told) -> list[TimeExpression] | None:
    """Read "recent months", "the coming weeks": no more than before or after now."""
    name = phrase.find(*UNIT)
    assert name is not None
    if phrase.has("the") and phrase.has("last", "past", "next"):
        return phrase.expression("DURATION", length_value(None, UNITS[name.word]))
    ahead = phrase.has("coming", "next", "following")
    return phrase.expression("DATE", "FUTURE_REF" if ahead else "PAST_REF")


def one_unit(phrase: Phrase, told: Told) -> list[TimeExpression] | None:
    """Read "a week": a length, or after a number that it divides, what comes again."""
    name = phrase.find(*UNIT)
    assert name is not None
    unit = UNITS[name.word]
    if name.word.endswith("s"):
        return None
    counted = phrase.class_before() == "num" or phrase.class_before(2) in ("num", "year")
    if phrase.has("per") or (counted and phrase.class_before() in ("num", "other")):
        return phrase.expression("SET", length_value(1, unit))
    if phrase.before() in ("once", "twice", "times"):
        return phrase.expression("SET", length_value(1, unit))
    return duration(phrase, told)


def every(phrase: Phrase, _told: Told) -> list[TimeExpression] | None:
    """Read "every week", "each Thursday", "every two days", "every night"."""
    if name := phrase.find("weekday", "weekdays", "sun"):
        word = name.word if name.word in WEEKDAYS else name.word[:-1]
        part = phrase.find("part", "parts")
        value = f"XXXX-WXX-{WEEKDAYS[word] + 1}" + ("T" + PARTS[part.word] if part else "")
        return phrase.expression("SET", value)
    if part := phrase.find("part", "parts", "noon"):
        return phrase.expression("SET", "XXXX-XX-XXT" + PARTS[part.word].lstrip("T"))
    if name := phrase.find("season"):
        return phrase.expression("SET", "XXXX-" + SEASONS[name.word])
    if phrase.has("weekend"):
        return phrase.expression("SET", "XXXX-WXX-WE")
    name = phrase.find(*UNIT)
    assert name is not None
    number = phrase.find("num", "ord")
    count = number.value if number else 2.0 if phrase.has("other") else 1.0
    return phrase.expression("SET", length_value(count or 1.0, UNITS[name.word]))


def rate(phrase: Phrase, _told: Told) -> list[TimeExpression] | None:
    """Read "daily", "weekly"."""
    word = phrase.find("rate")
    assert word is not None
    if phrase.is_title:
        return None  # "the Daily Gazette"
    return phrase.expression("SET", RATES[word.word])
