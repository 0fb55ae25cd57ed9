"""What a report adds to its story, statement by statement.

A statement that the story has told is *repeated*: it gains a carrier. One that denies what
another said is *disputed*; one that gives another figure for what was counted before is
*changed*, or *disputed* where somebody else gives it for the same day; all else is *new*. What
somebody said days before the story began is background and no development, and neither is what
was asked, or not said.

Reports are taken in the order in which they come; each is compared with what came before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sayso.records import Attribution, DevelopmentKind, Findings, Report, StatementId, Utterance
from sayso.thread.denials import denies
from sayso.thread.told import Record, Told, statement_id
from sayso.trace.statements import Said, said
from sayso.trace.voices import same_speaker

BACKGROUND = timedelta(days=3)
"""How long before a story's first report something must have been said to be its background."""

DENIED = 0.45
"""Share of a denial's rare words that a claim must hold to be what it denies."""

LEAST_CONFIDENCE = 0.5
"""Below even odds that it was said at all, it is no development."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one statement of a report is to its story."""

    kind: DevelopmentKind
    utterance: Utterance
    statement: StatementId
    reasons: tuple[str, ...]


class StorySoFar:
    """One story as its readers know it, to which each report adds."""

    def __init__(self) -> None:
        self._record = Record()
        self._began: date | None = None

    def __len__(self) -> int:
        """Return how many statements it holds."""
        return len(self._record)

    def take(self, report: Report, findings: Findings) -> list[Step]:
        """Return what each statement of `report` adds, in text order, and remember it."""
        if report.published is not None:
            day = report.published.date()
            self._began = min(self._began or day, day)
        return [self._step(report, one) for one in self._statements(report, findings)]

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

    def _step(self, report: Report, attribution: Attribution) -> Step:
        mine = said(report, attribution)
        match = self._record.find(mine)
        if match is not None:
            kind: DevelopmentKind = "repeated"
            statement, reasons = match.told.statement, (match.reason,)
        else:
            statement = statement_id(mine.utterance)
            kind, reasons = self._news(report, attribution, mine)
        # The same words again teach nothing by which it could be known.
        if match is None or match.told.said.wording.words != mine.wording.words:
            self._record.enter(mine, statement)
        return Step(kind, mine.utterance, statement, reasons)

    def _news(
        self, report: Report, attribution: Attribution, mine: Said
    ) -> tuple[DevelopmentKind, tuple[str, ...]]:
        denied = self._denied(report, attribution, mine)
        if denied is not None:
            return "disputed", (f"denies “{_short(denied)}”",)
        return "new", ()

    def _denied(self, report: Report, attribution: Attribution, mine: Said) -> Told | None:
        cue = report.cut(attribution.cue) if attribution.cue else ""
        if not denies(cue, " ".join(report.cut(span) for span in attribution.content)):
            return None
        keys = {term.key for term in mine.wording.terms}
        for told in self._record.near(mine):
            if same_speaker(mine.speaker, told.said.speaker):
                continue
            if len(keys & told.keys) > 1 and self._record.share(keys, told) >= DENIED:
                return told
        return None


def _short(told: Told, words: int = 14) -> str:
    said = told.said.wording.words
    return " ".join(said[:words]) + (" …" if len(said) > words else "")
