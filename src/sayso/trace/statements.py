"""Statements: the same thing said by the same speaker, across the reports that carry it.

Rule 1: a wrong merge puts words in somebody's mouth, a missed one only repeats a line. Speakers
must be the same, the day too where both tell it, and the words as `sayso.trace.likeness` has it.
Rule 2: nobody compares all pairs. Each utterance asks an index for those of its speaker that
share its key words, so a stream is grouped as it comes.
Rule 3: what belongs together does not depend on the order in which it came.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sayso.ids import make_id
from sayso.records import (
    Alike,
    Attribution,
    Findings,
    Modality,
    Report,
    ReportId,
    Speaker,
    Statement,
    StatementId,
    Utterance,
)
from sayso.trace.likeness import Likeness, likeness
from sayso.trace.voices import same_description, same_speaker, voice_keys
from sayso.trace.wording import Wording, read_wording

_UNNAMED_WORDS = 6  # words that must agree before two unnamed sources count as one utterance
_DAYS_APART = 3  # a paraphrase printed later than this is likely another occasion


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One utterance with all that is needed to compare it with another."""

    utterance: Utterance
    speaker: Speaker | None
    wording: Wording
    direct: bool
    modality: Modality
    said_on: date | None
    published: datetime | None

    @property
    def order(self) -> tuple[bool, float, str, str]:
        """The earliest first, then by id: which utterance is shown does not depend on arrival."""
        known = self.published is not None
        stamp = self.published.timestamp() if self.published is not None else 0.0
        return not known, stamp, self.utterance.report, self.utterance.attribution


def said(report: Report, attribution: Attribution) -> Said:
    """Return what `attribution` of `report` says, ready to be compared."""
    words = " … ".join(report.cut(span) for span in attribution.content)
    return Said(
        utterance=Utterance(report.id, attribution.id),
        speaker=attribution.speaker,
        wording=read_wording(words),
        direct=attribution.manner == "direct",
        modality=attribution.modality,
        said_on=attribution.said_on,
        published=report.published,
    )


def _size(said: Said) -> int:
    return len({term.key for term in said.wording.terms})


def same(one: Said, other: Said) -> Likeness:
    """Return whether `one` and `other` are the same thing said by the same speaker, and why."""
    if one.modality != other.modality:
        return Likeness("different", 1.0, f"{one.modality} against {other.modality}")
    if one.said_on and other.said_on and one.said_on != other.said_on:
        return Likeness("different", 1.0, f"another day: {one.said_on} against {other.said_on}")
    found = likeness(one.wording, other.wording, same_manner=one.direct == other.direct)
    if not found.same:
        return found
    sure = same_speaker(one.speaker, other.speaker)
    described = _unnamed(one.speaker) and _unnamed(other.speaker)
    if described or (not sure and same_description(one.speaker, other.speaker)):
        shorter = min(len(one.wording.words), len(other.wording.words))
        if found.kind == "paraphrased" or shorter < _UNNAMED_WORDS:
            return Likeness("different", 0.7, "two unnamed sources may be two people")
        return Likeness(found.kind, 0.7, f"{found.reason}, from a source that neither names")
    if not sure:
        return Likeness("different", 1.0, "another speaker")
    if found.kind == "paraphrased" and _days_between(one, other) > _DAYS_APART:
        return Likeness("different", 0.7, "days apart, in other words: perhaps another occasion")
    return Likeness(found.kind, round(found.confidence * sure, 2), found.reason)


