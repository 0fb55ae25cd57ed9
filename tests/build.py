"""Records made from what a test is about; everything else gets a plain default."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from sayso.ids import make_id
from sayso.records import (
    Attribution,
    AttributionId,
    Findings,
    Part,
    PartKind,
    Report,
    ReportId,
    Span,
    Speaker,
)

NOON = datetime(2025, 3, 4, 12, 0, tzinfo=UTC)


def at(time: str) -> datetime:
    """Return a time of 4 March 2025, as in at("09:30"), or of another day, "05T09:30"."""
    day, _, clock = time.rpartition("T")
    return datetime.fromisoformat(f"2025-03-{day or '04'}T{clock}:00+00:00")


def report(
    body: str | Sequence[str], *, headline: str = "", outlet: str = "Orla Gazette", **fields: Any
) -> Report:
    """Return a report of a headline and paragraphs, with its parts."""
    paragraphs = [body] if isinstance(body, str) else list(body)
    blocks: list[tuple[PartKind, str]] = [("headline", headline)] if headline else []
    blocks += [("body", paragraph) for paragraph in paragraphs]
    parts = []
    text = ""
    for kind, words in blocks:
        if text:
            text += "\n\n"
        parts.append(Part(kind, Span(len(text), len(text) + len(words))))
        text += words
    fields.setdefault("published", NOON)
    given = fields.pop("id", None) or make_id("report", outlet, text, fields["published"])
    return Report(
        id=ReportId(given),
        key=fields.pop("key", given),
        text=text,
        headline=headline,
        outlet=outlet,
        parts=tuple(parts),
        **fields,
    )


def span(report: Report, words: str) -> Span:
    """Return where `words` first stand in `report`."""
    start = report.text.index(words)
    return Span(start, start + len(words))


def said(
    report: Report,
    content: str | Sequence[str],
    *,
    source: str | None = None,
    cue: str | None = None,
    speaker: Speaker | str | None = None,
    said_on: date | None = None,
    **fields: Any,
) -> Attribution:
    """Return an attribution of `report` by the words of its roles."""
    pieces = [content] if isinstance(content, str) else list(content)
    spans = tuple(span(report, piece) for piece in pieces)
    return Attribution(
        id=AttributionId(make_id("attribution", report.id, *(one.start for one in spans))),
        cue=span(report, cue) if cue else None,
        content=spans,
        source=span(report, source) if source else None,
        manner=fields.pop("manner", "indirect"),
        confidence=fields.pop("confidence", 0.9),
        maker="test/1",
        speaker=Speaker(name=speaker) if isinstance(speaker, str) else speaker,
        said_on=said_on,
        **fields,
    )


def findings(report: Report, *attributions: Attribution) -> Findings:
    """Return what was found in `report`."""
    return Findings(report=report.id, attributions=attributions)
