"""The timeline goes by the day that words name, or else by the day of the report."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.brief.material import Material
from sayso.brief.records import Day
from sayso.brief.sentences import LEAD, sentences
from sayso.brief.timeline import MOST_DAYS, make_timeline
from sayso.extract.times import find_times
from sayso.records import Cursor, Findings, Lineage, Report, ReportId
from sayso.trace.owners import Owners
from tests import build

BREACH = build.report(
    [
        "The dam above Vesk broke on Monday and flooded the lower town.",
        "The engineer had warned on 24 February that the dam above Vesk was cracked.",
    ],
    published=build.at("04T09:00"),
)
RESCUE = build.report(
    ["Crews reached the last houses below the dam above Vesk and brought out nine people."],
    outlet="Valley Post",
    published=build.at("05T09:00"),
)
INQUIRY = build.report(
    [
        "An inquiry into the dam above Vesk was opened by the valley court of Orla.",
        "The dam above Vesk broke on 3 March while the lower town was asleep.",
    ],
    outlet="Courier",
    published=build.at("08T09:00"),
)
STORY = (BREACH, RESCUE, INQUIRY)


def material(reports: Iterable[Report], **fields: Any) -> Material:
    held = tuple(reports)
    return Material(
        reports=held,
        findings={one.id: Findings(report=one.id, times=find_times(one)) for one in held},
        lineages=fields.pop("lineages", {}),
        statements=(),
        owners=Owners(),
        cursor=Cursor(1),
        **fields,
    )


def shown(days: Iterable[Day]) -> list[tuple[int, list[str]]]:
    """Return the day of the month and the words of its entries."""
    return [(one.day.day, [" ".join(entry.quote.words) for entry in one.entries]) for one in days]


def days_of(*reports: Report, **fields: Any) -> list[date]:
    return [one.day for one in make_timeline(material(reports, **fields), {})]


def test_days_come_in_order_each_with_the_words_that_tell_of_it() -> None:
    days = make_timeline(material(STORY), {}, a_day=1)
    assert [one.day.isoformat() for one in days] == [
        "2025-02-24",
        "2025-03-03",
        "2025-03-05",
        "2025-03-08",
    ]
    assert "broke" in days[1].entries[0].quote.words[0]
    assert "2 reports name the day" in days[1].entries[0].reasons
    assert days[2].entries[0].reasons == ("reported on this day; the words name none before it",)


def test_the_day_that_most_reports_name_is_the_last_to_go() -> None:
    days = make_timeline(material(STORY), {}, days=1, a_day=1)
    assert [one.day for one in days] == [date(2025, 3, 3)]


def test_only_days_asked_for_are_shown() -> None:
    within = (date(2025, 3, 4), date(2025, 3, 5))
    days = make_timeline(material(STORY), {}, within=within)
    assert [one.day for one in days] == [date(2025, 3, 5)]


def test_a_copy_adds_nothing_that_its_origin_did_not_say() -> None:
    copied = {RESCUE.id: Lineage(report=RESCUE.id, origin=BREACH.id)}
    assert date(2025, 3, 5) not in days_of(*STORY, lineages=copied)


def test_what_was_replaced_or_withdrawn_adds_no_day() -> None:
    assert date(2025, 3, 5) not in days_of(*STORY, replaced={RESCUE.id: INQUIRY.id})
    assert date(2025, 3, 5) not in days_of(*STORY, withdrawn={RESCUE.id: "the outlet says so"})


def test_a_report_without_a_date_tells_only_of_days_that_it_names() -> None:
    undated = dataclasses.replace(
        INQUIRY, published=None, id=ReportId("undated"), doubts=("undated",)
    )
    assert days_of(undated) == []
    text = "The dam above Vesk broke on 3 March 2025 while the lower town slept."
    assert days_of(build.report(text, published=None)) == [date(2025, 3, 3)]


def test_a_time_stamp_is_no_news_of_its_day() -> None:
    stamp = "ORLA, Tue Mar 4, 2025, by our staff above the Vesk dam in the hills."
    days = make_timeline(material([build.report([stamp, *(["Rain."] * LEAD)])]), {})
    assert [reason for day in days for one in day.entries for reason in one.reasons] == [
        "reported on this day; the words name none before it"
    ]


def test_a_time_that_leaves_its_day_open_names_none() -> None:
    inquiry = [
        "The dam above Vesk broke on 3 March while the lower town of Vesk slept.",
        "The gate above the lower town of Vesk was shut again at 02:52, crews said.",
    ]
    days = dict(shown(make_timeline(material([build.report(inquiry)]), {})))
    assert days == {3: inquiry[:1], 4: inquiry[1:]}


def test_background_far_down_is_not_the_news_of_the_day() -> None:
    late = "The lower town of Vesk has two mills and a bridge of stone."
    report = build.report([*(["It rained."] * LEAD), late])
    assert days_of(report) == []


def test_no_two_entries_of_a_day_tell_the_same() -> None:
    again = build.report(
        "The dam above Vesk broke on 3 March while all the lower town was asleep.",
        outlet="North Post",
        published=build.at("09T09:00"),
    )
    days = dict(shown(make_timeline(material([*STORY, again]), {}, a_day=5)))
    assert len([words for words in days[3] if "asleep" in words]) == 1


@given(st.permutations(STORY))
def test_the_order_of_the_reports_does_not_matter(reports: list[Report]) -> None:
    assert make_timeline(material(reports), {}) == make_timeline(material(STORY), {})


@given(st.lists(st.text(max_size=200), max_size=6))
def test_any_text_gives_words_that_stand_in_it(paragraphs: list[str]) -> None:
    report = build.report(["On Monday it rained in Vesk and in the hills of Orla.", *paragraphs])
    for day in make_timeline(material([report]), {}, days=None, a_day=9):
        for entry in day.entries:
            assert entry.quote.words == tuple(report.cut(span) for span in entry.quote.spans)


@pytest.mark.parametrize(
    "text, cut",
    [
        pytest.param("It broke. Mr. Reyk left.", ["It broke.", "Mr. Reyk left."], id="title"),
        pytest.param("J. Maro spoke. It held.", ["J. Maro spoke.", "It held."], id="initial"),
        pytest.param("“It broke.” He left.", ["“It broke.”", "He left."], id="closing-mark"),
        pytest.param("It broke\nHe left", ["It broke", "He left"], id="lines"),
        pytest.param("It cost 2.5 crowns.", ["It cost 2.5 crowns."], id="decimal"),
        pytest.param(" ", [], id="blank"),
    ],
)
def test_sentences_are_cut_at_their_ends(text: str, cut: list[str]) -> None:
    report = build.report(text)
    assert [report.cut(span) for span in sentences(report)] == cut


def test_a_page_keeps_to_its_days_and_all_of_them_are_there_when_asked() -> None:
    warnings = [
        f"The engineer had warned on {day} January 2024 that the dam above Vesk was cracked."
        for day in range(1, 32)
    ]
    reports = [*STORY, build.report(warnings, published=build.at("10T09:00"))]
    assert len(make_timeline(material(reports), {})) == MOST_DAYS
    assert len(make_timeline(material(reports), {}, days=None)) == 35
