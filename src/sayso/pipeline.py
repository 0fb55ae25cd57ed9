"""The order of the steps: read what is needed, decide, write once. Knows no noun.

A turn that fails leaves nothing behind and is simply done again; a turn that is done again
changes nothing. What a turn decides depends on the reports and their times, not on the order in
which a source handed them over.
"""

from __future__ import annotations

import itertools
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from sayso.brief.material import Material, news
from sayso.brief.records import Dropped, Edition
from sayso.errors import InputError
from sayso.ids import version_id, words_id
from sayso.ports import Engine, Raw, Store
from sayso.records import (
    Change,
    Cursor,
    Decision,
    Development,
    DevelopmentKind,
    Findings,
    Lineage,
    Outlet,
    Placement,
    Report,
    ReportId,
    Ruling,
    Sketch,
    StoryId,
)
from sayso.thread.sketch import MAKER, make_sketch, sketch_of
from sayso.thread.terms import terms
from sayso.thread.threads import Threads
from sayso.thread.unfolding import Unfolding
from sayso.thread.versions import notice, replacements, withdrawals
from sayso.trace.anew import comes_from, trace_among
from sayso.trace.copies import Window
from sayso.trace.direction import direction
from sayso.trace.known import name_speakers
from sayso.trace.lineage import trace
from sayso.trace.owners import Owners
from sayso.trace.rulings import changes_nothing, told
from sayso.trace.statements import group
from sayso.trace.words import Words, read_words

log = logging.getLogger(__name__)

KEPT_WORDS = 4_000
"""Reports whose words are held ready to be compared: those lately asked for."""

KEPT_REPORTS = 10_000
"""Reports that are held ready themselves; of all others only what their sketches say."""

MOST_RETRACED = 12
"""Copies that are traced again because what they were copied from came after them: each of them
may be compared with two dozen, and who copied the later ones stays joined to these."""

SLACK = timedelta(days=1)
"""How much further back the memory reaches than asked for: reports come out of order, and one
that is an hour older than those before it must not have all of the memory read anew."""

AT_ONCE = 1_000
"""Reports that the memory takes in at once."""

ENOUGH = 1_000
"""New reports after which it is worth looking the memory through, and old ones to forget."""


@dataclass(slots=True, kw_only=True)
class Memory:
    """What the steps need of earlier reports, kept at hand so that a turn need not read it anew.

    It holds nothing that the store does not: `recall` makes it again from there.
    """

    window: Window = field(default_factory=Window)
    threads: Threads = field(default_factory=Threads)
    unfolding: Unfolding = field(default_factory=Unfolding)
    times: dict[ReportId, datetime] = field(default_factory=dict)  # published, or else kept
    reports: dict[ReportId, Report] = field(default_factory=dict)  # those lately asked for
    words: dict[ReportId, Words] = field(default_factory=dict)  # the same
    publishers: dict[str, Outlet] = field(default_factory=dict)  # as it was told of each last
    rulings: list[Ruling] = field(default_factory=list)  # oldest first
    cursor: Cursor
    since: datetime  # it holds nothing older
    fresh: int = 0  # reports since it was last looked through for old ones

    def learn(self, outlet: str, publisher: Outlet | None) -> None:
        """Remember who publishes an outlet: a later report may come without being told."""
        if publisher is not None:
            self.publishers.pop(outlet, None)
            self.publishers[outlet] = publisher

    def hold(self, sketch: Sketch, kept: datetime) -> None:
        """Take in a report that was kept then."""
        at = sketch.published or kept
        self.times[sketch.report] = at
        self.fresh += 1
        self.window.hold(sketch.report, sketch.outlet, at, sketch.shingles)
        self.learn(sketch.outlet, sketch.publisher)

    def words_of(self, report: Report) -> Words:
        """Return the words of `report`, read once while it is among those lately asked for."""
        words = self.words.pop(report.id, None) or read_words(report)
        self.words[report.id] = words
        if len(self.words) > KEPT_WORDS:
            del self.words[next(iter(self.words))]
        return words


@dataclass(slots=True, kw_only=True)
class Desk:
    """Everything one running installation works with: ports, wired by `sayso.app`."""

    store: Store
    engine: Engine
    extract: Callable[[Report], Findings]
    owners: Callable[[Iterable[Outlet]], Owners]
    story_days: int = 14
    memory: Memory | None = None


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
    memory = recall(desk, since=back(min(times), span))
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


