"""Rules for points in the calendar: days, months, years, parts of days, clock times.

A rule takes a phrase and what was told before it, and returns time expressions, or None when
the phrase is not about time after all.
A day or month without its year is the nearest one that the tense allows; in an undated report
it keeps X for what is not known: "XXXX-03-05".
"""

from __future__ import annotations

from datetime import date

from sayso.extract.numerals import Token
from sayso.extract.times.days import day_of, later, weekday_near
from sayso.extract.times.phrase import Phrase, Told
from sayso.extract.times.tense import direction
from sayso.extract.times.vocabulary import DAYS_FROM_TODAY, MONTHS, PARTS, WEEKDAYS
from sayso.records import Span, TimeExpression

Found = list[TimeExpression] | None

_PLACES_A_MONTH = frozenset(("in", "prep", "last", "this", "next", "early", "late", "mid", "of"))


def iso(phrase: Phrase, told: Told) -> Found:
    written = phrase.tokens[phrase.first].word.upper()
    year, month, day = (int(part) for part in written[:10].split("-"))
    found = day_of(year, month, day)
    if found is None:
        return None
    told.day, told.year = found, year
    return phrase.expression("TIME" if "T" in written else "DATE", written)


def slash(phrase: Phrase, told: Told) -> Found:
    """Read "9/21/2022" month first where a month has such a number, "21.9.2022" day first."""
    written = phrase.tokens[phrase.first].word
    month, day, year = (int(part) for part in written.replace(".", "/").split("/"))
    if month > 12 or "." in written:
        month, day = day, month
    if year < 100:
        year += 1900 if year > 50 else 2000
    found = day_of(year, month, day)
    if found is None:
        return None
    told.day, told.year = found, year
    return phrase.expression("DATE", found.isoformat())


def month_day(phrase: Phrase, told: Told) -> Found:
    """Read "September 21", "Wednesday, Sept. 21, 2022", "21 September", "September 21 and 22"."""
    name = phrase.find("month", "maymonth")
    assert name is not None
    month = MONTHS[name.word]
    year_token = phrase.find("year")
    numbers = [token for token in phrase.all("num", "ord") if token.value and token.value % 1 == 0]
    if not numbers or any(not 1 <= int(token.value or 0) <= 31 for token in numbers):
        return None
    if any(token.spelled and token.kind == "number" for token in numbers):
        return None
    year = int(year_token.value or 0) if year_token else _year_of(phrase, told, month, numbers[0])
    found: list[TimeExpression] = []
    for place, token in enumerate(numbers):
        day = int(token.value or 0)
        if day_of(year or 2000, month, day) is None:
            return None
        value = f"{year:04d}-{month:02d}-{day:02d}" if year else f"XXXX-{month:02d}-{day:02d}"
        alone = len(numbers) == 1
        start = phrase.tokens[phrase.first].start if place == 0 else token.start
        end = (
            phrase.tokens[phrase.last - 1].end if alone else max(token.end, name.end * (not place))
        )
        found.append(TimeExpression(Span(start, end), "DATE", value))
    if len(numbers) > 1 and name.start > numbers[-1].start:  # "21 and 22 September"
        end = phrase.tokens[phrase.last - 1].end
        found[0] = TimeExpression(Span(found[0].span.start, numbers[0].end), "DATE", found[0].value)
        found[-1] = TimeExpression(Span(numbers[-1].start, end), "DATE", found[-1].value)
    if year:
        told.year = year
        told.day = day_of(year, month, int(numbers[-1].value or 0))
    return found


def _year_of(phrase: Phrase, told: Told, month: int, number: Token) -> int | None:
    """Return the year in which the tense puts the day; the weekday given with it must fit."""
    if told.published is None:
        return None
    day = int(number.value or 0)
    nearby = [
        found
        for year in range(told.published.year - 1, told.published.year + 2)
        if (found := day_of(year, month, day))
    ]
    named = phrase.find("weekday", "sun")
    if named and (fits := [d for d in nearby if d.weekday() == WEEKDAYS[named.word]]):
        nearby = fits
    if phrase.class_before() == "last" or phrase.has("last"):
        nearby = [d for d in nearby if d < told.published] or nearby
    chosen = nearest(nearby, told.published, direction(phrase))
    return chosen.year if chosen else None


def nearest(days: list[date], to: date, ahead: int) -> date | None:
    """Return the day nearest to `to`, on the side that the tense asks for if that is not far."""
    if not days:
        return None
    # Where no word tells: news looks back further than ahead.
    nearest = min(days, key=lambda day: (to - day).days if day <= to else 2 * (day - to).days)
    sided = [day for day in days if (day - to).days * ahead >= 0] if ahead else []
    best = min(sided, key=lambda day: abs((day - to).days)) if sided else nearest
    # Tense is read from words and may be wrong; ten months off it nearly always is.
    return best if abs((best - to).days) < 300 else nearest


