"""When a report was published: what was written, and what may be doubted about it.

A time comes out aware and in UTC. What was not written is never made up silently:
a time without a zone is taken as UTC and marked, a day without a time stands at
midnight and is marked, and nothing at all stays None and is marked.

It does not read times in running text; that is `sayso.extract`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from sayso.records import Doubt, Report

_CLOCK_SKEW = timedelta(minutes=10)  # a sender's clock may run ahead by this much
_FURTHEST_EAST = timedelta(hours=14)  # a day begins this long before it does in UTC

_MONTHS = {
    beginning: number
    for number, beginnings in enumerate(
        (
            "jan ene gen янв січ",
            "feb fev fév фев лют",
            "mar mär mrt мар бер",
            "apr avr abr апр кві",
            "may mai mag maj mei мая май тра",
            "jun giu июн чер",
            "jul lug июл лип",
            "aug ago aoû aou авг сер",
            "sep set сен вер",
            "oct okt ott out окт жов",
            "nov ноя лис",
            "dec dez dic déc дек гру",
        ),
        start=1,
    )
    for beginning in beginnings.split()
}
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "bst": 1, "wet": 0, "west": 1, "cet": 1, "cest": 2,
    "eet": 2, "eest": 3, "msk": 3, "sast": 2, "pkt": 5, "ist": 5.5, "sgt": 8, "hkt": 8, "jst": 9,
    "kst": 9, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "est": -5, "edt": -4,
    "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
_DAY = re.compile(
    r"\b(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\.?\s+(?:de )?(?P<month>[^\W\d_]{3,10})\.?,?(?: de)?"
    r"|(?P<month2>[^\W\d_]{3,10})\.?\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?,?)\s+(?P<year>\d{4})\b"
)
_CLOCK = re.compile(
    r"\b(?P<hour>\d{1,2})(?::|\.|h)(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?(?:\s*(?P<zone>[A-Za-z]{1,4}\b|[+-]\d{2}:?\d{2}))?",
    re.I,
)
_STAMP = re.compile(r"^(\d{4})-?(\d{2})-?(\d{2})T(\d{2})-?:?(\d{2})(?:-?:?(\d{2}))?(Z|[+-]\d{4})?")
_DAY_IN_ADDRESS = re.compile(
    r"/(?P<year>(?:19|20)\d{2})[/-](?P<month>0[1-9]|1[0-2]|[a-z]{3,9})[/-](?P<day>[0-2]\d|3[01])(?=[/._?#-]|$)"
)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_ISO = re.compile(r"\d{4}-\d|\d{8}(?:T|$)")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time as written, and the doubts that the writing leaves."""

    when: datetime | None = None
    doubts: tuple[Doubt, ...] = ()


UNDATED = Stamp(None, ("undated",))


def read_time(words: str | None) -> Stamp:
    """Return the time that `words` write; `UNDATED` when they write none."""
    if not words or not (words := words.strip()) or len(words) > 100:
        return UNDATED
    for reading in (_iso, _plain, _mail, _epoch):
        try:
            stamp = reading(words)
        except (ValueError, OverflowError, TypeError, IndexError):
            continue
        if stamp is not None:
            return stamp
    return UNDATED


