"""Speakers within a report: last names, roles, pronouns, and what stays open."""

from __future__ import annotations

import pytest

from sayso.extract.rules import RulesFinder
from sayso.extract.speakers import resolve
from sayso.records import Report, ReportId, Speaker


def speakers(text: str) -> list[Speaker | None]:
    report = Report(id=ReportId("r"), key="r", text=text, headline="", outlet="Gazette")
    return [one.speaker for one in resolve(report, RulesFinder().find(report))]


def names(text: str) -> list[str | None]:
    return [speaker.name if speaker else None for speaker in speakers(text)]


def test_a_last_name_is_the_person_whom_the_report_names_in_full_anywhere() -> None:
    text = (
        "Ames said the dam would hold.\n\n"
        "Norlandish Foreign Minister Martha Ames visited Lowbridge on Monday."
    )
    (speaker,) = speakers(text)
    assert speaker is not None
    assert (speaker.name, speaker.role) == ("Martha Ames", "Norlandish Foreign Minister")
    assert not speaker.inferred


PRONOUNS = [
    pytest.param(
        "Martha Ames said the dam would hold. She said help was near.",
        ["Martha Ames", "Martha Ames"],
        id="goes-on-speaking",
    ),
    pytest.param(
        "Martha Ames met Peter Birch in Lowbridge. He said the dam would hold.",
        ["Peter Birch"],
        id="gender-decides",
    ),
    pytest.param(
        "Martha Ames said that Peter Birch and Paul Cole had left. She said help was near.",
        ["Martha Ames", "Martha Ames"],
        id="those-spoken-of-do-not-speak",
    ),
    pytest.param(
        "Peter Birch and Paul Cole met in Lowbridge. He said the dam would hold.",
        [None],
        id="either-of-two-stays-open",
    ),
    pytest.param(
        "The dam held on Monday. He said help was near.",
        [None],
        id="nobody-named-stays-open",
    ),
    pytest.param(
        "A witness told the Gazette that the dam broke. He said the water rose.",
        [None, None],
        id="unnamed-goes-on-unnamed",
    ),
    pytest.param(
        "Peter Birch, who said the dam would hold, left on Monday.",
        ["Peter Birch"],
        id="who",
    ),
    pytest.param(
        "“Cole lied,” Peter Birch said. “Cole knew,” he added.",
        ["Peter Birch", "Peter Birch"],
        id="not-whom-the-quotation-names",
    ),
    pytest.param(
        "Peter Birch's plan failed. Nobody was hurt. He said the dam would hold.",
        ["Peter Birch"],
        id="named-as-an-owner",
    ),
    pytest.param(
        "Paul Cole met the guards like Peter Birch at the gate.\n\n"
        "Peter Birch went home. He slept. He said the dam would hold.",
        ["Peter Birch"],
        id="he-that-says-nothing-in-between",
    ),
    pytest.param(
        "North Korean troops left. He said the dam would hold.", [None], id="no-person-at-all"
    ),
]


@pytest.mark.parametrize(("text", "expected"), PRONOUNS)
def test_a_pronoun_is_given_to_whom_it_must_mean_or_to_nobody(
    text: str, expected: list[str | None]
) -> None:
    assert names(text) == expected


def test_what_is_worked_out_says_so_and_why() -> None:
    _, speaker = speakers("Martha Ames said the dam would hold. She said help was near.")
    assert speaker is not None
    assert speaker.inferred
    assert speaker.confidence < 0.96
    assert speaker.reasons == ("“She” taken as Martha Ames, in the sentence before",)


def test_a_role_is_the_one_person_who_holds_it() -> None:
    text = "Foreign Minister Martha Ames left on Monday. The minister said talks had failed."
    (speaker,) = speakers(text)
    assert speaker is not None
    assert (speaker.name, speaker.inferred) == ("Martha Ames", True)


def test_a_role_that_two_people_hold_stays_unnamed() -> None:
    text = (
        "Foreign Minister Martha Ames met Defence Minister Peter Birch. "
        "The minister said talks had failed."
    )
    (speaker,) = speakers(text)
    assert speaker is not None
    assert (speaker.name, speaker.kind) == (None, "unnamed")


def test_a_leader_is_not_the_leader_of_something_else() -> None:
    text = (
        "German opposition leader Martha Ames left on Monday. The German leader said talks failed."
    )
    (speaker,) = speakers(text)
    assert speaker is not None
    assert (speaker.name, speaker.country) == (None, "DE")


def test_a_countrys_leader_is_its_president() -> None:
    text = "German President Martha Ames left on Monday. The German leader said talks failed."
    (speaker,) = speakers(text)
    assert speaker is not None
    assert (speaker.name, speaker.inferred) == ("Martha Ames", True)


def test_an_office_before_a_comma_is_held_by_who_is_named_behind_it() -> None:
    text = (
        "Lowbridge’s governor, Martha Ames, a Republican, told reporters that the dam held.\n\n"
        "Ames said that the road was open."
    )
    held = [speaker.role if speaker else None for speaker in speakers(text)]
    assert held == ["Lowbridge’s governor"] * 2


def test_a_former_office_stays_a_former_one() -> None:
    text = (
        "The mayor, Peter Birch, left.\n\n"
        "Former Lowbridge Mayor Martha Ames said the dam held. Ames said the road was open."
    )
    held = [speaker.role if speaker else None for speaker in speakers(text)]
    assert held == ["Former Lowbridge Mayor"] * 2


def test_a_last_name_that_is_a_common_word_is_its_bearers() -> None:
    text = "Martha Story came to Lowbridge. Story in an e-mail said the dam held."
    assert names(text) == ["Martha Story"]
    assert names("Martha Ames came. Ames’ family said the dam held.") == [None]


def test_a_last_name_that_two_people_share_is_given_to_neither() -> None:
    text = "Martha Ames met Peter Ames on Monday. Ames said talks had failed."
    assert names(text) == ["Ames"]


COUNTRIES = [
    pytest.param("German Chancellor Martha Ames said it was late.", "DE", id="adjective"),
    pytest.param(
        "The U.S. ambassador to Ukraine, Martha Ames, said it was late.", "US", id="not-where-sent"
    ),
    pytest.param("Kremlin spokesman Ivan Petrov said it was late.", "RU", id="seat"),
    pytest.param("NATO Secretary-General Martha Ames said it was late.", None, id="alliance"),
    pytest.param("Poland said it was late.", "PL", id="state"),
    pytest.param("Martha Ames said it was late.", None, id="nobody-says"),
]


@pytest.mark.parametrize(("text", "country"), COUNTRIES)
def test_a_country_is_given_only_where_the_words_say_it(text: str, country: str | None) -> None:
    (speaker,) = speakers(text)
    assert speaker is not None
    assert speaker.country == country


def test_an_initial_stands_for_the_first_name() -> None:
    text = "M. Ames said the dam would hold.\n\nMartha Ames left on Monday. Peter Birch stayed."
    assert names(text) == ["Martha Ames"]


def test_someone_elses_deed_makes_nobody_a_speaker() -> None:
    assert speakers("Birch’s move came a day after the dam broke.") == []


def test_an_office_holder_is_not_somebody_of_the_same_name_met_later() -> None:
    text = (
        "President Ames said the dam would hold.\n\n"
        "The town had met Martha Ames before. Ames said help was near."
    )
    assert names(text) == ["Ames", "Ames"]


def test_pronouns_tell_more_than_a_given_name() -> None:
    text = "Courtney Birch lost his boat, he told us. He left. Courtney Birch sold his house."
    text += "\n\nHe said the dam would hold."
    assert names(text)[-1] == "Courtney Birch"
