"""The two sides of a comparison: a claim, with the places of the words that both hold.

Small words by their trade stand here too: what articles, owners, helpers and persons there are.
English only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sayso.trace.vocabulary import BE, is_participle, leads
from sayso.trace.wording import Term, Wording

ARTICLES = frozenset({"the", "a", "an", "this", "that", "these", "those"})
OWNERS = frozenset({"my", "our", "your", "his", "her", "its", "their"})
HAVE = frozenset({"has", "have", "had"})
DO = frozenset({"do", "does", "did"})
MODALS = frozenset("will would shall can could may might must should".split())
AUXILIARIES = BE | HAVE | DO | MODALS
MODIFIERS = 2  # key words between a small word and what it leads to
PERSONS = {
    word: person
    for person, words in {
        "I": "i me my mine myself",
        "we": "we us our ours ourselves",
        "you": "you your yours yourself",
        "he": "he him his himself",
        "she": "she her hers herself",
        "they": "they them their theirs themselves itself",
    }.items()
    for word in words.split()
}


@dataclass(frozen=True)
class Side:
    """One of the two claims, with the places of what both share, pair by pair."""

    wording: Wording
    places: Sequence[int]

    @cached_property
    def words(self) -> tuple[str, ...]:
        return self.wording.words

    @cached_property
    def shared(self) -> dict[int, int]:
        return {at: number for number, at in enumerate(self.places)}

    @cached_property
    def terms(self) -> dict[int, Term]:
        return {term.at: term for term in self.wording.terms}

    def word(self, at: int) -> str:
        return self.words[at] if 0 <= at < len(self.words) else ""

    def alone(self, at: int) -> Term | None:
        """Return the key word at `at` if only this claim has it."""
        return self.terms.get(at) if at not in self.shared else None

    def back(self, at: int, over: frozenset[str], *, modifiers: int = 0) -> int:
        """Return the place of the last word before `at` that is none of `over`.

        That many `modifiers` are passed too: in "the old power station" it is "the station".
        """
        at -= 1
        while at >= 0:
            if self.word(at) not in over:
                if not modifiers or at not in self.terms:
                    break
                if leads(self.word(at)) or is_participle(self.word(at)):
                    break
                modifiers -= 1
            at -= 1
        return at

    def led(self, at: int) -> str:
        """Return the preposition that leads to the word at `at`, or nothing."""
        before = self.back(at, ARTICLES | OWNERS)
        if (term := self.terms.get(before)) and term.key.startswith("#"):
            before = self.back(before, ARTICLES | OWNERS)  # "in two weeks" is of weeks
        if not leads(self.word(before)):
            before = self.back(at, ARTICLES | OWNERS, modifiers=MODIFIERS)
        return self.word(before) if leads(self.word(before)) else ""

    def modifies(self, at: int) -> bool:
        """Tell whether the word at `at` only says which: "the Brinmouth yard" is a yard."""
        after = self.word(at + 1)
        return at + 1 in self.terms and not (leads(after) or is_participle(after))

    def begins(self, at: int) -> int:
        """Return where the sentence of the word at `at` begins."""
        return max((start for start in self.wording.sentences if start <= at), default=0)
