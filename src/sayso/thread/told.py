"""What a story has told so far: whether a statement is there already, and where.

This asks less than `sayso.trace.statements`, which puts words of one report under another's name
and must never be wrong. Here nothing is put in anybody's mouth: the question is only whether a
reader who has read the story has read this. So it is enough that the same speaker has said most
of what is rare in it, or that somebody whom no report names has said nearly all of it; but a new
number, or a denial of what was said, is never taken for told.

Rule: a question costs the same whether the story has ten reports or a thousand. The words that
few statements of the story hold are looked up, and the most promising few are compared.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sayso.ids import make_id
from sayso.records import ReportId, Speaker, StatementId, Utterance
from sayso.thread.kin import akin, nameless
from sayso.trace.statements import Said, same
from sayso.trace.voices import same_speaker

SAME_VOICE, NO_VOICE, ANY_VOICE = 0.4, 0.55, 0.9
"""Share of a statement's key words, by their rarity in the story, that an earlier one must hold:
of the same speaker; where one of the two has no name; of two who are named and differ."""

FEWEST = {SAME_VOICE: 2, NO_VOICE: 3, ANY_VOICE: 4}
"""Key words below which that share tells nothing."""

SURE = 0.99
"""Share from which it is the wording that is the same."""

TOGETHER, AMONG = 0.75, 3
"""Share of what nobody by name says that a few earlier statements hold together, and how many:
what an outlet tells once more for those who come late is put together from what it told."""

QUOTED = 4
"""Words of a quotation by which it is known again, whoever is said to have said it."""

RUN = 8
"""Words in a row by which two are of one thing said, though one of them goes on."""

PIECE, PIECES = 5, 0.8
"""Words in a row that make a piece of a quotation, and the share of a quotation that pieces told
before must hold for it to be told: one outlet quotes whole what another quoted in halves."""

LOOKED_UP, CROWDED, COMPARED = 10, 100, 12
"""Key words that are looked up, the rarest first; statements that a word leads to, the newest
first; and those of them that are compared."""


@dataclass(frozen=True, slots=True)
class Told:
    """A statement of the story, as far as it is needed to know it again."""

    said: Said
    keys: frozenset[str]
    statement: StatementId
    denial: bool = False  # the words are what was denied
    number: int = -1  # in its record

    def of(self, report: ReportId) -> bool:
        """Say whether it is of that report."""
        return self.said.utterance.report == report


@dataclass(frozen=True, slots=True)
class Match:
    """An earlier statement, how much of the new one it holds, and why that is enough."""

    told: Told
    share: float
    reason: str

    @property
    def sure(self) -> bool:
        """Say whether the words themselves are the same, not only most of what is rare."""
        return self.share >= SURE


def statement_id(utterance: Utterance) -> StatementId:
    """Return the id of the statement that `utterance` is the first of."""
    return StatementId(make_id("statement", utterance.report, utterance.attribution))


class Record:
    """The statements of one story, each once, found by their words."""

    def __init__(self) -> None:
        self._told: dict[int, Told] = {}
        self._numbers = itertools.count()
        self._holding: dict[str, list[int]] = {}
        self._of: dict[ReportId, list[int]] = {}
        self._again: dict[int, list[Told]] = {}  # in the same words, by other reports

    def __len__(self) -> int:
        return len(self._told)

    def enter(self, said: Said, statement: StatementId, *, denial: bool = False) -> None:
        """Remember `said` as `statement`."""
        self._put(next(self._numbers), told_as(said, statement, denial=denial))

    def carry(self, told: Told, said: Said) -> None:
        """Remember that `said` repeats what is `told` in the same words."""
        # By that nothing could be known again, but it stays when the first to tell it leaves.
        same = replace(said, wording=told.said.wording)
        self._again.setdefault(told.number, []).append(replace(told, said=same))

    def leave(self, report: ReportId) -> list[Told]:
        """Forget what `report` has told, and return it; what others repeat stays told."""
        left = [one for again in self._again.values() for one in again if one.of(report)]
        for number in [one.number for one in left]:
            self._again[number] = [one for one in self._again[number] if not one.of(report)]
        for number in self._of.pop(report, ()):
            told = self._told.pop(number)
            for key in told.keys:
                self._holding[key].remove(number)
                if not self._holding[key]:
                    del self._holding[key]
            left.append(told)
            again = self._again.pop(number, [])
            if again:
                self._put(number, again[0])
                self._again[number] = again[1:]
        return left

    def join(self, told: Iterable[Told]) -> None:
        """Remember what a report has told, here or in another story, as it stands."""
        for one in told:
            words = one.said.wording.words
            near = (each for each in self.near(one.said) if each.denial == one.denial)
            same = next((each for each in near if each.said.wording.words == words), None)
            if same is None:
                self._put(next(self._numbers), one)
            else:
                self.carry(same, one.said)

    def _put(self, number: int, told: Told) -> None:
        for key in told.keys:
            self._holding.setdefault(key, []).append(number)
        self._of.setdefault(told.said.utterance.report, []).append(number)
        self._told[number] = replace(told, number=number)

    def find(self, said: Said, *, denial: bool = False) -> Match | None:
        """Return the earlier statement that tells what `said` does; None when none does.

        A denial repeats only a denial, however much it says in the words of the claim.
        """
        keys = keys_of(said)
        weight = {key: self._rarity(key) for key in keys}
        whole = sum(weight.values())
        best: Match | None = None
        near = [told for told in self.near(said) if told.denial == denial]
        for told in near:
            match = _same(said, told, weight, whole)
            if match is not None and (best is None or match.share > best.share):
                best = match
        return best or _in_pieces(said, near) or _put_together(said, near, weight, whole)

    def near(self, said: Said) -> list[Told]:
        """Return the earlier statements that share most of the rare words of `said`."""
        keys = sorted(keys_of(said), key=lambda key: (len(self._holding.get(key, ())), key))
        shared: dict[int, float] = defaultdict(float)
        held = [key for key in keys if key in self._holding]
        for key in held[:LOOKED_UP]:
            rare = self._rarity(key)
            for number in self._holding[key][-CROWDED:]:
                shared[number] += rare
        nearest = sorted(shared, key=lambda number: (-shared[number], number))
        return [self._told[number] for number in nearest[:COMPARED]]

    def last_but(self, speaker: Speaker | None) -> Told | None:
        """Return the last statement of anybody but `speaker`."""
        others = (
            one
            for one in reversed(self._told.values())
            if not same_speaker(one.said.speaker, speaker)
        )
        return next(others, None)

    def share(self, keys: Iterable[str], told: Told) -> float:
        """Return how much of what is rare among `keys` stands in `told`."""
        weight = {key: self._rarity(key) for key in keys}
        whole = sum(weight.values())
        return sum(weight[key] for key in weight if key in told.keys) / whole if whole else 0.0

    def _rarity(self, key: str) -> float:
        return math.log((2 + len(self._told)) / (1 + len(self._holding.get(key, ()))))


def told_as(said: Said, statement: StatementId, *, denial: bool) -> Told:
    """Return `said` as `statement`, ready to be remembered."""
    return Told(said, keys_of(said), statement, denial)


def keys_of(said: Said) -> frozenset[str]:
    """Return the key words of `said`."""
    return frozenset(term.key for term in said.wording.terms)


def _same(said: Said, told: Told, weight: Mapping[str, float], whole: float) -> Match | None:
    common = weight.keys() & told.keys
    # What shares fewer words is never the same claim; to compare it in full would cost most.
    if 2 * len(common) >= min(len(weight), len(told.keys)):
        alike = same(said, told.said)
        if alike.same:
            return Match(told, 1.0 + alike.confidence, alike.reason)
        if said.wording.words == told.said.wording.words and len(weight) > 1:
            return Match(told, 1.0, "the same words")
    if _requoted(said, told.said):
        return Match(told, SURE, "the same quotation")
    unknown = nameless(said.speaker) or nameless(told.said.speaker)
    near = akin(said.speaker, told.said.speaker)
    if same_speaker(said.speaker, told.said.speaker) or (unknown and near):
        least, reason = SAME_VOICE, "of its rare words the same speaker has said"
    elif near:
        least, reason = NO_VOICE, "of its rare words one side has said"
    elif unknown:
        least, reason = NO_VOICE, "of its rare words have been said by somebody not named"
    else:
        least, reason = ANY_VOICE, "of its rare words another has said"
    share = sum(weight[key] for key in common) / whole if whole else 0.0
    if share < least or len(weight) < FEWEST[least]:
        return None
    told_otherwise = _has_new_number(weight, told) or _turned(said, told.said)
    # "It is 40 million and it is here today": the run is the same, and one number in it is not.
    lost = any(key.startswith("#") and key not in weight for key in told.keys)
    if told_otherwise and (lost or not _shares_run(said, told.said)):
        return None
    return Match(told, min(share, SURE - 0.01), f"{share:.0%} {reason}")


def _in_pieces(said: Said, near: Sequence[Told]) -> Match | None:
    """Return the nearest of those that quoted, in pieces, what is quoted in `said`."""
    words = said.wording.words
    if not said.direct or len(words) < 2 * PIECE:
        return None
    texts = [f" {' '.join(told.said.wording.words)} " for told in near]
    held: set[int] = set()
    for at in range(len(words) - PIECE + 1):
        run = f" {' '.join(words[at : at + PIECE])} "
        if any(run in text for text in texts):
            held |= set(range(at, at + PIECE))
    share = len(held) / len(words)
    if share < PIECES:
        return None
    return Match(near[0], min(share, SURE - 0.01), f"{share:.0%} of it was quoted in pieces")


def _put_together(
    said: Said, near: Sequence[Told], weight: Mapping[str, float], whole: float
) -> Match | None:
    """Return the nearest of a few statements that together tell what nobody by name says."""
    if not nameless(said.speaker) or said.direct or len(weight) < FEWEST[ANY_VOICE]:
        return None
    alike = [told for told in near if not _turned(said, told.said)][:AMONG]
    known = frozenset(key for told in alike for key in told.keys)
    if not alike or any(key.startswith("#") and key not in known for key in weight):
        return None
    share = sum(rare for key, rare in weight.items() if key in known) / whole if whole else 0.0
    reason = f"{share:.0%} of its rare words stand in {len(alike)} that were told"
    return Match(alike[0], min(share, SURE - 0.01), reason) if share >= TOGETHER else None


def _requoted(said: Said, earlier: Said) -> bool:
    """Say whether all that is quoted in `said` is quoted, or was said, in `earlier`."""
    stretches = [words for words in said.wording.quoted if len(words) > 1]
    if sum(map(len, stretches)) < QUOTED:
        return False
    text = f" {' '.join(earlier.wording.words)} "
    return all(f" {' '.join(words)} " in text for words in stretches)


def _shares_run(said: Said, earlier: Said) -> bool:
    """Say whether a long run of words stands in both: they were cut from one thing said."""
    words = said.wording.words
    text = f" {' '.join(earlier.wording.words)} "
    return any(f" {' '.join(words[at : at + RUN])} " in text for at in range(len(words) - RUN + 1))


def _has_new_number(weight: Mapping[str, float], told: Told) -> bool:
    return any(key.startswith("#") and key not in told.keys for key in weight)


def _turned(said: Said, earlier: Said) -> bool:
    """Say whether one denies something and the other nothing."""
    return bool(said.wording.negatives) != bool(earlier.wording.negatives)
