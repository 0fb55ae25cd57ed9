from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.records import Independence, Origin
from sayso.render import phrases
from tests.build_briefing import Newsroom, at, make_report, point
from tests.lowbridge import lowbridge


@pytest.mark.parametrize(
    "when, near, dayless, shown",
    [
        (at(3, 9, 5), at(3, 14), False, "09:05"),
        (at(2, 9, 5), at(3, 14), False, "2 May 09:05"),
        (at(2, 9, 5), datetime(2032, 1, 1, tzinfo=UTC), False, "2 May 2031 09:05"),
        (at(2, 0, 0), at(2, 14), True, "2 May"),
        (None, at(2, 14), False, "undated"),
        (
            datetime(2031, 5, 3, 1, 0, tzinfo=timezone(timedelta(hours=2))),
            at(2, 14),
            False,
            "23:00",
        ),
    ],
    ids=["same day", "another day", "another year", "no hour", "no date", "another zone"],
)
def test_an_hour_is_told_as_shortly_as_is_clear(
    when: datetime | None, near: datetime, dayless: bool, shown: str
) -> None:
    assert phrases.clock(when, near=near, dayless=dayless) == shown


def independence(low: int, high: int, *names: str) -> Independence:
    origins = tuple(Origin(name=name, kind="outlet", reports=()) for name in names)
    return Independence(low=low, high=high, carriers=high, origins=origins)


@pytest.mark.parametrize(
    "given_low, high, shown",
    [
        (1, 1, "1 independent source"),
        (3, 3, "3 independent sources"),
        (2, 4, "2 to 4 independent sources"),
    ],
)
def test_doubt_on_independence_is_shown_as_a_range(given_low: int, high: int, shown: str) -> None:
    assert phrases.sources(independence(given_low, high)) == shown


def test_three_origins_are_named_and_the_rest_counted() -> None:
    assert phrases.origins(independence(5, 5, "A", "B", "C", "D", "E")) == "A, B, C and 2 more"
    assert phrases.origins(independence(3, 3, "A", "B", "C")) == "A, B, C"


def test_an_unnamed_speaker_is_named_as_printed() -> None:
    cracks = lowbridge()[0].lines[3]
    assert phrases.who(cracks) == "a senior official at the water ministry"
    silent = dataclasses.replace(cracks, speaker=None, source=None)
    assert phrases.who(silent) == "The Gazette does not say who"


@pytest.mark.parametrize(
    "paragraph, words, opens, closes",
    [
        ("He said it would rain.", "it would rain", True, False),
        ("Rain is coming, he said.", "Rain is coming", False, False),
        ("It will rain until the dam is full.", "It will rain", False, True),
        ("“It will rain,” he said.", "“It will rain,”", False, False),
        ("He calls it “rain, and more” here.", "“rain, and more”", True, False),
        ("The rain", "The rain", False, False),
    ],
    ids=["inside", "whole", "cut off", "quoted", "quoted inside", "all"],
)
def test_a_gap_is_shown_where_the_words_begin_or_break_off_inside_a_sentence(
    paragraph: str, words: str, opens: bool, closes: bool
) -> None:
    room = Newsroom()
    line = room.line(room.report(make_report("Gazette", "H", paragraph)), words)
    assert phrases.opens(line) is opens
    assert phrases.closes(line) is closes


@given(st.text(st.characters(exclude_categories=())))
def test_what_is_visible_can_be_kept_in_any_file(text: str) -> None:
    shown = phrases.visible(text)
    assert len(shown) == len(text)
    assert shown.encode().decode() == shown
    assert phrases.visible(shown) == shown


def test_a_place_is_inferred_where_no_word_of_the_speaker_says_it() -> None:
    border, pumps = lowbridge()[0].lines[5], lowbridge()[0].lines[6]
    assert not phrases.place_is_inferred("Ostmark", border)
    assert phrases.place_is_inferred("Wadi", pumps)


def test_reports_are_counted_in_the_right_number() -> None:
    assert phrases.count(1, "report") == "1 report"
    assert phrases.count(1234, "report") == "1,234 reports"
    assert phrases.count(2, "series", "series") == "2 series"


@pytest.mark.parametrize(
    "paragraph, cue, to, channel, shown",
    [
        pytest.param(
            "Ames said in an interview with Radio Orla that it would rain.",
            "said",
            "Radio Orla",
            "in an interview with Radio Orla",
            "said in an interview with Radio Orla",
            id="the-channel-names-the-addressee",
        ),
        pytest.param(
            "Ames said in an interview with Radio Orla that it would rain.",
            "said in an interview with",
            "Radio Orla",
            "Radio Orla",
            "said in an interview with Radio Orla",
            id="the-cue-holds-the-channel",
        ),
        pytest.param(
            "Ames told the council in a letter that it would rain.",
            "told",
            "the council",
            "in a letter",
            "told the council in a letter",
            id="in-the-order-of-reading",
        ),
        pytest.param(
            "In a letter Ames told the council that it would rain.",
            "told",
            "the council",
            "In a letter",
            "told the council In a letter",
            id="what-stands-before-the-cue-comes-after-it",
        ),
    ],
)
def test_no_word_of_how_it_was_said_is_shown_twice(
    paragraph: str, cue: str, to: str, channel: str, shown: str
) -> None:
    room = Newsroom()
    report = room.report(make_report("Gazette", "H", paragraph))
    line = room.line(report, "it would rain", cue=cue, to=to, channel=channel)
    assert phrases.said_how(line) == shown


def test_who_gave_a_figure_is_named_as_printed_where_no_name_is_known() -> None:
    room = Newsroom()
    report = room.report(make_report("Gazette", "H", "The coastguard said 12 had died."))
    line = room.line(report, "12 had died", source="The coastguard")
    given = point(report, "12", by=None, day=None, line=line.id)
    assert phrases.gave(given, line) == "The coastguard"
    assert phrases.gave(given, None) == "the outlet’s own"
    assert phrases.gave(dataclasses.replace(given, speaker="Ames"), line) == "Ames"


def test_a_briefing_without_a_date_is_undated() -> None:
    assert phrases.updated(None) == "undated"
    assert phrases.updated(at(3, 9)).startswith("updated 3 ")
