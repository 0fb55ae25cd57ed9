"""What a report says of itself: that it corrects, or that it is taken back."""

from __future__ import annotations

import dataclasses

import pytest

from sayso.records import Part
from sayso.thread.versions import notice
from tests import build


@pytest.mark.parametrize(
    "note, told",
    [
        pytest.param("This article has been withdrawn.", "withdrawn", id="article-withdrawn"),
        pytest.param("The Gazette has retracted this story.", "withdrawn", id="retracts-story"),
        pytest.param("Mandatory kill: dam breaks.", "withdrawn", id="kill"),
        pytest.param("Correction: the dam is above Vesk.", "corrected", id="corrects"),
        pytest.param(
            "Correction: the troops will withdraw on Friday, not Monday.",
            "corrected",
            id="somebody-else-withdraws",
        ),
        pytest.param("This page is updated through the day.", None, id="neither"),
    ],
)
def test_a_note_tells_what_became_of_its_report(note: str, told: str | None) -> None:
    report = build.report(["The dam broke.", note])
    report = dataclasses.replace(
        report, parts=(*report.parts[:-1], Part("correction", report.parts[-1].span))
    )
    assert notice(report) == told


def test_a_story_about_a_retraction_is_none() -> None:
    report = build.report("The minister has retracted his story about the dam, he said.")
    assert notice(report) is None
