"""Opening a store: one connection, set up, of this program and of this version.

Rule 1: a file that is not ours, or of a newer version, is left as it was found.
Rule 2: whoever opens a store to write learns at once whether it can be written.

Says why in words for every error that SQLite raises; reads and writes no record.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final

from sayso.errors import StoreError
from sayso.stores.encoding import words
from sayso.stores.sqlite.catalogue import take_in_left_over
from sayso.stores.sqlite.schema import APPLICATION_ID, STEPS

MEMORY: Final = ":memory:"

WAIT_SECONDS = 30.0
"""How long a writer waits for another one: the longest turn that was seen took a few seconds."""

JOURNAL_LIMIT = 64 * 1024 * 1024
"""Bytes to which the write-ahead log shrinks again after a long turn."""

_REASONS = {
    sqlite3.SQLITE_BUSY: "another process is writing and did not finish in time",
    sqlite3.SQLITE_LOCKED: "another process is writing and did not finish in time",
    sqlite3.SQLITE_FULL: "the disk is full, nothing of this was kept",
    sqlite3.SQLITE_READONLY: "it cannot be written here",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened or made here",
    sqlite3.SQLITE_NOTADB: "not a store of sayso",
    sqlite3.SQLITE_CORRUPT: "the file is damaged",
}

_UNWRITABLE = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}

FAILURES = (sqlite3.Error, UnicodeDecodeError)
"""What a failing store raises: of a damaged one SQLite quotes names that are no text."""


def store_error(place: str, doing: str, error: Exception) -> StoreError:
    """Return what to tell a person of one of FAILURES; raise it ``from`` the error."""
    code = getattr(error, "sqlite_errorcode", None)
    # The low byte is the error, what stands above it is its kind.
    reason = _REASONS.get(code & 0xFF) if isinstance(code, int) else None
    if isinstance(error, UnicodeDecodeError):
        reason = _REASONS[sqlite3.SQLITE_CORRUPT]
    return StoreError(f"{place}: {doing}: {f'{reason} ({error})' if reason else error}")


def open_database(place: str, *, read_only: bool, wait: float = WAIT_SECONDS) -> sqlite3.Connection:
    """Return a connection to the store at `place`, brought up to this version."""
    database: sqlite3.Connection | None = None
    try:
        database = _connect(place, read_only=read_only, wait=wait)
        _check(database)
        if read_only:
            _set_up_reading(database)
        else:
            _set_up_writing(database)
            _migrate(database)
    except FAILURES as error:
        if database is not None:
            database.close()
        raise store_error(place, "opening the store", error) from error
    except StoreError as error:
        if database is not None:
            database.close()
        raise StoreError(f"{place}: opening the store: {error}") from error
    return database


def _connect(place: str, *, read_only: bool, wait: float) -> sqlite3.Connection:
    if place != MEMORY:
        path = Path(place)
        if not path.parent.is_dir():
            raise StoreError(f"there is no folder {path.parent}")
        if path.is_dir():
            raise StoreError("it is a folder")
        if read_only and not path.exists():
            raise StoreError("there is no such file")
    if not read_only or place == MEMORY:
        return _settled(place, wait)
    address = Path(place).absolute().as_uri()
    try:
        return _settled(f"{address}?mode=ro", wait, is_address=True)
    except sqlite3.OperationalError as error:
        # Readers of a write-ahead log need a file beside it. Where even that cannot be made and
        # no log was left, nobody is writing: the file may be taken as it stands.
        log = Path(f"{place}-wal")
        unwritable = error.sqlite_errorcode & 0xFF in _UNWRITABLE
        if not unwritable or (log.exists() and log.stat().st_size):
            raise
        return _settled(f"{address}?immutable=1", wait, is_address=True)


def _settled(place: str, wait: float, *, is_address: bool = False) -> sqlite3.Connection:
    database = sqlite3.connect(
        place,
        timeout=wait,
        isolation_level=None,  # transactions begin and end where we say so
        check_same_thread=False,  # the store holds a lock
        uri=is_address,
    )
    database.text_factory = words
    try:
        database.execute("PRAGMA schema_version").fetchone()  # the first look at the file
    except FAILURES:
        database.close()
        raise
    return database


def _number(database: sqlite3.Connection, name: str) -> int:
    return int(database.execute(f"PRAGMA {name}").fetchone()[0])


def _check(database: sqlite3.Connection) -> None:
    """Raise StoreError for a file that is not ours to read."""
    version, application = _number(database, "user_version"), _number(database, "application_id")
    if application != APPLICATION_ID:
        if version or application or _number(database, "schema_version"):
            raise StoreError("the database of another program")
    elif version > len(STEPS):
        raise StoreError(
            "it was written by a newer sayso"
            f" (its version is {version}, this one knows {len(STEPS)}); update sayso to open it"
        )


def _set_up_reading(database: sqlite3.Connection) -> None:
    database.execute("PRAGMA query_only = ON")
    version = _number(database, "user_version")
    if version < len(STEPS):
        raise StoreError(
            f"it is of an older version ({version} of {len(STEPS)}); open it once for writing"
        )


def _set_up_writing(database: sqlite3.Connection) -> None:
    database.execute("PRAGMA journal_mode = WAL")
    # What was acknowledged outlives a power cut, not only a killed process.
    database.execute("PRAGMA synchronous = FULL")
    database.execute(f"PRAGMA journal_size_limit = {JOURNAL_LIMIT}")
    database.execute("PRAGMA foreign_keys = ON")


def _migrate(database: sqlite3.Connection) -> None:
    """Take the steps that this file has not been through, one transaction each.

    Then take into the catalogue what was kept before there was one.
    """
    while True:
        # Also when no step is left: the lock shows that the store can be written.
        database.execute("BEGIN IMMEDIATE")
        try:
            _check(database)  # another process may have been here since
            done = _number(database, "user_version")
            for statement in STEPS[done] if done < len(STEPS) else ():
                database.execute(statement)
            if done < len(STEPS):
                database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                database.execute(f"PRAGMA user_version = {done + 1}")
            more = done < len(STEPS) or take_in_left_over(database)
            database.execute("COMMIT")
        except BaseException:
            if database.in_transaction:
                database.execute("ROLLBACK")
            raise
        if not more:
            return
