"""The measure of reading, on pages small enough to count by hand."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from sayso.bench.reading import FEEDS, PAGES, REPORTS, measure, score, table

STORY = (
    "The reservoir above Orla will stay closed until spring, the water board said on Monday, "
    "because its wall has cracked in two places and cannot be mended in the cold."
)


@pytest.mark.parametrize(
    ("gold", "read", "precision", "recall"),
    [
        ("a b c d e", "a b c d e", 1.0, 1.0),
        ("a b c d e", "a b c d", 1.0, 0.5),
        ("a b c d", "a b c d e", 0.5, 1.0),
        ("a b c d", "e f g h", 0.0, 0.0),
        ("A, b; c. D!", "a b c d", 1.0, 1.0),
        ("a b", "a b", 1.0, 1.0),
        ("a b c d", "", 0.0, 0.0),
        ("", "", 1.0, 1.0),
    ],
)
def test_words_are_compared_in_fours(gold: str, read: str, precision: float, recall: float) -> None:
    assert score(gold, read) == (precision, recall)


def test_pages_feeds_and_reports_are_measured(tmp_path: Path) -> None:
    page = f"<html><body><article><h1>Reservoir closed</h1><p>{STORY}</p></article></body></html>"
    write(tmp_path / PAGES, {"id": "1", "url": "https://x.example/a", "gold": STORY, "html": page})
    feed = "<rss version='2.0'><channel><item><title>A</title></item><item/></channel></rss>"
    write(tmp_path / FEEDS, {"name": "a.rss", "feed": feed})
    write(tmp_path / REPORTS, {"id": "1", "text": f"{STORY}\n\nADVERTISEMENT\n\n{STORY}"})
    result = measure(tmp_path)
    assert result["page_f1"] == 1.0
    assert (result["feed_items"], result["feed_items_refused"]) == (1, 1)
    assert result["body_share"] == pytest.approx(2 / 3)
    assert "F1 1.000" in table(result)


def write(path: Path, line: dict[str, str]) -> None:
    path.parent.mkdir(parents=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
