"""The small pages of a running desk: the list of its briefings, a search, a report, an error.

They share the briefing page's style and its rule: everything is escaped, nothing runs.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.records import Findings, Report
from sayso.render.marked import mark
from sayso.render.page import environment


def render_list(briefings: Sequence[tuple[str, str]], *, prefix: str = "") -> str:
    """Return the page that lists the briefings of a desk: slug and title of each."""
    return _render("list.html.j2", prefix=prefix, briefings=briefings)


def render_search(words: str, reports: Sequence[Report], *, prefix: str = "") -> str:
    """Return the page of a search and what it found."""
    return _render("search.html.j2", prefix=prefix, words=words, reports=reports)


def render_report(report: Report, findings: Findings, *, prefix: str = "") -> str:
    """Return the page of one report: its text by parts, what was found in it marked."""
    return _render(
        "report.html.j2",
        prefix=prefix,
        report=report,
        findings=findings,
        parts=mark(report, findings),
    )


def render_notice(title: str, text: str, *, prefix: str = "") -> str:
    """Return a page that says why there is no other one."""
    return _render("notice.html.j2", prefix=prefix, title=title, text=text)


def _render(template: str, **things: object) -> str:
    return environment().get_template(template).render(things)
