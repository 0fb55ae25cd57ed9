"""How well figures are read, on paragraphs in which every number was judged by hand.

Labels are stand-off: the set, the report, the paragraph's place, and in it each figure's place,
limits, bound, unit and what it counts; a number in the paragraph that is not among them is no
figure. "ignore" holds places whose digits were damaged in the set; what is found there is dropped.
Paragraphs fall into two halves by a digest of set and report: errors of "dev" were read while the
rules were written, those of "held out" never.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from sayso.extract.figures import find_figures
from sayso.extract.times import find_times
from sayso.records import Figure, Report, ReportId, Span

LABELS = Path("bench") / "labels" / "figures.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One figure as people read it."""

    span: Span
    low: float | None
    high: float | None
    bound: str
    unit: str | None
    counts: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A stretch of one report in which every figure is labelled."""

    set: str  # the file, below the folder of all data
    report: str  # its id, or its number in the set
    half: str
    span: Span
    labels: tuple[Label, ...]
    ignored: tuple[Span, ...]


def measure(data_dir: Path, labels: Path = LABELS) -> dict[str, float]:
    """Return F1 of the figures, and the share of those found whose counted thing is right."""
    tallies: dict[str, Counter[str]] = {"dev": Counter(), "held out": Counter()}
    for paragraph in read_labels(labels):
        report = _reports(data_dir, paragraph.set)[paragraph.report]
        tallies[paragraph.half].update(judge(paragraph, report))
    result: dict[str, float] = {}
    for half, tally in tallies.items():
        both = max(1, tally["labels"] + tally["figures"])
        result[f"{half} labels"] = tally["labels"]
        for what in ("found", "span+value+bound", "and unit"):
            result[f"{half} {what}"] = 2 * tally[what] / both
        result[f"{half} counts"] = tally["counts"] / max(1, tally["found"])
    return result


def table(result: Mapping[str, float]) -> str:
    """Return the measures as a table."""
    heads = ("labels", "found", "span+value+bound", "and unit", "counts")
    lines = [f"{'figures, F1':<12}" + "".join(f"{head:>18}" for head in heads)]
    for half in ("dev", "held out"):
        values = "".join(f"{result[f'{half} {head}']:>18.3f}" for head in heads[1:])
        lines.append(f"{half:<12}{result[f'{half} labels']:>18.0f}{values}")
    return "\n".join(lines)


def judge(paragraph: Paragraph, report: Report) -> Counter[str]:
    """Count how far the figures found in a paragraph agree with its labels, one to one."""
    figures = [
        figure
        for figure in find_figures(report, (), find_times(report))
        if paragraph.span.holds(figure.span)
        and not any(figure.span.meets(ignored) for ignored in paragraph.ignored)
    ]
    tally = Counter(labels=len(paragraph.labels), figures=len(figures))
    free = list(paragraph.labels)
    for figure in figures:
        label = next((label for label in free if label.span.meets(figure.span)), None)
        if label is None:
            continue
        free.remove(label)
        agrees = label.span == figure.span and _same_limits(label, figure)
        counted = report.cut(label.counts) if label.counts else None
        tally["found"] += 1
        tally["span+value+bound"] += agrees
        tally["and unit"] += agrees and label.unit == figure.unit
        tally["counts"] += counted == figure.counts
    return tally


def read_labels(path: Path) -> Iterator[Paragraph]:
    """Yield the labelled paragraphs of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield Paragraph(
                set=record["file"],
                report=str(record["report"]),
                half="dev" if record["half"] == "dev" else "held out",
                span=Span(record["start"], record["end"]),
                labels=tuple(_label(label) for label in record["figures"]),
                ignored=tuple(Span(*place) for place in record["ignore"]),
            )


def _label(record: Mapping[str, Any]) -> Label:
    return Label(
        span=Span(record["start"], record["end"]),
        low=record["low"],
        high=record["high"],
        bound=record["bound"],
        unit=record["unit"],
        counts=Span(*record["counts"]) if record["counts"] else None,
    )


def _same_limits(label: Label, figure: Figure) -> bool:
    return (
        _same(label.low, figure.low)
        and _same(label.high, figure.high)
        and label.bound == figure.bound
    )


def _same(one: float | None, other: float | None) -> bool:
    """Whether two limits are one; a third is written with three digits or with more."""
    if one is None or other is None:
        return one is other
    return abs(one - other) <= 1e-3 * max(abs(one), abs(other))


@cache
def _reports(data_dir: Path, name: str) -> dict[str, Report]:
    """Return the reports of one set by id, or by number where a line holds many."""
    reports: dict[str, Report] = {}
    with gzip.open(data_dir / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if "reports" in record:
                for number, told in enumerate(record["reports"]):
                    reports[str(number)] = _report(str(number), told)
            else:
                reports[record["id"]] = _report(record["id"], record)
    return reports


def _report(report_id: str, told: Mapping[str, Any]) -> Report:
    return Report(
        id=ReportId(report_id),
        key=report_id,
        text=told["text"],
        headline="",
        outlet="",
        published=datetime.fromisoformat(told["date"][:10]).replace(tzinfo=UTC),
    )
