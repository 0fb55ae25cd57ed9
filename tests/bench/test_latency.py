"""What comes in is timed from its poll to its line."""

from __future__ import annotations

from sayso.bench.latency import in_process
from sayso.config import Settings


def test_every_report_is_timed_and_none_before_its_poll() -> None:
    result = in_process(Settings(finder="rules"), limit=30)
    assert result["kept"] == result["reports"] == 30
    assert 0 < result["p50_seconds"] <= result["worst_seconds"]
    assert 0 < result["busy"] <= 1
