"""The catalogue in SQLite: when reports arrived, of which topics they are, what was said in them.

Called inside a transaction that the store begins and ends. A report is in the catalogue from its
arrival on; taken in again, it adds what is new of it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from sayso.records import Decision, Findings, Report, ReportId
from sayso.stores.catalogue import folded, said_lexemes, topics_of
from sayso.stores.encoding import unpack
from sayso.stores.lexemes import lexemes_of
from sayso.stores.sqlite.rows import REPORT_COLUMNS, report_row, text_value

AT_ONCE = 500
"""Reports that are taken in at once when the store is opened."""

_KEPT = f"""
    SELECT report.n, arrival.cursor, {REPORT_COLUMNS}, (
        SELECT packed FROM finding
        WHERE finding.report = report.id AND kind = 'findings'
        ORDER BY finding.n DESC LIMIT 1
    )
    FROM report JOIN arrival ON arrival.report = report.n
"""


def write_catalogue(
    database: sqlite3.Connection,
    decision: Decision,
    turn: int,
    before: Mapping[ReportId, Findings],
) -> None:
    """Take in what a turn brought; `before` is what was known of the reports that it found anew."""
    reports = {report.id: report for report in decision.reports}
    findings = {found.report: found for found in decision.findings}
    arrived = [
        report
        for report in dict.fromkeys(
            one.report for one in decision.developments if one.statement is None
        )
        if _note_arrival(database, report)
    ]
    for report in dict.fromkeys((*arrived, *before)):
        if report in reports and report in findings:
            # What was written just now need not be read.
            number, cursor = database.execute(
                """
                SELECT n, arrival.cursor FROM report JOIN arrival ON arrival.report = report.n
                WHERE id = CAST(? AS TEXT)
                """,
                (text_value(report),),
            ).fetchone()
            kept, found = reports[report], findings[report]
        else:
            row = database.execute(
                f"{_KEPT} WHERE report.id = CAST(? AS TEXT)", (text_value(report),)
            ).fetchone()
            if row is None:
                continue  # it is taken in when it arrives
            number, cursor, kept, found = _entry(row)
        old = None if report in arrived else before[report]
        _write_topics(database, number, kept, found, cursor=max(cursor, turn))
        _write_said(database, number, kept, found, old)


def take_in_left_over(database: sqlite3.Connection) -> bool:
    """Take in some reports of before there was a catalogue; say whether there were any."""
    rows = database.execute(
        f"""
        {_KEPT} JOIN uncatalogued ON uncatalogued.report = report.n ORDER BY report.n LIMIT ?
        """,
        (AT_ONCE,),
    ).fetchall()
    for row in rows:
        number, cursor, kept, found = _entry(row)
        _write_topics(database, number, kept, found, cursor=cursor)
        _write_said(database, number, kept, found, None)
        database.execute("DELETE FROM uncatalogued WHERE report = ?", (number,))
    return bool(rows)


def leave_out(database: sqlite3.Connection, ids: Sequence[ReportId]) -> None:
    """Take reports out of the catalogue, before they are taken out of the store."""
    for report in ids:
        row = database.execute(
            f"{_KEPT} WHERE report.id = CAST(? AS TEXT)", (text_value(report),)
        ).fetchone()
        if row is None:
            continue
        number, _, kept, found = _entry(row)
        _unwrite_said(database, number, said_lexemes(kept, found))
        database.execute(
            "UPDATE topic SET reports = reports - 1"
            " WHERE n IN (SELECT topic FROM about WHERE report = ?)",
            (number,),
        )
        database.execute("DELETE FROM about WHERE report = ?", (number,))
        database.execute("DELETE FROM arrival WHERE report = ?", (number,))
    database.execute("DELETE FROM topic WHERE reports = 0")


def _note_arrival(database: sqlite3.Connection, report: ReportId) -> bool:
    """Note when readers first heard of a report; say whether that is new."""
    done = database.execute(
        """
        INSERT INTO arrival (report, cursor)
        SELECT report.n, min(development.cursor)
        FROM report JOIN development ON development.report = report.id
        WHERE report.id = CAST(? AS TEXT) AND development.statement IS NULL
        GROUP BY report.n
        ON CONFLICT (report) DO NOTHING
        """,
        (text_value(report),),
    )
    return done.rowcount > 0


def _entry(row: Sequence[object]) -> tuple[int, int, Report, Findings]:
    number, cursor, text, rest, packed = row
    assert isinstance(number, int)
    assert isinstance(cursor, int)
    report = report_row((text, rest))
    found = unpack(packed, Findings) if isinstance(packed, bytes) else Findings(report=report.id)
    return number, cursor, report, found


def _write_topics(
    database: sqlite3.Connection, number: int, report: Report, found: Findings, *, cursor: int
) -> None:
    for topic in topics_of(report, found):
        key = (topic.kind, text_value(folded(topic)))
        row = database.execute(
            "SELECT n FROM topic WHERE kind = ? AND folded = CAST(? AS TEXT)", key
        ).fetchone()
        if row is None:
            row = database.execute(
                """
                INSERT INTO topic (kind, folded, name, words, reports)
                VALUES (?, CAST(? AS TEXT), CAST(? AS TEXT), ?, 0) RETURNING n
                """,
                (*key, text_value(topic.name), " ".join(lexemes_of(topic.name))),
            ).fetchone()
        done = database.execute(
            """
            INSERT INTO about (topic, cursor, report) VALUES (?, ?, ?)
            ON CONFLICT (report, topic) DO NOTHING
            """,
            (row[0], cursor, number),
        )
        if done.rowcount > 0:
            database.execute("UPDATE topic SET reports = reports + 1 WHERE n = ?", row)


def _write_said(
    database: sqlite3.Connection,
    number: int,
    report: Report,
    found: Findings,
    before: Findings | None,
) -> None:
    lexemes = said_lexemes(report, found)
    if before is not None:
        if (old := said_lexemes(report, before)) == lexemes:
            return
        _unwrite_said(database, number, old)
    if lexemes:
        database.execute(
            "INSERT INTO said_words (rowid, words) VALUES (?, ?)", (number, " ".join(lexemes))
        )


def _unwrite_said(database: sqlite3.Connection, number: int, lexemes: Sequence[str]) -> None:
    # The index keeps no words: it takes out what it is told was put in.
    if lexemes:
        database.execute(
            "INSERT INTO said_words (said_words, rowid, words) VALUES ('delete', ?, ?)",
            (number, " ".join(lexemes)),
        )
