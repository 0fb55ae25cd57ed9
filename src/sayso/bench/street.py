"""Outlets on loopback whose feeds replay real reports, so many a second.

Headlines of a stream and reports in full come in turn, one of these to two of those, under the
names of the outlets that published most of them. The times in the feeds are now, not theirs: a
desk asks a feed as often as it publishes. Invented text stands in where the data are missing.
"""

from __future__ import annotations

import contextlib
import gzip
import itertools
import json
import threading
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from sayso.bench.keeping import Inventor
from sayso.records import Outlet, Subscription

OUTLETS = 40
SHOWN = 20
"""Items of a feed, in full."""

HEADLINES_TO_A_REPORT = 2

BEFORE = 1_200
"""Items that are there when the desk begins, so that it sees how often each outlet publishes."""


@dataclass(frozen=True, slots=True)
class Item:
    """What one outlet publishes once."""

    outlet: str
    headline: str
    body: str = ""


class Street:
    """The outlets: of `items` the first `before` stand there, then `rate` a second."""

    def __init__(self, items: Sequence[Item], *, rate: float, before: int = BEFORE) -> None:
        self.items, self.rate, self.before = items, rate, before
        self.read: dict[int, float] = {}  # when a poll first saw each item
        self.asked = 0
        self._begun: float | None = None
        self._dated = datetime.now(UTC)
        names = sorted({one.outlet for one in items})
        self._numbers = {
            name: [n for n, one in enumerate(items) if one.outlet == name] for name in names
        }
        self._servers: list[ThreadingHTTPServer] = []
        for number, name in enumerate(names):
            server = ThreadingHTTPServer((f"127.0.0.{number + 2}", 0), self._handler(name))
            server.daemon_threads = True
            threading.Thread(target=server.serve_forever, daemon=True).start()
            self._servers.append(server)
        self.hosts = ",".join(str(one.server_address[0]) for one in self._servers)

    def __enter__(self) -> Street:
        return self

    def __exit__(self, *_: object) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()

    def sources(self) -> Iterator[Subscription]:
        """Yield what a desk follows to read them all."""
        for name, server in zip(self._numbers, self._servers, strict=True):
            host, port = server.server_address[:2]
            yield Subscription(
                url=f"http://{host!s}:{port}/feed",
                name=name,
                outlet=Outlet(name=name),
                added=datetime.now(UTC),
            )

    def open(self) -> None:
        """Begin to publish."""
        self._begun, self._dated = time.monotonic(), datetime.now(UTC)

    def published(self) -> int:
        """Return how many items there are by now."""
        if self._begun is None:
            return self.before
        since = (time.monotonic() - self._begun) * self.rate
        return min(self.before + int(since), len(self.items))

    def shown_before(self) -> int:
        """Return how many items the feeds show before they publish more."""
        return sum(
            min(bisect_left(numbers, self.before), SHOWN) for numbers in self._numbers.values()
        )

    def appeared(self, number: int) -> float:
        """Return when an item came to stand in its feed."""
        assert self._begun is not None
        return self._begun + (number + 1 - self.before) / self.rate

    @staticmethod
    def number_of(url: str | None) -> int | None:
        """Return the item that has an address."""
        _, found, number = (url or "").rpartition("/item/")
        return int(number) if found else None

    def _feed(self, outlet: str, numbers: Sequence[int], host: str) -> bytes:
        rows = []
        for number in reversed(numbers):
            one = self.items[number]
            body = "".join(f"<p>{escape(part)}</p>" for part in one.body.split("\n") if part)
            dated = self._dated + timedelta(seconds=(number + 1 - self.before) / self.rate)
            rows.append(
                f"<item><title>{escape(one.headline)}</title>"
                f"<link>http://{host}/item/{number}</link>"
                f"<pubDate>{format_datetime(dated)}</pubDate>"
                f"<description>{escape(body)}</description></item>"
            )
        title = f"<title>{escape(outlet)}</title>"
        return f"<rss version='2.0'><channel>{title}{''.join(rows)}</channel></rss>".encode()

    def _handler(self, outlet: str) -> type[BaseHTTPRequestHandler]:
        street = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                numbers = street._numbers[outlet]
                last = bisect_left(numbers, street.published())
                some = numbers[max(0, last - SHOWN) : last]
                etag = f'"{last}"'
                street.asked += 1
                with contextlib.suppress(OSError):
                    if self.headers["If-None-Match"] == etag:
                        self.send_response(304)
                        self.end_headers()
                        return
                    body = street._feed(outlet, some, self.headers["Host"])
                    seen = time.monotonic()
                    self.send_response(200)
                    self.send_header("ETag", etag)
                    self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
                    self.end_headers()
                    self.wfile.write(body)
                    for number in some:
                        street.read.setdefault(number, seen)

            def log_message(self, *_: object) -> None:
                pass

        return Handler


def items_of(data: Path | None, count: int) -> list[Item]:
    """Return `count` items of the largest outlets, in the order in which they are published."""
    files = (
        [data / "headlines" / "stream-en.jsonl.gz", data / "allsides" / "reports.jsonl.gz"]
        if data
        else []
    )
    if not files or not all(file.exists() for file in files):
        return list(itertools.islice(_invented(), count))
    headlines, reports = (_records(file) for file in files)
    headlines.sort(key=lambda one: str(one["first_seen"]))
    reports.sort(key=lambda one: str(one["date"]))
    sizes = Counter(str(one["outlet"]) for one in (*headlines, *reports))
    largest = {name for name, _ in sizes.most_common(OUTLETS)}
    short = itertools.cycle(
        Item(one["outlet"], one["title"]) for one in headlines if one["outlet"] in largest
    )
    full = itertools.cycle(
        Item(one["outlet"], one["title"], one["text"])
        for one in reports
        if one["outlet"] in largest and one["title"]
    )
    turn = itertools.cycle([full] + [short] * HEADLINES_TO_A_REPORT)
    return [next(kind) for kind in itertools.islice(turn, count)]


def _records(file: Path) -> list[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _invented() -> Iterator[Item]:
    inventor = Inventor(1)
    for number in itertools.count():
        report = inventor.report(number)
        is_full = number % (HEADLINES_TO_A_REPORT + 1) == 0
        outlet = f"Outlet {inventor.chance.randrange(OUTLETS)}"
        yield Item(outlet, report.headline, report.text if is_full else "")