def month(phrase: Phrase, told: Told) -> Found:
    """Read "March", "last May", "early November", "March 2019", "January this year"."""
    name = phrase.find("month", "maymonth")
    assert name is not None
    number = MONTHS[name.word]
    year_token = phrase.find("year")
    if year_token:
        year = int(year_token.value or 0)
    else:
        if phrase.last - phrase.first == 1 and not _means_month(phrase, name):
            return None
        if told.published is None:
            return phrase.expression("DATE", f"XXXX-{number:02d}")
        year = _month_year(phrase, told.published, number)
    told.year = year
    told.day = None if year_token else told.day
    return phrase.expression("DATE", f"{year:04d}-{number:02d}")


def _means_month(phrase: Phrase, name: Token) -> bool:
    """Whether a bare month name is one: "May" and "March" are other words too."""
    if phrase.classes[phrase.first] == "month":
        # "Jan Masek" and "April Stone" are people.
        follower = phrase.class_after()
        return len(name.word) > 3 or follower == "dot"
    if phrase.begins_sentence:
        return False
    return phrase.class_before() in _PLACES_A_MONTH or phrase.before() in (
        "from", "since", "to", "and", "or", "a", "the", "for", "between", "before", "after",
        "until", "its", "their",
    )  # fmt: skip


def _month_year(phrase: Phrase, published: date, number: int) -> int:
    gap = number - published.month  # months ahead in the same year
    year = published.year
    unit = phrase.find("unit")
    if unit:  # "June last year"
        return year + (
            1 if phrase.has("next", "coming") else -1 if phrase.has("last", "past") else 0
        )
    if phrase.has("last", "past") or phrase.class_before() == "last":
        return year if gap < 0 else year - 1
    if phrase.has("next", "coming"):
        return year if gap > 0 else year + 1
    if phrase.has("this"):
        return year
    ahead = direction(phrase)
    if ahead > 0 or phrase.before() in ("by", "until", "till", "through"):
        return year if gap >= 0 or (gap > -2 and ahead < 1) else year + 1
    if ahead < 0:
        # A month just ahead is meant, for the one of last year would be called so.
        return year if gap <= 2 else year - 1
    # No tense: the last eight months, or else the next four.
    return year if -8 <= gap <= 3 else year + (1 if gap < 0 else -1)


def weekday(phrase: Phrase, told: Told) -> Found:
    """Read "Monday", "last Tuesday", "early Friday", "Friday afternoon"."""
    name = phrase.find("weekday", "sun")
    assert name is not None
    number = WEEKDAYS[name.word]
    day = _weekday_day(phrase, told, number)
    if day:
        told.day, told.year = day, day.year
    return _with_part(phrase, day.isoformat() if day else f"XXXX-WXX-{number + 1}")


def weekday_of_week(phrase: Phrase, told: Told) -> Found:
    """Read "Tuesday of last week", "Friday next week"."""
    name, unit = phrase.find("weekday"), phrase.find("unit")
    assert name is not None
    if unit is None or unit.word != "week" or told.published is None:
        return weekday(phrase.part(phrase.first, phrase.first + 1), told)
    step = -1 if phrase.has("last", "past") else 0 if phrase.has("this") else 1
    days = 7 * step + WEEKDAYS[name.word] - told.published.weekday()
    day = later(told.published, days, "D")
    if day is None:
        return None
    told.day, told.year = day, day.year
    return phrase.expression("DATE", day.isoformat())


def _weekday_day(phrase: Phrase, told: Told, number: int) -> date | None:
    if told.published is None:
        return None
    if phrase.has("last", "past"):
        yesterday = later(told.published, -1, "D")
        return weekday_near(yesterday, number, -1) if yesterday else None
    if phrase.has("previous"):
        before = later(told.here or told.published, -1, "D")
        return weekday_near(before, number, -1) if before else None
    if phrase.has("next", "coming"):
        return weekday_near(told.published, number, 1)
    if phrase.has("following"):
        return weekday_near(told.here or told.published, number, 1)
    if told.published.weekday() == number:
        return told.published  # outlets name their own day of publication
    if (number - told.published.weekday()) % 7 == 1:
        # Nobody calls the day six days ago by its bare name on the eve of the next.
        return weekday_near(told.published, number, 1)
    until = phrase.before() in ("until", "by")
    if (phrase.before(), phrase.before(2)) == ("as", "soon") or (
        until and not phrase.part(phrase.first - 1, phrase.last).begins_sentence
    ):
        return weekday_near(told.published, number, 1)
    if phrase.class_after() == "mark" and phrase.after(2) == "s":
        return weekday_near(told.published, number, -1)  # "Wednesday's ruling"
    return weekday_near(told.published, number, direction(phrase) or -1)


