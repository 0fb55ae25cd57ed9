"""A story is headed by words of one of its reports: those that most of them share, of late."""

from __future__ import annotations

from datetime import datetime

import pytest

from sayso.thread.headline import central
from tests.build import at

NOON = at("12:00")


@pytest.mark.parametrize(
    "headlines, headed",
    [
        pytest.param(
            [("Market opens late", NOON), ("Dam at Vesk fails", NOON), ("Vesk dam fails", NOON)],
            "Vesk dam fails",
            id="what-most-of-them-say-in-fewest-words",
        ),
        pytest.param(
            [("Dam fails, four dead", at("02T12:00")), ("Dam fails, nine dead", NOON)],
            "Dam fails, nine dead",
            id="a-later-toll",
        ),
        pytest.param(
            [("Dam fails at Vesk", NOON), ("Dam fails at Vesk, none dead", None)],
            "Dam fails at Vesk",
            id="undated-counts-as-old",
        ),
        pytest.param([("", NOON)], "", id="none"),
    ],
)
def test_a_story_is_headed_by(headlines: list[tuple[str, datetime | None]], headed: str) -> None:
    assert central(headlines) == headed
