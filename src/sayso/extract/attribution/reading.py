"""Between a report and its layout: which paragraphs are read, and findings as records."""

from __future__ import annotations

from sayso.extract.attribution.decode import Found, close_brackets, span_of
from sayso.extract.attribution.layout import HEADLINE_WORDS, Layout, split_paragraphs
from sayso.extract.attribution.manner import manner_of
from sayso.extract.attribution.modality import modality_of
from sayso.ids import make_id
from sayso.records import Attribution, AttributionId, PartKind, Report, Span

READ: tuple[PartKind, ...] = ("headline", "standfirst", "body", "correction", "note")
"""Parts that may say who said what; promotion, credits, captions and the like do not report."""


def paragraphs_of(report: Report) -> tuple[list[Span], list[bool]]:
    """Return the paragraphs to read, and of each whether it is a headline.

    A report that nobody cut into parts is read whole, its first line as a headline if short.
    """
    if not report.parts:
        lines = split_paragraphs(report.text, Span(0, len(report.text)))
        short = bool(lines) and len(report.cut(lines[0]).split()) <= HEADLINE_WORDS
        return lines, [short and at == 0 for at in range(len(lines))]
    paragraphs: list[Span] = []
    headlines: list[bool] = []
    for part in report.parts:
        if part.kind in READ:
            lines = split_paragraphs(report.text, part.span)
            paragraphs.extend(lines)
            headlines.extend([part.kind == "headline"] * len(lines))
    return paragraphs, headlines


def as_attribution(report: Report, layout: Layout, found: Found, maker: str) -> Attribution:
    """Return what was found as a record of the report; the speaker is left open."""
    cue = span_of(layout, found.cue, marks=False)
    source = None
    if found.source:
        source = close_brackets(report.text, span_of(layout, found.source, marks=False))
    content = tuple(
        close_brackets(report.text, span_of(layout, piece, marks=True)) for piece in found.content
    )
    places = [f"{s.start}-{s.end}" for s in (cue, *((source,) if source else ()), *content)]
    return Attribution(
        id=AttributionId(make_id("attribution", report.id, *places)),
        cue=cue,
        content=content,
        source=source,
        manner=manner_of(layout, found.content),
        modality=modality_of(report.text, cue, source, content),
        confidence=found.confidence,
        maker=maker,
    )