def dayref(phrase: Phrase, told: Told) -> Found:
    """Read "today", "tonight", "late yesterday", "tomorrow morning"."""
    name = phrase.find("dayref")
    assert name is not None
    if phrase.is_title:
        return None  # "USA Today"
    steps = DAYS_FROM_TODAY[name.word]
    day = later(told.published, steps, "D") if told.published else None
    if day is None:
        reference = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}[steps]
        return phrase.expression("DATE", reference)
    told.day, told.year = day, day.year
    if name.word == "tonight":
        return phrase.expression("TIME", f"{day.isoformat()}TNI")
    return _with_part(phrase, day.isoformat())


def part_of_day(phrase: Phrase, told: Told) -> Found:
    """Read "this morning", "last night", "the next afternoon", "overnight"."""
    if phrase.after() == "of":
        return None  # "the night of October 23": the day says it
    base = told.published
    if phrase.has("that", "same"):
        base = told.here
    elif phrase.has("next", "following"):
        base = later(told.here, 1, "D") if told.here else None
    elif phrase.has("previous"):
        base = later(told.here, -1, "D") if told.here else None
    elif phrase.has("last") or phrase.has("overnight"):
        base = later(told.published, -1, "D") if told.published else None
    elif not phrase.has("this"):
        base = told.here
    return _with_part(phrase, base.isoformat() if base else "XXXX-XX-XX")


def _with_part(phrase: Phrase, day: str) -> list[TimeExpression]:
    part = phrase.find("part", "noon", "overnight")
    if part is None:
        return phrase.expression("DATE", day)
    code = PARTS[part.word]
    return phrase.expression("TIME", day + (code if code.startswith("T") else "T" + code))


def clock(phrase: Phrase, told: Told) -> Found:
    """Read "10 p.m. Wednesday", "Tuesday at 9:30", "noon Thursday", "11:15 GMT"."""
    time = _time_of(phrase)
    if time is None:
        return None
    day = told.here
    if phrase.has("weekday"):
        name = phrase.find("weekday")
        assert name is not None
        day = _weekday_day(phrase, told, WEEKDAYS[name.word])
    elif name := phrase.find("dayref"):
        day = later(told.published, DAYS_FROM_TODAY[name.word], "D") if told.published else None
    if day:
        told.day = day
    return phrase.expression("TIME", (day.isoformat() if day else "XXXX-XX-XX") + time)


def _time_of(phrase: Phrase) -> str | None:
    if noon := phrase.find("noon"):
        return PARTS[noon.word]
    token = phrase.find("clock", "num")
    assert token is not None
    half = phrase.find("ampm")
    if token.kind == "clock":
        hour, minute = (int(part) for part in token.word.replace(".", ":").split(":")[:2])
        sure = half or phrase.has("zone") or phrase.before() in (
            "at", "by", "until", "till", "before", "after", "around", "from", "about",
        )  # fmt: skip
        if not sure and not phrase.has("weekday", "dayref"):
            return None
    else:
        if token.value is None or token.value % 1 or not 1 <= token.value <= 12:
            return None
        hour, minute = int(token.value), 0
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.word.startswith("p") else 0)
    return f"T{hour:02d}:{minute:02d}"


def year(phrase: Phrase, told: Told) -> Found:
    """Read "2014", "early 1991", "fiscal 1989", "the end of 1990", "1990-95"."""
    found: list[TimeExpression] = []
    tokens = phrase.all("year")
    if phrase.last - phrase.first == 1 and not _means_year(phrase, tokens[0]):
        return None
    for place, token in enumerate(tokens):
        start = phrase.tokens[phrase.first].start if place == 0 else token.start
        value = f"{int(token.value or 0):04d}"
        found.append(TimeExpression(Span(start, token.end), "DATE", value))
    told.year = int(tokens[-1].value or 0)
    return found


def _means_year(phrase: Phrase, token: Token) -> bool:
    value = int(token.value or 0)
    if phrase.after() in ("%", "percent", "°", "people", "years", "miles", "feet", "dollars", "ft"):
        return False
    if phrase.before() in ("$", "£", "€", "#", ".", "no", "about", "than", "least", "up", "nearly"):
        return phrase.before() == "." and 1900 <= value <= 2050
    if 1900 <= value <= 2050:
        return True
    return phrase.class_before() in ("in", "prep") or phrase.before() in ("of", "from", "since")


def short_year(phrase: Phrase, _told: Told) -> Found:
    """Read "'68": two digits that an apostrophe touches."""
    mark, number = phrase.tokens[phrase.first], phrase.tokens[phrase.last - 1]
    if mark.end != number.start or number.end - number.start != 2 or number.value is None:
        return None
    if number.value % 1 or phrase.text[number.start : number.end].isalpha():
        return None
    if phrase.class_after() in ("unit", "units"):
        return None
    century = 1900 if number.value > 30 else 2000
    return phrase.expression("DATE", f"{century + int(number.value)}")
