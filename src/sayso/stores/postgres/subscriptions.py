"""The list of sources that the desk follows, and how their polls went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sayso.records import Outlet, Subscription
from sayso.stores.encoding import decode, encode, in_utc
from sayso.stores.postgres.opening import Connection
from sayso.stores.postgres.text import digest_of, from_column, to_column


def write_subscription(connection: Connection, subscription: Subscription) -> None:
    """Keep what an editor says of a source; what its polls told stays as it was."""
    connection.execute(
        """
        INSERT INTO subscription (digest, url, name, outlet, added, paused)
        VALUES (%(digest)s, %(url)s, %(name)s, %(outlet)s, %(added)s, %(paused)s)
        ON CONFLICT (digest) DO UPDATE
        SET name = excluded.name, outlet = excluded.outlet, paused = excluded.paused
        """,
        {
            "digest": digest_of(subscription.url),
            "url": to_column(subscription.url),
            "name": to_column(subscription.name),
            "outlet": encode(subscription.outlet),
            "added": in_utc(subscription.added),
            "paused": subscription.paused,
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
               last_polled, failing_since, last_error
        FROM subscription
        ORDER BY added, url COLLATE "C"
        """
    )
    return [_subscription(row) for row in rows]


def write_success(
    connection: Connection,
    url: str,
    *,
    at: datetime,
    etag: str | None,
    last_modified: str | None,
) -> None:
    connection.execute(
        """
        UPDATE subscription
        SET last_polled = %(at)s, etag = %(etag)s, last_modified = %(last_modified)s,
            failing_since = NULL, last_error = NULL
        WHERE digest = %(digest)s
        """,
        {
            "digest": digest_of(url),
            "at": in_utc(at),
            "etag": to_column(etag),
            "last_modified": to_column(last_modified),
        },
    )


def write_failure(connection: Connection, url: str, *, at: datetime, error: str) -> None:
    # What the server said of the last good answer still holds, so it stays.
    connection.execute(
        """
        UPDATE subscription
        SET last_polled = %(at)s, failing_since = coalesce(failing_since, %(at)s),
            last_error = %(error)s
        WHERE digest = %(digest)s
        """,
        {"digest": digest_of(url), "at": in_utc(at), "error": to_column(error)},
    )


def _subscription(row: Sequence[Any]) -> Subscription:
    return Subscription(
        url=from_column(row[0]),
        name=from_column(row[1]),
        outlet=decode(row[2], Outlet | None),  # type: ignore[arg-type]  # a union is no class
        added=row[3],
        paused=row[4],
        etag=from_column(row[5]),
        last_modified=from_column(row[6]),
        last_polled=row[7],
        failing_since=row[8],
        last_error=from_column(row[9]),
    )
