"""Records to JSON objects, one a line: what `--json` prints and other programs build on.

The shapes are a contract (docs/reference/json.md); a field is added, never renamed or dropped.
Offsets count Unicode code points of `report.text`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from sayso.records import (
    Attribution,
    Figure,
    Findings,
    Lineage,
    Link,
    Origin,
    Report,
    Ruling,
    Span,
    Speaker,
    Story,
    TimeExpression,
)
from sayso.render.compared import differing

Json = dict[str, Any]


def to_line(thing: Json) -> str:
    """Return `thing` as one line of JSON without its line break.

    Half a surrogate pair, which no UTF-8 can carry, becomes U+FFFD; offsets stay as they are.
    """
    try:
        return msgspec.json.encode(thing).decode()
    except UnicodeEncodeError:
        return msgspec.json.encode(_mended(thing)).decode()


def _mended(thing: Any) -> Any:
    if isinstance(thing, str):
        return thing.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(thing, dict):
        return {key: _mended(value) for key, value in thing.items()}
    if isinstance(thing, list):
        return [_mended(value) for value in thing]
    return thing


def report_object(report: Report) -> Json:
    """Return a report as `sayso read --json` prints it."""
    return {
        "id": report.id,
        "url": report.url,
        "outlet": report.outlet,
        "headline": report.headline,
        "published": _time(report.published),
        "updated": _time(report.updated),
        "language": report.language,
        "authors": list(report.authors),
        "credits": list(dict.fromkeys(credit.name for credit in report.credits)),
        "see_also": list(report.see_also),
        "doubts": list(report.doubts),
        "text": report.text,
        "parts": [
            {"kind": part.kind, "start": part.span.start, "end": part.span.end}
            for part in report.parts
        ],
    }


def findings_object(report: Report, found: Findings) -> Json:
    """Return a report and all that was found in it, as `sayso extract --json` prints them."""
    return {
        "report": report_object(report),
        "attributions": [_attribution(report, one) for one in found.attributions],
        "figures": [_figure(report, one) for one in found.figures],
        "times": [_timex(report, one) for one in found.times],
    }


def lineage_object(report: Report, lineage: Lineage, other: Report | None = None) -> Json:
    """Return a report's lineage as `sayso trace --json` prints it."""
    return {
        "report": report.id,
        "outlet": report.outlet,
        "origin": lineage.origin,
        "origin_name": lineage.origin_name,
        "other": lineage.other,
        "credits": list(dict.fromkeys(credit.name for credit in report.credits)),
        "owner": lineage.owner,
        "shared": round(lineage.shared, 4),
        "overlap": lineage.overlap,
        "doubt": lineage.doubt,
        "ruled": lineage.ruled,
        "separate": list(lineage.separate),
        "passages": [
            [one.here.start, one.here.end, one.there.start, one.there.end]
            for one in lineage.passages
        ],
        "differing": [
            [here.start, here.end, there.start, there.end]
            for one in (lineage.passages if other is not None else ())
            for here, there in differing(other.text if other else "", report.text, one)
        ],
        "reasons": list(lineage.reasons),
    }


def origin_object(origin: Origin) -> Json:
    """Return a group of reports of one origin, as `sayso trace --json` prints it last."""
    return {
        "group": origin.name,
        "kind": origin.kind,
        "reports": list(origin.reports),
        "reasons": list(origin.reasons),
    }


def ruling_object(ruling: Ruling) -> Json:
    """Return an editor's ruling as `sayso rule --list --json` prints it."""
    return {
        "report": ruling.report,
        "verdict": ruling.verdict,
        "other": ruling.other,
        "reason": ruling.reason,
        "by": ruling.by,
        "at": _time(ruling.at),
    }


def story_object(story: Story, reasons: Mapping[str, tuple[str, ...]] | None = None) -> Json:
    """Return a story as `sayso thread --json` prints it."""
    return {
        "story": story.id,
        "headline": story.headline,
        "reports": list(story.reports),
        "first": _time(story.first),
        "last": _time(story.last),
        "reasons": {key: list(value) for key, value in (reasons or {}).items()},
    }


def _attribution(report: Report, one: Attribution) -> Json:
    return {
        "id": one.id,
        "manner": one.manner,
        "modality": one.modality,
        "confidence": round(one.confidence, 4),
        "maker": one.maker,
        "source": _span(report, one.source),
        "cue": _span(report, one.cue),
        "content": [_span(report, span) for span in one.content],
        "speaker": _speaker(one.speaker),
        "addressee": _span(report, one.addressee),
        "channel": _span(report, one.channel),
        "said_on": None if one.said_on is None else one.said_on.isoformat(),
        "via": [_link(report, link) for link in one.via],
    }


def _speaker(speaker: Speaker | None) -> Json | None:
    if speaker is None:
        return None
    return {
        "name": speaker.name,
        "role": speaker.role,
        "country": speaker.country,
        "kind": speaker.kind,
        "inferred": speaker.inferred,
        "confidence": round(speaker.confidence, 4),
        "reasons": list(speaker.reasons),
    }


def _link(report: Report, link: Link) -> Json:
    return {
        "name": link.name,
        "source": _span(report, link.source),
        "cue": _span(report, link.cue),
    }


def _figure(report: Report, one: Figure) -> Json:
    return {
        "id": one.id,
        "start": one.span.start,
        "end": one.span.end,
        "text": report.cut(one.span),
        "low": one.low,
        "high": one.high,
        "bound": one.bound,
        "unit": one.unit,
        "counts": one.counts,
        "as_of": None if one.as_of is None else one.as_of.isoformat(),
        "attribution": one.attribution,
    }


def _timex(report: Report, one: TimeExpression) -> Json:
    return {
        "start": one.span.start,
        "end": one.span.end,
        "text": report.cut(one.span),
        "type": one.type,
        "value": one.value,
    }


def _span(report: Report, span: Span | None) -> Json | None:
    if span is None:
        return None
    return {"start": span.start, "end": span.end, "text": report.cut(span)}


def _time(when: datetime | None) -> str | None:
    return None if when is None else when.isoformat().replace("+00:00", "Z")
