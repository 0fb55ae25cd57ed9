"""Which reports are found: those of the weightiest terms, the most alike first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.records import ReportId
from sayso.thread.nearby import ASKED, COMPARED, HELD, Nearby
from sayso.thread.open_story import Member
from sayso.thread.vectors import Vocabulary

WORDS = st.dictionaries(st.sampled_from("abcdefghijklmnop"), st.integers(1, 4096), max_size=9)


def member(vocabulary: Vocabulary, place: int, words: dict[str, int]) -> Member:
    weighted = sorted(words.items(), key=lambda one: (-one[1], one[0]))
    return Member(
        report=ReportId(str(place)),
        vector=vocabulary.vector([one for one, _ in weighted], [n for _, n in weighted]),
        key=(str(place),),
        at=None,
        published=None,
    )


@given(st.lists(WORDS, max_size=70), WORDS)
def test_the_most_alike_are_found_and_the_older_first_where_two_are_as_alike(
    kept: list[dict[str, int]], asked: dict[str, int]
) -> None:
    assert ASKED <= HELD  # so that whoever shares a term of so few is seen
    vocabulary = Vocabulary()
    nearby = Nearby()
    for place, words in enumerate(kept):
        nearby.add(member(vocabulary, place, words))
    one = member(vocabulary, len(kept), asked)
    with vocabulary.unfolded(one.vector) as unfolded:
        found = [(int(other.report), n) for other, n in nearby.nearest(one, unfolded)]
    products = {
        place: sum(asked[word] * n for word, n in words.items() if word in asked)
        for place, words in enumerate(kept)
        if words.keys() & asked.keys()
    }
    nearest = sorted(products.items(), key=lambda pair: (-pair[1], pair[0]))
    assert found == nearest[:COMPARED]
