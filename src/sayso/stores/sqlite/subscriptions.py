"""The list of sources that the desk follows, and how their polls went."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sayso.records import Outlet, Subscription
from sayso.stores.encoding import decode, encode, time_of, time_text
from sayso.stores.sqlite.rows import text_value


def write_subscription(database: sqlite3.Connection, subscription: Subscription) -> None:
    """Keep what an editor says of a source; what its polls told stays as it was."""
    database.execute(
        """
        INSERT INTO subscription (url, name, outlet, added, paused)
        VALUES (CAST(:url AS TEXT), CAST(:name AS TEXT), :outlet, :added, :paused)
        ON CONFLICT (url) DO UPDATE
        SET name = excluded.name, outlet = excluded.outlet, paused = excluded.paused
        """,
        {
            "url": text_value(subscription.url),
            "name": text_value(subscription.name),
            "outlet": encode(subscription.outlet),
            "added": time_text(subscription.added),
            "paused": subscription.paused,
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
               last_polled, failing_since, last_error
        FROM subscription
        ORDER BY added, url
        """
    )
    return [_subscription(row) for row in rows]


def write_success(
    database: sqlite3.Connection,
    url: str,
    *,
    at: datetime,
    etag: str | None,
    last_modified: str | None,
) -> None:
    database.execute(
        """
        UPDATE subscription
        SET last_polled = :at, etag = CAST(:etag AS TEXT),
            last_modified = CAST(:last_modified AS TEXT),
            failing_since = NULL, last_error = NULL
        WHERE url = CAST(:url AS TEXT)
        """,
        {
            "url": text_value(url),
            "at": time_text(at),
            "etag": text_value(etag),
            "last_modified": text_value(last_modified),
        },
    )


def write_failure(database: sqlite3.Connection, url: str, *, at: datetime, error: str) -> None:
    # What the server said of the last good answer still holds, so it stays.
    database.execute(
        """
        UPDATE subscription
        SET last_polled = :at, failing_since = coalesce(failing_since, :at),
            last_error = CAST(:error AS TEXT)
        WHERE url = CAST(:url AS TEXT)
        """,
        {"url": text_value(url), "at": time_text(at), "error": text_value(error)},
    )


def _subscription(row: Sequence[Any]) -> Subscription:
    return Subscription(
        url=row[0],
        name=row[1],
        outlet=decode(row[2], Outlet | None),  # type: ignore[arg-type]  # a union is no class
        added=time_of(row[3]),
        paused=bool(row[4]),
        etag=row[5],
        last_modified=row[6],
        last_polled=None if row[7] is None else time_of(row[7]),
        failing_since=None if row[8] is None else time_of(row[8]),
        last_error=row[9],
    )
