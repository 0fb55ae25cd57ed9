"""Reactions, statements and figures as CSV (RFC 4180), for a spreadsheet or a script.

Rule: no cell may run. A spreadsheet takes a cell that begins with = + - @ or a tab for a
formula, so a report could make a reader's spreadsheet fetch an address; such a cell gets an
apostrophe in front, which spreadsheets hide and scripts can drop.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from sayso.brief.records import Briefing, Line
from sayso.render.phrases import visible

COLUMNS = (
    "place", "country", "body", "speaker", "role", "kind", "words", "manner", "cue", "addressee",
    "channel", "said_on", "outlet", "published", "headline", "url", "independent_low",
    "independent_high", "carriers", "line", "report", "start", "end",
)  # fmt: skip

FIGURE_COLUMNS = (
    "series", "counts", "unit", "disputed", "words", "low", "high", "bound", "as_of", "speaker",
    "outlet", "published", "url", "line", "report", "start", "end",
)  # fmt: skip

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What begins a formula, also in the full-width forms that some spreadsheets take for it."""


def render_reactions_csv(briefing: Briefing) -> str:
    """Return the reactions of `briefing`, one row each, under a row of names."""
    lines = {line.id: line for line in briefing.lines}
    return _table(
        COLUMNS,
        (
            [row.place, row.country, row.body, *_said(lines[row.line])]
            for row in briefing.reactions
            if row.line in lines
        ),
    )


def render_statements_csv(briefing: Briefing) -> str:
    """Return all lines of `briefing`, one row each, with what became of them."""
    return _table(
        (*COLUMNS[3:], "state", "struck"),
        ([*_said(line), line.state, line.struck] for line in briefing.lines),
    )


def render_figures_csv(briefing: Briefing) -> str:
    """Return the figures of `briefing`, one row each; those of a series share its number."""
    return _table(
        FIGURE_COLUMNS,
        (
            [
                number,
                series.counts,
                series.unit,
                "yes" if series.disputed else "no",
                " … ".join(point.quote.words),
                point.low,
                point.high,
                point.bound,
                point.as_of,
                point.speaker,
                point.outlet,
                point.published.isoformat() if point.published else None,
                point.url,
                point.line,
                point.quote.report,
                point.quote.spans[0].start,
                point.quote.spans[-1].end,
            ]
            for number, series in enumerate(briefing.figures, start=1)
            for point in series.points
        ),
    )


TABLES = {
    "reactions": render_reactions_csv,
    "statements": render_statements_csv,
    "figures": render_figures_csv,
}
"""The tables of a briefing, by the names of their files."""


def _table(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _said(line: Line) -> list[object]:
    speaker = line.speaker
    spans = line.quote.spans
    return [
        speaker.name if speaker else None,
        speaker.role if speaker else None,
        speaker.kind if speaker else None,
        " … ".join(line.quote.words),
        line.manner,
        *(" ".join(one.words) if one else None for one in (line.cue, line.addressee, line.channel)),
        line.said_on,
        line.outlet,
        line.published.isoformat() if line.published else None,
        line.headline,
        line.url,
        line.independence.low,
        line.independence.high,
        line.independence.carriers,
        line.id,
        line.quote.report,
        spans[0].start if spans else None,
        spans[-1].end if spans else None,
    ]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(int(value)) if value == int(value) else str(value)
    text = str(value)
    # A space or a control character before the mark is skipped by some spreadsheets.
    runs = text.startswith(_RUNS) or text.strip().startswith(_RUNS)
    return ("'" if runs else "") + visible(text)
