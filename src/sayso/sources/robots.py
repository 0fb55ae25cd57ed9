"""What a site's robots.txt lets us read, kept for a day. After RFC 9309.

Knows no network: it is handed what the site answered.
"""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from protego import Protego

KEPT = timedelta(hours=24)  # as long as RFC 9309 lets a copy be used
LARGEST = 500_000  # RFC 9309 asks to read this much at least
MOST_KEPT = 1_000
"""Sites whose rules are kept: those learnt last; who is forgotten is asked again."""

LONGEST_DELAY = 60.0
"""Seconds between two pages of a site: one that asks for so much or more is not read at all."""


class Rules:
    """The rules of many sites. Used from several threads."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[datetime, Protego | None]] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def known(self, url: str, *, now: datetime) -> bool:
        """Say whether the rules for `url` are at hand."""
        with self._lock:
            kept = self._kept.get(site(url))
        return kept is not None and _holds(kept, now)

    def learn(self, url: str, body: bytes | None, *, now: datetime) -> None:
        """Keep the rules of the site of `url`; None: they cannot be known, so all is forbidden."""
        rules = None if body is None else Protego.parse(body[:LARGEST].decode("utf-8", "replace"))
        with self._lock:
            self._kept.pop(site(url), None)
            self._kept[site(url)] = (now, rules)
            # The first were learnt first: a desk left alone for weeks does not grow.
            while len(self._kept) > MOST_KEPT or not _holds(next(iter(self._kept.values())), now):
                del self._kept[next(iter(self._kept))]

    def allow(self, url: str, user_agent: str) -> bool:
        """Say whether the rules that are at hand let `user_agent` read `url`."""
        rules = self._of(url)
        return rules is not None and bool(rules.can_fetch(url, user_agent))

    def delay(self, url: str, user_agent: str) -> float:
        """Return the seconds that the site wants between two requests; 0 when it says nothing."""
        rules = self._of(url)
        return float((rules and rules.crawl_delay(user_agent)) or 0)

    def _of(self, url: str) -> Protego | None:
        with self._lock:
            kept = self._kept.get(site(url))
        return kept[1] if kept else None


def _holds(kept: tuple[datetime, Protego | None], now: datetime) -> bool:
    # A clock that went back makes a copy look younger than nothing.
    return timedelta(0) <= now - kept[0] <= KEPT


def site(url: str) -> str:
    """Return the scheme, host and port of `url`: what one robots.txt speaks for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
