"""Rows to records and back: which columns a report has, and what goes into the rest.

Text is bound as bytes and cast, because SQLite's own binding refuses half a
surrogate pair.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sayso.ids import words_id
from sayso.records import Change, Credit, Cursor, Development, Doubt, Outlet, Part, Report
from sayso.stores.encoding import decode, encode, time_of, time_text, words_bytes

REPORT_COLUMNS = (
    "id, key, text, headline, outlet, url, published, updated, language, rest, source, time"
)

DEVELOPMENT_COLUMNS = "cursor, at, story, kind, report, statement, replaces, reasons"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rest:
    """What of a report is asked no questions."""

    authors: tuple[str, ...] = ()
    credits: tuple[Credit, ...] = ()
    see_also: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    publisher: Outlet | None = None


def text_value(text: str | None) -> bytes | None:
    """Return what to bind for `text`; the statement casts it to TEXT."""
    return None if text is None else words_bytes(text)


def time_value(when: datetime | None) -> str | None:
    return None if when is None else time_text(when)


def report_values(report: Report, *, now: datetime) -> dict[str, Any]:
    """Return the values of the row that keeps `report` from `now` on."""
    # A date in the future is a slip of the outlet's: it must not lead every page until then.
    trusted = report.published if "future" not in report.doubts else None
    rest = _Rest(
        authors=report.authors,
        credits=report.credits,
        see_also=report.see_also,
        parts=report.parts,
        doubts=report.doubts,
        publisher=report.publisher,
    )
    return {
        "id": text_value(report.id),
        "key": text_value(report.key),
        "words": words_id(report),
        "time": time_text(trusted or now),
        "kept": time_text(now),
        "published": time_value(report.published),
        "updated": time_value(report.updated),
        "outlet": text_value(report.outlet),
        "url": text_value(report.url),
        "language": text_value(report.language),
        "source": text_value(report.source),
        "rest": encode(rest),
        "headline": text_value(report.headline),
        "text": text_value(report.text),
    }


def report_of(row: Sequence[Any]) -> Report:
    """Return the report of a row of REPORT_COLUMNS."""
    rest = decode(row[9], _Rest)
    return Report(
        id=row[0],
        key=row[1],
        text=row[2],
        headline=row[3],
        outlet=row[4],
        url=row[5],
        published=_time(row[6]),
        updated=_time(row[7]),
        language=row[8],
        authors=rest.authors,
        credits=rest.credits,
        see_also=rest.see_also,
        parts=rest.parts,
        doubts=rest.doubts,
        publisher=rest.publisher,
        source=row[10],
    )


def change_of(row: Sequence[Any]) -> Change:
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


def _time(text: str | None) -> datetime | None:
    return None if text is None else time_of(text)
