"""Tracing anew what was traced before, because an editor ruled on it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from sayso.records import Lineage, Report, Ruling
from sayso.trace.copies import Window
from sayso.trace.lineage import trace
from sayso.trace.owners import Owners


def comes_from(lineage: Lineage | None) -> object:
    """Return what a reader is told anew when it changes: all but the words of the reasons."""
    return lineage and replace(
        lineage, owner=None, shared=0.0, separate=(), passages=(), reasons=()
    )


def trace_among(
    reports: Collection[Report],
    others: Collection[Report],
    *,
    owners: Owners,
    rulings: Sequence[Ruling] = (),
) -> list[Lineage]:
    """Return where each of `reports` comes from, among `others` and themselves."""
    known = {report.id: report for report in (*others, *reports)}
    window = Window(known.values())
    lineages = []
    for report in reports:
        near = {relative.report for relative in window.relatives(report)}
        for ruling in rulings:
            if report.id in (ruling.report, ruling.other):
                near |= {ruling.report, ruling.other} & known.keys()
        candidates = [known[each] for each in sorted(near)]
        lineages.append(trace(report, candidates, owners=owners, rulings=rulings))
    return lineages
