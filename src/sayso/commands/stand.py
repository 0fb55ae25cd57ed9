"""The newsstand of a running desk: editions, stories, speakers and outlets, made when asked for.

What a page is about moves only with the changes that bear on it, so a page is made anew only
then. The changes are followed once for all pages.

Rule: which reports a page is made from is asked of the store, as of the page's cursor. Nothing
that is remembered here changes what a page says, so a desk that was started anew shows the same
past pages, to the byte.
"""

from __future__ import annotations

import dataclasses
import re
import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from sayso.brief.front import Entry, Found
from sayso.brief.make import make_briefing
from sayso.brief.material import Material, Said
from sayso.brief.records import Briefing, Edition, Length, Related
from sayso.commands.briefing import MAKER, when_of
from sayso.commands.shelf import Shelf
from sayso.pipeline import ENOUGH_TERMS, Desk, belongs, gather
from sayso.ports import Store
from sayso.records import (
    Change,
    Cursor,
    Findings,
    Health,
    Report,
    ReportId,
    Ruling,
    StoryId,
    Topic,
)
from sayso.thread.terms import terms
from sayso.web.newsstand import Told, topic_key

MOST_REPORTS = 500
"""Reports of one page, the newest: more than anybody reads, few enough to be made in seconds."""

REMEMBERED = 100_000
"""Reports whose topics, and topics whose last change, are remembered."""

LISTED = 100
"""Stories on the front page, those last moved first."""

KEPT_BRIEFINGS = 32
"""Briefings kept ready: the newest and those that readers look back at."""

