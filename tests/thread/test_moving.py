"""How stories merge, part, follow rulings and keep their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from sayso.normalise.times import trusted_time
from sayso.records import Report, ReportId, Ruling, StoryId, Verdict
from sayso.thread.sketch import make_sketch
from sayso.thread.threads import WINDOW, Threads
from tests.build import NOON, report

DAM = [
    "The Tarnholm dam on the river Ousel burst before dawn and the water took Pellford bridge.",
    "Rescuers in Pellford searched houses below the Tarnholm dam after the Ousel burst it.",
    "Engineers flew to Pellford to shore up what the Tarnholm dam burst left of Ousel quay.",
]
RATES = [
    "The central bank of Morvania raised interest rates by half a point to slow inflation.",
    "Lenders in Morvania followed the central bank and raised interest rates for savers.",
]


def told(texts: Sequence[str], *, first: int = 0, id: str) -> list[Report]:
    """Return reports a minute apart, with ids in their order."""
    return [
        report(text, id=f"{id}{number}", published=NOON + timedelta(minutes=first + number))
        for number, text in enumerate(texts)
    ]


def stands(threads: Threads, reports: Sequence[Report]) -> list[StoryId | None]:
    return [threads.story_of(one.id) for one in reports]


def ruling(verdict: Verdict, one: Report, other: Report, reason: str = "") -> Ruling:
    return Ruling(report=one.id, other=other.id, verdict=verdict, reason=reason, by="Ada")


def test_two_stories_that_turn_out_to_be_one_go_on_under_the_older_name() -> None:
    threads = Threads()
    older, newer = told(DAM, id="a"), told(DAM, first=10, id="b")
    for one in older:
        threads.restore(make_sketch(one), StoryId("dam"))
    for one in newer:
        threads.restore(make_sketch(one), StoryId("flood"))
    (bridge,) = told([DAM[0] + " " + DAM[1]], first=20, id="c")
    placement, *moved = threads.place([bridge])
    assert placement.story == "dam"
    assert [(one.report, one.story) for one in moved] == [(one.id, "dam") for one in newer]
    assert "turned out to be one" in moved[0].reasons[0]


def test_stories_of_different_matters_stay_two_beside_a_report_that_is_like_both() -> None:
    threads = Threads()
    dam, rates = told(DAM, id="a"), told(RATES, first=10, id="b")
    threads.place([*dam, *rates])
    threads.place(told([f"{DAM[0]} {RATES[0]}"], first=20, id="c"))
    assert len({*stands(threads, [*dam, *rates])}) == 2


@pytest.mark.parametrize("at_once", [True, False], ids=["in force before", "given later"])
def test_what_an_editor_puts_together_stands_together(at_once: bool) -> None:
    threads = Threads()
    dam, rates = told(DAM, id="a"), told(RATES, first=10, id="b")
    word = ruling("together", dam[0], rates[0], "the bank owns the dam")
    if at_once:
        threads.rule([word])
    threads.place([*dam, *rates])
    moved = threads.rule([word])
    assert len({*stands(threads, [*dam, *rates])}) == 1
    if not at_once:
        assert {one.report for one in moved} == {one.id for one in rates}
        assert moved[0].reasons[0] == "ruled together by Ada: the bank owns the dam"


@pytest.mark.parametrize("at_once", [True, False], ids=["in force before", "given later"])
def test_what_an_editor_keeps_apart_stays_apart_whatever_comes(at_once: bool) -> None:
    threads = Threads()
    dam = told(DAM, id="a")
    word = ruling("apart", dam[0], dam[1])
    if at_once:
        threads.rule([word])
    threads.place(dam)
    threads.rule([word])
    threads.place(told([DAM[0] + " " + DAM[1]] * 3, first=20, id="c"))
    threads.settle()
    first, second = stands(threads, dam[:2])
    assert first != second


def test_a_ruling_that_is_taken_back_is_followed_no_more() -> None:
    threads = Threads()
    dam, rates = told(DAM, id="a"), told(RATES, first=10, id="b")
    threads.place([*dam, *rates])
    before = stands(threads, [*dam, *rates])
    wrong = [ruling("together", dam[0], rates[0]), ruling("apart", dam[0], dam[1])]
    threads.rule(wrong)
    assert stands(threads, [*dam, *rates]) != before
    back = [replace(one, verdict="undecided") for one in wrong]
    threads.rule([*wrong, *back])
    assert stands(threads, [*dam, *rates]) == before


def test_the_newest_of_rulings_that_contradict_one_another_counts() -> None:
    threads = Threads()
    dam, rates = told(DAM, id="a"), told(RATES, first=10, id="b")
    threads.place([*dam, *rates])
    threads.rule(
        [
            ruling("together", dam[0], rates[0]),
            ruling("together", rates[0], rates[1]),
            ruling("apart", dam[0], rates[1]),
        ]
    )
    one, two, three = stands(threads, [dam[0], rates[0], rates[1]])
    assert one != three
    assert two == three


def test_a_report_that_is_later_than_the_window_moves_nothing() -> None:
    threads = Threads()
    dam = told(DAM, id="b")
    later = report(RATES[0], id="z", published=NOON + WINDOW + timedelta(hours=1))
    threads.place([*dam, later])
    before = stands(threads, dam)
    late = report(DAM[0], id="a", published=NOON - timedelta(hours=1))
    assert [one.report for one in threads.place([late])] == ["a"]
    assert stands(threads, [*dam, late]) == [*before, before[0]]


def test_a_late_first_report_takes_no_name_away() -> None:
    threads = Threads()
    dam = told(DAM, id="b")
    threads.place(dam)
    before = stands(threads, dam)
    late = report(DAM[0], id="a", published=NOON - timedelta(minutes=30))
    assert [(one.report, one.story) for one in threads.place([late])] == [("a", before[0])]


@pytest.mark.parametrize(
    "url, days",
    [
        pytest.param("https://gazette.example/2025/03/04/dam", 0, id="the day in its address"),
        pytest.param("https://gazette.example/dam", 365, id="no day in its address"),
    ],
)
def test_a_report_that_was_dated_anew_stands_on_the_day_of_its_address(url: str, days: int) -> None:
    dated = report(DAM[0], url=url, published=NOON + timedelta(days=365), doubts=("redated",))
    day = trusted_time(dated)
    assert day is not None
    assert (day.date() - NOON.date()).days == days
    threads = Threads()
    (first,) = threads.place([report(DAM[1], id="a")])
    (second,) = threads.place([replace(dated, id=ReportId("b"))])
    assert (second.story == first.story) is (days == 0)


def test_a_story_that_parted_just_now_is_not_closed_under_a_late_report() -> None:
    threads = Threads()
    mixed = [f"{one} Word{number}." for number in range(3) for one in (*DAM, *RATES)]
    for one in told(mixed, id="a"):
        threads.restore(make_sketch(one), StoryId("two"))
    far = 20 * 24 * 60
    _, *moved = threads.place(told(["A choir of bakers sang in Lower Vell."], first=far, id="b"))
    assert moved  # the quiet story was looked at again, and parted
    threads.close(NOON + timedelta(minutes=far) - timedelta(days=14))
    (late,) = told(["Otters swam in the Pell canal."], first=far - 60, id="c")
    assert threads.place([late])[0].report == late.id
    newer = told(["A comet was seen over Orla."], first=far + 24 * 60, id="d")
    threads.place(newer)
    threads.close(newer[0].published or NOON)
    assert threads.story_of(moved[0].report) is None
