"""What happened, by the day it happened; where no words name a day, by the day it was reported.

A day weighs by the reports that name it, each by how central its most central sentence on that
day is to the story, and by those published on it; what matters is to stand out from its own
week, or the loudest month would take the whole timeline. The heaviest days are shown, each with
the sentences that together are nearest to all that is told of it. Only a sentence that names the
day, or was printed on it and names none, is shown; a copy adds nothing its origin did not say.

It writes nothing and merges nothing: two days of one event may both be there.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sayso.brief.material import Material, quote
from sayso.brief.records import Day, Line, TimelineEntry
from sayso.brief.sentences import Telling, tellings
from sayso.records import AttributionId, LineId, Report, ReportId
from sayso.thread.terms import rarity, terms

Vector = Mapping[str, float]

MISDATED = {"redated", "future"}
"""Doubts that put every "Wednesday" of a report in doubt with its date."""

MOST_DAYS = 30
"""Days of a page: more than a reader takes in at once."""

A_DAY = 2
"""Entries of a day: a reader looks for the step, not for the day's paper."""

CENTRE = 60
"""Terms that tell what a story is about; with all of them, every sentence is a little about it."""

AROUND = 3
"""Days on either side among which a day must stand out."""

ALIKE = 0.6
"""Cosine from which two sentences of a day tell the same step."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A sentence with its terms, at length 1, and how central to the story it is."""

    telling: Telling
    vector: Vector
    central: float


def make_timeline(
    material: Material,
    line_of: Mapping[tuple[ReportId, AttributionId], Line],
    *,
    days: int | None = MOST_DAYS,
    a_day: int = A_DAY,
    within: tuple[date, date] | None = None,
) -> tuple[Day, ...]:
    """Return the `days` of the story most worth a line, earliest first; all of them for None."""
    reports = sorted(_usable(material), key=lambda report: report.id)
    told = weigh_sentences(
        [one for report in reports for one in tellings(report, material.findings[report.id])]
    )
    weights = weigh_days(reports, told)
    if within is not None:
        weights = {day: n for day, n in weights.items() if within[0] <= day <= within[1]}
    about = _by_day(told, weights)
    ranked = sorted(about, key=lambda day: (-weights[day], day))
    found: list[Day] = []
    for day in ranked:
        if len(found) == days:
            break
        if shown := choose(about[day], day, a_day):
            named = len({one.telling.report.id for one in about[day] if one.telling.named})
            entries = tuple(_entry(material, one.telling, day, named, line_of) for one in shown)
            found.append(Day(day=day, entries=entries))
    return tuple(sorted(found, key=lambda one: one.day))


def _usable(material: Material) -> Iterable[Report]:
    for report in material.reports:
        lineage = material.lineages.get(report.id)
        copied = lineage is not None and lineage.origin is not None
        gone = report.id in material.replaced or report.id in material.withdrawn
        in_doubt = MISDATED & set(report.doubts)
        if report.id in material.findings and not (copied or gone or in_doubt):
            yield report


def weigh_sentences(found: Sequence[Telling]) -> list[Weighed]:
    """Return the sentences with their terms, and how near each is to what the story is about."""
    counts = [Counter(terms(one.words)) for one in found]
    rare = rarity(counts)
    in_reports: dict[str, set[ReportId]] = defaultdict(set)
    often: Counter[str] = Counter()
    for one, count in zip(found, counts, strict=True):
        for term in count:
            in_reports[term].add(one.report.id)
            often[term] += 1
    # By the reports that use it; in a story of one report, by its sentences.
    centre = {term: rare[term] * len(ids) for term, ids in in_reports.items()}
    first = sorted(centre, key=lambda term: (-centre[term], -often[term], term))[:CENTRE]
    middle = _unit({term: centre[term] for term in first})
    weighed = []
    for one, count in zip(found, counts, strict=True):
        vector = _unit({term: n * rare[term] for term, n in count.items()})
        weighed.append(Weighed(one, vector, _dot(vector, middle)))
    return weighed


