"""Addresses: the only place that fetches over the network, with the manners of a guest.

It sends GET to http and https addresses, says who it is, sends back the ETag and
Last-Modified that it was given, and reads no page that robots.txt keeps from it.
What is too large, too slow, packed too tightly or redirected too often is a SourceError
that says so; so is every answer but a good one.

When to ask again, and how long to leave a host alone, the caller decides.
"""

from __future__ import annotations

import ssl
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.metadata import version
from urllib.parse import urljoin, urlsplit

import httpcore2
import httpx2
from protego import Protego

from sayso.errors import SourceError
from sayso.ports import Raw
from sayso.sources.guard import Forbidden, GuardedTransport

LARGEST = 20_000_000
"""Bytes of one answer, packed or unpacked."""
MOST_REDIRECTS = 5
ROBOTS_KEPT = timedelta(hours=24)  # as long as RFC 9309 lets a copy be used
_ROBOTS_LARGEST = 500_000  # RFC 9309 asks to read this much at least
_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, text/html;q=0.9,"
    " application/xml;q=0.8, application/json;q=0.8, text/plain;q=0.7, */*;q=0.1"
)
_MOVED_FOR_GOOD = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered to one question."""

    raw: Raw | None  # None: nothing changed since the ETag or the time that was sent
    etag: str | None = None  # to be sent back as it stands
    last_modified: str | None = None  # the same
    moved_to: str | None = None  # where to ask from now on


@dataclass(slots=True, kw_only=True)
class HttpSource:
    """Fetches addresses, each with a connection of its own."""

    timeout: float = 20  # seconds for the whole of one request
    largest: int = LARGEST
    private_hosts: frozenset[str] = frozenset()  # hosts that may have private addresses
    contact: str = ""  # an address where an outlet reaches who runs this
    _robots: dict[str, tuple[datetime, Protego | None]] = field(default_factory=dict, repr=False)

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
        feed_like = _is_feed_like(place)
        if not feed_like:
            self._ask_robots(place, named=place)
        answer = self.get(place)
        if answer.raw is None:
            return
        if answer.raw.media_type == "text/html" and (feed_like or answer.raw.url != place):
            self._ask_robots(answer.raw.url or place, named=place)
        yield answer.raw

    def get(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Answer:
        """Return what the server at `url` answers. Raise SourceError for all but a good answer."""
        _check(url)
        headers = {
            "User-Agent": self.user_agent,
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip, deflate",
        }
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        try:
            return self._follow(url, headers)
        except SourceError:
            raise
        except Forbidden as error:
            raise SourceError(url, f"refused: {error}") from error
        except (httpx2.TimeoutException, httpcore2.TimeoutException, TimeoutError) as error:
            raise SourceError(url, f"timed out after {self.timeout:g} s") from error
        except _NETWORK_ERRORS as error:
            raise SourceError(url, str(error) or type(error).__name__) from error

    def allows(self, url: str) -> bool:
        """Return whether the host's robots.txt lets us read the page at `url`.

        Raise SourceError when the host cannot be reached.
        """
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        kept = self._robots.get(site)
        if kept is None or datetime.now(UTC) - kept[0] > ROBOTS_KEPT:
            kept = self._robots[site] = (datetime.now(UTC), self._read_robots(site))
        return kept[1] is not None and bool(kept[1].can_fetch(url, self.user_agent))

    def _ask_robots(self, url: str, *, named: str) -> None:
        try:
            allowed = self.allows(url)
        except SourceError as error:
            raise SourceError(named, error.reason) from error
        if not allowed:
            raise SourceError(named, "its robots.txt does not allow reading this page")

    def _read_robots(self, site: str) -> Protego | None:
        """Return the rules of a site; None when they cannot be known, which forbids everything."""
        try:
            answer = self.get(f"{site}/robots.txt")
        except Refused as error:
            # No rules are no prohibition; a server in trouble may have some (RFC 9309, 2.3.1).
            return Protego.parse("") if error.status < 500 and error.status != 429 else None
        body = answer.raw.body[:_ROBOTS_LARGEST] if answer.raw else b""
        return Protego.parse(body.decode("utf-8", "replace"))

    def _follow(self, url: str, headers: dict[str, str]) -> Answer:
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
                    return self._answer(url, here, moved_to, response)
        raise SourceError(url, f"redirected more than {MOST_REDIRECTS} times")

    def _answer(
        self, url: str, here: str, moved_to: str | None, response: httpx2.Response
    ) -> Answer:
        status = response.status_code
        etag = response.headers.get("etag")
        last_modified = response.headers.get("last-modified")
        if status == 304:
            return Answer(raw=None, etag=etag, last_modified=last_modified, moved_to=moved_to)
        if status != 200:
            raise Refused(
                url,
                f"answered {status} {response.reason_phrase}".rstrip(),
                status=status,
                retry_after=_retry_after(response.headers.get("retry-after")),
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
        return Answer(raw=raw, etag=etag, last_modified=last_modified, moved_to=moved_to)

    def _body(self, url: str, response: httpx2.Response) -> bytes:
        """Return the body, unpacked step by step, so that nothing ever unfolds beyond the limit."""
        told = response.headers.get("content-length", "")
        if told.isdigit() and int(told) > self.largest:
            raise _too_large(url, int(told), self.largest)
        packing = response.headers.get("content-encoding", "identity").strip().lower()
        if packing not in ("identity", "", "gzip", "x-gzip", "deflate"):
            raise SourceError(url, f"packed in a way that was not asked for: {packing[:40]}")
        body = bytearray()
        unpack = _unpacker(packing)
        for piece in response.iter_raw():
            while piece:
                if unpack is None:
                    body += piece
                    piece = b""
                else:
                    try:
                        body += unpack.decompress(piece, self.largest + 1 - len(body))
                    except zlib.error as error:
                        unpack = _raw_deflate(packing, body, error)
                        if unpack is None:
                            raise SourceError(url, f"packed badly: {error}") from error
                        continue
                    piece = unpack.unconsumed_tail
                if len(body) > self.largest:
                    raise _too_large(url, None, self.largest)
        if unpack is not None and body and not unpack.eof:
            raise SourceError(url, "cut off: the packed body ends too early")
        return bytes(body)


@cache
def _trusted() -> ssl.SSLContext:
    # Loading the certificates takes a fifth of a second, so all sources share them.
    return httpx2.create_ssl_context()


def _unpacker(packing: str) -> zlib._Decompress | None:
    if packing in ("gzip", "x-gzip"):
        return zlib.decompressobj(wbits=31)
    return zlib.decompressobj() if packing == "deflate" else None


def _raw_deflate(packing: str, body: bytearray, error: zlib.error) -> zlib._Decompress | None:
    """Return an unpacker of bare deflate, which some servers send by that name."""
    if packing == "deflate" and not body and "header" in str(error):
        return zlib.decompressobj(wbits=-15)
    return None


def _too_large(url: str, size: int | None, limit: int) -> SourceError:
    is_size = f"{size / 1e6:,.1f} MB" if size is not None else "more"
    return SourceError(url, f"too large: {is_size}, the limit is {limit / 1e6:,.1f} MB")


def _retry_after(words: str | None) -> timedelta | None:
    """Return how long a server asks to be left alone."""
    if not words:
        return None
    if words.strip().isdigit():
        return timedelta(seconds=min(int(words), 10**7))
    try:
        when = parsedate_to_datetime(words)
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(when - datetime.now(UTC), timedelta(0))


def _check(url: str, *, named: str = "") -> None:
    """Raise SourceError unless `url` is an address that may be asked."""
    try:
        parts = urlsplit(url)
        told = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        told = False
    if not told:
        raise SourceError(named or url, f"not an http or https address: {url[:200]}")


def _is_feed_like(url: str) -> bool:
    """Return whether an address is called as feeds are."""
    parts = urlsplit(url)
    words = f"{parts.path}?{parts.query}".lower()
    return any(word in words for word in ("feed", "rss", "atom", ".xml", ".rdf", ".json"))
