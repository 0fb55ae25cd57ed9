"""The desk, and what it remembers of earlier reports so that a turn need not read it anew.

It remembers nothing that the store does not keep: after a restart it is the same.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sayso.ports import Engine, Store
from sayso.records import Cursor, Decision, Findings, Outlet, Report, ReportId, Ruling, Sketch
from sayso.thread.sketch import MAKER, make_sketch
from sayso.thread.threads import Threads
from sayso.thread.unfolding import Unfolding
from sayso.trace.copies import Window
from sayso.trace.owners import Owners
from sayso.trace.words import Words, read_words

KEPT_WORDS = 4_000
"""Reports whose words are held ready to be compared: those lately asked for."""

KEPT_REPORTS = 10_000
"""Reports that are held ready themselves; of all others only what their sketches say."""

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


def recall(desk: Desk, *, since: datetime, now: datetime) -> Memory:
    """Return the desk's memory from `since` on.

    It is read anew when another process has written, or when it does not reach back far enough.
    Reports that were kept before there were sketches, or before they were made so, are sketched
    once: what is made of them is kept.
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
        if anew:
            desk.store.apply(Decision(sketches=tuple(anew.values())), now=now)
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


def publishers(reports: Iterable[Report]) -> Iterable[Outlet]:
    """Return what was told of who published the reports."""
    return (report.publisher for report in reports if report.publisher is not None)


def back(when: datetime, span: timedelta) -> datetime:
    """Return `span` before `when`, or the first moment there is: a feed may say year 1."""
    ever = datetime.min.replace(tzinfo=UTC)
    return when - span if when - ever > span else ever