def stamp_in_name(name: str) -> Stamp:
    """Return the time that a file's name begins with, as in "2025-03-03T1405Z-slug.txt"."""
    found = _STAMP.match(name)
    if found is None:
        return UNDATED
    year, month, day, hour, minute, second, zone = found.groups()
    return read_time(f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{zone or ''}")


def stamp_in_address(url: str | None) -> Stamp:
    """Return the day that an address names, as in "/2025/03/03/slug" or "/2025-03-03-slug"."""
    found = _DAY_IN_ADDRESS.search(url or "")
    if found is None:
        return UNDATED
    month = found["month"] if found["month"].isdigit() else str(_month(found["month"]) or "")
    return read_time(f"{found['year']}-{month.zfill(2)}-{found['day']}")


def trusted_time(report: Report) -> datetime | None:
    """Return when a report was published, as far as that can be trusted.

    One that is dated anew stands among those of the day that its address names: outlets file a
    report under its day, and a mistyped or renewed date leaves the address as it was.
    """
    if "redated" in report.doubts:
        return stamp_in_address(report.url).when or report.published
    return report.published if "future" not in report.doubts else None


def weigh(stamp: Stamp, *, now: datetime, others: tuple[Stamp, ...] = ()) -> Stamp:
    """Return `stamp` with the doubts that the clock and other datings of it raise.

    `others` are what the page, the feed or the metadata say besides: another day is a doubt.
    """
    if stamp.when is None:
        return stamp
    doubts = list(stamp.doubts)
    slack = _FURTHEST_EAST if "dayless" in doubts or "zoneless" in doubts else _CLOCK_SKEW
    if stamp.when > now + slack:
        doubts.append("future")
    if any(_another_day(stamp, other) for other in others):
        doubts.append("redated")
    return Stamp(stamp.when, tuple(dict.fromkeys(doubts)))


def _another_day(one: Stamp, other: Stamp) -> bool:
    if one.when is None or other.when is None:
        return False
    # A day without a time or a zone may be written in the outlet's own zone.
    loose = {"dayless", "zoneless"} & {*one.doubts, *other.doubts}
    apart = abs(one.when - other.when)
    if loose:
        return apart >= timedelta(days=1) + _FURTHEST_EAST
    return one.when.date() != other.when.date() and apart > timedelta(hours=12)


def _iso(words: str) -> Stamp | None:
    if not _ISO.match(words):
        return None
    when = datetime.fromisoformat(words.replace(" UTC", "Z").replace(" GMT", "Z"))
    if ":" not in words and "T" not in words.upper():
        return Stamp(when.replace(tzinfo=UTC), ("dayless",))
    return _in_utc(when)


def _mail(words: str) -> Stamp | None:
    when = parsedate_to_datetime(words)
    if ":" not in words:
        return Stamp(when.replace(tzinfo=UTC), ("dayless",))
    # "-0000" is UTC by a sender that does not tell its own zone: the moment is known.
    return Stamp(when.replace(tzinfo=UTC)) if words.endswith("-0000") else _in_utc(when)


def _epoch(words: str) -> Stamp | None:
    if not _EPOCH.fullmatch(words):
        return None
    return Stamp(datetime.fromtimestamp(int(words[:10]), UTC))


def _plain(words: str) -> Stamp | None:
    """Read "March 3, 2025 2:05 p.m. EST" and "3 March 2025"."""
    day = _DAY.search(words)
    if day is None:
        return None
    month = _month(day["month"] or day["month2"])
    if month is None:
        return None
    when = datetime(int(day["year"]), month, int(day["day"] or day["day2"]), tzinfo=UTC)
    clock = _CLOCK.search(words[: day.start()] + " " + words[day.end() :])
    if clock is None:
        return Stamp(when, ("dayless",))
    hour = int(clock["hour"])
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"].lower() == "p" else 0)
    when = when.replace(hour=hour, minute=int(clock["minute"]), second=int(clock["second"] or 0))
    offset = _offset(clock["zone"])
    if offset is None:
        return Stamp(when, ("zoneless",))
    return Stamp((when - offset).replace(tzinfo=UTC))


def _month(name: str) -> int | None:
    name = name.lower()
    if name.startswith("jui"):  # French tells June and July apart by the fourth letter only
        return {"juin": 6, "juil": 7}.get(name[:4])
    return _MONTHS.get(name[:3])


def _offset(zone: str | None) -> timedelta | None:
    if not zone:
        return None
    if zone[0] in "+-":
        digits = zone[1:].replace(":", "")
        size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        return -size if zone[0] == "-" else size
    hours = _ZONES.get(zone.lower())
    return None if hours is None else timedelta(hours=hours)


def _in_utc(when: datetime) -> Stamp:
    if when.tzinfo is None:
        return Stamp(when.replace(tzinfo=UTC), ("zoneless",))
    return Stamp(when.astimezone(UTC))
