from __future__ import annotations

from pathlib import Path

import pytest

from sayso.commands.printing import MOST_TOLD, Reader
from sayso.config import Settings


def test_a_file_that_is_wrong_all_through_does_not_flood(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "a.jsonl"
    wrong.write_text("{}\n" * 500)
    (tmp_path / "b.jsonl").write_text('{"text": "The dam holds."}\n{}\n')
    reader = Reader([str(tmp_path)], Settings())
    assert [report.text for report, _ in reader] == ["The dam holds."]
    told = capsys.readouterr().err.splitlines()
    assert told == [f"sayso: {error}" for error in reader.problems]
    assert len(told) == MOST_TOLD + 2
    assert told[-1] == f"sayso: {wrong}: {500 - MOST_TOLD} more could not be read"
