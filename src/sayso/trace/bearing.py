"""What stands around the words that two claims share, and makes two claims of them.

Rule: a word that both hold counts only with what leads to it: a third of the houses is not the
houses, the minister's brother is not the minister.
What a claim adds is harmless only where it stands beside what both say: a day, a place, one more
clause; not where it takes the claim into another hand, number, time or mind.

Numbers, denials and swapped words are compared in `sayso.trace.likeness`. English only; in other
languages nothing here is found, and their paraphrases are missed anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sayso.trace.governing import asked, conditional, governed, minded, scoped, voiced
from sayso.trace.sides import ARTICLES, AUXILIARIES, MODIFIERS, OWNERS, PERSONS, Side
from sayso.trace.vocabulary import (
    counts,
    inflected,
    is_participle,
    lead_together,
    leads,
    names_a_place,
)
from sayso.trace.wording import Term, Wording

_NO_HEADS = frozenset("because out ahead instead regardless outside inside front".split())
_NARROWER = frozenset({"in", "on", "at"})  # "in the north of the country" is in the country
_AFTERWARDS = frozenset("again together alone later earlier finally once twice here".split())
_SAME_TIME = {"coming": "next", "following": "next", "previous": "last", "past": "last"}
_TO_OR_FROM = frozenset({"to", "from"})
_WHICH_TIME = frozenset({"this", "next", "last", "same"}) | _SAME_TIME.keys()
_DAYS = frozenset({"yesterday", "today", "tonight", "tomorrow"})
_SPEAKING = frozenset({"I", "we"})
_SELVES = ("elf", "ves")  # himself, themselves


def another_bearing(one: Wording, other: Wording, pairs: Sequence[tuple[Term, Term]]) -> str | None:
    """Return how what stands around the words of `pairs` makes another claim of one."""
    here = Side(one, [mine.at for mine, _ in pairs])
    there = Side(other, [theirs.at for _, theirs in pairs])
    if found := _persons(here, there):
        return found
    for check in _CHECKS:
        for mine, theirs in ((here, there), (there, here)):
            if found := check(mine, theirs):
                return found
    return None


def _possessed(one: Side, other: Side) -> str | None:
    """Tell the minister's brother from the minister."""
    for number, at in enumerate(one.places):
        if at in one.wording.owned and other.places[number] not in other.wording.owned:
            for after in range(at + 1, at + 2 + MODIFIERS):
                if after in one.shared:
                    break
                if term := one.alone(after):
                    return f"only one speaks of {term.word}"
    return None


def _parted(one: Side, other: Side) -> str | None:
    """Tell a third of the houses, or their roofs, from the houses."""
    for number, at in enumerate(one.places):
        of = one.back(at, ARTICLES | OWNERS)
        if one.word(of) != "of":
            of = one.back(at, ARTICLES | OWNERS, modifiers=MODIFIERS)
        head = one.alone(of - 1)
        if one.word(of) != "of" or head is None or head.word.lower() in _NO_HEADS:
            continue
        if counts(head.key) or leads(one.word(at)):
            continue
        theirs = other.led(other.places[number])
        if other.places[number] in other.wording.owned:
            continue
        if theirs == "of" and not _of_shared(other, other.places[number]):
            continue
        number_of = head.key.startswith("#")
        if theirs in _NARROWER and not number_of and one.led(head.at) == theirs:
            continue
        if one.terms[at].name and (head.name or names_a_place(head.key)):
            continue  # "the House of Keys", "the city of Arvad"
        return f"only one speaks of {head.word} of it"
    return None


def _of_shared(side: Side, at: int) -> bool:
    """Tell whether both claims have what the word at `at` is part of: the price of it."""
    of = side.back(at, ARTICLES | OWNERS)
    return side.word(of) == "of" and of - 1 in side.shared


def _headed(one: Side, other: Side) -> str | None:
    """Tell the police station from the police: the word before the verb is who or what it is."""
    for number, at in enumerate(one.places):
        end = at + 1
        while end <= at + 1 + MODIFIERS and _heads(one.alone(end)):
            end += 1
        if end == at + 1 or one.terms[at].key.startswith("#"):
            continue
        verb, theirs = end, other.places[number] + 1
        auxiliary = one.word(verb) in AUXILIARIES and other.word(theirs) in AUXILIARIES
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