class Statements:
    """The statements of a stream: each utterance joins one or opens one."""

    def __init__(self, known: Iterable[Said] = ()) -> None:
        self._said: dict[Utterance, Said] = {}
        self._holders: dict[tuple[str, str], list[Utterance]] = {}
        self._sizes: dict[Utterance, int] = {}  # how many different key words
        self._links: dict[Utterance, dict[Utterance, Likeness]] = {}
        for each in known:
            self.add(each)

    def add(self, new: Said) -> None:
        """Take in one utterance; one that is in already changes nothing."""
        if new.utterance in self._said:
            return
        found = {}
        for each in self._candidates(new):
            alike = same(new, self._said[each])
            if alike.same:
                found[each] = alike
                self._links[each][new.utterance] = alike
        self._said[new.utterance] = new
        self._links[new.utterance] = found
        self._sizes[new.utterance] = _size(new)
        for key in _keys(new):
            self._holders.setdefault(key, []).append(new.utterance)

    def statement(self, utterance: Utterance) -> Statement:
        """Return the statement that `utterance` belongs to, as of what was taken in."""
        return next(
            made for made in self._grouped(self._linked(utterance)) if utterance in made.utterances
        )

    def all(self) -> tuple[Statement, ...]:
        """Return all statements, by the time of their first utterance."""
        left = dict.fromkeys(sorted(self._said, key=lambda each: self._said[each].order))
        made: list[Statement] = []
        while left:
            linked = self._linked(next(iter(left)))
            for each in linked:
                left.pop(each, None)
            made += self._grouped(linked)
        return tuple(sorted(made, key=lambda each: self._said[each.utterances[0]].order))

    def _candidates(self, new: Said) -> list[Utterance]:
        """Return those of the same speaker that share half of the fewer key words."""
        votes: Counter[Utterance] = Counter()
        for key in _keys(new):
            votes.update(self._holders.get(key, ()))
        mine = _size(new)
        return [
            each for each, shared in votes.items() if 2 * shared >= min(mine, self._sizes[each])
        ]

    def _linked(self, start: Utterance) -> list[Utterance]:
        """Return all that hang together with `start` through any link."""
        seen = {start}
        todo = [start]
        while todo:
            for each in self._links[todo.pop()]:
                if each not in seen:
                    seen.add(each)
                    todo.append(each)
        return sorted(seen, key=lambda each: self._said[each].order)

    def _grouped(self, linked: list[Utterance]) -> list[Statement]:
        """Part what hangs together so that no statement holds two that contradict each other.

        The surest links join first; a link never joins two groups of which some are known to
        differ, as when two different claims are both trimmed from one long one.
        """
        group = {each: [each] for each in linked}
        links = sorted(
            (
                (
                    -alike.confidence,
                    self._said[one].order,
                    self._said[other].order,
                    one,
                    other,
                    alike,
                )
                for one in linked
                for other, alike in self._links[one].items()
                if self._said[one].order < self._said[other].order
            ),
            key=lambda link: link[:3],
        )
        reasons: dict[Utterance, list[str]] = {each: [] for each in linked}
        for _, _, _, one, other, alike in links:
            mine, theirs = group[one], group[other]
            if mine is theirs:
                continue
            if any(self._apart(a, b) for a in mine for b in theirs):
                continue
            reasons[one].append(alike.reason)
            mine += theirs
            for each in theirs:
                group[each] = mine
        made = {id(members): members for members in group.values()}
        return [self._made(members, reasons) for members in made.values()]

    def _apart(self, one: Utterance, other: Utterance) -> bool:
        """Tell whether two are surely different, not only unlike."""
        if other in self._links[one]:
            return False
        found = same(self._said[one], self._said[other])
        return not found.same and found.confidence == 1.0

    def _made(self, members: list[Utterance], reasons: dict[Utterance, list[str]]) -> Statement:
        ordered = tuple(sorted(members, key=lambda each: self._said[each].order))
        first = ordered[0]
        return Statement(
            id=StatementId(make_id("statement", first.report, first.attribution)),
            utterances=ordered,
            alike=tuple(self._alike(each, ordered) for each in ordered[1:]),
            reasons=tuple(dict.fromkeys(why for each in ordered for why in reasons[each])),
        )

    def _alike(self, utterance: Utterance, members: tuple[Utterance, ...]) -> Alike:
        """Return how `utterance` was recognised: beside the one shown, or else the surest other."""
        links = self._links[utterance]
        beside = members[0]
        if beside not in links:
            beside = max(
                (each for each in members if each in links),
                key=lambda each: (links[each].confidence, each.report, each.attribution),
            )
        found = links[beside]
        assert found.kind != "different"  # what is different is no link
        return Alike(
            utterance=utterance, kind=found.kind, confidence=found.confidence, reason=found.reason
        )


def group(
    reports: Mapping[ReportId, Report], findings: Mapping[ReportId, Findings]
) -> tuple[Statement, ...]:
    """Return the statements that the findings of `reports` make; their order changes nothing."""
    uttered = [
        said(reports[found.report], attribution)
        for found in findings.values()
        if found.report in reports
        for attribution in found.attributions
    ]
    return Statements(sorted(uttered, key=lambda each: each.order)).all()


def _unnamed(speaker: Speaker | None) -> bool:
    return speaker is None or speaker.kind == "unnamed"


def _days_between(one: Said, other: Said) -> int:
    if one.published is None or other.published is None:
        return 0
    return abs((one.published - other.published).days)


def _keys(each: Said) -> list[tuple[str, str]]:
    return [
        (voice, key)
        for voice in dict.fromkeys(voice_keys(each.speaker))
        for key in dict.fromkeys(term.key for term in each.wording.terms)
    ]
