"""What became of words that a later version of their report no longer holds.

Rule: a line is crossed out only when its outlet took it back: it withdrew the report, it printed
a correction that is about these words, there or in a later report, or it now has the same speaker
say nearly the same in other words. A live page that has moved on has taken nothing back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sayso.brief.material import Material, Said
from sayso.records import Attribution, Report, ReportId, Utterance
from sayso.thread.terms import terms
from sayso.thread.versions import notice

NEARLY_THE_SAME = 0.6
"""Share of the fewer words that two wordings have in common when one took the other's place."""

ABOUT_IT = 2
"""Words of a line that a printed correction must hold to be about it."""

ABOUT_IT_ELSEWHERE = 3, 0.5
"""How many, and which share of them, where it is printed in a report of its own."""


@dataclass(frozen=True, slots=True)
class Fate:
    """Why a line is crossed out, and what stands in its place now."""

    kind: Literal["corrected", "changed", "withdrawn"]
    reason: str
    now: Utterance | None = None


def fate_of(material: Material, carriers: Sequence[Said]) -> Fate | None:
    """Return why a line is crossed out; None while any report that carries it stands by it."""
    fates = []
    for one in carriers:
        found = _fate(material, one)
        if found is None:
            return None
        fates.append(found)
    reasons = "; ".join(dict.fromkeys(one.reason for one in fates))
    return Fate(fates[0].kind, reasons, next((one.now for one in fates if one.now), None))


def _fate(material: Material, said: Said) -> Fate | None:
    report = said.report
    if report.id in material.withdrawn:
        reason = f"{report.outlet} withdrew it: {material.withdrawn[report.id]}"
        return Fate("withdrawn", reason)
    if report.id not in material.replaced:
        return _corrected_elsewhere(material, said)
    newest = _newest(material, report)
    told = notice(newest) == "corrected"
    now = _wording_now(material, said, newest)
    if now is not None:
        before = [report.cut(span) for span in said.attribution.content]
        if before == [newest.cut(span) for span in now.content]:
            return None
        kind: Literal["corrected", "changed"] = "corrected" if told else "changed"
        words = "corrected it" if told else "changed it in a later version, without saying so"
        return Fate(kind, f"{report.outlet} {words}", Utterance(newest.id, now.id))
    if told:
        notes = [newest.cut(span) for span in newest.spans("correction")]
        held = set(terms(" ".join(notes))) & _words(report, said.attribution)
        if len(held) >= ABOUT_IT:
            return Fate("corrected", f"{report.outlet}: {notes[0]}")
    return None


def _corrected_elsewhere(material: Material, said: Said) -> Fate | None:
    """Return how a later report of the same outlet corrects these words; None if none does."""
    if said.report.published is None:
        return None
    mine = _words(said.report, said.attribution)
    least, share = ABOUT_IT_ELSEWHERE
    for other in material.reports:
        if other.outlet != said.report.outlet or other.published is None:
            continue
        if other.published <= said.report.published or notice(other) != "corrected":
            continue
        for span in other.spans("correction"):
            note = other.cut(span)
            if len(mine & set(terms(note))) >= max(least, share * len(mine)):
                return Fate("corrected", f"{other.outlet}: {note}")
    return None


def _newest(material: Material, report: Report) -> Report:
    by_id: dict[ReportId, Report] = {one.id: one for one in material.reports}
    newest = report.id
    while newest in material.replaced:
        newest = material.replaced[newest]
    return by_id[newest]


def _wording_now(material: Material, said: Said, newest: Report) -> Attribution | None:
    """Return what the newest version has the same speaker say in the place of these words."""
    mine = _words(said.report, said.attribution)
    best: tuple[float, str, Attribution] | None = None
    for other in material.findings[newest.id].attributions:
        if not other.content or _name(other) != _name(said.attribution):
            continue
        theirs = _words(newest, other)
        shared = len(mine & theirs) / max(1, min(len(mine), len(theirs)))
        if shared >= NEARLY_THE_SAME and (best is None or (shared, other.id) > best[:2]):
            best = (shared, other.id, other)
    return best[2] if best else None


def _words(report: Report, attribution: Attribution) -> set[str]:
    return set(terms(" ".join(report.cut(span) for span in attribution.content)))


def _name(attribution: Attribution) -> str | None:
    return attribution.speaker.name if attribution.speaker is not None else None
