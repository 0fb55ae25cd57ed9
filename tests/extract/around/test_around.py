"""To whom, by what channel, on which day and through whom something was said."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime

import pytest

from sayso.extract.around import around
from sayso.extract.rules import RulesFinder
from sayso.extract.speakers import resolve
from sayso.extract.times import find_times
from sayso.records import Attribution, AttributionId, Report, ReportId, Span


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
        "Martha Ames told Congress last week that the dam would hold.",
        "Congress",
        id="the-day-is-no-hearer",
    ),
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
        "In a letter to the heads of the committees, Martha Ames said that the dam would hold.",
        "In a letter to the heads of the committees",
        id="at-the-start",
    ),
    pytest.param(
        "Moved by the messages from the valley, Martha Ames said that the dam would hold.",
        None,
        id="what-moved-somebody",
    ),
    pytest.param(
        "Martha Ames said in written comments that the dam would hold.",
        "in written comments",
        id="no-article",
    ),
    pytest.param(
        "Ames, in a televised address to the nation, warned that the dam would break.",
        "in a televised address to the nation",
        id="address",
    ),
    pytest.param(
        "Ames said in a statement that the dam would hold.", "in a statement", id="said-in"
    ),
    pytest.param(
        "Ames said in an interview with Radio Orla that the dam would hold.",
        "in an interview with Radio Orla",
        id="a-name-of-two-words",
    ),
    pytest.param(
        "Ames said in a speech to the Federation of Farm Workers that the dam would hold.",
        "in a speech to the Federation of Farm Workers",
        id="a-name-with-of",
    ),
    pytest.param(
        "Ames said in an interview with a local newspaper on Monday that the dam would hold.",
        "in an interview with a local newspaper",
        id="no-name",
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


def test_a_number_that_is_part_of_a_name_is_kept() -> None:
    text = "Ames said in an interview with Channel Six that the dam would hold."
    report = dataclasses.replace(told("Ames spoke.")[0], text=text)

    def at(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    given = Attribution(
        id=AttributionId("a"),
        content=(at("that the dam would hold"),),
        cue=at("said"),
        source=at("Ames"),
        manner="indirect",
        confidence=0.9,
        maker="test/1",
    )
    (found,) = around(report, [given], [])
    assert words(report, found.addressee) == "Channel Six"
    assert words(report, found.channel) == "in an interview with Channel Six"


DAYS = [
    pytest.param(
        "Martha Ames said last week that the dam would hold.", None, id="a-week-is-no-day"
    ),
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


def as_found(text: str, source: str, cue: str, *content: str) -> Attribution:
    """An attribution as a finder gives it that sees no chain."""

    def span(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words))

    return Attribution(
        id=AttributionId(f"{source}{cue}{content}"),
        cue=span(cue),
        content=tuple(span(piece) for piece in content),
        source=span(source),
        manner="indirect",
        confidence=0.9,
        maker="invented/1",
    )


WHOLES = [
    pytest.param(
        "Two ships sank, the Harbour Ministry said, state radio reported.",
        [("state radio", "reported", "Two ships sank, the Harbour Ministry said")],
        ("Harbour Ministry", "Two ships sank", ["state radio"]),
        id="the-whole-given-to-the-carrier",
    ),
    pytest.param(
        "“Two ships sank,” Ida Marsh told the assembly, according to the Gazette.",
        [("the Gazette", "according to", "“Two ships sank,”")],
        ("Ida Marsh", "“Two ships sank,”", ["Gazette"]),
        id="the-words-given-to-the-carrier",
    ),
    pytest.param(
        "Ida Marsh told the board behind closed doors that two ships sank, the Gazette reported.",
        [("the Gazette", "reported", "that two ships sank")],
        ("Ida Marsh", "that two ships sank", ["Gazette"]),
        id="only-the-clause-given-to-the-carrier",
    ),
    pytest.param(
        "“Two ships sank,” a source briefed on the search said, according to the Norpress agency.",
        [
            ("a source briefed on the search", "said", "“Two ships sank,”"),
            ("the Norpress agency", "according to", "“Two ships sank,”"),
        ],
        ("source briefed on the search", "“Two ships sank,”", ["Norpress agency"]),
        id="two-relations-of-one-chain",
    ),
    pytest.param(
        "The Norpress agency this week quoted Ida Marsh as saying that two ships sank.",
        [("The Norpress agency", "quoted", "Ida Marsh as saying that two ships sank")],
        ("Ida Marsh", "that two ships sank", ["Norpress agency"]),
        id="quoted-in-one-piece",
    ),
    pytest.param(
        "“Two ships sank,” the Norpress agency quoted Ida Marsh, a pilot, as saying.",
        [("the Norpress agency", "quoted", "“Two ships sank,”", "Ida Marsh, a pilot")],
        ("Ida Marsh", "“Two ships sank,”", ["Norpress agency"]),
        id="quoted-with-the-name-among-the-words",
    ),
    pytest.param(
        "“Two ships sank,” Ida Marsh was quoted as saying by the Norpress agency.",
        [("the Norpress agency", "was quoted as saying by", "“Two ships sank,”")],
        ("Ida Marsh", "“Two ships sank,”", ["Norpress agency"]),
        id="the-carrier-of-a-passive",
    ),
    pytest.param(
        "The Norpress agency reported that the four states took in ships that sank.",
        [("The Norpress agency", "reported", "that the four states took in ships that sank")],
        ("Norpress agency", "that the four states took in ships that sank", []),
        id="a-noun-that-looks-like-a-verb",
    ),
    pytest.param(
        "Although the crew has claimed that two ships sank, the port is open, state radio said.",
        [
            (
                "state radio",
                "said.",
                "Although the crew has claimed that two ships sank, the port is open",
            )
        ],
        (
            "state radio",
            "Although the crew has claimed that two ships sank, the port is open",
            [],
        ),
        id="a-clause-within-the-statement",
    ),
    pytest.param(
        "Ida Marsh says two ships sank at noon, according to Marsh.",
        [("Marsh.", "according to", "Ida Marsh says two ships sank at noon")],
        ("Ida Marsh", "Ida Marsh says two ships sank at noon", []),
        id="nobody-passes-his-own-words-on",
    ),
]


@pytest.mark.parametrize(("text", "found", "expected"), WHOLES)
def test_the_words_make_the_chain_whatever_the_finder_saw(
    text: str, found: list[tuple[str, ...]], expected: tuple[str, str, list[str]]
) -> None:
    report = Report(id=ReportId("r"), key="r", text=text, headline="", outlet="Gazette")
    given = resolve(report, [as_found(text, *one) for one in found])
    (one,) = around(report, given, [])
    assert one.speaker is not None
    content = " ".join(report.cut(span) for span in one.content)
    name = one.speaker.name or one.speaker.role
    assert (name, content, [link.name for link in one.via]) == expected


def test_what_was_passed_on_may_be_denied() -> None:
    text = "The Harbour Ministry did not say that two ships sank, state radio reported."
    report = Report(id=ReportId("r"), key="r", text=text, headline="", outlet="Gazette")
    whole = "The Harbour Ministry did not say that two ships sank"
    given = resolve(report, [as_found(text, "state radio", "reported", whole)])
    assert [one.modality for one in around(report, given, [])] == ["negated"]


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


def made(
    text: str, *, source: str, cue: str, content: str, more: str | None = None
) -> tuple[Report, list[Attribution]]:
    """Return what is made of one attribution as a finder gives it, in the words of `text`."""
    report = Report(
        id=ReportId("r"),
        key="r",
        text=text,
        headline="",
        outlet="Gazette",
        published=datetime(2031, 5, 7, 12, tzinfo=UTC),
    )

    def at(piece: str) -> Span:
        return Span(text.index(piece), text.index(piece) + len(piece))

    given = Attribution(
        id=AttributionId("a"), source=at(source), cue=at(cue),
        content=(at(content), at(more)) if more else (at(content),),
        manner="indirect", confidence=0.9, maker="hand",
    )  # fmt: skip
    return report, list(around(report, resolve(report, [given]), find_times(report)))


def test_a_channel_at_the_end_is_nobodys_words() -> None:
    report, (found,) = made(
        "Ames said help was near in a video message recorded from prison and released on social"
        " media by his lawyers.",
        source="Ames",
        cue="said",
        content="help was near in a video message recorded from prison and released on social"
        " media by his lawyers",
    )
    assert [report.cut(span) for span in found.content] == ["help was near"]
    assert words(report, found.channel) == (
        "in a video message recorded from prison and released on social media by his lawyers"
    )


def test_the_day_is_no_part_of_the_cue() -> None:
    report, (found,) = made(
        "Ames argued on May 5 that the dam was safe.",
        source="Ames",
        cue="argued on May",
        content="that the dam was safe",
    )
    assert words(report, found.cue) == "argued"
    assert found.said_on == date(2031, 5, 5)


def test_what_a_law_calls_for_is_not_said_by_who_signed_it() -> None:
    _, found = made(
        "In March, Ames signed a law that calls for terms for “false information”.",
        source="Ames",
        cue="signed a law that",
        content="terms for “false information”",
    )
    assert found == []


@pytest.mark.parametrize(
    "cue, content, stays",
    [
        ("asked", "not to be named because she fears for her post", False),
        ("insisted on", "not being identified", False),
        ("requested", "anonymity", False),
        ("asked", "to be named to the board", True),
        ("said", "he was not named in the letter", True),
    ],
)
def test_that_somebody_would_not_be_named_is_nothing_that_was_said(
    cue: str, content: str, stays: bool
) -> None:
    _, found = made(f"An aide {cue} {content}.", source="An aide", cue=cue, content=content)
    assert bool(found) == stays


def test_capitals_throughout_belong_to_the_name_of_an_outlet() -> None:
    report, (found,) = told("Ida Ames told HARBOUR TODAY that the dam would hold.")
    assert words(report, found.addressee) == "HARBOUR TODAY"


def test_two_subjects_make_two_statements() -> None:
    report, found = made(
        "Ames has slammed the plan and a miners' union has called for talks after the vote.",
        source="Ames",
        cue="has slammed",
        content="the plan and a",
        more="talks",
    )
    assert [
        (words(report, one.source), words(report, one.cue), report.cut(one.content[0]))
        for one in found
    ] == [
        ("Ames", "has slammed", "the plan"),
        ("a miners' union", "has called for", "talks"),
    ]
    assert found[1].speaker is not None
    assert found[1].speaker.kind == "organisation"
