"""A served desk with a public address is told of changes by a hub, and polls on beside it."""

from __future__ import annotations

import hmac
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlencode

from sayso.records import Subscription
from sayso.stores.sqlite import SqliteStore
from tests.commands.newsdesk import rss, serves
from tests.outlets import open_outlet

SECONDS = 60.0


class Hub(ThreadingHTTPServer):
    """A hub on loopback that does what the standard asks of one."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Asked)
        self.told: dict[str, dict[str, str]] = {}  # who is told, by callback

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"

    def verify(self, form: dict[str, str]) -> None:
        """Ask back whether that was meant, with a challenge."""
        asked = {
            "hub.mode": form["hub.mode"],
            "hub.topic": form["hub.topic"],
            "hub.challenge": "orla-7",
            "hub.lease_seconds": form.get("hub.lease_seconds", ""),
        }
        callback = form["hub.callback"]
        with urllib.request.urlopen(f"{callback}?{urlencode(asked)}", timeout=20) as answer:
            assert answer.read() == b"orla-7"
        if form["hub.mode"] == "subscribe":
            self.told[callback] = form
        else:
            del self.told[callback]

    def publish(self, body: bytes, *, secret: str | None = None) -> int:
        """Bring content to who is told; return the status of the answer."""
        [(callback, form)] = self.told.items()
        signature = hmac.new((secret or form["hub.secret"]).encode(), body, "sha256").hexdigest()
        headers = {"Content-Type": "application/rss+xml", "X-Hub-Signature": f"sha256={signature}"}
        return post(callback, body, headers)


class Asked(BaseHTTPRequestHandler):
    server: Hub

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {key: one for key, [one] in parse_qs(body).items()}
        self.send_response(202)
        self.send_header("Content-Length", "0")
        self.end_headers()
        threading.Thread(target=self.server.verify, args=(form,)).start()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def open_hub() -> Iterator[Hub]:
    with Hub() as hub:
        threading.Thread(target=hub.serve_forever, kwargs={"poll_interval": 0.02}).start()
        try:
            yield hub
        finally:
            hub.shutdown()


@contextmanager
def served(file: Path, *, public: bool = True) -> Iterator[str]:
    """Serve the desk until the end of the block; give its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "SAYSO_PRIVATE_HOSTS": "127.0.0.1",
        "SAYSO_FINDER": "rules",
        "SAYSO_PUBLIC": address if public else "",
    }
    command = [sys.executable, "-m", "sayso", "serve", "--port", str(port), "--store", str(file)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
    try:
        assert process.stdout is not None
        assert process.stdout.readline()
        yield address
    finally:
        process.terminate()
        assert process.wait(timeout=60) == 0


def test_what_a_hub_brings_is_read_and_what_a_stranger_brings_is_not(tmp_path: Path) -> None:
    file = tmp_path / "desk.db"
    with open_outlet() as outlet, open_hub() as hub:
        feed = outlet.url("/feed")
        links = f'<link rel="hub" href="{hub.url}"/><link rel="self" href="{feed}"/>'
        before = rss("Dam above Orla holds", at=datetime.now(UTC), inside=links)
        outlet.paths["/feed"] = serves(before)
        add(file, feed)
        with served(file) as address:
            wait_until(lambda: len(hub.told) == 1)
            [(callback, form)] = hub.told.items()
            assert callback.startswith(f"{address}/websub/")
            assert form["hub.topic"] == feed
            news = rss("Dam above Orla gives way", at=datetime.now(UTC))
            lies = rss("Orla swallowed by the sea", at=datetime.now(UTC))
            assert hub.publish(lies, secret="guessed") == 202
            assert post(callback, lies, {}) == 202
            assert post(f"{address}/websub/guessed", lies, {}) == 410
            assert post(callback, b"x" * 6_000_000, {}) == 413
            assert hub.publish(news) == 202
            wait_until(lambda: "Dam above Orla gives way" in headlines(file))
            assert "Orla swallowed by the sea" not in headlines(file)
            [source] = sources(file)
            assert source.failing_since is None
            assert outlet.asked[1:] == []  # nobody had to poll for it
            store = SqliteStore(file)
            store.remove_source(feed)
            store.close()
            wait_until(lambda: not hub.told)
            assert post(callback, news, {}) == 410


def test_a_desk_that_nobody_can_reach_asks_no_hub(tmp_path: Path) -> None:
    file = tmp_path / "desk.db"
    with open_outlet() as outlet, open_hub() as hub:
        feed = outlet.url("/feed")
        links = f'<link rel="hub" href="{hub.url}"/><link rel="self" href="{feed}"/>'
        outlet.paths["/feed"] = serves(rss("Dam holds", at=datetime.now(UTC), inside=links))
        add(file, feed)
        with served(file, public=False) as address:
            wait_until(lambda: headlines(file) == ["Dam holds"])
            time.sleep(2.5)
            assert hub.told == {}
            assert post(f"{address}/websub/guessed", b"", {}) in (404, 405)


def add(file: Path, url: str) -> None:
    store = SqliteStore(file)
    store.add_source(Subscription(url=url, added=datetime.now(UTC)))
    store.close()


def headlines(file: Path) -> list[str]:
    store = SqliteStore(file, read_only=True)
    try:
        return [one.headline for one in store.since(datetime.min.replace(tzinfo=UTC))]
    finally:
        store.close()


def sources(file: Path) -> list[Subscription]:
    store = SqliteStore(file, read_only=True)
    try:
        return list(store.sources())
    finally:
        store.close()


def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    request = urllib.request.Request(url, data=body, headers=headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.1)
