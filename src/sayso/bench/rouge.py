"""How well a timeline agrees with a journalist's: date F1 and alignment-based ROUGE-1.

The second is "align+ m:1" of Martschat and Markert, "Improving ROUGE for timeline summarization"
(EACL 2017): each day of one timeline is put beside the day of the other that costs least, where

    cost = (1 - 1 / (days apart + 1)) · (1 - ROUGE-1 F1 of the two days' words),

and the words that the two days share count 1 / (days apart + 1). Precision sums over the days
of the system's timeline and recall over those of the gold; both are of words, not of days.
Words are lower case, letters and digits only, without function words, by their Porter stem, as in
ROUGE 1.5.5 with "-m -s"; the list of function words is our own and a little shorter than its.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date

import Stemmer

Words = Counter[str]
"""The words of one day, each as often as it stands there."""

_WORD = re.compile(r"[a-z0-9]+")
_stem = Stemmer.Stemmer("porter").stemWord

FUNCTION_WORDS = frozenset(
    """
    a able about above according accordingly across actually after afterwards again against all
    allow allows almost alone along already also although always am among amongst an and another
    any anybody anyhow anyone anything anyway anywhere apart appear appropriate are aren around as
    aside ask asking at available away be became because become becomes becoming been before
    beforehand behind being believe below beside besides best better between beyond both brief but
    by came can cannot cant cause certain certainly changes clearly co com come comes concerning
    consequently consider considering contain containing contains could couldn currently d
    definitely described despite did didn different do does doesn doing don done down downwards
    during each eg eight either else elsewhere enough entirely especially et etc even ever every
    everybody everyone everything everywhere ex exactly example except far few fifth first five
    followed following follows for former formerly forth four from further furthermore get gets
    getting given gives go goes going gone got gotten had hadn happens hardly has hasn have haven
    having he hello help hence her here hereafter hereby herein hers herself him himself his hither
    hopefully how however i ie if in inasmuch indeed indicate indicated indicates inner insofar
    instead into inward is isn it its itself just keep keeps kept know knows known last lately
    later latter least less lest let like liked likely little ll look looking looks ltd m mainly
    many may maybe me mean meanwhile merely might more moreover most mostly much must my myself
    name namely nd near nearly necessary need needs neither never nevertheless new next nine no
    nobody non none nor normally not nothing now nowhere obviously of off often oh ok okay old on
    once one ones only onto or other others otherwise ought our ours ourselves out outside over
    overall own particular particularly per perhaps placed please plus possible presumably probably
    provides que quite rather rd re really reasonably regarding regardless relatively respectively
    right s said same saw say saying says second secondly see seeing seem seemed seeming seems seen
    self selves sensible sent serious seriously seven several shall she should shouldn since six so
    some somebody somehow someone something sometime sometimes somewhat somewhere soon sorry
    specified specify still sub such sup sure t take taken tell tends th than thank thanks that the
    their theirs them themselves then thence there thereafter thereby therefore therein these they
    think third this thorough thoroughly those though three through throughout thru thus to
    together too took toward towards tried tries truly try trying twice two un under unfortunately
    unless unlikely until unto up upon us use used useful uses using usually value various ve very
    via viz vs want wants was wasn way we welcome well went were weren what whatever when whence
    whenever where whereafter whereas whereby wherein whereupon wherever whether which while
    whither who whoever whole whom whose why will willing wish with within without won wonder would
    wouldn yes yet you your yours yourself yourselves zero
    """.split()
)


def words(sentences: Iterable[str]) -> Words:
    """Return the words of `sentences` that count."""
    return Counter(
        _stem(word)
        for sentence in sentences
        for word in _WORD.findall(sentence.lower())
        if word not in FUNCTION_WORDS
    )


def date_f1(found: Collection[date], gold: Collection[date]) -> float:
    """Return F1 of the days of a timeline; a day is right or wrong, near is wrong."""
    return _f1(len(set(found) & set(gold)), len(set(found)), len(set(gold)))


def alignment_rouge(found: Mapping[date, Words], gold: Mapping[date, Words]) -> float:
    """Return the F1 of alignment-based ROUGE-1 of `found` against `gold`."""
    precision = _aligned(found, gold)
    recall = _aligned(gold, found)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _aligned(days: Mapping[date, Words], others: Mapping[date, Words]) -> float:
    """Return the share of the words of `days` that their nearest day in `others` has too."""
    total = sum(said.total() for said in days.values())
    if not total or not others:
        return 0.0
    shared = 0.0
    for day, said in sorted(days.items()):
        other = min(sorted(others), key=lambda one: _cost(day, said, one, others[one]))
        shared += _nearness(day, other) * (said & others[other]).total()
    return shared / total


def _cost(day: date, said: Words, other: date, there: Words) -> float:
    overlap = _f1((said & there).total(), said.total(), there.total())
    return (1 - _nearness(day, other)) * (1 - overlap)


def _nearness(day: date, other: date) -> float:
    return 1 / (abs((day - other).days) + 1)


def _f1(shared: float, one: float, other: float) -> float:
    return 2 * shared / (one + other) if one + other else 0.0
