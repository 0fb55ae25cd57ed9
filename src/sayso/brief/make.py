"""A story to its briefing: what leads, in which sections, in what order.

`make_briefing` is pure: the same material, edition and `since` give the same briefing.
"""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sayso.brief.choose import choose, weigh
from sayso.brief.disputes import mark_disputes
from sayso.brief.figures import make_series
from sayso.brief.lines import Heard, make_lines
from sayso.brief.material import Material, quote
from sayso.brief.reactions import make_reactions
from sayso.brief.records import (
    Briefing,
    Day,
    Dropped,
    Edition,
    FigurePoint,
    FigureSeries,
    Length,
    Line,
    OutletRow,
    Quote,
    Related,
    ReportRow,
    SectionLines,
)
from sayso.brief.sections import place
from sayso.brief.subjects import find_sections
from sayso.brief.timeline import MOST_DAYS, make_timeline
from sayso.records import AttributionId, Independence, Lineage, LineId, Report, ReportId, Span
from sayso.thread.headline import central
from sayso.trace.independence import independence

MOST_LINES = 250
"""Lines of a page: more than anybody reads, few enough to load on a phone."""

LONGEST_PASSAGE = 400
"""Characters of a copied passage that are shown: enough to see that it is the same."""

SEE_ALSO = 12
"""Links that a reader may still look through."""


def make_briefing(
    material: Material,
    edition: Edition,
    *,
    since: datetime | None = None,
    length: Length = "page",
    maker: str = "",
) -> Briefing:
    """Return the briefing of `material` as `edition` wants it, at a length.

    "New" counts from `since`. A page shows what is new, disputed or crossed out in any case; a
    number gives the lines that lead, so many at most, and who was read.
    """
    by_id = {report.id: report for report in material.reports}

    def count(ids: Sequence[ReportId], unnamed: bool, heard: Heard | None) -> Independence:
        return independence(
            [by_id[one] for one in ids],
            material.lineages,
            owners=material.owners,
            unnamed=unnamed,
            heard=heard,
        )

    whole = count(list(by_id), False, None)

    lines, dropped = make_lines(material, count, since=since)
    lines = mark_disputes(lines)
    series = make_series(material, _line_of(material, lines))
    weights = weigh(lines, edition, series)
    lines = sorted(
        (dataclasses.replace(line, reasons=line.reasons + weights[line.id][1]) for line in lines),
        key=lambda line: (-weights[line.id][0], line.id),
    )
    key = choose(lines, weights, length if isinstance(length, int) else edition.key_lines)
    lines, left = shorten(lines, length, key)
    if left:
        thing = "1 line" if left == 1 else f"{left} lines"
        dropped.append(Dropped(thing, "weigh less than those shown"))
    line_of = _line_of(material, lines)
    told = not isinstance(length, int)  # more than the lines that lead
    newest = [report.published for report in material.reports if report.published]
    return Briefing(
        title=edition.title or _headline_words(material) or "Briefing",
        headline=headline(material),
        belongs=edition.belongs,
        story=material.story,
        cursor=material.cursor,
        since=since,
        updated=max(newest, default=None),
        independent=whole.low,
        lines=tuple(lines),
        key=key,
        fresh=tuple(line.id for line in lines if line.fresh),
        disputed=tuple(line.id for line in lines if told and line.disputes and not line.struck),
        corrected=tuple(line.id for line in lines if line.struck),
        sections=_sections(lines, edition) if told else (),
        reactions=make_reactions(lines, edition) if told else (),
        figures=_figures(series, lines) if told else (),
        timeline=_timeline(material, line_of, length),
        see_also=_see_also(material) if told else (),
        reports=_report_rows(material, whole, lines),
        outlets=_outlet_rows(material),
        dropped=(*material.dropped, *dropped),
        maker=maker,
        length=length,
    )


def _timeline(
    material: Material, line_of: Mapping[tuple[ReportId, AttributionId], Line], length: Length
) -> tuple[Day, ...]:
    if isinstance(length, int):
        return ()
    return make_timeline(material, line_of, days=None if length == "all" else MOST_DAYS)


def _sections(lines: Sequence[Line], edition: Edition) -> tuple[SectionLines, ...]:
    """Return the sections as the editor wants them, or else as they are found."""
    standing = [line for line in lines if not line.struck]
    return place(standing, edition) if edition.sections else find_sections(standing)


def shorten(lines: Sequence[Line], length: Length, key: Sequence[LineId]) -> tuple[list[Line], int]:
    """Return the lines that stand in a briefing of a length, and how many are left out.

    On a page that is the first of them and those that must not be missed.
    """
    if isinstance(length, int):
        return [line for line in lines if line.id in key], max(0, len(lines) - len(key))
    kept = [
        line
        for number, line in enumerate(lines)
        if length == "all" or number < MOST_LINES or line.fresh or line.disputes or line.struck
    ]
    # What took the place of a crossed-out line is shown with it.
    wanted = {line.replaced_by for line in kept} - {line.id for line in kept}
    kept += [line for line in lines if line.id in wanted]
    return kept, len(lines) - len(kept)


