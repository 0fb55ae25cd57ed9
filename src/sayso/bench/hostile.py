"""What a desk makes of hostile servers: a real `sayso watch` against real sockets on loopback.

The desk runs as a process of its own, so that its memory is its own, and follows every hostile
kind beside a few good outlets. Afterwards its health record is read: each kind must have become
what is expected of it, and nobody else may have noticed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sayso.bench.hostile_server import KINDS, Kind, listen
from sayso.records import Subscription
from sayso.stores.sqlite import SqliteStore

GOOD_ONES = 5
TIMEOUT = 3
"""Seconds that the desk gives a server here; the real ones have twenty."""

LONGEST = 600
"""Seconds after which the desk is ended: then it was brought to a stand."""

DESK = """
import resource, socket, sys
from sayso.cli import main
look_up = socket.getaddrinfo
def resolve(host, port, *args, **told):
    # What a resolver says whose owner wants the desk to talk to itself.
    return look_up("127.0.0.1" if str(host).endswith("rebound.example") else host, port,
                   *args, **told)
socket.getaddrinfo = resolve
code = main(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""
"""The desk under trial, and its resolver. Its last word is its memory at its largest, in KB."""


def measure(limit: int = len(KINDS)) -> dict[str, Any]:
    """Set a desk on the first `limit` kinds of hostile servers; return what became of each."""
    return besiege(KINDS[:limit])


def besiege(kinds: Sequence[Kind], *, timeout: int = TIMEOUT) -> dict[str, Any]:
    """Set a desk on `kinds` and return what became of each."""
    with tempfile.TemporaryDirectory(prefix="sayso-bench-") as folder:
        file = Path(folder) / "desk.db"
        store = SqliteStore(file)
        followed = list(listen(kinds, GOOD_ONES))
        for kind, url in followed:
            name = kind.name if kind else "good"
            store.add_source(Subscription(url=url, name=name, added=datetime.now(UTC)))
        store.close()
        hosts = {url.split("/")[2].rpartition(":")[0] for _, url in followed}
        began = time.monotonic()
        desk = subprocess.run(
            [sys.executable, "-c", DESK, "watch", "--once", "--store", str(file)],
            env={
                **os.environ,
                "SAYSO_PRIVATE_HOSTS": ",".join(hosts - {"rebound.example"}),
                "SAYSO_FINDER": "rules",
                "SAYSO_TIMEOUT_SECONDS": str(timeout),
            },
            capture_output=True,
            text=True,
            timeout=LONGEST,
        )
        seconds = time.monotonic() - began
        store = SqliteStore(file)
        rows = [_row(kind, url, store) for kind, url in followed]
        store.close()
    told = desk.stderr.strip().splitlines()
    memory = int(told[-1]) / 1024 if told and told[-1].isdecimal() else 0.0
    hostile = [row for row in rows if row["kind"] != "good"]
    return {
        "kinds": len(hostile),
        "as_expected": sum(row["as_expected"] for row in hostile),
        "good": GOOD_ONES,
        "good_read": sum(row["reports"] > 0 for row in rows if row["kind"] == "good"),
        "seconds": seconds,
        "memory_mb": memory,
        "ended": desk.returncode in (0, 1),
        "rows": rows,
        "errors": [line for line in told if "Traceback" in line],
    }


def _row(kind: Kind | None, url: str, store: SqliteStore) -> dict[str, Any]:
    [source] = [one for one in store.sources() if one.url == url]
    told = source.last_error or "; ".join(source.dropped)
    ever = datetime.min.replace(tzinfo=UTC)
    reports = [one for one in store.since(ever, limit=100_000) if one.source == url]
    bad_links = [one.url for one in reports if one.url and not one.url.startswith("http")]
    expected = kind.told if kind else ""
    good = source.last_polled is not None and not bad_links
    good = good and (bool(reports) if not expected else bool(told and re.search(expected, told)))
    return {
        "kind": kind.name if kind else "good",
        "told": told,
        "reports": len(reports),
        "as_expected": good,
    }


def table(result: Mapping[str, Any]) -> str:
    """Return what became of each kind."""
    lines = [f"{'server':<36}{'reports':>8}  {'what the health record says'}"]
    for row in result["rows"]:
        mark = " " if row["as_expected"] else "!"
        lines.append(f"{mark}{row['kind']:<35}{row['reports']:>8}  {row['told'][:90]}")
    lines += [
        "",
        f"{result['as_expected']} of {result['kinds']} hostile kinds as expected, "
        f"{result['good_read']} of {result['good']} good outlets read, "
        f"{result['seconds']:.0f} s, {result['memory_mb']:.0f} MB at most",
    ]
    return "\n".join(lines)
