"""How the measure of times reads TimeML and counts agreement; the document is invented."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from sayso.bench.times import agrees, measure, parse_timeml, table

TIMEML = """<TimeML>
<DCT><TIMEX3 tid="t0" type="DATE" value="2025-03-04" functionInDocument="CREATION_TIME">x</TIMEX3></DCT>
<TEXT>
The dam <EVENT eid="e1">broke</EVENT> on <TIMEX3 tid="t1" type="DATE" value="2025-03-03">Monday</TIMEX3>
&amp; held for <TIMEX3 tid="t2" type="DURATION" value="P9Y">two years</TIMEX3>, not ``long''.
</TEXT></TimeML>"""  # noqa: E501


def test_marks_are_taken_out_and_places_kept() -> None:
    document = parse_timeml("orla", "o1", TIMEML)
    assert document.report.published is not None
    assert document.report.published.date().isoformat() == "2025-03-04"
    assert [document.report.cut(one.span) for one in document.gold] == ["Monday", "two years"]
    assert "& held" in document.report.text


def test_a_wrong_value_counts_as_found_and_not_as_right(tmp_path: Path) -> None:
    (tmp_path / "times").mkdir()
    for name in ("timebank", "aquaint"):
        with gzip.open(tmp_path / "times" / f"{name}.jsonl.gz", "wt") as file:
            file.write(json.dumps({"id": "o1", "timeml": TIMEML}) + "\n")
    result = measure(tmp_path)
    share = parse_timeml("orla", "o1", TIMEML).share
    assert result[f"{share} relaxed"] == result[f"{share} strict"] == 1.0
    assert result[f"{share} value"] == pytest.approx(0.5)
    assert share in table(result)


@pytest.mark.parametrize(
    "value, gold, same",
    [
        pytest.param("1989-W43", "1989-WXX", True, id="the-gold-left-the-week-open"),
        pytest.param("1968", "1968-XX", True, id="an-open-month-is-a-year"),
        pytest.param("2000-W07", "2000-W7", True, id="a-week-in-one-digit"),
        pytest.param("198X", "198", True, id="a-decade"),
        pytest.param("1989-WXX", "1989-W43", False, id="open-where-the-gold-is-not"),
        pytest.param("1988-W43", "1989-WXX", False, id="another-year"),
        pytest.param("P3Y", "PXY", False, id="a-length-is-not-open"),
        pytest.param("PAST_REF", "PRESENT_REF", False, id="references"),
    ],
)
def test_a_value_agrees_when_it_contradicts_nothing(value: str, gold: str, same: bool) -> None:
    assert agrees(value, gold) is same
