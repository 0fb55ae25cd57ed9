"""What stands around the words that two claims share, and makes two claims of them.

Rule: a word that both hold counts only with what governs it. Whoever "agreed to leave" did not
leave, a third of the houses is not the houses, the minister's brother is not the minister.
What a claim adds is harmless only where it stands beside what both say: a day, a place, one more
clause; not where it takes the claim into another hand, number, time or mind.

Numbers, denials and swapped words are compared in `sayso.trace.likeness`. English only; in other
languages nothing here is found, and their paraphrases are missed anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from sayso.trace.wording import (
    BE,
    Term,
    Wording,
    base,
    before_deed,
    counts,
    done_to,
    inflected,
    is_participle,
    lead_together,
    leads,
    names_a_place,
)

_ARTICLES = frozenset({"the", "a", "an", "this", "that", "these", "those"})
_OWNERS = frozenset({"my", "our", "your", "his", "her", "its", "their"})
_HAVE = frozenset({"has", "have", "had"})
_DO = frozenset({"do", "does", "did"})
_MODALS = frozenset("will would shall can could may might must should".split())
_AUXILIARIES = BE | _HAVE | _DO | _MODALS
_CONDITIONS = frozenset({"if", "unless", "except"})
_LIMITS = frozenset({"only", "without"})  # where they follow what is said: "only at night"
_NO_CONDITION = frozenset({"even", "as", "and"})  # "even if"; "and if" begins a claim of its own
_INVERTED = frozenset({"should", "had", "were"})  # "had they refused": a condition by its order
_TELLS = frozenset({"say", "says", "said", "saying", "tell", "tells", "told", "added", "adding"})
_ASKS = frozenset({"how", "whether"})
_NO_HEADS = frozenset("because out ahead instead regardless outside inside front".split())
_NARROWER = frozenset({"in", "on", "at"})  # "in the north of the country" is in the country
_AFTERWARDS = frozenset("again together alone later earlier finally once twice here".split())
_SAME_TIME = {"coming": "next", "following": "next", "previous": "last", "past": "last"}
_TO_OR_FROM = frozenset({"to", "from"})
_WHICH_TIME = frozenset({"this", "next", "last", "same"}) | _SAME_TIME.keys()
_DAYS = frozenset({"yesterday", "today", "tonight", "tomorrow"})
_PERSONS = {
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
_SPEAKING = frozenset({"I", "we"})
_SELVES = ("elf", "ves")  # himself, themselves
_MODIFIERS = 2  # key words between a small word and what it leads to
_GOVERNS = 4  # words from a verb to the infinitive that it governs


@dataclass(frozen=True)
class _Side:
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
        before = self.back(at, _ARTICLES | _OWNERS)
        if (term := self.terms.get(before)) and term.key.startswith("#"):
            before = self.back(before, _ARTICLES | _OWNERS)  # "in two weeks" is of weeks
        if not leads(self.word(before)):
            before = self.back(at, _ARTICLES | _OWNERS, modifiers=_MODIFIERS)
        return self.word(before) if leads(self.word(before)) else ""

    def modifies(self, at: int) -> bool:
        """Tell whether the word at `at` only says which: "the Brinmouth yard" is a yard."""
        return at + 1 in self.terms and not is_participle(self.word(at + 1))

    def begins(self, at: int) -> int:
        """Return where the sentence of the word at `at` begins."""
        return max((start for start in self.wording.sentences if start <= at), default=0)


def another_bearing(
    one: Wording, other: Wording, pairs: Sequence[tuple[Term, Term]], *, same_manner: bool
) -> str | None:
    """Return how what stands around the words of `pairs` makes another claim of one."""
    here = _Side(one, [mine.at for mine, _ in pairs])
    there = _Side(other, [theirs.at for _, theirs in pairs])
    if found := _persons(here, there, same_manner=same_manner):
        return found
    for check in _CHECKS:
        for mine, theirs in ((here, there), (there, here)):
            if found := check(mine, theirs):
                return found
    return None


def _asked(one: _Side, other: _Side) -> str | None:
    """Tell a question from a statement."""
    counts = [sum(at in side.wording.asked for at in side.places) for side in (one, other)]
    return "one asks what the other says" if counts[0] != counts[1] else None


def _conditional(one: _Side, other: _Side) -> str | None:
    """Tell what holds on a condition from what holds."""
    if _conditions(one) and not _conditions(other):
        # "I would have come": that there was a condition is understood.
        if all(("would", "have") in pairwise(side.words) for side in (one, other)):
            return None
        return "only one names a condition or an exception"
    return None


def _conditions(side: _Side) -> bool:
    sentences = {side.begins(at) for at in side.places}
    last = max(side.places)
    return any(
        (word in _CONDITIONS and side.word(at - 1) not in _NO_CONDITION)
        or (word in _INVERTED and at == side.begins(at))
        or (word in _LIMITS and at == last + 1)
        for at, word in enumerate(side.words)
        if side.begins(at) in sentences
    )


def _possessed(one: _Side, other: _Side) -> str | None:
    """Tell the minister's brother from the minister."""
    for number, at in enumerate(one.places):
        if at in one.wording.owned and other.places[number] not in other.wording.owned:
            for after in range(at + 1, at + 2 + _MODIFIERS):
                if after in one.shared:
                    break
                if term := one.alone(after):
                    return f"only one speaks of {term.word}"
    return None


