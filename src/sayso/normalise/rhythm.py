"""What a feed says of itself, and shows, about how often it is worth asking.

Read from the bytes beside the items, by pattern: the feed parser knows neither skipHours nor
hubs, and a feed too broken for it may still say them. What makes no sense is passed over.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from sayso.normalise.urls import absolute
from sayso.ports import Raw
from sayso.records import Report, Rhythm

KEPT_TIMES = 20
"""Items that show the rhythm: those of a busy hour, or of a quiet month."""

_HEAD = 64_000  # bytes in which what a feed says of itself stands, before its first item
_TAIL = 8_000  # or after its last one
_ITEM = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]|\"items\"\s*:", re.I)
_LAST = re.compile(r".*</(?:\w+:)?(?:item|entry)\s*>", re.I | re.S)
_TTL = re.compile(r"<ttl[^>]{0,99}>\s*(\d{1,6})\s*<", re.I)
_PERIOD = re.compile(
    r"<(?:\w+:)?updatePeriod[^>]{0,99}>\s*(hourly|daily|weekly|monthly|yearly)\s*<", re.I
)
_FREQUENCY = re.compile(r"<(?:\w+:)?updateFrequency[^>]{0,99}>\s*(\d{1,4})\s*<", re.I)
_SKIP_HOURS = re.compile(r"<skipHours\b[^>]{0,99}>(.{0,2000}?)</skipHours", re.I | re.S)
_SKIP_DAYS = re.compile(r"<skipDays\b[^>]{0,99}>(.{0,2000}?)</skipDays", re.I | re.S)
_HOUR = re.compile(r"<hour[^>]{0,99}>\s*(\d{1,2})\s*<", re.I)
_DAY = re.compile(r"<day[^>]{0,99}>\s*(\w{6,9})\s*<", re.I)
_LINK = re.compile(r"<(?:\w+:)?link\b[^<>]{0,2000}>", re.I)
_REL = re.compile(r"""\brel\s*=\s*["']([^"']{0,99})["']""", re.I)
_HREF = re.compile(r"""\bhref\s*=\s*["']([^"']{1,1000})""", re.I)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(days=7),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}


def digest_of(raw: Raw) -> str:
    """Return what tells the bytes of one answer from those of another."""
    return hashlib.blake2b(raw.body, digest_size=12).hexdigest()


def read_rhythm(raw: Raw, reports: Iterable[Report], *, now: datetime, before: Rhythm) -> Rhythm:
    """Return the rhythm of the feed in `raw`, which gave `reports`; `before` is what was known.

    Items without a time count as published when the feed was first seen to have changed.
    """
    told = _about_itself(raw.body)
    published = sorted(
        {one.published for one in reports if one.published and one.published <= now}, reverse=True
    )
    if not published:
        published = [now, *before.published]
    lifetime = _TTL.search(told)
    period = _PERIOD.search(told)
    often = _FREQUENCY.search(told)
    times = max(int(often[1]), 1) if often else 1
    return Rhythm(
        lifetime=timedelta(minutes=int(lifetime[1])) if lifetime else None,
        period=_PERIODS[period[1].lower()] / times if period else None,
        skip_hours=_hours(told),
        skip_days=_days(told),
        published=tuple(published[:KEPT_TIMES]),
        hub=_link(told, "hub", raw.url),
        topic=_link(told, "self", raw.url),
        digest=digest_of(raw),
    )


def _about_itself(body: bytes) -> str:
    """Return what stands outside the items. Its marks are ASCII in every encoding of a feed."""
    head = body[:_HEAD].replace(b"\0", b"").decode("latin-1")
    tail = body[-_TAIL:].replace(b"\0", b"").decode("latin-1")
    first = _ITEM.search(head)
    last = _LAST.match(tail)
    return (head[: first.start()] if first else head) + (tail[last.end() :] if last else "")


def _hours(told: str) -> tuple[int, ...]:
    listed = _SKIP_HOURS.search(told)
    found = {int(one[1]) for one in _HOUR.finditer(listed[1])} if listed else set()
    # Some count from 1 to 24.
    return tuple(sorted({0 if hour == 24 else hour for hour in found if hour <= 24}))


def _days(told: str) -> tuple[int, ...]:
    listed = _SKIP_DAYS.search(told)
    named = {one[1].lower() for one in _DAY.finditer(listed[1])} if listed else set()
    return tuple(number for number, day in enumerate(_DAYS) if day in named)


def _link(told: str, rel: str, base: str | None) -> str | None:
    """Return where the feed's first link of a kind leads."""
    for link in _LINK.finditer(told):
        kinds, address = _REL.search(link[0]), _HREF.search(link[0])
        if kinds and address and rel in kinds[1].lower().split():
            return absolute(html.unescape(address[1]), base)
    return None
