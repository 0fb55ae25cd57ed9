"""Turns what somebody said into what they did not say, by one known change.

Rule: every distortion changes the claim, however little of its wording; the same words and the
same chance give the same distortion. Whether it is told from the original is measured in
`sayso.bench.statements`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator

_AUXILIARY = re.compile(
    r"\b(is|are|was|were|will|would|has|have|had|can|could|did|does|do|must|should)\b(?! not)", re.I
)
_DENIAL = re.compile(r"\b(is|are|was|were|will|would|has|have|had|can|could|did|do) not\b", re.I)
_DIGITS = re.compile(r"\b\d[\d,.]*\d\b|\b\d\b")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")
_TENSES = (
    (re.compile(r"\bwill be\b"), "was"),
    (re.compile(r"\bwould be\b"), "had been"),
    (re.compile(r"\b(?:will|would) (?=[a-z]+)"), "did "),
    (re.compile(r"\b(?:is|are) (?=\w+ing\b)"), "will not be "),
    (re.compile(r"\b(?:has|have|had) been\b"), "will be"),
    (re.compile(r"\b(?:is|are)\b(?! to\b)"), "will be"),
    (re.compile(r"\b(?:was|were)\b"), "will be"),
)
_NUMBERS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty thirty forty fifty"
).split()
_NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(_NUMBERS)})\b", re.I)
_BOUNDS = (("at least", "up to"), ("more than", "fewer than"), ("up to", "at least"))
_OBJECTS = (
    "letter telegram fax bridge dam gate bodies minister company reservoir people children village"
    " house inquiry visas money warning ambassador wave valley"
).split()
_OBJECT = re.compile(rf"\b(?:{'|'.join(_OBJECTS)})\b")
_UNITS = (
    (re.compile(r"\bmillion\b"), "billion"),
    (re.compile(r"\bbillion\b"), "million"),
    (re.compile(r"\b(?:percent|per cent)\b|(?<=\d)%"), " percentage points"),
    (re.compile(r"\bmetres\b"), "feet"),
    (re.compile(r"\bhours\b"), "days"),
    (re.compile(r"\bdays\b"), "weeks"),
    (re.compile(r"\beuros\b"), "dollars"),
)
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_DAY = re.compile(rf"\b(?:{'|'.join(_DAYS)})\b")
_ORDINALS = "first second third fourth fifth last".split()
_ORDINAL = re.compile(rf"\b(?:{'|'.join(_ORDINALS)})\b")
_OFFICE = re.compile(
    r"(?<!former )\b(?=(?:minister|president|mayor|governor|director|engineer|head|chief)\b)"
)
_DEED = re.compile(r"^(?P<who>he|she|they|we|I|it) (?P<rest>\w+ed|was|were|had|did)\b")
_AGENT = re.compile(
    r"\b[Tt]he (?P<one>[a-z]{4,}) (?P<deed>(?:had |have |has )?[a-z]{2,}ed)"
    r" the (?P<other>[a-z]{4,})\b"
)
_WILL = re.compile(r"\b(?P<who>[a-z]{3,}) (?:will|would) (?!not\b|be\b|have\b)(?=[a-z]{3,})")
_DONE = re.compile(r"\b(?P<how>was|were|had been|has been|have been) (?=[a-z]{3,}ed\b)")
_HAD_DONE = re.compile(r"\b(?P<had>had|has|have) (?!failed)(?=[a-z]{3,}ed\b)")
_MANY = re.compile(
    r"(?:^|(?<=that ))[Tt]he (?=[a-z]{4,}s (?:had|have|were|are|would|will|of|in|on)\b)"
)
_HEAD = re.compile(r"\b(?P<head>[Tt]he [a-z]{4,}) (?=(?:was|is|had|has|will|would)\b)")
_BEST = re.compile(r"\bthe (?=[a-z]{3,}(?<!harv)(?<!inter)(?<!for)est\b)")
_WEEKS = (
    (re.compile(r"\bthis (?=week|month|year|spring|summer|autumn|winter)"), "last "),
    (re.compile(r"\b(?:last|next) (?=week|month|year|spring|summer|autumn|winter)"), "this "),
    (re.compile(r"\btoday\b"), "tomorrow"),
    (re.compile(r"\byesterday\b"), "today"),
)
_PLACES = (
    (re.compile(r"\bin (?=[A-Z])"), "outside "),
    (re.compile(r"\bto (?=the [a-z])"), "from "),
    (re.compile(r"\bafter (?=the |[A-Z])"), "before "),
    (re.compile(r"\bunder (?=the )"), "above "),
)
_PERSONS = {"he": "she", "she": "he", "his": "her", "we": "you", "i": "you", "our": "your"}
_PERSON = re.compile(rf"\b(?:{'|'.join(_PERSONS)})\b(?=[^”\"]*$|[^“\"]*[”\"])", re.I)
_ENDS = re.compile(r"[.,]?(?P<mark>[”\"]?)$")
_NAMES = ("Oslo", "Mendoza", "Ahmadov", "Ruritania", "Castellan", "Freiberg", "Nakamura")


def distortions(words: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield (what was changed, the distorted words) for each change that `words` allow."""
    for kind, change in _CHANGES.items():
        changed = change(words, chance)
        if changed is not None and changed != words:
            yield kind, changed


