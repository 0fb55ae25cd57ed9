"""Fetching over the network, from a real server on loopback that behaves as it is told."""

from __future__ import annotations

import gzip
import socket
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import timedelta

import brotli
import pytest

from sayso.errors import SourceError
from sayso.sources.guard import is_public
from sayso.sources.http import HttpSource, Refused
from tests.outlets import Behaviour, Handler, Server, gives, open_outlet

BODY = b"<rss version='2.0'><channel><title>Orla Gazette</title></channel></rss>"


@pytest.fixture
def server() -> Iterator[Server]:
    with open_outlet() as server:
        yield server


def source(**told: object) -> HttpSource:
    return HttpSource(private_hosts=frozenset({"127.0.0.1"}), **told)  # type: ignore[arg-type]


def test_a_feed_comes_with_what_the_server_said_of_it(server: Server) -> None:
    server.paths["/feed"] = gives(
        200, BODY, Content_Type="application/rss+xml; charset=ISO-8859-1", ETag='"v1"',
        Last_Modified="Mon, 03 Mar 2025 14:05:00 GMT",
    )  # fmt: skip
    answer = source().get(server.url("/feed"))
    assert answer.raw is not None
    assert answer.raw.body == BODY
    assert (answer.raw.media_type, answer.raw.charset) == ("application/rss+xml", "iso-8859-1")
    assert answer.raw.place == answer.raw.url == server.url("/feed")
    assert (answer.etag, answer.last_modified) == ('"v1"', "Mon, 03 Mar 2025 14:05:00 GMT")
    assert answer.moved_to is None


def test_it_says_who_asks_and_sends_back_what_it_was_given(server: Server) -> None:
    server.paths["/feed"] = gives(304, ETag='W/"v1"')
    answer = source(contact="desk@orla.example").get(
        server.url("/feed"), etag='W/"v1"', last_modified="Mon, 03 Mar 2025 14:05:00 GMT"
    )
    assert answer.raw is None
    _, headers = server.asked[-1]
    assert headers["User-Agent"].startswith("sayso/")
    assert "desk@orla.example" in headers["User-Agent"]
    assert headers["If-None-Match"] == 'W/"v1"'
    assert headers["If-Modified-Since"] == "Mon, 03 Mar 2025 14:05:00 GMT"


@pytest.mark.parametrize(
    ("packing", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda body: zlib.compress(body, wbits=-15)),
    ],
    ids=["gzip", "deflate", "bare deflate"],
)
def test_packed_bodies_are_unpacked(
    server: Server, packing: str, pack: Callable[[bytes], bytes]
) -> None:
    server.paths["/feed"] = gives(200, pack(BODY * 2_000), Content_Encoding=packing)
    (raw,) = source().fetch(server.url("/feed"))
    assert raw.body == BODY * 2_000


@pytest.mark.parametrize(
    ("steps", "moved_to"),
    [
        ([301], "/1"),
        ([308, 301], "/2"),
        ([302], None),
        ([301, 302], "/1"),
        ([302, 301], None),
        ([303, 307], None),
    ],
)
def test_redirects_are_followed_and_lasting_ones_told(
    server: Server, steps: list[int], moved_to: str | None
) -> None:
    for number, status in enumerate(steps):
        server.paths[f"/{number}"] = gives(status, Location=f"/{number + 1}")
    server.paths[f"/{len(steps)}"] = gives(200, BODY)
    answer = source().get(server.url("/0"))
    assert answer.raw is not None
    assert answer.raw.url == server.url(f"/{len(steps)}")
    assert answer.raw.place == server.url("/0")
    assert answer.moved_to == (server.url(moved_to) if moved_to else None)


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        pytest.param(gives(404), "answered 404 Not Found", id="gone missing"),
        pytest.param(gives(410), "answered 410 Gone", id="gone"),
        pytest.param(gives(204), "answered 204", id="no content"),
        pytest.param(gives(302, Location="/feed"), "redirected more than 5 times", id="a loop"),
        pytest.param(
            gives(302, Location="file:///etc/passwd"), "not an http or https", id="to a file"
        ),
        pytest.param(gives(302, Location="http://[broken"), "", id="to nonsense"),
        pytest.param(
            gives(302, Location="http://169.254.169.254/latest"),
            "169.254.169.254, which is no public address",
            id="to a private address",
        ),
        pytest.param(
            gives(302, Location="http://localhost:1/"),
            "no public address",
            id="to another name of us",
        ),
        pytest.param(gives(200, b"x" * 2_000_000), "too large: 2.0 MB", id="too large"),
        pytest.param(
            gives(200, b"", content_length="200000000"),
            "too large: 200.0 MB",
            id="says it is large",
        ),
        pytest.param(
            gives(200, gzip.compress(b"x" * 5_000_000), Content_Encoding="gzip"),
            "too large: more",
            id="a bomb",
        ),
        pytest.param(
            gives(200, gzip.compress(BODY * 99)[:-40], Content_Encoding="gzip"),
            "cut off",
            id="packed and cut off",
        ),
        pytest.param(
            gives(200, b"not packed", Content_Encoding="gzip"), "packed badly", id="not packed"
        ),
        pytest.param(
            gives(200, b"x", Content_Encoding="br, gzip"), "packed in a way", id="packed unasked"
        ),
        pytest.param(gives(200, BODY, content_length="5000"), "", id="cut off"),
        pytest.param(
            lambda handler: handler.wfile.write(b"\x00\x01 nonsense\r\n\r\n"), "", id="no http"
        ),
        pytest.param(
            lambda handler: handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 50_000),
            "",
            id="endless headers",
        ),
        pytest.param(lambda handler: handler.connection.close(), "", id="hangs up"),
    ],
)
def test_anything_but_a_good_answer_is_an_error_that_names_the_address(
    server: Server, behaviour: Behaviour, reason: str
) -> None:
    def behave(handler: Handler) -> None:
        handler.close_connection = True
        behaviour(handler)

    server.paths["/feed"] = behave
    with pytest.raises(SourceError) as error:
        source(largest=1_000_000, timeout=3).get(server.url("/feed"))
    assert error.value.source == server.url("/feed")
    assert error.value.reason
    assert reason in error.value.reason


