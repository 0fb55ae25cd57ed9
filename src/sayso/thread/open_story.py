"""An open story as threading holds it: its reports' terms, their sum, and how alike they are.

A report is a vector of length 1 over its terms; a story is the sum of its reports', and its
likeness to a report is the cosine of the two.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from sayso.records import Report, ReportId, StoryId
from sayso.thread.background import background_rarity
from sayso.thread.parting import Likenesses
from sayso.thread.terms import terms

Vector = dict[str, float]
"""A report's terms, the weightiest first."""

KEPT_TERMS = 250
"""Terms of a report that are kept: all those of most, the weightiest of a transcript."""

HELD_TERMS = 60
"""A report's weightiest terms, by which its story can be found."""

RECENT = 60
"""Newest reports of a story to which a report is compared one by one."""

WATCHED = 40
"""Reports up to which a story is watched for being two: after that it has shown what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    report: ReportId
    vector: Vector
    published: datetime | None


def vector_of(report: Report) -> Vector:
    """Return the terms of headline and text, weighted by logarithm of count and by rarity.

    Bylines are left out: a rare name would join all that one reporter writes.
    """
    text = report.text
    for span in reversed(report.spans("byline")):
        text = f"{text[: span.start]}\n{text[span.end :]}"
    if not text.startswith(report.headline):
        text = f"{report.headline}\n{text}"
    counts: dict[str, int] = {}
    for term in terms(text):
        counts[term] = counts.get(term, 0) + 1
    weighted = [
        ((1 + math.log(count)) * background_rarity(term), term) for term, count in counts.items()
    ]
    kept = sorted(weighted, key=lambda one: (-one[0], one[1]))[:KEPT_TERMS]
    norm = math.sqrt(sum(weight * weight for weight, _ in kept)) or 1.0
    return {term: weight / norm for weight, term in kept}


def dot(a: Vector, b: Vector) -> float:
    """Return the sum of the products over what `a` and `b` share; `a` should be the shorter."""
    return sum(weight * b[term] for term, weight in a.items() if term in b)


@dataclass(slots=True)
class OpenStory:
    """The reports of one story that is not closed, in the order in which they came."""

    id: StoryId
    members: list[Member] = field(default_factory=list)
    total: Vector = field(default_factory=dict)
    square: float = 0.0  # the squared length of `total`
    last: datetime | None = None
    alike: list[list[float]] = field(default_factory=list)  # each member with those before it

    def likeness(self, vector: Vector) -> float:
        """Return how like a report is: half to the whole story, half to its nearest report.

        A running story drifts, and its newest turn is like few of its reports; but what is
        like one report alone is often only like that report's aside.
        """
        whole = dot(vector, self.total) / math.sqrt(self.square) if self.square else 0.0
        nearest = max((dot(vector, one.vector) for one in self.members[-RECENT:]), default=0.0)
        return (whole + nearest) / 2

    def add(self, member: Member) -> None:
        if len(self.members) < WATCHED:
            self.alike.append([dot(member.vector, one.vector) for one in self.members])
        self.square += 2 * dot(member.vector, self.total) + dot(member.vector, member.vector)
        if self.members:
            if len(self.members) == 1:
                self.total = dict(self.total)  # it was the first member's own until now
            for term, weight in member.vector.items():
                self.total[term] = self.total.get(term, 0.0) + weight
        else:
            self.total = member.vector
        self.members.append(member)
        if member.published is not None:
            self.last = max(self.last or member.published, member.published)

    def likenesses(self) -> Likenesses:
        """Return how alike its reports are, each with each; only while it is watched."""
        table = np.eye(len(self.members))
        for row, values in enumerate(self.alike):
            table[row, :row] = values
            table[:row, row] = values
        return table

    def held_terms(self) -> set[str]:
        """Return the terms by which this story is found."""
        return {term for member in self.members for term in held_terms(member.vector)}


def held_terms(vector: Vector) -> Iterable[str]:
    return list(vector)[:HELD_TERMS]


def make_open(story: StoryId, members: Iterable[Member]) -> OpenStory:
    made = OpenStory(story)
    for member in members:
        made.add(member)
    return made
