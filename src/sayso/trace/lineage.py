"""What a report was copied from: the judgement on one report and its relatives.

Rule 1: a judgement names the passages and says why, in words that an editor would use.
Rule 2: an editor's ruling wins over everything found here, for ever.
Rule 3: where neither time nor credit tells who copied whom, the origin stays unknown.

Relatives come from `sayso.trace.copies`; how many independent sources this makes is counted in
`sayso.trace.independence`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

import numpy as np

from sayso.records import Lineage, Report, ReportId, Ruling
from sayso.trace.credits import origin_names, whole_origin, wire
from sayso.trace.direction import Direction, direction
from sayso.trace.overlap import Overlap, compare
from sayso.trace.owners import Owners
from sayso.trace.rulings import LINEAGE, standing, told
from sayso.trace.words import Marks, Words, read_words

_STANDING = timedelta(
    days=3
)  # what one outlet prints again after this is not a running story's copy
_WHOLE = 0.7  # share of own words above which an old report was printed again as a whole
_HALF = 0.5  # share above which it was worked over


@dataclass(frozen=True, slots=True)
class Relation:
    """What a report has in common with another, and which was first."""

    other: Report
    overlap: Overlap
    direction: Direction
    ruled: bool = False


def trace(
    report: Report,
    candidates: Collection[Report],
    *,
    owners: Owners,
    rulings: Iterable[Ruling] = (),
    words: Callable[[Report], Words] = read_words,
) -> Lineage:
    """Return what `report` was copied from, among `candidates`.

    `words` lets a caller who traces many reports read each only once.
    """
    ruled = list(rulings)
    apart = _ruled_separate(report, candidates, ruled)
    found = [
        relation
        for relation in relations(report, candidates, owners, ruled, words)
        if relation.ruled or not _comes_from(relation, candidates, apart, owners, words)
    ]
    copies = [relation for relation in found if relation.overlap.kind == "copy"]
    before = [relation for relation in copies if relation.direction.first == "other"]
    named = _origin_name(report, [relation.other for relation in copies])
    if before:
        return _copied(report, before, named, owners, apart)
    unknown = [r for r in copies if r.direction.first in ("unknown", "shared")]
    nearest = max(unknown or [r for r in found if r not in copies], key=_nearness, default=None)
    doubt = nearest is not None and nearest.overlap.doubtful
    if nearest is None or (nearest.overlap.kind == "none" and not doubt):
        return Lineage(
            report=report.id,
            origin_name=named,
            owner=owners.owner(report),
            separate=tuple(apart),
            reasons=(*apart.values(), *_credit_reasons(report), *_carried(copies)),
        )
    return Lineage(
        report=report.id,
        other=nearest.other.id,
        origin_name=named,
        owner=owners.owner(report),
        shared=nearest.overlap.shared,
        overlap=nearest.overlap.kind,
        doubt=doubt,
        separate=tuple(apart),
        passages=nearest.overlap.passages,
        reasons=(
            _shown(nearest),
            *([nearest.direction.reason] if nearest in copies else []),
            *apart.values(),
            *_credit_reasons(report),
            *_carried(copies),
        ),
    )


def relations(
    report: Report,
    candidates: Collection[Report],
    owners: Owners,
    rulings: Sequence[Ruling],
    words: Callable[[Report], Words],
) -> list[Relation]:
    """Return how `report` hangs together with each candidate; one ruled separate is left out."""
    mine = words(report)
    others = sorted((other for other in candidates if other.id != report.id), key=lambda o: o.id)
    stock = _stock(report, mine, others, owners, words)
    found = []
    for other in others:
        ruling = standing(report.id, other.id, rulings, LINEAGE)
        overlap = compare(mine, words(other), stock=stock)
        if overlap.kind == "copy" and owners.outlet(other) == owners.outlet(report):
            # What only the other repeats on other days is the outlet's furniture as well.
            theirs = _stock(other, words(other), [report, *others], owners, words)
            overlap = compare(mine, words(other), stock=stock, stock_there=theirs)
        if ruling is None:
            found.append(Relation(other, overlap, direction(report, other, owners)))
        elif ruling.verdict == "copied":
            side: Literal["other", "self"] = "other" if ruling.report == report.id else "self"
            ruled = Direction(side, told(ruling, other))
            found.append(Relation(other, _as_copy(overlap), ruled, ruled=True))
    return found


def _stock(
    report: Report,
    mine: Words,
    others: Sequence[Report],
    owners: Owners,
    words: Callable[[Report], Words],
) -> Marks:
    """Tell which words of `report` its outlet also prints on other days: its boilerplate.

    A report of the same outlet some days off that shares a part shares furniture or background.
    One that shares half is an older report worked over, unless others share that half as well.
    """
    holders = np.zeros(len(mine), dtype=np.int64)
    home = owners.outlet(report)
    for other in others:
        if not _days_apart(report, other) or owners.outlet(other) != home:
            continue
        overlap = compare(mine, words(other))
        share = max(overlap.here, overlap.there)
        for passage in overlap.passages if share < _WHOLE else ():
            first, last = np.searchsorted(mine.starts, (passage.here.start, passage.here.end))
            holders[first:last] += 2 if share < _HALF else 1
    return holders >= 2


def _days_apart(report: Report, other: Report) -> bool:
    if report.published is None or other.published is None:
        return False
    return abs(report.published - other.published) > _STANDING


def _copied(
    report: Report,
    before: list[Relation],
    named: str | None,
    owners: Owners,
    apart: Mapping[ReportId, str],
) -> Lineage:
    """Return the lineage of a report that copied one of `before`."""
    origin = min(before, key=_seniority)
    shown = [_shown(origin)] if origin.overlap.own or not origin.ruled else []
    credits = [why for why in _credit_reasons(report) if why not in origin.direction.reason]
    reasons = [*shown, origin.direction.reason, *apart.values(), *credits]
    if len(before) > 1:
        more = len(before) - 1
        reasons.append(
            "1 more earlier report holds the same words"
            if more == 1
            else f"{more} more earlier reports hold the same words"
        )
    return Lineage(
        report=report.id,
        other=origin.other.id,
        origin=origin.other.id,
        origin_name=named or origin.other.outlet,
        owner=owners.owner(report),
        shared=origin.overlap.shared,
        overlap="copy",
        ruled=origin.ruled,
        separate=tuple(apart),
        passages=origin.overlap.passages,
        reasons=tuple(reasons),
    )


def _seniority(relation: Relation) -> tuple[bool, bool, int, float, str]:
    """Order possible origins: an editor's, the agency's own, the fullest, then the earliest."""
    fullest = round(4 * (1 - max(relation.overlap.here, relation.overlap.there)))
    published = relation.other.published
    return (
        not relation.ruled,
        wire(relation.other) is None,
        fullest,
        published.timestamp() if published else float("inf"),
        relation.other.id,
    )


def _nearness(relation: Relation) -> tuple[int, float, str]:
    return relation.overlap.own, relation.overlap.shared, relation.other.id


def _origin_name(report: Report, copies: Iterable[Report]) -> str | None:
    """Return the agency or outlet that the words come from, where one is named."""
    whole = whole_origin(report)
    if whole:
        return origin_names(report)[0]
    if wire(report):
        return wire(report)
    # What a copy credits is where this report has it from too, if it credits nobody itself.
    named = sorted({name for copy in copies for name in (wire(copy), _whole_name(copy)) if name})
    return named[0] if len(named) == 1 and not report.credits else None


def _whole_name(report: Report) -> str | None:
    return origin_names(report)[0] if whole_origin(report) else None


def _as_copy(overlap: Overlap) -> Overlap:
    return Overlap(
        "copy",
        overlap.here,
        overlap.there,
        overlap.shared,
        overlap.words,
        overlap.own,
        overlap.passages,
    )


def _ruled_separate(
    report: Report, candidates: Collection[Report], rulings: Sequence[Ruling]
) -> dict[ReportId, str]:
    """Return those candidates that editors ruled to be separate work, and their words."""
    found = {}
    for other in sorted(candidates, key=lambda each: each.id):
        ruling = standing(report.id, other.id, rulings, LINEAGE)
        if ruling is not None and ruling.verdict == "separate":
            found[other.id] = told(ruling, other)
    return found


def _comes_from(
    relation: Relation,
    candidates: Collection[Report],
    apart: Collection[ReportId],
    owners: Owners,
    words: Callable[[Report], Words],
) -> bool:
    """Tell whether the other is itself a copy of one that an editor set apart.

    Whoever did not copy the dispatch did not copy it from those who printed it either.
    """
    return any(
        first.id in apart
        and first.id != relation.other.id
        and direction(relation.other, first, owners).first == "other"
        and compare(words(relation.other), words(first)).kind == "copy"
        for first in candidates
    )


def _title(report: Report) -> str:
    return f"{report.outlet}, “{report.headline}”"


def _shown(relation: Relation) -> str:
    overlap, title = relation.overlap, _title(relation.other)
    if overlap.doubtful:
        return f"perhaps rewritten from {title}: {overlap.own} words in common beside quotations"
    if overlap.kind == "quotation":
        return f"shares a quotation with {title} and little else: both quote the same words"
    if overlap.kind == "boilerplate":
        return f"shares only standing text with {title}"
    if overlap.own < overlap.words / 2:
        return (
            f"{overlap.words} words, {overlap.shared:.0%} of it, stand in {title} too,"
            " few of them its own"
        )
    return (
        f"{overlap.own} words of its own text, {overlap.here:.0%} of it, stand in {title} too"
        + (f", {overlap.there:.0%} of that report" if overlap.there > overlap.here else "")
    )


def _credit_reasons(report: Report) -> list[str]:
    return [f"credits {credit.name} ({credit.reason})" for credit in report.credits]


def _carried(copies: Sequence[Relation]) -> list[str]:
    later = sum(relation.direction.first == "self" for relation in copies)
    if not later:
        return []
    return [
        "1 later report carries its words"
        if later == 1
        else f"{later} later reports carry its words"
    ]
