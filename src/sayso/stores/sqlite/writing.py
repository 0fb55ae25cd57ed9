"""Writing a decision: every statement of the one transaction that a turn is.

Called inside a transaction that the store begins and ends; each function may be
called again with the same records and then adds nothing.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sayso.errors import StoreError
from sayso.ports import Raw
from sayso.records import (
    Change,
    Cursor,
    Decision,
    Development,
    Findings,
    Report,
    ReportId,
    Ruling,
    Sketch,
)
from sayso.stores.encoding import encode, pack, pack_bytes, time_text, unpack
from sayso.stores.sqlite.catalogue import write_catalogue
from sayso.stores.sqlite.rows import report_values, text_value


def write_decision(
    database: sqlite3.Connection,
    decision: Decision,
    *,
    now: datetime,
    raws: Iterable[tuple[ReportId, Raw]],
) -> list[Change]:
    """Write all of `decision` and return the changes that are new."""
    turn = newest_cursor(database) + 1
    for report in decision.reports:
        _write_report(database, report, now=now)
    for report_id, raw in raws:
        _write_raw(database, report_id, raw)
    before = {}
    for findings in decision.findings:
        old = _write_finding(database, findings.report, "findings", findings, turn)
        if old is not None:
            before[findings.report] = unpack(old, Findings)
    for lineage in decision.lineages:
        _write_finding(database, lineage.report, "lineage", lineage, turn)
    for placement in decision.placements:
        _write_finding(database, placement.report, "placement", placement, turn)
    ruled = [_write_ruling(database, ruling, turn) for ruling in decision.rulings]
    changes = [
        _write_development(database, each, now=now, ruled=any(ruled))
        for each in decision.developments
    ]
    for sketch in decision.sketches:
        _write_sketch(database, sketch)
    write_catalogue(database, decision, turn, before)
    return [change for change in changes if change is not None]


def newest_cursor(database: sqlite3.Connection) -> Cursor:
    row = database.execute("SELECT max(cursor) FROM development").fetchone()
    return Cursor(row[0] or 0)


def _write_report(database: sqlite3.Connection, report: Report, *, now: datetime) -> None:
    values = report_values(report, now=now)
    kept = database.execute(
        "SELECT words FROM report WHERE id = CAST(:id AS TEXT)", {"id": values["id"]}
    ).fetchone()
    if kept is not None:
        if kept[0] != values["words"]:
            raise StoreError(f"report {report.id} is kept with other words; ask `unseen` first")
        return
    database.execute(
        """
        INSERT INTO report (id, key, version, words, time, kept, rest, headline, text)
        VALUES (
            CAST(:id AS TEXT), CAST(:key AS TEXT),
            (SELECT coalesce(max(version), 0) + 1 FROM report WHERE key = CAST(:key AS TEXT)),
            :words, :time, :kept, :rest, CAST(:headline AS TEXT), CAST(:text AS TEXT)
        )
        """,
        values,
    )


def _write_raw(database: sqlite3.Connection, report: ReportId, raw: Raw) -> None:
    key = {"report": text_value(report)}
    if database.execute("SELECT 1 FROM raw WHERE report = CAST(:report AS TEXT)", key).fetchone():
        return
    digest = hashlib.sha256(raw.body).digest()
    body = database.execute("SELECT n FROM body WHERE digest = ?", (digest,)).fetchone()
    if body is None:
        body = database.execute(
            "INSERT INTO body (digest, packed) VALUES (?, ?) RETURNING n",
            (digest, pack_bytes(raw.body)),
        ).fetchone()
    database.execute(
        "INSERT INTO raw (report, body, about) VALUES (CAST(:report AS TEXT), :body, :about)",
        {**key, "body": body[0], "about": encode(replace(raw, body=b""))},
    )


def _write_finding(
    database: sqlite3.Connection, report: ReportId, kind: str, record: object, turn: int
) -> bytes | None:
    """Add what was found out, unless it is what the newest row says already.

    Return the row that held before, where there was one and it holds no more.
    """
    values = {
        "report": text_value(report),
        "kind": kind,
        "turn": turn,
        "packed": pack(record),
    }
    newest = database.execute(
        """
        SELECT packed FROM finding
        WHERE report = CAST(:report AS TEXT) AND kind = :kind
        ORDER BY n DESC LIMIT 1
        """,
        values,
    ).fetchone()
    if newest is not None and newest[0] == values["packed"]:
        return None
    database.execute(
        """
        INSERT INTO finding (report, kind, turn, packed)
        VALUES (CAST(:report AS TEXT), :kind, :turn, :packed)
        """,
        values,
    )
    return None if newest is None else bytes(newest[0])


def _write_sketch(database: sqlite3.Connection, sketch: Sketch) -> None:
    database.execute(
        """
        INSERT OR REPLACE INTO sketch (report, packed)
        SELECT n, ? FROM report WHERE id = CAST(? AS TEXT)
        """,
        (pack(sketch), text_value(sketch.report)),
    )


def _write_ruling(database: sqlite3.Connection, ruling: Ruling, turn: int) -> bool:
    """Keep a ruling; say whether it was not kept yet."""
    about = encode(ruling)
    done = database.execute(
        """
        INSERT INTO ruling (digest, report, other, turn, about)
        VALUES (:digest, CAST(:report AS TEXT), CAST(:other AS TEXT), :turn, :about)
        ON CONFLICT (digest) DO NOTHING
        """,
        {
            "digest": hashlib.sha256(about).digest(),
            "report": text_value(ruling.report),
            "other": text_value(ruling.other),
            "turn": turn,
            "about": about,
        },
    )
    return done.rowcount > 0


def _write_development(
    database: sqlite3.Connection, development: Development, *, now: datetime, ruled: bool
) -> Change | None:
    # A step that was kept is not taken again, unless the report has been in another story since:
    # two writers that read one feed tell it once, and a story can be merged and split again.
    # Reasons do not count, they may differ with what else each writer had read.
    row = database.execute(
        """
        INSERT INTO development (at, story, kind, report, statement, replaces, reasons)
        SELECT :at, CAST(:story AS TEXT), :kind, CAST(:report AS TEXT),
               CAST(:statement AS TEXT), CAST(:replaces AS TEXT), :reasons
        WHERE :ruled OR NOT EXISTS (
            SELECT 1 FROM development
            WHERE report = CAST(:report AS TEXT) AND story = CAST(:story AS TEXT)
              AND kind = :kind AND statement IS CAST(:statement AS TEXT)
              AND replaces IS CAST(:replaces AS TEXT)
              AND cursor > (
                  SELECT coalesce(max(cursor), 0) FROM development
                  WHERE report = CAST(:report AS TEXT) AND story <> CAST(:story AS TEXT)
                    AND statement IS NULL
              )
        )
        RETURNING cursor
        """,
        {
            "at": time_text(now),
            "story": text_value(development.story),
            "kind": development.kind,
            "report": text_value(development.report),
            "statement": text_value(development.statement),
            "replaces": text_value(development.replaces),
            "reasons": encode(development.reasons),
            "ruled": ruled,
        },
    ).fetchone()
    return None if row is None else Change(Cursor(row[0]), now, development)
