"""The newsstand of a running desk: editions, stories, speakers and outlets, made when asked for.

What a page is about moves only with the changes that bear on it, so a page is made anew only
then. The changes are followed once for all pages.
"""

from __future__ import annotations

import dataclasses
import re
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from sayso.brief.front import Entry, Found
from sayso.brief.make import make_briefing
from sayso.brief.material import Material, Said
from sayso.brief.records import Briefing, Edition, Length, Related
from sayso.commands.briefing import MAKER, when_of
from sayso.pipeline import Desk, belongs, by_time, gather
from sayso.records import (
    Attribution,
    Change,
    Cursor,
    Findings,
    Health,
    Report,
    ReportId,
    Ruling,
    StoryId,
)
from sayso.web.newsstand import Told

LOOKED_THROUGH = 2_000
"""Reports that are looked through at the start for their speakers and outlets."""

MOST_REPORTS = 500
"""Reports of one page, the newest: more than anybody reads, few enough to be made in seconds."""

REMEMBERED = 100_000
"""Reports whose topics, and topics whose last change, are remembered."""

LISTED = 100
"""Stories on the front page, those last moved first."""

KEPT_BRIEFINGS = 32
"""Briefings kept ready: the newest and those that readers look back at."""

FEWEST_LETTERS = 3
MOST_SAID = 20
PAGE = 1_000


