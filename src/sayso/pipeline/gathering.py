"""What a briefing is made from, as of any cursor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sayso.brief.material import Material, news
from sayso.brief.records import Dropped, Edition
from sayso.ids import version_id, words_id
from sayso.pipeline.memory import Desk, publishers
from sayso.pipeline.turning import by_time
from sayso.ports import Store
from sayso.records import Cursor, Report, ReportId
from sayso.thread.terms import terms
from sayso.thread.versions import replacements, withdrawals
from sayso.trace.known import name_speakers
from sayso.trace.statements import group

ENOUGH_TERMS = 2
"""Different terms of an edition that a report must hold: one word may be there by chance."""


def kept_as(store: Store, reports: Iterable[Report]) -> list[ReportId]:
    """Return the id under which each report is kept; those that are not kept are left out."""
    ids = []
    for report in reports:
        for kept in store.reports([report.id, version_id(report)]):
            if words_id(kept) == words_id(report):
                ids.append(kept.id)
                break
    return ids


def gather(
    desk: Desk,
    ids: Sequence[ReportId],
    *,
    edition: Edition,
    at: Cursor | None = None,
    dropped: Sequence[Dropped] = (),
) -> Material:
    """Return what a briefing of the kept reports `ids` is made from, as of a cursor."""
    newest = desk.store.cursor()
    cursor = newest if at is None else min(at, newest)
    arrived = {
        one.development.report: (one.cursor, one.at)
        for one in desk.store.arrivals(ids)
        if one.cursor <= cursor
    }
    reports = desk.store.reports([one for one in ids if one in arrived])
    belonging = [report for report in reports if belongs(report, edition)]
    left = len(reports) - len(belonging)
    if left:
        thing = "1 report" if left == 1 else f"{left} reports"
        dropped = [*dropped, Dropped(thing, "not what this edition is about")]
    kept = [report.id for report in belonging]
    replaced = replacements(belonging, arrived)
    held = {one.report: one for one in desk.store.findings(kept, at=cursor)}
    findings = name_speakers(belonging, held)
    by_id = {report.id: report for report in belonging}
    return Material(
        steps=news(desk.store.steps(kept, at=cursor)),
        reports=tuple(sorted(belonging, key=by_time)),
        findings=findings,
        lineages={one.report: one for one in desk.store.lineages(kept, at=cursor)},
        statements=group(by_id, findings),
        owners=desk.owners(publishers(belonging)),
        replaced=replaced,
        withdrawn=withdrawals(belonging, replaced),
        arrived=arrived,
        dropped=tuple(dropped),
        cursor=cursor,
    )


def belongs(report: Report, edition: Edition) -> bool:
    """Say whether `report` holds enough of what the edition names; without terms, all belong."""
    if not edition.terms:
        return True
    held = set(terms(report.text)) | set(terms(report.headline))
    met = sum(1 for term in edition.terms if held.issuperset(terms(term)))
    return met >= min(ENOUGH_TERMS, len(edition.terms))