def _parted(one: _Side, other: _Side) -> str | None:
    """Tell a third of the houses, or their roofs, from the houses."""
    for number, at in enumerate(one.places):
        of = one.back(at, _ARTICLES | _OWNERS)
        if one.word(of) != "of":
            of = one.back(at, _ARTICLES | _OWNERS, modifiers=_MODIFIERS)
        head = one.alone(of - 1)
        if one.word(of) != "of" or head is None or head.word.lower() in _NO_HEADS:
            continue
        if counts(head.key) or leads(one.word(at)):
            continue
        theirs = other.led(other.places[number])
        if theirs == "of" or other.places[number] in other.wording.owned:
            continue
        if theirs in _NARROWER and one.led(head.at) == theirs:
            continue
        if one.terms[at].name and (head.name or names_a_place(head.key)):
            continue  # "the House of Keys", "the city of Arvad"
        return f"only one speaks of {head.word} of it"
    return None


def _headed(one: _Side, other: _Side) -> str | None:
    """Tell the police station from the police: the word before the verb is who or what it is."""
    for number, at in enumerate(one.places):
        end = at + 1
        while end <= at + 1 + _MODIFIERS and _heads(one.alone(end)):
            end += 1
        if end == at + 1 or one.terms[at].key.startswith("#"):
            continue
        verb, theirs = end, other.places[number] + 1
        auxiliary = one.word(verb) in _AUXILIARIES and other.word(theirs) in _AUXILIARIES
        same = verb in one.shared and one.shared[verb] == other.shared.get(theirs)
        told = same and is_participle(one.word(verb)) and not inflected(one.word(at))
        if auxiliary or told:
            return f"only one speaks of {one.terms[end - 1].word}"
    return None


def _heads(term: Term | None) -> bool:
    if term is None or term.name or term.key.startswith("#"):
        return False
    if counts(term.key):
        return False
    return not term.word.endswith("ly") and term.word not in _AFTERWARDS


def _governed(one: _Side, other: _Side) -> str | None:
    """Tell who agreed to leave, or ruled out leaving, from who left."""
    for number, at in enumerate(one.places):
        word, theirs = one.word(at), other.word(other.places[number])
        to = _before_verb(one, at)
        helped = to < at - 1
        gerund = word.endswith("ing") and not theirs.endswith("ing") and one.word(to) not in BE
        if not (gerund or (one.word(to) == "to" and (helped or not inflected(word)))):
            continue
        led = other.word(_before_verb(other, other.places[number]))
        told = inflected(theirs) and (helped or word != theirs)
        if led == "to" or not (led in _AUXILIARIES or told):
            continue
        if one.word(to) == "to" and to == 0:
            return f"one only tells somebody to {word}"
        if governor := _governor(one, other, to):
            return f"only one says “{governor}”"
    return None


def _governor(one: _Side, other: _Side, to: int) -> str | None:
    """Return the verb that only `one` has before what it governs: asked (the clients) to."""
    theirs = set(map(base, other.words))
    for place in range(to, max(-1, to - _GOVERNS), -1):
        word = one.word(place)
        if word == "to" or word in _AUXILIARIES | _ARTICLES | _OWNERS or word.endswith("ly"):
            continue
        if base(word) not in theirs:
            return word
        if inflected(word):
            return None
    return None


