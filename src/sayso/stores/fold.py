"""A story is the fold of its developments: the same fold for every store.

A report stands in the story of its newest development, so that a story can be
merged or split by later developments and every earlier page can be shown again.
A story that all of its reports have left leads to the one that most of them stand in.
A store finds which reports those are; this module says what story they make.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sayso.records import ReportId, Story, StoryId
from sayso.thread.headline import central


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """What a story needs to know of one of its reports."""

    report: ReportId
    headline: str
    time: datetime  # published, or else kept
    dated: bool = True  # False: it was not said when it was published


def fold_story(story: StoryId, members: Iterable[Member]) -> Story | None:
    """Return the story that `members` make; None when all of them have left it.

    Its headline is the most central of its reports' own. Reports of the same time stand in
    the order of their ids, so that arrival order decides nothing. When it began and when it
    moved last is told by its dated reports, if it has any.
    """
    by_time = sorted(members, key=lambda member: (member.time, member.report))
    if not by_time:
        return None
    dated = [member for member in by_time if member.dated] or by_time
    return Story(
        id=story,
        headline=central(
            (member.headline, member.time if member.dated else None) for member in by_time
        ),
        reports=tuple(member.report for member in by_time),
        first=dated[0].time,
        last=dated[-1].time,
    )


def choose_stories(
    moved: Iterable[StoryId], fold: Callable[[StoryId], Story | None], limit: int
) -> list[Story]:
    """Return `limit` stories in the order of `moved`, each once, those that all have left not.

    Of `moved` no more is read than is needed.
    """
    found: dict[StoryId, Story | None] = {}
    kept = 0
    for story in moved:
        if kept >= limit:
            break
        if story not in found:
            found[story] = fold(story)
            kept += found[story] is not None
    return [story for story in found.values() if story is not None]


def left_for(story: StoryId, stands: Iterable[StoryId]) -> list[StoryId]:
    """Return the stories that reports left `story` for, those that most did first.

    `stands` is where each of its present and former reports stands, the oldest first.
    """
    counts = Counter(one for one in stands if one != story)
    return sorted(counts, key=lambda one: -counts[one])
