"""Countries from words."""

from __future__ import annotations

import pytest

from sayso.extract.countries import country_named, country_of, is_demonym


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("the mayor of Paris", "FR"),
        ("South Korean President", "KR"),
        ("prime minister of Japan", "JP"),
        ("pro-Russian rebels", None),
        ("US-backed rebels", None),
        ("Russian-controlled regions", None),
        ("special envoy to Syria", None),
        ("R-Iowa", "US"),
        ("British and French ministers", None),
        ("the Côte d’Ivoire", "CI"),
    ],
)
def test_a_country_is_read_where_it_describes_the_speaker(words: str, code: str | None) -> None:
    assert country_of(words) == code


def test_only_a_name_alone_is_a_country_that_speaks() -> None:
    assert country_named("the United States") == "US"
    assert country_named("Russian") is None
    assert country_named("Ukraine's neighbor") is None
    assert is_demonym("Dutch")
