"""A desk that is killed while it polls, writes and serves loses nothing and tells nothing twice."""

from __future__ import annotations

from sayso.bench.kills import measure

KILLS = 16


def test_a_killed_desk_loses_nothing_and_tells_nothing_twice() -> None:
    result = measure(KILLS)
    for fault in ("lost", "twice", "told_and_gone", "told_twice", "crashes"):
        assert result[fault] == 0, fault
    assert result["sound"]
    assert result["caught_up"]
    # Otherwise this test could not have failed.
    assert result["lives_that_told"] >= KILLS // 4
    assert result["told"] >= result["published"] // 2 > 10
