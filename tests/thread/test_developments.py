"""What a report adds to what its story has told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sayso.extract.figures import find_figures
from sayso.records import (
    Decision,
    Development,
    Findings,
    Placement,
    Report,
    ReportId,
    Speaker,
    StoryId,
)
from sayso.thread.developments import StorySoFar
from sayso.thread.unfolding import Unfolding
from tests import build

DAM = "The dam above Vesk will hold through the night"


def told(
    words: str, speaker: str | None = "Ilse Maro", at: str = "09:00", **fields: Any
) -> tuple[Report, Findings]:
    """Return a report in which somebody says `words`, and what is found in it."""
    cue = fields.pop("cue", "said")
    source = speaker or "An official"
    outlet = fields.pop("outlet", "Gazette")
    key = fields.pop("key", None)
    kept = {"key": key} if key else {}
    text = f"{source} {cue}: {words}."
    report = build.report(text, outlet=outlet, published=build.at(at), **kept)
    said = build.said(report, words, source=source, cue=cue, speaker=speaker, **fields)
    return report, build.findings(report, said)


def kinds(*reports: tuple[Report, Findings]) -> list[str]:
    """Return what each statement is to the story, in the order in which it was told."""
    story = StorySoFar()
    return [step.kind for report, found in reports for step in story.take(report, found)]


def test_what_nobody_had_told_is_new() -> None:
    other = told("Trains to the coast run again after two days without any", "Odo Brandt")
    assert kinds(told(DAM), other) == ["new", "new"]


@pytest.mark.parametrize(
    "words, speaker",
    [
        pytest.param(DAM, "Ilse Maro", id="the-same-words"),
        pytest.param("the dam above Vesk will hold", "Ilse Maro", id="fewer-words"),
        pytest.param("the dam will hold for the night, above Vesk as below", "Maro", id="reworded"),
        pytest.param(DAM, None, id="nobody-named"),
    ],
)
def test_what_was_told_is_repeated(words: str, speaker: str | None) -> None:
    assert kinds(told(DAM), told(words, speaker, "11:00", outlet="Courier"))[1] == "repeated"


@pytest.mark.parametrize(
    "words, speaker",
    [
        pytest.param(
            "The dam above Vesk will not hold through the night", "Ilse Maro", id="denied"
        ),
        pytest.param("The dam above Vesk will hold for 30 hours", "Ilse Maro", id="a-number"),
        pytest.param("The dam will hold if the gates open", "Odo Brandt", id="somebody-else"),
    ],
)
def test_what_was_not_told_is_no_repetition(words: str, speaker: str) -> None:
    assert kinds(told(DAM), told(words, speaker, "11:00", outlet="Courier"))[1] != "repeated"


def test_a_quotation_that_was_told_in_pieces_is_repeated() -> None:
    first = told("“We shall mend the wall before the winter comes”", manner="direct")
    second = told("“nobody will pay but those who broke it”", at="10:00", manner="direct")
    whole = (
        "“We shall mend the wall before the winter comes, nobody will pay but those who broke it”"
    )
    half = (
        "“We shall mend the wall before the winter comes, and then our children may go to school”"
    )
    pieces = [first, second]
    # By another spelling of the name, which alone would make it another's.
    assert kinds(*pieces, told(whole, "I.M.", "11:00", manner="direct"))[2] == "repeated"
    assert kinds(*pieces, told(half, "I.M.", "11:00", manner="direct"))[2] == "new"


def test_a_denial_of_what_another_said_is_disputed() -> None:
    claim = told("the gates of the dam were opened too late on Friday", "Odo Brandt")
    denial = told(
        "that the gates of the dam were opened too late", "Ilse Maro", "11:00", cue="denied"
    )
    assert kinds(claim, denial) == ["new", "disputed"]


def test_a_denial_that_only_points_answers_what_was_told_last() -> None:
    claim = told("she will leave office this week after the flood in the valley", "Odo Brandt")
    denial = told("the report in full and in part", "Ilse Maro", "11:00", cue="denied")
    assert kinds(claim, denial) == ["new", "disputed"]


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("that trains to the coast would be stopped", id="what-nobody-said"),
        pytest.param("that the gates had been sold to a museum", id="one-word-of-it"),
    ],
)
def test_a_denial_of_what_nobody_told_disputes_nothing(words: str) -> None:
    claim = told("the gates of the dam were opened too late on Friday", "Odo Brandt")
    assert kinds(claim, told(words, "Ilse Maro", "11:00", cue="denied")) == ["new", "new"]


def test_who_calls_an_account_gossip_disputes_it() -> None:
    claim = told("the gates of the dam were opened too late on Friday", "Odo Brandt")
    answer = told("the account “gossip”", "Ilse Maro", "11:00", cue="called")
    assert kinds(claim, answer) == ["new", "disputed"]


@pytest.mark.parametrize(
    "claim, answer, kind",
    [
        pytest.param(
            "Deep cracks have opened in the wall of the dam",
            "there was not one crack in the whole of it",
            "disputed",
            id="not-one",
        ),
        pytest.param(
            "The inspectors did not find any cracks in the wall",
            "there were no cracks in the dam",
            "new",
            id="nobody-claimed-it",
        ),
        pytest.param(
            "The main pump had run 900 hours since its last service",
            "the main pump had run 640 hours, not 900",
            "disputed",
            id="another-number",
        ),
    ],
)
def test_who_says_that_it_is_not_so_disputes_what_another_told(
    claim: str, answer: str, kind: str
) -> None:
    assert kinds(told(claim, "Odo Brandt"), told(answer, "Ilse Maro", "11:00")) == ["new", kind]
    again = kinds(told(claim, "Ilse Maro"), told(answer, "Ilse Maro", "11:00"))
    assert again[1] != "disputed"


def test_who_refutes_reports_disputes_what_was_told_last() -> None:
    answer = told("reports", "Ilse Maro", "11:00", cue="refutes")
    assert kinds(told("The dam leaks", "Odo Brandt"), answer) == ["new", "disputed"]


def test_one_side_needs_fewer_of_its_words_to_have_told_it() -> None:
    claim = "The gauge below the dam had fallen by nineteen metres and Vesk was safe"
    again = "the gauge below the dam had fallen by nineteen metres overnight"
    ministry = Speaker(name="Norland's emergency ministry", kind="organisation")
    other = Speaker(name="Ministry of Emergency Situations", kind="organisation")
    stranger = Speaker(name="Union of Farm Workers", kind="organisation")
    assert spoken((claim, ministry), (again, other)) == ["new", "repeated"]
    assert spoken((claim, ministry), (again, stranger)) == ["new", "new"]


def spoken(*said: tuple[str, Speaker]) -> list[str]:
    """Return what each statement is to the story, by who says it."""
    made = [told(words, speaker.name, f"{10 + at}:00") for at, (words, speaker) in enumerate(said)]
    voiced = [
        (report, replace(found, attributions=(replace(found.attributions[0], speaker=speaker),)))
        for (report, found), (_, speaker) in zip(made, said, strict=True)
    ]
    return kinds(*voiced)


def counted(words: str, speaker: str, at: str) -> tuple[Report, Findings]:
    """Return a report in which somebody says `words`, with the figures in them."""
    report, found = told(words, speaker, at)
    figures = find_figures(report, found.attributions, ())
    return report, replace(found, figures=figures)


def test_the_first_dead_after_there_were_none_are_a_change() -> None:
    none = told("there were no dead or injured on this bank of the river")
    assert kinds(none, counted("two people have died", "Ilse Maro", "11:00")) == ["new", "changed"]
    assert kinds(none, counted("two people have died", "Odo Brandt", "11:00")) == ["new", "new"]


def test_the_same_count_by_another_and_a_quotation_of_it_are_no_repetition() -> None:
    first = counted("nine people are dead", "Ilse Maro", "09:00")
    again = counted("nine people were dead", "Ilse Maro", "10:00")
    other = counted("nine people were dead", "Odo Brandt", "11:00")
    assert kinds(first, again) == ["new", "repeated"]
    assert kinds(first, other) == ["new", "new"]


def test_that_there_are_none_is_told_once_in_whatever_words() -> None:
    none = told("there were no dead or injured on this bank of the river")
    assert kinds(none, told("nobody has been killed so far", at="11:00")) == ["new", "repeated"]
    assert kinds(none, told("nobody has been arrested so far", at="11:00")) == ["new", "new"]


def test_what_was_said_long_before_the_story_is_background() -> None:
    old = told("the dam would never fail in our lifetimes", said_on=date(2021, 5, 3))
    assert kinds(told(DAM), old) == ["new"]


def test_what_was_asked_is_no_development() -> None:
    assert kinds(told(DAM, modality="asked")) == []


def test_an_edit_changes_what_its_earlier_version_said() -> None:
    first, found = told("the bridge at Vesk opens on Tuesday for cars and lorries", key="bridge")
    edited, now = told("the bridge at Vesk opens on Friday for cars and lorries", key="bridge")
    story = StorySoFar()
    story.take(first, found)
    (step,) = story.take(edited, now, replaces=first.id)
    assert step.kind == "changed"
    assert "opens on tuesday" in step.reasons[0]


def decision(*reports: tuple[Report, Findings], story: str = "dam") -> Decision:
    return Decision(
        reports=tuple(report for report, _ in reports),
        findings=tuple(found for _, found in reports),
        placements=tuple(
            Placement(report=report.id, story=StoryId(story), score=1.0) for report, _ in reports
        ),
        developments=tuple(
            Development(story=StoryId(story), kind="new", report=report.id) for report, _ in reports
        ),
    )


def rows(made: tuple[Development, ...]) -> list[tuple[str, ReportId, bool]]:
    return [(one.kind, one.report, one.statement is not None) for one in made]


def test_a_statement_that_was_told_brings_no_row_of_its_own() -> None:
    first, again = told(DAM), told(DAM, at="11:00", outlet="Courier")
    made = Unfolding().developments(decision(first, again), lambda _: [])
    assert rows(made) == [
        ("new", first[0].id, False),
        ("new", first[0].id, True),
        ("repeated", again[0].id, False),
    ]


def test_what_a_story_told_is_known_again_after_a_restart() -> None:
    first, again = told(DAM), told(DAM, at="11:00", outlet="Courier")
    kept = {StoryId("dam"): [first]}
    made = Unfolding().developments(decision(again), lambda story: kept[story])
    assert [one.kind for one in made] == ["repeated"]


def test_another_story_has_told_nothing() -> None:
    unfolding = Unfolding()
    unfolding.developments(decision(told(DAM)), lambda _: [])
    again = told(DAM, at="11:00", outlet="Courier")
    made = unfolding.developments(decision(again, story="flood"), lambda _: [])
    assert [one.kind for one in made] == ["new", "new"]


def test_a_report_that_leaves_takes_with_it_what_only_it_told() -> None:
    first, again = told(DAM), told(DAM, at="11:00", outlet="Courier")
    unfolding = Unfolding()
    unfolding.developments(decision(first), lambda _: [])
    moved = Decision(placements=(Placement(report=first[0].id, story=StoryId("flood"), score=1.0),))
    unfolding.developments(moved, lambda _: [])
    made = unfolding.developments(decision(again), lambda _: [])
    assert [one.kind for one in made] == ["new", "new"]


def test_a_report_that_joins_another_story_has_told_it_there() -> None:
    first, again = told(DAM), told(DAM, at="11:00", outlet="Courier")
    unfolding = Unfolding()
    unfolding.developments(decision(first), lambda _: [])
    other = told("Trains to the coast run again after two days without any", "Odo Brandt")
    unfolding.developments(decision(other, story="flood"), lambda _: [])
    moved = Decision(placements=(Placement(report=first[0].id, story=StoryId("flood"), score=1.0),))
    unfolding.developments(moved, lambda _: [])
    made = unfolding.developments(decision(again, story="flood"), lambda _: [])
    assert [one.kind for one in made] == ["repeated"]


def test_what_two_reports_told_stays_told_when_one_of_them_leaves() -> None:
    first, again = told(DAM), told(DAM, at="11:00", outlet="Courier")
    third = told(DAM, at="12:00", outlet="Herald")
    unfolding = Unfolding()
    unfolding.developments(decision(first, again), lambda _: [])
    moved = Decision(placements=(Placement(report=first[0].id, story=StoryId("flood"), score=1.0),))
    unfolding.developments(moved, lambda _: [])
    made = unfolding.developments(decision(third), lambda _: [])
    assert [one.kind for one in made] == ["repeated"]


def test_figures_go_with_the_report_that_tells_them() -> None:
    nine = counted("nine people have died in the flood", "Ilse Maro", "09:00")
    twelve = counted("twelve people have died in the flood", "Ilse Maro", "11:00")
    other = told("Trains to the coast run again after two days without any", "Odo Brandt")
    unfolding = Unfolding()
    unfolding.developments(decision(nine), lambda _: [])
    unfolding.developments(decision(other, story="flood"), lambda _: [])
    moved = Decision(placements=(Placement(report=nine[0].id, story=StoryId("flood"), score=1.0),))
    unfolding.developments(moved, lambda _: [])
    for story, kind in (("flood", "changed"), ("dam", "new")):
        made = unfolding.developments(decision(twelve, story=story), lambda _: [])
        assert [one.kind for one in made if one.statement] == [kind], story
