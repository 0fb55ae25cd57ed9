"""To whom, by what channel, on which day and through whom something was said."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from sayso.extract.around import around
from sayso.extract.rules import RulesFinder
from sayso.extract.speakers import resolve
from sayso.extract.times import find_times
from sayso.records import Attribution, Report, ReportId, Span


def told(text: str) -> tuple[Report, list[Attribution]]:
    report = Report(
        id=ReportId("r"),
        key="r",
        text=text,
        headline="",
        outlet="Gazette",
        published=datetime(2031, 5, 7, 12, tzinfo=UTC),
    )
    found = resolve(report, RulesFinder().find(report))
    return report, list(around(report, found, find_times(report)))


def words(report: Report, span: Span | None) -> str | None:
    return report.cut(span) if span is not None else None


ADDRESSEES = [
    pytest.param(
        "“We are safe,” Martha Ames told Norland broadcaster NBG.",
        "Norland broadcaster NBG",
        id="told-at-the-end",
    ),
    pytest.param(
        "Martha Ames told Norland state media that the dam would hold.",
        "Norland state media",
        id="told-that",
    ),
    pytest.param("Martha Ames told me that the dam would hold.", "me", id="pronoun"),
    pytest.param(
        "In an interview with the Gazette, Martha Ames said that the dam would hold.",
        "the Gazette",
        id="interview",
    ),
    pytest.param("Martha Ames said that she told the Gazette nothing.", None, id="only-in-content"),
    pytest.param("Martha Ames said that the dam would hold.", None, id="nobody"),
]


@pytest.mark.parametrize(("text", "expected"), ADDRESSEES)
def test_whoever_is_told_is_named(text: str, expected: str | None) -> None:
    report, (found,) = told(text)
    assert words(report, found.addressee) == expected


CHANNELS = [
    pytest.param(
        "Ames, in a televised address to the nation, warned that the dam would break.",
        "in a televised address to the nation",
        id="address",
    ),
    pytest.param(
        "Ames said in a statement that the dam would hold.", "in a statement", id="said-in"
    ),
    pytest.param("Ames tweeted that the dam would hold.", "tweeted", id="the-cue-itself"),
    pytest.param(
        "Chancellor Martha Ames, speaking to the assembly on Monday, said that talks had failed.",
        "speaking to the assembly",
        id="speaking-to",
    ),
    pytest.param("“We are safe,” Ames wrote on Telegram.", "on Telegram", id="platform"),
    pytest.param(
        "Ames said the dam would hold in a video message recorded from Lowbridge.",
        "in a video message recorded from Lowbridge",
        id="recorded",
    ),
    pytest.param(
        "An official, speaking on condition of anonymity, said that talks had failed.",
        None,
        id="anonymity",
    ),
    pytest.param("Ames said that the letter was a forgery.", None, id="a-letter-told-of"),
    pytest.param("Ames said “he lied in a statement”.", None, id="a-statement-told-of"),
]


@pytest.mark.parametrize(("text", "expected"), CHANNELS)
def test_the_channel_is_the_one_it_was_said_by(text: str, expected: str | None) -> None:
    report, (found,) = told(text)
    assert words(report, found.channel) == expected


DAYS = [
    pytest.param("Ames said on Monday that the dam would hold.", date(2031, 5, 5), id="by-the-cue"),
    pytest.param("“We are safe,” Ames said on May 3.", date(2031, 5, 3), id="behind-the-cue"),
    pytest.param(
        "Chancellor Martha Ames, speaking to the assembly on May 3, said that talks had failed.",
        date(2031, 5, 3),
        id="by-the-channel",
    ),
    pytest.param("Ames said that the dam broke on Monday.", None, id="the-day-told-of"),
    pytest.param("Ames, who left on Monday, said that the dam would hold.", None, id="who-left"),
    pytest.param("Ames said that the dam would hold.", None, id="no-day"),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_the_day_is_that_of_the_telling_or_nobodys(text: str, day: date | None) -> None:
    _, (found,) = told(text)
    assert found.said_on == day


CHAINS = [
    pytest.param(
        "Two ships sank, the Harbour Ministry said, state radio reported.",
        ("Harbour Ministry", "Two ships sank", ["state radio"]),
        id="reported-behind",
    ),
    pytest.param(
        "State radio reported that the Harbour Ministry said two ships sank.",
        ("Harbour Ministry", "two ships sank", ["State radio"]),
        id="reported-before",
    ),
    pytest.param(
        "The Norpress news agency quoted the Harbour Ministry as saying two ships sank.",
        ("Harbour Ministry", "two ships sank", ["Norpress news agency"]),
        id="quoted-as-saying",
    ),
    pytest.param(
        "“Two ships sank,” the Norpress agency quoted the Harbour Ministry as saying.",
        ("Harbour Ministry", "“Two ships sank,”", ["Norpress agency"]),
        id="quoted-behind",
    ),
    pytest.param(
        "The Harbour Ministry was quoted by state media as saying two ships sank.",
        ("Harbour Ministry", "two ships sank", ["state media"]),
        id="was-quoted-by",
    ),
    pytest.param(
        "“Two ships sank,” Martha Ames said, according to two people on the call.",
        ("Martha Ames", "“Two ships sank,”", ["two people on the call"]),
        id="said-according-to",
    ),
    pytest.param(
        "Martha Ames said that Peter Birch told her two ships sank.",
        ("Martha Ames", "that Peter Birch told her two ships sank", []),
        id="a-person-tells-of-another",
    ),
    pytest.param(
        "Two ships sank, the Harbour Ministry said.",
        ("Harbour Ministry", "Two ships sank", []),
        id="no-chain",
    ),
]


@pytest.mark.parametrize(("text", "expected"), CHAINS)
def test_who_only_passed_it_on_is_a_link(text: str, expected: tuple[str, str, list[str]]) -> None:
    report, (found,) = told(text)
    assert found.speaker is not None
    content = " ".join(report.cut(span) for span in found.content)
    assert (found.speaker.name, content, [link.name for link in found.via]) == expected


def test_nothing_else_about_an_attribution_changes() -> None:
    text = "Ames said in a statement on Monday that the dam would hold."
    report, (found,) = told(text)
    (before,) = resolve(report, RulesFinder().find(report))
    assert (found.id, found.source, found.cue, found.content) == (
        before.id,
        before.source,
        before.cue,
        before.content,
    )
