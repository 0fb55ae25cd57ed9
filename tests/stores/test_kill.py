"""A process that is killed while it keeps reports loses none that it acknowledged."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from sayso.stores.sqlite import SqliteStore
from tests.stores.check import check_sound, whole_turns

KILLS = 25


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
