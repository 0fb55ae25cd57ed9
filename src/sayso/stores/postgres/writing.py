"""Writing a decision: every statement of the one transaction that a turn is.

Called inside a transaction that the store begins and ends; each function may be
called again with the same records and then adds nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sayso.errors import StoreError
from sayso.ids import words_id
from sayso.ports import Raw
from sayso.records import Change, Cursor, Decision, Development, Report, ReportId
from sayso.stores.encoding import encode, in_utc, pack, pack_bytes
from sayso.stores.postgres.opening import Connection
from sayso.stores.postgres.text import digest_of, lexemes_of, to_column
from sayso.stores.reports import pack_rest, report_time


def write_decision(
    connection: Connection,
    decision: Decision,
    *,
    now: datetime,
    raws: Iterable[tuple[ReportId, Raw]],
) -> list[Change]:
    """Write all of `decision` and return the changes that are new."""
    turn = newest_cursor(connection) + 1
    for report in decision.reports:
        _write_report(connection, report, now=now)
    for report_id, raw in raws:
        _write_raw(connection, report_id, raw)
    for findings in decision.findings:
        _write_finding(connection, findings.report, "findings", findings, turn)
    for lineage in decision.lineages:
        _write_finding(connection, lineage.report, "lineage", lineage, turn)
    for placement in decision.placements:
        _write_finding(connection, placement.report, "placement", placement, turn)
    changes = (_write_development(connection, each, now=now) for each in decision.developments)
    return [change for change in changes if change is not None]


def newest_cursor(connection: Connection) -> Cursor:
    row = connection.execute("SELECT max(cursor) FROM development").fetchone()
    return Cursor(row[0] or 0) if row else Cursor(0)


def _number(connection: Connection, report: ReportId) -> int:
    row = connection.execute(
        "SELECT n FROM report WHERE digest = %s", (digest_of(report),)
    ).fetchone()
    if row is None:
        raise StoreError(f"report {report} is spoken of and not kept")
    return int(row[0])


def _write_report(connection: Connection, report: Report, *, now: datetime) -> None:
    digest, words = digest_of(report.id), words_id(report)
    kept = connection.execute("SELECT words FROM report WHERE digest = %s", (digest,)).fetchone()
    if kept is not None:
        if kept[0] != words:
            raise StoreError(f"report {report.id} is kept with other words; ask `unseen` first")
        return
    connection.execute(
        """
        INSERT INTO report (
            digest, id, dispatch, version, words, time, kept, rest, headline, text, found_by
        )
        VALUES (
            %(digest)s, %(id)s, %(dispatch)s,
            (SELECT coalesce(max(version), 0) + 1 FROM report WHERE dispatch = %(dispatch)s),
            %(words)s, %(time)s, %(kept)s, %(rest)s, %(headline)s, %(text)s,
            array_to_tsvector(%(lexemes)s::text[])
        )
        """,
        {
            "digest": digest,
            "id": to_column(report.id),
            "dispatch": digest_of(report.key),
            "words": words,
            "time": in_utc(report_time(report, now=now)),
            "kept": in_utc(now),
            "rest": pack_rest(report),
            "headline": to_column(report.headline),
            "text": to_column(report.text),
            "lexemes": lexemes_of(report.headline, report.text),
        },
    )


def _write_raw(connection: Connection, report: ReportId, raw: Raw) -> None:
    number = _number(connection, report)
    if connection.execute("SELECT 1 FROM raw WHERE report = %s", (number,)).fetchone():
        return
    digest = hashlib.sha256(raw.body).digest()
    body = connection.execute("SELECT n FROM body WHERE digest = %s", (digest,)).fetchone()
    if body is None:
        body = connection.execute(
            "INSERT INTO body (digest, packed) VALUES (%s, %s) RETURNING n",
            (digest, pack_bytes(raw.body)),
        ).fetchone()
    assert body is not None
    connection.execute(
        "INSERT INTO raw (report, body, about) VALUES (%s, %s, %s)",
        (number, body[0], encode(replace(raw, body=b""))),
    )


def _write_finding(
    connection: Connection, report: ReportId, kind: str, record: object, turn: int
) -> None:
    """Add what was found out, unless it is what the newest row says already."""
    number, packed = _number(connection, report), pack(record)
    newest = connection.execute(
        "SELECT packed FROM finding WHERE report = %s AND kind = %s ORDER BY n DESC LIMIT 1",
        (number, kind),
    ).fetchone()
    if newest is None or newest[0] != packed:
        connection.execute(
            "INSERT INTO finding (report, kind, turn, packed) VALUES (%s, %s, %s, %s)",
            (number, kind, turn, packed),
        )


def _write_development(
    connection: Connection, development: Development, *, now: datetime
) -> Change | None:
    # A step that was kept is not taken again, unless the report has been in another story since:
    # two writers that read one feed tell it once, and a story can be merged and split again.
    # Reasons do not count, they may differ with what else each writer had read.
    replaces = development.replaces
    row = connection.execute(
        """
        INSERT INTO development (at, story, kind, report, statement, replaces, reasons)
        SELECT %(at)s, %(story)s, %(kind)s, %(report)s, %(statement)s, %(replaces)s, %(reasons)s
        WHERE NOT EXISTS (
            SELECT 1 FROM development
            WHERE report = %(report)s AND story = %(story)s AND kind = %(kind)s
              AND statement IS NOT DISTINCT FROM %(statement)s
              AND replaces IS NOT DISTINCT FROM %(replaces)s::bigint
              AND cursor > (
                  SELECT coalesce(max(cursor), 0) FROM development
                  WHERE report = %(report)s AND story <> %(story)s
              )
        )
        RETURNING cursor
        """,
        {
            "at": in_utc(now),
            "story": to_column(development.story),
            "kind": development.kind,
            "report": _number(connection, development.report),
            "statement": to_column(development.statement),
            "replaces": None if replaces is None else _number(connection, replaces),
            "reasons": encode(development.reasons),
        },
    ).fetchone()
    return None if row is None else Change(Cursor(row[0]), now, development)
