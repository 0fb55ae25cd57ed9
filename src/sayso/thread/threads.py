"""Reports to stories: in what order they are placed, and what the stories are called.

Rule 1: what stands where does not depend on the order in which reports arrive. A report that
arrives after later ones takes them off the wall (`wall`), is placed in its turn, and they are
placed anew; that goes back `WINDOW` from the newest report, over `MOST_ANEW` reports at most. A
report that is later still is placed among what stands, and moves nothing.
Rule 2: a story keeps the name that readers know it by. Where two become one, the older one's name
stays; where one becomes two, the name stays with the larger part, at a tie with the older.

A headline alone never decides, and nothing is decided here by who published a report.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sayso.ids import make_id
from sayso.records import Lineage, Placement, Report, ReportId, Ruling, Sketch, Story, StoryId
from sayso.thread.headline import central
from sayso.thread.open_story import Member
from sayso.thread.ruled import Ruled
from sayso.thread.sketch import make_sketch
from sayso.thread.wall import Undo, Wall

WINDOW = timedelta(hours=2)
"""How late a report may be and still be placed in its turn: most feeds are read within one."""

MOST_ANEW = 5_000
"""Reports that are placed anew for one that is late: those of some minutes of all the world's."""

Key = tuple[str, ...]
EARLIEST: Key = ()

COPIED = "copied from a report of this story"
COPIES = "a report of this story was copied from it"
ANEW = (1.0, ("placed anew in the light of a report that came late",))


@dataclass(slots=True)
class Step:
    """A report that was placed, and how to take it back."""

    key: Key
    report: ReportId
    member: Member
    origin: ReportId | None
    undo: list[Undo] = field(default_factory=list)
    mark: int = 0  # the wall's when it was placed


