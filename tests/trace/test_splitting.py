from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.trace.splitting import split_words


def words(text: str) -> list[str]:
    _, starts, ends = split_words(text)
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param(" — ", [], id="no word"),
        pytest.param("The tug  left.", ["The", "tug", "left"], id="letters"),
        pytest.param("1,200.50, or 3.", ["1,200.50", "or", "3"], id="numbers"),
        pytest.param(".5,", ["5"], id="a mark at either end"),
        pytest.param("F16 on the 16th", ["F16", "on", "the", "16", "th"], id="letters and digits"),
        pytest.param("a_b", ["a", "b"], id="underscore"),
        pytest.param("海港が閉鎖", ["海", "港", "が", "閉", "鎖"], id="a script without spaces"),
        pytest.param("𠀀b", ["𠀀", "b"], id="beyond the first plane"),
        pytest.param("x\ud800y", ["x", "y"], id="half a surrogate pair"),
        pytest.param("tag \U000e0041", ["tag"], id="what is no letter anywhere"),
    ],
)
def test_words_stand_where_a_reader_sees_them(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("Harbour", "HARBOUR", True, id="case"),
        pytest.param("Порт", "ПОРТ", True, id="case of another script"),
        pytest.param("on", "no", False, id="order of the letters"),
        pytest.param("a", "aa", False, id="length"),
        pytest.param("a" * 70 + "b", "a" * 70 + "c", False, id="a very long word"),
    ],
)
def test_one_word_has_one_number(one: str, other: str, same: bool) -> None:
    assert np.array_equal(split_words(one)[0], split_words(other)[0]) is same


@given(st.text(alphabet=st.characters(), max_size=200))
def test_every_word_is_made_of_letters_or_digits_and_none_is_left_out(text: str) -> None:
    _, starts, ends = split_words(text)
    inside = {at for start, end in zip(starts, ends, strict=True) for at in range(start, end)}
    assert (starts < ends).all()
    assert (ends[:-1] <= starts[1:]).all()
    for at, letter in enumerate(text):
        if at in inside:
            assert letter.isalnum() or letter in ".," or letter >= "\u0e00"
        else:
            assert not letter.isalnum() or ord(letter) >= 0x3FFFF


@given(st.lists(st.text(alphabet="abcxyzäß", min_size=1, max_size=9), max_size=30))
def test_a_words_number_does_not_depend_on_where_it_stands(given: list[str]) -> None:
    alone = [int(split_words(word)[0][0]) for word in given]
    assert split_words(" ".join(given))[0].tolist() == alone
