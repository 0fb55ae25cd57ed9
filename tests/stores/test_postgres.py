"""The PostgreSQL store: the contract, killed and racing writers, a server that goes away."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from hypothesis import given

from sayso.errors import StoreError
from sayso.records import Cursor, StoryId, Topic
from sayso.stores.postgres import PostgresStore
from sayso.stores.postgres.schema import STEPS
from sayso.stores.postgres.text import from_column, lexemes_of, to_column
from tests.contracts.build import NOON, report, turn
from tests.contracts.store_contract import StoreContract
from tests.stores.check import whole_turns
from tests.stores.server import find_programs, running_server
from tests.stores.strategies import TEXTS

KILLS = 5
TURNS = 6


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    named = os.environ.get("SAYSO_TEST_POSTGRES")
    if named:
        yield named
        return
    programs = find_programs()
    if programs is None:
        pytest.skip("no PostgreSQL: name one in SAYSO_TEST_POSTGRES or install its server")
    with running_server(programs) as address:
        yield address


@pytest.fixture
def schema(server: str) -> Iterator[str]:
    """The name of a schema of the test's own, dropped afterwards."""
    name = f"sayso_test_{uuid4().hex[:12]}"
    yield name
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA IF EXISTS {name} CASCADE")


class TestPostgres(StoreContract):
    @pytest.fixture
    def store(self, server: str, schema: str) -> Iterator[PostgresStore]:
        store = PostgresStore(server, schema=schema)
        yield store
        store.close()


def test_a_killed_writer_loses_nothing_that_it_acknowledged(server: str, schema: str) -> None:
    chance = random.Random(20310501)
    for kill in range(KILLS):
        name = f"writer{kill}"
        writer = _writer(server, schema, name, 1_000_000)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(chance.uniform(0, 0.5))
        writer.kill()
        said = writer.stdout.read().splitlines()
        writer.wait()
        acknowledged = sum(line.startswith("kept") for line in said)
        store = PostgresStore(server, schema=schema)
        # Once a writer can begin, the server has ended the turn that was under way.
        store.remove_source("none")
        assert whole_turns(store, name) in (acknowledged, acknowledged + 1)
        store.close()


def test_two_processes_that_write_at_once_are_both_kept(server: str, schema: str) -> None:
    writers = [_writer(server, schema, name, TURNS) for name in ("one", "two", "one")]
    for writer in writers:
        said, _ = writer.communicate(timeout=120)
        assert writer.returncode == 0, said
    store = PostgresStore(server, schema=schema)
    assert whole_turns(store, "one") == TURNS
    assert whole_turns(store, "two") == TURNS
    told = [each.development.report for each in store.changes(after=Cursor(0), limit=100_000)]
    assert len(told) == len(set(told)), "a step was told twice"
    store.close()


def test_a_reader_who_resumes_misses_no_lower_cursor(server: str, schema: str) -> None:
    reader = PostgresStore(server, schema=schema)
    writers = [_writer(server, schema, name, TURNS) for name in ("one", "two")]
    heard: list[Cursor] = []
    while any(writer.poll() is None for writer in writers):
        heard += [each.cursor for each in reader.changes(after=heard[-1] if heard else Cursor(0))]
    for writer in writers:
        writer.communicate()
    heard += [
        each.cursor
        for each in reader.changes(after=heard[-1] if heard else Cursor(0), limit=100_000)
    ]
    assert heard == [each.cursor for each in reader.changes(after=Cursor(0), limit=100_000)]
    reader.close()


def test_a_lost_connection_is_an_error_and_then_mended(server: str, schema: str) -> None:
    store = PostgresStore(server, schema=schema)
    store.apply(turn(report()), now=NOON)
    with psycopg.connect(server, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", (store._connection.info.backend_pid,))
    with pytest.raises(StoreError, match="keeping a turn: "):
        store.apply(turn(report("b")), now=NOON)
    assert len(store.apply(turn(report("b")), now=NOON)) == 1
    assert store.story(StoryId("dam")) is not None
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.cursor()


def test_a_writer_that_waited_too_long_says_so(server: str, schema: str) -> None:
    store = PostgresStore(server, schema=schema, wait=0.2)
    first = PostgresStore(server, schema=schema)
    begun, end = threading.Event(), threading.Event()

    def hold() -> None:
        with first._writing("waiting"):
            begun.set()
            end.wait()

    holder = threading.Thread(target=hold)
    holder.start()
    begun.wait()
    with pytest.raises(StoreError, match="keeping a turn: another process is writing"):
        store.apply(turn(report()), now=NOON)
    assert store.reports([report().id]) == []
    end.set()
    holder.join()
    assert len(store.apply(turn(report()), now=NOON)) == 1
    first.close()
    store.close()


def test_a_store_opened_to_read_cannot_be_written(server: str, schema: str) -> None:
    with pytest.raises(StoreError, match="older version"):
        PostgresStore(server, schema=schema, read_only=True)
    PostgresStore(server, schema=schema).close()
    store = PostgresStore(server, schema=schema, read_only=True)
    with pytest.raises(StoreError, match="keeping a turn: it cannot be written here"):
        store.apply(turn(report()), now=NOON)
    store.close()


def test_a_store_of_a_newer_version_is_left_alone(server: str, schema: str) -> None:
    store = PostgresStore(server, schema=schema)
    store._connection.execute("UPDATE version SET number = %s", (len(STEPS) + 1,))
    store.close()
    for read_only in (False, True):
        with pytest.raises(StoreError, match="written by a newer sayso"):
            PostgresStore(server, schema=schema, read_only=read_only)


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("host=/nowhere dbname=desk password=secret", id="no-server"),
        pytest.param("secret", id="no-address"),
        pytest.param("postgresql://me:sec secret@localhost/desk", id="spaces"),
        pytest.param("postgresql://me:secret@localhost:1/desk", id="no-port"),
    ],
)
def test_a_server_that_is_not_there_is_named_without_its_password(address: str) -> None:
    with pytest.raises(StoreError, match=r"opening the store|address cannot be read") as caught:
        PostgresStore(address)
    assert "secret" not in str(caught.value)


@given(TEXTS)
def test_a_text_comes_back_as_it_was(text: str) -> None:
    column = to_column(text)
    assert "\0" not in column
    column.encode()
    assert from_column(column) == text


def test_the_words_that_find_a_report_have_a_limit() -> None:
    assert lexemes_of("Dam DAM dam’s Écluse x_y") == ["dam", "s", "ecluse", "x", "y"]
    many = " ".join(f"w{number}" for number in range(100_000))
    assert len(lexemes_of("x" * 101, many)) == 20_000


def _writer(server: str, schema: str, name: str, turns: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.stores.writer", f"{server}#{schema}", name, str(turns)],
        stdout=subprocess.PIPE,
        text=True,
    )


def test_what_was_kept_before_there_was_a_catalogue_is_taken_in(server: str, schema: str) -> None:
    store = PostgresStore(server, schema=schema)
    store.apply(turn(report("one"), report("two")), now=NOON)
    mayor = Topic("speaker", "The mayor")
    known, said = store.about(mayor), store.search_said("fails")
    store._connection.execute("DELETE FROM about")
    store._connection.execute("DELETE FROM said")
    store._connection.execute("DELETE FROM topic")
    store._connection.execute("INSERT INTO uncatalogued SELECT report FROM arrival")
    store.close()
    store = PostgresStore(server, schema=schema)
    assert store.about(mayor) == known == ["two", "one"]
    assert store.count_about([mayor]) == [2]
    assert store.search_said("fails") == said
    store.close()
