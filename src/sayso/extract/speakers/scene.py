"""What stands before a pronoun: who was named, who spoke, how long ago, and in what role.

Rule: this module only looks; what the evidence weighs is told in `pronouns`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from sayso.extract.names import Gender
from sayso.extract.rules.lexicon import AUXILIARIES, PREPOSITIONS
from sayso.extract.speakers.lexicon import is_noun
from sayso.extract.speakers.people import Mention, People, Person
from sayso.extract.speakers.sentences import Sentences
from sayso.records import Report, Span, Speaker

REACH = 6  # sentences of the outlet's own; a pronoun further from its name is left open
OPENING = 8  # words from the start of a sentence in which its subject stands
SLOW, FAST = 0.75, 0.35  # how much of a mention is left for each sentence further back

Standing = Literal["spoke", "subject", "object", "owner", "told", "retold", "within", "echo"]

_FOLLOWING = re.compile(r"[ \u00a0]([a-z][a-z-]+)")
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he)\b")
_AHEAD = re.compile(r"(?:[,;—–]|\b(?:[Aa]nd|[Bb]ut|[Ww]hen|[Aa]s|[Ww]hile))\s$")


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
class Ask:
    """A pronoun and the statement that it is the source of, if it is one."""

    source: Span
    content: tuple[Span, ...]
    gender: Gender
    goes_on: bool = False  # "he added", "he also said": somebody who has just spoken

    @property
    def quoted_first(self) -> bool:
        """True for "…", he said."""
        return bool(self.content) and self.content[0].start < self.source.start

    @property
    def here(self) -> int:
        """Where the statement begins: a quotation may stand before "he said"."""
        return min([self.source.start, *(span.start for span in self.content)])


@dataclass
class Scene:
    """A report while its speakers are told, in text order."""

    report: Report
    people: People
    sentences: Sentences
    turns: list[Turn] = field(default_factory=list)
    echoes: list[tuple[int, Person]] = field(default_factory=list)  # "he", told to be somebody
    _first: dict[int, int] | None = None
    _stood: dict[tuple[str, int], tuple[int, Standing]] = field(default_factory=dict)

    def evidence(self, person: Person, ask: Ask) -> Mapping[str, float] | None:
        """Return what speaks for `person`; None where nothing near names him."""
        found: dict[str, float] = {}
        nearest, latest = REACH + 1, -1
        for start, standing in self._events(person, ask):
            back = self.sentences.between(start, ask.here)
            if not 0 <= back <= REACH:
                continue
            nearest, latest = min(nearest, back), max(latest, start)
            for name, left in ((standing, SLOW), (f"{standing} now", FAST)):
                found[name] = max(found.get(name, 0.0), left**back)
            if standing in ("subject", "spoke") and back == 0 and start < ask.source.start:
                found["same sentence"] = 1.0
            if self._foremost(start):
                found["foremost"] = max(found.get("foremost", 0.0), FAST**back)
                if ask.quoted_first:
                    found["foremost, quoted"] = found["foremost"]
        if nearest > REACH:
            return None
        last = self.turns[-1] if self.turns else None
        if last is not None and last.person is person:
            back = max(0, self.sentences.between(last.source.start, ask.here))
            found["last speaker"] = FAST**back
            if ask.quoted_first:
                found["last speaker, quoted"] = FAST**back
            if ask.goes_on:
                found["goes on"] = SLOW**back
        if "\n" not in self.report.text[latest : ask.here]:
            found["paragraph"] = 1.0
        if person.gender is None:
            found["unsexed"] = 1.0
        if not person.sure:
            found["unsure"] = 1.0
        if self._spoken_of(person, ask):
            found["spoken of"] = 1.0
        before = [mention for mention in person.mentions if mention.start < ask.source.start]
        found["often"] = math.log1p(len(before))
        if before and before[0].start == latest:
            found["introduced"] = FAST**nearest
            if ask.quoted_first:
                found["introduced, quoted"] = FAST**nearest
        if before and before[0].start < self._body:
            found["headline"] = 1.0
        return found

    def unnamed(self, ask: Ask) -> Iterator[tuple[Speaker, Mapping[str, float]]]:
        """Yield those who spoke before without being named, and what speaks for each."""
        best: dict[str, tuple[Speaker, dict[str, float]]] = {}
        for turn in reversed(self.turns):
            role = turn.speaker.role
            if turn.person is not None or not turn.single or role is None or role in best:
                continue
            if turn.source.start >= ask.source.start or turn.gender not in (ask.gender, None):
                continue
            back = self.sentences.between(turn.source.start, ask.here)
            if not 0 <= back <= REACH:
                continue
            found = {"unnamed": 1.0, "spoke": SLOW**back, "spoke now": FAST**back}
            if turn is self.turns[-1]:
                found["last speaker"] = FAST**back
            if turn.gender is None:
                found["unsexed"] = 1.0
            best[role] = (turn.speaker, found)
        yield from best.values()

    def pronouns(self) -> Iterator[tuple[Span, Gender]]:
        """Yield the pronouns that are subjects of the outlet's own sentences, in text order."""
        for sentence in self.sentences.spans:
            for match in _PRONOUN.finditer(self.report.text, sentence.start, sentence.end):
                span = Span(*match.span())
                ahead = self.report.text[max(sentence.start, span.start - 7) : span.start]
                subject = not ahead or _AHEAD.search(ahead)
                if subject and not self.sentences.quoted(span.start):
                    yield span, "m" if match[0].lower() == "he" else "f"

    def _events(self, person: Person, ask: Ask) -> Iterator[tuple[int, Standing]]:
        for mention in person.mentions:
            if mention.start >= ask.source.start:
                break
            place = Span(mention.start, mention.end)
            if any(span.meets(place) for span in ask.content):
                # Whoever is spoken of in quotation marks does not speak them.
                if not self.sentences.quoted(mention.start):
                    yield mention.start, "within"
                continue
            yield mention.start, self._standing(person, mention, place)
        for turn in self.turns:
            if turn.person is person and turn.source.start < ask.source.start:
                yield turn.source.start, "spoke"
        for at, somebody in self.echoes:
            if somebody is person and at < ask.source.start:
                yield at, "echo"

    def _standing(self, person: Person, mention: Mention, place: Span) -> Standing:
        """Return in what role somebody is named; only turns that came since are looked at."""
        seen, standing = self._stood.get((person.name, mention.start), (0, None))
        if standing is None:
            standing = self._as_printed(mention)
        for turn in self.turns[seen:]:
            if turn.person is person and turn.source.meets(place):
                standing = "spoke"
            elif (
                standing in ("subject", "object", "owner")
                and turn.person is not person
                and any(span.holds(place) for span in turn.content)
            ):
                standing = "retold" if self._is_subject(mention) else "told"
        self._stood[person.name, mention.start] = len(self.turns), standing
        return standing

    def _as_printed(self, mention: Mention) -> Standing:
        if self.sentences.quoted(mention.start):
            return "told"
        if mention.possessive or self._modifies(mention):
            return "owner"
        return "subject" if self._is_subject(mention) else "object"

    def _modifies(self, mention: Mention) -> bool:
        """ "The Ames campaign", "an Ames supporter": the name only says which one is meant."""
        following = _FOLLOWING.match(self.report.text, mention.end)
        return following is not None and is_noun(following[1])

    def _spoken_of(self, person: Person, ask: Ask) -> bool:
        """Whoever is named in the very quotation is seldom who speaks it."""
        return any(
            span.start <= mention.start < span.end and self.sentences.quoted(mention.start)
            for span in ask.content
            for mention in person.mentions
        )

    def _foremost(self, start: int) -> bool:
        """Nobody else is named before in the same sentence."""
        if self._first is None:
            self._first = {}
            for person in self.people.persons:
                for mention in person.mentions:
                    at = self.sentences.index(mention.start)
                    self._first[at] = min(self._first.get(at, mention.start), mention.start)
        return start <= self._first.get(self.sentences.index(start), start)

    @cached_property
    def _body(self) -> int:
        body = self.report.spans("body")
        return body[0].start if body else 0

    def _is_subject(self, mention: Mention) -> bool:
        """Near the start of its sentence or before a verb, and not after a preposition."""
        text = self.report.text
        sentence = self.sentences.at(mention.start)
        begin = sentence.start if sentence is not None else mention.start
        before = text[begin : mention.start].lower().split()
        if before and before[-1] in PREPOSITIONS:
            return False
        after = re.match(r"[,\s]*([a-z’']+)", text[mention.end : mention.end + 24])
        verb = after is not None and (after[1] in AUXILIARIES or after[1].endswith("ed"))
        return len(before) <= OPENING or verb
