"""The turn: read what is needed, decide, write once.

A turn that fails leaves nothing behind and is simply done again; a turn that is done again
changes nothing. What a turn decides depends on the reports and their times, not on the order in
which a source handed them over.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sayso.ids import words_id
from sayso.pipeline.memory import SLACK, Desk, Memory, back, forget, recall, remembered
from sayso.ports import Raw
from sayso.records import (
    Change,
    Decision,
    Development,
    DevelopmentKind,
    Findings,
    Lineage,
    Report,
    ReportId,
    StoryId,
)
from sayso.thread.sketch import sketch_of
from sayso.thread.versions import notice
from sayso.trace.anew import comes_from
from sayso.trace.direction import direction
from sayso.trace.lineage import trace

log = logging.getLogger(__name__)

MOST_RETRACED = 12
"""Copies that are traced again because what they were copied from came after them: each of them
may be compared with two dozen, and who copied the later ones stays joined to these."""


def turn(desk: Desk, incoming: Iterable[tuple[Report, Raw]], *, now: datetime) -> list[Change]:
    """Take in new reports and return what changed.

    Raises StoreError, and then nothing of the turn was kept.
    """
    # By its words, since the store may give an edited report the id of a new version.
    raws: dict[tuple[str, str], Raw] = {}
    reports = []
    for report, raw in incoming:
        reports.append(report)
        raws.setdefault((report.key, words_id(report)), raw)
    fresh = sorted(desk.store.unseen(reports), key=by_time)
    if not fresh:
        return []
    # What takes long comes first: between reading the memory and writing, others may write too.
    found = tuple(desk.engine.map(desk.extract, fresh))
    # Reports of an archive are placed among those of their own days, not of today's.
    times = [min(one.published or now, now) for one in fresh]
    span = timedelta(days=desk.story_days)
    memory = recall(desk, since=back(min(times), span), now=now)
    earlier = desk.store.versions({report.key for report in fresh})
    decision = replace(decide(desk, memory, fresh, earlier, now=now), findings=found)
    decision = replace(decision, developments=unfold(desk, memory, decision))
    try:
        changes = desk.store.apply(
            decision,
            now=now,
            raws=[(one.id, raws[one.key, words_id(one)]) for one in fresh],
        )
    except BaseException:
        desk.memory = None  # it has seen reports that were not kept
        raise
    if changes and changes[0].cursor == memory.cursor + 1:
        memory.cursor = changes[-1].cursor
        forget(memory, before=back(max(times), span + SLACK))
    else:
        desk.memory = None  # another desk wrote in between: it has reports that we have not seen
    log.info("turn done: reports=%d changes=%d", len(fresh), len(changes))
    return changes


def by_time(report: Report) -> tuple[str, str]:
    """Order reports by when they were published, undated ones first, then by id."""
    return (report.published.isoformat() if report.published else "", report.id)


def decide(
    desk: Desk,
    memory: Memory,
    fresh: Sequence[Report],
    earlier: Mapping[str, Sequence[Report]],
    *,
    now: datetime,
) -> Decision:
    """Return where each fresh report comes from, where it belongs and what it changes."""
    for report in fresh:
        memory.learn(report.outlet, report.publisher)
    owners = desk.owners(memory.publishers.values())
    lineages = []
    developments = []
    sketches = {}
    later: dict[ReportId, Report] = {}
    last = {key: versions[-1] for key, versions in earlier.items() if versions}
    for report in fresh:
        words = memory.words_of(report)
        near = memory.window.relatives(report, words)
        candidates = remembered(desk, memory, [one.report for one in near])
        lineage = trace(
            report, candidates, owners=owners, rulings=memory.rulings, words=memory.words_of
        )
        sketches[report.id] = sketch = sketch_of(report, words)
        memory.hold(sketch, now)
        memory.reports[report.id] = report
        lineages.append(lineage)
        behind = [one for one in candidates if direction(report, one, owners).first == "self"]
        later |= {one.id: one for one in behind[:MOST_RETRACED]}
    # An agency dates its dispatch anew with every update, so that its copies may come before it.
    mended = []
    place = {report.id: at for at, report in enumerate(fresh)}
    for lineage in retrace(desk, memory, list(later.values())):
        if lineage.report in place:
            lineages[place[lineage.report]] = lineage
        else:
            mended.append(lineage)
    placements = memory.threads.place(fresh, (*lineages, *mended), now=now, sketches=sketches)
    for report, lineage, placement in zip(fresh, lineages, placements[: len(fresh)], strict=True):
        developments.append(_develop(report, lineage, placement.story, last.get(report.key)))
        last[report.key] = report
    developments += [
        Development(story=one.story, kind="changed", report=one.report, reasons=one.reasons)
        for one in placements[len(fresh) :]
    ]
    for lineage in mended:
        story = memory.threads.story_of(lineage.report)
        if story is not None:
            developments.append(
                Development(
                    story=story, kind="changed", report=lineage.report, reasons=lineage.reasons
                )
            )
    return Decision(
        reports=tuple(fresh),
        lineages=(*lineages, *mended),
        placements=placements,
        developments=tuple(developments),
        sketches=tuple(sketches.values()),
    )


def retrace(desk: Desk, memory: Memory, reports: Sequence[Report]) -> list[Lineage]:
    """Return the lineage of those `reports` whose origin is another now that more is known."""
    before = {one.report: one for one in desk.store.lineages(report.id for report in reports)}
    owners = desk.owners(memory.publishers.values())
    changed = []
    for report in reports:
        near = memory.window.relatives(report, memory.words_of(report))
        candidates = remembered(desk, memory, [one.report for one in near])
        lineage = trace(
            report, candidates, owners=owners, rulings=memory.rulings, words=memory.words_of
        )
        if comes_from(lineage) != comes_from(before.get(report.id)):
            changed.append(lineage)
    return changed


def unfold(desk: Desk, memory: Memory, decision: Decision) -> tuple[Development, ...]:
    """Return the developments of `decision`, with those of single statements among them."""

    def members(story: StoryId) -> list[tuple[Report, Findings]]:
        kept = desk.store.story(story, at=memory.cursor)
        ids = kept.reports if kept is not None else ()
        findings = {one.report: one for one in desk.store.findings(ids)}
        reports = [
            *(memory.reports[one] for one in ids if one in memory.reports),
            *desk.store.reports([one for one in ids if one not in memory.reports]),
        ]
        reports.sort(key=by_time)
        return [(one, findings[one.id]) for one in reports if one.id in findings]

    return memory.unfolding.developments(decision, members)


def _develop(
    report: Report, lineage: Lineage, story: StoryId, replaced: Report | None
) -> Development:
    told = notice(report)
    reasons: tuple[str, ...] = ()
    kind: DevelopmentKind = "new"
    if told is not None:
        kind, reasons = told, (f"the report says of itself that it is {told}",)
    elif replaced is not None:
        kind, reasons = "changed", (f"a later version of “{replaced.headline}”",)
    elif lineage.origin is not None:
        kind, reasons = "repeated", lineage.reasons
    return Development(
        story=story,
        kind=kind,
        report=report.id,
        replaces=replaced.id if replaced is not None else None,
        reasons=reasons,
    )
