"""A desk that is killed again and again while it polls, writes and serves: is anything lost?

Outlets on loopback publish something new each time they are asked. A desk follows them, as
`sayso watch` and now and then as `sayso serve`, and is killed (`kill -9`) at a random moment, many
times over. Then it is left alone until it has caught up, and its store is looked through:
everything that was published must be kept once and told once, and every change that a desk ever
printed must still stand under its number.

The lives are forked from one process that has loaded the program, so that two hundred of them
take minutes.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from sayso.records import Cursor, Subscription
from sayso.stores.sqlite import SqliteStore

OUTLETS = 6
SHOWN = 300
"""Items of a feed: more than are published while a desk is dead."""

LONGEST_LIFE = 1.0
LONGEST_SILENCE = 10.0
SERVES = 4
"""Every fourth life serves readers, the others only watch."""

CAUGHT_UP = 3
LONGEST_CATCHING_UP = 300

NURSERY = """
import os, sys, threading
import sayso.commands.polling, sayso.commands.serving, sayso.normalise.feed, sayso.sources.poller
import sayso.models, sayso.extract.rules, sayso.render.page
from sayso.cli import main
for line in sys.stdin:
    log, *words = line.split()
    child = os.fork()
    if child == 0:
        # Its own session: a signal to it is a signal to nobody else.
        os.setsid()
        out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(out, 1)
        os.dup2(out, 2)
        code = 70
        try:
            code = main(words)
        finally:
            sys.stdout.flush()
            os._exit(code)
    print(child, flush=True)
    os.waitpid(child, 0)
    print("dead", flush=True)
"""
"""What the lives are forked from: it has loaded the program and has no threads."""

_TOLD = re.compile(r"^ *(\d+)  (\w+) +.*: (Item \d+ of outlet \d+)\b", re.M)


def measure(limit: int = 200, *, seed: int = 1) -> dict[str, Any]:
    """Kill a desk `limit` times and look through what it kept."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="sayso-bench-") as folder, _Street() as street:
        file, log = Path(folder) / "desk.db", Path(folder) / "log"
        log.touch()
        store = SqliteStore(file)
        for url in street.feeds():
            store.add_source(Subscription(url=url, added=datetime.now(UTC)))
        store.close()
        busy = served = 0
        with _Nursery(log, street.hosts) as nursery:
            for number in range(limit):
                serves = number % SERVES == SERVES - 1
                size = log.stat().st_size
                life = nursery.bear(file, serves=serves)
                # Half of them die at work, the others wherever it finds them.
                if number % 2:
                    _wait_until_it_tells(log, size)
                time.sleep(chance.uniform(0.0, LONGEST_LIFE))
                served += serves and nursery.answers()
                os.kill(life, signal.SIGKILL)
                nursery.wait()
                busy += log.stat().st_size > size
            street.closing = True
            caught_up = _catch_up(nursery, file, street)
        return {
            "kills": limit,
            "lives_that_told": busy,
            "lives_that_served": served,
            "caught_up": caught_up,
            **_look_through(file, log.read_text(errors="replace"), street),
        }


def _wait_until_it_tells(log: Path, size: int) -> None:
    deadline = time.monotonic() + LONGEST_SILENCE
    while log.stat().st_size == size and time.monotonic() < deadline:
        time.sleep(0.02)


def _catch_up(nursery: _Nursery, file: Path, street: _Street) -> bool:
    """Let one life go on until it has read all that was published, and end it politely."""
    life = nursery.bear(file, serves=False)
    deadline = time.monotonic() + LONGEST_CATCHING_UP
    done = 0
    while done < CAUGHT_UP and time.monotonic() < deadline:
        time.sleep(0.5)
        with contextlib.closing(sqlite3.connect(file)) as database:
            [kept] = database.execute("SELECT count(*) FROM report").fetchone()
        done = done + 1 if kept >= sum(street.published) else 0
    os.kill(life, signal.SIGTERM)
    nursery.wait()
    return done >= CAUGHT_UP


def _look_through(file: Path, log: str, street: _Street) -> dict[str, Any]:
    with contextlib.closing(sqlite3.connect(file)) as database:
        [sound] = database.execute("PRAGMA integrity_check").fetchone()
    store = SqliteStore(file)
    kept = Counter(
        one.headline for one in store.since(datetime.min.replace(tzinfo=UTC), limit=10**6)
    )
    published = {
        f"Item {number} of outlet {outlet}"
        for outlet, count in enumerate(street.published)
        for number in range(count)
    }
    changes = store.changes(after=Cursor(0), limit=10**6)
    reports = {one.id: one for one in store.reports({one.development.report for one in changes})}
    standing = {
        (one.cursor, one.development.kind, reports[one.development.report].headline)
        for one in changes
    }
    told = [(int(one[1]), one[2], one[3]) for one in _TOLD.finditer(log)]
    new = Counter(
        (one.development.report, one.development.statement)
        for one in changes
        if one.development.kind == "new"
    )
    store.close()
    return {
        "published": len(published),
        "lost": len(published - kept.keys()),
        "twice": sum(count > 1 for count in kept.values()),
        "told": len(told),
        "told_and_gone": sum(one not in standing for one in told),
        "told_twice": sum(count > 1 for count in Counter(told).values())
        + sum(count > 1 for count in new.values()),
        "sound": sound == "ok",
        "crashes": log.count("Traceback"),
    }


