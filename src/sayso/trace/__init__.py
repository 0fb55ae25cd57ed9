"""Reports to lineage: who copied whom, who owns whom, and how many independent sources that makes.

`trace_all` does it for reports at hand; a running desk asks its `Window` for the relatives of one
report and calls `trace`. Statements, the same thing said across reports, are in
`sayso.trace.statements`. All of it is pure: nothing is fetched, kept or logged here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sayso.records import Lineage, Origin, Report, ReportId, Ruling
from sayso.trace.copies import Relative, Window
from sayso.trace.independence import independence
from sayso.trace.lineage import trace
from sayso.trace.owners import Owners, default_owners
from sayso.trace.words import Words, read_words

__all__ = [
    "Owners",
    "Relative",
    "Ruling",
    "TraceResult",
    "Window",
    "default_owners",
    "independence",
    "trace",
    "trace_all",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceResult:
    """The lineage of each report, in the order given, and the groups of one origin."""

    lineages: tuple[Lineage, ...]
    groups: tuple[Origin, ...]


def trace_all(
    reports: Iterable[Report], *, owners: Owners, rulings: Iterable[Ruling] = ()
) -> TraceResult:
    """Trace `reports` among themselves; their order changes nothing but the order of the answer."""
    known = {report.id: report for report in reports}
    words = {name: read_words(report) for name, report in known.items()}
    window = Window()
    for name in sorted(known):
        window.add(known[name], words[name])
    ruled = tuple(rulings)
    lineages = {
        name: trace(
            report,
            _candidates(report, words[name], window, known, ruled),
            owners=owners,
            rulings=ruled,
            words=lambda each: words[each.id],
        )
        for name, report in known.items()
    }
    origins = independence(known.values(), lineages, owners=owners).origins
    return TraceResult(lineages=tuple(lineages.values()), groups=origins)


def _candidates(
    report: Report,
    words: Words,
    window: Window,
    known: dict[ReportId, Report],
    rulings: tuple[Ruling, ...],
) -> list[Report]:
    """Return the relatives of `report`, and whomever an editor ruled to be one."""
    names = {relative.report for relative in window.relatives(report, words)}
    for ruling in rulings:
        if report.id in (ruling.report, ruling.other):
            names |= {ruling.report, ruling.other} & known.keys()
    return [known[name] for name in names if name != report.id]
