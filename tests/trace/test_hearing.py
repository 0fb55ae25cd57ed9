"""Where a report has what somebody said: it was there, another heard it, or it does not say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sayso.records import Attribution, Credit, Link, Part, Report, Span
from sayso.trace.hearing import Hearing, hearing
from sayso.trace.owners import Owners
from tests import build

OWNERS = Owners(given={"Northgate Times": "Brightwater"})


def heard(text: str, *, cue: str = "said", outlet: str = "Orla Gazette", **fields: str) -> Hearing:
    report = build.report(text, outlet=outlet)
    return hearing(report, said(report, cue=cue, **fields), owners=OWNERS)


def said(report: Report, *, cue: str = "said", **fields: str) -> Attribution:
    """Return an attribution of its first words; `fields` are spans by their words."""
    made = build.said(report, report.text.split(",")[0], cue=cue, speaker="Ilse Maro")
    spans: dict[str, Any] = {name: build.span(report, words) for name, words in fields.items()}
    return replace(made, **spans)


@pytest.mark.parametrize(
    "text, fields",
    [
        pytest.param("It holds, she told reporters.", {"addressee": "reporters"}, id="reporters"),
        pytest.param(
            "It holds, she told in a televised address.",
            {"channel": "a televised address"},
            id="address",
        ),
        pytest.param("It holds, she told the Gazette.", {"addressee": "the Gazette"}, id="short"),
        pytest.param(
            "It holds, she told this newspaper.", {"addressee": "this newspaper"}, id="this paper"
        ),
        pytest.param("It holds, she told us.", {"addressee": "us"}, id="us"),
        pytest.param("It holds, she tweeted.", {"cue": "tweeted"}, id="for all to read"),
    ],
)
def test_who_names_the_occasion_was_there(text: str, fields: dict[str, str]) -> None:
    assert heard(text, **{"cue": "told", **fields}).there


@pytest.mark.parametrize(
    "text, fields, relay",
    [
        pytest.param(
            "It holds, she told Britain’s Northgate Times.",
            {"addressee": "Britain’s Northgate Times"},
            "Northgate Times",
            id="listed",
        ),
        pytest.param(
            "It holds, she told Reuters.", {"addressee": "Reuters"}, "Reuters", id="agency"
        ),
        pytest.param(
            "It holds, she told broadcaster Canal Oeste.",
            {"addressee": "broadcaster Canal Oeste"},
            "Canal Oeste",
            id="unlisted",
        ),
        pytest.param(
            "It holds, she said, speaking to Radio Vesk.",
            {"cue": "said"},
            "Radio Vesk",
            id="beside",
        ),
        pytest.param(
            "It holds, she said in an interview with the Northgate Times.",
            {"cue": "said"},
            "Northgate Times",
            id="interview",
        ),
    ],
)
def test_who_names_another_outlet_has_it_from_there(
    text: str, fields: dict[str, str], relay: str
) -> None:
    found = heard(text, **{"cue": "told", **fields})
    assert (found.relays, found.there) == ((relay,), False)


def test_a_chain_names_whose_words_they_are() -> None:
    report = build.report("It holds, she said, RBC reported.")
    link = Link("RBC", build.span(report, "RBC"), None)
    found = hearing(report, replace(said(report), via=(link,)), owners=OWNERS)
    assert found.relays == ("RBC",)


@pytest.mark.parametrize(
    "text, fields",
    [
        pytest.param("It holds, she said.", {}, id="nothing told"),
        pytest.param(
            "It holds, she told her son.", {"cue": "told", "addressee": "her son"}, id="private"
        ),
        pytest.param(
            "It holds, she told a newspaper.",
            {"cue": "told", "addressee": "a newspaper"},
            id="which one?",
        ),
    ],
)
def test_who_says_nothing_may_have_it_from_anybody(text: str, fields: dict[str, str]) -> None:
    found = heard(text, **fields)
    assert (found.there, found.relays, found.signed) == (False, (), False)


def test_what_is_told_once_of_a_speaker_holds_for_the_report() -> None:
    report = build.report("It holds, she said. Stay calm, she told reporters.")
    first = said(report)
    told = build.said(report, "Stay calm", cue="told", speaker="Ilse Maro")
    told = replace(told, addressee=build.span(report, "reporters"))
    assert hearing(report, first, [first, told], owners=OWNERS).there
    stranger = replace(told, speaker=None)
    assert not hearing(report, first, [first, stranger], owners=OWNERS).there


def test_an_agency_was_there_by_trade_unless_it_names_another() -> None:
    assert heard("It holds, she said.", outlet="Reuters").there
    assert heard("It holds, she said.", outlet="Halden News Agency").there
    text = "ORLA (Norvane) — It holds, she said."
    report = build.report(text, outlet="Norvane")
    parts = (Part("dateline", Span(0, 16)), Part("body", Span(17, len(text))))
    report = replace(report, parts=parts)
    assert hearing(report, said(report), owners=OWNERS).there
    credited = replace(report, credits=(Credit("AP", None, "byline"),))
    assert not hearing(credited, said(credited), owners=OWNERS).there


@pytest.mark.parametrize(
    "text, cue, signed",
    [
        pytest.param("It holds, she said.", "said", True, id="news"),
        pytest.param("It holds, she says.", "says", False, id="survey"),
        pytest.param("It holds, she had said earlier.", "said", False, id="looking back"),
    ],
)
def test_a_named_reporter_who_tells_news_is_half_a_witness(
    text: str, cue: str, signed: bool
) -> None:
    report = build.report(text, authors=("Pia Orm",))
    assert hearing(report, said(report, cue=cue), owners=OWNERS).signed is signed
    unsigned = replace(report, authors=())
    assert not hearing(unsigned, said(unsigned, cue=cue), owners=OWNERS).signed
