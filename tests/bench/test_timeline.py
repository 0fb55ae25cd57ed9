"""The measure of timelines on an invented set: what it hands to the program, what it counts."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from sayso.bench.timeline import measure, read_cases, table

SET = {
    "name": "Vesk_gazette",
    "keywords": ["Vesk"],
    "gold": [
        [
            ["2025-03-03", ["The dam above Vesk breaks .\n"]],
            ["2025-03-05", ["Crews rescue nine people .\n"]],
            ["2025-03-05", ["An inquiry opens .\n"]],
        ]
    ],
    "reports": [
        {"date": "2025-03-04", "text": "The dam above Vesk broke on Monday , crews said .\n"},
        {"date": "2025-03-05", "text": "Crews rescued nine people below the dam at Vesk .\n"},
        {"date": "2025-04-01", "text": "The dam above Vesk broke on March 5 , a book says .\n"},
    ],
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "timelines").mkdir()
    with gzip.open(tmp_path / "timelines" / "Vesk_gazette.jsonl.gz", "wt") as file:
        file.write(json.dumps(SET) + "\n")
    return tmp_path


def test_a_case_holds_the_reports_of_its_span_and_each_day_once(data: Path) -> None:
    (case,) = read_cases(data)
    assert [day.isoformat() for day in case.gold] == ["2025-03-03", "2025-03-05"]
    assert len(case.gold[max(case.gold)]) == 2
    assert [report.published.day for report in case.material.reports if report.published] == [4, 5]


def test_both_measures_are_told_for_each_timeline_and_for_all(data: Path) -> None:
    result = measure(data)
    assert result["date_f1"] == result["Vesk_gazette date_f1"] == pytest.approx(1.0)
    assert 0.3 < result["rouge1_f1"] < 1.0
    assert "mean of 1" in table(result)
