"""Words of a text as terms: lower case, stemmed, without those that any text has.

The stemmer is Snowball's English one (Porter2). A name keeps its stem like any word, since
inflected and possessive forms ("Latvia's") must meet.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

import Stemmer

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d[\d.,]*\d|\d")

# Function words, and the words that reports use whatever they are about.
STOP_WORDS = frozenset(
    """
    a about above after again against all also am an and any are aren't as at be because been
    before being below between both but by can can't cannot could couldn't did didn't do does
    doesn't doing don't down during each few for from further had hadn't has hasn't have haven't
    having he he's her here hers herself him himself his how however i i'm if in into is isn't it
    it's its itself just let's like may me might more most much must my myself no nor not now of
    off on once only or other our ours ourselves out over own per same shall she should
    shouldn't since so some such than that that's the their theirs them themselves then there
    these they this those through to too two under until up upon us very was wasn't we were
    weren't what when where whether which while who whom whose why will with within without won't
    would wouldn't yet you your yours yourself yourselves
    said say says saying told tell tells added according asked called reported reports reportedly
    statement spokesman spokeswoman spokesperson mr mrs ms dr one new first last year years day
    days week weeks month months today yesterday tomorrow monday tuesday wednesday thursday friday
    saturday sunday january february march april june july august september october november
    december time made make many people earlier later still even back get got go going
    """.split()
)
_stemmer = Stemmer.Stemmer("english")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the stem of one lower-case word, without a possessive ending."""
    return str(_stemmer.stemWord(word.replace("’", "'").removesuffix("'s").removesuffix("'")))


def beginning(term: str) -> str:
    """Return letters with which every word of `term` begins."""
    if len(term) == 3 and term.endswith("ie"):
        return term[0]  # "dying" is "die"
    # Only these are put in the place of others: "hoping", "skies", "possibility".
    return term[:-1] if len(term) > 1 and term[-1] in "eiyl" else term


def terms(text: str) -> list[str]:
    """Return the terms of `text` in order, each as often as it stands there."""
    return [term for word in WORD.findall(text.lower()) if (term := term_of(word))]


def count_terms(text: str) -> dict[str, int]:
    """Return how often each term stands in `text`."""
    counts: dict[str, int] = {}
    for word, count in Counter(WORD.findall(text.lower())).items():
        if term := term_of(word):
            counts[term] = counts.get(term, 0) + count
    return counts


@lru_cache(maxsize=400_000)
def term_of(word: str) -> str:
    """Return the term of one lower-case word; nothing for one that any text has."""
    if word.replace("’", "'") in STOP_WORDS or (len(word) == 1 and not word.isdigit()):
        return ""
    return stem(word)


def rarity(documents: Iterable[Iterable[str]]) -> dict[str, float]:
    """Return each term's inverse document frequency: log((1 + n) / (1 + df)) + 1."""
    count = 0
    frequency: Counter[str] = Counter()
    for document in documents:
        count += 1
        frequency.update(set(document))
    return {term: math.log((1 + count) / (1 + df)) + 1 for term, df in frequency.items()}


def cosine_with(b: Mapping[str, float]) -> Callable[[Mapping[str, float]], float]:
    """Return what gives the cosine of a sparse vector with `b`; 0 when either is empty.

    The length of `b` is measured once: it may be all that a story says.
    """
    length = _length(b)

    def cosine(a: Mapping[str, float]) -> float:
        few, many = (b, a) if len(b) < len(a) else (a, b)
        dot = sum(weight * many[term] for term, weight in few.items() if term in many)
        return dot / (_length(a) * length) if dot else 0.0

    return cosine


def _length(vector: Mapping[str, float]) -> float:
    return math.sqrt(sum(weight * weight for weight in vector.values()))
