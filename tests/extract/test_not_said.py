"""What is in quotation marks or near a reporting verb, and still is nobody's statement.

The trained model and the rules are held to the same table: what is said is found with its manner,
what is denied, asked or expected is marked, and a title or a scare quote is nothing at all.
"""

from __future__ import annotations

import pytest

from sayso.extract.findings import extract
from sayso.extract.rules import RulesFinder
from sayso.models.attribution import AttributionModel
from sayso.ports import Finder
from sayso.records import Report, ReportId

FINDERS: dict[str, Finder] = {"rules": RulesFinder(), "model": AttributionModel()}

SAID = [
    ("“The dam will hold,” Ida Marsh said.", "direct"),
    ("Ida Marsh said the dam would hold.", "indirect"),
    ("Ida Marsh said the dam was “a disgrace”.", "mixed"),
    ("Ida Marsh told reporters that the dam would hold.", "indirect"),
    ("“The dam will hold,” said Ida Marsh. “It is new.”", "direct"),
    ("According to Ida Marsh, the dam will hold.", "indirect"),
    ("Ida Marsh called the plan “a shameful waste of money”.", "mixed"),
    ("‘The dam will hold,’ Ida Marsh said.", "direct"),
    ("Ida Marsh wrote that the “so-called repair” had failed.", "mixed"),
    ("The ministry warned that the dam might break.", "indirect"),
]
NOT_SHOWN = [
    ("Ida Marsh did not say that the dam would hold.", "negated"),
    ("Ida Marsh declined to say whether the dam would hold.", "negated"),
    ("Ida Marsh never said that the dam would hold.", "negated"),
    ("Ida Marsh would not say why the dam broke.", "negated"),
    ("The ministry refused to say how many ships sank.", "negated"),
    ("Nobody said that the dam would hold.", "negated"),
    ("Ida Marsh asked whether the dam would hold.", "asked"),
    ("“Will the dam hold?” Ida Marsh asked.", "asked"),
    ("Ida Marsh asked why the dam broke.", "asked"),
    ("Ida Marsh would say that the dam is safe.", "hypothetical"),
    ("Ida Marsh could say that the dam is safe.", "hypothetical"),
    ("If Ida Marsh says that the dam is safe, people will stay.", "hypothetical"),
    ("Ida Marsh will announce that the dam is closed.", "future"),
    ("Ida Marsh is expected to say that the dam is safe.", "future"),
    ("Ida Marsh is due to tell the council that the dam is closed.", "future"),
]
NOTHING = [
    "The “bridge” over the Orla is a plank.",
    "The novel “The Drowned Valley” sold well in Lowbridge.",
    "The ship “Marigold” left the harbour on Monday.",
    "The old ferry “Swallow” sank in the harbour in May.",
    "The film “Long Water” opens in Lowbridge on Friday.",
    "Peter “Red” Birch won the race on Sunday.",
    "The “green” line runs to the harbour.",
    "The dam is 40 metres high and was built in 1931.",
    "Rain fell on Lowbridge for three days.",
    "The exhibition “Salt and Stone” closes in May.",
]


def found(text: str, finder: Finder) -> list[tuple[str, str]]:
    report = Report(id=ReportId("r"), key="r", text=text, headline="", outlet="Gazette")
    return [(one.manner, one.modality) for one in extract(report, finder).attributions]


@pytest.mark.parametrize("finder", FINDERS)
@pytest.mark.parametrize(("text", "manner"), SAID)
def test_what_is_said_is_found_with_its_manner(text: str, manner: str, finder: str) -> None:
    assert (manner, "asserted") in found(text, FINDERS[finder])


@pytest.mark.parametrize("finder", FINDERS)
@pytest.mark.parametrize(("text", "modality"), NOT_SHOWN)
def test_what_was_not_said_is_never_shown_as_said(text: str, modality: str, finder: str) -> None:
    assert {one for _, one in found(text, FINDERS[finder])} <= {modality}


@pytest.mark.parametrize("finder", FINDERS)
@pytest.mark.parametrize("text", NOTHING)
def test_names_titles_and_scare_quotes_are_nobodys_words(text: str, finder: str) -> None:
    assert found(text, FINDERS[finder]) == []
