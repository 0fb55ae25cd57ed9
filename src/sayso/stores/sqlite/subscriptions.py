"""The list of sources that the desk follows, and how their polls went."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sayso.records import Cursor, Logbook, Outlet, Poll, Rhythm, Subscription
from sayso.stores.encoding import decode, decode_or_none, encode, time_of, time_text
from sayso.stores.sqlite.rows import text_value


def write_subscription(database: sqlite3.Connection, subscription: Subscription) -> None:
    """Keep what an editor says of a source; what its polls told stays as it was."""
    database.execute(
        """
        INSERT INTO subscription (url, name, outlet, added, paused, pages)
        VALUES (CAST(:url AS TEXT), CAST(:name AS TEXT), :outlet, :added, :paused, :pages)
        ON CONFLICT (url) DO UPDATE
        SET name = excluded.name, outlet = excluded.outlet, pages = excluded.pages,
            -- Who takes it up again asks it at once, whatever it said when it was stopped.
            due = CASE WHEN paused AND NOT excluded.paused THEN NULL ELSE due END,
            stopped = CASE WHEN excluded.paused THEN stopped END,
            paused = excluded.paused
        """,
        {
            "url": text_value(subscription.url),
            "name": text_value(subscription.name),
            "outlet": encode(subscription.outlet),
            "added": time_text(subscription.added),
            "paused": subscription.paused,
            "pages": subscription.pages,
        },
    )


def delete_subscription(database: sqlite3.Connection, url: str) -> bool:
    """Say whether there was one to remove."""
    done = database.execute(
        "DELETE FROM subscription WHERE url = CAST(? AS TEXT)", (text_value(url),)
    )
    return done.rowcount > 0


def read_subscriptions(database: sqlite3.Connection) -> list[Subscription]:
    rows = database.execute(
        """
        SELECT url, name, outlet, added, paused, etag, last_modified,
               last_polled, failing_since, last_error, pages, stopped, due, failures,
               rhythm, dropped
        FROM subscription
        ORDER BY added, url
        """
    )
    return [_subscription(row) for row in rows]


def write_poll(database: sqlite3.Connection, poll: Poll) -> None:
    """Keep how a poll went; what the server said of its last good answer outlives a failure."""
    values = {
        "url": text_value(poll.url),
        "at": time_text(poll.at),
        "due": None if poll.due is None else time_text(poll.due),
        "error": text_value(poll.error),
        "stop": text_value(poll.stop),
    }
    if poll.error is None:
        database.execute(
            """
            UPDATE subscription
            SET last_polled = :at, due = :due, failures = 0,
                failing_since = NULL, last_error = NULL,
                etag = CAST(:etag AS TEXT), last_modified = CAST(:last_modified AS TEXT),
                rhythm = :rhythm, dropped = :dropped
            WHERE url = CAST(:url AS TEXT)
            """,
            {
                **values,
                "etag": text_value(poll.etag),
                "last_modified": text_value(poll.last_modified),
                "rhythm": encode(poll.rhythm),
                "dropped": encode(poll.dropped),
            },
        )
    else:
        database.execute(
            """
            UPDATE subscription
            SET last_polled = :at, due = :due, failures = failures + 1,
                failing_since = coalesce(failing_since, :at),
                last_error = CAST(:error AS TEXT),
                paused = paused OR :stop IS NOT NULL,
                stopped = coalesce(CAST(:stop AS TEXT), stopped)
            WHERE url = CAST(:url AS TEXT)
            """,
            values,
        )
    if poll.moved_to is not None and poll.moved_to != poll.url:
        moved = {"url": values["url"], "to": text_value(poll.moved_to)}
        database.execute(
            """
            UPDATE OR IGNORE subscription SET url = CAST(:to AS TEXT)
            WHERE url = CAST(:url AS TEXT)
            """,
            moved,
        )
        # Still at the old address: the new one is followed already.
        delete_subscription(database, poll.url)


def write_put_off(database: sqlite3.Connection, url: str, *, until: datetime) -> None:
    database.execute(
        """
        UPDATE subscription SET due = :until
        WHERE url = CAST(:url AS TEXT) AND (due IS NULL OR due < :until)
        """,
        {"url": text_value(url), "until": time_text(until)},
    )


def write_logbook(database: sqlite3.Connection, logbook: Logbook) -> None:
    database.execute(
        "INSERT OR REPLACE INTO note (name, about) VALUES ('logbook', ?)", (encode(logbook),)
    )


def read_logbook(database: sqlite3.Connection) -> Logbook | None:
    row = database.execute("SELECT about FROM note WHERE name = 'logbook'").fetchone()
    return None if row is None else decode(row[0], Logbook)


def read_told(database: sqlite3.Connection, follow: str) -> Cursor | None:
    row = database.execute("SELECT about FROM note WHERE name = ?", (f"told:{follow}",)).fetchone()
    return None if row is None else Cursor(decode(row[0], int))


def write_told(database: sqlite3.Connection, follow: str, cursor: Cursor) -> None:
    database.execute(
        "INSERT OR REPLACE INTO note (name, about) VALUES (?, ?)",
        (f"told:{follow}", encode(cursor)),
    )


def _subscription(row: Sequence[Any]) -> Subscription:
    return Subscription(
        url=row[0],
        name=row[1],
        outlet=decode_or_none(row[2], Outlet),
        added=time_of(row[3]),
        paused=bool(row[4]),
        etag=row[5],
        last_modified=row[6],
        last_polled=None if row[7] is None else time_of(row[7]),
        failing_since=None if row[8] is None else time_of(row[8]),
        last_error=row[9],
        pages=bool(row[10]),
        stopped=row[11],
        due=None if row[12] is None else time_of(row[12]),
        failures=row[13],
        rhythm=Rhythm() if row[14] is None else decode(row[14], Rhythm),
        dropped=() if row[15] is None else decode(row[15], tuple[str, ...]),
    )
