"""An edition file says what an editor wants, or what is wrong with it."""

from __future__ import annotations

import pytest

from sayso.brief.edition import parse_edition
from sayso.errors import ConfigError

FLOOD = b"""
title = "The Orla flood"
belongs = "The dam at Vesk and all that follows from it."
terms = ["dam", "Orla"]

[[section]]
name = "Rescue"
about = "Who is being brought to safety, and how."
terms = ["evacuation", "boats"]
speakers = ["Fire Service"]
places = ["Vesk"]

[[section]]
name = "Blame"
about = "Who is said to be at fault."

[[country]]
name = "Orland"
words = ["Orlandian"]
"""


def test_an_edition_is_read_whole() -> None:
    edition = parse_edition(FLOOD, name="flood.toml")
    assert edition.title == "The Orla flood"
    assert edition.terms == ("dam", "Orla")
    assert [section.name for section in edition.sections] == ["Rescue", "Blame"]
    assert edition.sections[0].speakers == ("Fire Service",)
    assert edition.countries[0].words == ("Orland", "Orlandian")
    assert edition.key_lines == 5


@pytest.mark.parametrize(
    "toml, named",
    [
        pytest.param(b"titel = 'x'", "titel", id="misspelt"),
        pytest.param(b"title = 3", "title", id="wrong-type"),
        pytest.param(b"terms = 'dam'", "terms", id="not-a-list"),
        pytest.param(b"section = 'x'", "section", id="section-is-no-table"),
        pytest.param(b"section = ['x']", "section", id="section-in-list-is-no-table"),
        pytest.param(b"[[section]]\nabout = 'x'", "section 1: has no name", id="nameless"),
        pytest.param(b"[[section]]\nname = 'A'\ncolour = 'x'", "colour", id="section-misspelt"),
        pytest.param(b"[[section]]\nname='A'\n[[section]]\nname='A'", "same name", id="twice"),
        pytest.param(b"key_lines = 0", "key_lines", id="no-lines"),
        pytest.param(b"\xff", "not TOML", id="not-utf-8"),
        pytest.param(b"title = ", "not TOML", id="not-toml"),
    ],
)
def test_what_is_wrong_is_named(toml: bytes, named: str) -> None:
    with pytest.raises(ConfigError, match=named):
        parse_edition(toml, name="flood.toml")
