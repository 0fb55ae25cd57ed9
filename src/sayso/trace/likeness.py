"""Whether two wordings make the same claim.

Rule: what could change the claim keeps the two apart: another number or bound, a denial, another
tense, a condition, a word swapped for one that is not known to mean the same. A paraphrase is
thus missed now and then; a distortion is never taken for what was said.

Who said it and when is weighed in `sayso.trace.statements`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from sayso.trace.bearing import another_bearing
from sayso.trace.vocabulary import cross, done_to, is_participle, opposites, thinks, turns
from sayso.trace.wording import Term, Wording

Kind = Literal["identical", "trimmed", "paraphrased", "different"]

_QUOTE_WORDS = 4  # a shorter quoted phrase may be anybody's
# Words of one quotation: nobody says so many twice by chance.
_LONG_QUOTE, _LONGER_QUOTE = 5, 7
_LEAST_TERMS = 3  # key words: two are shared by claims that have nothing else in common
_LEAST_PART = 0.25  # of the fuller claim: what covers less is another, shorter claim
_SHORT_CLAIM = 6  # key words of a claim that a number and one word of it can stand for
_REACH = 5  # words before the first shared one in which a denial still governs it
_ARTICLES = frozenset({"the", "a", "an", "this", "that", "some", "about"})
_ONES = (("a",), ("an",), ("one",), ("each",), ("every",), ("no",))
_SPEAKERS = (("i",), ("we",))  # what they think themselves is what they say
_OBJECTS = frozenset({"him", "her", "them", "me", "us"})
_BY_REACH = 5  # words from a participle to who did it: "recovered from the wreck by divers"
_CURRENCIES = frozenset("$€£")
_MOVABLE = frozenset(  # what leads a part of a sentence that may stand anywhere in it
    "in on at of with within after before during near for since until and under over".split()
)
_VERB_REACH = 2  # words from "will" or "had" to its verb: "will not now go"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two wordings are, and why in an editor's words."""

    kind: Kind
    confidence: float
    reason: str

    @property
    def same(self) -> bool:
        return self.kind != "different"


def likeness(one: Wording, other: Wording, *, same_manner: bool) -> Likeness:
    """Compare two wordings; `same_manner`: both are direct speech or both are reported."""
    if not one.words or not other.words:
        return Likeness("different", 1.0, "nothing was said")
    if _told(one) == _told(other) and one.asked == other.asked:
        return Likeness("identical", 1.0, "the same words")
    shorter, longer = sorted((one, other), key=lambda each: (len(each.terms), each.words))
    quoted = _same_quotation(one, other)
    pairs, left, right = _matched(shorter, longer, shorter.words, quoted)
    difference = _numbers(shorter, longer, left, right) or _swapped(left, right, len(quoted))
    if difference:
        return Likeness("different", 1.0, difference)
    if not pairs:
        return Likeness("different", 1.0, "no key word in common")
    whole = not left and not right
    mine = _reach(shorter, [here.at for here, _ in pairs], whole=whole)
    theirs = _reach(longer, [there.at for _, there in pairs], whole=whole)
    difference = (
        _turned(shorter, longer, mine, theirs)
        or _qualified(shorter, longer, left, right, mine, theirs)
        or _crossed(shorter, longer, pairs, right)
        or _dated(shorter, longer, pairs, mine, theirs, strict=same_manner)
        or another_bearing(shorter, longer, pairs)
    )
    if difference:
        return Likeness("different", 1.0, difference)
    if quoted:
        return Likeness("trimmed", 0.95, f"the same quoted words: “{' '.join(quoted)}”")
    if left:
        return Likeness("different", 0.6, f"only one has “{_printed(left)}”")
    counted = any(here.key.startswith("#") for here, _ in pairs)
    few = whole or (counted and len(longer.terms) <= _SHORT_CLAIM)
    least = 2 if few else _LEAST_TERMS
    if len(pairs) < least or len(pairs) < _LEAST_PART * len(longer.terms):
        few_words = "1 key word" if len(pairs) == 1 else f"{len(pairs)} key words"
        return Likeness("different", 0.6, f"only {few_words} in common")
    if _within(shorter.words, longer.words) is not None:
        return Likeness("trimmed", 0.95, f"{len(shorter.words)} of its {len(longer.words)} words")
    if not _in_order(shorter, longer, pairs):
        return Likeness("different", 1.0, "the same words in another order")
    return Likeness(
        "paraphrased",
        round(0.6 + 0.35 * len(pairs) / len(longer.terms), 2),
        f"the same claim in other words: {len(pairs)} of {len(longer.terms)} key words",
    )


