"""Rows to records and back.

Text is bound as bytes and cast, because SQLite's own binding refuses half a
surrogate pair.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sayso.ids import words_id
from sayso.records import Change, Cursor, Development, Report
from sayso.stores.encoding import decode, time_of, time_text, words_bytes
from sayso.stores.reports import pack_rest, report_of, report_time

REPORT_COLUMNS = "text, rest"

DEVELOPMENT_COLUMNS = "cursor, at, story, kind, report, statement, replaces, reasons"


def text_value(text: str | None) -> bytes | None:
    """Return what to bind for `text`; the statement casts it to TEXT."""
    return None if text is None else words_bytes(text)


def report_values(report: Report, *, now: datetime) -> dict[str, Any]:
    """Return the values of the row that keeps `report` from `now` on."""
    return {
        "id": text_value(report.id),
        "key": text_value(report.key),
        "words": words_id(report),
        "time": time_text(report_time(report, now=now)),
        "kept": time_text(now),
        "rest": pack_rest(report),
        "headline": text_value(report.headline),
        "text": text_value(report.text),
    }


def report_row(row: Sequence[Any]) -> Report:
    """Return the report of a row of REPORT_COLUMNS."""
    return report_of(row[0], row[1])


def change_row(row: Sequence[Any]) -> Change:
    """Return the change of a row of DEVELOPMENT_COLUMNS."""
    return Change(
        cursor=Cursor(row[0]),
        at=time_of(row[1]),
        development=Development(
            story=row[2],
            kind=row[3],
            report=row[4],
            statement=row[5],
            replaces=row[6],
            reasons=decode(row[7], tuple[str, ...]),
        ),
    )
