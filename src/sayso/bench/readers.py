"""How many readers one desk bears: open live pages over restarts, cached pages, searches.

A real `sayso serve` answers over loopback; readers are connections that take the event stream as
a browser does: they come back after a break and hand over the last id that they saw. While they
listen, another process keeps invented reports in the store, ten a second, and the server is ended
and started three times, once by kill -9. At the end every reader must have heard every change
once, in order.

Then pages and searches are asked for one after the other, over a connection that stays open. The
readers, the server and the writer share one machine, so the server alone would do better.
"""

from __future__ import annotations

import asyncio
import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sayso.bench.keeping import Inventor, keep
from sayso.records import Cursor
from sayso.stores.sqlite import SqliteStore

READERS = 2_000
A_SECOND = 10
CHANGES = 300
RESTARTS = (signal.SIGTERM, signal.SIGKILL, signal.SIGTERM)
KEPT_BEFORE = 500
PAGES = 500
SEARCHES = 300
REPORTS_A_READER = 150
"""Reports kept before the searches, for each reader: 300,000 for 2,000."""

RETRY_SECONDS = 2.0
PATIENCE = 90.0
"""Seconds that all readers together may take to hear the last change."""


def measure(limit: int = READERS) -> dict[str, Any]:
    """Serve `limit` live readers, then pages, then searches over a store that grew to its size."""
    inventor = Inventor(1)
    with tempfile.TemporaryDirectory(prefix="sayso-bench-") as folder:
        file = Path(folder) / "desk.db"
        store = SqliteStore(file)
        keep(store, [inventor.report(number) for number in range(KEPT_BEFORE)])
        served = Served(file)
        result = {"readers": limit, **_live(served, store, inventor, limit)}
        result |= _timed(served, "page", PAGES, lambda _: f"/b/{store.stories(limit=1)[0].id}")
        served.end(signal.SIGTERM)
        for first in range(KEPT_BEFORE + CHANGES, limit * REPORTS_A_READER, 1_000):
            keep(store, [inventor.report(number) for number in range(first, first + 1_000)])
        served.start()
        chance = inventor.chance

        def search(_: int) -> str:
            ranks = (chance.randrange(10, 500), chance.randrange(100, 5_000))
            return "/search.json?q=" + "+".join(inventor.words[rank] for rank in ranks)

        result |= {"reports_searched": limit * REPORTS_A_READER}
        result |= _timed(served, "search", SEARCHES, search)
        served.end(signal.SIGTERM)
        store.close()
    return result


def table(result: Mapping[str, Any]) -> str:
    """Return the measures as a table."""
    rows = [
        f"{result['readers']:,} live readers, {result['changes']} changes at {A_SECOND} a second, "
        f"{len(RESTARTS)} restarts",
        "",
        f"{'changes lost':<40}{result['lost']:>10,}",
        f"{'changes heard twice':<40}{result['doubled']:>10,}",
        f"{'times that a reader came back':<40}{result['resumed']:>10,}",
        f"{'kilobytes of the server for a reader':<40}{result['kilobytes_a_reader']:>10.0f}",
        "",
        f"{'milliseconds':<40}{'p50':>10}{'p95':>10}{'p99':>10}",
    ]
    for name, title in (
        ("heard", "from kept to heard, no restart near"),
        ("page", "a cached page"),
        ("search", f"a search over {result['reports_searched']:,} reports"),
    ):
        values = [result[f"{name}_ms_{part}"] for part in ("p50", "p95", "p99")]
        rows.append(f"{title:<40}" + "".join(f"{value:>10.1f}" for value in values))
    return "\n".join(rows)


