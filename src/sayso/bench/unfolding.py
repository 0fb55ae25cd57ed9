"""Developments and series of figures of the invented newsroom, against its gold.

The reports come in the order of their true times, as a desk that polls would have had them.
Developments are counted by kind over all gold attributions that have one (`developments_…`), and
once more with the gold's own attributions in the place of those that were found (`given_…`), which
tells what the comparison itself is worth. Two figures belong together when the gold has them count
the same; a series is right when all its figures, and no other labelled one, stand in one of ours.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import combinations
from typing import Any

from sayso.bench.attribution import Tally
from sayso.extract.figures import find_figures
from sayso.records import (
    Attribution,
    AttributionId,
    FigureId,
    Findings,
    Report,
    ReportId,
    Span,
    Speaker,
)
from sayso.thread.counts import read_counts
from sayso.thread.developments import StorySoFar
from sayso.thread.series import AllSeries

Row = dict[str, Any]
Locate = Callable[[Row], Span | None]

KINDS = ("new", "repeated", "changed", "disputed")

Steps = dict[tuple[ReportId, AttributionId], str]
"""Each statement of a report, and what it adds to its story."""


def steps_of(
    reports: Iterable[Report], findings: Mapping[ReportId, Findings], placed: Mapping[ReportId, str]
) -> Steps:
    """Return what each statement adds; `reports` in the order in which they came."""
    stories: dict[str, StorySoFar] = defaultdict(StorySoFar)
    last: dict[str, ReportId] = {}
    steps: Steps = {}
    for report in reports:
        taken = stories[placed[report.id]].take(
            report, findings[report.id], replaces=last.get(report.key)
        )
        for step in taken:
            steps[report.id, step.utterance.attribution] = step.kind
        last[report.key] = report.id
    return steps


def score_developments(
    name: str,
    wanted: Mapping[str, str],
    pairs: Mapping[str, tuple[ReportId, AttributionId]],
    steps: Steps,
) -> dict[str, float]:
    """Return F1 by kind, and over all kinds; `wanted` and `pairs` are by gold attribution."""
    right: Counter[str] = Counter()
    for gold, kind in wanted.items():
        if gold in pairs and steps.get(pairs[gold]) == kind:
            right[kind] += 1
    found, gold_kinds = Counter(steps.values()), Counter(wanted.values())
    scores = {
        f"{name}_{kind}_f1": Tally(right[kind], found[kind], gold_kinds[kind]).f1 for kind in KINDS
    }
    whole = Tally(right.total(), sum(found[k] for k in KINDS), sum(gold_kinds[k] for k in KINDS))
    return {f"{name}_f1": whole.f1, **scores}


def given_findings(
    report: Report, rows: Iterable[Row], locate: Locate, found: Findings
) -> Findings:
    """Return findings of the gold's own attributions, with the figures that are found in them."""
    given = [made for row in rows if (made := _attribution(row, locate)) is not None]
    return replace(
        found,
        attributions=tuple(given),
        figures=find_figures(report, given, found.times),
    )


def _attribution(row: Row, locate: Locate) -> Attribution | None:
    content = [span for place in row["content"] if (span := locate(place)) is not None]
    if len(content) < len(row["content"]):
        return None
    told = row["speaker"]
    return Attribution(
        id=AttributionId(row["id"]),
        cue=locate(row["cue"]) if row["cue"] else None,
        content=tuple(content),
        source=locate(row["source"]) if row["source"] else None,
        manner=row["manner"],
        modality=row["modality"],
        confidence=1.0,
        maker="gold/1",
        speaker=Speaker(
            name=told["name"], role=told["role"], country=told["country"], kind=told["kind"]
        )
        if told
        else None,
        said_on=date.fromisoformat(row["said_on"]) if row["said_on"] else None,
    )


Figured = dict[tuple[ReportId, Span], tuple[str, FigureId | None]]
"""Each labelled figure: what it counts, and the first figure of the series that it stands in."""


def figured_in(
    reports: Sequence[Report],
    findings: Mapping[ReportId, Findings],
    placed: Mapping[ReportId, str],
    labels: Mapping[ReportId, Sequence[tuple[Span, str]]],
) -> Figured:
    """Return in which of our series each labelled figure stands."""
    stories: dict[str, AllSeries] = defaultdict(AllSeries)
    for report in reports:
        for count in read_counts(report, findings[report.id]):
            stories[placed[report.id]].add(count)
    stands = {
        (count.report, count.figure.id): series.first.figure.id
        for all_ in stories.values()
        for series in all_.all
        for count in series.counts
    }
    figured: Figured = {}
    for labelled, rows in labels.items():
        for span, counts in rows:
            hit = next((f for f in findings[labelled].figures if f.span.meets(span)), None)
            figured[labelled, span] = counts, stands.get((labelled, hit.id)) if hit else None
    return figured


def score_series(figured: Figured) -> dict[str, float]:
    """Return how many series are right, how many of ours hold two, and F1 over pairs of figures."""
    pairs: Counter[tuple[bool, bool]] = Counter()
    for (counted, ours), (other, theirs) in combinations(figured.values(), 2):
        pairs[counted == other, ours is not None and ours == theirs] += 1
    held: dict[FigureId, set[str]] = defaultdict(set)
    stands: dict[str, list[FigureId | None]] = defaultdict(list)
    for counts, number in figured.values():
        stands[counts].append(number)
        if number is not None:
            held[number].add(counts)
    mixed = {number for number, counts in held.items() if len(counts) > 1}
    several = [numbers for numbers in stands.values() if len(numbers) > 1]
    whole = [
        numbers
        for numbers in several
        if len(set(numbers)) == 1 and numbers[0] is not None and numbers[0] not in mixed
    ]
    tally = Tally(
        pairs[True, True],
        pairs[True, True] + pairs[False, True],
        pairs[True, True] + pairs[True, False],
    )
    return {
        "series_right": len(whole) / len(several),
        "series_mixed": float(len(mixed)),
        "series_precision": tally.precision,
        "series_f1": tally.f1,
    }


def true_order(reports: Iterable[Report], times: Mapping[ReportId, str]) -> list[Report]:
    """Return the reports by their true times, as a desk that polls would have had them."""
    return sorted(reports, key=lambda one: (datetime.fromisoformat(times[one.id]), one.id))
