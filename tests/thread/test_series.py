"""Which figures count the same thing, and how each moves its series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from sayso.extract.figures import find_figures
from sayso.records import Speaker
from sayso.thread.counts import read_counts
from sayso.thread.series import AllSeries
from tests import build

Told = tuple[str, str, str | None, str]
"""A time, what is told, who says so, and the outlet."""


def series_of(*told: Told) -> list[list[tuple[float, str]]]:
    """Return the series: each figure as its number and how it moves."""
    found = AllSeries()
    made: list[tuple[int, float, str]] = []
    for time, words, source, outlet in told:
        report = build.report(f"{words}.", outlet=outlet, published=build.at(time))
        said = []
        if source is not None:
            speaker = Speaker(name=source, role=role(source))
            said = [build.said(report, words, speaker=speaker)]
        figures = find_figures(report, said, ())
        counts = read_counts(report, replace(build.findings(report, *said), figures=figures))
        for count in counts:
            added = found.add(count)
            if added is not None:
                series, move, _ = added
                made.append((id(series), count.high or count.low or 0.0, move))
    return [
        [(number, move) for at, number, move in made if at == one]
        for one in dict.fromkeys(at for at, _, _ in made)
    ]


def role(name: str) -> str | None:
    return {"Ilse Maro": "civil protection chief", "Odo Brandt": "civil protection spokesman"}.get(
        name
    )


def sizes(*told: Told) -> list[int]:
    return [len(one) for one in series_of(*told)]


def in_turn(words: Sequence[str], source: str | None = "Ilse Maro") -> list[Told]:
    return [(f"{8 + n:02}:00", text, source, "Gazette") for n, text in enumerate(words)]


@pytest.mark.parametrize(
    "other",
    [
        "At least 14 were dead",
        "A death toll of 14",
        "The number of dead: 14",
        "The flood has killed 14 people",
        "14 people had been identified as dead",
        "The toll rose to 14",
    ],
)
def test_a_toll_is_one_series_however_it_is_worded(other: str) -> None:
    assert series_of(*in_turn(["12 people were killed", other])) == [[(12, "first"), (14, "rose")]]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param("14 people were injured", id="another-state"),
        pytest.param("14 people are missing", id="missing"),
        pytest.param("14 children were killed", id="only-children"),
        pytest.param("14 people were killed in Kesh", id="another-place"),
        pytest.param("The bodies of 14 people are in the hospital", id="at-a-site"),
    ],
)
def test_two_indicators_are_never_one_series(other: str) -> None:
    assert sizes(*in_turn(["12 people were killed in Vesk", other])) == [1, 1]


@pytest.mark.parametrize(
    "part",
    [
        pytest.param("Three of them were children", id="a-part"),
        pytest.param("Five more bodies were found", id="what-was-added"),
        pytest.param("The toll could reach 50", id="what-may-come"),
        pytest.param("The dead were down from 30", id="what-was-before"),
        pytest.param("Six bodies were found overnight", id="what-was-found"),
    ],
)
def test_what_is_no_count_of_the_whole_joins_no_toll(part: str) -> None:
    assert series_of(*in_turn(["12 people were killed", part]))[0] == [(12, "first")]


def test_a_count_of_people_that_falls_was_revised() -> None:
    told = in_turn(["112 people are missing", "74 people are missing, down from 112"])
    assert series_of(*told) == [[(112, "first"), (74, "fell")]]


def test_two_sides_who_differ_on_one_day_are_at_odds() -> None:
    (series,) = series_of(
        ("08:00", "12 people were killed", "Ilse Maro", "Gazette"),
        ("09:00", "17 people were killed", "Residents' list", "Courier"),
    )
    assert series == [(12, "first"), (17, "conflict")]


def test_two_who_speak_for_one_office_only_go_on() -> None:
    (series,) = series_of(
        ("08:00", "12 people were killed", "Ilse Maro", "Gazette"),
        ("09:00", "17 people were killed", "Odo Brandt", "Courier"),
    )
    assert series == [(12, "first"), (17, "rose")]


def test_two_places_in_one_sentence_are_two_counts() -> None:
    told = ("08:00", "The flood killed 27 people in Orla and two in Kesh", None, "Gazette")
    assert sizes(told) == [1, 1]


def test_pledges_are_kept_apart_by_who_pledges() -> None:
    told = [
        ("08:00", "The European Union pledged 40 million euros", "European Union", "Gazette"),
        ("09:00", "Orla promised 15 million euros", "Orla", "Gazette"),
        ("10:00", "The European Union gave 40 million euros", "European Union", "Courier"),
    ]
    assert sorted(sizes(*told)) == [1, 2]


@pytest.mark.parametrize(
    "words, wanted",
    [
        pytest.param(
            ["Odo Brandt had 52 percent of the vote", "Ilse Maro had 46 percent of the vote"],
            [1, 1],
            id="two-candidates",
        ),
        pytest.param(
            ["Odo Brandt had 52 percent of the vote", "Brandt's share fell to 50 percent"],
            [2],
            id="one-candidate",
        ),
        pytest.param(
            ["Turnout was 71 percent of the 4.2 million voters", "She put turnout at 69 percent"],
            [2, 1],
            id="turnout",
        ),
        pytest.param(
            ["Turnout was 71 percent", "With 71 percent of the ballots counted, it was close"],
            [1, 1],
            id="turnout-and-what-was-counted",
        ),
        pytest.param(
            ["With 88 percent of the ballots counted, it was close", "His share was 49 percent"],
            [1, 1],
            id="pronoun-share",
        ),
        pytest.param(
            ["4 million people are entitled to vote", "3 million people voted"],
            [1],
            id="may-vote-and-did",
        ),
        pytest.param(
            ["94 people were on board", "At least 11 people were killed"],
            [1, 1],
            id="aboard-and-dead",
        ),
        pytest.param(
            ["It had admitted 38 people", "It was treating 41 of those on board"],
            [2],
            id="of-those-on-board",
        ),
    ],
)
def test_whose_share_and_in_what_state_keeps_two_counts_apart(
    words: Sequence[str], wanted: list[int]
) -> None:
    assert sizes(*in_turn(words)) == wanted


@pytest.mark.parametrize(
    "words, counts", [("about the 23 dead of Monday", True), ("whether 23 had died", False)]
)
def test_a_question_about_a_figure_takes_it_for_so_and_one_whether_it_is_does_not(
    words: str, counts: bool
) -> None:
    report = build.report(f"Asked {words}, she left.")
    said = build.said(report, words, source=None, cue="Asked", speaker=None, modality="asked")
    figures = find_figures(report, [said], ())
    (count,) = read_counts(report, replace(build.findings(report, said), figures=figures))
    assert count.unsure != counts
