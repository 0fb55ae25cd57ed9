"""Rules for periods told from another one: "last week", "two years ago", "the third quarter".

"last", "this" and "next" count from the day of publication; "the following", "the previous",
"that", "earlier" and "later" count from the day that the narrative has reached.
In an undated report they say no more than before, now or after: PAST_REF, PRESENT_REF, FUTURE_REF.
"""

from __future__ import annotations

from sayso.extract.times.days import later, quarter_of, value_at, weekday_near
from sayso.extract.times.lengths import amount, length_value
from sayso.extract.times.phrase import Phrase, Told
from sayso.extract.times.points import Found, month_day
from sayso.extract.times.tense import direction
from sayso.extract.times.vocabulary import REFERENCES, UNIT, UNITS, WEEKDAYS

_STEPS = {
    "last": -1, "past": -1, "previous": -1, "this": 0, "that": 0, "same": 0, "reference": 0,
    "next": 1, "coming": 1, "following": 1,
}  # fmt: skip
_FROM_NARRATIVE = ("previous", "following", "same", "that")
_VAGUE = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}


def relative_unit(phrase: Phrase, told: Told) -> Found:
    """Read "last week", "this year", "the following month", "earlier this month"."""
    name = phrase.find(*UNIT, "weekend")
    assert name is not None
    side = phrase.find(*_STEPS)
    assert side is not None
    marker = next(n for n in _STEPS if phrase.has(n))
    step = _STEPS[marker]
    if name.word in ("weekend", "weekends"):
        return _weekend(phrase, told, step)
    unit = UNITS[name.word]
    if unit in ("S", "TM", "H"):
        return None
    if unit == "10Y" and marker in ("last", "past"):
        return phrase.expression("DURATION", "P10Y")
    # "the past year" is the twelve months up to now, "last year" the one that has a number.
    is_span = marker == "past" or (marker == "last" and phrase.has("the") and unit != "Q")
    if is_span and not phrase.has("early", "late", "earlier", "later", "end", "start"):
        return phrase.expression("DURATION", length_value(1, unit))
    if unit == "Q" and marker in ("same", "that") and told.quarter:
        same_year, same_quarter = told.quarter
        return phrase.expression("DATE", f"{same_year:04d}-Q{same_quarter}")
    base = told.published
    if marker in _FROM_NARRATIVE or (marker == "next" and phrase.has("the") and unit == "D"):
        base = told.here
        if unit == "Y" and told.year:
            return phrase.expression("DATE", f"{told.year + step:04d}")
    if base is None:
        return phrase.expression("DATE", _VAGUE[step])
    if unit == "D" and marker in ("last", "this"):
        return None
    day = later(base, step, unit)
    if day is None:
        return None
    if unit == "D":
        told.day = day
    if unit == "Q":
        told.quarter = (day.year, quarter_of(day))
    if unit == "Y":
        told.year = day.year
    return phrase.expression("DATE", value_at(day, unit))


def _weekend(phrase: Phrase, told: Told, step: int) -> Found:
    if told.published is None:
        return phrase.expression("DATE", _VAGUE[step])
    # On a Monday "this weekend" and "the weekend" look back to the one just over.
    day = later(told.published, 7 * step, "D")
    if day and step == 0 and direction(phrase) <= 0 and day.weekday() < 5:
        day = weekday_near(day, WEEKDAYS["sunday"], -1)
    return phrase.expression("DATE", value_at(day, "W") + "-WE") if day else None


def the_unit(phrase: Phrase, told: Told) -> Found:
    """Read "the week", "the year", "the quarter", "the weekend": the one that is spoken of."""
    name = phrase.find(*UNIT, "period", "weekend")
    assert name is not None
    if name.word == "weekend":
        return _weekend(phrase, told, 0)
    unit = UNITS.get(name.word)
    if unit not in ("W", "M", "Y", "D") or name.word.endswith("s"):
        return None
    if phrase.after() in ("ended", "ending", "to", "through"):
        return phrase.expression("DURATION", length_value(1, unit))
    if unit == "D":
        whole = phrase.says("later", "earlier") or phrase.before(2) in ("later", "earlier", "late")
        if not whole or told.here is None:
            return None
        return phrase.expression("DATE", told.here.isoformat())
    if phrase.after() == "of" or phrase.after() in ("when", "that", "was"):
        return None
    base = told.published
    if base is None:
        return None
    return phrase.expression("DATE", value_at(base, unit))


