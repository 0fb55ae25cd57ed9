"""What read_tokens takes for one number, and for two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.numerals import read_tokens


def values(text: str) -> list[float]:
    return [token.value for token in read_tokens(text) if token.value is not None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("two hundred and five", [205], id="and"),
        pytest.param("one hundred and forty-four", [144], id="and-hyphen"),
        pytest.param("two thousand three hundred", [2300], id="thousand-hundred"),
        pytest.param("five hundred thousand", [500_000], id="hundred-thousand"),
        pytest.param("fifty million five hundred thousand", [50_500_000], id="million-thousand"),
        pytest.param("twenty-one", [21], id="hyphen"),
        pytest.param("nineteen ninety-six", [1996], id="year-in-words"),
        pytest.param("3.5 million", [3.5e6], id="digits-and-scale"),
        pytest.param("40m", [4e7], id="glued-scale"),
        pytest.param("1½", [1.5], id="fraction-sign"),
        pytest.param("1,234,567", [1_234_567], id="commas"),
        pytest.param("one hundred and two hundred", [100, 200], id="and-between-two"),
        pytest.param("twenty ten", [20, 10], id="tens-then-ten"),
        pytest.param("1,2", [1, 2], id="comma-of-a-list"),
        pytest.param("the twenty-first", [21], id="ordinal"),
        pytest.param("9" * 400, [], id="too-long-to-be-a-number"),
    ],
)
def test_words_and_digits_say_numbers(text: str, expected: list[float]) -> None:
    assert values(text) == expected


@given(st.text())
def test_tokens_stand_in_order_inside_the_text(text: str) -> None:
    end = 0
    for token in read_tokens(text):
        assert end <= token.start < token.end <= len(text)
        end = token.end
