"""The measure of turns times what a desk really did."""

from __future__ import annotations

import time

from sayso.bench import turns
from sayso.config import Settings


def test_a_small_measure_has_every_figure_of_both_sizes() -> None:
    result = turns.measure(Settings(), limit=200, new=20)
    assert result["sizes"] == [20, 200]
    for size in ("20", "200"):
        one = result["at"][size]
        assert one["per_second"] > 0
        assert one["restart_seconds"] > 0
        for kind in ("real", "invented"):
            assert {"extract", "threads.place", "store.apply"} <= one[f"{kind}_steps"].keys()
            assert abs(sum(one[f"{kind}_steps"].values()) - one[f"{kind}_seconds"]) < 1e-6
    assert f"times slower with many: {result['slower']:.2f}" in turns.table(result)


def test_a_step_is_counted_without_those_inside_it() -> None:
    clock = turns.Clock()

    def burn() -> None:
        until = time.process_time() + 0.02
        while time.process_time() < until:
            pass

    inner = clock.timed("inner", burn)
    clock.timed("outer", inner)()
    assert clock.spent["inner"] >= 0.02
    assert clock.spent["outer"] < clock.spent["inner"] / 2
