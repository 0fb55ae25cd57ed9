"""A briefing as Markdown (CommonMark with tables), to paste into a story file or an issue.

What an outlet printed stands as a block quotation, what is ours does not. Every mark that
Markdown or HTML would act on is escaped, so that the words read as they were printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.brief.records import Briefing, FigureSeries, Line
from sayso.render import phrases
from sayso.render.layout import Block, Layout, lay_out
from sayso.render.page import href
from sayso.render.terminal import printed, support, tags, who, words

_MARKS = re.compile(r"([\\`*_\[\]<>&|~$#])")
_OPENERS = re.compile(r"^(\s*)(?:([-+=:])|(\d{1,9})([.)]))")


def escape(text: str) -> str:
    """Return `text` such that Markdown shows every character of it."""
    marked = _MARKS.sub(r"\\\1", phrases.visible(text))
    # At the start of a row these begin a list, a rule or an underlined heading.
    return _OPENERS.sub(
        lambda found: (
            f"{found[1]}\\{found[2]}" if found[2] else f"{found[1]}{found[3]}\\{found[4]}"
        ),
        marked,
    ).lstrip(" ")


def link(url: str | None, text: str) -> str:
    """Return a link, or only the text where the address is no http or https one."""
    if href(url) is None or url is None:
        return escape(text)
    address = re.sub(r"[<>\\\s]", lambda mark: f"%{ord(mark[0]):02X}", url)
    return f"[{escape(text)}](<{address}>)"


def render_markdown(briefing: Briefing) -> str:
    """Return `briefing` as Markdown."""
    return "\n".join(_rows(lay_out(briefing))).rstrip("\n") + "\n"


def _rows(layout: Layout) -> Iterator[str]:
    briefing = layout.briefing
    yield f"# {escape(briefing.title)}"
    yield ""
    status = [phrases.updated(briefing.updated)]
    if briefing.since is not None:
        since = phrases.clock(briefing.since, near=briefing.updated)
        status.append(f"{layout.news} new since {since}")
    reports = phrases.count(len(briefing.reports), "report")
    status.append(f"{reports}, {briefing.independent} independent")
    yield " · ".join(status)
    yield ""
    if briefing.belongs:
        yield escape(briefing.belongs)
        yield ""
    for block in (layout.key, *layout.notices, *layout.sections):
        yield from _block(block, layout)
    yield from _reactions(layout)
    yield from _figures(layout)
    yield from _timeline(layout)
    yield from _see_also(briefing)
    yield from _sources(briefing)


def _block(block: Block, layout: Layout) -> Iterator[str]:
    yield f"## {escape(block.name)}"
    yield ""
    if block.about:
        yield escape(block.about)
        yield ""
    shown = layout.shown(block)
    for line in shown:
        yield from _line(line, layout, layout.in_full(line, block))
        for other in layout.against.get(line.id, ()) if block.id == "disputed" else ():
            yield "disputes:"
            yield ""
            yield from _line(other, layout, False)
    if len(shown) < len(block.lines):
        yield f"{len(block.lines) - len(shown)} more, in their sections"
        yield ""


def _line(line: Line, layout: Layout, in_full: bool) -> Iterator[str]:
    shown = escape(words(line))
    yield f"> ~~{shown}~~" if line.struck else f"> {shown}"
    yield ""
    marks = "".join(text for text, _ in tags(line))
    said = "".join(escape_inside(text) for text, _ in who(line, layout)).lstrip()
    first = f"**{marks}** · {said}" if marks else escape(said) if said[:1] in "-+=:" else said
    where = link(line.url, printed(line, layout))
    if in_full:
        yield f"{first}  "
        if line.struck:
            yield f"crossed out: {escape_inside(line.struck)}  "
        yield f"{escape_inside(support(line))} · {where} · `{line.id}`"
    else:
        yield f"{first} · {where} · `{line.id}`"
    yield ""


def escape_inside(text: str) -> str:
    """Return `text` escaped for the middle of a row, where nothing opens a list."""
    return _MARKS.sub(r"\\\1", phrases.visible(text))


def _reactions(layout: Layout) -> Iterator[str]:
    rows = [row for row in layout.briefing.reactions if row.line in layout.lines]
    if not rows:
        return
    yield "## Who said what"
    yield ""
    yield "| Country or body | Speaker | Words | Day | Outlet |"
    yield "| --- | --- | --- | --- | --- |"
    for row in rows:
        line = layout.lines[row.line]
        day = line.said_on
        cells = [
            escape_inside(row.place),
            escape_inside(phrases.who(line)),
            escape_inside(words(line)),
            phrases.short_day(day, near=layout.briefing.updated) if day else "–",
            link(line.url, line.outlet),
        ]
        yield f"| {' | '.join(cells)} |"
    yield ""


def _figures(layout: Layout) -> Iterator[str]:
    if not layout.briefing.figures:
        return
    yield "## Figures"
    yield ""
    for series in layout.briefing.figures:
        yield from _series(series, layout)


def _series(series: FigureSeries, layout: Layout) -> Iterator[str]:
    unit = f" in {series.unit}" if series.unit else ""
    yield f"### {escape(series.counts + unit)}"
    yield ""
    if series.disputed:
        yield f"disputed: {escape_inside('; '.join(series.reasons))}"
        yield ""
    yield "| Figure | As printed | Who gave it | As of | Outlet |"
    yield "| ---: | --- | --- | --- | --- |"
    for point in series.points:
        day = point.as_of
        cells = [
            escape_inside(phrases.value(point, series.unit)),
            escape_inside(" … ".join(point.quote.words)),
            escape_inside(
                phrases.gave(point, layout.lines.get(point.line) if point.line else None)
            ),
            phrases.short_day(day, near=layout.briefing.updated) if day else "–",
            link(point.url, point.outlet),
        ]
        yield f"| {' | '.join(cells)} |"
    yield ""


def _timeline(layout: Layout) -> Iterator[str]:
    if not layout.briefing.timeline:
        return
    yield "## Timeline, by the day it happened"
    yield ""
    for day in layout.briefing.timeline:
        yield f"### {phrases.long_day(day.day, near=layout.briefing.updated)}"
        yield ""
        for entry in day.entries:
            yield f"> {escape(' … '.join(entry.quote.words))}"
            yield ""
            yield link(entry.url, entry.outlet)
            yield ""


def _see_also(briefing: Briefing) -> Iterator[str]:
    if not briefing.see_also:
        return
    yield "## See also"
    yield ""
    for related in briefing.see_also:
        yield f"- {link(related.url, related.title)} · {escape_inside(related.reason)}"
    yield ""


def _sources(briefing: Briefing) -> Iterator[str]:
    yield "## Sources"
    yield ""
    yield phrases.WITNESSES
    yield ""
    if briefing.outlets:
        yield "| Outlet | Owner | Reports | Copied |"
        yield "| --- | --- | ---: | ---: |"
        for row in briefing.outlets:
            owner = escape_inside(row.owner) if row.owner else "not known"
            yield f"| {escape_inside(row.outlet)} | {owner} | {row.reports} | {row.copies} |"
        yield ""
    for dropped in briefing.dropped:
        yield f"- dropped: {escape_inside(dropped.thing)}: {escape_inside(dropped.reason)}"
    yield ""
    yield f"{escape(briefing.maker)} · as of change {briefing.cursor}"
