"""Days, weeks, months and quarters as TIMEX3 writes them, and steps between them.

Rule: a step out of the calendar (before year 1, after year 9999) gives None, never an error.
"""

from __future__ import annotations

from datetime import date, timedelta

_DAYS = {"D": 1, "W": 7, "2W": 14}
_MONTHS = {"M": 1, "Q": 3, "Y": 12, "10Y": 120, "100Y": 1200}


def day_of(year: int, month: int, day: int) -> date | None:
    """Return the day, or None where the calendar has none: "February 30"."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def later(day: date, count: float, unit: str) -> date | None:
    """Return the day `count` units after `day`; the month's last day where it has no such day."""
    try:
        if unit in _DAYS:
            return day + timedelta(days=int(count * _DAYS[unit]))
        if unit in _MONTHS:
            months = day.year * 12 + day.month - 1 + int(count * _MONTHS[unit])
            year, month = divmod(months, 12)
            for last in (day.day, 30, 29, 28):
                if last <= day.day and (found := day_of(year, month + 1, last)):
                    return found
            return None
        seconds = {"S": 1, "TM": 60, "H": 3600}[unit]
        return day + timedelta(days=int(count * seconds / 86400))
    except OverflowError:
        return None


def value_at(day: date, unit: str) -> str:
    """Write `day` as coarsely as `unit` does: a week as "2022-W38", a year as "2022"."""
    if unit in ("W", "2W"):
        year, week, _ = day.isocalendar()
        return f"{year:04d}-W{week:02d}"
    if unit == "M":
        return f"{day.year:04d}-{day.month:02d}"
    if unit == "Q":
        return f"{day.year:04d}-Q{quarter_of(day)}"
    if unit == "Y":
        return f"{day.year:04d}"
    if unit == "10Y":
        return f"{day.year // 10:03d}"
    if unit == "100Y":
        return f"{day.year // 100:02d}"
    return day.isoformat()


def quarter_of(day: date) -> int:
    return (day.month + 2) // 3


def weekday_near(day: date, weekday: int, direction: int) -> date | None:
    """Return the nearest such weekday: ahead (1), back (-1, `day` itself counts)."""
    back = (day.weekday() - weekday) % 7
    steps = -back if direction < 0 else (7 - back) % 7 or 7
    return later(day, steps, "D")
