"""What the world does to a store: full disks, read-only places, other files, damage."""

from __future__ import annotations

import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from sayso.errors import StoreError
from sayso.ports import Raw
from sayso.records import Cursor, StoryId, Subscription
from sayso.stores.sqlite import SqliteStore
from sayso.stores.sqlite.schema import STEPS
from tests.contracts.build import NOON, report, turn
from tests.stores.check import check_sound, whole_turns
from tests.stores.writer import reports_of


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A store with one turn in it, closed."""
    file = tmp_path / "desk.db"
    store = SqliteStore(file)
    store.apply(turn(report()), now=NOON, raws=[(report().id, Raw(place="feed", body=b"bytes"))])
    store.close()
    return file


# A full disk


def test_of_a_turn_that_fills_the_disk_nothing_is_kept(file: Path) -> None:
    store = SqliteStore(file)
    pages = store._database.execute("PRAGMA page_count").fetchone()[0]
    store._database.execute(f"PRAGMA max_page_count = {pages + 20}")
    long = turn(*reports_of("long", 4))
    with pytest.raises(StoreError, match=r"desk\.db: keeping a turn: the disk is full"):
        store.apply(long, now=NOON)
    assert store.cursor() == 1
    assert store.reports([each.id for each in long.reports]) == []
    assert store.search("water") == []
    # A short turn still fits, and the long one when there is room again.
    assert len(store.apply(turn(report("short")), now=NOON)) == 1
    store._database.execute("PRAGMA max_page_count = 1000000")
    assert len(store.apply(long, now=NOON)) == len(long.reports)
    store.close()
    check_sound(file)


def test_a_writer_that_may_write_no_more_keeps_what_it_acknowledged(tmp_path: Path) -> None:
    file = tmp_path / "desk.db"
    limit = 600_000  # bytes of any one file: the system itself refuses the rest
    writer = subprocess.run(
        [sys.executable, "-m", "tests.stores.writer", str(file), "starved", "1000"],
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    said = writer.stdout.splitlines()
    assert writer.returncode == 1
    assert "desk.db: keeping a turn: " in said[-1]
    acknowledged = sum(line.startswith("kept") for line in said)
    assert acknowledged >= 1
    store = SqliteStore(file)
    assert whole_turns(store, "starved") == acknowledged
    store.close()
    check_sound(file)


# Places that cannot be written


def test_a_store_opened_to_read_cannot_be_written(file: Path) -> None:
    before = file.read_bytes()
    store = SqliteStore(file, read_only=True)
    assert store.reports([report().id]) == [report()]
    assert store.search("dam") == [report()]
    with pytest.raises(StoreError, match=r"desk\.db: keeping a turn: it cannot be written here"):
        store.apply(turn(report("b")), now=NOON)
    with pytest.raises(StoreError, match="adding a source: it cannot be written here"):
        store.add_source(Subscription(url="https://gazette.example/feed", added=NOON))
    store.close()
    assert file.read_bytes() == before


def test_a_read_only_folder_can_be_read_and_not_written(file: Path) -> None:
    def in_a_read_only_folder(copy: Path) -> None:
        store = SqliteStore(copy, read_only=True)
        assert store.reports([report().id]) == [report()]
        assert store.search("dam") == [report()]
        store.close()
        with pytest.raises(StoreError, match=r"desk\.db: opening the store: it cannot be written"):
            SqliteStore(copy)
        with pytest.raises(StoreError, match=r"new\.db: opening the store: it cannot be opened"):
            SqliteStore(copy.with_name("new.db"))

    _as_nobody(in_a_read_only_folder, file)


def _as_nobody(act: Callable[[Path], None], file: Path) -> None:
    """Do something as a user who may not write: the root user may write everywhere."""
    folder = Path(tempfile.mkdtemp())
    try:
        copy = Path(shutil.copy(file, folder))
        copy.chmod(0o444)
        folder.chmod(0o555)
        child = os.fork()
        if child == 0:
            code = 1
            try:
                if os.getuid() == 0:
                    os.setgid(65534)
                    os.setuid(65534)
                act(copy)
                code = 0
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(code)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


# Files that are something else


def test_a_store_of_a_newer_version_is_left_alone(file: Path) -> None:
    _set(file, f"PRAGMA user_version = {len(STEPS) + 1}")
    before = file.read_bytes()
    for read_only in (False, True):
        with pytest.raises(StoreError, match=r"desk\.db: .* written by a newer sayso"):
            SqliteStore(file, read_only=read_only)
    assert file.read_bytes() == before


def test_a_store_of_an_older_version_must_be_opened_for_writing_first(tmp_path: Path) -> None:
    file = tmp_path / "desk.db"
    file.touch()
    with pytest.raises(StoreError, match="older version"):
        SqliteStore(file, read_only=True)
    SqliteStore(file).close()
    SqliteStore(file, read_only=True).close()


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    _set(file, "CREATE TABLE recipe (name TEXT)")
    before = file.read_bytes()
    with pytest.raises(StoreError, match=r"other\.db: .* the database of another program"):
        SqliteStore(file)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        pytest.param(lambda file: file.write_text("Dam fails. " * 200), "not a store", id="text"),
        pytest.param(lambda file: file.write_bytes(bytes(9000)), "not a store", id="zeros"),
        pytest.param(lambda file: file.mkdir(), "it is a folder", id="folder"),
    ],
)
def test_what_is_no_store_is_named(
    tmp_path: Path, make: Callable[[Path], object], reason: str
) -> None:
    file = tmp_path / "thing.db"
    make(file)
    with pytest.raises(StoreError, match=rf"thing\.db: opening the store: {reason}"):
        SqliteStore(file)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no folder"):
        SqliteStore(tmp_path / "nowhere" / "desk.db")


def test_a_file_to_read_that_is_not_there_is_named_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no such file"):
        SqliteStore(tmp_path / "desk.db", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_a_path_may_hold_what_addresses_may_not(tmp_path: Path) -> None:
    file = tmp_path / "desk?mode=memory#50%.db"
    store = SqliteStore(file)
    store.apply(turn(report()), now=NOON)
    store.close()
    store = SqliteStore(file, read_only=True)
    assert store.reports([report().id]) == [report()]
    store.close()


def test_a_closed_store_says_so(file: Path) -> None:
    store = SqliteStore(file)
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.cursor()


# Damage


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a store of a few turns."""
    file = tmp_path_factory.mktemp("sound") / "desk.db"
    store = SqliteStore(file)
    for number in range(4):
        reports = reports_of("a", number)
        raws = [(each.id, Raw(place="feed", body=each.text.encode())) for each in reports]
        store.apply(turn(*reports), now=NOON, raws=raws)
    store.add_source(Subscription(url="https://gazette.example/feed", added=NOON))
    store.close()
    return file.read_bytes()


