"""Rules for decades, seasons and holidays: "the 1990s", "last fall", "the summer of 1996".

Seasons are those of the northern half of the world; a bare "fall" or "spring" is a verb or a
source unless a word before it says that time is meant.
Holidays are the few that reports name instead of a date; those of one country are that country's.
"""

from __future__ import annotations

from datetime import date

from sayso.extract.times.days import day_of, later
from sayso.extract.times.phrase import Phrase, Told
from sayso.extract.times.points import Found, nearest
from sayso.extract.times.tense import direction
from sayso.extract.times.vocabulary import SEASONS


def decade(phrase: Phrase, _told: Told) -> Found:
    """Read "the 1990s", "the early '80s": three digits and an X for the year."""
    token = phrase.find("decade")
    assert token is not None
    digits = "".join(letter for letter in token.word if letter.isdigit())
    if len(digits) == 2:
        digits = ("19" if digits > "10" else "20") + digits
    return phrase.expression("DATE", digits[:3] + "X")


def season(phrase: Phrase, told: Told) -> Found:
    """Read "last fall", "the summer of 1996", "this spring"."""
    name = phrase.find("season")
    assert name is not None
    if phrase.last - phrase.first == 1 and phrase.class_before() not in ("in", "prep", "of"):
        return None  # "to fall", "spring into action"
    if not phrase.has("of") and phrase.after() == "of" and name.word in ("fall", "spring"):
        return None  # "the fall of the government"
    code = SEASONS[name.word]
    if token := phrase.find("year"):
        return phrase.expression("DATE", f"{int(token.value or 0):04d}-{code}")
    if told.published is None:
        return phrase.expression("DATE", f"XXXX-{code}")
    middle = {"SP": 4, "SU": 7, "FA": 10, "WI": 1}[code]
    if phrase.has("unit"):  # "the summer of last year"
        step = -1 if phrase.has("last", "past") else 1 if phrase.has("next", "coming") else 0
        return phrase.expression("DATE", f"{told.published.year + step:04d}-{code}")
    gap = middle - told.published.month
    year = told.published.year
    if phrase.has("last", "past"):
        year -= gap > -2
    elif phrase.has("next", "coming"):
        year += gap < 1
    elif not phrase.has("this"):
        ahead = direction(phrase)
        if ahead > 0:
            year += gap < -2
        else:
            year -= gap > 2
    return phrase.expression("DATE", f"{year:04d}-{code}")


def holiday(phrase: Phrase, told: Told) -> Found:
    """Read "Christmas", "last Thanksgiving", "Easter 2019", "New Year's Eve"."""
    name = phrase.find("holiday")
    assert name is not None
    before_eve = -1 if phrase.says("eve") else 0
    if token := phrase.find("year"):
        day = _holiday_in(name.word, int(token.value or 0))
    elif told.published is None:
        return None
    else:
        years = range(told.published.year - 1, told.published.year + 2)
        days = [found for year in years if (found := _holiday_in(name.word, year))]
        if phrase.has("last", "past"):
            days = [found for found in days if found < told.published]
        elif phrase.has("next", "coming"):
            days = [found for found in days if found > told.published]
        day = nearest(days, told.published, direction(phrase))
    day = later(day, before_eve, "D") if day else None
    return phrase.expression("DATE", day.isoformat()) if day else None


def _holiday_in(name: str, year: int) -> date | None:
    if name == "christmas":
        return day_of(year, 12, 25)
    if name == "halloween":
        return day_of(year, 10, 31)
    if name == "thanksgiving":  # the fourth Thursday of November, in the United States
        first = day_of(year, 11, 1)
        return later(first, (3 - first.weekday()) % 7 + 21, "D") if first else None
    golden = year % 19  # Easter: Gauss's rule in the Gregorian calendar
    century = year // 100
    epact = (19 * golden + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    moon = epact - (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    past_march_28 = moon - weekday
    month = 3 + (past_march_28 + 40) // 44
    return day_of(year, month, past_march_28 + 28 - 31 * (month // 4))
