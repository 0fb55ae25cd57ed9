"""Which story a report joins, and what happens as a story grows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.records import Lineage, Part, Placement, Report, ReportId, Span, StoryId
from sayso.thread.sketch import make_sketch
from sayso.thread.threads import Threads, thread_all
from sayso.thread.vectors import matter
from tests.build import NOON, report

DAM = "The Tarnholm dam on the river Ousel burst before dawn and the water took Pellford bridge."
DAM_AGAIN = "Rescuers in Pellford searched houses below the Tarnholm dam after the Ousel burst it."
DAM_AID = "Engineers flew to Pellford to shore up what the Tarnholm dam burst left of Ousel quay."
BYLINE = "By Ottoline Quarrelbeck"
RATES = "The central bank of Morvania raised interest rates by half a point to slow inflation."
QUAKE = "An earthquake of magnitude six shook {place} and {people} slept outdoors, {name} said."


def stories(reports: list[Report]) -> set[frozenset[ReportId]]:
    return {frozenset(story.reports) for story in thread_all(reports)[0]}


def quakes(place: str, people: str, name: str, count: int = 5) -> list[Report]:
    """Return undated reports on one earthquake, each with a sentence of its own."""
    aside = ["Roofs fell.", "Schools closed.", "Roads split.", "Wells dried.", "Trains stopped."]
    return [
        report(
            [
                QUAKE.format(place=place, people=people, name=name),
                f"{name} toured {place} and the {people}. {aside[number]}",
            ],
            published=None,
            id=f"{number}-{place}",
        )
        for number in range(count)
    ]


@pytest.mark.parametrize(
    "first, second, hours, together",
    [
        pytest.param(DAM, DAM_AGAIN, 3, True, id="other words for the same thing"),
        pytest.param(DAM, RATES, 3, False, id="another matter"),
        pytest.param(DAM, DAM_AGAIN, 24 * 40, False, id="the same words forty days on"),
    ],
)
def test_a_report_joins_what_it_is_like(
    first: str, second: str, hours: int, together: bool
) -> None:
    older = report(first)
    newer = report(second, published=NOON + timedelta(hours=hours))
    assert (len(stories([older, newer])) == 1) is together


def test_a_headline_alone_does_not_decide() -> None:
    body = f"{RATES} Savers in Morvania waited years for such a day, and lenders had feared it."
    other = f"{DAM} {DAM_AGAIN} {DAM_AID}"
    pair = [report(body, headline="What a day"), report(other, headline="What a day")]
    assert len(stories(pair)) == 2


def test_a_copy_goes_where_its_origin_went() -> None:
    threads = Threads()
    origin, copy = (
        report(DAM),
        report(RATES, outlet="Mirror", published=NOON + timedelta(minutes=1)),
    )
    (first,) = threads.place([origin])
    (second,) = threads.place([copy], [Lineage(report=copy.id, origin=origin.id)])
    assert second.story == first.story
    assert second.reasons == ("copied from a report of this story",)


def test_a_placement_says_what_the_report_shares_with_its_story() -> None:
    _, (_, second) = thread_all([report(DAM, id="a"), report(DAM_AGAIN, id="b")])
    assert second.reasons[0].startswith("likeness ")
    assert "tarnholm" in second.reasons[1]


def test_two_quakes_that_were_taken_for_one_are_parted() -> None:
    """The oldest report's camp keeps the story; the others are told why they moved."""
    ours = quakes("Vennick", "fishermen", "Mayor Oda Strell")
    theirs = quakes("Zalloro", "vintners", "Governor Lazar Quint")
    mixed = [one for pair in zip(ours, theirs, strict=True) for one in pair]
    threads = Threads()
    for one in mixed:
        threads.restore(make_sketch(one), StoryId("quake"))
    moved = threads.settle()
    assert {one.report for one in moved} == {one.id for one in theirs}
    assert threads.story_of(ours[0].id) == "quake"
    assert all(threads.story_of(one.report) == one.story != "quake" for one in moved)
    assert "zalloro" in moved[0].reasons[1]
    assert threads.settle() == ()


def test_a_story_that_runs_is_not_parted_until_it_is_quiet() -> None:
    threads = Threads()
    camps = quakes("Vennick", "fishermen", "Oda Strell") + quakes("Zalloro", "vintners", "Quint")
    for number, one in enumerate(camps):
        dated = report(one.text, id=one.id, published=NOON + timedelta(minutes=number))
        threads.restore(make_sketch(dated), StoryId("quake"))
    assert len(threads.place([report(RATES, published=NOON + timedelta(hours=2))])) == 1
    assert len(threads.place([report(DAM, published=NOON + timedelta(days=2))])) == 6


def test_a_closed_story_takes_no_more_reports() -> None:
    threads = Threads()
    (first,) = threads.place([report(DAM)])
    # What may still be taken back stays: it is closed once nothing can be placed before it.
    threads.place([report(RATES, published=NOON + timedelta(hours=3))])
    threads.close(NOON + timedelta(hours=1))
    (second,) = threads.place([report(DAM_AGAIN, published=NOON + timedelta(hours=4))])
    assert second.story != first.story
    assert threads.story_of(first.report) is None


def test_a_report_that_was_restored_is_found_again() -> None:
    threads = Threads()
    threads.restore(make_sketch(report(DAM)), StoryId("dam"))
    (placement,) = threads.place([report(DAM_AGAIN)])
    assert placement.story == "dam"


REPORTS = st.lists(
    st.builds(
        lambda body, minutes, outlet: report(
            body, outlet=outlet, published=NOON + timedelta(minutes=minutes)
        ),
        st.sampled_from([DAM, DAM_AGAIN, DAM_AID, RATES, "", "42"]),
        st.integers(0, 5_000),
        st.sampled_from(["Orla Gazette", "Pell Courier", "Ousel Post"]),
    ),
    max_size=12,
    unique_by=lambda one: one.id,
)


@settings(deadline=None, max_examples=50)
@given(REPORTS, st.randoms(use_true_random=False))
def test_order_of_arrival_does_not_matter(reports: list[Report], random: Random) -> None:
    assert thread_all(random.sample(reports, len(reports))) == thread_all(reports)


@settings(deadline=None, max_examples=50)
@given(REPORTS)
def test_twice_is_once(reports: list[Report]) -> None:
    assert stories(reports + reports) == stories(reports)


@settings(deadline=None, max_examples=50)
@given(REPORTS)
def test_every_report_stands_in_the_one_story_of_its_last_placement(reports: list[Report]) -> None:
    made, placements = thread_all(reports)
    stands: dict[ReportId, StoryId] = {one: story.id for story in made for one in story.reports}
    last: dict[ReportId, Placement] = {one.report: one for one in placements}
    assert sum(len(story.reports) for story in made) == len(stands) == len(reports)
    assert {one.report: one.story for one in last.values()} == stands


def test_who_wrote_a_report_does_not_say_what_it_is_about() -> None:
    signed = report([BYLINE, DAM])
    parts = (Part("byline", Span(0, len(BYLINE))),)
    assert matter(replace(signed, parts=parts)).split() == DAM.split()