def table(result: Mapping[str, Any]) -> str:
    """Return what became of it all."""
    names = {
        "kills": "kills", "lives_that_told": "  lives that told something before it",
        "lives_that_served": "  lives that answered a reader before it",
        "published": "items published", "lost": "  lost", "twice": "  kept twice",
        "told": "changes printed", "told_and_gone": "  and gone from the store",
        "told_twice": "  told twice", "crashes": "crashes",
    }  # fmt: skip
    lines = [f"{told:<44}{result[name]:>7}" for name, told in names.items()]
    lines.append(f"{'the store is sound':<44}{'yes' if result['sound'] else 'no':>7}")
    lines.append(f"{'caught up afterwards':<44}{'yes' if result['caught_up'] else 'no':>7}")
    return "\n".join(lines)


class _Nursery:
    """Forks lives of a desk, one at a time."""

    def __init__(self, log: Path, hosts: str) -> None:
        self._log = log
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self._process = subprocess.Popen(
            [sys.executable, "-c", NURSERY],
            env={
                **os.environ,
                "SAYSO_FINDER": "rules",
                # A worker whose parent is killed while it starts says so with a traceback.
                "SAYSO_WORKERS": "1",
                "SAYSO_TURN_SECONDS": "1",
                "SAYSO_PRIVATE_HOSTS": hosts,
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> _Nursery:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def bear(self, file: Path, *, serves: bool) -> int:
        """Begin a life; return its process."""
        words = ["serve", "--port", str(self._port)] if serves else ["watch"]
        assert self._process.stdin is not None
        print(self._log, *words, "--store", file, file=self._process.stdin, flush=True)
        return int(self._hear())

    def wait(self) -> None:
        """Wait until the life has ended."""
        self._hear()

    def answers(self) -> bool:
        """Say whether the life that serves answers a reader."""
        with contextlib.suppress(OSError):
            address = f"http://127.0.0.1:{self._port}/health"
            with urllib.request.urlopen(address, timeout=2) as answer:
                return bool(answer.read())
        return False

    def _hear(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


class _Street:
    """Outlets on loopback that publish one to three items each time they are asked."""

    def __init__(self) -> None:
        # Of each one's items; a few to begin with, so that it shows how often it publishes.
        before = [datetime.now(UTC) - timedelta(seconds=ago) for ago in (3, 2, 1)]
        self.times = [list(before) for _ in range(OUTLETS)]
        self.closing = False  # True: they publish nothing more
        self._servers: list[ThreadingHTTPServer] = []
        for number in range(OUTLETS):
            server = ThreadingHTTPServer((f"127.0.0.{number + 2}", 0), self._handler(number))
            server.daemon_threads = True
            threading.Thread(target=server.serve_forever, daemon=True).start()
            self._servers.append(server)
        self.hosts = ",".join(str(one.server_address[0]) for one in self._servers)

    def __enter__(self) -> _Street:
        return self

    def __exit__(self, *_: object) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()

    @property
    def published(self) -> list[int]:
        """How many items each outlet has published."""
        return [len(times) for times in self.times]

    def feeds(self) -> list[str]:
        hosts = self.hosts.split(",")
        ports = [one.server_port for one in self._servers]
        return [f"http://{host}:{port}/feed" for host, port in zip(hosts, ports, strict=True)]

    def _handler(self, outlet: int) -> type[BaseHTTPRequestHandler]:
        street = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                times = street.times[outlet]
                if not street.closing:
                    times += [datetime.now(UTC)] * (1 + len(times) % 3)
                count = len(times)
                etag = f'"{count}"'
                if self.headers["If-None-Match"] == etag:
                    self.send_response(304)
                    self.end_headers()
                    return
                items = "".join(
                    f"<item><title>Item {number} of outlet {outlet}</title><guid>{number}</guid>"
                    f"<description>Item {number} came, outlet {outlet} said.</description>"
                    f"<pubDate>{format_datetime(times[number])}</pubDate></item>"
                    for number in range(max(0, count - SHOWN), count)
                )
                body = f"<rss version='2.0'><channel><title>Outlet {outlet}</title>{items}"
                body += "</channel></rss>"
                with contextlib.suppress(OSError):
                    self.send_response(200)
                    self.send_header("ETag", etag)
                    self.end_headers()
                    self.wfile.write(body.encode())

            def log_message(self, *_: object) -> None:
                pass

        return Handler
