"""A desk that is left running is timed from the feed to the open page, and drawn."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from sayso.bench import soak, street
from sayso.config import Settings


def test_what_comes_in_is_timed_to_the_open_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(street, "OUTLETS", 4)
    monkeypatch.setattr(soak, "SAMPLE_SECONDS", 3.0)
    monkeypatch.setattr(soak, "SETTLED_SECONDS", 1.0)
    log = tmp_path / "log"
    result = soak.measure(Settings(finder="rules"), minutes=0.2, rate=2.0, before=40, log=log)
    assert result["missing"] == result["crashes"] == 0
    assert result["poll_p50"] >= 0
    assert 0 < result["kept_p50"] <= result["heard_p50"] <= result["heard_p95"]
    last = result["last"]
    assert last["readers_lost"] == last["readers_doubled"] == last["wrong_answers"] == 0
    told = [json.loads(line) for line in log.read_text().splitlines()]
    assert told == result["samples"]
    assert {"memory", "minute", "errors"} <= told[0].keys()
    picture = ElementTree.fromstring(soak.plot(result))
    named = {child.tag.rpartition("}")[2] for child in picture}
    assert {"title", "desc", "path"} <= named