def publishers(reports: Iterable[Report]) -> Iterable[Outlet]:
    """Return what was told of who published the reports."""
    return (report.publisher for report in reports if report.publisher is not None)


def back(when: datetime, span: timedelta) -> datetime:
    """Return `span` before `when`, or the first moment there is: a feed may say year 1."""
    ever = datetime.min.replace(tzinfo=UTC)
    return when - span if when - ever > span else ever


def by_time(report: Report) -> tuple[str, str]:
    """Order reports by when they were published, undated ones first, then by id."""
    return (report.published.isoformat() if report.published else "", report.id)


def recall(desk: Desk, *, since: datetime) -> Memory:
    """Return the desk's memory from `since` on.

    It is read anew when another process has written, or when it does not reach back far enough.
    """
    memory = desk.memory
    if memory is not None and memory.cursor == desk.store.cursor() and memory.since <= since:
        return memory
    since = back(since, SLACK)
    memory = Memory(cursor=desk.store.cursor(), since=since)
    memory.rulings = desk.store.rulings()
    known = desk.store.sketches(since)
    while some := list(itertools.islice(known, AT_ONCE)):
        ids = [report for report, _, _ in some]
        story_of = {one.report: one.story for one in desk.store.placements(ids)}
        lineage_of = {one.report: one for one in desk.store.lineages(ids)}
        old = [report for report, _, sketch in some if sketch is None or sketch.maker != MAKER]
        anew = {one.id: make_sketch(one) for one in desk.store.reports(old)}
        for report, kept, sketch in some:
            sketch = anew.get(report, sketch)
            assert sketch is not None, "what is kept can be sketched"
            memory.hold(sketch, kept)
            if report in story_of:
                memory.threads.restore(sketch, story_of[report], lineage_of.get(report), kept=kept)
    memory.threads.rule(memory.rulings)
    memory.threads.resume()
    desk.memory = memory
    return memory


def forget(memory: Memory, *, before: datetime) -> None:
    """Drop what is too old to matter, so that a desk left alone for weeks does not grow."""
    for held, most in ((memory.words, KEPT_WORDS), (memory.reports, KEPT_REPORTS)):
        for report in list(itertools.islice(held, max(0, len(held) - most))):
            del held[report]
    if memory.fresh < ENOUGH:
        return
    memory.fresh = 0
    old = [report for report, at in memory.times.items() if at < before]
    if len(old) < ENOUGH:
        return
    memory.since = max(memory.since, before)
    memory.window.forget(before)
    memory.threads.close(before)
    for one in old:
        del memory.times[one]
        memory.reports.pop(one, None)
        memory.words.pop(one, None)


def forget_pruned(desk: Desk, *, before: datetime) -> None:
    """Remember nothing of before then: the store may keep it no longer."""
    memory = desk.memory
    if memory is not None and any(at < before for at in memory.times.values()):
        desk.memory = None


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
    mended = retrace(desk, memory, [one for one in later.values() if one not in fresh])
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


def remembered(desk: Desk, memory: Memory, ids: Sequence[ReportId]) -> list[Report]:
    """Return the reports of `ids`, those not at hand read from the store."""
    lacking = [one for one in ids if one not in memory.reports]
    for report in desk.store.reports(lacking) if lacking else ():
        memory.reports[report.id] = report
    found = []
    for one in ids:
        if one in memory.reports:
            memory.reports[one] = memory.reports.pop(one)  # behind those asked for longer ago
            found.append(memory.reports[one])
    return found


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
        known = recall(desk, since=back(min(times), timedelta(days=desk.story_days)))
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


ENOUGH_TERMS = 2
"""Different terms of an edition that a report must hold: one word may be there by chance."""


def belongs(report: Report, edition: Edition) -> bool:
    """Say whether `report` holds enough of what the edition names; without terms, all belong."""
    if not edition.terms:
        return True
    held = set(terms(report.text)) | set(terms(report.headline))
    met = sum(1 for term in edition.terms if held.issuperset(terms(term)))
    return met >= min(ENOUGH_TERMS, len(edition.terms))
