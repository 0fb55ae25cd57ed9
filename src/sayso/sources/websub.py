"""Being told of changes by hubs, where feeds offer it: a subscriber after W3C WebSub.

Rule 1: only what was asked for is believed. A hub learns an address that nobody can guess, its
questions are answered yes only while ours are open, and what it brings is read only with a
signature by the secret that it was given; all else is passed over without a word.
Rule 2: being told spares polls and never replaces them: what a hub forgets comes by the next one.
Rule 3: nothing is kept over a restart. The new life asks anew, at another address; an old
subscription finds nobody and ends with its lease.

Hubs are asked through `http`, so none at a private address is. Polls nobody, reads no feed.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol
from urllib.parse import urlencode

from sayso.errors import SourceError
from sayso.ports import Raw
from sayso.records import Subscription
from sayso.sources.http import Answer
from sayso.sources.poller import Question, Reply

log = logging.getLogger(__name__)

LEASE_SECONDS = 86_400
"""How long we ask to be told: what a desk that is gone had asked for ends within a day."""

SHORTEST_LEASE = 300
LONGEST_LEASE = 10 * 86_400
RENEWED_AT = 0.8
"""Share of a lease after which it is renewed: time enough for a hub that is down for hours."""

PATIENCE_SECONDS = 600
"""After which a hub that said yes and never asked back is asked again."""

AGAIN_SECONDS = 3_600
"""After which a hub that refused or could not be reached is asked again."""

MOST_WAITING = 16
"""Contents that wait to be read; with more, hubs are asked to come back."""

SIGNED_BY = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha384": hashlib.sha384,
             "sha512": hashlib.sha512}  # fmt: skip
"""What WebSub lets hubs sign by: as a keyed hash even the first is sound."""

Mode = Literal["subscribe", "unsubscribe"]
Heard = Literal["taken", "unknown", "full"]


class Poster(Protocol):
    """What sends a form to a hub. Raises SourceError for all but a good answer."""

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> None: ...


@dataclass(slots=True)
class _Lease:
    source: str
    hub: str
    topic: str
    path: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    wanted: Mode = "subscribe"
    asked: float | None = None  # when the hub said that it would ask back; None: it need not now
    again: float = 0.0  # when to ask it next
    until: float = 0.0  # it tells until then


@dataclass(slots=True)
class Subscriber:
    """One desk's subscriptions. Used from several threads."""

    poster: Poster
    public: str  # the address of the desk, as hubs reach it
    timer: Callable[[], float] = time.monotonic
    _leases: dict[str, _Lease] = field(default_factory=dict)  # by path
    _waiting: deque[Reply] = field(default_factory=deque)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def keep_up(self, sources: Iterable[Subscription]) -> None:
        """Ask hubs for what is followed and offered, renew what ends, give up the rest."""
        offered = {
            one.url: (one.rhythm.hub, one.rhythm.topic)
            for one in sources
            if not one.paused and one.rhythm.hub and one.rhythm.topic
        }
        now = self.timer()
        with self._lock:
            held = {
                one.source: (one.hub, one.topic)
                for one in self._leases.values()
                if one.wanted == "subscribe"
            }
            for lease in list(self._leases.values()):
                if lease.wanted == "unsubscribe":
                    if lease.asked is not None and now - lease.asked > PATIENCE_SECONDS:
                        del self._leases[lease.path]
                elif offered.get(lease.source) != (lease.hub, lease.topic):
                    lease.wanted, lease.asked, lease.again = "unsubscribe", None, now
            for url, (hub, topic) in offered.items():
                if held.get(url) != (hub, topic) and hub and topic:
                    lease = _Lease(url, hub, topic)
                    self._leases[lease.path] = lease
            due = [one for one in self._leases.values() if one.again <= now]
        for lease in due:
            self._ask(lease)

    def is_told(self, url: str) -> bool:
        """Say whether a hub tells of the changes of a source."""
        with self._lock:
            return any(
                one.source == url and one.wanted == "subscribe" and one.until > self.timer()
                for one in self._leases.values()
            )

    def answers_for(self, path: str, mode: str, topic: str, lease_seconds: int | None) -> bool:
        """Say whether a hub that asks back is to be told yes; what it asks takes effect."""
        with self._lock:
            lease = self._leases.get(path)
            if lease is None or topic != lease.topic:
                return False
            now = self.timer()
            if mode == "denied":
                lease.until, lease.again = 0.0, now + LEASE_SECONDS
                lease.asked = None
                return True
            if mode != lease.wanted or lease.asked is None:
                return False
            lease.asked = None
            if mode == "unsubscribe":
                del self._leases[path]
                return True
            wanted = LEASE_SECONDS if lease_seconds is None else lease_seconds
            lasts = max(SHORTEST_LEASE, min(wanted, LONGEST_LEASE))
            lease.until, lease.again = now + lasts, now + lasts * RENEWED_AT
        log.info("a hub tells: source=%s hub=%s seconds=%d", lease.source, lease.hub, lasts)
        return True

    def hear(self, path: str, body: bytes, media_type: str | None, signature: str) -> Heard:
        """Take what a hub brings; what is not signed as agreed is passed over."""
        with self._lock:
            lease = self._leases.get(path)
            if lease is None or lease.wanted != "subscribe":
                return "unknown"
            if not is_signed(body, signature, lease.secret):
                log.warning("content without our signature: source=%s", lease.source)
                return "taken"
            if len(self._waiting) >= MOST_WAITING:
                return "full"
            kind, _, parameters = (media_type or "").partition(";")
            charset = parameters.partition("charset=")[2].strip('" ') or None
            raw = Raw(
                place=lease.source,
                body=body,
                media_type=kind.strip().lower() or None,
                charset=charset,
                url=lease.source,
            )
            self._waiting.append(Reply(Question(url=lease.source), Answer(raw=raw)))
            return "taken"

    def replies(self) -> list[Reply]:
        """Return what was brought, each as the reply to a poll that nobody had to make."""
        with self._lock:
            told, self._waiting = list(self._waiting), deque()
            return told

    def _ask(self, lease: _Lease) -> None:
        form = {
            "hub.callback": f"{self.public.rstrip('/')}/websub/{lease.path}",
            "hub.mode": lease.wanted,
            "hub.topic": lease.topic,
        }
        if lease.wanted == "subscribe":
            form |= {"hub.lease_seconds": str(LEASE_SECONDS), "hub.secret": lease.secret}
        with self._lock:
            # A hub may ask back before it answers.
            lease.asked = self.timer()
            lease.again = lease.asked + PATIENCE_SECONDS
        try:
            self.poster.post(
                lease.hub,
                urlencode(form).encode(),
                {"Content-Type": "application/x-www-form-urlencoded"},
            )
        except SourceError as error:
            log.warning("a hub could not be asked: mode=%s reason=%s", lease.wanted, error)
            with self._lock:
                lease.asked, lease.again = None, self.timer() + AGAIN_SECONDS
                if lease.wanted == "unsubscribe":
                    self._leases.pop(lease.path, None)  # its lease ends by itself


def is_signed(body: bytes, signature: str, secret: str) -> bool:
    """Say whether `signature`, as in "sha256=…", is that of `body` by `secret`."""
    method, _, given = signature.strip().partition("=")
    hashed = SIGNED_BY.get(method.lower())
    if hashed is None:
        return False
    right = hmac.new(secret.encode(), body, hashed).hexdigest()
    return hmac.compare_digest(right.encode(), given.lower().encode("latin-1", "replace"))
