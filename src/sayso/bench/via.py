"""How many chains of report are read: who said it, and who passed it on.

Labels are stand-off: the report, the spans of source, cue and content, and the links from the
speaker outwards. A chain is *found* where a statement has a source that shares a character with
the gold source and a link that shares one with the gold link; *unlinked* where the speaker is
found without the link; *taken for the speaker* where whoever passed it on is given as speaker.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from sayso.bench.speakers import READ_AT
from sayso.extract.findings import extract
from sayso.normalise.jsonlines import read_record
from sayso.ports import Finder
from sayso.records import Attribution, Report, Span

Verdict = Literal["found", "unlinked", "taken for the speaker", "missed"]
VERDICTS: tuple[Verdict, ...] = ("found", "unlinked", "taken for the speaker", "missed")

LABELS = Path("bench") / "labels" / "via.jsonl"


def measure(finder: Finder, data_dir: Path, labels: Path = LABELS) -> dict[str, float]:
    """Return the share of each verdict over the labelled chains, and their number."""
    verdicts = [verdict for _, verdict in judge_all(finder, data_dir, labels)]
    result: dict[str, float] = {"cases": len(verdicts)}
    for one in VERDICTS:
        result[one] = verdicts.count(one) / len(verdicts)
    return result


def table(result: Mapping[str, float]) -> str:
    """Return the measures as a table."""
    lines = [f"{'chains':<24} {result['cases']:>6.0f}"]
    lines.extend(f"{one:<24} {result[one]:>6.3f}" for one in VERDICTS)
    return "\n".join(lines)


def judge_all(
    finder: Finder, data_dir: Path, labels: Path
) -> Iterator[tuple[dict[str, Any], Verdict]]:
    """Yield each label with its verdict."""
    asked: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for line in labels.read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        asked[label["set"], label["report"]].append(label)
    for name in sorted({name for name, _ in asked}):
        with gzip.open(data_dir / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                wanted = asked.get((name, str(record["id"])), [])
                if wanted:
                    report = read_record(record, place=name, now=READ_AT)
                    yield from _judge(finder, report, wanted)


def _judge(
    finder: Finder, report: Report, labels: list[dict[str, Any]]
) -> Iterator[tuple[dict[str, Any], Verdict]]:
    found = extract(report, finder).attributions
    for label in labels:
        yield label, judge(found, label)


def judge(found: tuple[Attribution, ...], label: Mapping[str, Any]) -> Verdict:
    """Return what became of one labelled chain."""
    source = Span(*label["source"])
    content = [Span(*piece) for piece in label["content"]]
    links = [Span(*link["source"]) for link in label["via"]]
    about = [one for one in found if any(a.meets(b) for a in one.content for b in content)]
    spoken = [one for one in about if one.source is not None and one.source.meets(source)]
    if any(link.source.meets(gold) for one in spoken for link in one.via for gold in links):
        return "found"
    if spoken:
        return "unlinked"
    if any(one.source is not None and one.source.meets(gold) for one in about for gold in links):
        return "taken for the speaker"
    return "missed"