class Threads:
    """The open stories, as far as placing needs them."""

    def __init__(self) -> None:
        self._wall = Wall()
        self._steps: deque[Step] = deque()
        self._settled: Key = ()  # up to here nothing is placed anew
        self._newest: datetime | None = None
        self._names: dict[int, StoryId] = {}
        self._holder: dict[StoryId, int] = {}
        self._shown: dict[ReportId, StoryId] = {}
        self._copies: dict[ReportId, set[ReportId]] = defaultdict(set)

    def story_of(self, report: ReportId) -> StoryId | None:
        return self._shown.get(report)

    def place(
        self,
        reports: Iterable[Report],
        lineages: Iterable[Lineage] = (),
        *,
        now: datetime | None = None,
        sketches: Mapping[ReportId, Sketch] | None = None,
    ) -> tuple[Placement, ...]:
        """Place `reports`; return their placements, then those of earlier reports that moved.

        `now` is when they were read: it stands for the time of those that have none. A report
        that was placed stays where it is and has no placement here; `lineages` may be of earlier
        reports too, where one that came late was their origin; `sketches` are those that are
        made already.
        """
        origins = {one.report: one.origin for one in lineages}
        fresh = {one.id: one for one in reports if one.id not in self._shown}
        made = sketches or {}
        steps = [
            self._step(made.get(one.id) or make_sketch(one), origins.get(one.id), now)
            for one in fresh.values()
        ]
        for step in self._steps:
            step.origin = origins.get(step.report, step.origin)
        if not steps:
            return ()
        for report, origin in origins.items():
            if origin is not None:
                self._copies[origin].add(report)
        steps.sort(key=lambda step: step.key)
        anew = self._take_back(steps[0].key)
        for step in sorted([*steps, *anew], key=lambda step: step.key):
            self._pin(step)
        return self._placements(list(fresh))

    def rule(self, rulings: Sequence[Ruling]) -> tuple[Placement, ...]:
        """Follow these rulings, oldest first, and no others; return the reports that moved."""
        self._note(self._wall.follow(Ruled(rulings)))
        return self._placements(())

    def settle(self) -> tuple[Placement, ...]:
        """Look again at every story that moved since it was looked at: no more reports come."""
        self._wall.settle()
        return self._placements(())

    def restore(
        self,
        sketch: Sketch,
        story: StoryId,
        lineage: Lineage | None = None,
        *,
        kept: datetime | None = None,
    ) -> None:
        """Remember that a report, which was kept then, stands in `story`, as was decided before.

        Reports are restored in their order, and before any is placed. A report that is late may
        still take back the last of them.
        """
        step = self._step(sketch, lineage.origin if lineage is not None else None, kept)
        step.mark = self._wall.mark()
        number, step.undo = self._wall.keep(step.member, self._holder.get(story))
        self._names[number], self._holder[story] = story, number
        self._shown[sketch.report] = story
        self._wall.touched.clear()
        self._remember(step)

    def resume(self) -> None:
        """Place those reports anew that a late one may still take back, as they came.

        Where they were restored to is where they stand now, not where each stood when it came:
        by that alone, what is taken back after a restart would not be what was placed.
        """
        for step in sorted(self._take_back(EARLIEST), key=lambda step: step.key):
            self._pin(step)

    def close(self, before: datetime) -> None:
        """Forget the stories that last moved before `before`."""
        mark = self._steps[0].mark if self._steps else None
        for report in self._wall.close(before, mark=mark):
            del self._shown[report]
            self._copies.pop(report, None)
        for number in [one for one in self._names if one not in self._wall.stories]:
            del self._holder[self._names.pop(number)]

    def _step(self, sketch: Sketch, origin: ReportId | None, now: datetime | None) -> Step:
        at = sketch.published or now
        key: Key = (at.isoformat() if at else "", sketch.report)
        if key <= self._settled:
            key = (*self._settled, *key)
        member = Member(
            report=sketch.report,
            vector=self._wall.vocabulary.vector(sketch.terms, sketch.weights),
            key=key,
            at=at,
            published=sketch.published,
        )
        return Step(key, sketch.report, member, origin)

    def _take_back(self, key: Key) -> list[Step]:
        """Take all that was placed after `key` off the wall, the last first; return it."""
        taken = []
        while self._steps and self._steps[-1].key > key:
            step = self._steps.pop()
            while step.undo:
                step.undo.pop()()
            taken.append(step)
        return taken

    def _pin(self, step: Step) -> None:
        kin = [(step.origin, COPIED)] if step.origin is not None else []
        # A copy may bear an earlier time than what it was copied from, or the same day's.
        kin += [(one, COPIES) for one in sorted(self._copies.get(step.report, ()))]
        step.mark = self._wall.mark()
        step.undo = self._wall.pin(step.member, kin)
        self._remember(step)

    def _remember(self, step: Step) -> None:
        self._steps.append(step)
        at = step.member.at
        if at is not None:
            self._newest = max(self._newest or at, at)
        while self._steps and (len(self._steps) > MOST_ANEW or self._is_settled(self._steps[0])):
            step = self._steps.popleft()
            step.member.met.clear()
            self._settled = max(self._settled, step.key)

    def _note(self, undo: list[Undo]) -> None:
        """Keep with the last report how to take back what was done after it."""
        if self._steps:
            self._steps[-1].undo += undo

    def _is_settled(self, step: Step) -> bool:
        if self._newest is None:
            return False
        return step.member.at is None or self._newest - step.member.at > WINDOW

    def _placements(self, fresh: Sequence[ReportId]) -> tuple[Placement, ...]:
        """Name the stories that changed; return where `fresh` stands, then who moved."""
        self._note(self._wall.enforce())
        moved = self._name()
        found = []
        for report in [*fresh, *(one for one in moved if one not in set(fresh))]:
            score, reasons = self._wall.why.get(report, ANEW)
            story = self._shown[report]
            found.append(Placement(report=report, story=story, score=score, reasons=reasons))
        self._wall.why.clear()
        return tuple(found)

    def _name(self) -> list[ReportId]:
        """Give each story that gained or lost reports its name; return the reports that moved."""
        stories = [
            self._wall.stories[one] for one in self._wall.touched if one in self._wall.stories
        ]
        for number in self._wall.touched:
            if number in self._names:
                del self._holder[self._names.pop(number)]
        self._wall.touched.clear()
        stories.sort(key=lambda story: story.members[0].key)
        most: dict[StoryId, tuple[int, int]] = {}
        for story in stories:
            held = Counter(
                self._shown[one.report] for one in story.members if one.report in self._shown
            )
            for name, count in held.items():
                if name not in self._holder and count > most.get(name, (0, 0))[0]:
                    most[name] = (count, story.number)
        moved = []
        for story in stories:
            shown = (self._shown.get(one.report) for one in story.members)
            kept = (one for one in shown if one and most.get(one, (0, -1))[1] == story.number)
            called = next(kept, None) or self._new_name(story.members, most.keys())
            self._names[story.number], self._holder[called] = called, story.number
        for story in stories:
            called = self._names[story.number]
            for member in story.members:
                if self._shown.get(member.report) != called:
                    self._shown[member.report] = called
                    moved.append(member.report)
        return moved

    def _new_name(self, members: Sequence[Member], taken: Set[StoryId]) -> StoryId:
        """Return a name from the oldest report that has not given its name to another story."""
        names = (StoryId(make_id("story", one.report)) for one in members)
        oldest = members[0].report
        more = (StoryId(make_id("story", oldest, number)) for number in itertools.count())
        return next(
            one for one in itertools.chain(names, more) if one not in taken | self._holder.keys()
        )


def thread_all(
    reports: Iterable[Report], lineages: Sequence[Lineage] = (), rulings: Sequence[Ruling] = ()
) -> tuple[list[Story], list[Placement]]:
    """Place `reports` as if they had come in their order; return the stories and placements."""
    held = {
        one.id: one
        for one in sorted(
            reports, key=lambda one: (one.published.isoformat() if one.published else "", one.id)
        )
    }
    threads = Threads()
    threads.rule(rulings)
    placed = {one.report: one for one in threads.place(held.values(), lineages)}
    placed |= {one.report: one for one in threads.settle()}
    members: dict[StoryId, dict[ReportId, Report]] = defaultdict(dict)
    for report in held.values():
        members[placed[report.id].story][report.id] = report
    stories = [make_story(story, list(among.values())) for story, among in members.items()]
    return stories, list(placed.values())


def make_story(story: StoryId, reports: Sequence[Report]) -> Story:
    """Return the story that `reports` make; its headline is the most central of theirs."""
    times = [report.published for report in reports if report.published is not None]
    return Story(
        id=story,
        headline=central((report.headline, report.published) for report in reports),
        reports=tuple(report.id for report in reports),
        first=min(times, default=None),
        last=max(times, default=None),
    )
