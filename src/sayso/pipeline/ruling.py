"""An editor's word on two reports, kept with all that it changes."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sayso.errors import InputError
from sayso.pipeline.memory import Desk, back, publishers, recall
from sayso.records import Change, Decision, Development, Placement, Report, Ruling
from sayso.trace.anew import comes_from, trace_among
from sayso.trace.rulings import changes_nothing, told

log = logging.getLogger(__name__)


def rule(desk: Desk, ruling: Ruling, *, now: datetime) -> list[Change]:
    """Keep an editor's word on two reports with all that it changes; return what changed.

    A word that holds already changes nothing. Raises InputError for a report that is not kept.
    """
    ids = (ruling.report, ruling.other)
    kept = {report.id: report for report in desk.store.reports(ids)}
    for each in ids:
        if each not in kept:
            raise InputError(each, "no report that the desk keeps has this id")
    if ruling.report == ruling.other:
        raise InputError(ruling.report, "a ruling is on two reports")
    earlier = desk.store.rulings(ids)
    if changes_nothing(ruling, earlier):
        return []
    ruling = replace(ruling, at=ruling.at or now)
    moved: tuple[Placement, ...] = ()
    if ruling.verdict not in ("copied", "separate"):
        times = [min(one.published or now, now) for one in kept.values()]
        span = timedelta(days=desk.story_days)
        known = recall(desk, since=back(min(times), span), now=now)
        moved = known.threads.rule([*known.rulings, ruling])
    decision = decide_anew(desk, list(kept.values()), ruling, [*earlier, ruling], moved)
    try:
        changes = desk.store.apply(decision, now=now)
    except BaseException:
        desk.memory = None  # it has followed a ruling that was not kept
        raise
    memory = desk.memory
    if memory is not None and changes and changes[0].cursor == memory.cursor + 1:
        memory.cursor = changes[-1].cursor
        memory.rulings.append(ruling)
    else:
        desk.memory = None
    log.info("ruled: verdict=%s changes=%d", ruling.verdict, len(changes))
    return changes


def decide_anew(
    desk: Desk,
    named: Sequence[Report],
    ruling: Ruling,
    rulings: Sequence[Ruling],
    placed: Sequence[Placement],
) -> Decision:
    """Return what `ruling` changes: where the two reports that it names come from.

    `placed` are the reports that it moved to other stories.
    """
    ids = [report.id for report in named]
    before = {lineage.report: lineage for lineage in desk.store.lineages(ids)}
    story_of = {one.report: one.story for one in (*desk.store.placements(ids), *placed)}
    # Copies stand in the story of what they were copied from, but for those that an editor moved.
    near = {other for one in before.values() for other in (one.other, one.origin) if other}
    near |= {each for one in rulings for each in (one.report, one.other)}
    for story in set(story_of.values()):
        kept = desk.store.story(story)
        near |= set(kept.reports) if kept else set()
    owners = desk.owners(publishers(named))
    traced = trace_among(named, desk.store.reports(sorted(near)), owners=owners, rulings=rulings)
    moved = {
        ruling.report,
        *(one.report for one in traced if comes_from(one) != comes_from(before.get(one.report))),
        *(one.report for one in placed if one.report in ids),
    }
    pairs = zip(named, reversed(named), strict=True)
    return Decision(
        lineages=tuple(traced),
        placements=tuple(placed),
        developments=(
            *(
                Development(
                    story=story_of[report.id],
                    kind="changed",
                    report=report.id,
                    reasons=(told(ruling, other),),
                )
                for report, other in pairs
                if report.id in moved
            ),
            *(
                Development(story=one.story, kind="changed", report=one.report, reasons=one.reasons)
                for one in placed
                if one.report not in moved
            ),
        ),
        rulings=(ruling,),
    )
