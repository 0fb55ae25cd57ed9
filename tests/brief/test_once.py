"""What one speaker said stands once, however many reporters put it in their own words."""

from __future__ import annotations

import pytest

from sayso.brief.make import make_briefing
from sayso.brief.records import Briefing, Edition
from tests import build
from tests.brief.test_make import material, statement

RECALLED = "the envoy she recalled on Monday would go back to Dravik on Thursday"


def told(other: str, *, speaker: str = "Mira Okonjo", hour: str = "11:00") -> Briefing:
    """Return a briefing of what Mira Okonjo said, and of what another report has somebody say."""
    reports, found, statements = [], [], []
    for outlet, words, who, when in (
        ("Gazette", RECALLED, "Mira Okonjo", "09:00"),
        ("Courier", other, speaker, hour),
    ):
        report = build.report(
            [f"{who} said {words}."], outlet=outlet, published=build.at(when), language="en"
        )
        said = build.said(report, words, source=who, cue="said", speaker=who)
        reports.append(report)
        found.append(build.findings(report, said))
        statements.append(statement((report, said)))
    return make_briefing(material(reports, found, *statements), Edition())


def test_what_is_said_in_other_words_is_one_line_with_two_carriers() -> None:
    (line,) = told("the envoy whom she recalled on Monday would return to Dravik Thursday").lines
    assert [carrier.outlet for carrier in line.carriers] == ["Gazette", "Courier"]
    assert line.carriers[1].wording == "paraphrased"


def test_likeness_raises_the_upper_bound_of_independent_sources_only() -> None:
    (line,) = told("the envoy whom she recalled on Monday would return to Dravik Thursday").lines
    assert (line.independence.low, line.independence.high) == (1, 2)


def test_where_only_the_joined_words_may_be_shown_they_are() -> None:
    asked = build.report([f"Mira Okonjo asked whether {RECALLED}."], outlet="Gazette")
    other = "the envoy whom she recalled on Monday would return to Dravik Thursday"
    stated = build.report([f"Mira Okonjo said {other}."], outlet="Courier")
    said = [
        build.said(asked, RECALLED, cue="asked", speaker="Mira Okonjo", modality="asked"),
        build.said(stated, other, cue="said", speaker="Mira Okonjo"),
    ]
    pairs = list(zip((asked, stated), said, strict=True))
    found = [build.findings(report, one) for report, one in pairs]
    one = material([asked, stated], found, *(statement(pair) for pair in pairs))
    (line,) = make_briefing(one, Edition()).lines
    assert line.outlet == "Courier"


@pytest.mark.parametrize(
    "other, speaker",
    [
        pytest.param(RECALLED.replace("would", "would not"), "Mira Okonjo", id="a-denial"),
        pytest.param("2 envoys would go back to Dravik on Thursday", "Mira Okonjo", id="a-number"),
        pytest.param(f"{RECALLED} at noon", "Tom Adeyo", id="another-speaker"),
        pytest.param("the envoy would see the harbour of Dravik", "Mira Okonjo", id="other-words"),
    ],
)
def test_what_may_be_another_statement_stands_by_itself(other: str, speaker: str) -> None:
    assert len(told(other, speaker=speaker).lines) == 2
