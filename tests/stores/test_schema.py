"""A step of the schema is written once: files that went through it are out there."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

from sayso.records import Decision, Ruling, Topic
from sayso.stores.sqlite import SqliteStore
from sayso.stores.sqlite.catalogue import AT_ONCE
from sayso.stores.sqlite.schema import APPLICATION_ID, STEPS
from tests.contracts.build import NOON, report, turn
from tests.stores.older import make_older

WRITTEN = ("4304c694", "aa2df098", "651855f7", "8cd817dc", "6affcc87", "73d057f8")
"""The digest of each step. A line is added with a new step; none is ever changed."""


def test_no_step_of_the_schema_was_edited_or_removed() -> None:
    digests = [hashlib.sha256("\0".join(step).encode()).hexdigest()[:8] for step in STEPS]
    assert tuple(digests) == WRITTEN


def test_a_file_of_the_first_version_is_brought_up_to_this_one(tmp_path: Path) -> None:
    file = tmp_path / "desk.db"
    database = sqlite3.connect(file, isolation_level=None)
    for statement in STEPS[0]:
        database.execute(statement)
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    database.execute("PRAGMA user_version = 1")
    database.close()
    store = SqliteStore(file)
    one, two = report("one"), report("two")
    store.apply(turn(one, two), now=NOON)
    ruling = Ruling(report=two.id, other=one.id, verdict="separate")
    store.apply(Decision(rulings=(ruling,)), now=NOON)
    assert store.rulings() == [ruling]
    store.close()


def test_what_was_kept_before_there_was_a_catalogue_is_taken_in(tmp_path: Path) -> None:
    file = tmp_path / "desk.db"
    store = SqliteStore(file)
    store.apply(turn(*(report(str(number)) for number in range(AT_ONCE + 1))), now=NOON)
    known = store.about(Topic("speaker", "The mayor"), limit=AT_ONCE + 1)
    said = store.search_said("fails", limit=5)
    store.close()
    make_older(file)
    store = SqliteStore(file)
    assert len(known) == AT_ONCE + 1
    assert store.about(Topic("speaker", "The mayor"), limit=AT_ONCE + 1) == known
    assert store.search_said("fails", limit=5) == said
    store.close()
