"""`serve` polls while it answers readers, tells them how the sources are, and ends cleanly."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

from sayso.records import Subscription
from sayso.stores.sqlite import SqliteStore
from tests.commands.newsdesk import rss, serves
from tests.outlets import open_outlet


def test_a_served_desk_polls_says_who_fails_and_ends_by_sigterm(tmp_path: Path) -> None:
    file = tmp_path / "desk.db"
    with open_outlet() as outlet:
        outlet.paths["/feed"] = serves(rss("Dam above Orla holds", at=datetime.now(UTC)))
        store = SqliteStore(file)
        for path in ("/feed", "/gone"):
            store.add_source(Subscription(url=outlet.url(path), added=datetime.now(UTC)))
        store.close()
        served = subprocess.Popen(
            [sys.executable, "-m", "sayso", "serve", "--port", "0", "--store", str(file)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"SAYSO_PRIVATE_HOSTS": "127.0.0.1", "SAYSO_FINDER": "rules"},
        )
        try:
            assert served.stdout is not None
            address = re.search(r"http://\S+/", served.stdout.readline())
            assert address is not None
            until = time.monotonic() + 60
            while "answered 404" not in (told := read(f"{address[0]}health")):
                assert time.monotonic() < until, told
                time.sleep(0.3)
            assert outlet.url("/gone") in told
            while "Dam above Orla holds" not in read(address[0]):
                assert time.monotonic() < until, "the report never came"
                time.sleep(0.3)
        finally:
            served.send_signal(signal.SIGTERM)
        _, complaints = served.communicate(timeout=60)
    assert served.returncode == 0
    assert "Traceback" not in complaints
    store = SqliteStore(file)
    assert [one.headline for one in store.since(datetime.min.replace(tzinfo=UTC))] == [
        "Dam above Orla holds"
    ]
    store.close()


def test_a_desk_that_another_process_watches_is_only_served(tmp_path: Path) -> None:
    file = tmp_path / "desk.db"
    settings = os.environ | {"SAYSO_PRIVATE_HOSTS": "127.0.0.1", "SAYSO_FINDER": "rules"}
    with open_outlet() as outlet:
        outlet.paths["/feed"] = serves(rss("Dam above Orla holds", at=datetime.now(UTC)))
        store = SqliteStore(file)
        store.add_source(Subscription(url=outlet.url("/feed"), added=datetime.now(UTC)))
        store.close()
        command = [sys.executable, "-m", "sayso"]
        served = subprocess.Popen(
            [*command, "serve", "--no-watch", "--port", "0", "--store", str(file)],
            stdout=subprocess.PIPE,
            text=True,
            env=settings,
        )
        try:
            assert served.stdout is not None
            address = re.search(r"http://\S+/", served.stdout.readline())
            assert address is not None
            time.sleep(2.0)
            assert outlet.asked == []
            watched = [*command, "watch", "--once", "--store", str(file)]
            subprocess.run(watched, check=True, env=settings, stdout=subprocess.DEVNULL)
            assert "Dam above Orla holds" in read(address[0])
            assert json.loads(read(f"{address[0]}health"))["logbook"]["polled"] == 1
        finally:
            served.send_signal(signal.SIGTERM)
            served.wait(timeout=60)


def read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return str(answer.read().decode())
