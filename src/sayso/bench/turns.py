"""Reports a second through the whole turn, and whether more reports kept make it slower.

Desks that keep few and many invented reports of the last hours, ten a second, take in the same
new ones: real texts, which hold much to extract, and more of the invented kind, which share their
words with all that is kept. Time is one processor's own, so that a busy machine gives the same
figures as an idle one; each step's is counted without that of the steps which it calls.
"""

from __future__ import annotations

import copy
import itertools
import logging
import resource
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sayso.app import load_finder, open_desk
from sayso.bench.keeping import START, Inventor, keep
from sayso.bench.latency import texts_of
from sayso.config import Settings
from sayso.engines.local import LocalEngine
from sayso.ids import make_id
from sayso.pipeline import Desk, recall, turn
from sayso.ports import Raw
from sayso.records import Report, ReportId
from sayso.stores.sqlite import SqliteStore

log = logging.getLogger(__name__)

FEW, MANY = 10_000, 100_000
NEW = 200
"""Reports of each kind that are timed."""

TURN = 10
"""Reports of one turn: a second of the world's online news."""

BATCH = 100
RATE = 10.0


def measure(
    settings: Settings, data: Path | None = None, *, limit: int = 100_000, new: int = NEW
) -> dict[str, Any]:
    """Time turns of a desk that keeps 10,000 reports, or a tenth of fewer, and of larger ones.

    The largest keeps `limit`; all but it keep the same reports as the larger ones do first.
    The finder is the rules, whatever the settings say: a model takes the same time at any size.
    """
    load_finder("rules")
    texts = list(itertools.islice(texts_of(data), new + TURN))
    sizes = sorted({FEW if limit > FEW else max(limit // 10, 1), min(MANY, limit), limit})
    found: list[dict[str, Any]] = []
    inventor = Inventor(1)
    with tempfile.TemporaryDirectory(prefix="sayso-bench-") as folder:
        file = Path(folder) / "desk.db"
        kept = 0
        for size in sizes:
            store = SqliteStore(file)
            for first in range(kept, size, BATCH):
                last = min(first + BATCH, size)
                keep(store, [inventor.report(number) for number in range(first, last)])
            store.close()
            kept = size
            # Each size takes in the same: what is taken in must not be there for the next.
            copy_of_it = Path(folder) / "copy.db"
            shutil.copy(file, copy_of_it)
            found.append(_at(copy_of_it, size, settings, texts, copy.deepcopy(inventor)))
            copy_of_it.unlink()
            log.info("timed: kept=%d seconds=%.4f", size, found[-1]["real_seconds"])
    return {
        "sizes": sizes,
        "at": {str(size): one for size, one in zip(sizes, found, strict=True)},
        "per_second": min(one["per_second"] for one in found),
        "slower": max(
            one[f"{kind}_seconds"] / found[0][f"{kind}_seconds"]
            for one in found
            for kind in ("real", "invented")
        ),
    }


def table(result: Mapping[str, Any]) -> str:
    """Return the figures of both sizes beside each other."""
    columns = [result["at"][str(size)] for size in result["sizes"]]

    def row(name: str, values: Sequence[float], form: str = ",.1f") -> str:
        return f"{name:<36}" + "".join(f"{format(value, form):>12}" for value in values)

    lines = [
        row("reports kept before", result["sizes"], ",d"),
        row("reports a second, one processor", [one["per_second"] for one in columns]),
        row("memory at most, MB", [one["peak_mb"] for one in columns], ",.0f"),
        row("seconds to start again", [one["restart_seconds"] for one in columns]),
    ]
    for kind, about in (("real", "real texts"), ("invented", "texts like those kept")):
        lines += ["", f"milliseconds a report, {about}"]
        lines.append(row("  all", [1_000 * one[f"{kind}_seconds"] for one in columns], ",.2f"))
        steps = [one[f"{kind}_steps"] for one in columns]
        for name in sorted(steps[-1], key=lambda name: -steps[-1][name]):
            lines.append(row(f"  {name}", [1_000 * each.get(name, 0.0) for each in steps], ",.2f"))
    return "\n".join([*lines, "", f"times slower with many: {result['slower']:.2f}"])


def _at(
    file: Path,
    size: int,
    settings: Settings,
    texts: Sequence[tuple[str, str]],
    inventor: Inventor,
) -> dict[str, Any]:
    """Return the figures of the desk of `file`, which keeps `size` reports."""
    with LocalEngine() as engine:
        store = SqliteStore(file)
        desk = open_desk(replace(settings, finder="rules", workers=1), store, engine)
        clock = Clock()
        began = time.process_time()
        span = timedelta(days=desk.story_days)
        memory: Any = recall(desk, since=START - span - timedelta(days=1), now=START)
        restart = time.process_time() - began
        seen: Any = desk
        seen.store = Watched(store, clock, "store")
        seen.extract = clock.timed("extract", desk.extract)
        memory.window = Watched(memory.window, clock, "window")
        memory.threads = Watched(memory.threads, clock, "threads")
        memory.unfolding = Watched(memory.unfolding, clock, "unfolding")
        real = [_report(size + n, *text) for n, text in enumerate(texts)]
        invented = [inventor.report(size + len(texts) + n) for n in range(len(texts))]
        result: dict[str, Any] = {"restart_seconds": restart}
        for kind, reports in (("real", real), ("invented", invented)):
            _turns(desk, reports[:TURN])  # what is read once for all
            clock.spent.clear()
            began = time.process_time()
            timed = _turns(desk, reports[TURN:])
            whole = time.process_time() - began
            clock.spent["the rest"] = whole - sum(clock.spent.values())
            result[f"{kind}_seconds"] = whole / timed
            result[f"{kind}_steps"] = {name: one / timed for name, one in clock.spent.items()}
        store.close()
    result["per_second"] = 1 / result["real_seconds"]
    result["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return result


def _turns(desk: Desk, reports: Sequence[Report]) -> int:
    for first in range(0, len(reports), TURN):
        some = reports[first : first + TURN]
        now = START + timedelta(days=1)
        turn(desk, [(one, Raw(place=one.source, body=one.text.encode())) for one in some], now=now)
    return len(reports)


def _report(number: int, headline: str, text: str) -> Report:
    link = f"https://real.example/{number}"
    return Report(
        id=ReportId(make_id("real", number, text)),
        key=link,
        text=text,
        headline=headline,
        outlet=f"Paper {number % 50}",
        url=link,
        published=START + timedelta(seconds=number / RATE),
        language="en",
        source="https://real.example/feed",
    )


class Clock:
    """Seconds of the processor by step, each without those of the steps inside it."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._inside: list[float] = []

    def timed(self, step: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """Return `work`, counted as `step`."""

        def watched(*given: Any, **named: Any) -> Any:
            began = time.process_time()
            self._inside.append(0.0)
            try:
                done = work(*given, **named)
                return list(done) if isinstance(done, Iterator) else done
            finally:
                whole = time.process_time() - began
                self.spent[step] += whole - self._inside.pop()
                if self._inside:
                    self._inside[-1] += whole

        return watched


class Watched:
    """Something whose every method is timed."""

    def __init__(self, one: object, clock: Clock, name: str) -> None:
        self._one, self._clock, self._name = one, clock, name

    def __getattr__(self, called: str) -> Any:
        found = getattr(self._one, called)
        return self._clock.timed(f"{self._name}.{called}", found) if callable(found) else found
