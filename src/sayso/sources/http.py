"""Addresses: the only place that fetches over the network, with the manners of a guest.

It sends GET, and to webhooks and hubs POST, to http and https addresses, says who it is, sends
back the ETag and Last-Modified that it was given, and reads no page that robots.txt keeps from it.
What is too large, too slow, packed too tightly or redirected too often is a SourceError
that says so; so is every answer but a good one.

When to ask again, and how long to leave a host alone, `schedule` and `poller` decide.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import Message
from functools import cache
from importlib.metadata import version
from urllib.parse import urljoin, urlsplit

import httpcore2
import httpx2

from sayso.errors import SourceError
from sayso.ports import Raw
from sayso.sources import robots
from sayso.sources.guard import Forbidden, GuardedTransport
from sayso.sources.headers import lifetime_of, link_of, retry_after
from sayso.sources.unpack import ACCEPTED, BadPacking, Unfolded, unpack

LARGEST = 20_000_000
"""Bytes of one answer, packed or unpacked."""
MOST_REDIRECTS = 5
LONGEST_SENT_BACK = 1_000
"""Characters of an ETag or a time that are kept to be sent back."""
_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, text/html;q=0.9,"
    " application/xml;q=0.8, application/json;q=0.8, text/plain;q=0.7, */*;q=0.1"
)
_MOVED_FOR_GOOD = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)
_UNREACHABLE = (httpx2.ConnectError, httpx2.ConnectTimeout, httpcore2.ConnectError,
                httpcore2.ConnectTimeout)  # fmt: skip
_NETWORK_ERRORS = (
    httpx2.HTTPError,
    httpx2.InvalidURL,
    httpx2.StreamError,
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.TimeoutException,
    httpcore2.UnsupportedProtocol,
    OSError,
    UnicodeError,
    ValueError,  # a redirect to what is no address
)


class Refused(SourceError):
    """A server answered, and not with what was asked for."""

    def __init__(
        self, source: str, reason: str, *, status: int, retry_after: timedelta | None = None
    ) -> None:
        super().__init__(source, reason)
        self.status = status
        self.retry_after = retry_after  # None: the server did not say


class Unreachable(SourceError):
    """There was nobody to talk to: the name is unknown, or no connection came about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered to one question."""

    raw: Raw | None  # None: nothing changed since the ETag or the time that was sent
    etag: str | None = None  # to be sent back as it stands
    last_modified: str | None = None  # the same
    moved_to: str | None = None  # where to ask from now on
    lifetime: timedelta | None = None  # for how long the server says that it stays as it is
    hub: str | None = None  # who tells of changes, by WebSub
    topic: str | None = None  # what the hub knows it by


@dataclass(slots=True, kw_only=True)
class HttpSource:
    """Fetches addresses, each with a connection of its own."""

    timeout: float = 20  # seconds for the whole of one request
    largest: int = LARGEST
    private_hosts: frozenset[str] = frozenset()  # hosts that may have private addresses
    contact: str = ""  # an address where an outlet reaches who runs this
    _rules: robots.Rules = field(default_factory=robots.Rules, repr=False)

    @property
    def user_agent(self) -> str:
        """Who asks, as every request says."""
        contact = f"; {self.contact}" if self.contact else ""
        return f"sayso/{version('sayso')} (news reader{contact})"

    def fetch(self, place: str) -> Iterator[Raw]:
        """Yield what stands at the address `place`. Raise SourceError when it cannot be had.

        Feeds are there to be fetched by programs; a page is read only if robots.txt allows it.
        """
        _check(place)
        feed_like = is_feed_like(place)
        if not feed_like:
            self._ask_robots(place, named=place)
        answer = self.get(place)
        if answer.raw is None:
            return
        if answer.raw.media_type == "text/html" and (feed_like or answer.raw.url != place):
            self._ask_robots(answer.raw.url or place, named=place)
        yield answer.raw

    def page(self, url: str) -> Answer:
        """Return the page at `url` if robots.txt allows it. Raise SourceError when it does not."""
        self._ask_robots(url, named=url)
        answer = self.get(url)
        if answer.raw is not None and answer.raw.url != url:
            self._ask_robots(answer.raw.url or url, named=url)
        return answer

    def get(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Answer:
        """Return what the server at `url` answers. Raise SourceError for all but a good answer."""
        _check(url)
        headers = {
            b"User-Agent": self.user_agent.encode("ascii", "replace"),
            b"Accept": _ACCEPT.encode(),
            b"Accept-Encoding": ACCEPTED.encode(),
        }
        # Byte for byte: what a server put there need not be what the standard allows.
        if etag:
            headers[b"If-None-Match"] = etag.encode("latin-1", "replace")
        if last_modified:
            headers[b"If-Modified-Since"] = last_modified.encode("latin-1", "replace")
        try:
            return self._follow(url, headers)
        except SourceError:
            raise
        except Forbidden as error:
            raise SourceError(url, f"refused: {error}") from error
        except _UNREACHABLE as error:
            raise Unreachable(url, str(error) or type(error).__name__) from error
        except (httpx2.TimeoutException, httpcore2.TimeoutException, TimeoutError) as error:
            raise SourceError(url, f"timed out after {self.timeout:g} s") from error
        except _NETWORK_ERRORS as error:
            raise SourceError(url, str(error) or type(error).__name__) from error

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Send `body` to `url`, JSON unless a header says otherwise; follow no redirect.

        Raise SourceError for all but a good answer.
        """
        _check(url)
        transport = GuardedTransport(
            context=_trusted(), private_hosts=self.private_hosts, seconds=self.timeout
        )
        sent = {"User-Agent": self.user_agent, "Content-Type": "application/json", **headers}
        try:
            with (
                httpx2.Client(transport=transport, trust_env=False, timeout=self.timeout) as client,
                client.stream("POST", url, content=body, headers=sent) as response,
            ):
                status = response.status_code
                later = retry_after(response.headers.get("retry-after"), now=datetime.now(UTC))
        except Forbidden as error:
            raise SourceError(url, f"refused: {error}") from error
        except _NETWORK_ERRORS as error:
            raise SourceError(url, str(error) or type(error).__name__) from error
        if not 200 <= status < 300:
            raise Refused(url, f"answered {status}", status=status, retry_after=later)

    def knows_rules(self, url: str) -> bool:
        """Say whether the robots.txt of the site of `url` need not be fetched now."""
        return self._rules.known(url, now=datetime.now(UTC))

    def allows(self, url: str) -> bool:
        """Return whether the site's robots.txt lets us read the page at `url`.

        Raise SourceError when the site cannot be reached.
        """
        if not self.knows_rules(url):
            self._rules.learn(url, self._read_robots(robots.site(url)), now=datetime.now(UTC))
        return self._rules.allow(url, self.user_agent)

    def delay(self, url: str) -> float:
        """Return the seconds that the site of `url` wants between requests, as far as known."""
        return self._rules.delay(url, self.user_agent)

    def _ask_robots(self, url: str, *, named: str) -> None:
        try:
            allowed = self.allows(url)
        except SourceError as error:
            raise SourceError(named, error.reason) from error
        if not allowed:
            raise SourceError(named, "its robots.txt does not allow reading this page")

    def _read_robots(self, site: str) -> bytes | None:
        """Return the rules of a site; None when they cannot be known, which forbids everything."""
        try:
            answer = self.get(f"{site}/robots.txt")
        except Refused as error:
            # No rules are no prohibition; a server in trouble may have some (RFC 9309, 2.3.1).
            return b"" if error.status < 500 and error.status != 429 else None
        return answer.raw.body if answer.raw else b""

    def _follow(self, url: str, headers: dict[bytes, bytes]) -> Answer:
        """Ask, and go where the answer sends us, until there is one that stands."""
        here = url
        moved_to: str | None = None
        for_good = True
        transport = GuardedTransport(
            context=_trusted(), private_hosts=self.private_hosts, seconds=self.timeout
        )
        with httpx2.Client(transport=transport, trust_env=False, timeout=self.timeout) as client:
            for _ in range(MOST_REDIRECTS + 1):
                _check(here, named=url)
                with client.stream("GET", here, headers=headers) as response:
                    target = response.headers.get("location")
                    if response.status_code in _REDIRECTS and target:
                        for_good = for_good and response.status_code in _MOVED_FOR_GOOD
                        here = urljoin(here, target.strip())
                        moved_to = here if for_good else moved_to
                        client.cookies.clear()
                        continue
                    asked_before = b"If-None-Match" in headers or b"If-Modified-Since" in headers
                    return self._answer(url, here, moved_to, response, again=asked_before)
        raise SourceError(url, f"redirected more than {MOST_REDIRECTS} times")

    def _answer(
        self, url: str, here: str, moved_to: str | None, response: httpx2.Response, *, again: bool
    ) -> Answer:
        status = response.status_code
        told = {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in response.headers.raw
        }
        etag, last_modified = (_short(told.get(name)) for name in ("etag", "last-modified"))
        lifetime = lifetime_of(told)
        hub, topic = (link_of(told, rel, base=here) for rel in ("hub", "self"))
        if status == 304 and again:
            return Answer(
                raw=None, etag=etag, last_modified=last_modified, moved_to=moved_to,
                lifetime=lifetime, hub=hub, topic=topic,
            )  # fmt: skip
        if status != 200:
            raise Refused(
                url,
                f"answered {status} {response.reason_phrase}".rstrip(),
                status=status,
                retry_after=retry_after(told.get("retry-after"), now=datetime.now(UTC)),
            )
        kind = Message()
        kind["content-type"] = response.headers.get("content-type", "")
        raw = Raw(
            place=url,
            body=self._body(url, response),
            media_type=kind.get_content_type() if kind["content-type"] else None,
            charset=kind.get_content_charset(),
            url=here,
            fetched=datetime.now(UTC),
        )
        return Answer(
            raw=raw, etag=etag, last_modified=last_modified, moved_to=moved_to,
            lifetime=lifetime, hub=hub, topic=topic,
        )  # fmt: skip

    def _body(self, url: str, response: httpx2.Response) -> bytes:
        told = response.headers.get("content-length", "")
        if told.isdigit() and len(told) < 20 and int(told) > self.largest:
            raise _too_large(url, int(told), self.largest)
        packing = response.headers.get("content-encoding", "identity")
        try:
            return unpack(response.iter_raw(), packing, largest=self.largest)
        except BadPacking as error:
            raise SourceError(url, str(error)) from error
        except Unfolded:
            raise _too_large(url, None, self.largest) from None


@cache
def _trusted() -> ssl.SSLContext:
    # Loading the certificates takes a fifth of a second, so all sources share them.
    return httpx2.create_ssl_context()


def _too_large(url: str, size: int | None, limit: int) -> SourceError:
    is_size = f"{size / 1e6:,.1f} MB" if size is not None else "more"
    return SourceError(url, f"too large: {is_size}, the limit is {limit / 1e6:,.1f} MB")


def _short(words: str | None) -> str | None:
    """Return what a server wants to be sent back; None when it is too much to ask."""
    return words if words and len(words) <= LONGEST_SENT_BACK else None


def _check(url: str, *, named: str = "") -> None:
    """Raise SourceError unless `url` is an address that may be asked."""
    try:
        parts = urlsplit(url)
        told = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        told = False
    if not told:
        raise SourceError(named or url, f"not an http or https address: {url[:200]}")


def is_feed_like(url: str) -> bool:
    """Return whether an address is called as feeds are."""
    parts = urlsplit(url)
    words = f"{parts.path}?{parts.query}".lower()
    return any(word in words for word in ("feed", "rss", "atom", ".xml", ".rdf", ".json"))
