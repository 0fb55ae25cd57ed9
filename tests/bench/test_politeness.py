"""An outlet whose feed did not change is asked seldom, and never without what it gave."""

from __future__ import annotations

from sayso.bench.politeness import USUAL_A_DAY, measure


def test_a_day_costs_an_outlet_less_than_the_usual_readers_do() -> None:
    result = measure(days=1)
    assert result["unconditional"] == 0
    assert result["most_requests"] <= USUAL_A_DAY
    by_name = {row["outlet"]: row for row in result["rows"]}
    # Otherwise one could be polite by never asking.
    assert by_name["an item every 10 minutes"]["late_minutes"] <= 10
    assert by_name["an item every half hour"]["late_minutes"] <= 30