class DeskStand:
    """Pages of one desk, made when they are first asked for and kept by their cursor."""

    def __init__(
        self,
        desk: Desk,
        editions: Iterable[Edition],
        rule: Callable[[Ruling], Ruling],
        health: Callable[[], Health],
    ) -> None:
        self._desk = desk
        self._rule = rule
        self._health = health
        self._editions = {slug(one.title or "Briefing"): one for one in editions}
        self._members: dict[str, list[ReportId]] = defaultdict(list)  # by topic, as they came
        self._moved: dict[str, Cursor] = {}
        self._known: dict[str, frozenset[str]] = {}  # report to the topics it is of
        self._made: OrderedDict[tuple[str, Cursor, datetime | None, Length], Briefing | None] = (
            OrderedDict()
        )
        self._lock = threading.RLock()
        self._making = threading.Lock()
        self._start = self._seen = desk.store.cursor()
        self._take_in(self._first())

    def _first(self) -> list[Report]:
        """Return what to begin with: the last reports, and what editions may want."""
        ever = datetime.min.replace(tzinfo=UTC)
        store = self._desk.store
        some = {report.id: report for report in store.since(ever, limit=LOOKED_THROUGH)}
        for edition in self._editions.values():
            for term in edition.terms:
                found = store.search(term, limit=MOST_REPORTS)
                some |= {report.id: report for report in found if belongs(report, edition)}
        return list(some.values())

    def entries(self, most: int = LISTED) -> list[Entry]:
        """Return the editions, then as many stories as asked for, those last moved first."""
        with self._lock:
            self._follow()
            editions = [
                Entry(
                    topic=topic,
                    title=edition.title or "Briefing",
                    kind="edition",
                    reports=len(self._members[topic]),
                )
                for topic, edition in self._editions.items()
            ]
        stories = [
            Entry(
                topic=story.id,
                title=story.headline,
                kind="story",
                reports=len(story.reports),
                first=story.first,
                last=story.last,
            )
            for story in self._desk.store.stories(limit=most)
        ]
        return [*editions, *stories]

    def briefing(
        self,
        topic: str,
        *,
        since: datetime | Cursor | None,
        at: Cursor | None,
        length: Length = "page",
    ) -> Briefing | None:
        newest = self._desk.store.cursor()
        cursor = newest if at is None else min(at, newest)
        looked = when_of(self._desk.store, since)
        key = (topic, cursor, looked, length)
        # One at a time: a hundred readers of a new cursor want the same briefing.
        with self._making:
            if key not in self._made:
                self._made[key] = self._make(topic, cursor, looked, length)
                if len(self._made) > KEPT_BRIEFINGS:
                    self._made.popitem(last=False)
            self._made.move_to_end(key)
            return self._made[key]

    def _make(
        self, topic: str, at: Cursor, since: datetime | None, length: Length
    ) -> Briefing | None:
        material = self._material(topic, at)
        if material is None:
            return None
        edition = self._editions.get(topic) or _edition_of(topic)
        made = make_briefing(material, edition, since=since, length=length, maker=MAKER)
        if material.story is None:
            return made
        parted = tuple(
            Related(title=other.headline, url=None, reason="parted from this story")
            for one in self._desk.store.moved_to(material.story, at=at)
            if (other := self._desk.store.story(one, at=at)) is not None
        )
        return dataclasses.replace(made, see_also=(*parted, *made.see_also))

    def _material(self, topic: str, at: Cursor) -> Material | None:
        """Return what the page of a topic is made from; None when there is no such topic."""
        kind, _, name = topic.partition("/")
        with self._lock:
            self._follow()
            ids = list(self._members.get(topic, ()))
        # As it was then: what came later takes nobody's place.
        came = self._desk.store.arrivals(ids)
        ids = [one.development.report for one in came if one.cursor <= at][-MOST_REPORTS:]
        if topic in self._editions:
            return gather(self._desk, ids, edition=self._editions[topic], at=at)
        if kind == "speaker":
            named = [report.id for report in self._desk.store.search(name, limit=MOST_REPORTS)]
            ids = list(dict.fromkeys((*ids, *named)))
        elif not name:
            story = self._desk.store.story(StoryId(topic), at=at)
            ids = list(story.reports[-MOST_REPORTS:]) if story is not None else []
        material = gather(self._desk, ids, edition=Edition(), at=at)
        if kind == "speaker" and name:
            material = _said_by(name, material)
        elif not name:
            material = dataclasses.replace(material, story=StoryId(topic))
        return material if material.reports else None

    def moved(self, topic: str, newest: Cursor) -> Cursor:
        with self._lock:
            self._follow()
            return min(newest, self._moved.get(topic, self._start))

    def survivor(self, topic: str) -> str | None:
        if topic in self._editions or "/" in topic:
            return None
        store = self._desk.store
        if store.story(StoryId(topic)) is not None:
            return None
        # Where the survivor was merged as well, its own address leads on.
        return next(iter(store.moved_to(StoryId(topic))), None)

    def report(self, report: ReportId) -> tuple[Report, Findings] | None:
        kept = self._desk.store.reports([report])
        found = self._desk.store.findings([report])
        return (kept[0], found[0]) if kept and found else None

    def search(self, words: str) -> Found:
        reports = self._desk.store.search(words)
        asked = words.casefold().replace("*", " ").split()
        with self._lock:
            self._follow()
            topics = [
                topic
                for topic in self._members
                if "/" in topic and all(word in topic.casefold() for word in asked)
            ]
            topics.sort(key=lambda topic: (-len(self._members[topic]), topic))
        found = {one.report: one for one in self._desk.store.findings(one.id for one in reports)}
        # The newest report that carries the words stands for all that do.
        said: dict[tuple[str, ...], Said] = {}
        for report in reports:
            for one in found[report.id].attributions if report.id in found else ():
                if all(word in _words_of(report, one).casefold() for word in asked):
                    pieces = tuple(report.cut(span).casefold() for span in one.content)
                    said.setdefault(pieces, Said(report, one))
        long_enough = any(len(word) >= FEWEST_LETTERS for word in asked)
        named = [topic.split("/", 1) for topic in topics] if long_enough else []
        return Found(
            reports=tuple(reports),
            said=tuple(said.values())[:MOST_SAID],
            speakers=tuple(name for kind, name in named if kind == "speaker")[:MOST_SAID],
            outlets=tuple(name for kind, name in named if kind == "outlet")[:MOST_SAID],
        )

    def changes(self, *, after: Cursor) -> Sequence[Told]:
        changes = self._desk.store.changes(after=after, limit=PAGE)
        with self._lock:
            self._follow()
            missing = {one.development.report for one in changes} - self._known.keys()
            self._take_in(self._desk.store.reports(sorted(missing)), follow=False)
            return [Told(one, self._bears(one)) for one in changes]

    def cursor(self) -> Cursor:
        return self._desk.store.cursor()

    def health(self) -> Health:
        return self._health()

    def rule(self, ruling: Ruling) -> Ruling:
        return self._rule(ruling)

    def _follow(self) -> None:
        """Take in what changed since it was last looked."""
        while changes := self._desk.store.changes(after=self._seen, limit=PAGE):
            ids = dict.fromkeys(one.development.report for one in changes)
            stood = {
                one.report: str(one.story)
                for one in self._desk.store.placements(ids, at=self._seen)
            }
            self._take_in(self._desk.store.reports(one for one in ids if one not in self._known))
            for one in changes:
                step = one.development
                # The page that a report left moves as well.
                left = {stood.get(step.report, step.story)} if step.statement is None else set()
                stood[step.report] = step.story
                for topic in self._bears(one) | left:
                    self._moved.pop(topic, None)
                    self._moved[topic] = one.cursor
                while len(self._moved) > REMEMBERED:
                    # What is forgotten counts as moved then: its page is made once too often.
                    self._start = self._moved.pop(next(iter(self._moved)))
            self._seen = changes[-1].cursor

    def _bears(self, change: Change) -> frozenset[str]:
        step = change.development
        return self._known.get(step.report, frozenset()) | {step.story}

    def _take_in(self, reports: Iterable[Report], *, follow: bool = True) -> None:
        """Learn which topics reports are of; with `follow`, as reports of these topics."""
        some = sorted(reports, key=by_time)
        found = {one.report: one for one in self._desk.store.findings(one.id for one in some)}
        for report in some:
            topics = {topic for topic, one in self._editions.items() if belongs(report, one)}
            topics.add(f"outlet/{report.outlet}")
            if report.id in found:
                topics |= {f"speaker/{name}" for name in _named(found[report.id])}
            self._known[report.id] = frozenset(topics)
            if len(self._known) > REMEMBERED:
                del self._known[next(iter(self._known))]
            if follow:
                for topic in topics:
                    held = self._members[topic]
                    held.append(report.id)
                    del held[: -2 * MOST_REPORTS]


