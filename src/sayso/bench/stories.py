"""How well reports are sorted into stories: BCubed F1 on two streams.

BCubed is Bagga and Baldwin's (1998): for each report, the share of its story's reports that are
of its gold story (precision) and the share of its gold story's that are with it (recall).

`basil`: three outlets on one event each, hidden among AllSides reports dated within four days of
one of them, as a stream; only the hidden reports count. `ecbplus`: events in confusable pairs,
undated, shuffled, as a stream.
"""

from __future__ import annotations

import gzip
import json
import random
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sayso.records import Report, ReportId
from sayso.thread.threads import thread_all

NEAR_DAYS = 4
SEEDS = (1, 2, 3)


def measure(data: Path) -> dict[str, float]:
    """Return precision, recall and F1 of both streams, and reports a second."""
    result: dict[str, float] = {}
    basil, background = _basil(data)
    gold = {report.id: story for report, story in basil}
    began = time.perf_counter()
    placed = _place([report for report, _ in basil] + background)
    result["basil_reports_a_second"] = len(placed) / (time.perf_counter() - began)
    result |= {f"basil_{name}": value for name, value in bcubed(placed, gold).items()}
    scores: dict[str, list[float]] = defaultdict(list)
    reports = _ecbplus(data)
    for seed in SEEDS:
        gold = {report.id: story for report, story in reports}
        for name, value in bcubed(_place_shuffled(reports, seed), gold).items():
            scores[name].append(value)
    result |= {f"ecbplus_{name}": sum(all_) / len(all_) for name, all_ in scores.items()}
    return result


def table(result: Mapping[str, float]) -> str:
    """Return the measures as a table."""
    lines = [f"{'stream':<10} {'precision':>9} {'recall':>9} {'BCubed F1':>9}"]
    for name in ("basil", "ecbplus"):
        values = (result[f"{name}_{one}"] for one in ("precision", "recall", "f1"))
        lines.append(f"{name:<10} " + " ".join(f"{value:>9.3f}" for value in values))
    lines.append(f"{result['basil_reports_a_second']:.0f} reports a second")
    return "\n".join(lines)


def bcubed(placed: Mapping[ReportId, str], gold: Mapping[ReportId, str]) -> dict[str, float]:
    """Return BCubed precision, recall and F1 over the reports of `gold`."""
    by_story: dict[str, set[ReportId]] = defaultdict(set)
    by_gold: dict[str, set[ReportId]] = defaultdict(set)
    for report, story in gold.items():
        by_gold[story].add(report)
        by_story[placed[report]].add(report)
    precision = recall = 0.0
    for report, story in gold.items():
        together = by_story[placed[report]]
        right = len(together & by_gold[story])
        precision += right / len(together) / len(gold)
        recall += right / len(by_gold[story]) / len(gold)
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall),
    }


def _place(reports: Iterable[Report]) -> dict[ReportId, str]:
    _, placements = thread_all(reports)
    return {one.report: one.story for one in placements}


def _place_shuffled(reports: list[tuple[Report, str]], seed: int) -> dict[ReportId, str]:
    # Undated reports are taken in the order of their ids, so the ids are what is shuffled.
    shuffled = [report for report, _ in reports]
    random.Random(seed).shuffle(shuffled)
    renamed = {ReportId(f"{i:06}"): report for i, report in enumerate(shuffled)}
    given = [_renamed(report, new) for new, report in renamed.items()]
    return {renamed[new].id: story for new, story in _place(given).items()}


def _renamed(report: Report, new: ReportId) -> Report:
    return Report(id=new, key=new, text=report.text, headline=report.headline, outlet=report.outlet)


def _lines(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def _report(id: str, told: Mapping[str, Any]) -> Report:
    day = told.get("date")
    return Report(
        id=ReportId(id),
        key=id,
        text=told["text"],
        headline=told.get("title") or told["text"].split("\n", 1)[0],
        outlet=told.get("outlet") or "",
        published=datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None,
    )


def _basil(data: Path) -> tuple[list[tuple[Report, str]], list[Report]]:
    basil = [
        (_report(f"basil-{i:03}", told), told["story"])
        for i, told in enumerate(_lines(data / "stories" / "basil.jsonl.gz"))
    ]
    days = {report.published.date() for report, _ in basil if report.published}
    near = {day + timedelta(days=n) for day in days for n in range(-NEAR_DAYS, NEAR_DAYS + 1)}
    hosts = {report.text[:200] for report, _ in basil}
    background = []
    for told in _lines(data / "allsides" / "reports.jsonl.gz"):
        report = _report(told["id"], told)
        if report.published and report.published.date() in near and report.text[:200] not in hosts:
            background.append(report)
    return basil, background


def _ecbplus(data: Path) -> list[tuple[Report, str]]:
    return [
        (_report(told["id"], told), told["story"])
        for told in _lines(data / "stories" / "ecbplus.jsonl.gz")
    ]
