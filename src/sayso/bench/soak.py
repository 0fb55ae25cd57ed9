"""A desk left running: its memory, its latency and its errors over time.

A real `sayso watch` polls outlets on loopback (`street`) that publish ten reports a second, keeps
and threads them; a real `sayso serve` briefs them and tells readers whose pages stay open, while
somebody else fetches pages and searches. Every half minute is one sample: a line of JSON in
`--log`, a point of the picture.

An item is timed from when it came to stand in its feed to the poll that saw it; from there to
when the desk had kept it (its line on standard output); and to the event on each open page.
Desk, outlets and readers share one machine, so the desk alone would do better.
"""

from __future__ import annotations

import http.client
import json
import os
import statistics
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from sayso.bench import soak_plot
from sayso.bench.running import PATIENCE, Desk, Readers
from sayso.bench.street import BEFORE, Street, items_of
from sayso.commands.polling import terminable
from sayso.config import Settings
from sayso.records import Cursor
from sayso.stores.sqlite import SqliteStore

MINUTES = 60.0
RATE = 10.0
READERS = 30
SAMPLE_SECONDS = 30.0
SETTLED_SECONDS = 5.0
"""After which a change is counted, so that the last reader has heard it too."""

NOTHING = Cursor(0)

FETCH_SECONDS = 2.0
"""Between two things that are fetched: a story, a search, the list of stories, the health."""

FRONT_SECONDS = 60.0
"""Between two looks at the front page: of a desk without an edition it holds everything."""


def measure(
    settings: Settings,
    data: Path | None = None,
    *,
    minutes: float = MINUTES,
    rate: float = RATE,
    before: int = BEFORE,
    log: Path | None = None,
) -> dict[str, Any]:
    """Let a desk run for `minutes` while `rate` reports a second come in."""
    street_items = items_of(data, before + int(rate * 60 * minutes))
    samples: list[dict[str, Any]] = []
    with (
        terminable(),  # else the desk would outlive us
        tempfile.TemporaryDirectory(prefix="sayso-bench-") as folder,
        Street(street_items, rate=rate, before=before) as street,
        Desk(Path(folder), street, settings) as desk,
        Readers(desk.port, READERS) as readers,
    ):
        watch = Watch(street, desk, readers)
        desk.wait_for(street.shown_before())
        street.open()
        fetcher = Fetcher(desk.port, watch)
        while street.published() < len(street.items):
            time.sleep(SAMPLE_SECONDS)
            samples.append(watch.sample())
            if log is not None:
                with log.open("a", encoding="utf-8") as lines:
                    print(json.dumps(samples[-1]), file=lines, flush=True)
        watch.wait_until_kept()
        fetcher.close()
        ended = watch.sample()
        tracebacks = desk.tracebacks()
    return {
        "finder": settings.finder,
        "minutes": minutes,
        "rate": rate,
        "readers": READERS,
        "outlets": len(street.hosts.split(",")),
        "published": len(street.items),
        "missing": watch.missing,
        "crashes": tracebacks,
        "samples": samples,
        "last": ended,
        **watch.whole(),
        "memory_start": samples[0]["memory"],
        "memory_end": samples[-1]["memory"],
        "memory_most": max(one["memory"] for one in samples),
    }


@dataclass(slots=True)
class Watch:
    """Puts together what was published, polled, kept and heard."""

    street: Street
    desk: Desk
    readers: Readers
    fetched: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: int = 0  # answers that were none
    health: dict[str, Any] = field(default_factory=dict)
    kept: int = 0
    stories: list[str] = field(default_factory=list)
    _all: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    _done: set[int] = field(default_factory=set)
    _cursor: Cursor = NOTHING
    _sampled: float = field(default_factory=time.monotonic)
    _began: float = field(default_factory=time.monotonic)
    _spent: float = 0.0
    _errors: int = 0

    @property
    def missing(self) -> int:
        """How many items that were published since the beginning were not kept."""
        return len(self.street.items) - self.street.before - len(self._done)

    def sample(self) -> dict[str, Any]:
        """Return how the time since the last sample went."""
        self.desk.look_after()
        now, spent = time.monotonic(), self.desk.processor()
        seconds = now - self._sampled
        timed = self._times(now - SETTLED_SECONDS)
        watching, serving = self.desk.megabytes()
        errors = self._health_errors() + self.wrong + self.readers.lost + self.readers.doubled
        fetched, self.fetched = self.fetched, defaultdict(list)
        told: dict[str, Any] = {
            "minute": round((now - self._began) / 60, 3),
            "memory": round(watching + serving, 1),
            "memory_watching": round(watching, 1),
            "memory_serving": round(serving, 1),
            "kept": self.kept,
            "kept_a_second": round(len(timed["kept"]) / seconds, 2),
            "processor": round((spent - self._spent) / seconds, 3),
            "errors": errors - self._errors,
            "wrong_answers": self.wrong,
            "readers_lost": self.readers.lost,
            "readers_doubled": self.readers.doubled,
            "readers_resumed": self.readers.resumed,
            "sources_failing": len(self.health.get("failing", ())),
            "health": self.health.get("status"),
            "logbook": {
                name: value
                for name, value in (self.health.get("logbook") or {}).items()
                if name not in ("last", "since")
            },
            "load": os.getloadavg()[0],
        }
        for name, values in (*timed.items(), *fetched.items()):
            told |= cuts(name, values)
            self._all[name] += values
        self._sampled, self._spent, self._errors = now, spent, errors
        return told

    def whole(self) -> dict[str, float]:
        """Return the percentiles of the whole time."""
        told: dict[str, float] = {}
        for name, values in self._all.items():
            told |= cuts(name, values)
        return told

    def wait_until_kept(self) -> None:
        """Give the desk some time for what came last."""
        patient_until = time.monotonic() + PATIENCE
        while self.missing and time.monotonic() < patient_until:
            self.desk.look_after()
            time.sleep(1.0)
            timed = self._times(time.monotonic() - SETTLED_SECONDS)
            for name, values in timed.items():
                self._all[name] += values

    def _times(self, until: float) -> dict[str, list[float]]:
        """Return the seconds of each step of what was kept before `until`."""
        told: dict[str, list[float]] = defaultdict(list)
        store = SqliteStore(self.desk.file, read_only=True)
        try:
            while changes := store.changes(after=self._cursor, limit=5_000):
                ids = [one.development.report for one in changes if not one.development.statement]
                of = {one.id: Street.number_of(one.url) for one in store.reports(ids)}
                for change in changes:
                    if change.development.statement is None:
                        at = self.desk.kept_at.get(change.cursor)
                        if at is None or at > until:
                            return told
                        self._time(told, change.cursor, of.get(change.development.report), at)
                    self._cursor = change.cursor
                    self.readers.heard.pop(change.cursor, None)
        finally:
            store.close()
        return told

    def _time(
        self, told: Mapping[str, list[float]], cursor: int, number: int | None, kept_at: float
    ) -> None:
        if number is None or number in self._done:
            return
        self.kept += 1
        if number < self.street.before:
            return
        self._done.add(number)
        appeared, read = self.street.appeared(number), self.street.read[number]
        heard = self.readers.heard.get(cursor, [])
        told["poll"].append(max(0.0, read - appeared))
        told["kept"].append(kept_at - read)
        told["heard"] += [one - read for one in heard]
        if heard:
            told["whole"].append(max(heard) - appeared)

    def _health_errors(self) -> int:
        book = self.health.get("logbook") or {}
        return int(book.get("failed_turns", 0) + book.get("failed", 0) + book.get("dropped", 0))


