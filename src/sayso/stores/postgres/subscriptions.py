"""The list of sources that the desk follows, and how their polls went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sayso.records import Cursor, Logbook, Outlet, Poll, Rhythm, Subscription
from sayso.stores.encoding import decode, decode_or_none, encode, in_utc
from sayso.stores.postgres.opening import Connection
from sayso.stores.postgres.text import digest_of, from_column, to_column


def write_subscription(connection: Connection, subscription: Subscription) -> None:
    """Keep what an editor says of a source; what its polls told stays as it was."""
    connection.execute(
        """
        INSERT INTO subscription AS old (digest, url, name, outlet, added, paused, pages)
        VALUES (%(digest)s, %(url)s, %(name)s, %(outlet)s, %(added)s, %(paused)s, %(pages)s)
        ON CONFLICT (digest) DO UPDATE
        SET name = excluded.name, outlet = excluded.outlet, pages = excluded.pages,
            -- Who takes it up again asks it at once, whatever it said when it was stopped.
            due = CASE WHEN old.paused AND NOT excluded.paused THEN NULL ELSE old.due END,
            stopped = CASE WHEN excluded.paused THEN old.stopped END,
            paused = excluded.paused
        """,
        {
            "digest": digest_of(subscription.url),
            "url": to_column(subscription.url),
            "name": to_column(subscription.name),
            "outlet": encode(subscription.outlet),
            "added": in_utc(subscription.added),
            "paused": subscription.paused,
            "pages": subscription.pages,
        },
    )


def delete_subscription(connection: Connection, url: str) -> bool:
    """Say whether there was one to remove."""
    done = connection.execute("DELETE FROM subscription WHERE digest = %s", (digest_of(url),))
    return done.rowcount > 0


def read_subscriptions(connection: Connection) -> list[Subscription]:
    rows = connection.execute(
        """
        SELECT url, name, outlet, added, paused, etag, last_modified,
               last_polled, failing_since, last_error, pages, stopped, due, failures,
               rhythm, dropped
        FROM subscription
        ORDER BY added, url COLLATE "C"
        """
    )
    return [_subscription(row) for row in rows]


def write_poll(connection: Connection, poll: Poll) -> None:
    """Keep how a poll went; what the server said of its last good answer outlives a failure."""
    values = {
        "digest": digest_of(poll.url),
        "at": in_utc(poll.at),
        "due": None if poll.due is None else in_utc(poll.due),
        "error": to_column(poll.error),
        "stop": to_column(poll.stop),
    }
    if poll.error is None:
        connection.execute(
            """
            UPDATE subscription
            SET last_polled = %(at)s, due = %(due)s, failures = 0,
                failing_since = NULL, last_error = NULL,
                etag = %(etag)s, last_modified = %(last_modified)s,
                rhythm = %(rhythm)s, dropped = %(dropped)s
            WHERE digest = %(digest)s
            """,
            {
                **values,
                "etag": to_column(poll.etag),
                "last_modified": to_column(poll.last_modified),
                "rhythm": encode(poll.rhythm),
                "dropped": encode(poll.dropped),
            },
        )
    else:
        connection.execute(
            """
            UPDATE subscription
            SET last_polled = %(at)s, due = %(due)s, failures = failures + 1,
                failing_since = coalesce(failing_since, %(at)s),
                last_error = %(error)s,
                paused = paused OR %(stop)s::text IS NOT NULL,
                stopped = coalesce(%(stop)s, stopped)
            WHERE digest = %(digest)s
            """,
            values,
        )
    if poll.moved_to is not None and poll.moved_to != poll.url:
        connection.execute(
            """
            UPDATE subscription SET digest = %(new)s, url = %(to)s
            WHERE digest = %(digest)s
              AND NOT EXISTS (SELECT 1 FROM subscription WHERE digest = %(new)s)
            """,
            {
                "digest": digest_of(poll.url),
                "new": digest_of(poll.moved_to),
                "to": to_column(poll.moved_to),
            },
        )
        # Still at the old address: the new one is followed already.
        delete_subscription(connection, poll.url)


def write_put_off(connection: Connection, url: str, *, until: datetime) -> None:
    connection.execute(
        """
        UPDATE subscription SET due = %(until)s
        WHERE digest = %(digest)s AND (due IS NULL OR due < %(until)s)
        """,
        {"digest": digest_of(url), "until": in_utc(until)},
    )


def write_logbook(connection: Connection, logbook: Logbook) -> None:
    connection.execute(
        """
        INSERT INTO note (name, about) VALUES ('logbook', %s)
        ON CONFLICT (name) DO UPDATE SET about = excluded.about
        """,
        (encode(logbook),),
    )


def read_logbook(connection: Connection) -> Logbook | None:
    row = connection.execute("SELECT about FROM note WHERE name = 'logbook'").fetchone()
    return None if row is None else decode(row[0], Logbook)


def read_told(connection: Connection, follow: str) -> Cursor | None:
    row = connection.execute(
        "SELECT about FROM note WHERE name = %s", (f"told:{follow}",)
    ).fetchone()
    return None if row is None else Cursor(decode(row[0], int))


def write_told(connection: Connection, follow: str, cursor: Cursor) -> None:
    connection.execute(
        """
        INSERT INTO note (name, about) VALUES (%s, %s)
        ON CONFLICT (name) DO UPDATE SET about = excluded.about
        """,
        (f"told:{follow}", encode(cursor)),
    )


def _subscription(row: Sequence[Any]) -> Subscription:
    return Subscription(
        url=from_column(row[0]),
        name=from_column(row[1]),
        outlet=decode_or_none(row[2], Outlet),
        added=row[3],
        paused=row[4],
        etag=from_column(row[5]),
        last_modified=from_column(row[6]),
        last_polled=row[7],
        failing_since=row[8],
        last_error=from_column(row[9]),
        pages=row[10],
        stopped=from_column(row[11]),
        due=row[12],
        failures=row[13],
        rhythm=Rhythm() if row[14] is None else decode(row[14], Rhythm),
        dropped=() if row[15] is None else decode(row[15], tuple[str, ...]),
    )
