"""A busy newsroom's desk, `sayso watch` and `sayso serve` side by side, and its readers.

The desk polls the outlets of a `street` as a user's would; what `watch` prints tells when it had
kept each report. A reader takes the stream of changes as a browser does, and comes back after a
break with the last id that it saw.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import defaultdict
from pathlib import Path

from sayso.bench.street import Street
from sayso.config import Settings
from sayso.errors import SaysoError
from sayso.stores.sqlite import SqliteStore

PATIENCE = 120.0
"""Seconds that a desk may take to read what the feeds hold at first."""

RETRY_SECONDS = 2.0

_TOLD = re.compile(rb"^ *(\d+)  \w+ ")


class DeskError(SaysoError):
    """The desk that was to be measured did not start, or is no more."""


class Desk:
    """A desk as a user starts it, and what it prints."""

    def __init__(self, folder: Path, street: Street, settings: Settings) -> None:
        self.file = folder / "desk.db"
        self.kept_at: dict[int, float] = {}  # when each report was told, by its cursor
        self._errors = folder / "errors"
        store = SqliteStore(self.file)
        for source in street.sources():
            store.add_source(source)
        store.close()
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        self._environment = os.environ | {
            "SAYSO_FINDER": settings.finder,
            "SAYSO_TURN_SECONDS": "1",
            "SAYSO_PRIVATE_HOSTS": street.hosts,
            "PYTHONUNBUFFERED": "1",
        }
        self._watching = self._start("watch")
        self._serving = self._start("serve", "--no-watch", "--port", str(self.port))
        assert self._serving.stdout is not None
        if not self._serving.stdout.readline():
            raise DeskError(f"the desk did not start: {self._last_words()}")
        threading.Thread(target=self._listen, daemon=True).start()

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        with self._errors.open("ab") as errors:
            return subprocess.Popen(
                [sys.executable, "-m", "sayso", *command, "--store", str(self.file)],
                env=self._environment,
                stdout=subprocess.PIPE,
                stderr=errors,
            )

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_: object) -> None:
        for process in (self._serving, self._watching):
            process.send_signal(signal.SIGTERM)
        for process in (self._serving, self._watching):
            process.wait()

    def _listen(self) -> None:
        assert self._watching.stdout is not None
        for line in self._watching.stdout:
            if told := _TOLD.match(line):
                self.kept_at[int(told[1])] = time.monotonic()

    def wait_for(self, reports: int) -> None:
        """Wait until so many reports were told."""
        patient_until = time.monotonic() + PATIENCE
        while len(self.kept_at) < reports and time.monotonic() < patient_until:
            self.look_after()
            time.sleep(0.1)

    def look_after(self) -> None:
        """Raise DeskError when the desk is no more: what is measured then means nothing."""
        for name, process in (("watch", self._watching), ("serve", self._serving)):
            if (code := process.poll()) is not None:
                told = self._last_words()
                raise DeskError(f"`sayso {name}` ended by itself with {code}: {told}")

    def _last_words(self) -> str:
        return self._errors.read_text(errors="replace")[-500:].strip() or "it said nothing"

    @property
    def watching(self) -> int:
        """Return the process that watches."""
        return self._watching.pid

    def tracebacks(self) -> int:
        return self._errors.read_text(errors="replace").count("Traceback")

    def megabytes(self) -> tuple[float, float]:
        """Return the resident memory of who watches, with its workers, and who serves (Linux)."""
        return (
            sum(_resident(pid) for pid in _family(self._watching.pid)),
            sum(_resident(pid) for pid in _family(self._serving.pid)),
        )

    def processor(self) -> float:
        """Return the seconds of processor that all of the desk has used."""
        ticks = 0
        for pid in (*_family(self._watching.pid), *_family(self._serving.pid)):
            with contextlib.suppress(OSError):  # it has ended meanwhile
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


def _family(pid: int) -> list[int]:
    """Return a process, then its workers (Linux)."""
    found = [pid]
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += map(int, tasks.read_text().split())
    return found


def _resident(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0  # it has ended meanwhile
    # One that has ended and was not yet asked how has no memory and no such line.
    told = status.partition("VmRSS:")[2].split(maxsplit=1)
    return int(told[0]) / 1e3 if told else 0.0


class Readers:
    """Open live pages: streams of events, each of which comes back when it is cut off."""

    def __init__(self, port: int, count: int) -> None:
        self.port = port
        self.heard: dict[int, list[float]] = defaultdict(list)  # by cursor, one for each reader
        self.last = [0] * count
        self.lost = self.doubled = self.resumed = 0
        self._ended = False
        self._tasks: list[object] = []  # held, or they would be collected in the middle
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()

    def __enter__(self) -> Readers:
        for number in range(len(self.last)):
            self._loop.call_soon_threadsafe(self._begin, number)
        return self

    def __exit__(self, *_: object) -> None:
        self._ended = True
        self._loop.call_soon_threadsafe(self._end)

    def _begin(self, number: int) -> None:
        self._tasks.append(self._loop.create_task(self._connect(number)))

    def _end(self) -> None:
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.call_soon(self._loop.stop)

    async def _connect(self, number: int) -> None:
        while not self._ended:
            with contextlib.suppress(OSError):
                await self._listen(number)
            if not self._ended:
                self.resumed += 1
                await asyncio.sleep(RETRY_SECONDS)

    async def _listen(self, number: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        after = f"Last-Event-ID: {self.last[number]}"
        writer.write(f"GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\n{after}\r\n\r\n".encode())
        rest = b""
        while data := await reader.read(1 << 16):
            moment = time.monotonic()
            *rows, rest = (rest + data).split(b"\n")
            for row in rows:
                if row.startswith(b"id: "):
                    self._hear(number, int(row[4:]), moment)
        writer.close()

    def _hear(self, number: int, cursor: int, moment: float) -> None:
        last = self.last[number]
        self.doubled += cursor <= last
        self.lost += max(0, cursor - last - 1)
        self.last[number] = max(cursor, last)
        self.heard[cursor].append(moment)
