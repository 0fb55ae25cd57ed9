"""How fast each stage is: reports a second, peak memory, start-up time.

Stages are timed one after the other in one process over the same reports, so that the figures
of one run can be compared with each other; between machines only ratios can. Reports come from
the data folder when it is there, from the invented newsroom when not.
"""

from __future__ import annotations

import gzip
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from sayso.app import Read, load_finder, now, open_desk, open_store, read_places
from sayso.brief.make import make_briefing
from sayso.brief.records import Edition
from sayso.config import Settings
from sayso.engines.local import LocalEngine
from sayso.errors import SaysoError
from sayso.extract.around import around
from sayso.extract.figures import find_figures
from sayso.extract.speakers import resolve
from sayso.extract.times import find_times
from sayso.pipeline import Memory, decide, gather, kept_as, turn
from sayso.records import Cursor, Report
from sayso.render.page import render_page

T = TypeVar("T")

STARTS = 5
REPORTS = 300
TURN = 50
NEWSROOM = Path("examples") / "newsroom" / "wire"


def measure(data: Path | None, settings: Settings, *, limit: int = REPORTS) -> dict[str, Any]:
    """Return reports a second of each stage, peak memory in MB and start-up time in seconds."""
    result: dict[str, Any] = {"finder": settings.finder, "cores": os.cpu_count()}
    with tempfile.TemporaryDirectory() as folder:
        place, result["corpus"] = _corpus(data, Path(folder), limit)
        rates: dict[str, float] = {}

        def timed(name: str, work: Callable[[], T], number: int | None = None) -> T:
            began = time.perf_counter()
            done = work()
            rates[name] = (number or len(read)) / (time.perf_counter() - began)
            return done

        load_finder(settings.finder)
        began = time.perf_counter()
        read = _read(place, settings)
        rates["read"] = len(read) / (time.perf_counter() - began)
        reports = [report for report, _ in read]
        result["reports"] = len(reports)
        result["words"] = sum(len(report.text.split()) for report in reports)
        _time_extraction(reports, settings, timed)
        with LocalEngine(1) as engine:
            store = open_store(settings, str(Path(folder) / "parts.db"))
            desk = open_desk(settings, store, engine)
            memory = Memory(cursor=Cursor(0), since=now())
            timed("trace and thread", lambda: decide(desk, memory, reports, {}, now=now()))
            store.close()
            store = open_store(settings, str(Path(folder) / "whole.db"))
            desk = open_desk(settings, store, engine)
            began = time.perf_counter()
            for start in range(0, len(read), TURN):
                turn(desk, read[start : start + TURN], now=now())
            rates["the whole turn, kept"] = len(read) / (time.perf_counter() - began)
            ids = list(dict.fromkeys(kept_as(store, reports)))
            material = timed("gather", lambda: gather(desk, ids, edition=Edition()))
            made = timed("brief", lambda: make_briefing(material, Edition()))
            timed("page", lambda: render_page(made))
            result["lines"] = len(made.lines)
            store.close()
    result["rates"] = rates
    result["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    result["start_seconds"] = start_up()
    return result


def _time_extraction(
    reports: list[Report], settings: Settings, timed: Callable[[str, Callable[[], Any]], Any]
) -> None:
    finder = load_finder(settings.finder)
    found = timed(
        f"find attributions ({finder.name})", lambda: [finder.find(one) for one in reports]
    )
    known = timed(
        "resolve speakers",
        lambda: [resolve(one, some) for one, some in zip(reports, found, strict=True)],
    )
    times = timed("find times", lambda: [find_times(one) for one in reports])
    whole = timed(
        "addressee, channel, day",
        lambda: [around(*some) for some in zip(reports, known, times, strict=True)],
    )
    timed(
        "find figures",
        lambda: [find_figures(*some) for some in zip(reports, whole, times, strict=True)],
    )


def start_up() -> float:
    """Return the median of what `sayso --help` takes, in seconds."""
    taken = []
    for _ in range(STARTS):
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "sayso.cli", "--help"], check=True, stdout=subprocess.DEVNULL
        )
        taken.append(time.perf_counter() - began)
    return sorted(taken)[STARTS // 2]


def table(result: dict[str, Any]) -> str:
    """Return the measures as a table."""
    lines = [
        f"{result['reports']} reports, {result['words'] / result['reports']:.0f} words each, "
        f"from {result['corpus']}; one process, {result['cores']} cores at hand",
        "",
        f"{'stage':<36} {'reports/s':>10}",
    ]
    lines += [f"{name:<36} {rate:>10.1f}" for name, rate in result["rates"].items()]
    lines += [
        "",
        f"peak memory {result['peak_mb']:.0f} MB; 'sayso --help' answers in "
        f"{result['start_seconds']:.2f} s; {result['lines']} lines in the briefing",
    ]
    return "\n".join(lines)


def _corpus(data: Path | None, folder: Path, limit: int) -> tuple[str, str]:
    if data is None:
        return str(NEWSROOM), "the invented newsroom"
    sample = folder / "sample.jsonl"
    with gzip.open(data / "allsides" / "reports.jsonl.gz", "rt", encoding="utf-8") as file:
        lines = file.readlines()
    # Every so manieth, so that all years and outlets are there and every run reads the same.
    sample.write_text("".join(lines[:: max(1, len(lines) // limit)][:limit]), encoding="utf-8")
    return str(sample), "AllSides"


def _read(place: str, settings: Settings) -> list[Read]:
    read: Iterable[Read | SaysoError] = read_places([place], settings, now=now())
    return [one for one in read if not isinstance(one, SaysoError)]
