"""Taking out what is too old: whole stories that have come to rest, and old bytes.

Called inside a transaction that the store begins and ends. What a living story stands on stays,
however old; of what goes, the id stays, so that an outlet which still lists it brings no news.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime

from sayso.records import ReportId
from sayso.stores.encoding import time_of, time_text
from sayso.stores.sqlite.catalogue import leave_out
from sayso.stores.sqlite.rows import text_value


def prune(database: sqlite3.Connection, *, before: datetime, now: datetime, limit: int) -> int:
    """Take out up to `limit` reports that were kept before then; return how many there were."""
    values = {"before": time_text(before), "now": time_text(now), "limit": limit}
    database.execute("CREATE TEMP TABLE IF NOT EXISTS going (id TEXT PRIMARY KEY) WITHOUT ROWID")
    database.execute("DELETE FROM going")
    database.execute(
        """
        WITH living AS (
            SELECT story FROM development WHERE at >= :before
            UNION SELECT story FROM development
                  WHERE cursor = (SELECT max(cursor) FROM development)
        )
        INSERT INTO going
        SELECT id FROM report
        WHERE kept < :before AND (
            SELECT story FROM development WHERE development.report = report.id
            ORDER BY cursor DESC LIMIT 1
        ) NOT IN (SELECT story FROM living)
        ORDER BY kept LIMIT :limit
        """,
        values,
    )
    # What a report that stays replaced, or was ruled on with it, stays with it.
    while database.execute(
        """
        DELETE FROM going WHERE id IN (
            SELECT replaces FROM development
            WHERE replaces IS NOT NULL AND report NOT IN (SELECT id FROM going)
            UNION SELECT other FROM ruling WHERE report NOT IN (SELECT id FROM going)
            UNION SELECT report FROM ruling WHERE other NOT IN (SELECT id FROM going)
        )
        """
    ).rowcount:
        pass
    database.execute(
        """
        INSERT OR IGNORE INTO pruned (id, words, at)
        SELECT id, words, :now FROM report WHERE id IN (SELECT id FROM going)
        """,
        values,
    )
    going = [row[0] for row in database.execute("SELECT id FROM going")]
    leave_out(database, going)
    for table in ("ruling", "development", "finding"):
        database.execute(f"DELETE FROM {table} WHERE report IN (SELECT id FROM going)")
    database.execute(
        """
        DELETE FROM raw WHERE report IN (SELECT id FROM going)
            OR report IN (SELECT id FROM report WHERE kept < :before)
        """,
        values,
    )
    database.execute("DELETE FROM body WHERE n NOT IN (SELECT body FROM raw)")
    database.execute(
        """
        INSERT INTO report_words (report_words, rowid, headline, text)
        SELECT 'delete', n, headline, text FROM report WHERE id IN (SELECT id FROM going)
        """
    )
    database.execute(
        """
        DELETE FROM sketch
        WHERE report IN (SELECT n FROM report WHERE id IN (SELECT id FROM going))
        """
    )
    database.execute("DELETE FROM report WHERE id IN (SELECT id FROM going)")
    return len(going)


def pruned_words(database: sqlite3.Connection, report: ReportId) -> str | None:
    """Return the digest of what a report said that was taken out."""
    row = database.execute(
        "SELECT words FROM pruned WHERE id = CAST(? AS TEXT)", (text_value(report),)
    ).fetchone()
    return None if row is None else str(row[0])


def pruned_at(database: sqlite3.Connection, report: ReportId) -> datetime | None:
    row = database.execute(
        "SELECT at FROM pruned WHERE id = CAST(? AS TEXT)", (text_value(report),)
    ).fetchone()
    return None if row is None else time_of(row[0])