def _told(wording: Wording) -> Sequence[str]:
    """Return the words without the "that" by which reported speech is led in."""
    return wording.words[1:] if wording.words[0] == "that" else wording.words


def _matched(
    shorter: Wording, longer: Wording, *runs: Sequence[str]
) -> tuple[list[tuple[Term, Term]], list[Term], list[Term]]:
    """Pair terms by key, in order; return the pairs and what is left over on either side.

    What both hold word for word, of `runs`, is paired as it stands: a word that comes twice is
    not taken for its other self.
    """
    taken: dict[int, Term] = {}
    for run in filter(None, runs):
        here, there = _within(run, shorter.words), _within(run, longer.words)
        if here is not None and there is not None:
            stand = {term.at - there: term for term in longer.terms}
            taken |= {
                term.at: stand[term.at - here]
                for term in shorter.terms
                if term.at - here in range(len(run)) and term.at - here in stand
            }
            break
    waiting: dict[str, list[Term]] = {}
    used = {id(term) for term in taken.values()}
    for term in longer.terms:
        if id(term) not in used:
            waiting.setdefault(term.key, []).append(term)
    pairs, left = [], []
    for term in shorter.terms:
        found = waiting.get(term.key)
        if term.at in taken:
            pairs.append((term, taken[term.at]))
        elif found:
            pairs.append((term, found.pop(0)))
        else:
            left.append(term)
    used = {id(theirs) for _, theirs in pairs}
    return pairs, left, [term for term in longer.terms if id(term) not in used]


def _numbers(
    shorter: Wording, longer: Wording, left: Sequence[Term], right: Sequence[Term]
) -> str | None:
    mine = [term for term in left if term.key.startswith("#")]
    theirs = [term for term in right if term.key.startswith("#")]
    if mine and theirs:
        return f"another number: {mine[0].word} against {theirs[0].word}"
    if mine:
        return f"only one has the number {mine[0].word}"
    bounds = {term.key: term.bound for term in longer.terms if term.key.startswith("#")}
    for term in shorter.terms:
        if term.key in bounds and term.bound != bounds[term.key]:
            return (
                f"another bound: {term.bound or 'exactly'} against {bounds[term.key] or 'exactly'}"
            )
    return None


def _swapped(left: Sequence[Term], right: Sequence[Term], quoted: int) -> str | None:
    """Return what one has in the place of the other's.

    Around a long quotation that both hold, each reporter words the rest in his own way; but where
    a word or two stand against one, what was said may have been changed.
    """
    for mine in left:
        for theirs in right:
            if opposites(mine.key, theirs.key):
                return f"turned round: {mine.word} against {theirs.word}"
    fewer, more = sorted((len(left), len(right)))
    told_around = fewer >= 2 and quoted >= _LONG_QUOTE
    told_around |= more >= 3 and quoted >= _LONGER_QUOTE
    if left and right and not told_around:
        return f"another object or act: {_printed(left)} against {_printed(right)}"
    return None


def _reach(wording: Wording, places: Sequence[int], *, whole: bool) -> range:
    """Return the words that bear on what both share.

    Where both hold the same key words, that is all; else what stands between the shared words
    and shortly before them.
    """
    if whole:
        return range(len(wording.words))
    return range(min(places) - _REACH, max(places) + 1)


