"""What a report adds to its story, statement by statement.

A statement that the story has told is *repeated*: it gains a carrier. One that denies what
another said is *disputed*; one that gives another figure for what was counted before is
*changed*, or *disputed* where somebody else gives it for the same day; all else is *new*. What
somebody said days before the story began is background and no development, and neither is what
was asked, or not said.

Reports are taken in the order in which they come; each is compared with what came before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sayso.records import (
    Attribution,
    AttributionId,
    DevelopmentKind,
    Findings,
    Report,
    ReportId,
    StatementId,
    Utterance,
)
from sayso.thread.counts import Count, read_counts
from sayso.thread.denials import denied_to_be, denies, points
from sayso.thread.kin import akin, nameless
from sayso.thread.nobody import states_of_nobody
from sayso.thread.series import AllSeries, Move
from sayso.thread.told import Record, Told, keys_of, statement_id, told_as
from sayso.thread.versions import notice
from sayso.trace.statements import Said, said
from sayso.trace.voices import same_speaker
from sayso.trace.wording import read_wording

BACKGROUND = timedelta(days=3)
"""How long before a story's first report something must have been said to be its background."""

POINTED_AT, DENIED, FEWEST_DENIED = 0.12, 0.3, 2
"""Share of a denial's rare words that a claim must hold to be what it denies: where it only points
("the so-called letter is a fabrication" has one word of it), and where it says itself what it
denies, which may be something that nobody here has said; and how many words that must be."""

EDITED = 0.6
"""Share of the fewer key words that two wordings share when one took the other's place."""

FEW_WORDS = 4
"""Key words to a figure up to which a statement says the figure and little more."""

LEAST_CONFIDENCE = 0.5
"""Below even odds that it was said at all, it is no development."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure of a statement, and how it moves what was counted; None: it is no count."""

    count: Count
    how: Move | None
    before: Count | None


@dataclass(frozen=True, slots=True)
class Step:
    """What one statement of a report is to its story."""

    kind: DevelopmentKind
    utterance: Utterance
    statement: StatementId
    reasons: tuple[str, ...]
    words: int  # of what was said


@dataclass(frozen=True, slots=True)
class Share:
    """What one report has told of a story: it goes with the report to another."""

    report: ReportId
    day: date | None
    told: Sequence[Told]
    counts: Sequence[Count]
    nobody: Sequence[tuple[frozenset[str], Said]]


