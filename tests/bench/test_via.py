"""The measure of chains."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from sayso.bench.via import measure, table
from sayso.extract.rules import RulesFinder

READ = "Two ships sank, the Harbour Ministry said, state radio reported."


@pytest.mark.parametrize(
    ("source", "link", "verdict"),
    [
        pytest.param("the Harbour Ministry", "state radio", "found", id="found"),
        pytest.param("the Harbour Ministry", "Two ships", "unlinked", id="another-link"),
        pytest.param("sank", "the Harbour Ministry", "taken for the speaker", id="taken"),
        pytest.param("sank", "Two", "missed", id="missed"),
    ],
)
def test_a_chain_is_judged_by_its_source_and_its_link(
    tmp_path: Path, source: str, link: str, verdict: str
) -> None:
    with gzip.open(tmp_path / "wire.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"id": "one", "text": READ}) + "\n")

    def span(words: str) -> list[int]:
        return [READ.index(words), READ.index(words) + len(words)]

    label = {
        "set": "wire.jsonl.gz",
        "report": "one",
        "source": span(source),
        "cue": span("said"),
        "content": [span("Two ships sank")],
        "via": [{"source": span(link), "cue": span("reported")}],
    }
    labels = tmp_path / "labels.jsonl"
    labels.write_text(json.dumps(label), "utf-8")
    result = measure(RulesFinder(), tmp_path, labels)
    assert result[verdict] == 1.0
    assert verdict in table(result)