def weigh_days(reports: Sequence[Report], told: Sequence[Weighed]) -> dict[date, float]:
    """Return how much each day is worth a line."""
    named: dict[tuple[date, ReportId], float] = defaultdict(float)
    leading: dict[ReportId, list[float]] = defaultdict(list)
    for one in told:
        source = one.telling.report.id
        if one.telling.leads:
            leading[source].append(one.central)
        for day, _ in one.telling.named:
            named[day, source] = max(named[day, source], one.central)
    weights: dict[date, float] = defaultdict(float)
    for (day, _), central in named.items():
        weights[day] += central
    for report in reports:
        if report.published is not None and (tops := leading[report.id]):
            weights[report.published.date()] += sum(tops) / len(tops)
    printed = [report.published.date() for report in reports if report.published]
    first, last = min(printed, default=date.min), max(printed, default=date.min)
    covered = sum(weight for day, weight in weights.items() if first <= day <= last)
    mean = covered / ((last - first).days + 1) or 1.0
    return {
        day: weight / math.sqrt(mean + _around(weights, day)) for day, weight in weights.items()
    }


def _around(weights: Mapping[date, float], day: date) -> float:
    """Return the mean weight of the days around `day`, the nearer counting more."""
    near = 0.0
    for step in range(-AROUND, AROUND + 1):
        try:
            other = day + timedelta(days=step)
        except OverflowError:
            continue
        near += weights.get(other, 0.0) * (1 - abs(step) / (AROUND + 1))
    return near / (AROUND + 1)


def _by_day(told: Sequence[Weighed], days: Iterable[date]) -> dict[date, list[Weighed]]:
    """Sort sentences by the days that they tell of; a lead's day may be the one before, too."""
    about: dict[date, list[Weighed]] = {day: [] for day in days}
    for one in told:
        for day in one.telling.days:
            if day in about:
                about[day].append(one)
            if not one.telling.named and day > date.min:
                before = day - timedelta(days=1)
                if before in about:
                    about[before].append(one)
    return about


def choose(about: Sequence[Weighed], day: date, most: int) -> list[Weighed]:
    """Return the sentences on `day` that together are nearest to all that is told of it."""
    centre: dict[str, float] = defaultdict(float)
    for one in {one.telling.words: one for one in about}.values():  # a repeated one counts once
        for term, weight in one.vector.items():
            centre[term] += math.sqrt(one.central) * weight
    free = [one for one in about if day in one.telling.days]
    near = [_dot(one.vector, centre) for one in free]
    shown: list[int] = []
    length, reached = 0.0, 0.0  # of the sum of those shown: squared, and along the centre
    overlap = [0.0] * len(free)  # of each with that sum
    while len(shown) < most:
        best, score = -1, 0.0
        for place, one in enumerate(free):
            if any(_dot(one.vector, free[other].vector) >= ALIKE for other in shown):
                continue
            whole = length + 2 * overlap[place] + 1.0
            if (reach := (reached + near[place]) / math.sqrt(whole)) > score:
                best, score = place, reach
        if best < 0:
            break
        shown.append(best)
        length += 2 * overlap[best] + 1.0
        reached += near[best]
        chosen = free[best].vector
        overlap = [
            so_far + _dot(chosen, one.vector) for so_far, one in zip(overlap, free, strict=True)
        ]
    return [free[place] for place in shown]


def _dot(one: Vector, other: Vector) -> float:
    return sum(weight * other[term] for term, weight in one.items() if term in other)


def _unit(vector: Vector) -> Vector:
    norm = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {term: weight / norm for term, weight in vector.items()} if norm else vector


def _entry(
    material: Material,
    telling: Telling,
    day: date,
    named: int,
    line_of: Mapping[tuple[ReportId, AttributionId], Line],
) -> TimelineEntry:
    report = telling.report
    reasons = [f"the day is named: {report.cut(span)}" for at, span in telling.named if at == day]
    reasons = reasons[:1] or ["reported on this day; the words name none before it"]
    if named > 1:
        reasons.append(f"{named} reports name the day")
    return TimelineEntry(
        quote=quote(report, telling.span),
        outlet=report.outlet,
        url=report.url,
        published=report.published,
        line=_line_at(material, telling, line_of),
        reasons=tuple(reasons),
    )


def _line_at(
    material: Material,
    telling: Telling,
    line_of: Mapping[tuple[ReportId, AttributionId], Line],
) -> LineId | None:
    for attribution in material.findings[telling.report.id].attributions:
        if any(telling.span.meets(span) for span in attribution.content):
            line = line_of.get((telling.report.id, attribution.id))
            if line is not None:
                return line.id
    return None
