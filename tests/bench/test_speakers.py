"""The measure of pronoun speakers: what counts as right, open and wrong."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from sayso.bench.speakers import Label, judge, measure, table
from sayso.extract.rules import RulesFinder
from sayso.records import Span, Speaker


def label(name: str | None, role: str | None = None) -> Label:
    return Label(set="s", report="r", span=Span(0, 2), name=name, role=role)


VERDICTS = [
    pytest.param(label("Ames"), Speaker(name="Martha Ames"), "right", id="part-of-the-name"),
    pytest.param(label("Ames"), Speaker(name="Peter Birch"), "wrong", id="somebody-else"),
    pytest.param(label("Ames"), Speaker(name=None), "open", id="left-open"),
    pytest.param(label("Ames"), None, "open", id="no-speaker"),
    pytest.param(label("Ames"), Speaker(name=None, role="witness"), "wrong", id="unnamed-instead"),
    pytest.param(
        label(None, "witness"), Speaker(name=None, role="second witness"), "right", id="unnamed"
    ),
    pytest.param(label(None, "witness"), Speaker(name="Ames"), "wrong", id="named-instead"),
]


@pytest.mark.parametrize(("gold", "speaker", "verdict"), VERDICTS)
def test_a_wrong_speaker_is_told_from_an_open_one(
    gold: Label, speaker: Speaker | None, verdict: str
) -> None:
    assert judge(gold, speaker) == verdict


def test_labels_are_laid_against_the_reports_they_point_into(tmp_path: Path) -> None:
    text = "Martha Ames said the dam would hold. She said help was near."
    with gzip.open(tmp_path / "wire.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"id": "one", "text": text}) + "\n")
        file.write(json.dumps({"reports": [{"text": "Nothing."}, {"text": text}]}) + "\n")
    at = text.index("She")
    places = {"set": "wire.jsonl.gz", "start": at, "end": at + 3, "name": "Ames"}
    labels = tmp_path / "labels.jsonl"
    labels.write_text(
        "\n".join(json.dumps({**places, "report": report}) for report in ("one", "1:1")), "utf-8"
    )
    result = measure(RulesFinder(), tmp_path, labels)
    assert (result["all cases"], result["all right"]) == (2, 1.0)
    assert "1.000" in table(result)
