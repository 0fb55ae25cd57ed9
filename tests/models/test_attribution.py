"""The shipped model on invented reports: what no tuning may break."""

from __future__ import annotations

import dataclasses
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.models.attribution import AttributionModel
from sayso.records import Attribution, Part, Report, Span
from tests import build

MODEL = AttributionModel()  # loaded when first used, once for all tests


@pytest.fixture
def model() -> AttributionModel:
    return MODEL


def read(report: Report, found: Attribution) -> tuple[str | None, str | None, list[str]]:
    source = report.cut(found.source) if found.source else None
    return source, report.cut(found.cue or Span(0, 0)), [report.cut(p) for p in found.content]


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        pytest.param(
            "Mayor Ilsa Vell said the old dam above Lowbridge would hold until spring.",
            [
                (
                    "Mayor Ilsa Vell",
                    "said",
                    ["the old dam above Lowbridge would hold until spring"],
                )
            ],
            id="indirect",
        ),
        pytest.param(
            "“We have seen nothing like it in forty years,” Vell told the Orla Gazette.",
            [("Vell", "told", ["“We have seen nothing like it in forty years,”"])],
            id="direct",
        ),
        pytest.param(
            "According to the water board, nine villages were cut off on Sunday night.",
            [
                (
                    "the water board",
                    "According to",
                    ["nine villages were cut off on Sunday night"],
                )
            ],
            id="according-to",
        ),
        pytest.param("The river rose two metres overnight and fell again by noon.", [], id="none"),
    ],
)
def test_plain_sentences_are_read_whole(
    model: AttributionModel,
    text: str,
    relations: list[tuple[str | None, str | None, list[str]]],
) -> None:
    report = build.report(["Lowbridge was wet on Monday.", text])
    assert [read(report, found) for found in model.find(report)] == relations


def test_quotation_marks_of_any_desk_are_read_alike(model: AttributionModel) -> None:
    def found(mark: str) -> list[tuple[str, list[str]]]:
        open_, close = mark.split(" ")
        text = f"{open_}The dam will hold until the spring floods,{close} said Mayor Ilsa Vell."
        report = build.report([text])
        return [
            (a.manner, [report.cut(p).strip("\"“”‘’'") for p in a.content])
            for a in model.find(report)
        ]

    expected = [("direct", ["The dam will hold until the spring floods,"])]
    for mark in ('" "', "“ ”", "‘ ’", "' '", "'' ''", '“ "'):
        assert found(mark) == expected, mark


def test_a_promotion_says_nothing(model: AttributionModel) -> None:
    report = build.report(["Vell said the dam had held for a hundred years."])
    assert model.find(report)
    promoted = dataclasses.replace(report, parts=(Part("promotion", report.parts[0].span),))
    assert model.find(promoted) == []


def test_a_finder_that_travels_finds_the_same(model: AttributionModel) -> None:
    report = build.report(['"It held," Vell said on Sunday.'])
    copy: AttributionModel = pickle.loads(pickle.dumps(model))
    assert copy.find(report) == model.find(report)
    assert copy.name == model.name


def test_the_card_says_what_a_reader_must_know(model: AttributionModel) -> None:
    for field in ("labels", "thresholds", "data", "terms", "scores", "speed", "bad_at"):
        assert model.card[field], field


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(max_size=80), max_size=5))
def test_whatever_is_read_spans_lie_inside_the_report(paragraphs: list[str]) -> None:
    report = build.report(paragraphs, headline="Dam “holds”, Vell says")
    for found in MODEL.find(report):
        spans = (*found.content, *(s for s in (found.source, found.cue) if s))
        assert all(0 <= s.start < s.end <= len(report.text) for s in spans)
        assert 0 <= found.confidence <= 1
