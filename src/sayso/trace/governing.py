"""What governs a claim as a whole, or its verb: a condition, a denial, another's mind, the passive.

Rule: whoever agreed to leave did not leave, who was attacked did not attack, and what somebody
believes or what holds on a condition is not so yet. What a claim is of is compared in
`sayso.trace.bearing`.
"""

from __future__ import annotations

from itertools import pairwise

from sayso.trace.sides import ARTICLES, AUXILIARIES, DO, HAVE, MODALS, OWNERS, PERSONS, Side
from sayso.trace.vocabulary import BE, base, before_deed, done_to, inflected, is_participle

_CONDITIONS = frozenset({"if", "unless", "except"})
_LIMITS = frozenset({"only", "without"})  # where they follow what is said: "only at night"
_NO_CONDITION = frozenset({"even", "as", "and"})  # "even if"; "and if" begins a claim of its own
_INVERTED = frozenset({"should", "had", "were"})  # "had they refused": a condition by its order
_TELLS = frozenset({"say", "says", "said", "saying", "tell", "tells", "told", "added", "adding"})
_ASKS = frozenset({"how", "whether"})
_GOVERNS = 4  # words from a verb to the infinitive that it governs


def asked(one: Side, other: Side) -> str | None:
    """Tell a question from a statement."""
    counts = [sum(at in side.wording.asked for at in side.places) for side in (one, other)]
    return "one asks what the other says" if counts[0] != counts[1] else None


def conditional(one: Side, other: Side) -> str | None:
    """Tell what holds on a condition from what holds."""
    mine, theirs = _conditions(one), _conditions(other)
    if len(mine) <= len(theirs):
        return None
    # "I would have come": that there was a condition is understood.
    understood = all(("would", "have") in pairwise(side.words) for side in (one, other))
    if understood and max(mine) < min(one.places):
        return None
    return "only one names a condition or an exception"


def _conditions(side: Side) -> list[int]:
    """Return the places of conditions in the sentences that hold what both share."""
    sentences = {side.begins(at) for at in side.places}
    last = max(side.places)
    return [
        at
        for at, word in enumerate(side.words)
        if side.begins(at) in sentences
        and (
            (word in _CONDITIONS and side.word(at - 1) not in _NO_CONDITION)
            or (word in _INVERTED and at == side.begins(at))
            or (word in _LIMITS and at == last + 1)
        )
    ]


def governed(one: Side, other: Side) -> str | None:
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
        if led == "to" or not (led in AUXILIARIES or told):
            continue
        if one.word(to) == "to" and to == 0:
            return f"one only tells somebody to {word}"
        if governor := _governor(one, other, to):
            return f"only one says “{governor}”"
    return None


def _governor(one: Side, other: Side, to: int) -> str | None:
    """Return the verb that only `one` has before what it governs: asked (the clients) to."""
    theirs = set(map(base, other.words))
    for place in range(to, max(-1, to - _GOVERNS), -1):
        word = one.word(place)
        if word == "to" or word in AUXILIARIES | ARTICLES | OWNERS or word.endswith("ly"):
            continue
        if base(word) not in theirs:
            return word
        if inflected(word):
            return None
    return None


def _before_verb(side: Side, at: int) -> int:
    """Return the place of what comes before a verb and its helpers."""
    at -= 1
    while side.word(at) in ("be", "have", "been", "not") or side.word(at).endswith("ly"):
        # "have been arrested" is finite: only after "to" are these helpers of an infinitive.
        if side.word(at) in ("been", "have") and side.word(at - 1) not in ("to", "have"):
            break
        at -= 1
    return at


def minded(one: Side, other: Side) -> str | None:
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
        clause = one.word(at + 1) in ARTICLES | OWNERS | PERSONS.keys() or (
            after is not None and (after.name or after.key.startswith("#"))
        )
        if clause and "that" not in other.words[1 : min(other.places)]:
            return "only one says in whose mind it is so"
    return None


def _tells_on(side: Side, at: int) -> bool:
    """Tell whether the same speaker goes on: "and said that"."""
    return side.word(at) in _TELLS and side.word(at - 1) in {"and", "but", *PERSONS}


def voiced(one: Side, other: Side) -> str | None:
    """Tell who was attacked from who attacked."""
    for number, at in enumerate(one.places):
        theirs = other.places[number]
        if not (done_to(one.words, at) and _active(other, theirs)):
            continue
        subject = _subject(one, at)
        if subject is not None and subject == _subject(other, theirs):
            return f"done by against done to: “{one.word(at)}”"
    return None


def _active(side: Side, at: int) -> bool:
    before = side.word(before_deed(side.words, at))
    if not is_participle(side.word(at)):
        return before in MODALS | DO
    if before in HAVE:
        return True
    # Headlines leave out "was": only a sentence written out tells that it is not missing.
    written = side.word(side.begins(at)) in ARTICLES and not any(
        word in AUXILIARIES for word in side.words
    )
    after = side.word(at + 1)
    object_follows = after in ARTICLES | OWNERS or at + 1 in side.terms
    return before not in BE and at - 1 in side.terms and (written or object_follows)


def _subject(side: Side, at: int) -> int | str | None:
    """Return what the verb at `at` is said of: a shared word, as a pair's number, or a person."""
    for place in range(at - 1, side.begins(at) - 1, -1):
        word = side.word(place)
        if (word == "it" or word in PERSONS) and side.word(place + 1) in AUXILIARIES:
            return PERSONS.get(word, word)
        if place in side.shared and side.led(place) == "":
            return side.shared[place]
    return None


def scoped(one: Side, other: Side) -> str | None:
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


def _governs(side: Side, at: int) -> str:
    """Return the word that a denial or a hedge at `at` is of."""
    helpers = AUXILIARIES | ARTICLES | OWNERS | {"to"}
    return next((base(word) for word in side.words[at + 1 :] if word not in helpers), "")
