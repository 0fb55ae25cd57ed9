"""Writing a decision: the statements of the one transaction that a turn is.

Called inside a transaction that the store begins and ends, by the only writer; each
function may be called again with the same records and then adds nothing. A turn is
written kind by kind, all rows of a kind at once: the server may be far away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from sayso.errors import StoreError
from sayso.ids import words_id
from sayso.ports import Raw
from sayso.records import Change, Cursor, Decision, Report, ReportId, Ruling
from sayso.stores.encoding import encode, in_utc, pack, pack_bytes
from sayso.stores.postgres.catalogue import write_catalogue
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
    came_from = list(raws)
    _write_reports(connection, decision.reports, now=now)
    numbers = _numbers(connection, decision, came_from)
    _write_raws(connection, [(numbers[report], raw) for report, raw in came_from])
    found = [
        *((numbers[each.report], "findings", pack(each)) for each in decision.findings),
        *((numbers[each.report], "lineage", pack(each)) for each in decision.lineages),
        *((numbers[each.report], "placement", pack(each)) for each in decision.placements),
    ]
    anew = _write_findings(connection, found, turn)
    ruled = _write_rulings(connection, decision.rulings, numbers, turn)
    changes = _write_developments(connection, decision, numbers, now=now, ruled=ruled)
    _insert(
        connection,
        """
        INSERT INTO sketch (report, packed) VALUES (%s, %s)
        ON CONFLICT (report) DO UPDATE SET packed = excluded.packed
        """,
        [(numbers[each.report], pack(each)) for each in decision.sketches],
    )
    write_catalogue(connection, decision, numbers, turn, anew)
    return changes


def newest_cursor(connection: Connection) -> Cursor:
    row = connection.execute("SELECT max(cursor) FROM development").fetchone()
    return Cursor(row[0] or 0) if row else Cursor(0)


def _write_reports(connection: Connection, reports: Sequence[Report], *, now: datetime) -> None:
    asked = [digest_of(each.id) for each in reports]
    kept: dict[UUID, str] = dict(
        connection.execute("SELECT digest, words FROM report WHERE digest = ANY(%s)", (asked,))
    )
    fresh = []
    for digest, report in zip(asked, reports, strict=True):
        words = words_id(report)
        if kept.setdefault(digest, words) != words:
            raise StoreError(f"report {report.id} is kept with other words; ask `unseen` first")
        fresh.append(
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
            }
        )
    _insert(
        connection,
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
        ON CONFLICT (digest) DO NOTHING
        """,
        fresh,
    )


def _numbers(
    connection: Connection, decision: Decision, raws: Sequence[tuple[ReportId, Raw]]
) -> dict[ReportId, int]:
    """Return the row of each report that the turn speaks of; all of them must be kept."""
    spoken_of = {
        *(report for report, _ in raws),
        *(each.report for each in decision.findings),
        *(each.report for each in decision.lineages),
        *(each.report for each in decision.placements),
        *(each.report for each in decision.developments),
        *(each.replaces for each in decision.developments if each.replaces is not None),
        *(each.report for each in decision.rulings),
        *(each.report for each in decision.sketches),
        *(each.other for each in decision.rulings),
    }
    asked = {digest_of(report): report for report in spoken_of}
    rows = connection.execute("SELECT digest, n FROM report WHERE digest = ANY(%s)", (list(asked),))
    numbers = {asked[digest]: int(number) for digest, number in rows}
    for report in spoken_of:
        if report not in numbers:
            raise StoreError(f"report {report} is spoken of and not kept")
    return numbers


def _write_raws(connection: Connection, raws: Sequence[tuple[int, Raw]]) -> None:
    kept = connection.execute(
        "SELECT report FROM raw WHERE report = ANY(%s)", ([number for number, _ in raws],)
    )
    known = {number for (number,) in kept}
    fresh = [
        (number, hashlib.sha256(raw.body).digest(), raw)
        for number, raw in raws
        if number not in known
    ]
    bodies = {digest: raw.body for _, digest, raw in fresh}
    there = connection.execute("SELECT digest FROM body WHERE digest = ANY(%s)", (list(bodies),))
    for (digest,) in there:
        del bodies[digest]
    _insert(
        connection,
        "INSERT INTO body (digest, packed) VALUES (%s, %s)",
        [(digest, pack_bytes(body)) for digest, body in bodies.items()],
    )
    _insert(
        connection,
        """
        INSERT INTO raw (report, body, about)
        SELECT %s, n, %s FROM body WHERE digest = %s
        ON CONFLICT (report) DO NOTHING
        """,
        [(number, encode(replace(raw, body=b"")), digest) for number, digest, raw in fresh],
    )


