"""Builds invented briefings whose words are cut from invented reports.

Every place, person and outlet here is made up. `Newsroom` collects reports and makes lines
out of the words that a test names, so that a test says only what it is about.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import chain

from sayso import __version__
from sayso.brief.records import (
    Briefing,
    Carrier,
    Day,
    Dropped,
    FigurePoint,
    FigureSeries,
    Line,
    OutletRow,
    Quote,
    Reaction,
    Related,
    ReportRow,
    SectionLines,
    TimelineEntry,
)
from sayso.ids import make_id
from sayso.records import (
    AttributionId,
    Cursor,
    DevelopmentKind,
    Independence,
    LineId,
    Manner,
    Modality,
    Origin,
    Part,
    Passage,
    Report,
    ReportId,
    Span,
    Speaker,
    StatementId,
    StoryId,
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment in the invented May of 2031."""
    return datetime(2031, 5, day, hour, minute, tzinfo=UTC)


def make_report(
    outlet: str,
    headline: str,
    *paragraphs: str,
    published: datetime | None = None,
    url: str | None = None,
) -> Report:
    text = "\n\n".join((headline, *paragraphs))
    identity = ReportId(make_id("report", outlet, text))
    parts = [Part("headline", Span(0, len(headline)))]
    start = len(headline) + 2
    for paragraph in paragraphs:
        parts.append(Part("body", Span(start, start + len(paragraph))))
        start += len(paragraph) + 2
    return Report(
        id=identity,
        key=url or identity,
        text=text,
        headline=headline,
        outlet=outlet,
        url=url,
        published=published,
        language="en",
        parts=tuple(parts),
    )


def quote(report: Report, *pieces: str) -> Quote:
    """Cut `pieces` where they stand in `report`, each after the one before."""
    spans: list[Span] = []
    start = 0
    for piece in pieces:
        start = report.text.index(piece, start)
        spans.append(Span(start, start + len(piece)))
        start += len(piece)
    return Quote(report.id, tuple(spans), pieces)


def quote_near(words: Quote, report: Report, piece: str | None) -> Quote | None:
    """Cut `piece` out of the paragraph that holds `words`, or else from where it first stands."""
    if piece is None:
        return None
    first = words.spans[0]
    for part in report.parts:
        if part.span.holds(first) and piece in report.cut(part.span):
            start = report.text.index(piece, part.span.start)
            return Quote(report.id, (Span(start, start + len(piece)),), (piece,))
    return quote(report, piece)


def paragraph_around(report: Report, quoted: Quote) -> tuple[str, str]:
    first, last = quoted.spans[0], quoted.spans[-1]
    for part in report.parts:
        if part.span.start <= first.start and last.end <= part.span.end:
            return (
                report.text[part.span.start : first.start],
                report.text[last.end : part.span.end],
            )
    return "", ""


