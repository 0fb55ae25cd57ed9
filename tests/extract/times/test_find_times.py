"""What find_times makes of the ways in which reports tell time; published Tuesday 4 March 2025."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.times import find_times
from tests import build


def told(text: str, **fields: Any) -> list[tuple[str, str, str]]:
    """Return the words, type and value of each time expression of `text`."""
    report = build.report(text, **fields)
    return [(report.cut(one.span), one.type, one.value) for one in find_times(report)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        pytest.param("Troops went in on February 24.", "February 24", "2025-02-24", id="past-day"),
        pytest.param("He spoke earlier on March 3.", "March 3", "2025-03-03", id="earlier-on"),
        pytest.param("It opens on Sept. 21, 2022.", "Sept. 21, 2022", "2022-09-21", id="full-day"),
        pytest.param(
            "It began on 21 September 2022.", "21 September 2022", "2022-09-21", id="day-first"
        ),
        pytest.param(
            "On the 5th of August he left.", "the 5th of August", "2024-08-05", id="ordinal-day"
        ),
        pytest.param(
            "They met on Wednesday, Feb. 26.", "Wednesday, Feb. 26", "2025-02-26", id="both"
        ),
        pytest.param("The law was signed in January.", "January", "2025-01", id="month"),
        pytest.param("The record of Sept. 9 stands.", "Sept. 9", "2024-09-09", id="no-tense-day"),
        pytest.param("The loan runs through January.", "January", "2026-01", id="through-a-month"),
        pytest.param(
            "It would be paid on an unnamed day in January.", "January", "2026-01", id="unnamed-day"
        ),
        pytest.param(
            "On Friday, when he set aside vacation plans.", "Friday", "2025-02-28", id="plans-noun"
        ),
        pytest.param(
            "They may go as soon as Friday.", "Friday", "2025-03-07", id="as-soon-as-a-day"
        ),
        pytest.param(
            "She weighed her words in his televised address on Friday.",
            "Friday",
            "2025-02-28",
            id="back",
        ),
        pytest.param("He declared Wednesday free of work.", "Wednesday", "2025-03-05", id="eve"),
        pytest.param("He left last Wednesday.", "last Wednesday", "2025-02-26", id="last-of-eve"),
        pytest.param(
            "It broke on Thursday of last week.",
            "Thursday of last week",
            "2025-02-27",
            id="of-last-week",
        ),
        pytest.param("It opens Friday next week.", "Friday next week", "2025-03-14", id="of-next"),
        pytest.param("The school may open on Thursday.", "Thursday", "2025-03-06", id="may"),
        pytest.param(
            "Some may have left on Thursday.", "Thursday", "2025-02-27", id="may-have-is-past"
        ),
        pytest.param("He must explain it by Friday.", "Friday", "2025-03-07", id="by-a-day"),
        pytest.param(
            "She was weighing whether to go on Thursday.", "Thursday", "2025-03-06", id="whether-to"
        ),
        pytest.param("It will one day be rebuilt.", "one day", "FUTURE_REF", id="some-day-to-come"),
        pytest.param(
            "It cuts all costs in future years.", "future years", "FUTURE_REF", id="future"
        ),
        pytest.param("`` Today is a sad day, she said.", "Today", "2025-03-04", id="old-quotes"),
        pytest.param("The talks will resume in June.", "June", "2025-06", id="month-ahead"),
        pytest.param("The strike ended last May.", "last May", "2024-05", id="last-month-name"),
        pytest.param("In December 2019 it closed.", "December 2019", "2019-12", id="month-year"),
        pytest.param("He came in early November.", "early November", "2024-11", id="edge"),
        pytest.param(
            "He was held in June last year.", "June last year", "2024-06", id="of-last-year"
        ),
        pytest.param("It has run since 2014.", "2014", "2014", id="year"),
        pytest.param("The songs of the 1990s.", "the 1990s", "199X", id="decade"),
        pytest.param("A mill of the 19th century.", "the 19th century", "18", id="century"),
        pytest.param("It closed on 2025-03-01.", "2025-03-01", "2025-03-01", id="iso"),
        pytest.param("Filed 3/1/2025 in Orla.", "3/1/2025", "2025-03-01", id="month-first-slashes"),
        pytest.param("Filed 3.2.2025 in Orla.", "3.2.2025", "2025-02-03", id="day-first-stops"),
        pytest.param("On July 4th of 1995.", "July 4th of 1995", "1995-07-04", id="of-year"),
        pytest.param("Filed 13/2/2025 in Orla.", "13/2/2025", "2025-02-13", id="day-first-slashes"),
        pytest.param("It rained last fall.", "last fall", "2024-FA", id="season"),
        pytest.param(
            "He died in the summer of 1996.", "the summer of 1996", "1996-SU", id="season-of"
        ),
        pytest.param("They ate at Christmas.", "Christmas", "2024-12-25", id="holiday"),
        pytest.param("It fell on Easter 2024.", "Easter 2024", "2024-03-31", id="easter"),
        pytest.param(
            "It met last Thanksgiving.", "last Thanksgiving", "2024-11-28", id="thanksgiving"
        ),
    ],
)
def test_a_point_in_the_calendar_has_its_day(text: str, words: str, value: str) -> None:
    assert told(text) == [(words, "DATE", value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("The mayor resigned on Monday.", "2025-03-03", id="past"),
        pytest.param("The mayor resigned on Tuesday.", "2025-03-04", id="day-of-publication"),
        pytest.param("The council will vote on Monday.", "2025-03-10", id="will"),
        pytest.param("The trial is scheduled for Thursday.", "2025-03-06", id="scheduled"),
        pytest.param("The trial is to resume on Friday.", "2025-03-07", id="is-to"),
        pytest.param(
            "The vote that will be repeated was held on Friday.", "2025-02-28", id="nearest-verb"
        ),
        pytest.param("It had been due to end on Friday.", "2025-02-28", id="had-been-due"),
        pytest.param("He was seen last Tuesday.", "2025-02-25", id="last"),
        pytest.param("Friday's ruling will be appealed.", "2025-02-28", id="possessive"),
        pytest.param("He stays until Thursday.", "2025-03-06", id="until"),
    ],
)
def test_a_weekday_is_the_nearest_that_the_tense_allows(text: str, value: str) -> None:
    assert [one[1:] for one in told(text)] == [("DATE", value)]


@pytest.mark.parametrize(
    ("text", "words", "kind", "value"),
    [
        pytest.param("He left yesterday.", "yesterday", "DATE", "2025-03-03", id="yesterday"),
        pytest.param("He left two weeks ago.", "two weeks ago", "DATE", "2025-W08", id="weeks-ago"),
        pytest.param("He left 11 days ago.", "11 days ago", "DATE", "2025-02-21", id="days-ago"),
        pytest.param("He left last week.", "last week", "DATE", "2025-W09", id="last-week"),
        pytest.param("It opens next month.", "next month", "DATE", "2025-04", id="next-month"),
        pytest.param("Prices fell this year.", "this year", "DATE", "2025", id="this-year"),
        pytest.param(
            "It closed last weekend.", "last weekend", "DATE", "2025-W09-WE", id="weekend"
        ),
        pytest.param(
            "Sales in the third quarter fell.", "the third quarter", "DATE", "2024-Q3", id="quarter"
        ),
        pytest.param("Sales fell in 2016 Q2.", "2016 Q2", "DATE", "2016-Q2", id="year-first"),
        pytest.param("In Q2 2016 sales fell.", "Q2 2016", "DATE", "2016-Q2", id="quarter-short"),
        pytest.param(
            "The first half of 1990 was good.",
            "The first half of 1990",
            "DATE",
            "1990-H1",
            id="half",
        ),
        pytest.param("It is open now.", "now", "DATE", "PRESENT_REF", id="now"),
        pytest.param("It opened recently.", "recently", "DATE", "PAST_REF", id="recently"),
        pytest.param(
            "In recent years it grew.", "recent years", "DATE", "PAST_REF", id="recent-years"
        ),
        pytest.param(
            "It may end in the near future.", "the near future", "DATE", "FUTURE_REF", id="future"
        ),
        pytest.param(
            "They met on Thursday morning.", "Thursday morning", "TIME", "2025-02-27TMO", id="part"
        ),
        pytest.param(
            "It was hit last night.", "last night", "TIME", "2025-03-03TNI", id="last-night"
        ),
        pytest.param(
            "It shut at 10 p.m. Monday.", "10 p.m. Monday", "TIME", "2025-03-03T22:00", id="clock"
        ),
        pytest.param(
            "It shut at 9:30 a.m. Monday.",
            "9:30 a.m. Monday",
            "TIME",
            "2025-03-03T09:30",
            id="minutes",
        ),
        pytest.param(
            "It shut at noon Monday.", "noon Monday", "TIME", "2025-03-03T12:00", id="noon"
        ),
        pytest.param("It took 20 minutes.", "20 minutes", "DURATION", "PT20M", id="minutes-long"),
        pytest.param(
            "It took more than four hours.", "more than four hours", "DURATION", "PT4H", id="bound"
        ),
        pytest.param("A four-day visit.", "four-day", "DURATION", "P4D", id="hyphen"),
        pytest.param(
            "For the past five days it rained.",
            "the past five days",
            "DURATION",
            "P5D",
            id="past-days",
        ),
        pytest.param("It stood for two decades.", "two decades", "DURATION", "P20Y", id="decades"),
        pytest.param("It stood for years.", "years", "DURATION", "PXY", id="uncounted"),
        pytest.param(
            "It took five and a half hours.",
            "five and a half hours",
            "DURATION",
            "PT5H30M",
            id="half-hours",
        ),
        pytest.param("It came a day after the vote.", "a day", "DURATION", "P1D", id="a-day-after"),
        pytest.param("They meet every week.", "every week", "SET", "P1W", id="every-week"),
        pytest.param(
            "They meet each Thursday.", "each Thursday", "SET", "XXXX-WXX-4", id="each-weekday"
        ),
        pytest.param("The daily count rose.", "daily", "SET", "P1D", id="daily"),
        pytest.param("It flies four times a week.", "a week", "SET", "P1W", id="a-week"),
    ],
)
def test_the_ways_of_telling_time(text: str, words: str, kind: str, value: str) -> None:
    assert told(text) == [(words, kind, value)]


def test_a_headline_in_capitals_still_tells_time() -> None:
    headline = "Orla Council Extends Flood Relief For Another Two Years"
    assert [one[2] for one in told(headline)] == ["P2Y"]


def test_two_days_of_one_month_are_two_dates() -> None:
    assert [one[2] for one in told("Flights on February 21 and 22 were sold out.")] == [
        "2025-02-21",
        "2025-02-22",
    ]


def test_the_next_day_follows_the_day_last_named() -> None:
    text = "The dam broke on February 3. The next day the town was empty. Two days later it burned."
    assert [one[2] for one in told(text)] == ["2025-02-03", "2025-02-04", "2025-02-06"]


def test_a_year_earlier_means_the_quarter_that_is_spoken_of() -> None:
    text = "It lost $3 million in the third quarter of 2024, against $1 million a year earlier."
    assert [one[2] for one in told(text)] == ["2024-Q3", "2023-Q3"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("May he rest in peace.", id="may-the-verb"),
        pytest.param("The protesters march again.", id="march-the-verb"),
        pytest.param("Prices fall.", id="fall-the-verb"),
        pytest.param("The mayor, 52 years old, left.", id="age"),
        pytest.param("A 27-year-old man was held.", id="age-with-hyphens"),
        pytest.param("She reads Orla Today.", id="a-title"),
        pytest.param("He wrote to the Daily Lantern.", id="a-paper"),
        pytest.param("A quarter of the voters stayed away.", id="a-quarter-of"),
        pytest.param("They counted 2000 people.", id="people-not-a-year"),
        pytest.param("It costs $2000.", id="money-not-a-year"),
        pytest.param("Jan Masek signed.", id="jan-the-name"),
        pytest.param("Mrs Sun spoke.", id="sun-the-name"),
        pytest.param("On the 15th day of the siege he fled.", id="15th-day-no-century"),
        pytest.param("The second man fled.", id="second-the-ordinal"),
    ],
)
def test_what_only_looks_like_time_is_left_out(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("It began on 5 March 2022.", "2022-03-05", id="names-its-own-day"),
        pytest.param("It began on 5 March.", "XXXX-03-05", id="no-year"),
        pytest.param("It began on Monday.", "XXXX-WXX-1", id="no-week"),
        pytest.param("It began yesterday.", "PAST_REF", id="yesterday"),
        pytest.param("It begins next week.", "FUTURE_REF", id="next-week"),
        pytest.param("It began two weeks ago.", "PAST_REF", id="ago"),
    ],
)
def test_an_undated_report_says_no_more_than_its_words(text: str, value: str) -> None:
    assert [one[2] for one in told(text, published=None)] == [value]


def test_only_english_is_read() -> None:
    assert told("It ended on Monday.", language="en-GB") != []
    assert told("Es endet am 4 March.", language="de") == []


WORDS = st.sampled_from(
    "the a on in last next two 21 2022 Monday March May , . - ' s % 12:30 p.m. quarter year week"
    " years ago earlier and of every half 31 February third 0 00 \n\n Easter day before after 9999"
    " 1/2/03 2025-02-30 1990s fall hundred million 99999999999 one from now".split(" ")
)


@given(st.one_of(st.text(), st.lists(WORDS, max_size=60).map(" ".join)))
def test_any_text_gives_spans_inside_it_that_do_not_overlap(text: str) -> None:
    for published in (build.NOON, None):
        found = find_times(build.report(text, published=published))
        ends = [0]
        for one in found:
            assert ends[-1] <= one.span.start < one.span.end <= len(text)
            assert one.value
            ends.append(one.span.end)


@pytest.mark.parametrize(
    "piece", ["1", " ", "1,", "1/", "the last ", "two ", "a.", "\n ", "March 1 "]
)
def test_time_taken_grows_with_length_and_no_faster(piece: str) -> None:
    def seconds(pieces: int) -> float:
        report = build.report("x" + piece * pieces)
        taken = []
        for _ in range(3):  # the least of three: in between, Python may clear its memory
            begun = time.process_time()
            find_times(report)
            taken.append(time.process_time() - begun)
        return min(taken)

    seconds(100)
    # Eight times as long may take some more than eight times; squared it would be sixty-four.
    assert seconds(4_000) < 32 * max(seconds(500), 0.002)


def test_a_year_earlier_is_the_quarter_spoken_of_or_after_several_months_the_year() -> None:
    text = "Net rose in the fourth quarter from a year earlier."
    assert told(text)[-1] == ("a year earlier", "DATE", "2023-Q4")
    text += " For the nine months net was 8 crowns, up from 7 crowns a year earlier."
    assert told(text)[-1] == ("a year earlier", "DATE", "2023")


def test_three_quarters_of_a_thing_are_no_time() -> None:
    assert told("About three-quarters of the mill burned.") == []
