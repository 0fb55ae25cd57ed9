"""Statements to lines: the words, on whose say-so, and the proof.

Rule: a line is made only of what was said. What was denied to have been said, asked, or may be
said one day is no line; it is counted among what was dropped. Nothing here decides which line
leads or in which section it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sayso.brief.fate import fate_of
from sayso.brief.material import Material, Said, around, between, index, quote, step_of
from sayso.brief.records import Carrier, Dropped, Line, Quote
from sayso.ids import make_id
from sayso.records import (
    Alike,
    Independence,
    LineId,
    PartKind,
    Report,
    ReportId,
    Span,
    Statement,
    Utterance,
)
from sayso.trace.hearing import Hearing, hearing

FEWEST_WORDS = 4
"""Words of content below which nothing is said that a reader could do anything with."""

LEAST_CONFIDENCE = 0.5
"""Below even odds that this was said at all, it is not shown as said."""

READ_PARTS: tuple[PartKind, ...] = ("body", "standfirst")
"""Where lines are cut from: a headline and a caption repeat what the body says in full."""

MODALITIES = {
    "negated": "reported as not said",
    "hypothetical": "reported as what somebody would say",
    "future": "reported as what somebody will say",
    "asked": "reported as asked",
}

# Stops inside a word: the one that ended it was taken for the end of the sentence.
_ABBREVIATED = re.compile(r"(?<!\w)(?:[^\W\d_]\.)+[^\W\d_]$")
# What a cue may end in when where or to whom was told further on. "According to" is no such.
_HANGING = re.compile(r"\s+(?:in|at|on|during|via|from|through)$", re.IGNORECASE)

Heard = Mapping[ReportId, Hearing]
"""Whom each report says it has the words from: "the ministry said, RBC reported"."""

Count = Callable[[Sequence[ReportId], bool, Heard | None], Independence]
"""Reports, whether their source is unnamed, how each has it, to how many independent sources."""


def make_lines(
    material: Material, count: Count, *, since: datetime | None
) -> tuple[list[Line], list[Dropped]]:
    """Return a line for each statement that may be shown, and what was dropped and why."""
    said = index(material)
    line_of = {
        utterance: _line_id(statement)
        for statement in material.statements
        for utterance in statement.utterances
    }
    lines = []
    refused: Counter[str] = Counter()
    for statement in material.statements:
        carried = [
            said[key]
            for utterance in statement.utterances
            if (key := (utterance.report, utterance.attribution)) in said
        ]
        shown = []
        for one in carried:
            reason = unfit(one)
            if reason is None:
                shown.append(one)
            else:
                refused[reason] += 1
        if shown:
            lines.append(_line(material, statement, shown, count, line_of, since=since))
    dropped = [
        Dropped(f"{number} attribution{'s' if number > 1 else ''}", reason)
        for reason, number in sorted(refused.items())
    ]
    return lines, dropped


def unfit(said: Said) -> str | None:
    """Return why an attribution makes no line; None when it makes one."""
    report, attribution = said.report, said.attribution
    if attribution.modality != "asserted":
        return MODALITIES[attribution.modality]
    if not attribution.content:
        return "no words of content"
    parts = report.spans(*READ_PARTS)
    if report.parts and not any(part.meets(attribution.content[0]) for part in parts):
        return "said in a headline, a caption or a box, not in the report itself"
    if sum(len(report.cut(span).split()) for span in attribution.content) < FEWEST_WORDS:
        return f"fewer than {FEWEST_WORDS} words"
    if attribution.confidence < LEAST_CONFIDENCE:
        return "too doubtful that anybody said it"
    return None


def _line_id(statement: Statement) -> LineId:
    return LineId(make_id("line", statement.id))


def _line(
    material: Material,
    statement: Statement,
    said: Sequence[Said],
    count: Count,
    line_of: Mapping[Utterance, LineId],
    *,
    since: datetime | None,
) -> Line:
    # One carrier a report: an outlet that prints the same words twice carries them once.
    firsts: dict[ReportId, Said] = {}
    for one in said:
        firsts.setdefault(one.report.id, one)
    best = _best(material, list(firsts.values()))
    report, attribution = best.report, best.attribution
    content = _whole(report, attribution.content)
    words = quote(report, *content)
    before, after = around(report, content)
    alike = {(one.utterance.report, one.utterance.attribution): one for one in statement.alike}
    ordered = [best, *(one for one in firsts.values() if one is not best)]
    unnamed = attribution.speaker is None or attribution.speaker.name is None
    heard = {
        one.report.id: hearing(
            one.report,
            one.attribution,
            material.findings[one.report.id].attributions,
            owners=material.owners,
        )
        for one in ordered
    }
    independence = count([one.report.id for one in ordered], unnamed, heard)
    addressee = _beyond(report, attribution.cue, attribution.addressee)
    channel = _beyond(report, attribution.cue, attribution.channel)
    learnt = [material.arrived[one] for one in firsts if one in material.arrived]
    at = min((when for _, when in learnt), default=None)
    step = step_of(material, statement)
    # Without its own step it was told before, in words that made another line.
    news = at if step is None and not material.steps else step.at if step is not None else None
    fate = fate_of(material, list(firsts.values()))
    return Line(
        id=_line_id(statement),
        statement=statement.id,
        quote=words,
        attribution=attribution.id,
        outlet=report.outlet,
        url=report.url,
        headline=report.headline,
        published=report.published,
        speaker=attribution.speaker,
        source=_quote(report, attribution.source),
        cue=_quote(report, _finished(report, attribution.cue, (addressee, channel))),
        addressee=_quote(report, addressee),
        channel=_quote(report, channel),
        via=tuple(link.name for link in attribution.via),
        said_on=attribution.said_on,
        manner=attribution.manner,
        modality=attribution.modality,
        confidence=attribution.confidence,
        before=before,
        after=after,
        between=between(report, content),
        independence=independence,
        carriers=tuple(
            _carrier(material, one, independence, alike.get((one.report.id, one.attribution.id)))
            for one in ordered
        ),
        state=fate.kind if fate else step.development.kind if step else "new",
        fresh=since is not None and news is not None and news > since,
        at=news or at,
        replaced_by=line_of.get(fate.now) if fate and fate.now else None,
        struck=fate.reason if fate else None,
        reasons=statement.reasons + (step.development.reasons if step else ()),
    )


def _best(material: Material, said: Sequence[Said]) -> Said:
    """Return the utterance to show: living before replaced, own work before copies, then early."""

    def place(one: Said) -> tuple[bool, bool, int, str, str]:
        report = one.report
        lineage = material.lineages.get(report.id)
        published = report.published.isoformat() if report.published else "~"
        named = one.attribution.speaker is not None and one.attribution.speaker.name is not None
        return (
            report.id in material.replaced or report.id in material.withdrawn,
            lineage is not None and lineage.origin is not None,
            -named,
            published,
            report.id,
        )

    return min(said, key=place)


def _carrier(
    material: Material, said: Said, independence: Independence, alike: Alike | None
) -> Carrier:
    report = said.report
    lineage = material.lineages.get(report.id)
    origin = next(
        (origin.name for origin in independence.origins if report.id in origin.reports),
        report.outlet,
    )
    return Carrier(
        quote=quote(report, *_whole(report, said.attribution.content)),
        outlet=report.outlet,
        url=report.url,
        published=report.published,
        origin=origin,
        shared=lineage.shared if lineage else 0.0,
        passages=lineage.passages if lineage and lineage.origin else (),
        copied_from=lineage.origin if lineage else None,
        reasons=lineage.reasons if lineage else (),
        wording=alike.kind if alike else None,
        sure=alike.confidence if alike else 1.0,
    )


def _whole(report: Report, content: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return `content` with the last stop of an abbreviation that it ends in: "at 2:40 a.m."."""
    return tuple(
        Span(span.start, span.end + 1)
        if report.text[span.end : span.end + 1] == "." and _ABBREVIATED.search(report.cut(span))
        else span
        for span in content
    )


def _beyond(report: Report, cue: Span | None, span: Span | None) -> Span | None:
    """Return what `span` says that the cue does not: "said in" leaves "a statement" to tell."""
    if cue is None or span is None or not cue.meets(span):
        return span
    rest = report.text[cue.end : span.end]
    start = cue.end + len(rest) - len(rest.lstrip())
    return Span(start, span.end) if start < span.end else None


def _finished(report: Report, cue: Span | None, beside: tuple[Span | None, ...]) -> Span | None:
    """Return the cue without a preposition that nothing shown beside it goes on from."""
    if cue is None or any(span is not None for span in beside):
        return cue
    words = report.cut(cue)
    bare = _HANGING.sub("", words)
    return Span(cue.start, cue.start + len(bare)) if bare else cue


def _quote(report: Report, span: Span | None) -> Quote | None:
    return None if span is None else quote(report, span)
