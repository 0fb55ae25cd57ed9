"""A desk besieged by hostile servers names each of them and goes on."""

from __future__ import annotations

from sayso.bench.hostile import GOOD_ONES, besiege
from sayso.bench.hostile_server import KINDS

COSTLY = ("without end", "drip", "10 MB", "4 MB", "says nothing", "100,000 elements")
"""What takes seconds of a processor: `sayso bench hostile` runs these too."""


def test_every_hostile_server_is_an_error_with_its_name_and_the_others_are_read() -> None:
    kinds = [one for one in KINDS if not any(word in one.name for word in COSTLY)]
    assert len(kinds) >= 50
    result = besiege(kinds, timeout=10)
    assert [row for row in result["rows"] if not row["as_expected"]] == []
    assert result["good_read"] == GOOD_ONES
    assert result["ended"]
    assert result["errors"] == []
    assert 0 < result["memory_mb"] < 500
