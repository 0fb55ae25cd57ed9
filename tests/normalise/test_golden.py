"""What the world sends, kept beside the reports that come of it.

`pytest --accept` writes the expected reports anew; read the difference before committing it.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sayso.normalise.read import Reading, parse
from sayso.ports import Raw
from sayso.records import Report

GOLDEN = Path(__file__).parent.parent / "golden"
SENT = sorted(path for path in GOLDEN.glob("*/*") if not path.name.endswith(".reports.json"))
READ_AT = datetime(2025, 3, 3, 18, 30, tzinfo=UTC)


@pytest.mark.parametrize("path", SENT, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_the_world_sends_becomes_the_reports_beside_it(path: Path, accept: bool) -> None:
    name = f"{path.parent.name}/{path.name}"
    url = f"https://{path.parent.name}.example/{path.name}"
    reading = parse(Raw(place=name, body=path.read_bytes(), url=url), now=READ_AT)
    came = json.dumps(shown(reading), ensure_ascii=False, indent=1) + "\n"
    expected = path.parent / f"{path.name.rsplit('.', 1)[0]}.reports.json"
    if accept:
        expected.write_text(came, encoding="utf-8")
    assert came == expected.read_text(encoding="utf-8")


def shown(reading: Reading) -> dict[str, Any]:
    return {
        "reports": [shown_report(report) for report in reading.reports],
        "problems": [str(problem) for problem in reading.problems],
    }


def shown_report(report: Report) -> dict[str, Any]:
    """Return a report with its words instead of its offsets, as a reviewer reads it."""
    told = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in asdict(report).items()
        if name not in ("text", "parts", "credits") and value not in (None, (), "")
    }
    told["credits"] = [
        [credit.name, credit.reason, report.cut(credit.span) if credit.span else None]
        for credit in report.credits
    ]
    told["parts"] = [[part.kind, report.cut(part.span)] for part in report.parts]
    return told