def _before_verb(side: _Side, at: int) -> int:
    """Return the place of what comes before a verb and its helpers."""
    at -= 1
    while side.word(at) in ("be", "have", "been", "not") or side.word(at).endswith("ly"):
        # "have been arrested" is finite: only after "to" are these helpers of an infinitive.
        if side.word(at) in ("been", "have") and side.word(at - 1) not in ("to", "have"):
            break
        at -= 1
    return at


def _minded(one: _Side, other: _Side) -> str | None:
    """Tell what somebody believes or says from what is so: "the opposition believed that"."""
    first = min(one.places)
    begin = one.begins(first)
    for at in range(begin + 1, first):
        if not any(one.alone(p) or done_to(one.words, p) for p in range(begin, at)):
            continue
        if one.word(at) in _ASKS and one.alone(at - 1):
            return f"only one says “{one.word(at - 1)} {one.word(at)}”"
        if one.word(at) != "that" or _tells_on(one, at - 1):
            continue
        after = one.terms.get(at + 1)
        clause = one.word(at + 1) in _ARTICLES | _OWNERS | _PERSONS.keys() or (
            after is not None and (after.name or after.key.startswith("#"))
        )
        if clause and "that" not in other.words[1 : min(other.places)]:
            return "only one says in whose mind it is so"
    return None


def _tells_on(side: _Side, at: int) -> bool:
    """Tell whether the same speaker goes on: "and said that"."""
    return side.word(at) in _TELLS and side.word(at - 1) in {"and", "but", *_PERSONS}


def _voiced(one: _Side, other: _Side) -> str | None:
    """Tell who was attacked from who attacked."""
    for number, at in enumerate(one.places):
        theirs = other.places[number]
        if not (done_to(one.words, at) and _active(other, theirs)):
            continue
        subject = _subject(one, at)
        if subject is not None and subject == _subject(other, theirs):
            return f"done by against done to: “{one.word(at)}”"
    return None


def _active(side: _Side, at: int) -> bool:
    before = side.word(before_deed(side.words, at))
    if not is_participle(side.word(at)):
        return before in _MODALS | _DO
    if before in _HAVE:
        return True
    # Headlines leave out "was": only a sentence written out tells that it is not missing.
    written = side.word(side.begins(at)) in _ARTICLES and not any(
        word in _AUXILIARIES for word in side.words
    )
    after = side.word(at + 1)
    object_follows = after in _ARTICLES | _OWNERS or at + 1 in side.terms
    return before not in BE and at - 1 in side.terms and (written or object_follows)


def _subject(side: _Side, at: int) -> int | None:
    """Return the shared word, as a pair's number, that the verb at `at` is said of."""
    for place in range(at - 1, side.begins(at) - 1, -1):
        if place in side.shared and side.led(place) == "":
            return side.shared[place]
    return None


def _ranked(one: _Side, other: _Side) -> str | None:
    """Tell the second largest port from the largest."""
    for number, at in enumerate(one.places):
        rank = one.alone(at - 1)
        if rank is not None and rank.key.endswith("th") and rank.key.startswith("#"):
            before = other.terms.get(other.places[number] - 1)
            if before is None or before.key != rank.key:
                return f"only one says “{rank.word}”"
    return None


def _ranged(one: _Side, _other: _Side) -> str | None:
    """Tell 40 to 60 from 40."""
    for at in one.places:
        if not one.terms[at].key.startswith("#"):
            continue
        for between, end in ((at + 1, at + 2), (at - 1, at - 2)):
            term = one.alone(end)
            if term is None or not term.key.startswith("#"):
                continue
            least = min(at, end)
            if one.word(between) in ("to", "or") or (
                one.word(between) == "and" and one.word(least - 1) == "between"
            ):
                return f"only one has the number {term.word}"
    return None


def _timed(one: _Side, other: _Side) -> str | None:
    """Tell this week from the next."""
    days = [_DAYS.intersection(side.words) for side in (one, other)]
    if all(days) and days[0] != days[1]:
        return f"“{min(days[0])}” against “{min(days[1])}”"
    for number, at in enumerate(one.places):
        which = [_which(one, at), _which(other, other.places[number])]
        if all(which) and which[0] != which[1]:
            return f"“{which[0]}” against “{which[1]}” before {one.word(at)}"
    return None


def _which(side: _Side, at: int) -> str:
    word = side.word(at - 1)
    if word in _DAYS:
        return word
    return _SAME_TIME.get(word, word) if word in _WHICH_TIME else ""


