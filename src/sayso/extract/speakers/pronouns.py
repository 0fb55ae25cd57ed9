"""Who "he", "she" and "they" are, by gender, recency, and who was speaking.

Rule: a wrong speaker is far worse than none. Everybody who fits is weighed, and a pronoun is
given to somebody only where nobody else weighs nearly as much; else it stays open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.extract.names import Gender
from sayso.extract.speakers.people import People, Person
from sayso.extract.speakers.sentences import Sentences
from sayso.records import Report, Span, Speaker

DECAY = 0.5  # how much less a mention counts for each sentence further back
REACH = 4  # sentences; a pronoun further from its name than this is left open
SPOKE = 1.5  # who was the source of a statement is the likeliest to go on speaking
SUBJECT = 1.3
OBJECT = 0.5
OWNER = 0.45  # "Ames's plan"
TOLD_OF = 0.47  # named in what somebody else says
OFTEN = 0.06  # for each further mention of the same weight
UNSEXED = 0.6  # a person of unknown gender, against one whose gender fits
NEAR = 0.5  # the weight of a subject in the sentence before
ALONE = 0.75  # share that somebody must have whom nothing else shows to be a person
CLEAR = 0.66  # share of the two heaviest that the heavier must have


@dataclass(frozen=True, slots=True)
class Turn:
    """One statement already resolved: where its source stands, what it holds, who spoke."""

    source: Span
    content: tuple[Span, ...]
    person: Person | None
    speaker: Speaker
    gender: Gender | None = None  # of an unnamed speaker, as far as the words tell
    single: bool = True  # False: several people, or no person


@dataclass(frozen=True, slots=True)
class Choice:
    """Who it is, how sure that is, and why in an editor's words."""

    person: Person | None
    speaker: Speaker | None  # where an unnamed speaker goes on speaking
    confidence: float
    reason: str


def resolve_gendered(
    report: Report,
    people: People,
    sentences: Sentences,
    turns: Sequence[Turn],
    source: Span,
    content: tuple[Span, ...],
    gender: Gender,
) -> Choice | None:
    """Return who "he" or "she" at `source` is, or None where that is not clear."""
    here = min([source.start, *(span.start for span in content)])
    weighed: list[tuple[float, Choice]] = []
    for person in people.persons:
        if person.gender not in (gender, None):
            continue
        weight, back = _weight(report, person, sentences, turns, source, content, here)
        if weight <= 0:
            continue
        if person.gender is None:
            weight *= UNSEXED
        weighed.append((weight, Choice(person, None, 0.0, _reason(person.name, back))))
    held = {person.role for person in people.persons}
    weighed.extend(
        one
        for one in _unnamed(sentences, turns, source, gender, here)
        if one[1].speaker is None or one[1].speaker.role not in held  # somebody named holds it
    )
    if not weighed:
        return None
    weighed.sort(key=lambda one: -one[0])
    best = weighed[0]
    second = weighed[1][0] if len(weighed) > 1 else 0.0
    share = best[0] / (best[0] + second)
    if share < CLEAR or (best[1].person and not _is_surely_one(best[1].person, best[0], share)):
        return None
    confidence = round(min(0.95, 0.35 + 0.6 * share) * (0.9 if best[0] < 0.3 else 1.0), 2)
    return Choice(best[1].person, best[1].speaker, confidence, best[1].reason)


def _is_surely_one(person: Person, weight: float, share: float) -> bool:
    """A person; or two words that look like a name, near by and without a rival."""
    if person.sure or person.gender is not None:
        return True
    return len(person.tokens) > 1 and weight >= NEAR and share >= ALONE


def _weight(
    report: Report,
    person: Person,
    sentences: Sentences,
    turns: Sequence[Turn],
    source: Span,
    content: tuple[Span, ...],
    here: int,
) -> tuple[float, int]:
    """Return how much speaks for `person`, and how many sentences back that stands."""
    best, best_back, total = 0.0, 0, 0.0
    for mention in person.mentions:
        if mention.start >= source.start:
            break
        place = Span(mention.start, mention.end)
        if any(span.meets(place) for span in content):
            continue  # whoever is spoken of in the statement does not speak it
        back = sentences.between(mention.start, here)
        if back > REACH or back < 0:
            continue
        weight = DECAY**back
        spoken = next((turn for turn in turns if turn.source.meets(place)), None)
        if spoken is not None and spoken.person is person:
            weight *= SPOKE
        elif any(
            span.holds(place) and turn.person is not person
            for turn in turns
            for span in turn.content
        ) or sentences.quoted(mention.start):
            weight *= TOLD_OF
        elif mention.possessive:
            weight *= OWNER
        elif _is_subject(report, people_before(sentences, mention.start), mention.start):
            weight *= SUBJECT
        else:
            weight *= OBJECT
        total += weight
        if weight > best:
            best, best_back = weight, back
    for turn in turns:  # "he said" of a pronoun that was resolved before
        if turn.person is person and turn.source.start < source.start:
            back = sentences.between(turn.source.start, here)
            weight = SPOKE * DECAY**back if 0 <= back <= REACH else 0.0
            if weight > best:
                best, best_back = weight, back
            total += weight
    return best + OFTEN * min(total, 3.0), best_back


def people_before(sentences: Sentences, position: int) -> int:
    """Return where the sentence around `position` begins."""
    sentence = sentences.at(position)
    return sentence.start if sentence is not None else position


def _is_subject(report: Report, begin: int, start: int) -> bool:
    """Near the start of its sentence, and not after a preposition."""
    before = report.text[begin:start].lower().split()
    return len(before) <= 7 and not (
        before and before[-1] in {"of", "by", "to", "for", "with", "from", "against", "on", "about"}
    )


def _unnamed(
    sentences: Sentences, turns: Sequence[Turn], source: Span, gender: Gender, here: int
) -> list[tuple[float, Choice]]:
    """An unnamed person who spoke goes on speaking as well: "a witness said … he said"."""
    found: list[tuple[float, Choice]] = []
    for turn in turns:
        if turn.person is not None or not turn.single or turn.speaker.role is None:
            continue
        if turn.source.start >= source.start or turn.gender not in (gender, None):
            continue
        back = sentences.between(turn.source.start, here)
        if 0 <= back <= REACH:
            weight = SPOKE * DECAY**back * (1.0 if turn.gender == gender else 0.8)
            found.append(
                (weight, Choice(None, turn.speaker, 0.0, _reason(turn.speaker.role, back)))
            )
    # The same unnamed speaker weighs once.
    best: dict[str | None, tuple[float, Choice]] = {}
    for weight, choice in found:
        key = choice.speaker.role if choice.speaker else None
        if key not in best or best[key][0] < weight:
            best[key] = (weight, choice)
    return list(best.values())


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
