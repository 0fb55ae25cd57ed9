"""Reports to stories, one report at a time: join the nearest open story, or open one.

A report joins the story that it is most like (`open_story`), if it is like enough; likeness fades
with the days since the story last moved, and a copy goes where its origin went. That is
single-pass clustering as in Allan et al., "On-line new event detection and tracking" (SIGIR
1998). It cannot tell two events of one kind apart at their first reports, so the decision is
looked at again when a story has been quiet for a day, and without dates whenever it grows: where
its reports fall into two camps (`parting`) the camp of the oldest report keeps the story and its
id, and the other moves to a story of its own.

A headline alone never decides, and nothing is decided here by who published a report.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sayso.ids import make_id
from sayso.records import Lineage, Placement, Report, ReportId, Story, StoryId
from sayso.thread.open_story import (
    WATCHED,
    Member,
    OpenStory,
    Vector,
    held_terms,
    make_open,
    vector_of,
)
from sayso.thread.parting import camps
from sayso.thread.terms import terms

JOIN = 0.16
"""Likeness from which a report joins a story."""

FADE_DAYS = 6.0
"""Days of silence after which a story attracts half as strongly."""

UNDATED = 1.0
"""How strongly a story attracts where no date tells how far apart the two are."""

FEW = 3
CLEAR = 0.55
PARTED = 0.68
"""Two camps are two stories when the likeness across is less than this share of that within.
Where a camp has `FEW` reports it must be clearer, and also where dates have kept the reports
together: a running story has sides, an archive without dates has look-alikes."""

QUIET = timedelta(days=1)
"""Silence after which a story is looked at again: while it runs, its sides come together."""

LOOKED_UP = 25
"""A report's weightiest terms, by which candidate stories are found."""

CROWDED = 1_000
"""A term that so many open stories hold finds none: it would cost much and tell little."""

COMPARED = 6
"""Candidates that are compared in full."""


class Threads:
    """The open stories, as far as placing needs them.

    The outcome depends on the order in which reports come; callers hand them over by time.
    """

    def __init__(self) -> None:
        self._stories: dict[StoryId, OpenStory] = {}
        self._story_of: dict[ReportId, StoryId] = {}
        self._holding: dict[str, set[StoryId]] = defaultdict(set)
        self._moving: dict[StoryId, None] = {}  # not looked at since they last moved, oldest first

    def story_of(self, report: ReportId) -> StoryId | None:
        return self._story_of.get(report)

    def place(self, report: Report, lineage: Lineage | None = None) -> tuple[Placement, ...]:
        """Place `report` and remember it; return its placement, then those of reports it moved.

        A report that was placed stays where it is.
        """
        if report.id in self._story_of:
            story = self._story_of[report.id]
            return (
                Placement(report=report.id, story=story, score=1.0, reasons=("placed before",)),
            )
        member = Member(report=report.id, vector=vector_of(report), published=report.published)
        moved = self._look_again(report.published)
        placement = self._choose(member, lineage)
        self._join(member, placement.story)
        if report.published is None:
            moved += self._part(placement.story)
        last = {one.report: one for one in (placement, *moved)}
        return tuple(last.values())

    def settle(self) -> list[Placement]:
        """Look again at every story that moved since it was looked at: no more reports come."""
        return [one for story in list(self._moving) for one in self._part(story)]

    def restore(self, report: Report, story: StoryId) -> None:
        """Remember that `report` stands in `story`, as was decided before."""
        member = Member(report=report.id, vector=vector_of(report), published=report.published)
        self._join(member, story)

    def close(self, before: datetime) -> None:
        """Forget the stories that last moved before `before`."""
        for story in [
            one for one in self._stories.values() if one.last is not None and one.last < before
        ]:
            self._forget(story)
            for member in story.members:
                del self._story_of[member.report]

    def _look_again(self, now: datetime | None) -> list[Placement]:
        """Part those stories that have been quiet and are two."""
        moved: list[Placement] = []
        while self._moving and now is not None:
            story_id = next(iter(self._moving))
            last = self._stories[story_id].last
            if last is not None and now - last < QUIET:
                break
            moved += self._part(story_id)
        return moved

    def _choose(self, member: Member, lineage: Lineage | None) -> Placement:
        if lineage is not None and lineage.origin in self._story_of:
            return Placement(
                report=member.report,
                story=self._story_of[lineage.origin],
                score=1.0,
                reasons=("copied from a report of this story",),
            )
        best, score = self._nearest(member)
        if best is not None and score >= JOIN:
            shared = ", ".join(_shared(member.vector, best.total))
            return Placement(
                report=member.report,
                story=best.id,
                score=score,
                reasons=(f"likeness {score:.2f} (joins from {JOIN:.2f})", f"shares: {shared}"),
            )
        return Placement(
            report=member.report,
            story=StoryId(make_id("story", member.report)),
            score=score,
            reasons=(f"nearest story has likeness {score:.2f} (joins from {JOIN:.2f})",),
        )

    def _nearest(self, member: Member) -> tuple[OpenStory | None, float]:
        found: dict[StoryId, float] = defaultdict(float)
        for term in list(member.vector)[:LOOKED_UP]:
            holding = self._holding.get(term, ())
            if len(holding) < CROWDED:
                for story_id in holding:
                    story = self._stories[story_id]
                    found[story_id] += member.vector[term] * story.total[term] / story.square**0.5
        faded = {
            story: score * _fade(member.published, self._stories[story].last)
            for story, score in found.items()
        }
        nearest = sorted(faded, key=lambda story: (-faded[story], story))[:COMPARED]
        best: OpenStory | None = None
        highest = 0.0
        for story_id in nearest:
            story = self._stories[story_id]
            score = story.likeness(member.vector) * _fade(member.published, story.last)
            if score > highest:
                best, highest = story, score
        return best, highest

    def _join(self, member: Member, story_id: StoryId) -> None:
        story = self._stories.setdefault(story_id, OpenStory(story_id))
        story.add(member)
        for term in held_terms(member.vector):
            self._holding[term].add(story_id)
        self._story_of[member.report] = story_id
        self._moving.pop(story_id, None)
        self._moving[story_id] = None

    def _part(self, story_id: StoryId) -> list[Placement]:
        """Return where the reports of the younger camp go, if the story is really two."""
        self._moving.pop(story_id, None)
        story = self._stories[story_id]
        if len(story.members) > WATCHED:
            return []
        found = camps(story.likenesses())
        if found is None:
            return []
        side, across = found
        fewest = min(int(side.sum()), int((~side).sum()))
        dated = all(one.published is not None for one in story.members)
        bar = CLEAR if dated or fewest <= FEW else PARTED
        if across >= bar:
            return []
        self._forget(story)
        stays = [one for one, here in zip(story.members, side, strict=True) if here]
        leaves = [one for one, here in zip(story.members, side, strict=True) if not here]
        other = make_open(StoryId(make_id("story", leaves[0].report)), leaves)
        old = make_open(story.id, stays)
        for part in (old, other):
            self._stories[part.id] = part
            for term in part.held_terms():
                self._holding[term].add(part.id)
        for member in leaves:
            self._story_of[member.report] = other.id
        reasons = (
            f"parted from story {story.id}: two camps, likeness across {across:.2f} of that "
            f"within (parts below {bar:.2f})",
            f"these are about: {', '.join(_apart(other.total, old.total))}; "
            f"those about: {', '.join(_apart(old.total, other.total))}",
        )
        parted = {
            one.report: Placement(
                report=one.report, story=other.id, score=1 - across, reasons=reasons
            )
            for one in leaves
        }
        # Three events that are alike make a story that parts twice.
        for again in (*self._part(old.id), *self._part(other.id)):
            parted[again.report] = again
        return list(parted.values())

    def _forget(self, story: OpenStory) -> None:
        for term in story.held_terms():
            self._holding[term].discard(story.id)
            if not self._holding[term]:
                del self._holding[term]
        del self._stories[story.id]
        self._moving.pop(story.id, None)


