"""The rule-based finder: forms of attribution, quotation marks, what is not a statement."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.rules import RulesFinder
from sayso.records import Attribution, Part, PartKind, Report, ReportId, Span

FINDER = RulesFinder()


def report(text: str, *parts: tuple[PartKind, str]) -> Report:
    """Return a report of `text`; `parts` name the kind of a stretch by its words."""
    spans = []
    for kind, words in parts:
        start = text.index(words)
        spans.append(Part(kind, Span(start, start + len(words))))
    return Report(
        id=ReportId("r"), key="r", text=text, headline="", outlet="Gazette", parts=tuple(spans)
    )


def read(text: str) -> list[tuple[str | None, str | None, list[str]]]:
    one = report(text)
    return [
        (
            one.cut(a.source) if a.source else None,
            one.cut(a.cue) if a.cue else None,
            [one.cut(span) for span in a.content],
        )
        for a in FINDER.find(one)
    ]


FORMS = [
    pytest.param(
        "“We are safe,” the mayor said.",
        ("the mayor", "said", ["“We are safe,”"]),
        id="quotation-then-source-then-cue",
    ),
    pytest.param(
        "“We are safe,” said Ida Marsh, the mayor of Lowbridge.",
        ("Ida Marsh, the mayor of Lowbridge", "said", ["“We are safe,”"]),
        id="inverted-with-apposition",
    ),
    pytest.param(
        "“We are safe,” the mayor said, “and we will stay.”",
        ("the mayor", "said", ["“We are safe,”", "“and we will stay.”"]),
        id="cue-inside",
    ),
    pytest.param(
        "“We are safe,” the mayor said. “Nobody was hurt.”",
        ("the mayor", "said", ["“We are safe,”", "“Nobody was hurt.”"]),
        id="second-sentence-in-marks",
    ),
    pytest.param(
        "The mayor said: “We are safe.”",
        ("The mayor", "said", ["“We are safe.”"]),
        id="colon-then-quotation",
    ),
    pytest.param(
        "The mayor said that the bridge was closed.",
        ("The mayor", "said", ["that the bridge was closed"]),
        id="that-clause",
    ),
    pytest.param(
        "The bridge is closed, the mayor said on Monday.",
        ("the mayor", "said", ["The bridge is closed"]),
        id="content-first",
    ),
    pytest.param(
        "The ambassador to Norland, Ida Marsh, tweeted that talks had failed.",
        ("The ambassador to Norland, Ida Marsh", "tweeted", ["that talks had failed"]),
        id="apposition-before-the-cue",
    ),
    pytest.param(
        "Chancellor Ida Marsh, speaking to the assembly on Monday, said talks had failed.",
        ("Chancellor Ida Marsh", "said", ["talks had failed"]),
        id="participle-between-source-and-cue",
    ),
    pytest.param(
        "Ida Marsh told Norland state radio that talks had failed.",
        ("Ida Marsh", "told", ["that talks had failed"]),
        id="addressee",
    ),
    pytest.param(
        "According to the harbour office, two ships sank.",
        ("the harbour office", "According to", ["two ships sank"]),
        id="according-first",
    ),
    pytest.param(
        "Two ships sank, according to the harbour office.",
        ("the harbour office", "according to", ["Two ships sank"]),
        id="according-last",
    ),
    pytest.param(
        "It was reported that two ships sank.",
        (None, "was reported", ["that two ships sank"]),
        id="nobody-named",
    ),
    pytest.param(
        "The minister vowed to rebuild the bridge.",
        ("The minister", "vowed", ["to rebuild the bridge"]),
        id="infinitive",
    ),
]


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_the_forms_of_attribution_are_read(
    text: str, expected: tuple[str | None, str, list[str]]
) -> None:
    assert read(text) == [expected]


MARKS = [
    pytest.param('"', '"', id="straight"),
    pytest.param("“", "”", id="curly"),
    pytest.param("“", '"', id="opens-curly-closes-straight"),
    pytest.param('"', "”", id="opens-straight-closes-curly"),
    pytest.param("«", "»", id="guillemets"),
    pytest.param("„", "“", id="low-high"),
    pytest.param("‘", "’", id="single-curly"),
    pytest.param("'", "'", id="single-straight"),
]


@pytest.mark.parametrize(("opening", "closing"), MARKS)
def test_every_kind_of_quotation_mark_is_read(opening: str, closing: str) -> None:
    text = f"{opening}It isn't the workers' fault,{closing} Ida Marsh said."
    assert read(text) == [
        ("Ida Marsh", "said", [f"{opening}It isn't the workers' fault,{closing}"])
    ]


def test_a_quotation_that_opens_again_in_the_next_paragraph_is_one_statement() -> None:
    text = "“We are safe,” Ida Marsh said. “The water fell.\n\n“It will not rise again.”"
    found = read(text)
    assert [content for _, _, content in found] == [
        ["“We are safe,”", "“The water fell.", "“It will not rise again.”"]
    ]


def test_a_paragraph_that_ends_in_a_colon_introduces_the_next() -> None:
    text = "Ida Marsh added:\n\n“It will not rise again.”"
    assert read(text) == [("Ida Marsh", "added", ["“It will not rise again.”"])]


LABELS = [
    pytest.param("Ames: ‘We are safe’", ("Ames", ":", ["‘We are safe’"]), id="before-a-quotation"),
    pytest.param("AMES: We are all safe.", None, id="capitals-in-a-headline"),
    pytest.param(
        "Ames: dam will hold\n\nThe dam is old, Martha Ames said.",
        ("Ames", ":", ["dam will hold"]),
        id="headline-that-the-story-bears-out",
    ),
    pytest.param("Lowbridge: a history of dams\n\nThe dam is old.", None, id="a-subject"),
    pytest.param("Old dam\n\nLOWBRIDGE: The dam is old.", None, id="a-dateline"),
    pytest.param("Live: dam will not hold\n\nThe dam is old.", None, id="a-rubric"),
]


@pytest.mark.parametrize(("text", "expected"), LABELS)
def test_a_colon_alone_names_a_speaker_only_where_it_can(
    text: str, expected: tuple[str, str, list[str]] | None
) -> None:
    assert [one for one in read(text) if one[1] == ":"] == ([expected] if expected else [])


def test_a_transcript_labels_who_speaks() -> None:
    text = "The hearing opened on Monday.\n\nAMES: We are all safe.\n\nBIRCH: Are we?  I doubt it."
    assert read(text) == [
        ("AMES", ":", ["We are all safe."]),
        ("BIRCH", ":", ["Are we?  I doubt it."]),
    ]


NOTHING = [
    pytest.param("The “bridge” is a plank across a ditch.", id="scare-quotes"),
    pytest.param("The play “Twelve Bridges” opens in Lowbridge on Monday.", id="title-of-a-work"),
    pytest.param('The law bans spreading "deliberately false information" on ships.', id="phrase"),
    pytest.param("Two ships sank on Monday near the harbour.", id="plain"),
    pytest.param("", id="empty"),
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_nobody_is_quoted_as_saying_yields_nothing(text: str) -> None:
    assert read(text) == []


MANNERS = [
    pytest.param("“We are safe,” the mayor said.", "direct", id="direct"),
    pytest.param("The mayor said that all were safe.", "indirect", id="indirect"),
    pytest.param("The mayor said that all were “as safe as houses”.", "mixed", id="mixed"),
]


@pytest.mark.parametrize(("text", "manner"), MANNERS)
def test_manner_tells_whose_words_they_are(text: str, manner: str) -> None:
    assert [a.manner for a in FINDER.find(report(text))] == [manner]


def test_only_the_headline_the_standfirst_and_the_body_are_read() -> None:
    said = "Ida Marsh said that ship {} sank."
    kinds: list[PartKind] = [
        "headline", "standfirst", "body", "caption", "promotion", "see-also", "credit", "byline",
        "dateline", "correction", "note",
    ]  # fmt: skip
    text = "\n\n".join(said.format(number) for number in range(len(kinds)))
    one = report(text, *((kind, said.format(number)) for number, kind in enumerate(kinds)))
    found = [one.cut(a.content[0]) for a in FINDER.find(one)]
    assert found == ["that ship 0 sank", "that ship 1 sank", "that ship 2 sank"]


@given(st.text(alphabet="ab said “”\"'‘’,.:\n«»—(", max_size=120) | st.text(max_size=60))
def test_spans_lie_inside_the_report_whatever_it_holds(text: str) -> None:
    def spans(attribution: Attribution) -> list[Span]:
        return [s for s in (attribution.source, attribution.cue, *attribution.content) if s]

    for attribution in FINDER.find(report(text)):
        assert attribution.content
        assert all(len(span) > 0 and span.end <= len(text) for span in spans(attribution))


def test_the_same_report_gives_the_same_ids() -> None:
    text = "“We are safe,” the mayor said. Two ships sank, according to the harbour office."
    assert FINDER.find(report(text)) == FINDER.find(report(text))
