"""What a server says of its answers in headers: how long they hold, when to come back, who tells.

Nothing that a server says here is believed beyond reason: a year is a slip of its maker's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

LONGEST = timedelta(days=1)
"""A server may ask to be left alone for this long; then it is asked again, whatever it said."""

_DIRECTIVE = re.compile(r"([a-z-]+)\s*(?:=\s*\"?(\d{1,18}))?", re.I)
_LINK = re.compile(r"<([^<>]*)>\s*;[^,]*\brel=(?:\"([^\"]*)\"|([^\s\",;]+))", re.I)
_LONGEST_HEADER = 4_000


def retry_after(words: str | None, *, now: datetime) -> timedelta | None:
    """Return how long a server asks to be left alone; None when it does not say."""
    if not words:
        return None
    if words.strip().isdecimal():
        seconds = int(words) if len(words.strip()) < 10 else 10**9
        return min(timedelta(seconds=seconds), LONGEST)
    when = _time(words)
    return None if when is None else min(max(when - now, timedelta(0)), LONGEST)


def lifetime_of(told: Mapping[str, str]) -> timedelta | None:
    """Return for how long the answer with these headers (in lower case) holds."""
    directives = {
        found[1].lower(): found[2]
        for found in _DIRECTIVE.finditer(told.get("cache-control", "")[:_LONGEST_HEADER])
    }
    if "no-cache" in directives or "no-store" in directives:
        return timedelta(0)
    if age := directives.get("max-age"):
        spent = told.get("age", "").strip()
        old = int(spent) if spent.isdecimal() and len(spent) < 10 else 0
        return min(timedelta(seconds=max(min(int(age), 10**9) - old, 0)), LONGEST)
    expires, sent = _time(told.get("expires")), _time(told.get("date"))
    if expires is None or sent is None:
        return None
    # By the server's own clock: ours may be another.
    return min(max(expires - sent, timedelta(0)), LONGEST)


def link_of(told: Mapping[str, str], rel: str, *, base: str) -> str | None:
    """Return where the first link of a kind leads, of those that a Link header names."""
    for link in _LINK.finditer(told.get("link", "")[:_LONGEST_HEADER]):
        if rel in (link[2] or link[3] or "").lower().split():
            try:
                return str(urljoin(base, link[1].strip()))
            except ValueError:
                return None
    return None


def _time(words: str | None) -> datetime | None:
    if not words:
        return None
    try:
        when = parsedate_to_datetime(words[:100])
        return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
