"""The measure of keeping measures a store that really kept what it was given."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.bench import keeping


def test_a_small_measure_has_every_figure() -> None:
    result = keeping.measure(150, singles=5, asked=3)
    assert result["reports"] == 150
    assert all(value > 0 for value in result.values())
    assert 1 < result["size_ratio"] < 20
    for name in (key.removesuffix("_ms_p50") for key in result if key.endswith("_ms_p50")):
        assert result[f"{name}_ms_p50"] <= result[f"{name}_ms_p95"]
        assert name.replace("_", " ") in keeping.table(result)


def test_nothing_is_left_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    keeping.measure(20, singles=2, asked=2)
    assert list(tmp_path.iterdir()) == []


def test_the_same_seed_gives_the_same_reports() -> None:
    one, other = keeping.Inventor(1), keeping.Inventor(1)
    assert one.report(7) == other.report(7)
    assert one.report(8) != other.report(9)
