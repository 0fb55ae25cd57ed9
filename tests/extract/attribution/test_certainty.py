from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.attribution.certainty import FACTS, log_odds, weigh

NOTHING = tuple(0.0 for _ in FACTS)


def test_without_weights_everything_is_even() -> None:
    assert weigh(tuple(9.0 for _ in FACTS), {}) == 0.5


@pytest.mark.parametrize("fact", FACTS)
def test_each_fact_counts_by_its_own_weight(fact: str) -> None:
    facts = tuple(float(name == fact) for name in FACTS)
    assert weigh(facts, {fact: 1.0}) > 0.7 > weigh(NOTHING, {fact: 1.0})
    assert weigh(facts, {fact: -1.0}) < 0.3


def test_log_odds_grow_with_the_chance_and_never_run_away() -> None:
    assert log_odds(0.5) == 0
    assert log_odds(0.2) < log_odds(0.8) < log_odds(1.0) < 10
    assert log_odds(0.0) == -log_odds(1.0)


@given(st.lists(st.floats(-1e6, 1e6), min_size=len(FACTS), max_size=len(FACTS)), st.floats(-9, 9))
def test_a_certainty_is_a_chance(facts: list[float], weight: float) -> None:
    assert 0 <= weigh(facts, dict.fromkeys(FACTS, weight)) <= 1