def _fade(now: datetime | None, last: datetime | None) -> float:
    if now is None or last is None:
        return UNDATED
    days = abs((now - last).total_seconds()) / 86_400
    return float(0.5 ** (days / FADE_DAYS))


def _shared(a: Vector, b: Vector, count: int = 5) -> list[str]:
    """Return the terms that make `a` and `b` alike, those that weigh most first."""
    common = sorted((term for term in a if term in b), key=lambda term: (-a[term] * b[term], term))
    return common[:count]


def _apart(a: Vector, b: Vector, count: int = 4) -> list[str]:
    """Return the terms of `a` that `b` lacks most."""
    return sorted(a, key=lambda term: (b.get(term, 0.0) - a[term], term))[:count]


def thread_all(
    reports: Iterable[Report], lineages: Sequence[Lineage] = ()
) -> tuple[list[Story], list[Placement]]:
    """Place `reports` in the order of their time; return the stories and the last placements."""
    by_report = {lineage.report: lineage for lineage in lineages}
    ordered = sorted(
        reports, key=lambda one: (one.published.isoformat() if one.published else "", one.id)
    )
    threads = Threads()
    placed: dict[ReportId, Placement] = {}
    for report in ordered:
        for placement in threads.place(report, by_report.get(report.id)):
            if "placed before" not in placement.reasons:
                placed[placement.report] = placement
    placed |= {one.report: one for one in threads.settle()}
    members: dict[StoryId, dict[ReportId, Report]] = defaultdict(dict)
    for report in ordered:
        members[placed[report.id].story][report.id] = report
    stories = [make_story(story, list(held.values())) for story, held in members.items()]
    return stories, list(placed.values())


def make_story(story: StoryId, reports: Sequence[Report]) -> Story:
    """Return the story that `reports` make; its headline is the most central of theirs."""
    times = [report.published for report in reports if report.published is not None]
    counts = Counter(term for report in reports for term in set(terms(report.headline)))
    headlined = [report for report in reports if report.headline]
    best = max(
        headlined,
        key=lambda one: (
            sum(counts[term] for term in set(terms(one.headline))) / (5 + len(one.headline.split()))
        ),
        default=None,
    )
    return Story(
        id=story,
        headline=best.headline if best is not None else "",
        reports=tuple(report.id for report in reports),
        first=min(times, default=None),
        last=max(times, default=None),
    )
