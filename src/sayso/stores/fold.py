"""A story is the fold of its developments: the same fold for every store.

A report stands in the story of its newest development, so that a story can be
merged or split by later developments and every earlier page can be shown again.
A story that all of its reports have left leads to the one that most of them stand in.
A store finds which reports those are; this module says what story they make.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sayso.records import ReportId, Story, StoryId


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """What a story needs to know of one of its reports."""

    report: ReportId
    headline: str
    time: datetime  # published, or else kept


def fold_story(story: StoryId, members: Iterable[Member]) -> Story | None:
    """Return the story that `members` make; None when all of them have left it.

    Its headline is that of the newest report that has one. Reports of the same
    time stand in the order of their ids, so that arrival order decides nothing.
    """
    by_time = sorted(members, key=lambda member: (member.time, member.report))
    if not by_time:
        return None
    headlines = [member.headline for member in by_time if member.headline]
    return Story(
        id=story,
        headline=headlines[-1] if headlines else "",
        reports=tuple(member.report for member in by_time),
        first=by_time[0].time,
        last=by_time[-1].time,
    )


def left_for(story: StoryId, stands: Iterable[StoryId]) -> list[StoryId]:
    """Return the stories that reports left `story` for, those that most did first.

    `stands` is where each of its present and former reports stands, the oldest first.
    """
    counts = Counter(one for one in stands if one != story)
    return sorted(counts, key=lambda one: -counts[one])
