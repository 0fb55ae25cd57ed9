"""Every word of a term begins with the letters that are looked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.thread.terms import beginning, terms

STEMS = st.text("abdehilnoprsty", min_size=2, max_size=7)
ENDINGS = st.sampled_from(
    ["", "s", "es", "ies", "y", "ing", "ying", "ed", "ied", "ly", "bility", "ble", "ation", "ness"]
)


@given(STEMS, ENDINGS)
def test_a_word_begins_as_its_term_does(stem: str, ending: str) -> None:
    word = stem + ending
    assert all(word.startswith(beginning(term)) for term in terms(word))