def week_of(phrase: Phrase, told: Told) -> Found:
    """Read "the week of March 6"."""
    start = next(i for i in range(phrase.first, phrase.last) if phrase.classes[i] in _MONTHLY)
    inner = month_day(phrase.part(start, phrase.last), told)
    if not inner or told.day is None:
        return inner
    return phrase.expression("DATE", value_at(told.day, "W"))


_MONTHLY = ("month", "maymonth")


def ago(phrase: Phrase, told: Told) -> Found:
    """Read "two weeks ago", "a year earlier", "three days later", "a month from now"."""
    name = phrase.find(*UNIT)
    assert name is not None
    unit, count = UNITS[name.word], amount(phrase)
    ahead = phrase.has("later", "from")
    if unit in ("S", "TM", "H"):
        value = length_value(count, unit)
        return phrase.expression("DURATION", value)
    if count is None:
        return phrase.expression("DATE", "FUTURE_REF" if ahead else "PAST_REF")
    if phrase.has("ago") and phrase.has("about", "more", "least") and unit in ("M", "Y", "10Y"):
        # "almost two years ago" says how long, and does not say in which year.
        return phrase.expression("DURATION", length_value(count, unit))
    from_narrative = phrase.has("earlier", "later", "before") and not phrase.has("now", "dayref")
    if unit == "Y" and count == 1 and not ahead and told.quarter and not told.of_months:
        year, quarter = told.quarter
        return phrase.expression("DATE", f"{year - 1:04d}-Q{quarter}")
    if from_narrative and unit == "Y" and told.year:
        return phrase.expression("DATE", f"{told.year + int(count if ahead else -count):04d}")
    base = told.here if from_narrative else told.published
    if base is None:
        return phrase.expression("DATE", "FUTURE_REF" if ahead else "PAST_REF")
    day = later(base, count if ahead else -count, unit)
    if day is None:
        return None
    if unit == "D":
        told.day = day
    coarse = "Y" if unit in ("10Y", "100Y") else unit
    return phrase.expression("DATE", value_at(day, coarse))


def day_beside(phrase: Phrase, told: Told) -> Found:
    """Read "the day after tomorrow", "the day before yesterday", "the day before"."""
    if (
        not phrase.has("dayref")
        and phrase.tokens[min(phrase.last, len(phrase.tokens) - 1)].kind == "word"
    ):
        return None  # "the day after he left" needs the day he left
    step = 1 if phrase.has("after") else -1
    base = told.here
    if phrase.has("dayref") and told.published:
        base = later(told.published, 1 if phrase.says("tomorrow") else -1, "D")
    day = later(base, step, "D") if base else None
    if day is None:
        return phrase.expression("DATE", _VAGUE[step])
    told.day = day
    return phrase.expression("DATE", day.isoformat())


def quarter(phrase: Phrase, told: Told) -> Found:
    """Read "the third quarter", "this year's first quarter", "the first half of 1990", "Q3"."""
    short = phrase.find("q")
    ordinal = phrase.find("ord")
    half = phrase.has("half") or (short is not None and short.word.startswith("h"))
    number = int(short.word[1]) if short else int(ordinal.value or 0) if ordinal else 0
    if not 1 <= number <= (2 if half else 4):
        return None
    year = _quarter_year(phrase, told, number * 2 if half else number)
    if year is None:
        return phrase.expression("DATE", f"XXXX-{'H' if half else 'Q'}{number}")
    if not half:
        _remember(phrase, told, (year, number))
    told.year = year
    return phrase.expression("DATE", f"{year:04d}-{'H' if half else 'Q'}{number}")


