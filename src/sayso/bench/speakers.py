"""How many pronouns that speak are given to the right speaker, left open, or given to a wrong one.

Labels are stand-off: the set and the report, where the pronoun stands, and who it is by the name
that a reader of the report would give; or, where the report names nobody, by what he or she is.
A name agrees when the words of one stand in the other ("Ames" and "Ida Ames").
Somebody whom the report does not name is right when no name is given and the role agrees.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from sayso.extract.speakers import resolve
from sayso.ids import make_id
from sayso.normalise.jsonlines import read_record
from sayso.ports import Finder
from sayso.records import Attribution, AttributionId, Report, Span, Speaker

Verdict = Literal["right", "open", "wrong"]

LABELS = Path("bench") / "labels" / "pronouns.jsonl"
READ_AT = datetime(2031, 1, 1, tzinfo=UTC)  # after every report; nothing measured depends on it


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Who one pronoun is."""

    set: str  # the file, below the folder of all data
    report: str  # its id, or "line:number" where a line holds many reports
    span: Span
    name: str | None  # None: nobody is named
    role: str | None
    half: str = "first"  # the second was labelled before anything was measured on it


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One label, what was made of it, and the verdict."""

    label: Label
    speaker: Speaker | None
    verdict: Verdict


def measure(finder: Finder, data_dir: Path, labels: Path = LABELS) -> dict[str, float]:
    """Return the shares of right, open and wrong, over all and by set."""
    return summarise(list(judge_all(finder, data_dir, read_labels(labels))))


def table(result: Mapping[str, float]) -> str:
    """Return the measures as a table."""
    sets = sorted({name.rpartition(" ")[0] for name in result if name.endswith(" right")})
    lines = [f"{'pronouns of':<12} {'cases':>6} {'right':>7} {'open':>7} {'wrong':>7}"]
    for name in sets:
        values = "".join(f" {result[f'{name} {one}']:>7.3f}" for one in ("right", "open", "wrong"))
        lines.append(f"{name:<12} {result[f'{name} cases']:>6.0f}{values}")
    return "\n".join(lines)


def read_labels(path: Path) -> list[Label]:
    """Return the labels of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    return [
        Label(
            set=record["set"],
            report=record["report"],
            span=Span(record["start"], record["end"]),
            name=record["name"],
            role=record.get("role"),
            half=record.get("half", "first"),
        )
        for record in records
    ]


def judge_all(finder: Finder, data_dir: Path, labels: Iterable[Label]) -> Iterator[Case]:
    """Yield each label with the speaker that was found and the verdict."""
    for label, speaker in resolve_all(finder, data_dir, labels):
        yield Case(label=label, speaker=speaker, verdict=judge(label, speaker))


def resolve_all(
    finder: Finder, data_dir: Path, labels: Iterable[Label]
) -> Iterator[tuple[Label, Speaker | None]]:
    """Yield each label with the speaker that was found, report by report."""
    by_report: dict[tuple[str, str], list[Label]] = defaultdict(list)
    for label in labels:
        by_report[label.set, label.report].append(label)
    for (_, _), report, asked in _reports(data_dir, by_report):
        speakers = _speakers(finder, report, [label.span for label in asked])
        for label in asked:
            yield label, speakers.get(label.span)


def judge(label: Label, speaker: Speaker | None) -> Verdict:
    """Return whether a speaker is who the label says."""
    if speaker is None or (speaker.name is None and speaker.role is None):
        return "open"
    if speaker.name is None:
        if label.name is not None:
            return "wrong"
        return "right" if _agree(label.role or "", speaker.role or "") else "wrong"
    if label.name is None:
        return "wrong"
    return "right" if _agree(label.name, speaker.name) else "wrong"


def summarise(cases: Sequence[Case]) -> dict[str, float]:
    """Return the counts and shares of verdicts, by set and over all."""
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for case in cases:
        groups["all"].append(case.verdict)
        groups[f"{case.label.half} half"].append(case.verdict)
        groups[case.label.set.partition("/")[0]].append(case.verdict)
    result: dict[str, float] = {}
    for name, verdicts in groups.items():
        result[f"{name} cases"] = len(verdicts)
        for one in ("right", "open", "wrong"):
            result[f"{name} {one}"] = verdicts.count(one) / len(verdicts)
    return result


def _agree(one: str, other: str) -> bool:
    here = set(re.findall(r"\w+", one.lower()))
    there = set(re.findall(r"\w+", other.lower()))
    return here <= there or there <= here


def _speakers(finder: Finder, report: Report, asked: list[Span]) -> dict[Span, Speaker | None]:
    """Resolve the report's attributions, with one for each pronoun that the finder missed."""
    attributions = list(finder.find(report))
    held = {attribution.source for attribution in attributions}
    for span in asked:
        if span not in held:
            attributions.append(_bare(report, span))
    resolved = resolve(report, attributions)
    return {one.source: one.speaker for one in resolved if one.source is not None}


def _bare(report: Report, span: Span) -> Attribution:
    return Attribution(
        id=AttributionId(make_id("asked", report.id, span)),
        cue=None,
        content=(),
        source=span,
        manner="indirect",
        confidence=1.0,
        maker="label",
    )


def _reports(
    data_dir: Path, asked: Mapping[tuple[str, str], list[Label]]
) -> Iterator[tuple[tuple[str, str], Report, list[Label]]]:
    for name in sorted({name for name, _ in asked}):
        with gzip.open(data_dir / name, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                record = json.loads(line)
                for key, one in _records(number, record):
                    if (name, key) in asked:
                        report = read_record(one, place=f"{name}:{key}", now=READ_AT)
                        yield (name, key), report, asked[name, key]


def _records(number: int, record: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    if "reports" in record:
        for at, one in enumerate(record["reports"]):
            yield f"{number}:{at}", one
    else:
        yield str(record["id"]), record