class Served:
    """A desk that a process of its own serves, at the same port every time."""

    def __init__(self, file: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self._file = file
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "sayso", "serve", "--store", str(self._file)]
        self._process = subprocess.Popen(
            [*command, "--port", str(self.port)],
            env=os.environ | {"SAYSO_FINDER": "rules", "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
        )
        assert self._process.stdout is not None
        self._process.stdout.readline()

    def end(self, how: signal.Signals) -> None:
        self._process.send_signal(how)
        self._process.wait()

    def kilobytes(self) -> int:
        """Return how much memory the server holds (Linux)."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0])


@dataclass(slots=True)
class Heard:
    """What the readers heard, and when."""

    last: list[Cursor]
    lost: int = 0
    doubled: int = 0
    resumed: int = 0
    delays: list[float] = field(default_factory=list)
    kept_at: dict[int, float] = field(default_factory=dict)
    ended: bool = False


class Reader(asyncio.Protocol):
    """One open live page."""

    def __init__(self, number: int, heard: Heard, lost: Callable[[int], None]) -> None:
        self.number, self.heard, self.lost = number, heard, lost
        self.rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        last = self.heard.last[self.number]
        transport.write(
            f"GET /events HTTP/1.1\r\nHost: desk\r\nLast-Event-ID: {last}\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        heard = self.heard
        *rows, self.rest = (self.rest + data).split(b"\n")
        for row in rows:
            if not row.startswith(b"id: "):
                continue
            cursor = int(row[4:])
            last = heard.last[self.number]
            heard.doubled += cursor <= last
            heard.lost += max(0, cursor - last - 1)
            heard.last[self.number] = Cursor(max(cursor, last))
            if cursor in heard.kept_at:
                heard.delays.append(time.monotonic() - heard.kept_at[cursor])

    def connection_lost(self, _reason: Exception | None) -> None:
        self.lost(self.number)


def _live(served: Served, store: SqliteStore, inventor: Inventor, readers: int) -> dict[str, Any]:
    return asyncio.run(_listen(served, store, inventor, readers))


async def _listen(
    served: Served, store: SqliteStore, inventor: Inventor, readers: int
) -> dict[str, Any]:
    """Let `readers` listen while reports are kept and the server goes and comes."""
    loop = asyncio.get_running_loop()
    before = served.kilobytes()
    start = store.cursor()
    heard = Heard(last=[start] * readers)

    async def connect(number: int) -> None:
        while not heard.ended:
            try:
                await loop.create_connection(
                    lambda: Reader(number, heard, lost), "127.0.0.1", served.port
                )
                return
            except OSError:
                await asyncio.sleep(RETRY_SECONDS)

    tasks: set[asyncio.Task[None]] = set()

    def lost(number: int) -> None:
        if not heard.ended:
            heard.resumed += 1
            loop.call_later(RETRY_SECONDS, lambda: tasks.add(asyncio.create_task(connect(number))))

    for first in range(0, readers, 100):
        await asyncio.gather(*(connect(n) for n in range(first, min(first + 100, readers))))
    await asyncio.sleep(RETRY_SECONDS)
    each = (served.kilobytes() - before) / readers
    restarts = dict(zip((CHANGES // 4, CHANGES // 2, 3 * CHANGES // 4), RESTARTS, strict=True))
    calm = 0
    for number in range(CHANGES):
        if number in restarts:
            served.end(restarts[number])
            await asyncio.to_thread(served.start)
            calm = number + CHANGES // 8  # what is heard while all come back is timed apart
        began = time.monotonic()
        await asyncio.to_thread(keep, store, [inventor.report(KEPT_BEFORE + number)])
        if number >= calm:
            heard.kept_at[store.cursor()] = time.monotonic()
        await asyncio.sleep(max(0.0, 1 / A_SECOND - (time.monotonic() - began)))
    newest = store.cursor()
    patient_until = time.monotonic() + PATIENCE
    while min(heard.last) < newest and time.monotonic() < patient_until:
        await asyncio.sleep(0.2)
    heard.ended = True
    return {
        "changes": CHANGES,
        "lost": heard.lost + sum(newest - last for last in heard.last),
        "doubled": heard.doubled,
        "resumed": heard.resumed,
        "kilobytes_a_reader": each,
        **_cuts("heard", heard.delays),
    }


def _timed(served: Served, name: str, times: int, path: Callable[[int], str]) -> dict[str, float]:
    """Ask for something again and again over one connection; the first answer does not count."""
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=PATIENCE)
    spent = []
    for number in range(times + 1):
        asked = path(number)
        began = time.monotonic()
        connection.request("GET", asked)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{asked}: answered {answer.status}")
        spent.append(time.monotonic() - began)
    connection.close()
    return _cuts(name, spent[1:])


def _cuts(name: str, seconds: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(seconds, n=100)
    return {
        f"{name}_ms_{part}": 1_000 * cuts[at]
        for part, at in (("p50", 49), ("p95", 94), ("p99", 98))
    }
