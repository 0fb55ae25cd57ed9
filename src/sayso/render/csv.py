"""The table of who said what as CSV (RFC 4180), for a spreadsheet or a script.

Rule: no cell may run. A spreadsheet takes a cell that begins with = + - @ or a tab for a
formula, so a report could make a reader's spreadsheet fetch an address; such a cell gets an
apostrophe in front, which spreadsheets hide and scripts can drop.
"""

from __future__ import annotations

import csv
import io

from sayso.brief.records import Briefing, Line, Reaction
from sayso.render.phrases import visible

COLUMNS = (
    "place", "country", "body", "speaker", "role", "kind", "words", "manner", "cue", "said_on",
    "outlet", "published", "headline", "url", "independent_low", "independent_high", "carriers",
    "line", "report", "start", "end",
)  # fmt: skip

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What begins a formula, also in the full-width forms that some spreadsheets take for it."""


def render_reactions_csv(briefing: Briefing) -> str:
    """Return the reactions of `briefing`, one row each, under a row of names."""
    lines = {line.id: line for line in briefing.lines}
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in briefing.reactions:
        if row.line in lines:
            writer.writerow([_cell(value) for value in _values(row, lines[row.line])])
    return out.getvalue()


def _values(row: Reaction, line: Line) -> list[object]:
    speaker = line.speaker
    spans = line.quote.spans
    return [
        row.place,
        row.country,
        row.body,
        speaker.name if speaker else None,
        speaker.role if speaker else None,
        speaker.kind if speaker else None,
        " … ".join(line.quote.words),
        line.manner,
        " ".join(line.cue.words) if line.cue else None,
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
    if isinstance(value, int):
        return str(value)
    text = str(value)
    # A space or a control character before the mark is skipped by some spreadsheets.
    runs = text.startswith(_RUNS) or text.strip().startswith(_RUNS)
    return ("'" if runs else "") + visible(text)
