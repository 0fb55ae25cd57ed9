"""Who "he", "she" and "they" are, by gender, recency, and who was speaking.

Rule: a wrong speaker is far worse than none. Everybody who fits is weighed, and a pronoun is
given to somebody only where that is likely enough; else it stays open.

The weights are a conditional logit over all who may be meant and over nobody, fitted on
the project's own labels (`bench/labels/pronouns.jsonl`) by `training/pronouns.py`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sayso.extract.speakers.people import Person
from sayso.extract.speakers.scene import Ask, Scene, Turn
from sayso.extract.speakers.sentences import Sentences
from sayso.records import Span, Speaker

NOBODY = -0.75
"""What speaks for somebody whom nothing near names."""

WEIGHTS: Mapping[str, float] = {  # a second entry with "now" counts what is near more
    "spoke": 2.15,
    "spoke now": 1.42,
    "subject": 1.38,
    "subject now": 0.74,
    "object": 0.01,
    "object now": 0.18,
    "owner": 0.16,
    "owner now": 0.09,
    "retold": 0.12,
    "retold now": 0.3,
    "told": -0.52,
    "told now": -0.09,
    "within": -0.74,
    "within now": -0.74,
    "echo": 0.35,
    "echo now": 0.19,
    "last speaker": 1.24,
    "last speaker, quoted": 0.93,
    "goes on": 0.58,
    "foremost": 1.47,
    "foremost, quoted": -0.17,
    "introduced": 0.92,
    "introduced, quoted": 0.73,
    "same sentence": -0.95,
    "paragraph": 1.71,
    "headline": 0.34,
    "often": 0.41,
    "unsexed": -0.76,
    "unsure": -1.13,
    "unnamed": -0.85,
    "spoken of": -0.87,
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
