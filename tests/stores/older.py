"""Makes a store what it was before there was a catalogue."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

VERSION = 3


def make_older(file: Path) -> None:
    """Take out of a store all that its later versions brought."""
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("PRAGMA foreign_keys = OFF")
        for table in (
            "topic_words",
            "said_words",
            "about",
            "topic",
            "arrival",
            "uncatalogued",
            "sketch",
        ):
            database.execute(f"DROP TABLE {table}")
        database.execute("DROP INDEX report_times")
        database.execute(f"PRAGMA user_version = {VERSION}")


def left_over(file: Path) -> int | None:
    """Return how many reports are not in the catalogue yet; None: it knows of no catalogue."""
    with closing(sqlite3.connect(file)) as database:
        if database.execute("PRAGMA user_version").fetchone()[0] == VERSION:
            return None
        tables = database.execute("SELECT name FROM sqlite_master WHERE name = 'uncatalogued'")
        if not tables.fetchall():
            return None
        return int(database.execute("SELECT count(*) FROM uncatalogued").fetchone()[0])
