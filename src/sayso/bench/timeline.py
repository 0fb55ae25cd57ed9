"""How near the timeline comes to a journalist's, on Timeline17: date F1 and alignment ROUGE-1 F1.

The usual protocol (Martschat and Markert 2018; Ghalandari and Ifrim, "Examining the state of the
art in news timeline summarization", ACL 2020): for each timeline of a journalist, the reports of
its set published within its span; asked for as many days as it has, within its span, and as many
sentences a day as it has on average, rounded. Days that a set gives twice are one day.
Each timeline is measured by itself and all count the same; a set may have several.

The sets' reports are one outlet's here, where the published figures (0.544 and 0.120) were
measured on all outlets' reports of a subject together; and they know no headline and no parts.
The keywords of a set are not used: a story has none, and finds what it is about by itself.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sayso.bench.rouge import alignment_rouge, date_f1, words
from sayso.brief.material import Material
from sayso.brief.timeline import make_timeline
from sayso.extract.times import find_times
from sayso.records import Cursor, Findings, Report, ReportId
from sayso.trace.owners import Owners

Gold = Mapping[date, tuple[str, ...]]
"""A journalist's timeline: the sentences of each day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One timeline of a journalist, and the reports that it could have been made from."""

    name: str
    gold: Gold
    material: Material

    @property
    def span(self) -> tuple[date, date]:
        return min(self.gold), max(self.gold)


def measure(data_dir: Path) -> dict[str, float]:
    """Return the mean of both measures over all timelines, and each timeline's own."""
    result: dict[str, float] = {}
    for case in read_cases(data_dir):
        date_score, rouge = judge(case)
        result[f"{case.name} date_f1"] = date_score
        result[f"{case.name} rouge1_f1"] = rouge
    for what in ("date_f1", "rouge1_f1"):
        scores = [score for name, score in result.items() if name.endswith(f" {what}")]
        result[what] = sum(scores) / max(1, len(scores))
    result["timelines"] = len(scores)
    return result


def table(result: Mapping[str, float]) -> str:
    """Return the measures as a table."""
    names = [name.removesuffix(" date_f1") for name in result if name.endswith(" date_f1")]
    lines = [f"{'timeline':<26}{'date F1':>10}{'ROUGE-1 F1':>12}"]
    for name in names:
        both = result[f"{name} date_f1"], result[f"{name} rouge1_f1"]
        lines.append(f"{name:<26}{both[0]:>10.3f}{both[1]:>12.3f}")
    mean = f"mean of {result['timelines']:.0f}"
    lines.append(f"{mean:<26}{result['date_f1']:>10.3f}{result['rouge1_f1']:>12.3f}")
    return "\n".join(lines)


def judge(case: Case) -> tuple[float, float]:
    """Return date F1 and alignment-based ROUGE-1 F1 of the timeline made for `case`."""
    sentences = sum(len(told) for told in case.gold.values())
    made = make_timeline(
        case.material,
        {},
        days=len(case.gold),
        a_day=max(1, round(sentences / len(case.gold))),
        within=case.span,
    )
    found = {
        day.day: words(word for entry in day.entries for word in entry.quote.words) for day in made
    }
    gold = {day: words(told) for day, told in case.gold.items()}
    return date_f1(found, gold), alignment_rouge(found, gold)


def read_cases(data_dir: Path) -> Iterator[Case]:
    """Yield a case for each timeline of each set below `data_dir`."""
    for path in sorted((data_dir / "timelines").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield from _cases(json.loads(line))


def _cases(record: dict[str, Any]) -> Iterator[Case]:
    reports = [_report(record["name"], number, one) for number, one in enumerate(record["reports"])]
    found = {one.id: Findings(report=one.id, times=find_times(one)) for one in reports}
    for number, given in enumerate(record["gold"], start=1):
        gold: dict[date, tuple[str, ...]] = defaultdict(tuple)
        for day, told in given:
            gold[date.fromisoformat(day)] += tuple(told)
        first, last = min(gold), max(gold)
        inside = [one for one in reports if one.published and first <= one.published.date() <= last]
        material = Material(
            reports=tuple(inside),
            findings={one.id: found[one.id] for one in inside},
            lineages={},
            statements=(),
            owners=Owners(),
            cursor=Cursor(0),
        )
        name = record["name"] if len(record["gold"]) == 1 else f"{record['name']} {number}"
        yield Case(name=name, gold=dict(gold), material=material)


def _report(name: str, number: int, one: dict[str, Any]) -> Report:
    report_id = ReportId(f"{name}-{number:04d}")
    return Report(
        id=report_id,
        key=report_id,
        text=one["text"],
        headline="",
        outlet=name,
        published=datetime.fromisoformat(one["date"]).replace(tzinfo=UTC),
        language="en",
    )