KEPT_MATERIALS = 4
"""What pages are made from, kept ready: readers of a busy page ask for it since many a time."""

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
        self._moved: dict[str, Cursor] = {}  # by the key of a topic
        self._known: dict[str, frozenset[str]] = {}  # report to the keys of the topics it is of
        self._made: Shelf[tuple[str, Cursor, datetime | None, Length], Briefing] = Shelf(
            KEPT_BRIEFINGS
        )
        self._materials: Shelf[tuple[str, Cursor], Material] = Shelf(KEPT_MATERIALS)
        self._lock = threading.RLock()
        self._start = self._seen = desk.store.cursor()

    def entries(self, most: int = LISTED) -> list[Entry]:
        """Return the editions, then as many stories as asked for, those last moved first."""
        newest = self._desk.store.cursor()
        editions = [
            Entry(
                topic=topic,
                title=edition.title or "Briefing",
                kind="edition",
                reports=len(self._of_edition(edition, newest)),
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
        # A hundred readers of a new cursor want the same briefing; who wants another one does
        # not wait for it.
        return self._made.get(key, lambda: self._make(topic, cursor, looked, length))

    def _make(
        self, topic: str, at: Cursor, since: datetime | None, length: Length
    ) -> Briefing | None:
        material = self._materials.get((topic, at), lambda: self._material(topic, at))
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
        store = self._desk.store
        kind, _, name = topic.partition("/")
        if topic in self._editions:
            edition = self._editions[topic]
            return gather(self._desk, self._of_edition(edition, at), edition=edition, at=at)
        asked = Topic("story", topic)
        if name and kind == "speaker":
            asked = Topic("speaker", name)
        elif name and kind == "outlet":
            asked = Topic("outlet", name)
        ids = store.about(asked, at=at, limit=MOST_REPORTS)[::-1]
        material = gather(self._desk, ids, edition=Edition(), at=at)
        if asked.kind == "speaker":
            material = _said_by(name, material)
        elif asked.kind == "story":
            material = dataclasses.replace(material, story=StoryId(topic))
        return material if material.reports else None

    def _of_edition(self, edition: Edition, at: Cursor) -> list[ReportId]:
        """Return the last reports that belong in an edition as of a cursor, oldest first."""
        store = self._desk.store
        telling = [term for term in edition.terms if terms(term)]
        # A term without a word that tells anything stands in every report.
        least = min(ENOUGH_TERMS, len(edition.terms)) - (len(edition.terms) - len(telling))
        if least < 1:
            return last_to_come(store, at, MOST_REPORTS)
        found: list[ReportId] = []
        while len(found) < MOST_REPORTS:
            held = store.holding(telling, least=least, at=at, limit=MOST_REPORTS)
            found += [one.id for one in store.reports(held) if belongs(one, edition)]
            if len(held) < MOST_REPORTS:
                break
            at = Cursor(store.arrivals(held[-1:])[0].cursor - 1)
        return found[:MOST_REPORTS][::-1]

    def moved(self, topic: str, newest: Cursor) -> Cursor:
        return min(newest, self._moved.get(topic_key(topic), self._start))

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

    def search(self, words: str, *, at: Cursor | None = None) -> Found:
        store = self._desk.store
        named = store.search_names(words, at=at, limit=2 * MOST_SAID)
        return Found(
            reports=tuple(store.search(words, at=at)),
            said=self._said(words, at),
            speakers=tuple(one.name for one in named if one.kind == "speaker")[:MOST_SAID],
            outlets=tuple(one.name for one in named if one.kind == "outlet")[:MOST_SAID],
        )

    def _said(self, words: str, at: Cursor | None) -> tuple[Said, ...]:
        """Return what was said with all the words, each once: by the report that came last."""
        store = self._desk.store
        hits = store.search_said(words, at=at, limit=4 * MOST_SAID)
        ids = list(dict.fromkeys(report for report, _ in hits))
        reports = {one.id: one for one in store.reports(ids)}
        found = {
            (one.report, each.id): each
            for one in store.findings(ids, at=at)
            for each in one.attributions
        }
        said: dict[tuple[str, ...], Said] = {}
        for report, attribution in hits:
            if report in reports and (report, attribution) in found:
                one = Said(reports[report], found[report, attribution])
                pieces = tuple(one.report.cut(span).casefold() for span in one.attribution.content)
                said.setdefault(pieces, one)
        return tuple(said.values())[:MOST_SAID]

    def changes(self, *, after: Cursor) -> Sequence[Told]:
        changes = self._desk.store.changes(after=after, limit=PAGE)
        with self._lock:
            self._learn(changes)
            return [Told(one, self._bears(one)) for one in changes]

    def cursor(self) -> Cursor:
        """Return the newest cursor up to which it is known what moved."""
        with self._lock:
            self._follow()
            return self._seen

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
            self._learn(changes)
            for one in changes:
                step = one.development
                # The page that a report left moves as well.
                left = {stood.get(step.report, step.story)} if step.statement is None else set()
                stood[step.report] = step.story
                for topic in self._bears(one) | left:
                    self._moved.pop(topic, None)  # to be the last of them
                    self._moved[topic] = one.cursor
                while len(self._moved) > REMEMBERED:
                    # What is forgotten counts as moved then: its page is made once too often.
                    self._start = self._moved.pop(next(iter(self._moved)))
            self._seen = changes[-1].cursor

    def _bears(self, change: Change) -> frozenset[str]:
        step = change.development
        return self._known.get(step.report, frozenset()) | {step.story}

    def _learn(self, changes: Iterable[Change]) -> None:
        """Learn which topics the reports of changes are of."""
        missing = {one.development.report for one in changes} - self._known.keys()
        some = self._desk.store.reports(sorted(missing))
        found = {one.report: one for one in self._desk.store.findings(one.id for one in some)}
        for report in some:
            topics = {topic for topic, one in self._editions.items() if belongs(report, one)}
            topics.add(topic_key(f"outlet/{report.outlet}"))
            if report.id in found:
                topics |= {topic_key(f"speaker/{name}") for name in _named(found[report.id])}
            self._known[report.id] = frozenset(topics)
        for gone in list(self._known)[: max(0, len(self._known) - REMEMBERED)]:
            if gone not in missing:
                del self._known[gone]


def last_to_come(store: Store, at: Cursor, most: int) -> list[ReportId]:
    """Return the reports that came last as of a cursor, at most so many, oldest first."""
    found: list[ReportId] = []
    end, stretch = int(at), 4 * most  # some of a report's changes are of its statements
    while end > 0 and len(found) < most:
        first = max(0, end - stretch)
        ids: dict[ReportId, None] = {}
        seen = first
        while seen < end and (changes := store.changes(after=Cursor(seen), limit=PAGE)):
            ids |= dict.fromkeys(one.development.report for one in changes if one.cursor <= end)
            seen = changes[-1].cursor
        came = [one for one in store.arrivals(ids) if first < one.cursor <= end]
        came.sort(key=lambda one: -one.cursor)
        found += [one.development.report for one in came]
        end = first
    return found[:most][::-1]


def slug(title: str) -> str:
    """Return what stands for `title` in an address."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:100] or "briefing"


def _named(found: Findings) -> set[str]:
    """Return the names of those who speak in a report."""
    return {one.speaker.name for one in found.attributions if one.speaker and one.speaker.name}


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