@pytest.mark.parametrize("slow", ["headers", "body"])
def test_a_server_that_drips_is_cut_off_by_one_deadline(server: Server, slow: str) -> None:
    def drip(handler: Handler) -> None:
        if slow == "body":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n")
        else:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        for _ in range(200):
            handler.wfile.write(b"x")
            time.sleep(0.05)

    server.paths["/feed"] = drip
    began = time.monotonic()
    with pytest.raises(SourceError, match=r"timed out after 0\.5 s"):
        source(timeout=0.5).get(server.url("/feed"))
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("header", "pause"),
    [
        ("120", timedelta(minutes=2)),
        ("Mon, 03 Mar 2025 14:05:00 GMT", timedelta(0)),
        ("soon", None),
        ("", None),
    ],
)
def test_a_server_may_ask_to_be_left_alone(
    server: Server, header: str, pause: timedelta | None
) -> None:
    server.paths["/feed"] = gives(429, Retry_After=header)
    with pytest.raises(Refused) as error:
        source().get(server.url("/feed"))
    assert (error.value.status, error.value.retry_after) == (429, pause)


def test_only_given_hosts_may_have_a_private_address(server: Server) -> None:
    server.paths["/feed"] = gives(200, BODY)
    with pytest.raises(SourceError, match=r"refused: 127\.0\.0\.1 .*no public address"):
        HttpSource().get(server.url("/feed"))
    assert server.asked == []


def test_a_name_that_leads_to_a_private_address_is_refused_at_connect(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = socket.getaddrinfo("127.0.0.1", server.server_port, type=socket.SOCK_STREAM)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(SourceError, match=r"orla\.example is at 127\.0\.0\.1"):
        HttpSource().get(f"http://orla.example:{server.server_port}/feed")
    assert server.asked == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
        ("not an address", False),
    ],
)
def test_public_addresses_are_told_from_all_others(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    "url",
    ["", "orla.example/feed", "ftp://orla.example/", "file:///etc/passwd", "http://", "http://[x",
     "http://orla.example:99999/", "javascript:alert(1)"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(SourceError, match="not an http or https address"):
        list(HttpSource().fetch(url))


PAGE = b"<html><body><p>The reservoir stays closed.</p></body></html>"


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        (gives(404), True),
        (gives(200, b"User-agent: *\nDisallow: /private/\n"), True),
        (gives(200, b"User-agent: *\nDisallow: /news/\n"), False),
        (gives(200, b"User-agent: *\nDisallow: /\nUser-agent: sayso\nAllow: /\n"), True),
        (gives(200, b"User-agent: sayso\nDisallow: /*.html$\n"), False),
        (gives(200, b"\xff\xfe nonsense \x00"), True),
        (gives(503), False),
        (gives(403), True),
    ],
    ids=["none", "elsewhere", "here", "others", "by name", "nonsense", "in trouble", "refused"],
)
def test_a_page_is_read_only_if_robots_txt_allows_it(
    server: Server, robots: Behaviour, allowed: bool
) -> None:
    server.paths["/robots.txt"] = robots
    server.paths["/news/dam.html"] = gives(200, PAGE, Content_Type="text/html")
    if allowed:
        (raw,) = source().fetch(server.url("/news/dam.html"))
        assert raw.body == PAGE
    else:
        with pytest.raises(SourceError, match=r"robots\.txt does not allow"):
            list(source().fetch(server.url("/news/dam.html")))
        assert [path for path, _ in server.asked] == ["/robots.txt"]


