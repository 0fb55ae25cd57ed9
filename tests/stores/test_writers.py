"""Two writers at once: both are kept, the second waits, and says so when it waited too long."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from sayso.errors import StoreError
from sayso.records import Cursor, StoryId
from sayso.stores.sqlite import SqliteStore
from tests.contracts.build import NOON, report, turn
from tests.stores.check import check_sound, whole_turns

TURNS = 11


def test_two_processes_that_write_at_once_are_both_kept(tmp_path: Path) -> None:
    file = tmp_path / "desk.db"  # both also race to make it
    names = ["one", "two", "one"]  # the third writes the same as the first
    writers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.stores.writer", str(file), name, str(TURNS)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in names
    ]
    for writer in writers:
        said, _ = writer.communicate(timeout=120)
        assert writer.returncode == 0, said
    store = SqliteStore(file)
    assert whole_turns(store, "one") == TURNS
    assert whole_turns(store, "two") == TURNS
    changes = store.changes(after=Cursor(0), limit=100_000)
    told = [each.development.report for each in changes]
    assert len(told) == len(set(told)), "a step was told twice"
    for name in ("one", "two"):
        story = store.story(StoryId(name))
        assert story is not None
        assert set(story.reports) == {each for each in told if each.startswith(name)}
    store.close()
    check_sound(file)


def test_the_second_writer_waits_for_the_first(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "desk.db")
    first = _begun(tmp_path / "desk.db")
    threading.Timer(0.3, lambda: first.execute("COMMIT")).start()
    assert len(store.apply(turn(report()), now=NOON)) == 1
    first.close()
    store.close()


def test_a_writer_that_waited_too_long_says_so(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "desk.db", wait=0.1)
    first = _begun(tmp_path / "desk.db")
    with pytest.raises(StoreError, match=r"desk\.db: keeping a turn: another process is writing"):
        store.apply(turn(report()), now=NOON)
    # Readers do not wait.
    assert store.reports([report().id]) == []
    with pytest.raises(StoreError, match="opening the store: another process is writing"):
        SqliteStore(tmp_path / "desk.db", wait=0.1)
    SqliteStore(tmp_path / "desk.db", read_only=True, wait=0.1).close()
    first.execute("ROLLBACK")
    assert len(store.apply(turn(report()), now=NOON)) == 1
    first.close()
    store.close()


def test_a_reader_sees_what_another_process_wrote(tmp_path: Path) -> None:
    writer = SqliteStore(tmp_path / "desk.db")
    reader = SqliteStore(tmp_path / "desk.db", read_only=True)
    writer.apply(turn(report()), now=NOON)
    assert reader.reports([report().id]) == [report()]
    assert reader.cursor() == writer.cursor()
    reader.close()
    writer.close()


def test_threads_may_share_a_store() -> None:
    store = SqliteStore()
    errors: list[BaseException] = []

    def work(name: str) -> None:
        try:
            for number in range(20):
                one = report(f"{name}-{number}")
                store.apply(turn(one), now=NOON)
                assert store.reports([one.id]) == [one]
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(store.changes(after=Cursor(0))) == 80
    store.close()


def _begun(file: Path) -> sqlite3.Connection:
    """Return a connection, for any thread, in the middle of writing."""
    first = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    first.execute("BEGIN IMMEDIATE")
    return first
