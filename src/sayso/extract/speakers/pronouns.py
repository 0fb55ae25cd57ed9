"""Who "he", "she" and "they" are, by gender, recency, and who was speaking.

Rule: a wrong speaker is far worse than none. Everybody who fits is weighed, and a pronoun is
given to somebody only where that is likely enough; else it stays open.

The weights are a conditional logit over all who may be meant and over nobody, fitted on the first
half of the project's own labels (`bench/labels/pronouns.jsonl`) by `training/pronouns.py`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sayso.extract.speakers.people import Person
from sayso.extract.speakers.scene import Ask, Scene, Turn
from sayso.extract.speakers.sentences import Sentences
from sayso.records import Span, Speaker

NOBODY = -0.28
"""What speaks for somebody whom nothing near names."""

WEIGHTS: Mapping[str, float] = {  # a second entry with "now" counts what is near more
    "spoke": 3.3,
    "spoke now": 1.75,
    "subject": 1.95,
    "subject now": 2.19,
    "object": 1.0,
    "object now": 0.6,
    "owner": -0.01,
    "owner now": -0.14,
    "retold": -0.05,
    "retold now": 0.59,
    "told": -0.81,
    "told now": -0.46,
    "within": -0.83,
    "within now": -0.83,
    "echo": 0.98,
    "echo now": 0.53,
    "last speaker": 1.92,
    "last speaker, quoted": 1.31,
    "goes on": 1.26,
    "foremost": 0.85,
    "foremost, quoted": 0.8,
    "introduced": 0.76,
    "introduced, quoted": 1.29,
    "same sentence": -1.68,
    "paragraph": 1.77,
    "headline": 0.05,
    "often": 0.46,
    "unsexed": -0.86,
    "unsure": -1.39,
    "unnamed": -0.89,
}

LIKELY = 0.7  # the chance from which a pronoun is given to somebody
KEPT = 0.95  # nothing inferred is surer


@dataclass(frozen=True, slots=True)
class Choice:
    """Who it is, how sure that is, and why in an editor's words."""

    person: Person | None
    speaker: Speaker | None  # where an unnamed speaker goes on speaking
    confidence: float
    reason: str


Candidate = tuple[Person | None, Speaker | None, Mapping[str, float]]
"""A person of the report, or somebody unnamed who spoke; and what speaks for them."""


def resolve_gendered(scene: Scene, ask: Ask) -> Choice | None:
    """Return who "he" or "she" is, or None where that is not clear."""
    weighed = [(weigh(found), person, speaker) for person, speaker, found in candidates(scene, ask)]
    if not weighed:
        return None
    total = math.exp(NOBODY) + sum(math.exp(weight) for weight, _, _ in weighed)
    weight, person, speaker = max(weighed, key=lambda one: one[0])
    chance = math.exp(weight) / total
    if chance < LIKELY:
        return None
    name = person.name if person is not None else (speaker.role or "" if speaker else "")
    return Choice(
        person, speaker, round(min(KEPT, chance), 2), _reason(name, _back(scene, ask, person))
    )


def candidates(scene: Scene, ask: Ask) -> list[Candidate]:
    """Return everybody whom a pronoun may mean, with what speaks for each."""
    found: list[Candidate] = []
    for person in scene.people.persons:
        if person.gender in (ask.gender, None):
            evidence = scene.evidence(person, ask)
            if evidence is not None:
                found.append((person, None, evidence))
    held = {person.role for person in scene.people.persons}
    found.extend(
        (None, speaker, evidence)
        for speaker, evidence in scene.unnamed(ask)
        if speaker.role not in held  # somebody named holds it
    )
    return found


def weigh(evidence: Mapping[str, float]) -> float:
    """Return the weight of all evidence together."""
    return sum(WEIGHTS.get(name, 0.0) * value for name, value in evidence.items())


def _back(scene: Scene, ask: Ask, person: Person | None) -> int:
    starts = [m.start for m in person.mentions if m.start < ask.source.start] if person else []
    return scene.sentences.between(starts[-1], ask.here) if starts else 0


def resolve_plural(sentences: Sentences, turns: Sequence[Turn], source: Span) -> Choice | None:
    """Return the group or body that "they" or "it" at `source` goes on from, if it just spoke."""
    before = [turn for turn in turns if turn.source.end <= source.start]
    if not before:
        return None
    last = max(before, key=lambda turn: turn.source.start)
    back = sentences.between(last.source.start, source.start)
    if back > 2 or last.speaker.kind == "person":
        return None
    return Choice(
        None, last.speaker, 0.7, _reason(last.speaker.name or last.speaker.role or "", back)
    )


def _reason(name: str, back: int) -> str:
    where = {0: "in the same sentence", 1: "in the sentence before"}.get(
        back, f"{back} sentences before"
    )
    return f"{name}, {where}"
