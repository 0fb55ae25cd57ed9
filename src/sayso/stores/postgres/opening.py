"""Opening a store on a server: one connection, set up, of this version.

Says why in words for the errors that the server raises; reads and writes no record.
"""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import errors, sql
from psycopg.conninfo import conninfo_to_dict

from sayso.errors import StoreError
from sayso.stores.postgres.schema import STEPS

WAIT_SECONDS = 30.0
"""How long a writer waits for another one: the longest turn that was seen took a few seconds."""

LOCK = 0x5A150
"""The name of the lock that a writer holds: cursors then become visible in their order."""

Connection = psycopg.Connection[tuple[Any, ...]]

_REASONS: dict[type[psycopg.Error], str] = {
    errors.LockNotAvailable: "another process is writing and did not finish in time",
    errors.DiskFull: "the disk is full, nothing of this was kept",
    errors.ReadOnlySqlTransaction: "it cannot be written here",
    errors.InsufficientPrivilege: "it cannot be written here",
}


def place_of(address: str) -> str:
    """Return how to name a store to people: without its password."""
    try:
        known = conninfo_to_dict(address)
    except psycopg.Error:
        # What the library says of it holds the address, and the address may hold a password.
        raise StoreError("the PostgreSQL store: its address cannot be read") from None
    host, name = known.get("host", ""), known.get("dbname", "")
    return f"postgresql://{host}/{name}"


def store_error(place: str, doing: str, error: psycopg.Error) -> StoreError:
    """Return what to tell a person of `error`; raise it ``from`` the error."""
    reason = next((_REASONS[kind] for kind in _REASONS if isinstance(error, kind)), None)
    told = str(error).strip().splitlines() or [type(error).__name__]
    return StoreError(f"{place}: {doing}: {f'{reason} ({told[0]})' if reason else told[0]}")


def open_database(address: str, schema: str, *, read_only: bool, wait: float) -> Connection:
    """Return a connection to the store at `address`, brought up to this version."""
    place = place_of(address)
    connection: Connection | None = None
    try:
        connection = psycopg.connect(address, autocommit=True)
        _set_up(connection, schema, read_only=read_only, wait=wait)
        if read_only:
            _check(_version(connection))
        else:
            _migrate(connection, schema)
    except psycopg.Error as error:
        if connection is not None:
            connection.close()
        raise store_error(place, "opening the store", error) from error
    except StoreError as error:
        if connection is not None:
            connection.close()
        raise StoreError(f"{place}: opening the store: {error}") from error
    return connection


def lock_writing(connection: Connection) -> None:
    """Wait until this is the only writer, until the end of the transaction."""
    connection.execute("SELECT pg_advisory_xact_lock(%s, hashtext(current_schema()))", (LOCK,))


def _set_up(connection: Connection, schema: str, *, read_only: bool, wait: float) -> None:
    for name, value in {
        "search_path": schema,
        "timezone": "UTC",
        "lock_timeout": f"{round(wait * 1_000)}ms",
        "default_transaction_read_only": "on" if read_only else "off",
        # What was acknowledged outlives a power cut, whatever the server is set to.
        "synchronous_commit": "on",
    }.items():
        connection.execute("SELECT set_config(%s, %s, false)", (name, value))


def _migrate(connection: Connection, schema: str) -> None:
    """Take the steps that this database has not been through, one transaction each."""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
        connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(schema)))
        connection.execute("CREATE TABLE IF NOT EXISTS version (number integer NOT NULL)")
    while True:
        with connection.transaction():
            lock_writing(connection)
            done = _version(connection)
            if done >= len(STEPS):
                _check(done)
                return
            for statement in STEPS[done]:
                connection.execute(statement)
            connection.execute("DELETE FROM version")
            connection.execute("INSERT INTO version (number) VALUES (%s)", (done + 1,))


def _version(connection: Connection) -> int:
    if connection.execute("SELECT to_regclass('version')").fetchone() == (None,):
        return 0
    row = connection.execute("SELECT max(number) FROM version").fetchone()
    return int(row[0] or 0) if row else 0


def _check(version: int) -> None:
    if version > len(STEPS):
        raise StoreError(
            "it was written by a newer sayso"
            f" (its version is {version}, this one knows {len(STEPS)}); update sayso to open it"
        )
    if version < len(STEPS):
        raise StoreError(
            f"it is of an older version ({version} of {len(STEPS)}); open it once for writing"
        )