def year_end(phrase: Phrase, told: Told) -> Found:
    """Read "year-end", "by year end"."""
    year = told.published.year if told.published else None
    return phrase.expression("DATE", f"{year:04d}-12-31" if year else "XXXX-12-31")


def _remember(phrase: Phrase, told: Told, quarter: tuple[int, int]) -> None:
    """Keep the latest quarter that is over: results are told of that one, not of those to come."""
    told.of_months = False
    over = told.published is None or quarter < (told.published.year, quarter_of(told.published))
    over = over or told.quarter is None  # a financial year may end before the calendar's
    if (over and quarter > (told.quarter or (0, 0))) or phrase.after() == "ended":
        told.quarter = quarter


def _quarter_year(phrase: Phrase, told: Told, number: int) -> int | None:
    if token := phrase.find("year"):
        return int(token.value or 0)
    published = told.published
    if published is None:
        return None
    if phrase.has("ago", "earlier"):
        return (told.quarter[0] if told.quarter else published.year) - 1
    if phrase.has("unit"):
        step = -1 if phrase.has("last") else 1 if phrase.has("next") else 0
        return published.year + step
    gap = number - quarter_of(published)
    if gap > 1 or (gap == 1 and direction(phrase) < 0):
        return published.year - 1
    if gap < -1 and direction(phrase) > 0:
        return published.year + 1
    return published.year


def known_quarter(phrase: Phrase, told: Told) -> Found:
    """Read "the quarter", "the latest period", "the 1988 quarter", "the year-ago period"."""
    if phrase.class_after() == "hyphen":
        return None
    known = told.quarter
    is_period = phrase.has("period")
    if known is None and not is_period and told.published:
        last = later(told.published, -1, "Q")
        known = (last.year, quarter_of(last)) if last else None
    if known is None:
        return None
    year, number = known
    if token := phrase.find("year"):
        year = int(token.value or 0)
    elif phrase.has("ago", "earlier", "corresponding") or phrase.says("year", "prior"):
        year -= 1
    elif is_period and not phrase.has("latest"):
        return None
    else:
        told.quarter = (year, number)
    told.of_months = False
    return phrase.expression("DATE", f"{year:04d}-Q{number}")


def year_ago(phrase: Phrase, told: Told) -> Found:
    """Read "year-ago", "the year-earlier period": the quarter spoken of, a year before."""
    if told.quarter and not told.of_months:
        year, number = told.quarter
        return phrase.expression("DATE", f"{year - 1:04d}-Q{number}")
    base = told.year or (told.published.year if told.published else None)
    return phrase.expression("DATE", f"{base - 1:04d}" if base else "PAST_REF")


def century(phrase: Phrase, _told: Told) -> Found:
    """Read "the 20th century": its two digits, as TIMEX3 has them."""
    number, name = phrase.find("ord"), phrase.find(*UNIT)
    assert number is not None
    assert name is not None
    if UNITS[name.word] != "100Y":
        return None  # "the 15th day"
    value = int(number.value or 0)
    return phrase.expression("DATE", f"{value - 1:02d}") if 1 <= value <= 30 else None


def reference(phrase: Phrase, _told: Told) -> Found:
    """Read "now", "recently", "the near future", "the past"."""
    if phrase.has("future", "term"):
        return phrase.expression("DATE", "FUTURE_REF")
    if phrase.has("past"):
        if phrase.class_after() in ("num", "some"):
            return None  # "the past two elections"
        return phrase.expression("DATE", "PAST_REF")
    if phrase.has("these", "now"):
        return phrase.expression("DATE", "PRESENT_REF")
    word = phrase.find("reference")
    assert word is not None
    if phrase.is_title:
        return None
    if word.word == "soon" and (
        "as" in (phrase.before(), phrase.after())
        or phrase.after() == "after"
        or direction(phrase) < 0
    ):
        return None  # "soon after", "soon became": told of the past
    return phrase.expression("DATE", REFERENCES[word.word])
