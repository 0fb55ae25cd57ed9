"""Makes records from what a test is about; everything else is invented and beside the point."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sayso.ids import make_id
from sayso.records import (
    Attribution,
    AttributionId,
    Credit,
    Decision,
    Development,
    Findings,
    Lineage,
    Outlet,
    Part,
    Passage,
    Placement,
    Report,
    ReportId,
    Span,
    Speaker,
    StoryId,
)

NOON = datetime(2031, 5, 1, 12, tzinfo=UTC)


def minutes(count: float) -> datetime:
    """Return the time `count` minutes after noon."""
    return NOON + timedelta(minutes=count)


def report(name: str = "a", text: str | None = None, **fields: Any) -> Report:
    """Return a report called `name`; an edit of it has the same key."""
    text = f"Dam fails above Lowbridge.\n\nReport {name}." if text is None else text
    fields = {
        "id": ReportId(name),
        "key": f"https://gazette.example/{name}",
        "headline": text.splitlines()[0] if text.splitlines() else "",
        "outlet": "Lowbridge Gazette",
        "published": NOON,
        **fields,
    }
    return Report(text=text, **fields)


def rich_report(name: str = "rich") -> Report:
    """Return a report in which no field is left out."""

    text = (
        "Dam fails above Lowbridge\n\n“We are safe,” the mayor said. With reporting by Northwire."
    )
    return report(
        name,
        text,
        url="https://gazette.example/rich",
        updated=minutes(30),
        language="en",
        authors=("A. Reporter",),
        credits=(Credit("Northwire", Span(76, 85), "With reporting by"),),
        see_also=("Bank raises rates",),
        parts=(Part("headline", Span(0, 25)), Part("body", Span(27, len(text)))),
        doubts=("zoneless",),
        source="feeds/gazette.xml",
        publisher=Outlet(name="Lowbridge Gazette", owner="Courier group", country="GB"),
    )


def findings(of: Report, *, speaker: str = "The mayor") -> Findings:
    """Return findings with one attribution."""
    attribution = Attribution(
        id=AttributionId(make_id("attribution", of.id)),
        cue=Span(0, 3),
        content=(Span(4, 9), Span(10, 12)),
        source=Span(13, 14),
        manner="mixed",
        confidence=0.75,
        maker="test/1",
        speaker=Speaker(name=speaker, reasons=("named in full",)),
        said_on=NOON.date(),
    )
    return Findings(report=of.id, attributions=(attribution,))


def lineage(of: Report, origin: Report | None = None, *, shared: float = 0.5) -> Lineage:
    return Lineage(
        report=of.id,
        origin=origin.id if origin else None,
        shared=shared,
        overlap="copy" if origin else "none",
        passages=(Passage(Span(0, 10), Span(5, 15)),) if origin else (),
        reasons=("ten words in a row",),
    )


def placement(of: Report, story: str = "dam") -> Placement:
    return Placement(report=of.id, story=StoryId(story), score=0.9, reasons=("same dam",))


def step(of: Report, story: str = "dam", **fields: Any) -> Development:
    """Return a development of `story` by a report; "new" unless said otherwise."""
    return Development(
        **{"story": StoryId(story), "kind": "new", "report": of.id, "reasons": ("first",), **fields}
    )


def turn(*reports: Report, story: str = "dam") -> Decision:
    """Return a whole decision: each report with findings, lineage, place and one step."""
    return Decision(
        reports=reports,
        findings=tuple(findings(each) for each in reports),
        lineages=tuple(lineage(each) for each in reports),
        placements=tuple(placement(each, story) for each in reports),
        developments=tuple(step(each, story) for each in reports),
    )
