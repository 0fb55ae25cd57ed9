"""Taking out what is too old: whole stories that have come to rest, and old bytes.

Called inside a transaction, by the only writer. What a living story stands on stays, however
old; of what goes, the id stays, so that an outlet which still lists it brings no news.
"""

from __future__ import annotations

from datetime import datetime

from sayso.records import ReportId
from sayso.stores.encoding import in_utc
from sayso.stores.postgres.catalogue import leave_out
from sayso.stores.postgres.opening import Connection
from sayso.stores.postgres.text import digest_of


def prune(connection: Connection, *, before: datetime, now: datetime, limit: int) -> int:
    """Take out up to `limit` reports that were kept before then; return how many there were."""
    old = connection.execute(
        """
        WITH living AS (
            SELECT story FROM development WHERE at >= %(before)s
            UNION SELECT story FROM development
                  WHERE cursor = (SELECT max(cursor) FROM development)
        )
        SELECT n FROM report
        WHERE kept < %(before)s AND (
            SELECT story FROM development WHERE development.report = report.n
            ORDER BY cursor DESC LIMIT 1
        ) NOT IN (SELECT story FROM living)
        ORDER BY kept LIMIT %(limit)s
        """,
        {"before": in_utc(before), "limit": limit},
    )
    going = {number for (number,) in old}
    # What a report that stays replaced, or was ruled on with it, stays with it.
    while staying := {
        number
        for (number,) in connection.execute(
            """
            SELECT replaces FROM development
            WHERE replaces = ANY(%(going)s) AND NOT report = ANY(%(going)s)
            UNION SELECT other FROM ruling
                  WHERE other = ANY(%(going)s) AND NOT report = ANY(%(going)s)
            UNION SELECT report FROM ruling
                  WHERE report = ANY(%(going)s) AND NOT other = ANY(%(going)s)
            """,
            {"going": list(going)},
        )
    }:
        going -= staying
    values = {"going": list(going), "before": in_utc(before), "now": in_utc(now)}
    connection.execute(
        """
        INSERT INTO pruned (digest, words, at)
        SELECT digest, words, %(now)s FROM report WHERE n = ANY(%(going)s)
        ON CONFLICT (digest) DO NOTHING
        """,
        values,
    )
    leave_out(connection, list(going))
    connection.execute("DELETE FROM ruling WHERE report = ANY(%(going)s)", values)
    connection.execute("DELETE FROM development WHERE report = ANY(%(going)s)", values)
    connection.execute("DELETE FROM finding WHERE report = ANY(%(going)s)", values)
    connection.execute(
        """
        DELETE FROM raw WHERE report = ANY(%(going)s)
            OR report IN (SELECT n FROM report WHERE kept < %(before)s)
        """,
        values,
    )
    connection.execute(
        "DELETE FROM body WHERE NOT EXISTS (SELECT 1 FROM raw WHERE raw.body = body.n)"
    )
    connection.execute("DELETE FROM sketch WHERE report = ANY(%(going)s)", values)
    connection.execute("DELETE FROM report WHERE n = ANY(%(going)s)", values)
    return len(going)


def pruned_words(connection: Connection, report: ReportId) -> str | None:
    """Return the digest of what a report said that was taken out."""
    row = connection.execute(
        "SELECT words FROM pruned WHERE digest = %s", (digest_of(report),)
    ).fetchone()
    return None if row is None else str(row[0])


def pruned_at(connection: Connection, report: ReportId) -> datetime | None:
    row = connection.execute(
        "SELECT at FROM pruned WHERE digest = %s", (digest_of(report),)
    ).fetchone()
    return None if row is None else row[0]
