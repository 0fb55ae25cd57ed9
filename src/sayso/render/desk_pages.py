"""The small pages of a running desk: its list of briefings, a search, a report, a frame, an error.

They share the briefing page's style and its rule: everything is escaped, nothing runs.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from sayso.brief.front import Entry, Found
from sayso.brief.records import Briefing
from sayso.records import Cursor, Findings, Health, Report
from sayso.render.layout import lay_out
from sayso.render.marked import mark
from sayso.render.page import environment, style


def render_list(entries: Sequence[Entry], *, prefix: str = "") -> str:
    """Return the page that lists what a desk has pages of: editions, then stories."""
    return _render("list.html.j2", prefix=prefix, entries=entries, ending="")


def render_contents(entries: Sequence[Entry]) -> str:
    """Return the same as the first page of a folder of files, with its style in it."""
    return _render("list.html.j2", prefix=".", entries=entries, ending=".html", own=True)


def render_search(
    words: str, found: Found | None, *, at: Cursor | None = None, prefix: str = ""
) -> str:
    """Return the page of a search and what it found; None: nothing was asked for."""
    return _render("search.html.j2", prefix=prefix, words=words, found=found, at=at)


def render_sources(health: Health, *, prefix: str = "") -> str:
    """Return the page of a desk's health: sources, failures, what was dropped, the last turn."""
    return _render("health.html.j2", prefix=prefix, health=health)


def render_embed(briefing: Briefing, *, page: str, prefix: str = "") -> str:
    """Return what another site may show in a frame: what matters now, with links to `page`."""
    return _render(
        "embed.html.j2", prefix=prefix, briefing=briefing, layout=lay_out(briefing), page=page
    )


def render_report(report: Report, findings: Findings, *, prefix: str = "") -> str:
    """Return the page of one report: its text by parts, what was found in it marked."""
    return _render(
        "report.html.j2",
        prefix=prefix,
        report=report,
        findings=findings,
        parts=mark(report, findings),
    )


def render_notice(title: str, text: str, *, words: str = "", prefix: str = "") -> str:
    """Return a page that says why there is no other one; `words` stand ready to be searched."""
    return _render("notice.html.j2", prefix=prefix, title=title, text=text, words=words)


def _render(template: str, *, own: bool = False, **things: object) -> str:
    """Render a template; with `own` as a file that needs no other one."""
    things["style"] = Markup(style()) if own else None
    return environment().get_template(template).render(things)
