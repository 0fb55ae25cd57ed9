"""Figures to series: the same thing counted, by whom, as of when, and how it moved.

Which figures count the same is for `sayso.thread.series` to say; here they become points that a
reader can check. What a figure moved from, and whose count it is at odds with, is told in words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from sayso.brief.material import Material, quote
from sayso.brief.records import FigurePoint, FigureSeries, Line
from sayso.extract.speakers.lexicon import PRONOUNS
from sayso.records import AttributionId, Figure, Report, ReportId
from sayso.thread.counts import Count, read_counts
from sayso.thread.series import AllSeries, Move
from sayso.thread.states import says_state
from sayso.thread.terms import terms

Lines = Mapping[tuple[ReportId, AttributionId], Line]

Moved = tuple[Count, Move, Count | None]
"""A figure, how it moved its series, and from which figure."""


def make_series(material: Material, line_of: Lines) -> tuple[FigureSeries, ...]:
    """Return the series of all figures, those with most points first.

    A copied report gives no point of its own: its figures stand in the report it was copied from.
    """
    found = AllSeries()
    moves: list[Moved] = []
    alone: dict[tuple[str | None, frozenset[str], float | None], Count] = {}
    for report in material.reports:
        lineage = material.lineages.get(report.id)
        findings = material.findings.get(report.id)
        if findings is None or (lineage is not None and lineage.origin is not None):
            continue
        if report.id in material.replaced or report.id in material.withdrawn:
            continue
        for count in read_counts(report, findings):
            added = found.add(count)
            counted = frozenset(terms(count.figure.counts or ""))
            if added is not None:
                moves.append((count, *added[1:]))
            elif count.unsure and counted:
                # What may come is no point of a series; it is shown by itself.
                alone.setdefault((count.unit, counted, count.high or count.low), count)
    reports = {report.id: report for report in material.reports}
    move_of = {id(move[0]): move for move in moves}
    held = [[move_of[id(count)] for count in series.counts] for series in found.all]
    held += [[(count, "first", None)] for count in alone.values()]
    made = [_series(moves, reports, line_of) for moves in held if _named(moves)]
    return tuple(sorted(made, key=lambda one: (-len(one.points), one.counts, one.unit or "")))


def _named(moves: Sequence[Moved]) -> bool:
    """Say whether any words tell what is counted."""
    return any(count.state or count.figure.counts for count, _, _ in moves)


def _series(
    moves: Sequence[Moved], reports: Mapping[ReportId, Report], line_of: Lines
) -> FigureSeries:
    points: dict[tuple[object, ...], FigurePoint] = {}
    reasons: list[str] = []
    for count, move, before in moves:
        report, figure = reports[count.report], count.figure
        line = _line_of(report, figure, line_of)
        speaker = line.speaker.name if line is not None and line.speaker is not None else None
        point = FigurePoint(
            quote=quote(report, figure.span),
            low=figure.low,
            high=figure.high,
            bound=figure.bound,
            as_of=figure.as_of,
            speaker=speaker,
            outlet=report.outlet,
            url=report.url,
            published=report.published,
            line=None if line is None else line.id,
            move=move,
            moved=_words(count, move, before, reports),
        )
        # The same figure from the same mouth on the same day is one point, however often printed.
        points.setdefault((figure.low, figure.high, figure.bound, figure.as_of, speaker), point)
        if move == "conflict" and before is not None:
            told = _told(before, reports)
            reasons.append(
                f"{_source(before)}: {told}, but {_source(count)}: {point.quote.words[0]}"
            )
    return FigureSeries(
        counts=_title([count for count, _, _ in moves]),
        unit=moves[0][0].unit,
        points=tuple(sorted(points.values(), key=_when)),
        disputed=bool(reasons),
        reasons=tuple(dict.fromkeys(reasons)),
    )


def _line_of(report: Report, figure: Figure, line_of: Lines) -> Line | None:
    if figure.attribution is None:
        return None
    return line_of.get((report.id, figure.attribution))


def _title(counts: Sequence[Count]) -> str:
    """Return what is counted in a figure's own words; the state with it where they lack it."""
    words = Counter(count.figure.counts for count in counts if count.figure.counts)
    state = counts[0].state
    telling = [word for word in words if not state or says_state(word, state)]
    if telling:
        return max(telling, key=lambda word: (words[word], len(word)))
    first = next(iter(words), "")
    return f"{first} {state}".strip()


def _words(
    count: Count, move: Move, before: Count | None, reports: Mapping[ReportId, Report]
) -> str:
    if before is None or move in ("first", "same"):
        return ""
    told = f"{_told(before, reports)} ({_source(before)})"
    if move == "conflict":
        return f"at odds with {told}"
    if move == "rose":
        return f"up from {told}"
    return f"revised down from {told}" if count.revised else f"down from {told}"


def _told(count: Count, reports: Mapping[ReportId, Report]) -> str:
    return reports[count.report].cut(count.figure.span)


def _source(count: Count) -> str:
    """Return who gave a count; a pronoun that nobody could be found for names nobody."""
    return count.outlet if count.source.casefold() in PRONOUNS else count.source or count.outlet


def _when(point: FigurePoint) -> tuple[str, str]:
    day = point.as_of or date.min
    return (day.isoformat(), point.published.isoformat() if point.published else "")
