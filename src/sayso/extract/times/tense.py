"""Whether a time expression looks back or ahead, by the verbs around it.

Rule: the nearest marked verb before the expression in its sentence decides; if there is none,
the nearest one after it. "0" means that no word tells.

It reads words, not syntax: "the meeting planned for Monday was held" looks ahead.
"""

from __future__ import annotations

from sayso.extract.times.phrase import Phrase

_AHEAD = frozenset(
    "will ll shall won would going scheduled due expected expects expect plans planned planning"
    " payable expire expires expiring effective begins begin ends intends intend"
    " hopes hope slated upcoming takes faces aims maturing matures".split()
)
_BACK = frozenset(
    "said was were had did told has have been rose fell went came took made gave began met left"
    " lost found held became got ran saw sent spoke wrote brought broke hit shot fled died"
    " ago since grew sold bought paid led struck thought kept knew".split()
)
_NOT_PAST = frozenset("need indeed feed seed speed united red bed hundred weed breed".split())
# These are nouns too; only what somebody plans or hopes "to" do lies ahead.
_PLANS = frozenset("plan plans hope hopes aims faces takes".split())
_TO_BE = frozenset(("is", "are", "whether", "ready", "set", "likely"))
_OWNERS = frozenset("a an the his her its their".split())
_MAY = frozenset(("may", "might", "must", "should"))
_FAR_BACK = 25  # tokens: beyond it lies another clause
_FAR_AHEAD = 12


def direction(phrase: Phrase) -> int:
    """Return 1 when `phrase` looks ahead, -1 when it looks back, 0 when no word tells."""
    tokens, classes = phrase.tokens, phrase.classes
    for index in range(phrase.first - 1, max(-1, phrase.first - 1 - _FAR_BACK), -1):
        if _ends_sentence(classes[index], tokens[index].word):
            break
        if mark := _mark(phrase, index):
            return mark
    for index in range(phrase.last, min(len(tokens), phrase.last + _FAR_AHEAD)):
        if _ends_sentence(classes[index], tokens[index].word):
            break
        if mark := _mark(phrase, index):
            return mark
    return 0


def _ends_sentence(name: str, word: str) -> bool:
    return name == "break" or word in ".!?;"


def _mark(phrase: Phrase, index: int) -> int:
    word = phrase.tokens[index].word
    before = phrase.tokens[index - 1].word if index else ""
    if word in _PLANS and (
        index + 1 == len(phrase.tokens) or phrase.tokens[index + 1].word != "to"
    ):
        return 0
    if word in _AHEAD and before == "been":
        return -1  # "had been due": it is over
    if word in _MAY:
        after = phrase.tokens[index + 1].word if index + 1 < len(phrase.tokens) else ""
        return 0 if after == "have" else 1  # "may have left": the verb tells
    if word in _AHEAD or (word == "be" and before == "to") or (word == "to" and before in _TO_BE):
        return 1
    if before in ("be", "to") or (before in _OWNERS and word.endswith("ed")):
        return 0  # "will be held", "to cut", "his televised address": another word tells
    return -1 if word in _BACK or _is_past_form(word) else 0


def _is_past_form(word: str) -> bool:
    """Whether `word` ends like a verb of the past; "unnamed" and "unspecified" are adjectives."""
    regular = len(word) > 4 and word.endswith("ed") and word not in _NOT_PAST
    return regular and not (word.startswith("un") and not word.startswith(("und", "uni")))