def _placed(one: _Side, other: _Side) -> str | None:
    """Tell inside from outside, for two weeks from in two weeks."""
    for number, at in enumerate(one.places):
        if one.modifies(at) or other.modifies(other.places[number]):
            continue
        mine, theirs = one.led(at), other.led(other.places[number])
        if mine and theirs and not lead_together(mine, theirs):
            return f"“{mine}” against “{theirs}” before {one.terms[at].word}"
        # "Lost to Halle" and "lost Halle".
        deeds = one.back(at, _ARTICLES) - 1, other.back(other.places[number], _ARTICLES)
        noun = one.terms[at].name or one.word(at - 1) in _ARTICLES
        if (
            mine in _TO_OR_FROM
            and noun
            and one.shared.get(deeds[0], -1) == other.shared.get(deeds[1])
        ):
            return f"only one says “{mine}” before {one.terms[at].word}"
    return None


def _chosen(one: _Side, other: _Side) -> str | None:
    """Tell the one and the other from the one or the other."""
    first, last = min(one.places), max(one.places)
    near = [at for at in range(max(0, first - 3), last + 3) if one.word(at) == "or"]
    near = [at for at in near if at + 1 not in range(len(one.words)) or one.word(at + 1) != "so"]
    if any(one.word(at - 1) != "whether" for at in near) and "or" not in other.words:
        return "only one says “or”"
    return None


def _scoped(one: _Side, other: _Side) -> str | None:
    """Tell who promised not to come from who did not promise to come."""
    kinds = [
        [(at, "not") for at in side.wording.negatives if side.word(at) in ("not", "never")]
        + [(at, word) for at, word in side.wording.hedges if word not in _CONDITIONS]
        for side in (one, other)
    ]
    for at, kind in kinds[0]:
        where = [place for place, each in kinds[1] if each == kind]
        if len(where) != 1 or sum(each == kind for _, each in kinds[0]) != 1:
            continue
        mine, theirs = _governs(one, at), _governs(other, where[0])
        if mine != theirs and mine in map(base, other.words) and theirs in map(base, one.words):
            return f"“{kind}” of another word: {mine} against {theirs}"
    return None


def _governs(side: _Side, at: int) -> str:
    """Return the word that a denial or a hedge at `at` is of."""
    helpers = _AUXILIARIES | _ARTICLES | _OWNERS | {"to"}
    return next((base(word) for word in side.words[at + 1 :] if word not in helpers), "")


def _persons(one: _Side, other: _Side, *, same_manner: bool) -> str | None:
    """Tell who is spoken of as "we" from "they".

    A reporter tells "we" as "they", and "I" as "he" or "she": but never the one way and the
    other, and not where both quote.
    """
    shifts: set[str] = set()
    for number, at in enumerate(one.places):
        theirs = other.places[number]
        for mine, yours in zip(_around(one, at), _around(other, theirs), strict=True):
            if mine is None or yours is None:
                continue
            first, second = _PERSONS[one.word(mine)], _PERSONS[other.word(yours)]
            selves = [word[-3:] in _SELVES for word in (one.word(mine), other.word(yours))]
            if mine > at and selves[0] != selves[1]:
                return f"“{one.word(mine)}” against “{other.word(yours)}”"
            if first == second:
                continue
            quoted = mine in one.wording.inside and yours in other.wording.inside
            if quoted and same_manner:
                return f"“{one.word(mine)}” against “{other.word(yours)}”"
            speaking = [person in _SPEAKING for person in (first, second)]
            if speaking[0] == speaking[1] and "you" not in (first, second):
                return f"“{one.word(mine)}” against “{other.word(yours)}”"
            shifts.add("forth" if speaking[0] else "back")
    return "one changes who is spoken of" if len(shifts) > 1 else None


def _around(side: _Side, at: int) -> tuple[int | None, int | None]:
    """Return the nearest persons before and behind a key word, with no other between."""
    before = behind = None
    for place in range(at - 1, side.begins(at) - 1, -1):
        if side.word(place) in _PERSONS:
            before = place
        if before is not None or place in side.terms:
            break
    for place in range(at + 1, len(side.words)):
        if place in side.terms or side.begins(place) > at:
            break
        if side.word(place) in _PERSONS:
            behind = place
            break
    return before, behind


_CHECKS: tuple[Callable[[_Side, _Side], str | None], ...] = (
    _asked,
    _conditional,
    _possessed,
    _parted,
    _headed,
    _governed,
    _minded,
    _voiced,
    _ranked,
    _ranged,
    _timed,
    _placed,
    _chosen,
    _scoped,
)
