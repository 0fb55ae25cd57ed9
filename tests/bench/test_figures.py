"""How the measure of figures counts agreement with labels; the paragraph is invented."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from sayso.bench.figures import measure, table

TEXT = "Skip 5 men.\nAt least 12 people died in Orla, 40 fled, and the 7th of 9 dams broke."


def labelled(words: str, **fields: Any) -> dict[str, Any]:
    start = TEXT.index(words)
    plain = {"low": None, "high": None, "bound": "exactly", "unit": None, "counts": None}
    return {"start": start, "end": start + len(words)} | plain | fields


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with gzip.open(tmp_path / "orla.jsonl.gz", "wt") as file:
        file.write(json.dumps({"id": "o1", "date": "2025-03-04", "text": TEXT}) + "\n")
    return tmp_path


def measured(data: Path, *figures: dict[str, Any], ignore: str = "") -> dict[str, float]:
    place = TEXT.index(ignore) if ignore else 0
    record = {
        "file": "orla",
        "report": "o1",
        "start": TEXT.index("At least"),
        "end": len(TEXT),
        "half": "dev",
        "figures": figures,
        "ignore": [[place, place + len(ignore)]] if ignore else [],
    }
    (data / "labels.jsonl").write_text(json.dumps(record) + "\n")
    return measure(data, data / "labels.jsonl")


PEOPLE = TEXT.index("people")
TWELVE = labelled("At least 12", low=12.0, bound="at_least", counts=[PEOPLE, PEOPLE + 6])
FORTY = labelled("40", low=40.0, high=40.0)


def test_all_as_labelled_is_one(data: Path) -> None:
    result = measured(data, TWELVE, FORTY, ignore="9 dams")
    assert result["dev span+value+bound"] == 1.0
    assert result["dev found"] == 1.0
    assert "held out" in table(result)


def test_a_figure_nobody_labelled_costs(data: Path) -> None:
    assert measured(data, TWELVE, FORTY)["dev found"] == pytest.approx(4 / 5)


@pytest.mark.parametrize("wrong", [{"bound": "more_than"}, {"low": 13.0}, {"end": FORTY["end"]}])
def test_a_wrong_bound_limit_or_place_is_found_but_not_right(
    data: Path, wrong: dict[str, Any]
) -> None:
    result = measured(data, TWELVE | wrong, FORTY, ignore="9 dams")
    assert result["dev found"] == 1.0 or "end" in wrong
    assert result["dev span+value+bound"] < 1.0


def test_a_wrong_counted_thing_is_told_apart(data: Path) -> None:
    result = measured(data, TWELVE | {"counts": None}, FORTY, ignore="9 dams")
    assert result["dev span+value+bound"] == 1.0
    assert result["dev counts"] == pytest.approx(0.5)