def _turned(shorter: Wording, longer: Wording, mine: range, theirs: range) -> str | None:
    """Return how what both share is denied or hedged in one of the two only."""
    if sum(at in mine for at in shorter.negatives) != sum(at in theirs for at in longer.negatives):
        return "one denies what the other says"
    hedged = [
        frozenset(word for at, word in each.hedges if at in places)
        for each, places in ((shorter, mine), (longer, theirs))
    ]
    only = sorted(hedged[0] ^ hedged[1])
    return f"only one says “{only[0]}”" if only else None


def _qualified(
    shorter: Wording,
    longer: Wording,
    left: Sequence[Term],
    right: Sequence[Term],
    mine: range,
    theirs: range,
) -> str | None:
    """Return a word of one only that makes another claim of it: an ex-mayor, a plan, against."""
    for wording, terms, places in ((shorter, left, mine), (longer, right, theirs)):
        before = [term.at for term in terms if term.at < places.stop]
        for term in terms:
            # However far off, the last word before what both share governs it.
            governs = term.at in places or term.at == max(before, default=-1)
            own = wording.words[term.at - 1 : term.at] in _SPEAKERS and thinks(term.key)
            if governs and turns(term.key) and not own:
                return f"only one says “{term.word}”"
    return None


def _crossed(
    shorter: Wording, longer: Wording, pairs: Sequence[tuple[Term, Term]], right: Sequence[Term]
) -> str | None:
    """Return small words before the same key word that say different things."""
    more = {term.at: term for term in right if term.key.startswith("#")}
    for here, there in pairs:
        one, other = _leading(shorter, here.at), _leading(longer, there.at)
        if cross(one, other):
            return f"“{one}” against “{other}” before {here.word}"
        # "A quarter" and "three quarters", "each" and "every second".
        if there.at - 1 in more and shorter.words[here.at - 1 : here.at] in _ONES:
            return f"only one has the number {more[there.at - 1].word}"
    return None


def _leading(wording: Wording, at: int) -> str:
    """Return the small word that leads to the word at `at`, past an article."""
    before = wording.words[max(0, at - 3) : at]
    while before and before[-1] in _ARTICLES:
        before = before[:-1]
    return before[-1] if before else ""


def _dated(
    shorter: Wording,
    longer: Wording,
    pairs: Sequence[tuple[Term, Term]],
    mine: range,
    theirs: range,
    *,
    strict: bool,
) -> str | None:
    """Return what both share that is told in another tense.

    Reported speech shifts its tenses back: only where both are reported, or neither is
    (`strict`), does past against present tell.
    """
    futures = [
        sum(time == "future" and at in places for at, time in each.times)
        for each, places in ((shorter, mine), (longer, theirs))
    ]
    if futures[0] != futures[1]:
        return "another tense: future in one only"
    for here, there in pairs:
        if _quoted_alone(shorter, here) or _quoted_alone(longer, there):
            continue  # what leads to a quotation is the reporter's, and so is its tense
        one, other = _tense(shorter, here), _tense(longer, there)
        if one != other and "progressive" in (one, other):
            return f"another tense: {here.word} is {one or 'told'} against {other or 'told'}"
        if strict and {one, other} == {"present", "past"}:
            return f"another tense: {here.word} is {one} against {other}"
    return None


def _tense(wording: Wording, term: Term) -> str | None:
    return next(
        (time for at, time in reversed(wording.times) if 0 < term.at - at <= _VERB_REACH), None
    )


def _quoted_alone(wording: Wording, term: Term) -> bool:
    """Tell whether a quotation begins between a word and what tells its tense."""
    before = (at for at, _ in reversed(wording.times) if 0 < term.at - at <= _VERB_REACH)
    return term.at in wording.inside and next(before, term.at) not in wording.inside


