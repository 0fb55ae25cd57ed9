"""The catalogue on a server: when reports arrived, of which topics they are, what was said.

Called inside a transaction, by the only writer. A report is in the catalogue from its arrival on;
taken in again, it adds what is new of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, LiteralString

from sayso.records import Decision, Findings, Report, ReportId
from sayso.stores.catalogue import folded, said_lexemes, topics_of
from sayso.stores.encoding import unpack
from sayso.stores.lexemes import lexemes_of
from sayso.stores.postgres.opening import Connection
from sayso.stores.postgres.text import MOST_LEXEMES, digest_of, from_column, to_column
from sayso.stores.reports import report_of

AT_ONCE = 500
"""Reports that are taken in at once when the store is opened."""

Entry = tuple[int, int, Report, Findings]
"""The number of a report, the cursor of its arrival, and what it is found under."""

_KEPT: LiteralString = """
    SELECT report.n, arrival.cursor, text, rest, (
        SELECT packed FROM finding
        WHERE finding.report = report.n AND kind = 'findings'
        ORDER BY finding.n DESC LIMIT 1
    )
    FROM report JOIN arrival ON arrival.report = report.n
"""


def write_catalogue(
    connection: Connection,
    decision: Decision,
    numbers: Mapping[ReportId, int],
    turn: int,
    found_anew: Iterable[int],
) -> None:
    """Take in what a turn brought, and those of which other things were found than before."""
    heard = {numbers[one.report] for one in decision.developments if one.statement is None}
    arrived = connection.execute(
        """
        INSERT INTO arrival (report, cursor)
        SELECT report, min(cursor) FROM development
        WHERE report = ANY(%s) AND statement IS NULL GROUP BY report
        ON CONFLICT (report) DO NOTHING
        RETURNING report, cursor
        """,
        (list(heard),),
    )
    cursors = {int(number): int(cursor) for number, cursor in arrived}
    findings = {one.report: one for one in decision.findings}
    entries = [
        # What was written just now need not be read.
        (number, cursors.pop(number), report, findings[report.id])
        for report in decision.reports
        if report.id in findings and (number := numbers[report.id]) in cursors
    ]
    rows = connection.execute(f"{_KEPT} WHERE report.n = ANY(%s)", (list({*cursors, *found_anew}),))
    _take_in(connection, [*entries, *map(_entry, rows)], turn)


def take_in_left_over(connection: Connection) -> bool:
    """Take in some reports of before there was a catalogue; say whether there were any."""
    rows = connection.execute(
        f"""
        {_KEPT} JOIN uncatalogued ON uncatalogued.report = report.n ORDER BY report.n LIMIT %s
        """,
        (AT_ONCE,),
    )
    entries = [_entry(row) for row in rows]
    _take_in(connection, entries, 0)
    connection.execute(
        "DELETE FROM uncatalogued WHERE report = ANY(%s)", ([entry[0] for entry in entries],)
    )
    return bool(entries)


def leave_out(connection: Connection, going: Sequence[int]) -> None:
    """Take reports out of the catalogue, before they are taken out of the store."""
    values = {"going": list(going)}
    connection.execute(
        """
        UPDATE topic SET reports = topic.reports - gone.reports
        FROM (
            SELECT topic, count(*) AS reports FROM about
            WHERE report = ANY(%(going)s) GROUP BY topic
        ) AS gone
        WHERE gone.topic = n
        """,
        values,
    )
    connection.execute("DELETE FROM about WHERE report = ANY(%(going)s)", values)
    connection.execute("DELETE FROM arrival WHERE report = ANY(%(going)s)", values)
    connection.execute("DELETE FROM said WHERE report = ANY(%(going)s)", values)
    connection.execute("DELETE FROM topic WHERE reports = 0")


def _entry(row: Sequence[Any]) -> Entry:
    number, cursor, text, rest, packed = row
    report = report_of(from_column(text), rest)
    found = Findings(report=report.id) if packed is None else unpack(packed, Findings)
    return number, cursor, report, found


def _take_in(connection: Connection, entries: Sequence[Entry], turn: int) -> None:
    if not entries:
        return
    of = [
        (topic.kind, digest_of(folded(topic)), topic.name, number, max(cursor, turn))
        for number, cursor, report, found in entries
        for topic in topics_of(report, found)
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            """
            INSERT INTO topic (kind, digest, name, found_by, reports)
            VALUES (%s, %s, %s, array_to_tsvector(%s::text[]), 0)
            ON CONFLICT (digest, kind) DO NOTHING
            """,
            [
                (kind, digest, to_column(name), list(dict.fromkeys(lexemes_of(name))))
                for (kind, digest), name in {one[:2]: one[2] for one in reversed(of)}.items()
            ],
        )
        cursor.executemany(
            """
            WITH fresh AS (
                INSERT INTO about (topic, report, cursor)
                SELECT n, %s, %s FROM topic WHERE kind = %s AND digest = %s
                ON CONFLICT (report, topic) DO NOTHING
                RETURNING topic
            )
            UPDATE topic SET reports = reports + 1 FROM fresh WHERE n = fresh.topic
            """,
            [(number, at, kind, digest) for kind, digest, _, number, at in of],
        )
        cursor.executemany(
            """
            INSERT INTO said (report, found_by) VALUES (%s, array_to_tsvector(%s::text[]))
            ON CONFLICT (report) DO UPDATE SET found_by = excluded.found_by
            """,
            [
                (number, said_lexemes(report, found)[:MOST_LEXEMES])
                for number, _, report, found in entries
            ],
        )
