"""One name for one speaker across reports, and none where it could be another's."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from sayso.records import Attribution, AttributionId, Findings, Report, Speaker
from sayso.trace.known import name_speakers
from tests.build import NOON, report, span


def told(words: str, speaker: Speaker, *, outlet: str, days: int = 0) -> tuple[Report, Findings]:
    """A report in which the words before "said" are the source."""
    one = report(words, outlet=outlet, published=NOON + timedelta(days=days))
    said = Attribution(
        id=AttributionId(f"{outlet}{days}"),
        cue=span(one, "said"),
        content=(span(one, "the dam holds"),),
        source=span(one, words.split(" said")[0]),
        manner="indirect",
        confidence=0.9,
        maker="invented/1",
        speaker=speaker,
    )
    return one, Findings(report=one.id, attributions=(said,))


def name_of(*pairs: tuple[Report, Findings]) -> Speaker:
    """Return who the speaker of the first report is, all reports together."""
    named = name_speakers([one for one, _ in pairs], {one.id: found for one, found in pairs})
    speaker = named[pairs[0][0].id].attributions[0].speaker
    assert speaker is not None
    return speaker


PRESIDENT = Speaker(name="Ivan Petrovsky", role="Russian President", country="RU")
FULL = told("Russian President Ivan Petrovsky said the dam holds", PRESIDENT, outlet="Courier")
OFFICE = Speaker(name=None, role="Russian president", country="RU", kind="unnamed")


@pytest.mark.parametrize(
    ("words", "speaker", "name"),
    [
        pytest.param(
            "Petrovsky said the dam holds", Speaker(name="Petrovsky"), "Ivan Petrovsky", id="last"
        ),
        pytest.param(
            "Ivan Petrovskiy said the dam holds",
            Speaker(name="Ivan Petrovskiy"),
            "Ivan Petrovskiy",
            id="as-often-spelt-so-the-first-by-alphabet-is-taken",
        ),
        pytest.param(
            "The Russian president said the dam holds", OFFICE, "Ivan Petrovsky", id="office"
        ),
        pytest.param(
            "Russia’s president said the dam holds",
            replace(OFFICE, role="Russia’s president"),
            "Ivan Petrovsky",
            id="office-of-a-country",
        ),
        pytest.param(
            "The Orlan president said the dam holds",
            replace(OFFICE, role="Orlan president", country=None),
            "Ida Marsh",
            id="office-of-a-place-that-no-list-knows",
        ),
        pytest.param(
            "A Russian president said the dam holds", OFFICE, None, id="not-the-one-president"
        ),
        pytest.param(
            "The former Russian president said the dam holds",
            replace(OFFICE, role="former Russian president"),
            None,
            id="former",
        ),
        pytest.param(
            "The French president said the dam holds",
            replace(OFFICE, role="French president", country="FR"),
            None,
            id="another-country",
        ),
        pytest.param(
            "Olga Petrovsky said the dam holds",
            Speaker(name="Olga Petrovsky"),
            "Olga Petrovsky",
            id="another-first-name",
        ),
        pytest.param(
            "Petrovsky said the dam holds",
            Speaker(name="Petrovsky", country="FR"),
            "Petrovsky",
            id="of-another-country",
        ),
    ],
)
def test_a_speaker_known_elsewhere_shows_one_name(
    words: str, speaker: Speaker, name: str | None
) -> None:
    orlan = Speaker(name="Ida Marsh", role="Orlan President")
    other = told("Orlan President Ida Marsh said the dam holds", orlan, outlet="Sun")
    found = name_of(told(words, speaker, outlet="Gazette"), FULL, other)
    assert found.name == name
    assert found.inferred == (found.name != speaker.name)


def test_what_was_taken_from_another_report_says_from_which() -> None:
    found = name_of(
        told("The Russian president said the dam holds", OFFICE, outlet="Gazette"), FULL
    )
    assert "Courier" in found.reasons[-1]
    assert found.confidence < PRESIDENT.confidence


def test_a_family_name_of_two_people_is_nobodys() -> None:
    other = told("Olga Petrovsky said the dam holds", Speaker(name="Olga Petrovsky"), outlet="Sun")
    lone = told("Petrovsky said the dam holds", Speaker(name="Petrovsky"), outlet="Gazette")
    assert name_of(lone, FULL, other).name == "Petrovsky"


def test_an_office_with_two_holders_is_nobodys() -> None:
    other = told(
        "Russian President Oleg Marsh said the dam holds",
        Speaker(name="Oleg Marsh", role="Russian President", country="RU"),
        outlet="Sun",
    )
    office = told("The Russian president said the dam holds", OFFICE, outlet="Gazette")
    assert name_of(office, FULL, other).name is None


def test_another_time_may_have_another_holder() -> None:
    office = told("The Russian president said the dam holds", OFFICE, outlet="Gazette", days=40)
    assert name_of(office, FULL).name is None


def test_the_spelling_of_most_is_everybodys() -> None:
    odd = Speaker(name="Ivan Petrovskiy")
    one = told("Ivan Petrovskiy said the dam holds", odd, outlet="Gazette")
    second = told("Ivan Petrovsky said the dam holds", Speaker(name="Ivan Petrovsky"), outlet="Sun")
    assert name_of(one, FULL, second).name == "Ivan Petrovsky"


def test_order_of_reports_does_not_matter() -> None:
    pairs = [
        told("Petrovsky said the dam holds", Speaker(name="Petrovsky"), outlet="Gazette"),
        FULL,
    ]
    findings = {one.id: found for one, found in pairs}
    reports = [one for one, _ in pairs]
    assert name_speakers(reports, findings) == name_speakers(reports[::-1], findings)
