"""Reports to stories, one report at a time: join the nearest open story, or open one.

A report is its terms, weighted by how rare they are among all that was seen (TF-IDF), headline
and lead counting more, since news puts first what it is about. A story is the mean of its
reports. The decision is single-pass clustering as in Allan et al., "On-line new event detection
and tracking" (SIGIR 1998), with two additions: likeness fades with the days since the story last
moved, and a copy goes where its origin went. A headline alone never decides.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sayso.ids import make_id
from sayso.records import Lineage, Placement, Report, ReportId, Story, StoryId
from sayso.thread.terms import terms

JOIN = 0.14
"""Likeness from which a report joins a story. Chosen on undated reports (ECB+), where it stands
for 0.28 by `UNDATED`; dated ones were not looked at for it."""

LEAD = 600
"""Characters of a report that tell what it is about: headline and first paragraphs."""

LEAD_WEIGHT = 2.0
KEPT_TERMS = 80
"""Terms of a report that are kept: the rest are common, and cost as much."""

STORY_TERMS = 200
FADE_DAYS = 6.0
"""Days of silence after which a story attracts half as strongly."""

UNDATED = 0.5
"""How strongly a story attracts where no date tells how far apart the two are."""

LOOKED_UP = 25
"""A report's rarest terms, by which candidate stories are found."""


@dataclass(slots=True)
class _Open:
    id: StoryId
    middle: dict[str, float]
    reports: list[ReportId] = field(default_factory=list)
    last: datetime | None = None


class Threads:
    """The open stories, as far as placing needs them.

    The outcome depends on the order in which reports come; callers hand them over by time.
    """

    def __init__(self) -> None:
        self._stories: dict[StoryId, _Open] = {}
        self._story_of: dict[ReportId, StoryId] = {}
        self._holding: dict[str, set[StoryId]] = defaultdict(set)
        self._frequency: Counter[str] = Counter()
        self._seen = 0

    def story_of(self, report: ReportId) -> StoryId | None:
        return self._story_of.get(report)

    def place(self, report: Report, lineage: Lineage | None = None) -> Placement:
        """Place `report` and remember it; a report that was placed stays where it is."""
        vector = self._vector(report)
        if report.id in self._story_of:
            story = self._story_of[report.id]
            return Placement(report=report.id, story=story, score=1.0, reasons=("placed before",))
        if lineage is not None and lineage.origin in self._story_of:
            story = self._story_of[lineage.origin]
            reasons: tuple[str, ...] = ("copied from a report of this story",)
            return self._join(report, vector, story, 1.0, reasons)
        best, score, shared = self._nearest(report, vector)
        if best is not None and score >= JOIN:
            reasons = (
                f"likeness {score:.2f} (joins from {JOIN:.2f})",
                f"shares: {', '.join(shared)}",
            )
            return self._join(report, vector, best.id, score, reasons)
        story = StoryId(make_id("story", report.id))
        reasons = (f"nearest story has likeness {score:.2f} (joins from {JOIN:.2f})",)
        return self._join(report, vector, story, score, reasons)

    def restore(self, report: Report, story: StoryId) -> None:
        """Remember that `report` stands in `story`, as was decided before."""
        self._join(report, self._vector(report), story, 1.0, ())

    def close(self, before: datetime) -> None:
        """Forget the stories that last moved before `before`."""
        for story in [
            one for one in self._stories.values() if one.last is not None and one.last < before
        ]:
            for term in story.middle:
                self._holding[term].discard(story.id)
            for report in story.reports:
                del self._story_of[report]
            del self._stories[story.id]

    def _vector(self, report: Report) -> dict[str, float]:
        body = report.text
        lead = body[:LEAD] if body.startswith(report.headline) else report.headline + body[:LEAD]
        counts: dict[str, float] = defaultdict(float)
        for term in terms(body):
            counts[term] += 1.0
        for term in terms(lead):
            counts[term] += LEAD_WEIGHT
        self._seen += 1
        self._frequency.update(counts.keys())
        weighted = {
            term: (1 + math.log(count)) * math.log((2 + self._seen) / (1 + self._frequency[term]))
            for term, count in counts.items()
        }
        kept = sorted(weighted.items(), key=lambda item: (-item[1], item[0]))[:KEPT_TERMS]
        norm = math.sqrt(sum(weight * weight for _, weight in kept)) or 1.0
        return {term: weight / norm for term, weight in kept}

    def _nearest(
        self, report: Report, vector: dict[str, float]
    ) -> tuple[_Open | None, float, tuple[str, ...]]:
        candidates: set[StoryId] = set()
        for term in list(vector)[:LOOKED_UP]:
            candidates |= self._holding[term]
        best: tuple[float, str] = (0.0, "")
        for story_id in candidates:
            story = self._stories[story_id]
            middle = story.middle
            dot = sum(weight * middle[term] for term, weight in vector.items() if term in middle)
            norm = math.sqrt(sum(weight * weight for weight in middle.values())) or 1.0
            best = max(best, (dot / norm * _fade(report.published, story.last), story_id))
        if not best[1]:
            return None, 0.0, ()
        story = self._stories[StoryId(best[1])]
        common = sorted(
            (term for term in vector if term in story.middle),
            key=lambda term: -vector[term] * story.middle[term],
        )
        return story, best[0], tuple(common[:5])

    def _join(
        self,
        report: Report,
        vector: dict[str, float],
        story_id: StoryId,
        score: float,
        reasons: tuple[str, ...],
    ) -> Placement:
        story = self._stories.setdefault(story_id, _Open(story_id, {}))
        number = len(story.reports)
        before = set(story.middle)
        middle = {term: weight * number / (number + 1) for term, weight in story.middle.items()}
        for term, weight in vector.items():
            middle[term] = middle.get(term, 0.0) + weight / (number + 1)
        kept = sorted(middle.items(), key=lambda item: (-item[1], item[0]))[:STORY_TERMS]
        story.middle = dict(kept)
        for term in before - story.middle.keys():
            self._holding[term].discard(story_id)
        for term in story.middle.keys() - before:
            self._holding[term].add(story_id)
        story.reports.append(report.id)
        if report.published is not None:
            story.last = max(story.last or report.published, report.published)
        self._story_of[report.id] = story_id
        return Placement(report=report.id, story=story_id, score=score, reasons=reasons)


def _fade(now: datetime | None, last: datetime | None) -> float:
    if now is None or last is None:
        return UNDATED
    days = abs((now - last).total_seconds()) / 86_400
    return float(0.5 ** (days / FADE_DAYS))


def thread_all(
    reports: Iterable[Report], lineages: Sequence[Lineage] = ()
) -> tuple[list[Story], list[Placement]]:
    """Place `reports` in the order of their time; return the stories and each placement."""
    by_report = {lineage.report: lineage for lineage in lineages}
    ordered = sorted(
        reports, key=lambda one: (one.published.isoformat() if one.published else "", one.id)
    )
    threads = Threads()
    placements = [threads.place(report, by_report.get(report.id)) for report in ordered]
    members: dict[StoryId, list[Report]] = defaultdict(list)
    for report, placement in zip(ordered, placements, strict=True):
        members[placement.story].append(report)
    return [make_story(story, held) for story, held in members.items()], placements


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
