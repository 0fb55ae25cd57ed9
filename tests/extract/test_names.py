"""Given names, titles and the gender that they tell."""

from __future__ import annotations

import pytest

from sayso.extract.names import gender_of_given, gender_of_words


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Martha", "f"),
        ("Sergei", "m"),
        ("Mateusz", "m"),
        ("Jean-Luc", "m"),
        ("Andrea", None),
        ("Kim", None),
        ("Zzyzx", None),
    ],
)
def test_a_given_name_tells_a_gender_or_nothing(name: str, gender: str | None) -> None:
    assert gender_of_given(name) == gender


@pytest.mark.parametrize(
    ("words", "gender"),
    [
        ("Mrs", "f"),
        ("a police spokesman", "m"),
        ("the boy's mother", "f"),
        ("minister", None),
        ("husband and wife", None),
    ],
)
def test_titles_and_roles_tell_a_gender_or_nothing(words: str, gender: str | None) -> None:
    assert gender_of_words(words) == gender
