"""Two passages side by side, with what differs marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.records import Passage, Span
from sayso.render.compared import compared, differing, marked


@pytest.mark.parametrize(
    "origin, copy, shown",
    [
        pytest.param("The dam holds.", "The dam holds.", "The dam holds.", id="same"),
        pytest.param("“Yes,” she said.", '"Yes,"  She said.', '"Yes,"  She said.', id="marks"),
        pytest.param(
            "At least four died.",
            "At least nine died.",
            "At least [-four-] {+nine+} died.",
            id="word",
        ),
        pytest.param("It holds.", "It still holds.", "It {+still+} holds.", id="put in"),
        pytest.param("It still holds.", "It holds.", "It [-still-] holds.", id="left out"),
        pytest.param("It holds.", "", "[-It holds.-]", id="all out"),
    ],
)  # fmt: skip
def test_what_differs_is_marked_without_colour(origin: str, copy: str, shown: str) -> None:
    assert marked(origin, copy) == shown


def test_what_differs_is_told_by_where_it_stands_in_both_reports() -> None:
    origin, copy = "ORLA — At least four died here.", "At least nine died here, too."
    passage = Passage(here=Span(0, 23), there=Span(7, 30))
    ((here, there),) = differing(origin, copy, passage)
    assert (copy[here.start : here.end], origin[there.start : there.end]) == ("nine", "four")


@given(st.text(alphabet="ab .,“”", max_size=40), st.text(alphabet="ab .,“”", max_size=40))
def test_nothing_of_either_is_lost(origin: str, copy: str) -> None:
    def letters(words: str) -> str:
        return "".join(words.split()).translate({ord("“"): '"', ord("”"): '"'})

    found = compared(origin, copy)
    mine = "".join(each.words for each in found if each.kind != "out")
    theirs = "".join(each.words for each in found if each.kind != "in")
    assert letters(mine) == letters(copy)
    assert letters(theirs) == letters(origin)