@pytest.mark.parametrize("seed", range(60))
def test_damage_is_a_store_error_or_goes_unseen(sound: bytes, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    damaged = bytearray(sound)
    for _ in range(chance.choice([1, 10, 200])):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    if seed % 5 == 0:
        del damaged[chance.randrange(len(damaged)) :]
    file = tmp_path / "desk.db"
    file.write_bytes(damaged)
    ids = [each.id for number in range(4) for each in reports_of("a", number)]
    with suppress(StoreError):
        store = SqliteStore(file)
        questions: list[Callable[[], object]] = [
            lambda: store.unseen(reports_of("a", 2)),
            lambda: store.reports(ids),
            lambda: store.findings(ids),
            lambda: store.lineages(ids),
            lambda: store.placements(ids),
            lambda: [store.raw(each) for each in ids],
            lambda: store.since(NOON),
            lambda: store.stories(),
            lambda: store.story(StoryId("dam")),
            lambda: store.changes(after=Cursor(0)),
            lambda: store.search("dam water"),
            lambda: store.versions([report().key]),
            lambda: store.sources(),
            lambda: store.apply(turn(report("new")), now=NOON),
        ]
        for question in questions:
            with suppress(StoreError):
                question()
        store.close()


def _set(file: Path, statement: str) -> None:
    database = sqlite3.connect(file)
    database.execute(statement)
    database.commit()
    database.close()