def _number(words: str, chance: random.Random) -> str | None:
    if found := _DIGITS.search(words):
        value = found[0].replace(",", "")
        if ":" in words[found.end() : found.end() + 1] or not value.isdigit():
            return None
        other = chance.choice((int(value) * 10, int(value) + 1, int(value) * 2 + 3))
        return words[: found.start()] + f"{other:,}" + words[found.end() :]
    if found := _NUMBER_WORD.search(words):
        others = [word for word in _NUMBERS if word != found[0].lower()]
        return words[: found.start()] + chance.choice(others) + words[found.end() :]
    return None


def _polarity(words: str, _chance: random.Random) -> str | None:
    if _DENIAL.search(words):
        return _DENIAL.sub(r"\1", words, count=1)
    return _AUXILIARY.sub(r"\1 not", words, count=1) if _AUXILIARY.search(words) else None


def _tense(words: str, _chance: random.Random) -> str | None:
    return _first(words, _TENSES)


def _object(words: str, chance: random.Random) -> str | None:
    found = _OBJECT.search(words)
    if not found:
        return None
    other = chance.choice([word for word in _OBJECTS if word != found[0]])
    return words[: found.start()] + other + words[found.end() :]


def _name(words: str, chance: random.Random) -> str | None:
    found = _NAME.search(words)
    return found and words[: found.start()] + chance.choice(_NAMES) + words[found.end() :]


def _bound(words: str, _chance: random.Random) -> str | None:
    for one, other in _BOUNDS:
        if one in words.casefold():
            return re.sub(one, other, words, count=1, flags=re.I)
    return None


def _unit(words: str, _chance: random.Random) -> str | None:
    return _first(words, _UNITS)


def _day(words: str, chance: random.Random) -> str | None:
    found = _DAY.search(words)
    if not found:
        return None
    other = chance.choice([day for day in _DAYS if day != found[0]])
    return words[: found.start()] + other + words[found.end() :]


def _ordinal(words: str, chance: random.Random) -> str | None:
    found = _ORDINAL.search(words)
    if not found:
        return None
    other = chance.choice([one for one in _ORDINALS if one != found[0]])
    return words[: found.start()] + other + words[found.end() :]


def _former(words: str, chance: random.Random) -> str | None:
    rank = chance.choice(("former ", "deputy ", "acting "))
    return _OFFICE.sub(rank, words, count=1) if _OFFICE.search(words) else None


def _attempt(words: str, chance: random.Random) -> str | None:
    deed = chance.choice(("denied that", "claimed that"))
    return _DEED.sub(rf"\g<who> {deed} \g<who> \g<rest>", words) if _DEED.match(words) else None


def _agent(words: str, _chance: random.Random) -> str | None:
    swapped = r"the \g<other> \g<deed> the \g<one>"
    return _AGENT.sub(swapped, words, count=1) if _AGENT.search(words) else None