class Fetcher:
    """Somebody who looks at the front page, at stories and at the health, and searches."""

    def __init__(self, port: int, watch: Watch) -> None:
        self._port, self._watch = port, watch
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        watch, turn = self._watch, 0
        every = round(FRONT_SECONDS / FETCH_SECONDS)
        while not self._ended.wait(FETCH_SECONDS):
            turn += 1
            if turn % every == 0:
                self._fetch("front", "/")
            if turn % 4 == 0 and (told := self._fetch("entries", "/api/entries")):
                entries = json.loads(told)["entries"]
                watch.stories = [one["topic"] for one in entries if one["kind"] == "story"]
            elif turn % 4 == 1:
                words = watch.street.items[watch.street.published() - 1].headline.split()[1:3]
                self._fetch("search", "/search.json?" + urlencode({"q": " ".join(words)}))
            elif turn % 4 == 2 and (told := self._fetch("health", "/health")):
                watch.health = json.loads(told)
            elif turn % 4 == 3 and watch.stories:
                self._fetch("page", f"/b/{watch.stories[turn % min(len(watch.stories), 10)]}")

    def _fetch(self, name: str, path: str) -> bytes | None:
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read()
        except OSError:
            self._watch.wrong += 1
            return None
        finally:
            connection.close()
        self._watch.fetched[name].append(time.monotonic() - began)
        if answer.status not in (200, 302, 303, 307):
            self._watch.wrong += 1
            return None
        return body


def cuts(name: str, values: Sequence[float]) -> dict[str, float]:
    """Return the percentiles of `values`; nothing where there are none."""
    if len(values) < 2:
        return {f"{name}_p50": values[0], f"{name}_p95": values[0]} if values else {}
    parts = statistics.quantiles(values, n=20, method="inclusive")
    return {
        f"{name}_p50": round(parts[9], 4),
        f"{name}_p95": round(parts[18], 4),
        f"{name}_worst": round(max(values), 4),
    }


def table(result: Mapping[str, Any]) -> str:
    """Return the run as a table."""
    last = result["last"]
    rows = [
        f"{result['minutes']:g} minutes, {result['rate']:g} reports a second from"
        f" {result['outlets']} outlets, {result['readers']} open pages,"
        f" finder {result['finder']}",
        "",
        f"{'items published':<44}{result['published']:>9,}",
        f"{'  not kept':<44}{result['missing']:>9,}",
        f"{'errors on /health, wrong answers, crashes':<44}"
        f"{sum(one['errors'] for one in result['samples']) + result['crashes']:>9,}",
        f"{'changes that a reader lost or heard twice':<44}"
        f"{last['readers_lost'] + last['readers_doubled']:>9,}",
        f"{'memory in MB: first half minute':<44}{result['memory_start']:>9.0f}",
        f"{'  last half minute':<44}{result['memory_end']:>9.0f}",
        f"{'  most':<44}{result['memory_most']:>9.0f}",
        f"{'processors used, on average':<44}"
        f"{statistics.mean(one['processor'] for one in result['samples'][1:] or [last]):>9.2f}",
        "",
        f"{'seconds':<44}{'p50':>9}{'p95':>9}{'worst':>9}",
    ]
    for name, title in SHOWN_TIMES:
        if f"{name}_worst" in result:
            values = [result[f"{name}_{part}"] for part in ("p50", "p95", "worst")]
            rows.append(f"{title:<44}" + "".join(f"{value:>9.2f}" for value in values))
    return "\n".join(rows)


SHOWN_TIMES = (
    ("poll", "from the feed to the poll that saw it"),
    ("kept", "from the poll to the kept line"),
    ("heard", "from the poll to the event on an open page"),
    ("whole", "from the feed to the last open page"),
    ("front", "the front page"),
    ("page", "a story's page"),
    ("search", "a search"),
)

plot = soak_plot.draw
