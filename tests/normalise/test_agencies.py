"""The agencies: many, in their own scripts, each name one agency's."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from sayso.normalise.agencies import agency, find_agencies

TABLE = tomllib.loads(
    files("sayso.normalise").joinpath("data/agencies.toml").read_text(encoding="utf-8")
)["agencies"]


def test_no_name_is_two_agencies() -> None:
    names = [name for known, others in TABLE.items() for name in (known, *others)]
    assert len(names) == len(set(names))
    assert len(TABLE) >= 60


@pytest.mark.parametrize(
    "words, name",
    [
        ("Suomen Tietotoimisto", "STT"),
        ("ТАСС", "TASS"),
        ("新华社", "Xinhua"),
        ("রয়টার্স / বাসস", "BSS"),
        ("ΑΠΕ-ΜΠΕ", "ANA-MPA"),
        ("الأناضول", "Anadolu"),
        ("Česká tisková kancelář", "CTK"),
        ("पीटीआई", "PTI"),
    ],
)
def test_an_agency_is_known_in_its_own_script(words: str, name: str) -> None:
    assert name in [found for found, _, _ in find_agencies(words)]
    assert agency(words) in (name, None)