def _not_only(words: str, _chance: random.Random) -> str | None:
    found = re.search(r"\b(?:because|only|by|to|from|for|in|at) ", words)
    return found and words[: found.start()] + "not only " + words[found.start() :]


def _condition(words: str, chance: random.Random) -> str | None:
    conditions = ("if the rain stops", "unless the other side gives way", "as long as it pays")
    if re.search(r"\b(?:if|unless|long as|condition|provided)\b|[.?!»]\W*\w", words, re.I):
        return None
    return _ENDS.sub(rf" {chance.choice(conditions)}\g<mark>", words, count=1)


def _question(words: str, _chance: random.Random) -> str | None:
    return _ENDS.sub(r"?\g<mark>", words, count=1) if words[:1] in '“"' else None


def _mind(words: str, chance: random.Random) -> str | None:
    who = chance.choice(("the opposition hopes that ", "it is a myth that ", "few believe that "))
    clause = re.match(r"(?:that )?(?=(?:the|a|an|his|her|its|their|he|she|it|they) )", words)
    return who + words[clause.end() :] if clause else None


def _agreed(words: str, chance: random.Random) -> str | None:
    deed = chance.choice(("agreed to ", "was asked to ", "ruled out that it would "))
    return _WILL.sub(rf"\g<who> {deed}", words, count=1) if _WILL.search(words) else None


def _partly(words: str, chance: random.Random) -> str | None:
    how = chance.choice(("partly", "rarely", "almost", "temporarily"))
    return _DONE.sub(rf"\g<how> {how} ", words, count=1) if _DONE.search(words) else None


def _voice(words: str, _chance: random.Random) -> str | None:
    return _HAD_DONE.sub(r"\g<had> been ", words, count=1) if _HAD_DONE.search(words) else None


def _part(words: str, chance: random.Random) -> str | None:
    part = chance.choice(("a third of the ", "one of the ", "the owners of the "))
    return _MANY.sub(part, words, count=1) if _MANY.search(words) else None


def _other_head(words: str, chance: random.Random) -> str | None:
    head = chance.choice(("’s brother", "’s spokesman", "’s roof"))
    return _HEAD.sub(rf"\g<head>{head} ", words, count=1) if _HEAD.search(words) else None


def _rank(words: str, chance: random.Random) -> str | None:
    rank = chance.choice(("the second ", "one of the "))
    return _BEST.sub(rank, words, count=1) if _BEST.search(words) else None


def _week(words: str, _chance: random.Random) -> str | None:
    return _first(words, _WEEKS)


def _place(words: str, _chance: random.Random) -> str | None:
    return _first(words, _PLACES)


def _either(words: str, _chance: random.Random) -> str | None:
    return words.replace(" and ", " or ", 1) if " and " in words and " or " not in words else None


def _person(words: str, _chance: random.Random) -> str | None:
    found = _PERSON.search(words)
    if not found:
        return None
    other = _PERSONS[found[0].lower()]
    return words[: found.start()] + other + words[found.end() :]


def _first(words: str, changes: Iterable[tuple[re.Pattern[str], str]]) -> str | None:
    for pattern, instead in changes:
        if pattern.search(words):
            return pattern.sub(instead, words, count=1)
    return None


_CHANGES: dict[str, Callable[[str, random.Random], str | None]] = {
    "number": _number,
    "polarity": _polarity,
    "tense": _tense,
    "object": _object,
    "name": _name,
    "bound": _bound,
    "unit": _unit,
    "weekday": _day,
    "ordinal": _ordinal,
    "office": _former,
    "denied": _attempt,
    "agent": _agent,
    "not only": _not_only,
    "condition": _condition,
    "question": _question,
    "mind": _mind,
    "agreed": _agreed,
    "partly": _partly,
    "voice": _voice,
    "part": _part,
    "head": _other_head,
    "rank": _rank,
    "week": _week,
    "place": _place,
    "either": _either,
    "person": _person,
}
