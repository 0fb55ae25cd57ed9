"""The open stories side by side: one report is pinned to one of them at a time, in order.

A report joins the story that it is most like, if it is like enough; likeness fades with the days
since the story last moved, and a copy goes where its origin went. That is single-pass clustering
as in Allan et al., "On-line new event detection and tracking" (SIGIR 1998). What it cannot know at
a story's first reports is looked at again: where a story's reports fall into two camps it parts
(`parting`), and where two stories turn out to be as alike as their own reports are, they become
one. An editor's ruling comes before all of that.

Every step can be taken back, the last one first. Which order the steps come in, and what a story
is called, is for `threads`.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial

import numpy as np

from sayso.records import ReportId
from sayso.thread.nearby import Nearby
from sayso.thread.open_story import Member, OpenStory
from sayso.thread.parting import WATCHED, partition
from sayso.thread.ruled import Ruled
from sayso.thread.vectors import WHOLE, Products, Vocabulary, Weights

JOIN = 0.145
"""Likeness from which a report joins a story."""

FADE_DAYS = 6.0
"""Days of silence after which a story attracts half as strongly."""

QUIET = timedelta(days=1)
"""Silence after which a story is looked at again: while it runs, its sides come together."""

STORIES = 6
"""Candidates that are compared in full."""

SAME = 0.9
"""Two stories are one when the likeness across is this share of that within."""

MOST_MET, MOST_PAIRS = 24, 20_000
"""Stories of which a report, and pairs of stories of which the wall, remembers how alike they are,
in case reports are placed anew in the light of one that came late."""

SHARED = 5
"""Terms by which an editor is told why a report joined."""

Undo = Callable[[], None]
NONE_YET: Products = np.zeros(0, dtype=np.int64)


class Wall:
    """Which report stands in which open story, and why."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self.ruled = Ruled()
        self.stories: dict[int, OpenStory] = {}
        self.story_of: dict[ReportId, int] = {}
        self.why: dict[ReportId, tuple[float, tuple[str, ...]]] = {}  # of what was placed last
        self.touched: dict[int, None] = {}  # stories that gained or lost reports
        self._nearby = Nearby()
        self._count = itertools.count()
        self._kin: dict[int, dict[int, None]] = {}  # stories that may yet turn out to be one
        self._due: list[tuple[datetime, int]] = []  # when to look again; may be out of date
        self._undo: list[Undo] = []
        self._products_across: dict[tuple[int, int], int] = {}  # of two stories, by their stamps

    def pin(self, member: Member, kin: Sequence[tuple[ReportId, str]]) -> list[Undo]:
        """Place `member` and return how to take it back, to be done last one first.

        `kin` are the reports that it was copied from or that were copied from it, and which.
        """
        self._undo = []
        if member.at is not None:
            self._look_again(member.at)
        with self.vocabulary.unfolded(member.vector) as unfolded:
            found = self._candidates(member, unfolded)
            story, score, reasons = self._choose(member, kin, found, unfolded)
            products = _products(member, story, unfolded)
        self._join(member, story, products)
        self.why[member.report] = (score, reasons)
        for other, likeness in found:
            if other is not story and likeness >= JOIN and self._are_one(story, other):
                story = self._unite(story, other)
        if member.published is None:
            self._part(story)
        return self._undo

    def keep(self, member: Member, number: int | None) -> tuple[int, list[Undo]]:
        """Pin `member` where it was decided before, or to a new story; return which, as `pin`."""
        self._undo = []
        story = self.stories.get(-1 if number is None else number) or self._new_story()
        with self.vocabulary.unfolded(member.vector) as unfolded:
            products = _products(member, story, unfolded)
        self._join(member, story, products)
        return story.number, self._undo

    def settle(self) -> None:
        """Look again at every story that moved since it was looked at: no more reports come."""
        for number in list(self.stories):
            if number in self.stories:
                self._part(self.stories[number])

    def mark(self) -> int:
        """Return a number: stories that are made from here on have a larger one."""
        return next(self._count)

    def close(self, before: datetime, *, mark: int | None) -> list[ReportId]:
        """Forget the stories that last moved before `before`; return their reports.

        Those that were made since `mark` stay, since what made them may be taken back.
        """
        gone = []
        for story in list(self.stories.values()):
            if mark is not None and story.number > mark:
                continue
            if story.last is not None and story.last < before:
                self._take_down(story)
                for member in story.members:
                    gone.append(member.report)
                    del self.story_of[member.report]
        self._nearby.forget(gone)
        return gone

    def follow(self, ruled: Ruled) -> list[Undo]:
        """Follow these rulings and no others; return how to take back what that changes."""
        self._undo = []
        for one, other, _ in self.ruled.no_more(ruled):
            stories = {self.story_of[each] for each in (one, other) if each in self.story_of}
            if stories:
                self._thread_anew([self.stories[each] for each in sorted(stories)], ruled)
        self.ruled = ruled
        return self._undo

    def enforce(self) -> list[Undo]:
        """Do what editors ruled of reports that are placed; return how to take it back."""
        self._undo = []
        for one, other, reason in self.ruled.together:
            here, there = self.story_of.get(one, -1), self.story_of.get(other, -1)
            if min(here, there) >= 0 and here != there:
                self._unite(self.stories[here], self.stories[there], reason)
        for one, other, reason in self.ruled.apart:
            here = self.story_of.get(one, -1)
            if here >= 0 and here == self.story_of.get(other):
                self._keep_apart(self.stories[here], one, other, reason)
        return self._undo

    def _candidates(self, member: Member, unfolded: Weights) -> list[tuple[OpenStory, float]]:
        """Return the stories most like `member`, with how like, the most alike first."""
        if len(member.met.products) > MOST_MET:
            member.met.clear()
        best: dict[int, float] = {}
        for other, product in self._nearby.nearest(member, unfolded):
            story = self.stories[self.story_of[other.report]]
            if story.number not in best:
                best[story.number] = product * _fade(member, story)
        nearest = sorted(best, key=lambda one: (-best[one], self.stories[one].members[0].key))
        found = []
        for one in nearest[:STORIES]:
            story = self.stories[one]
            if not self.ruled.excludes(member.report, story.number, self.story_of):
                score = story.likeness(_products(member, story, unfolded)) * _fade(member, story)
                found.append((story, score))
        found.sort(key=lambda pair: (-pair[1], pair[0].members[0].key))
        return found

    def _choose(
        self,
        member: Member,
        kin: Sequence[tuple[ReportId, str]],
        found: Sequence[tuple[OpenStory, float]],
        unfolded: Weights,
    ) -> tuple[OpenStory, float, tuple[str, ...]]:
        ruling = self.ruled.place_of(member.report, self.story_of)
        if ruling is not None:
            return self.stories[ruling[0]], 1.0, (ruling[1],)
        for one, reason in kin:
            copied = self.story_of.get(one)
            if copied is not None and not self.ruled.excludes(member.report, copied, self.story_of):
                return (
                    self.stories[copied],
                    1.0,
                    (reason,),
                )
        if found and found[0][1] >= JOIN:
            story, score = found[0]
            if story.stamp not in member.met.shared:
                member.met.shared[story.stamp] = ", ".join(self._shared(story, unfolded))
            shared = member.met.shared[story.stamp]
            likeness = f"likeness {score:.2f} (joins from {JOIN})"
            return story, score, (likeness, f"shares: {shared}")
        score = found[0][1] if found else 0.0
        reasons = (f"nearest story has likeness {score:.2f} (joins from {JOIN})",)
        return self._new_story(), score, reasons

    def _new_story(self) -> OpenStory:
        number = next(self._count)
        story = OpenStory(number, kin=number)
        self._put_up(story)
        self._undo.append(partial(self._take_down, story))
        return story

    def _put_up(self, story: OpenStory) -> None:
        self.stories[story.number] = story
        self._kin.setdefault(story.kin, {})[story.number] = None

    def _take_down(self, story: OpenStory) -> None:
        del self.stories[story.number], self._kin[story.kin][story.number]
        if not self._kin[story.kin]:
            del self._kin[story.kin]

    def _join(self, member: Member, story: OpenStory, products: Products) -> None:
        square, last = story.square, story.last
        self._nearby.add(member)
        story.add(member, products)
        self.story_of[member.report] = story.number
        self._expect(story)
        self._undo.append(partial(self._unjoin, member, story, square, last))

    def _unjoin(self, member: Member, story: OpenStory, square: int, last: datetime | None) -> None:
        self._nearby.drop_last()
        story.drop_last(square=square, last=last)
        del self.story_of[member.report]
        self._expect(story)

    def _expect(self, story: OpenStory) -> None:
        self.touched[story.number] = None
        if story.last is not None:
            heapq.heappush(self._due, (story.last, story.number))

    def _look_again(self, now: datetime) -> None:
        """Part those stories that have been quiet and are two."""
        due = []
        while self._due and now - self._due[0][0] >= QUIET:
            last, number = heapq.heappop(self._due)
            story = self.stories.get(number)
            if story is not None and story.last == last and story.looked != len(story.members):
                due.append(story)
        for story in due:
            self._part(story)

    def _part(self, story: OpenStory) -> None:
        """Look whether the story is really two, or one with those that it was parted from."""
        if story.looked == len(story.members):
            return
        self._undo.append(partial(self._unlook, story, story.looked))
        story.looked = len(story.members)
        old = [self.stories[one] for one in self._kin[story.kin]]
        members = sorted((one for each in old for one in each.members), key=lambda one: one.key)
        if len(members) > WATCHED:
            return
        bound = self.ruled.bound([one.report for one in members])
        parted = partition([one.vector for one in members], bound)
        groups = [[members[place] for place in one.places] for one in parted]
        held = {frozenset(one.report for one in each.members) for each in old}
        if held == {frozenset(one.report for one in group) for group in groups}:
            return
        for made in self._replace(old, groups):
            self._undo.append(partial(self._unlook, made, 0))
            made.looked = len(made.members)
        for one, group in zip(parted, groups, strict=True):
            reasons: tuple[str, ...] = ("stories that had been parted turned out to be one",)
            if one.here:
                about, those = (
                    ", ".join(self.vocabulary.term(term) for term in terms)
                    for terms in (one.here, one.there)
                )
                reasons = (
                    f"parted from a story that was two: likeness across {one.across:.2f} of that "
                    f"within (parts below {one.bar:.2f})",
                    f"these are about: {about}; those about: {those}",
                )
            for member in group:
                self.why[member.report] = (1 - one.across, reasons)

    def _unlook(self, story: OpenStory, looked: int) -> None:
        story.looked = looked
        if story.last is not None:
            heapq.heappush(self._due, (story.last, story.number))

    def _are_one(self, story: OpenStory, other: OpenStory) -> bool:
        """Say whether two stories are as alike as their own reports are."""
        if self.ruled.parts(story.number, other.number, self.story_of):
            return False
        across = self._across(story, other)
        within = math.sqrt(story.cohesion() * other.cohesion())
        return across >= SAME * within

    def _across(self, story: OpenStory, other: OpenStory) -> float:
        pair = story.stamp, other.stamp
        if pair not in self._products_across:
            if len(self._products_across) > MOST_PAIRS:
                self._products_across.clear()
            # All products of one with the other, summed up: those of the sums, in whole numbers.
            with self.vocabulary.unfolded(story.whole()) as unfolded:
                self._products_across[pair] = int(other.products(unfolded).sum())
        total = self._products_across[pair]
        return total / WHOLE / (len(story.recent) * len(other.recent))

    def _unite(self, story: OpenStory, other: OpenStory, ruling: str = "") -> OpenStory:
        """Make one story of two; the older one's reports stay where they are."""
        if other.members[0].key < story.members[0].key:
            story, other = other, story
        with self.vocabulary.unfolded(other.members[-1].vector) as unfolded:
            shared = ", ".join(self._shared(story, unfolded))
        reasons = (
            ruling or "its story and this one turned out to be one: alike across as within",
            f"shares: {shared}",
        )
        moved = [one.report for one in other.members]
        (united,) = self._replace([story, other], [[*story.members, *other.members]])
        for report in moved:
            self.why[report] = (1.0, reasons)
        return united

    def _keep_apart(self, story: OpenStory, one: ReportId, other: ReportId, reason: str) -> None:
        """Divide a story between two of its reports, each other going with the one it is like."""
        seeds = [member for member in story.members if member.report in (one, other)]
        first, second = (self.ruled.group(seed.report) for seed in seeds)
        like = []
        for seed in seeds:
            with self.vocabulary.unfolded(seed.vector) as unfolded:
                like.append(
                    [int(unfolded[m.vector.numbers] @ m.vector.weights) for m in story.members]
                )
        goes = [here < there for here, there in zip(*like, strict=True)]
        for index, leader in self.ruled.bound([one.report for one in story.members]):
            goes[index] = goes[leader]
        for index, member in enumerate(story.members):
            if member.report in first | second:
                goes[index] = member.report in second
        leaves = [m for m, go in zip(story.members, goes, strict=True) if go]
        stays = [m for m, go in zip(story.members, goes, strict=True) if not go]
        if leaves and stays:
            self._replace([story], [stays, leaves])
            for member in leaves:
                self.why[member.report] = (1.0, (reason,))

    def _thread_anew(self, old: Sequence[OpenStory], ruled: Ruled) -> None:
        """Place the reports of some stories anew among themselves: a ruling was taken back."""
        made: list[OpenStory] = []
        for member in sorted((one for each in old for one in each.members), key=lambda m: m.key):
            with self.vocabulary.unfolded(member.vector) as unfolded:
                like = [
                    one.likeness(_products(member, one, unfolded)) * _fade(member, one)
                    for one in made
                ]
            best = max(range(len(made)), key=lambda one: (like[one], -one), default=-1)
            group = ruled.group(member.report)
            for number, story in enumerate(made):
                if any(one.report in group for one in story.members):
                    best, like[number] = number, 1.0
            if best < 0 or like[best] < JOIN:
                made.append(OpenStory(next(self._count), kin=old[0].kin))
                best = len(made) - 1
            self._add(member, made[best])
            self.why[member.report] = (1.0, ("a ruling on its story was taken back",))
        self._exchange(old, made)
        self._undo.append(partial(self._exchange, made, old))

    def _add(self, member: Member, story: OpenStory) -> None:
        with self.vocabulary.unfolded(member.vector) as unfolded:
            products = _products(member, story, unfolded)
        story.add(member, products)

    def _replace(self, old: Sequence[OpenStory], parts: Iterable[list[Member]]) -> list[OpenStory]:
        """Take `old` off the wall and pin their reports in new stories."""
        made = []
        for members in parts:
            story = OpenStory(next(self._count), kin=old[0].kin)
            for member in sorted(members, key=lambda one: one.key):
                self._add(member, story)
            made.append(story)
        self._exchange(old, made)
        self._undo.append(partial(self._exchange, made, old))
        return made

    def _exchange(self, old: Sequence[OpenStory], new: Sequence[OpenStory]) -> None:
        for story in old:
            self._take_down(story)
            self.touched[story.number] = None
        for story in new:
            self._put_up(story)
            for member in story.members:
                self.story_of[member.report] = story.number
            self._expect(story)

    def _shared(self, story: OpenStory, unfolded: Weights) -> list[str]:
        return [self.vocabulary.term(one) for one in story.shared(unfolded)[:SHARED]]


def _products(member: Member, story: OpenStory, unfolded: Weights) -> Products:
    """Return how alike `member`, which is unfolded, and each of the story's newest are."""
    if not story.members:
        return NONE_YET
    met = member.met.products
    if story.stamp not in met:
        met[story.stamp] = story.products(unfolded)
    return met[story.stamp]


def _fade(member: Member, story: OpenStory) -> float:
    if member.published is None or story.last is None:
        return 1.0
    days = abs((member.published - story.last).total_seconds()) / 86_400
    return float(0.5 ** (days / FADE_DAYS))