def _same_quotation(one: Wording, other: Wording) -> tuple[str, ...]:
    """Return the longest quoted words that both hold, one side's quotation whole."""
    best: tuple[str, ...] = ()
    for mine in one.quoted:
        for theirs in other.quoted:
            shorter, longer = sorted((mine, theirs), key=len)
            if (
                len(shorter) > max(len(best), _QUOTE_WORDS - 1)
                and _within(shorter, longer) is not None
            ):
                best = shorter
    return best


def _within(shorter: Sequence[str], longer: Sequence[str]) -> int | None:
    """Return where `longer` holds `shorter` without a gap."""
    size = len(shorter)
    for at in range(len(longer) - size + 1):
        if longer[at] == shorter[0] and tuple(longer[at : at + size]) == tuple(shorter):
            return at
    return None


def _in_order(shorter: Wording, longer: Wording, pairs: Sequence[tuple[Term, Term]]) -> bool:
    """Tell whether who did it and whom it was done to keep their places.

    A day or a place may move as one from end to end; more disorder swaps the one for the other,
    but where just one of two tells it in the passive: there the same order does.
    """
    # "€2 million" and "2 million euros" tell no order.
    pairs = [(here, there) for here, there in pairs if not _CURRENCIES & {here.word, there.word}]
    names = [there.at for here, there in pairs if here.name or there.name]
    places = [there.at for _, there in pairs]
    fallen = sum(before > after for before, after in pairwise(places))
    turned = _passive(shorter, [here.at for here, _ in pairs]) != _passive(longer, places)
    if turned:
        return fallen > 0
    if fallen == 0:
        return True
    objects = [_OBJECTS.intersection(each.words) for each in (shorter, longer)]
    if fallen > 1 or objects[0] != objects[1]:
        return False
    return _moved(shorter, longer, pairs, alone=names != sorted(names))


def _moved(
    shorter: Wording, longer: Wording, pairs: Sequence[tuple[Term, Term]], *, alone: bool
) -> bool:
    """Tell whether what stands elsewhere is a day, a place or one more of several.

    Whatever else changes places changes parts: who told whom, who won. But what was done stands
    behind whom it was done to where it is told in the passive. Of two names that change places
    each must stay a day or place: `alone` nothing else excuses them.
    """
    places = [there.at for _, there in pairs]
    cut = next(at for at in range(1, len(places)) if places[at - 1] > places[at])
    ahead = next(at for at in range(cut) if places[at] > places[cut])
    if alone:
        return all(
            _leading(shorter, here.at) in _MOVABLE
            and _leading(shorter, here.at) == _leading(longer, there.at)
            for here, there in (pairs[ahead], pairs[cut])
        )
    if all(here.key.startswith("#") for here, _ in (pairs[ahead], pairs[cut])):
        return False  # four of nine, and nine of four
    for here, there in (pairs[ahead], pairs[cut]):
        if done_to(shorter.words, here.at) != done_to(longer.words, there.at):
            return True
    for each, term, before in (
        (shorter, pairs[cut][0], pairs[ahead][0]),
        (longer, pairs[ahead][1], pairs[cut][1]),
    ):
        if any(before.at < begins <= term.at for begins in each.sentences):
            return True
    return any(
        term.word.lower() in _MOVABLE
        or _leading(each, term.at) in _MOVABLE
        or (term.at == 1 and each.words[0] == "from")  # "from Monday, schools will close"
        for here, there in (pairs[ahead], pairs[cut])
        for each, term in ((shorter, here), (longer, there))
    )


def _passive(wording: Wording, shared: Collection[int]) -> bool:
    """Tell whether a claim names behind the deed who did it, and both name him: "killed by"."""
    for at, word in enumerate(wording.words):
        if word == "by" and any(map(is_participle, wording.words[max(0, at - _BY_REACH) : at])):
            agent = next((term for term in wording.terms if term.at > at), None)
            if agent and agent.at in shared and not agent.key.startswith("#"):
                return True
    return False


def _printed(terms: Sequence[Term]) -> str:
    return " ".join(term.word for term in terms[:3])