class StorySoFar:
    """One story as its readers know it, to which each report adds."""

    def __init__(self) -> None:
        self.reports: dict[ReportId, date | None] = {}
        self._record = Record()
        self._series = AllSeries()
        self._nobody: list[tuple[frozenset[str], Said]] = []
        self._began: date | None = None

    def __len__(self) -> int:
        """Return how many statements it holds."""
        return len(self._record)

    def take(
        self, report: Report, findings: Findings, *, replaces: ReportId | None = None
    ) -> list[Step]:
        """Return what each statement of `report` adds, in text order, and remember it.

        `replaces` is the version whose place the report takes.
        """
        self._hold(report.id, report.published.date() if report.published is not None else None)
        moves = self._counted(report, findings)
        return [
            self._step(report, one, replaces, moves.get(one.id, ()))
            for one in self._statements(report, findings)
        ]

    def recall(self, report: Report, findings: Findings) -> None:
        """Remember what `report` told, without asking what it added: that was told its readers."""
        self._hold(report.id, report.published.date() if report.published is not None else None)
        moves = self._counted(report, findings)
        for one in self._statements(report, findings):
            mine = said(report, one)
            words = _content(report, one)
            denial = denies(_cue(report, one), words)
            self._record.join([told_as(mine, statement_id(mine.utterance), denial=denial)])
            self._after_nobody(mine, words, moves.get(one.id, ()))

    def leave(self, report: ReportId) -> Share:
        """Forget what `report` has told, which it no longer tells here, and return it."""
        day = self.reports.pop(report)
        self._began = min((one for one in self.reports.values() if one is not None), default=None)
        left = [one for one in self._nobody if one[1].utterance.report == report]
        self._nobody = [one for one in self._nobody if one[1].utterance.report != report]
        return Share(report, day, self._record.leave(report), self._series.leave(report), left)

    def join(self, share: Share) -> None:
        """Remember what a report has told in the story that it stood in before."""
        self._hold(share.report, share.day)
        self._record.join(share.told)
        for count in share.counts:
            self._series.add(count)
        self._nobody += share.nobody

    def _hold(self, report: ReportId, day: date | None) -> None:
        self.reports[report] = day
        if day is not None:
            self._began = min(self._began or day, day)

    def _counted(self, report: Report, findings: Findings) -> dict[AttributionId, list[Moved]]:
        """Return how the figures of each statement move what was counted."""
        moves: dict[AttributionId, list[Moved]] = defaultdict(list)
        # What somebody is quoted with comes before the outlet's own lead that sums it up.
        counts = read_counts(report, findings)
        counts.sort(key=lambda one: one.figure.attribution is None)
        for count in counts:
            added = self._series.add(count)
            if count.figure.attribution is not None:
                moves[count.figure.attribution].append(
                    Moved(count, *added[1:]) if added else Moved(count, None, None)
                )
        return moves

    def _statements(self, report: Report, findings: Findings) -> Iterator[Attribution]:
        """Yield what is said in the report itself, and is no background."""
        inside = report.spans("body", "standfirst")
        for one in findings.attributions:
            if one.modality != "asserted" or one.confidence < LEAST_CONFIDENCE or not one.content:
                continue
            if report.parts and not any(part.meets(one.content[0]) for part in inside):
                continue
            if one.said_on and self._began and one.said_on < self._began - BACKGROUND:
                continue
            yield one

    def _step(
        self,
        report: Report,
        attribution: Attribution,
        replaces: ReportId | None,
        moves: Sequence[Moved],
    ) -> Step:
        mine = said(report, attribution)
        words = _content(report, attribution)
        denial = denies(_cue(report, attribution), words)
        match = self._record.find(mine, denial=denial)
        if match is not None and not match.sure:
            edited = match.told.said.utterance.report == replaces
            match = None if edited and not keys_of(mine) <= match.told.keys else match
        if match is not None:
            kind: DevelopmentKind = "repeated"
            statement = match.told.statement
            reasons: tuple[str, ...] = (match.reason,)
        else:
            statement = statement_id(mine.utterance)
            denied = self._denied(mine, words) if denial else self._not_there(mine, words)
            kind, reasons = self._news(report, mine, denied, replaces, moves)
            if kind == "new":
                kind, reasons = self._after_nobody(mine, words, moves)
        # The same words again teach nothing by which it could be known.
        if match is None or match.told.said.wording.words != mine.wording.words:
            self._record.enter(mine, statement, denial=denial)
        else:
            self._record.carry(match.told, mine)
        return Step(kind, mine.utterance, statement, reasons, len(mine.wording.words))

    def _news(
        self,
        report: Report,
        mine: Said,
        denied: Told | None,
        replaces: ReportId | None,
        moves: Sequence[Moved],
    ) -> tuple[DevelopmentKind, tuple[str, ...]]:
        edited = self._edited(mine, replaces)
        if edited is not None:
            kind: DevelopmentKind = "corrected" if notice(report) == "corrected" else "changed"
            return kind, (f"its earlier version says “{_short(edited)}”",)
        if denied is not None:
            named = self._record.share(keys_of(mine), denied) >= DENIED
            return "disputed", (f"denies “{_short(denied)}”" if named else "denies what was told",)
        for moved in moves:
            if moved.how == "conflict" and moved.before is not None:
                return "disputed", (f"{_counted(moved.before)} by another count",)
        for moved in moves:
            if moved.how in ("rose", "fell") and moved.before is not None:
                how = "up" if moved.how == "rose" else "down"
                return "changed", (f"{how} from {_counted(moved.before)}",)
        told = not mine.direct and all(moved.how == "same" for moved in moves)
        if moves and told and not any(_another(moved) for moved in moves):
            counted = {term for moved in moves for term in moved.count.about}
            if len(keys_of(mine)) <= FEW_WORDS * len(moves) or not counted:
                return "repeated", ("the figures are as they were told",)
        return "new", ()

    def _after_nobody(
        self, mine: Said, words: str, moves: Sequence[Moved]
    ) -> tuple[DevelopmentKind, tuple[str, ...]]:
        """Weigh a statement against those by which nobody was dead, or arrested, or missing."""
        states = states_of_nobody(words)
        counted = {moved.count.state for moved in moves if moved.how is not None}
        for place, (told, earlier) in reversed(list(enumerate(self._nobody))):
            if not same_speaker(mine.speaker, earlier.speaker):
                continue
            if states & told and not counted:
                return "repeated", ("that there are none was told",)
            if counted & told:
                self._nobody[place] = told - counted, earlier
                return "changed", (f"there were none: “{_words(earlier)}”",)
        if states:
            self._nobody.append((states, mine))
        return "new", ()

    def _edited(self, mine: Said, replaces: ReportId | None) -> Told | None:
        """Return the statement of the earlier version that this one stands in the place of."""
        for told in self._record.near(mine) if replaces is not None else ():
            if told.said.utterance.report != replaces:
                continue
            keys = (keys_of(mine), told.keys)
            shared = len(keys[0] & keys[1]) / max(1, min(map(len, keys)))
            voices = mine.speaker, told.said.speaker
            if shared >= EDITED and (same_speaker(*voices) or all(map(nameless, voices))):
                return told
        return None

    def _denied(self, mine: Said, words: str) -> Told | None:
        """Return the statement of another that a denial answers; None: nobody has told it."""
        keys, pointing = keys_of(mine), points(words)
        for told in self._record.near(mine):
            shared = keys & told.keys
            if not shared or _one_side(mine, told.said):
                continue
            share = self._record.share(keys, told)
            told_so = share >= DENIED and len(shared) >= FEWEST_DENIED
            if told_so or (pointing and share >= POINTED_AT):
                return told
        return self._record.last_but(mine.speaker) if pointing else None

    def _not_there(self, mine: Said, words: str) -> Told | None:
        """Return the statement of another that tells of what is now said not to be there."""
        if states_of_nobody(words):
            return None  # a count, which may simply have been so at that hour
        nothing = {term.key for term in read_wording(denied_to_be(words)).terms}
        for told in self._record.near(mine) if nothing else ():
            if _one_side(mine, told.said):
                continue
            if nothing & told.keys and not told.said.wording.negatives:
                return told
        return None


def _cue(report: Report, attribution: Attribution) -> str:
    return report.cut(attribution.cue) if attribution.cue else ""


def _content(report: Report, attribution: Attribution) -> str:
    return " ".join(report.cut(span) for span in attribution.content)


def _one_side(one: Said, other: Said) -> bool:
    voices = one.speaker, other.speaker
    return bool(same_speaker(*voices)) or (any(map(nameless, voices)) and akin(*voices))


def _another(moved: Moved) -> bool:
    """Say whether two who are both named give the same figure: the second one bears it out."""
    voices = moved.count.speaker, moved.before.speaker if moved.before is not None else None
    return not any(map(nameless, voices)) and not akin(*voices)


def _counted(count: Count) -> str:
    """Return a figure in few words: "12 dead (Ines Maro)"."""
    value = count.high if count.high is not None else count.low or 0.0
    told = f"{value:,.10g}"
    if count.unit:
        told += f" {count.unit}"
    if count.state:
        told += f" {count.state}"
    return f"{told} ({count.source})" if count.source else told


def _short(told: Told) -> str:
    return _words(told.said)


def _words(said: Said, most: int = 14) -> str:
    words = said.wording.words
    return " ".join(words[:most]) + (" …" if len(words) > most else "")
