"""Lines in their sections, with the reasons; sections found where no editor gave any."""

from __future__ import annotations

import dataclasses

import pytest

from sayso.brief.records import Edition, Line, Quote, Section
from sayso.brief.sections import ELSEWHERE, place
from sayso.brief.subjects import find_sections
from sayso.records import Independence, LineId, ReportId, Span, Speaker, StatementId

EDITION = Edition(
    sections=(
        Section(name="The search", about="Who is found.", terms=("rescued", "drinking water")),
        Section(name="The quarrel", about="", terms=("treaty",), speakers=("Ana Brisk",)),
        Section(name="Abroad", about="", places=("France",)),
    )
)


def said(
    words: str,
    *,
    number: int = 0,
    report: str = "r1",
    headline: str = "",
    before: str = "",
    speaker: Speaker | None = None,
) -> Line:
    quote = Quote(ReportId(report), (Span(10, 10 + len(words)),), (words,))
    return Line(
        id=LineId(f"line{number}"),
        statement=StatementId(f"s{number}"),
        quote=quote,
        attribution=f"a{number}",  # type: ignore[arg-type]
        outlet="Gazette",
        url=None,
        headline=headline,
        published=None,
        speaker=speaker,
        source=None,
        cue=None,
        addressee=None,
        channel=None,
        manner="indirect",
        confidence=0.9,
        before=before,
        independence=Independence(low=1, high=1, carriers=1, origins=()),
        carriers=(),
    )


def others() -> list[Line]:
    return [said(f"something else entirely, number {one}", number=one) for one in range(2, 60)]


def person(name: str, *, role: str | None = None, country: str | None = None) -> Speaker:
    return Speaker(name=name, role=role, country=country)


@pytest.mark.parametrize(
    "line, section, reason",
    [
        pytest.param(
            said("forty people were rescued"), "The search", "says: rescued", id="its-own-words"
        ),
        pytest.param(
            said("drinking water has run out"),
            "The search",
            "says: drinking water",
            id="a-term-of-two-words",
        ),
        pytest.param(
            said("we shall see about it", speaker=person("Ana Brisk")),
            "The quarrel",
            "speaker: Ana Brisk",
            id="who-speaks",
        ),
        pytest.param(
            said("we shall see about it", speaker=person("Paul Morel", country="FR")),
            "Abroad",
            "speaks for a country that the section names",
            id="for-which-country",
        ),
        pytest.param(
            said("the water is drinking up the road"), ELSEWHERE, "fits no section", id="not-apart"
        ),
    ],
)
def test_a_line_stands_in_its_section_with_the_reason(
    line: Line, section: str, reason: str
) -> None:
    placed = {one.name: one for one in place([line, *others()], EDITION)}
    assert placed[section].lines[0] == line.id
    assert placed[section].reasons[0] == (reason,)


def test_a_speaker_does_not_outweigh_what_the_words_are_about() -> None:
    about = said("the rescued have drinking water", number=1, speaker=person("Ana Brisk"))
    placed = {one.name: one.lines for one in place([about, *others()], EDITION)}
    assert about.id in placed["The search"]


def story(copies: int = 12) -> list[Line]:
    told = [
        "the harbour bridge was closed after the storm took two of its piers",
        "the ferry strike would go on until the crews were paid in full",
        "nobody would go back into the salt mine before the pumps were running",
    ]
    tails = ["he said so twice", "and that was that", "as everybody knew", "for all to hear"]
    return [
        said(
            f"{told[number % 3]}, {tails[number % 4]}",
            number=number,
            report=f"r{number % 5}",
        )
        for number in range(3 * copies)
    ]


def test_sections_are_found_and_named_in_words_of_a_report() -> None:
    lines = story()
    sections = find_sections(lines)
    named = [one for one in sections if one.name != ELSEWHERE]
    assert len(named) == 3
    by_report = {(one.quote.report, one.quote.spans[0]): one for one in lines}
    for section in named:
        assert section.quote is not None
        assert section.name == section.quote.words[0]
        span = section.quote.spans[0]
        holders = [
            line
            for (report, whole), line in by_report.items()
            if report == section.quote.report and whole.holds(span)
        ]
        assert any(
            line.quote.words[0][span.start - 10 : span.end - 10] == section.name for line in holders
        )
    together = [
        {line.quote.words[0].split(",")[0] for line in lines if line.id in section.lines}
        for section in named
    ]
    assert all(len(words) == 1 for words in together)


def test_the_same_lines_in_another_order_give_the_same_sections() -> None:
    lines = story()
    found = {one.name: set(one.lines) for one in find_sections(lines)}
    assert {one.name: set(one.lines) for one in find_sections(lines[::-1])} == found


def test_a_small_story_has_no_sections() -> None:
    (whole,) = find_sections(story(copies=3))
    assert whole.name == "All that was said"
    assert whole.quote is None


def test_one_reporter_alone_makes_no_sections() -> None:
    alone = [
        dataclasses.replace(line, quote=dataclasses.replace(line.quote, report=ReportId("r1")))
        for line in story()
    ]
    (whole,) = find_sections(alone)
    assert len(whole.lines) == len(alone)


def test_each_line_stands_in_one_section_with_a_reason() -> None:
    lines = story()
    sections = find_sections(lines)
    placed = [line for one in sections for line in one.lines]
    assert sorted(placed) == sorted(line.id for line in lines)
    assert all(len(one.reasons) == len(one.lines) for one in sections)
    assert all(reasons for one in sections for reasons in one.reasons)


def test_a_line_that_no_word_ties_to_a_section_stands_with_those_it_is_most_like() -> None:
    near = said("two of its piers went after the storm, closed or not", number=99, report="r2")
    (held,) = [one for one in find_sections([*story(), near]) if near.id in one.lines]
    assert held.name != ELSEWHERE
    others = [line for line in story() if line.id in held.lines]
    assert all("piers" in line.quote.words[0] for line in others)
