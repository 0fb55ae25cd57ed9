"""A report's whole text, part by part, with the part that each stretch of it plays.

Every character of the text is in one stretch, also what stands between the parts. Where roles
overlap, the narrower one is shown: a cue inside a source, a source inside the words of another.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.records import Attribution, AttributionId, Findings, PartKind, Report, Span
from sayso.render.passage import Role, Stretch


@dataclass(frozen=True, slots=True)
class MarkedPart:
    """A part of a report, cut by role; `opens` are the attributions whose words begin in it."""

    kind: PartKind | None  # None: text that belongs to no part
    stretches: tuple[Stretch, ...]
    opens: tuple[AttributionId, ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    span: Span
    role: Role


def mark(report: Report, findings: Findings) -> tuple[MarkedPart, ...]:
    """Return the parts of `report` in text order, with what was found in them marked."""
    marks = [each for one in findings.attributions for each in _marks(one)]
    return tuple(
        MarkedPart(kind, tuple(_cut(report, span, marks)), tuple(_opens(span, findings)))
        for kind, span in _parts(report)
        if report.cut(span).strip()
    )


def _parts(report: Report) -> Iterator[tuple[PartKind | None, Span]]:
    position = 0
    for part in report.parts:
        if part.span.start > position:
            yield None, Span(position, part.span.start)
        yield part.kind, part.span
        position = part.span.end
    if position < len(report.text):
        yield None, Span(position, len(report.text))


def _marks(attribution: Attribution) -> Iterator[_Mark]:
    for span in attribution.content:
        yield _Mark(span, "words")
    roles: list[tuple[Role, Span | None]] = [
        ("source", attribution.source),
        ("addressee", attribution.addressee),
        ("channel", attribution.channel),
        ("cue", attribution.cue),
    ]
    for role, place in roles:
        if place is not None:
            yield _Mark(place, role)


def _opens(span: Span, findings: Findings) -> Iterator[AttributionId]:
    for attribution in findings.attributions:
        if attribution.content and span.start <= attribution.content[0].start < span.end:
            yield attribution.id


def _cut(report: Report, span: Span, marks: Sequence[_Mark]) -> Iterator[Stretch]:
    here = [each for each in marks if each.span.meets(span)]
    edges = sorted(
        {span.start, span.end}
        | {edge for each in here for edge in (each.span.start, each.span.end)}
    )
    edges = [edge for edge in edges if span.start <= edge <= span.end]
    for start, end in itertools.pairwise(edges):
        piece = Span(start, end)
        holding = [each for each in here if each.span.holds(piece)]
        role: Role = min(holding, key=lambda each: len(each.span)).role if holding else "plain"
        yield Stretch(report.cut(piece), role, piece)