def _ranked(one: Side, other: Side) -> str | None:
    """Tell the second largest port from the largest."""
    for number, at in enumerate(one.places):
        rank = one.alone(at - 1)
        if rank is not None and rank.key.endswith("th") and rank.key.startswith("#"):
            before = other.terms.get(other.places[number] - 1)
            if before is None or before.key != rank.key:
                return f"only one says “{rank.word}”"
    return None


def _ranged(one: Side, _other: Side) -> str | None:
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


def _timed(one: Side, other: Side) -> str | None:
    """Tell this week from the next."""
    days = [_DAYS.intersection(side.words) for side in (one, other)]
    if all(days) and days[0] != days[1]:
        return f"“{min(days[0])}” against “{min(days[1])}”"
    for number, at in enumerate(one.places):
        which = [_which(one, at), _which(other, other.places[number])]
        if all(which) and which[0] != which[1]:
            return f"“{which[0]}” against “{which[1]}” before {one.word(at)}"
    return None


def _which(side: Side, at: int) -> str:
    word = side.word(at - 1)
    if word in _DAYS:
        return word
    return _SAME_TIME.get(word, word) if word in _WHICH_TIME else ""


def _placed(one: Side, other: Side) -> str | None:
    """Tell inside from outside, for two weeks from in two weeks."""
    for number, at in enumerate(one.places):
        if one.modifies(at) or other.modifies(other.places[number]):
            continue
        mine, theirs = one.led(at), other.led(other.places[number])
        if mine and theirs and not lead_together(mine, theirs):
            return f"“{mine}” against “{theirs}” before {one.terms[at].word}"
        # "Lost to Halle" and "lost Halle".
        deeds = one.back(at, ARTICLES) - 1, other.back(other.places[number], ARTICLES)
        noun = one.terms[at].name or one.word(at - 1) in ARTICLES
        if (
            mine in _TO_OR_FROM
            and noun
            and one.shared.get(deeds[0], -1) == other.shared.get(deeds[1])
        ):
            return f"only one says “{mine}” before {one.terms[at].word}"
    return None


def _chosen(one: Side, other: Side) -> str | None:
    """Tell the one and the other from the one or the other."""
    first, last = min(one.places), max(one.places)
    near = [at for at in range(max(0, first - 3), last + 3) if one.word(at) == "or"]
    near = [at for at in near if at + 1 not in range(len(one.words)) or one.word(at + 1) != "so"]
    if any(one.word(at - 1) != "whether" for at in near) and "or" not in other.words:
        return "only one says “or”"
    return None


def _persons(one: Side, other: Side) -> str | None:
    """Tell who is spoken of as "we" from "they".

    A reporter tells "we" as "they", and "I" as "he" or "she": but never the one way and the
    other, and not where both quote.
    """
    shifts: set[bool] = set()
    for number, at in enumerate(one.places):
        around = zip(_around(one, at), _around(other, other.places[number]), strict=True)
        for mine, theirs in around:
            if len(mine) != len(theirs):
                continue
            for here, there in zip(mine, theirs, strict=True):
                words = one.word(here), other.word(there)
                first, second = (PERSONS[word] for word in words)
                selves = [word[-3:] in _SELVES for word in words]
                if first == second and (selves[0] == selves[1] or here < at):
                    continue
                quoted = here in one.wording.inside and there in other.wording.inside
                speaking = [person in _SPEAKING for person in (first, second)]
                addressed = "you" in (first, second)
                if first == second or quoted or addressed == (speaking[0] != speaking[1]):
                    return f"“{words[0]}” against “{words[1]}”"
                shifts.add(speaking[0])
    return "one changes who is spoken of" if len(shifts) > 1 else None


def _around(side: Side, at: int) -> tuple[list[int], list[int]]:
    """Return the persons before and behind a key word, with no other between."""
    before = at
    while before > side.begins(at) and before - 1 not in side.terms:
        before -= 1
    behind = at + 1
    while behind < len(side.words) and behind not in side.terms and side.begins(behind) <= at:
        behind += 1
    persons = [place for place in range(before, behind) if side.word(place) in PERSONS]
    return [p for p in persons if p < at], [p for p in persons if p > at]


_CHECKS: tuple[Callable[[Side, Side], str | None], ...] = (
    asked,
    conditional,
    _possessed,
    _parted,
    _headed,
    governed,
    minded,
    voiced,
    _ranked,
    _ranged,
    _timed,
    _placed,
    _chosen,
    scoped,
)