def test_robots_txt_is_asked_once_for_many_pages_and_not_for_feeds(server: Server) -> None:
    server.paths["/a"] = server.paths["/b"] = gives(200, PAGE, Content_Type="text/html")
    server.paths["/feed"] = gives(200, BODY, Content_Type="application/rss+xml")
    one = source()
    for path in ("/feed", "/a", "/b"):
        list(one.fetch(server.url(path)))
    assert [path for path, _ in server.asked] == ["/feed", "/robots.txt", "/a", "/b"]


def test_cookies_are_not_kept(server: Server) -> None:
    server.paths["/0"] = gives(302, Location="/1", Set_Cookie="who=you")
    server.paths["/1"] = gives(200, BODY, Set_Cookie="who=you")
    one = source()
    one.get(server.url("/0"))
    one.get(server.url("/1"))
    assert all("Cookie" not in headers for _, headers in server.asked)


def test_an_etag_of_any_bytes_is_sent_back_byte_for_byte(server: Server) -> None:
    server.paths["/feed"] = gives(200, BODY, ETag='"caf\xe9 \x80"')
    one = source()
    etag = one.get(server.url("/feed")).etag
    server.paths["/feed"] = gives(304)
    assert one.get(server.url("/feed"), etag=etag).raw is None
    assert server.asked[-1][1]["If-None-Match"] == '"caf\xe9 \x80"'


def test_what_is_too_long_to_be_sent_back_is_forgotten(server: Server) -> None:
    server.paths["/feed"] = gives(200, BODY, ETag=f'"{"x" * 5_000}"')
    assert source().get(server.url("/feed")).etag is None


def test_not_modified_without_having_asked_is_no_answer(server: Server) -> None:
    server.paths["/feed"] = gives(304)
    with pytest.raises(Refused, match="answered 304"):
        source().get(server.url("/feed"))


def test_brotli_is_unpacked_and_a_bomb_of_it_is_not(server: Server) -> None:
    server.paths["/feed"] = gives(200, brotli.compress(BODY * 2_000), Content_Encoding="br")
    answer = source().get(server.url("/feed"))
    assert answer.raw is not None
    assert answer.raw.body == BODY * 2_000
    for packed, reason in (
        (brotli.compress(b"x" * 50_000_000), "too large: more"),
        (brotli.compress(BODY * 2_000)[:-9], "cut off"),
        (b"no such packing at all", "packed badly|cut off"),
    ):
        server.paths["/feed"] = gives(200, packed, Content_Encoding="br")
        with pytest.raises(SourceError, match=reason):
            source(largest=1_000_000).get(server.url("/feed"))


def test_how_long_an_answer_holds_and_who_tells_of_the_next(server: Server) -> None:
    server.paths["/feed"] = gives(
        200, BODY, Cache_Control="public, max-age=900", Age="300",
        Link='</feed>; rel="self", <https://hub.example/>; rel="hub"',
    )  # fmt: skip
    answer = source().get(server.url("/feed"))
    assert answer.lifetime == timedelta(minutes=10)
    assert answer.hub == "https://hub.example/"
    assert answer.topic == server.url("/feed")


def test_what_is_posted_arrives_whole_and_only_a_good_answer_is_good(server: Server) -> None:
    server.paths["/hook"] = gives(202)
    source().post(server.url("/hook"), b'{"line": "Dam holds"}' * 9_000, {"X-Signed": "s"})
    [(_, headers)] = server.asked
    assert server.given == [b'{"line": "Dam holds"}' * 9_000]
    assert (headers["Content-Type"], headers["X-Signed"]) == ("application/json", "s")
    with pytest.raises(Refused, match="answered 404"):
        source().post(server.url("/gone"), b"{}", {})
    with pytest.raises(SourceError, match="refused"):
        HttpSource().post(server.url("/hook"), b"{}", {})
    assert len(server.given) == 2