@dataclass
class Newsroom:
    """Reports taken in, and the lines made of them."""

    reports: dict[ReportId, Report] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    owners: dict[str, str] = field(default_factory=dict)

    def report(self, report: Report) -> Report:
        self.reports[report.id] = report
        return report

    def line(
        self,
        report: Report,
        *pieces: str,
        by: Speaker | None = None,
        source: str | None = None,
        cue: str | None = None,
        to: str | None = None,
        channel: str | None = None,
        via: tuple[str, ...] = (),
        said_on: date | None = None,
        manner: Manner = "direct",
        modality: Modality = "asserted",
        state: DevelopmentKind = "new",
        fresh: bool = False,
        copies: Sequence[tuple[Report, tuple[str, ...]]] = (),
        others: Sequence[tuple[Report, tuple[str, ...]]] = (),
        disputes: tuple[LineId, ...] = (),
        replaced_by: LineId | None = None,
        struck: str | None = None,
        reasons: tuple[str, ...] = (),
        confidence: float = 0.93,
    ) -> Line:
        """Make a line; `copies` copied `report`, `others` carry it on their own say-so."""
        words = quote(report, *pieces)
        before, after = paragraph_around(report, words)
        carriers = [self._carrier(report, pieces, report.outlet)]
        carriers += [self._copy(copy, said, report) for copy, said in copies]
        carriers += [self._carrier(other, said, other.outlet) for other, said in others]
        first = (report.id, *(copy.id for copy, _ in copies))
        origins = [
            Origin(
                name=report.outlet,
                kind="copy" if copies else "outlet",
                reports=first,
                reasons=tuple(
                    f"{copy.outlet} shares 83 % of its words with {report.outlet}"
                    for copy, _ in copies
                ),
            ),
            *(Origin(name=o.outlet, kind="outlet", reports=(o.id,)) for o, _ in others),
        ]
        line = Line(
            id=LineId(make_id("line", report.id, *pieces)),
            statement=StatementId(make_id("statement", report.id, *pieces)),
            quote=words,
            attribution=AttributionId(make_id("attribution", report.id, *pieces)),
            outlet=report.outlet,
            url=report.url,
            headline=report.headline,
            published=report.published,
            speaker=by,
            source=quote_near(words, report, source),
            cue=quote_near(words, report, cue),
            addressee=quote_near(words, report, to),
            channel=quote_near(words, report, channel),
            via=via,
            said_on=said_on,
            manner=manner,
            modality=modality,
            confidence=confidence,
            before=before,
            after=after,
            between=tuple(
                report.text[one.end : other.start] for one, other in itertools.pairwise(words.spans)
            ),
            independence=Independence(
                low=max(1, len(origins) - (1 if len(origins) > 2 else 0)),
                high=len(origins),
                carriers=len(carriers),
                origins=tuple(origins),
            ),
            carriers=tuple(carriers),
            state=state,
            fresh=fresh,
            at=report.published,
            disputes=disputes,
            replaced_by=replaced_by,
            struck=struck,
            reasons=reasons,
        )
        self.lines.append(line)
        return line

    def briefing(
        self,
        title: str = "The dam above Lowbridge",
        *,
        key: Sequence[Line] = (),
        sections: Mapping[str, Sequence[Line]] | None = None,
        figures: tuple[FigureSeries, ...] = (),
        timeline: tuple[Day, ...] = (),
        reactions: tuple[Reaction, ...] = (),
        see_also: tuple[Related, ...] = (),
        dropped: tuple[Dropped, ...] = (),
        about: str = "",
    ) -> Briefing:
        reports = sorted(
            self.reports.values(), key=lambda each: (each.published or at(1, 0), each.id)
        )[::-1]
        copied = {
            carrier.quote.report: carrier.copied_from
            for carrier in chain.from_iterable(line.carriers for line in self.lines)
            if carrier.copied_from
        }
        outlets = sorted({report.outlet for report in reports})
        newest = reports[0] if reports else None
        return Briefing(
            title=title,
            headline=quote(newest, newest.headline) if newest else None,
            belongs=about,
            story=StoryId(make_id("story", title)),
            cursor=Cursor(len(self.lines)),
            since=at(3, 9, 40),
            updated=newest.published if newest else None,
            independent=len(outlets),
            lines=tuple(self.lines),
            key=tuple(line.id for line in key),
            fresh=tuple(line.id for line in self.lines if line.fresh),
            disputed=tuple(line.id for line in self.lines if line.disputes),
            corrected=tuple(line.id for line in self.lines if line.struck),
            sections=tuple(
                SectionLines(
                    name=name,
                    about=f"What is said of the {name.lower()}.",
                    lines=tuple(line.id for line in lines),
                )
                for name, lines in (sections or {}).items()
            ),
            reactions=reactions,
            figures=figures,
            timeline=timeline,
            see_also=see_also,
            reports=tuple(
                ReportRow(
                    report=report.id,
                    outlet=report.outlet,
                    headline=report.headline,
                    url=report.url,
                    published=report.published,
                    updated=report.updated,
                    doubts=report.doubts,
                    credits=tuple(credit.name for credit in report.credits),
                    origin=self.reports[copied[report.id]].outlet
                    if report.id in copied
                    else report.outlet,
                    copied_from=copied.get(report.id),
                    lines=sum(line.quote.report == report.id for line in self.lines),
                )
                for report in reports
            ),
            outlets=tuple(
                OutletRow(
                    outlet=outlet,
                    owner=self.owners.get(outlet),
                    country=None,
                    reports=sum(report.outlet == outlet for report in reports),
                    copies=sum(r.outlet == outlet and r.id in copied for r in reports),
                    last=max(r.published for r in reports if r.outlet == outlet and r.published),
                )
                for outlet in outlets
                if any(r.published for r in reports if r.outlet == outlet)
            ),
            dropped=dropped,
            maker=f"sayso {__version__}",
        )

    def _carrier(self, report: Report, pieces: tuple[str, ...], origin: str) -> Carrier:
        return Carrier(
            quote=quote(report, *pieces),
            outlet=report.outlet,
            url=report.url,
            published=report.published,
            origin=origin,
        )

    def _copy(self, report: Report, pieces: tuple[str, ...], origin: Report) -> Carrier:
        here, there = quote(report, *pieces), quote(origin, *pieces)
        return Carrier(
            quote=here,
            outlet=report.outlet,
            url=report.url,
            published=report.published,
            origin=origin.outlet,
            shared=0.83,
            passages=(Passage(here.spans[0], there.spans[0]),),
            copied_from=origin.id,
            reasons=("83 % of its words stand in the earlier report",),
        )


def point(
    report: Report, words: str, *, by: str | None, day: date | None, **value: object
) -> FigurePoint:
    """A figure of a series: `low`, `high`, `bound` and `line` as in `FigurePoint`."""
    fields: dict[str, object] = {"low": None, "high": None, "bound": "exactly", "line": None}
    return FigurePoint(
        quote=quote(report, words),
        as_of=day,
        speaker=by,
        outlet=report.outlet,
        url=report.url,
        published=report.published,
        **(fields | value),  # type: ignore[arg-type]
    )


def entry(report: Report, words: str, line: LineId | None = None) -> TimelineEntry:
    return TimelineEntry(
        quote=quote(report, words),
        outlet=report.outlet,
        url=report.url,
        published=report.published,
        line=line,
    )
