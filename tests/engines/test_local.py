"""The local engine: the contract, and workers and parents that die."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from sayso.engines.local import LocalEngine
from sayso.errors import EngineError
from tests.contracts.engine_contract import EngineContract


class TestOneWorker(EngineContract):
    make = staticmethod(lambda: LocalEngine(1))


class TestTwoWorkers(EngineContract):
    make = staticmethod(lambda: LocalEngine(2))


def test_few_items_start_no_process_and_more_do() -> None:
    with LocalEngine(2, few=3) as engine:
        assert set(engine.map(whose, range(3))) == {os.getpid()}
        assert os.getpid() not in set(engine.map(whose, range(4)))
        assert os.getpid() not in set(engine.map(whose, range(1)))  # they are there now


def whose(_number: int) -> int:
    return os.getpid()


def die_once(mark: Path, number: int) -> int:
    """Kill the process that this runs in, the first time that it is given 11."""
    if number == 11 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def die_on_eleven(number: int) -> int:
    if number == 11:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def process(_: int) -> int:
    return os.getpid()


def test_a_worker_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    with LocalEngine(2) as engine:
        done = list(engine.map(partial(die_once, tmp_path / "mark"), range(60)))
        assert done == list(range(60))
        assert list(engine.map(die_on_eleven, range(10))) == list(range(10))


def test_an_item_on_which_workers_die_is_named() -> None:
    with LocalEngine(2) as engine:
        results = engine.map(die_on_eleven, range(60))
        heard: list[int] = []
        with pytest.raises(EngineError, match=r"on 11$"):
            heard.extend(results)
        assert heard == list(range(11))
        assert list(engine.map(die_on_eleven, [1, 2])) == [1, 2]


def test_one_worker_is_this_process() -> None:
    assert set(LocalEngine(1).map(process, range(3))) == {os.getpid()}


def test_two_workers_are_other_processes() -> None:
    with LocalEngine(2) as engine:
        assert os.getpid() not in set(engine.map(process, range(50)))


def test_an_engine_without_workers_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a worker"):
        LocalEngine(0)


LONG_WORK = """
import os, sys, time
from sayso.engines.local import LocalEngine

def work(number):
    os.write(1, b"%d\\n" % os.getpid())  # in one piece: two of us write to one pipe
    time.sleep(0.3)
    return number

if __name__ == "__main__":
    engine = LocalEngine(2)
    try:
        list(engine.map(work, range(1_000)))
    except KeyboardInterrupt:
        engine.close()
        sys.exit(130)
"""


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        pytest.param(signal.SIGINT, 130, id="ctrl-c"),
        pytest.param(signal.SIGKILL, -signal.SIGKILL, id="kill-9"),
    ],
)
def test_no_worker_outlives_its_parent(tmp_path: Path, sent: signal.Signals, code: int) -> None:
    script = tmp_path / "work.py"
    script.write_text(LONG_WORK)
    parent = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert parent.stdout is not None
    workers = {int(parent.stdout.readline()) for _ in range(4)}
    # Ctrl-C reaches the whole group, a kill only the one.
    if sent == signal.SIGINT:
        os.killpg(parent.pid, sent)
    else:
        os.kill(parent.pid, sent)
    _, errors = parent.communicate(timeout=20)
    assert parent.returncode == code
    assert b"Traceback" not in errors
    deadline = time.monotonic() + 10
    while any(_alive(worker) for worker in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(_alive(worker) for worker in workers)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