def slug(title: str) -> str:
    """Return what stands for `title` in an address."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:100] or "briefing"


def _named(found: Findings) -> set[str]:
    """Return the names of those who speak in a report."""
    return {one.speaker.name for one in found.attributions if one.speaker and one.speaker.name}


def _words_of(report: Report, one: Attribution) -> str:
    spans = [*one.content, *([one.source] if one.source else [])]
    return " ".join(report.cut(span) for span in spans)


def _edition_of(topic: str) -> Edition:
    """Return the edition of a page that no editor made one for."""
    kind, _, name = topic.partition("/")
    if kind == "speaker":
        return Edition(title=name, belongs=f"What {name} is reported to have said.")
    if kind == "outlet":
        return Edition(title=name, belongs=f"What {name} reports.")
    return Edition()


def _said_by(name: str, material: Material) -> Material:
    """Return what of `material` a speaker is reported to have said."""
    wanted = name.casefold()
    findings = {
        report: dataclasses.replace(
            found,
            attributions=tuple(
                one
                for one in found.attributions
                if one.speaker and (one.speaker.name or "").casefold() == wanted
            ),
        )
        for report, found in material.findings.items()
    }
    held = {(report, one.id) for report, found in findings.items() for one in found.attributions}
    quoting = {report for report, _ in held}
    statements = []
    for statement in material.statements:
        own = tuple(u for u in statement.utterances if (u.report, u.attribution) in held)
        if own:
            statements.append(dataclasses.replace(statement, utterances=own))
    return dataclasses.replace(
        material,
        reports=tuple(report for report in material.reports if report.id in quoting),
        findings={report: found for report, found in findings.items() if report in quoting},
        statements=tuple(statements),
    )