def _line_of(
    material: Material, lines: Sequence[Line]
) -> dict[tuple[ReportId, AttributionId], Line]:
    by_statement = {line.statement: line for line in lines}
    return {
        (utterance.report, utterance.attribution): by_statement[statement.id]
        for statement in material.statements
        if statement.id in by_statement
        for utterance in statement.utterances
    }


def _figures(series: Sequence[FigureSeries], lines: Sequence[Line]) -> tuple[FigureSeries, ...]:
    """Return `series` without links to lines that are not shown; who gave a figure stays."""
    held = {line.id for line in lines}

    def linked(point: FigurePoint) -> FigurePoint:
        return point if point.line in held else dataclasses.replace(point, line=None)

    return tuple(
        dataclasses.replace(one, points=tuple(linked(point) for point in one.points))
        for one in series
    )


def headline(material: Material) -> Quote | None:
    """Return the briefing's headline as a report printed it; None where its text does not hold it.

    It is chosen as a story's is, among the reports that stand.
    """
    words = _headline_words(material)
    return next(
        (
            quote(report, report.spans("headline")[0])
            for report in _standing(material)
            if report.spans("headline") and report.cut(report.spans("headline")[0]) == words
        ),
        None,
    )


def _headline_words(material: Material) -> str:
    return central((report.headline, report.published) for report in _standing(material))


def _standing(material: Material) -> list[Report]:
    """Return the reports that nothing took the place of, in the order of a story's."""
    gone = material.replaced.keys() | material.withdrawn.keys()
    return [report for report in material.reports if report.id not in gone]


def _see_also(material: Material) -> tuple[Related, ...]:
    related: dict[str, Related] = {}
    for report in material.reports:
        for title in report.see_also:
            reason = f"{report.outlet} points to it"
            related.setdefault(
                title, Related(title=title, url=None, reason=reason, report=report.id)
            )
    return tuple(related.values())[:SEE_ALSO]


def _report_rows(
    material: Material, whole: Independence, lines: Sequence[Line]
) -> tuple[ReportRow, ...]:
    by_id = {report.id: report for report in material.reports}
    carried = Counter(carrier.quote.report for line in lines for carrier in line.carriers)
    origin_of = {report: origin.name for origin in whole.origins for report in origin.reports}

    def row(report: Report) -> ReportRow:
        lineage = material.lineages.get(report.id)
        return ReportRow(
            report=report.id,
            outlet=report.outlet,
            headline=report.headline,
            url=report.url,
            published=report.published,
            updated=report.updated,
            doubts=report.doubts,
            credits=tuple(dict.fromkeys(credit.name for credit in report.credits)),
            origin=origin_of.get(report.id, report.outlet),
            copied_from=lineage.origin if lineage else None,
            lines=carried[report.id],
            replaced_by=material.replaced.get(report.id),
            beside=_beside(report, lineage, by_id) if lineage else (),
        )

    return tuple(
        sorted(
            (row(report) for report in material.reports),
            key=lambda one: (one.published.isoformat() if one.published else "", one.report),
            reverse=True,
        )
    )


def _beside(
    report: Report, lineage: Lineage, by_id: Mapping[ReportId, Report]
) -> tuple[Quote, ...]:
    """Return the longest copied passage, or its beginning, as both reports print it."""
    origin = by_id.get(lineage.origin) if lineage.origin else None
    if origin is None or not lineage.passages:
        return ()
    longest = max(lineage.passages, key=lambda one: (len(one.here), -one.here.start))
    return tuple(
        quote(one, _beginning(one, span))
        for one, span in ((report, longest.here), (origin, longest.there))
    )


def _beginning(report: Report, span: Span) -> Span:
    if len(span) <= LONGEST_PASSAGE:
        return span
    words = report.text[span.start : span.start + LONGEST_PASSAGE]
    return Span(span.start, span.start + len(words.rpartition(" ")[0] or words))


def _outlet_rows(material: Material) -> tuple[OutletRow, ...]:
    by_outlet: dict[str, list[Report]] = defaultdict(list)
    for report in material.reports:
        by_outlet[report.outlet].append(report)

    def row(outlet: str, reports: Sequence[Report]) -> OutletRow:
        lineages = [material.lineages.get(report.id) for report in reports]
        publisher = next((report.publisher for report in reports if report.publisher), None)
        return OutletRow(
            outlet=outlet,
            owner=material.owners.owner(reports[0]),
            country=publisher.country if publisher else None,
            reports=len(reports),
            copies=sum(1 for lineage in lineages if lineage and lineage.origin),
            last=max((one.published for one in reports if one.published), default=None),
        )

    rows = [row(outlet, reports) for outlet, reports in by_outlet.items()]
    return tuple(sorted(rows, key=lambda one: (-one.reports, one.outlet)))
