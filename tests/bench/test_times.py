"""How the measure of times reads TimeML and counts agreement; the document is invented."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from sayso.bench.times import measure, parse_timeml, table

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
