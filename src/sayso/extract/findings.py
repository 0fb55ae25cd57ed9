"""One report to its findings: who said what, on which day, with which figures.

The order matters: times first, since the day something was said is one of them; figures last,
since a figure belongs to the statement in which it stands.
"""

from __future__ import annotations

from sayso.extract.around import around
from sayso.extract.figures import find_figures
from sayso.extract.rules.put import figures_put
from sayso.extract.speakers import resolve
from sayso.extract.times import find_times
from sayso.ports import Finder
from sayso.records import Attribution, Findings, Report

READ = frozenset({"en", "und"})
"""Languages in which attribution is read; a guess in another one would put words in a mouth."""


def extract(report: Report, finder: Finder) -> Findings:
    """Return all that is found in `report`; attributions stand in the order of their content.

    Nothing is found in a report of a language that is not read.
    """
    times = find_times(report)
    said = _find(report, finder) if report.language in READ else ()
    attributions = around(report, resolve(report, said), times)
    ordered = tuple(
        sorted(attributions, key=lambda one: (one.content[0] if one.content else one.cue, one.id))
    )
    return Findings(
        report=report.id,
        attributions=ordered,
        figures=find_figures(report, ordered, times),
        times=times,
    )


def _find(report: Report, finder: Finder) -> list[Attribution]:
    found = list(finder.find(report))
    return found + figures_put(report, found)