def _write_findings(
    connection: Connection, found: Sequence[tuple[int, str, bytes]], turn: int
) -> set[int]:
    """Add what was found out, but not what the newest row says already.

    Return the reports in which other things were found before.
    """
    rows = connection.execute(
        """
        SELECT DISTINCT ON (report, kind) report, kind, packed FROM finding
        WHERE report = ANY(%s) ORDER BY report, kind, n DESC
        """,
        (list({number for number, _, _ in found}),),
    )
    newest = {(number, kind): packed for number, kind, packed in rows}
    fresh = []
    anew = set()
    for number, kind, packed in found:
        if newest.get((number, kind)) != packed:
            if kind == "findings" and (number, kind) in newest:
                anew.add(number)
            newest[number, kind] = packed
            fresh.append((number, kind, turn, packed))
    _insert(
        connection,
        "INSERT INTO finding (report, kind, turn, packed) VALUES (%s, %s, %s, %s)",
        fresh,
    )
    return anew


def _write_rulings(
    connection: Connection, rulings: Sequence[Ruling], numbers: dict[ReportId, int], turn: int
) -> bool:
    """Keep rulings; say whether one of them was not kept yet."""
    written = _insert(
        connection,
        """
        INSERT INTO ruling (digest, report, other, turn, about) VALUES (%s, %s, %s, %s, %s)
        ON CONFLICT (digest) DO NOTHING
        RETURNING n
        """,
        [
            (
                hashlib.sha256(encode(each)).digest(),
                numbers[each.report],
                numbers[each.other],
                turn,
                encode(each),
            )
            for each in rulings
        ],
    )
    return any(row is not None for row in written)


def _write_developments(
    connection: Connection,
    decision: Decision,
    numbers: dict[ReportId, int],
    *,
    now: datetime,
    ruled: bool,
) -> list[Change]:
    # A step that was kept is not taken again, unless the report has been in another story since:
    # two writers that read one feed tell it once, and a story can be merged and split again.
    # Reasons do not count, they may differ with what else each writer had read.
    rows = _insert(
        connection,
        """
        INSERT INTO development (at, story, kind, report, statement, replaces, reasons)
        SELECT %(at)s, %(story)s, %(kind)s, %(report)s, %(statement)s, %(replaces)s, %(reasons)s
        WHERE %(ruled)s OR NOT EXISTS (
            SELECT 1 FROM development
            WHERE report = %(report)s AND story = %(story)s AND kind = %(kind)s
              AND statement IS NOT DISTINCT FROM %(statement)s
              AND replaces IS NOT DISTINCT FROM %(replaces)s::bigint
              AND cursor > (
                  SELECT coalesce(max(cursor), 0) FROM development
                  WHERE report = %(report)s AND story <> %(story)s AND statement IS NULL
              )
        )
        RETURNING cursor
        """,
        [
            {
                "at": in_utc(now),
                "story": to_column(each.story),
                "kind": each.kind,
                "report": numbers[each.report],
                "statement": to_column(each.statement),
                "replaces": None if each.replaces is None else numbers[each.replaces],
                "reasons": encode(each.reasons),
                "ruled": ruled,
            }
            for each in decision.developments
        ],
    )
    return [
        Change(Cursor(row[0]), now, development)
        for row, development in zip(rows, decision.developments, strict=True)
        if row is not None
    ]


def _insert(
    connection: Connection, statement: LiteralString, values: Sequence[Any]
) -> list[tuple[Any, ...] | None]:
    """Execute `statement` for each of `values` on one journey; return the row that each gave."""
    if not values:
        return []
    returned: list[tuple[Any, ...] | None] = []
    with connection.cursor() as cursor:
        returning = "RETURNING" in statement
        cursor.executemany(statement, values, returning=returning)
        while returning:
            returned.append(cursor.fetchone())
            if not cursor.nextset():
                break
    return returned
