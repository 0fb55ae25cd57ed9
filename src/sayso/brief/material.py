"""All that one briefing is made from, and small questions about it.

Nothing in here is shown yet; nothing in here is chosen yet.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sayso.brief.records import Dropped, Quote
from sayso.records import (
    Attribution,
    AttributionId,
    Change,
    Cursor,
    Findings,
    Lineage,
    Report,
    ReportId,
    Span,
    Statement,
    StatementId,
    StoryId,
)
from sayso.thread.told import statement_id
from sayso.trace.owners import Owners

CONTEXT = 600
"""Characters of a paragraph on either side of the words: enough to read them in place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Reports and all that was found about them."""

    reports: tuple[Report, ...]
    findings: Mapping[ReportId, Findings]
    lineages: Mapping[ReportId, Lineage]
    statements: tuple[Statement, ...]
    owners: Owners
    replaced: Mapping[ReportId, ReportId] = field(default_factory=dict)  # version to the next one
    withdrawn: Mapping[ReportId, str] = field(default_factory=dict)  # report to the reason
    arrived: Mapping[ReportId, tuple[Cursor, datetime]] = field(default_factory=dict)
    steps: Mapping[StatementId, Change] = field(default_factory=dict)  # the first of each
    dropped: tuple[Dropped, ...] = ()
    story: StoryId | None = None
    cursor: Cursor


def news(steps: Iterable[Change]) -> dict[StatementId, Change]:
    """Return the step by which each statement came into the story."""
    first: dict[StatementId, Change] = {}
    for one in steps:
        if one.development.statement is not None:
            first.setdefault(one.development.statement, one)
    return first


def step_of(material: Material, statement: Statement) -> Change | None:
    """Return the step by which `statement` came into its story; None: it was told already.

    Where only reports are followed and not what they say, it came with its first carrier.
    """
    steps = [
        material.steps[key]
        for utterance in statement.utterances
        if (key := statement_id(utterance)) in material.steps
    ]
    return min(steps, key=lambda one: one.cursor, default=None)


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution with the report it stands in."""

    report: Report
    attribution: Attribution


def index(material: Material) -> dict[tuple[ReportId, AttributionId], Said]:
    """Return every attribution of `material` by its reference."""
    by_id = {report.id: report for report in material.reports}
    return {
        (report_id, attribution.id): Said(by_id[report_id], attribution)
        for report_id, found in material.findings.items()
        if report_id in by_id
        for attribution in found.attributions
    }


def quote(report: Report, *spans: Span) -> Quote:
    """Cut `spans` out of `report`."""
    return Quote(report.id, spans, tuple(report.cut(span) for span in spans))


def paragraph(report: Report, span: Span) -> Span:
    """Return the part that holds `span`, or else the lines between two line breaks."""
    for part in report.parts:
        if part.span.holds(span):
            return part.span
    start = report.text.rfind("\n", 0, span.start) + 1
    end = report.text.find("\n", span.end)
    return Span(start, len(report.text) if end < 0 else end)


def between(report: Report, spans: tuple[Span, ...]) -> tuple[str, ...]:
    """Return the words between the pieces of a quotation; none where they are too far apart."""
    found = tuple(report.text[one.end : other.start] for one, other in itertools.pairwise(spans))
    return found if all(len(one) <= CONTEXT for one in found) else ()


def around(report: Report, spans: tuple[Span, ...]) -> tuple[str, str]:
    """Return the words of the paragraph before the first and after the last of `spans`."""
    first, last = spans[0], spans[-1]
    before = paragraph(report, first)
    after = paragraph(report, last)
    return (
        report.text[max(before.start, first.start - CONTEXT) : first.start],
        report.text[last.end : min(after.end, last.end + CONTEXT)],
    )
