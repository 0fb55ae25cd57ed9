"""Figures to series: the same thing counted, by whom, as of when.

Two figures belong to one series when they count the same thing in the same unit; when in doubt
they stay apart, since two indicators in one curve are worse than one indicator in two. A series
is disputed when two speakers give figures for the same day whose bounds exclude each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sayso.brief.material import Material, quote
from sayso.brief.records import FigurePoint, FigureSeries, Line
from sayso.records import AttributionId, Figure, Report, ReportId
from sayso.thread.terms import terms


def make_series(
    material: Material, line_of: Mapping[tuple[ReportId, AttributionId], Line]
) -> tuple[FigureSeries, ...]:
    """Return the series of all figures, those with most points first.

    A copied report gives no point of its own: its figures stand in the report it was copied from.
    """
    groups: dict[tuple[str | None, frozenset[str]], list[tuple[Report, Figure]]] = {}
    for report in material.reports:
        lineage = material.lineages.get(report.id)
        found = material.findings.get(report.id)
        if found is None or (lineage is not None and lineage.origin is not None):
            continue
        if report.id in material.replaced or report.id in material.withdrawn:
            continue
        for figure in found.figures:
            counted = frozenset(terms(figure.counts or ""))
            if counted:
                groups.setdefault((figure.unit, counted), []).append((report, figure))
    series = [_series(unit, held, line_of) for (unit, _), held in groups.items()]
    return tuple(sorted(series, key=lambda one: (-len(one.points), one.counts, one.unit or "")))


def _series(
    unit: str | None,
    held: Sequence[tuple[Report, Figure]],
    line_of: Mapping[tuple[ReportId, AttributionId], Line],
) -> FigureSeries:
    points: dict[tuple[object, ...], FigurePoint] = {}
    for report, figure in held:
        line = None
        if figure.attribution is not None:
            line = line_of.get((report.id, figure.attribution))
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
        )
        # The same figure from the same mouth on the same day is one point, however often printed.
        key = (figure.low, figure.high, figure.bound, figure.as_of, speaker)
        points.setdefault(key, point)
    ordered = tuple(sorted(points.values(), key=_when))
    disputed, reasons = _disputes(ordered)
    first = held[0][1]
    return FigureSeries(
        counts=first.counts or "", unit=unit, points=ordered, disputed=disputed, reasons=reasons
    )


def _when(point: FigurePoint) -> tuple[str, str]:
    day = point.as_of or date.min
    return (day.isoformat(), point.published.isoformat() if point.published else "")


def _disputes(points: Sequence[FigurePoint]) -> tuple[bool, tuple[str, ...]]:
    reasons = []
    for i, a in enumerate(points):
        for b in points[i + 1 :]:
            two_voices = a.speaker and b.speaker and a.speaker != b.speaker
            if two_voices and a.as_of == b.as_of and excludes(a, b):
                reasons.append(
                    f"{a.speaker}: {a.quote.words[0]}, but {b.speaker}: {b.quote.words[0]}"
                )
    return bool(reasons), tuple(dict.fromkeys(reasons))


def excludes(a: FigurePoint, b: FigurePoint) -> bool:
    """Say whether no number lies within the bounds of both."""
    return max(_low(a), _low(b)) > min(_high(a), _high(b))


def _low(point: FigurePoint) -> float:
    return point.low if point.low is not None else float("-inf")


def _high(point: FigurePoint) -> float:
    return point.high if point.high is not None else float("inf")
