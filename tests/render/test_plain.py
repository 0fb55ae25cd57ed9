"""Records as a few lines of plain text."""

from __future__ import annotations

from sayso.records import (
    Attribution,
    AttributionId,
    Origin,
    Report,
    ReportId,
    Span,
)
from sayso.render.plain import how, show_origin

TEXT = "Ames said in a statement to Radio Orla that it would rain."


def report() -> Report:
    return Report(id=ReportId("r"), key="r", text=TEXT, headline="", outlet="Gazette")


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def attribution(cue: str) -> Attribution:
    return Attribution(
        id=AttributionId("a"),
        content=(span("it would rain"),),
        cue=span(cue),
        source=span("Ames"),
        manner="indirect",
        confidence=0.9,
        maker="test/1",
        addressee=span("Radio Orla"),
        channel=span("in a statement"),
    )


def test_a_channel_is_told_in_its_own_words_unless_the_cue_told_it() -> None:
    assert how(report(), attribution("said")) == "said · indirect · to: Radio Orla · in a statement"
    told = how(report(), attribution("said in a statement"))
    assert told == "said in a statement · indirect · to: Radio Orla"


def test_one_report_is_one_report() -> None:
    origin = Origin(name="Gazette", kind="outlet", reports=(ReportId("r"),))
    assert show_origin(origin, {}) == "one source: Gazette (outlet), 1 report"
