"""A process that is killed while it keeps reports loses none that it acknowledged."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from sayso.records import Topic
from sayso.stores.sqlite import SqliteStore
from tests.contracts.build import NOON, report, turn
from tests.stores.check import check_sound, whole_turns
from tests.stores.older import left_over, make_older

KILLS = 25
KILLS_WHILE_OPENING = 8


def test_a_killed_writer_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    file = tmp_path / "desk.db"
    chance = random.Random(20310501)
    within_a_turn = 0
    acknowledged = {}
    for kill in range(KILLS):
        name = f"writer{kill}"
        writer = subprocess.Popen(
            [sys.executable, "-m", "tests.stores.writer", str(file), name, "1000000"],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert writer.stdout is not None
        # Most are killed at work, some already while they open or make the store.
        if kill % 10:
            writer.stdout.readline()
            time.sleep(chance.uniform(0, 0.3))
        else:
            time.sleep(chance.uniform(0.1, 0.4))
        writer.kill()
        said = writer.stdout.read().splitlines()
        writer.wait()
        acknowledged[name] = sum(line.startswith("kept") for line in said)
        within_a_turn += bool(said) and said[-1].startswith("turn")

        store = SqliteStore(file)
        # What was under way may have been kept: only the word of it was lost.
        assert whole_turns(store, name) in (acknowledged[name], acknowledged[name] + 1)
        store.close()
    check_sound(file)
    store = SqliteStore(file)
    for name, turns in acknowledged.items():
        assert whole_turns(store, name) >= turns
    store.close()
    # Otherwise this test could not have failed.
    assert within_a_turn >= KILLS // 3
    assert sum(acknowledged.values()) >= KILLS


TAKING_IN = """
import sys
from sayso.stores.sqlite import SqliteStore, catalogue
catalogue.AT_ONCE = 1
print("opens", flush=True)
SqliteStore(sys.argv[1])
"""


def test_a_store_of_before_the_catalogue_is_taken_in_however_often_it_is_killed(
    tmp_path: Path,
) -> None:
    file = tmp_path / "desk.db"
    reports = [report(str(number)) for number in range(300)]
    store = SqliteStore(file)
    store.apply(turn(*reports), now=NOON)
    mayor = Topic("speaker", "The mayor")
    known = store.about(mayor, limit=len(reports))
    said = store.search_said("fails", limit=5)
    store.close()
    make_older(file)
    chance = random.Random(20310502)
    in_the_middle = 0
    left = len(reports)
    for _ in range(KILLS_WHILE_OPENING):
        opening = subprocess.Popen(
            [sys.executable, "-c", TAKING_IN, str(file)], stdout=subprocess.PIPE, text=True
        )
        assert opening.stdout is not None
        assert opening.stdout.readline() == "opens\n"
        time.sleep(chance.uniform(0, 0.05))
        opening.kill()
        opening.communicate()
        remaining = left_over(file)
        if remaining is not None:
            assert remaining <= left  # what was taken in stays so
            in_the_middle += 0 < remaining < left
            left = remaining
    store = SqliteStore(file)
    assert in_the_middle >= KILLS_WHILE_OPENING // 4  # otherwise this test could not have failed
    assert store.about(mayor, limit=len(reports)) == known
    assert store.count_about([mayor]) == [len(reports)]
    assert store.search_said("fails", limit=5) == said
    store.close()
    check_sound(file)
