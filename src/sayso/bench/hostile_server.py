"""Servers that do to a news desk what servers do, out of malice or by mistake; on loopback only.

Each kind is an outlet of its own: a socket on an address of its own (all of 127/8 is this
machine), so that nobody waits for another. A kind is what it sends once it was asked.
"""

from __future__ import annotations

import contextlib
import itertools
import socket
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import brotli

Send = Callable[["Connection"], None]


@dataclass(frozen=True, slots=True)
class Connection:
    """One that has asked."""

    socket: socket.socket
    asked: str  # the path
    port: int
    number: int  # of the connections to this outlet, from 1

    def send(self, *parts: bytes) -> None:
        self.socket.sendall(b"".join(parts))

    def answer(self, body: bytes = b"", *headers: bytes, status: bytes = b"200 OK") -> None:
        # A name of its own, so that two outlets do not tell the very same news.
        body = body.replace(b"<title>Outlet<", b"<title>Outlet %d<" % self.port, 1)
        length = b"Content-Length: %d" % len(body)
        self.send(b"\r\n".join((b"HTTP/1.1 " + status, *headers, length, b"", body)))


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to be hostile, and what the desk should make of it."""

    name: str
    send: Send
    told: str  # what the health record says of it, by pattern; "" where it is read as a feed
    scheme: str = "http"
    host: str = ""  # asked by this name, and not by its address


OK = b"HTTP/1.1 200 OK\r\n"
RSS = b"Content-Type: application/rss+xml; charset=utf-8"


def feed(items: bytes | str, *, head: bytes = b"") -> bytes:
    body = items.encode() if isinstance(items, str) else items
    return (
        b'<?xml version="1.0"?>' + head + b'<rss version="2.0"><channel><title>Outlet</title>'
        + body + b"</channel></rss>"
    )  # fmt: skip


def item(title: str = "Dam holds above Orla", more: str = "") -> str:
    return f"<item><title>{title}</title><description>It holds, he said.</description>{more}</item>"


GOOD = feed(item())


def says(body: bytes, *headers: bytes, status: bytes = b"200 OK") -> Send:
    return lambda to: to.answer(body, *(headers or (RSS,)), status=status)


def raw(*parts: bytes) -> Send:
    return lambda to: to.send(*parts)


def leads(location: str, status: bytes = b"302 Found") -> Send:
    return lambda to: to.answer(
        b"", b"Location: " + location.format(port=to.port, number=to.number).encode(), status=status
    )


def drips(before: bytes, drop: bytes, seconds: float = 0.2) -> Send:
    def send(to: Connection) -> None:
        to.send(before)
        while True:
            to.send(drop)
            time.sleep(seconds)

    return send


def pours(before: bytes, flood: bytes) -> Send:
    return drips(before, flood, 0)


@cache
def zeros(packing: str, size: int = 1_000_000_000) -> bytes:
    """Return `size` zeros, packed: a thousand times smaller, or a million."""
    block = bytes(10_000_000)
    squeeze: Any = brotli.Compressor(quality=1)
    if packing != "br":
        squeeze = zlib.compressobj(6, zlib.DEFLATED, 31 if packing == "gzip" else 15)

    def squeezed() -> bytes:
        if packing == "br":
            return bytes(squeeze.process(block) + squeeze.flush())
        return bytes(squeeze.compress(block) + squeeze.flush(zlib.Z_FULL_FLUSH))

    first, more = squeezed(), squeezed()
    # Every further block is packed into the same bytes, so they need not be made anew.
    return bytes(first + more * (size // len(block) - 1))


def bomb(packing: str) -> Send:
    return lambda to: to.answer(zeros(packing), RSS, b"Content-Encoding: " + packing.encode())


def bomb_in_a_bomb(to: Connection) -> None:
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    body = packer.compress(zeros("gzip")) + packer.flush()
    to.answer(body, RSS, b"Content-Encoding: gzip, gzip")


def packed_and_cut(to: Connection) -> None:
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    body = packer.compress(GOOD * 50) + packer.flush()
    to.answer(body[: len(body) // 2], RSS, b"Content-Encoding: gzip")


def resets(to: Connection) -> None:
    to.send(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n<rss>")
    to.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


LAUGHS = b"<!DOCTYPE r [<!ENTITY a 'ha'>" + b"".join(
    b"<!ENTITY %c '%s'>" % (98 + level, b"&%c;" % (97 + level) * 10) for level in range(12)
) + b"]>"  # fmt: skip
SECRET = b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
QUADRATIC = b"<!DOCTYPE r [<!ENTITY a '" + b"x" * 100_000 + b"'>]>"
DATES = ("Mon, 01 Jan 0001 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "99999-99-99", "-1")

KINDS = (
    Kind("headers that drip", drips(b"HTTP/1.1 200 OK\r\nX: ", b"x"), "timed out"),
    Kind("a body that drips", drips(b"HTTP/1.1 200 OK\r\n\r\n<rss>", b"x"), "timed out"),
    Kind("a body without end", pours(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536),
         "too large|timed out"),
    Kind("headers without end", pours(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n" * 999), "."),
    Kind("one header of 10 MB", raw(b"HTTP/1.1 200 OK\r\nX: ", b"x" * 10**7, b"\r\n\r\n"), "."),
    Kind("100 Continue without end", pours(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 99), "."),
    Kind("says nothing", drips(b"", b"", 1), "timed out"),
    Kind("hangs up at once", lambda _: None, "."),
    Kind("resets in the middle", resets, "."),
    Kind("10,000 cookies", says(GOOD, *[b"Set-Cookie: a%d=%s" % (n, b"x" * 99) for n in
                                         range(10_000)]), "."),
    Kind("a gzip bomb of 1 GB", bomb("gzip"), "too large"),
    Kind("a deflate bomb of 1 GB", bomb("deflate"), "too large"),
    Kind("a brotli bomb of 1 GB", bomb("br"), "too large"),
    Kind("a bomb in a bomb", bomb_in_a_bomb, "not asked for"),
    Kind("gzip that is cut off", packed_and_cut, "cut off"),
    Kind("gzip that is none", says(GOOD, RSS, b"Content-Encoding: gzip"), "packed badly"),
    Kind("a packing of its own", says(GOOD, RSS, b"Content-Encoding: zstd"), "not asked for"),
    Kind("a redirect in a circle", leads("/feed"), "redirected more than"),
    Kind("redirects without end", leads("/{number}x", b"301 Moved"), "redirected more than"),
    Kind("a redirect to another name of us", leads("http://localhost:{port}/feed"), "no public"),
    Kind("a redirect into the house", leads("http://10.0.0.1/"), "no public"),
    Kind("a redirect to the cloud's secrets", leads("http://169.254.169.254/"), "no public"),
    Kind("a redirect to IPv6 loopback", leads("http://[::1]:{port}/"), "no public"),
    Kind("a redirect to a file", leads("file:///etc/passwd"), "not an http or https"),
    Kind("a redirect to ftp", leads("ftp://outlet.example/feed"), "not an http or https"),
    Kind("a redirect to javascript", leads("javascript:alert(1)"), "not an http or https"),
    Kind("a redirect to 1 MB of name", leads("http://" + "a" * 10**6 + ".example/"), "."),
    Kind("a name that leads home", says(GOOD), "no public", host="rebound.example"),
    Kind("a name that turns home later", leads("http://rebound.example:{port}/feed"), "no public"),
    Kind("a picture", says(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 99), "binary"),
    Kind("a page where a feed was", says(b"<html><body><p>Consent?", b"Content-Type: text/html"),
         "not a feed"),
    Kind("words where a feed was", says(b"Service unavailable."), "not a feed"),
    Kind("UTF-16 said to be UTF-8", says(GOOD.decode().encode("utf-16-le")), "binary"),
    Kind("bytes of no encoding", says(feed(item("D\udcff\udc80m holds").encode("utf-8",
                                           "surrogateescape"))), ""),
    Kind("NULs", says(GOOD.replace(b" ", b"\0")), "binary"),
    Kind("entities that laugh", says(feed(item("&l;"), head=LAUGHS)), "defines entities"),
    Kind("an entity that reads files", says(feed(item("&a;"), head=SECRET)), "defines entities"),
    Kind("an entity a million times", says(feed(item("&a;" * 9999), head=QUADRATIC)),
         "defines entities"),
    Kind("100,000 elements deep", says(feed("<a>" * 100_000)), "."),
    Kind("100,000 tags deep in an item", says(feed(item(more="<content>" + "&lt;div&gt;" * 100_000
                                                       + "</content>"))), ""),
    Kind("lists 100,000 deep", says(b'{"items":' + b"[" * 100_000, b"Content-Type: text/json"),
         "."),
    Kind("100,000 items", says(feed("".join(item(f"Dam {n} holds") for n in range(40_000)))),
         "more than"),
    Kind("a title of 4 MB", says(feed(item("Dam " * 10**6))), "too long"),
    Kind("4 MB of spaces and dots", says(feed(item("Dam", "<content>" + " . " * 1_300_000
                                                  + "</content>"))), "too long"),
    Kind("years 1 and 9999", says(feed("".join(item(f"Dam {day}", f"<pubDate>{day}</pubDate>")
                                               for day in DATES))), ""),
    Kind("scripts for links", says(feed(item(more="<link>javascript:alert(1)</link>")
                                        + item("B", "<link>data:text/html,x</link>"))), ""),
    Kind("a feed that stops", says(GOOD[:-30]), "cut off"),
    Kind("less than it promised", raw(OK, b"Content-Length: 9999\r\n\r\n", GOOD), "."),
    Kind("more than it promised", raw(OK, b"Content-Length: 90\r\n\r\n", GOOD), "."),
    Kind("a length below nothing", raw(OK, b"Content-Length: -1\r\n\r\n", GOOD), "."),
    Kind("two lengths", raw(OK, b"Content-Length: 5\r\nContent-Length: 9\r\n\r\n"), "."),
    Kind("a length of a number's length", raw(b"HTTP/1.1 200 OK\r\nContent-Length: ", b"9" * 5000,
                                              b"\r\n\r\n"), "."),
    Kind("a chunk that is no number", raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                                          b"zz\r\nxx\r\n"), "."),
    Kind("a chunk of 16 EB", raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                                 b"FFFFFFFFFFFFFFFF\r\nxx"), "."),
    Kind("no HTTP at all", raw(b"\x00\x01\x02 what? \r\n\r\n"), "."),
    Kind("HTTP 0.9", raw(GOOD), "."),
    Kind("a status of 999", says(b"", status=b"999 Never"), "answered 999"),
    Kind("plain words where TLS was", raw(b"HTTP/1.1 400 Bad\r\n\r\n"), ".", scheme="https"),
    Kind("TLS where plain words were", raw(b"\x15\x03\x01\x00\x02\x02\x0a"), "."),
    Kind("an empty 200", says(b""), "empty"),
    Kind("204", says(b"", status=b"204 No Content"), "answered 204"),
    Kind("206 of what nobody cut", says(GOOD, status=b"206 Partial Content"), "answered 206"),
    Kind("304 that nobody asked for", says(b"", status=b"304 Not Modified"), "answered 304"),
    Kind("500", says(b"", status=b"500 Oops"), "answered 500"),
    Kind("503 for the whole host", says(b"", b"Retry-After: 600", status=b"503 Busy"),
         "answered 503"),
    Kind("429 for a million years", says(b"", b"Retry-After: 31536000000000", status=b"429 No"),
         "answered 429"),
    Kind("a header in a header", says(GOOD, RSS, b"ETag: a\rX-Evil: 1\r\n\tfolded"), "."),
    Kind("an ETag of 60 KB", says(GOOD, RSS, b"ETag: \"" + b"e" * 60_000 + b'"'), ""),
)  # fmt: skip


def listen(kinds: Sequence[Kind], good: int) -> Iterator[tuple[Kind | None, str]]:
    """Serve each kind, and `good` outlets that are none; yield them with their addresses.

    They serve until the process ends.
    """
    fine: list[Kind | None] = [None] * good
    for number, kind in enumerate([*fine, *kinds], start=2):
        address = f"127.0.{number // 250}.{number % 250 + 1}"
        listening = socket.create_server((address, 0), backlog=32)
        port = listening.getsockname()[1]
        threading.Thread(
            target=_serve, args=(listening, kind.send if kind else says(GOOD)), daemon=True
        ).start()
        host = (kind.host if kind else "") or address
        yield kind, f"{kind.scheme if kind else 'http'}://{host}:{port}/feed"


def _serve(listening: socket.socket, send: Send) -> None:
    for number in itertools.count(1):
        connection, _ = listening.accept()
        threading.Thread(
            target=_reply,
            args=(connection, send, listening.getsockname()[1], number),
            daemon=True,
        ).start()


def _reply(connection: socket.socket, send: Send, port: int, number: int) -> None:
    with contextlib.suppress(OSError), connection:
        connection.settimeout(60)
        asked = connection.recv(65536).decode("latin-1")
        path = asked.split(" ")[1] if asked.count(" ") > 1 else ""
        if path == "/robots.txt":
            Connection(connection, path, port, number).answer(status=b"404 Not Found")
        else:
            send(Connection(connection, path, port, number))
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_WR)
