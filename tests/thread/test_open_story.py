"""What a story knows of its newest reports: the sum of their vectors stands for them all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sayso.records import ReportId
from sayso.thread.open_story import RECENT, Member, OpenStory
from sayso.thread.vectors import Vocabulary

WORDS = st.dictionaries(st.sampled_from("abcdefghij"), st.integers(1, 4096), min_size=1)
REPORTS = st.lists(WORDS, min_size=1, max_size=6)


def story(vocabulary: Vocabulary, number: int, reports: list[dict[str, int]]) -> OpenStory:
    made = OpenStory(number, kin=number)
    for place, words in enumerate(reports):
        member = Member(
            report=ReportId(f"{number}-{place}"),
            vector=vocabulary.vector(list(words), list(words.values())),
            key=(str(place),),
            at=None,
            published=None,
        )
        with vocabulary.unfolded(member.vector) as unfolded:
            products = made.products(unfolded) if made.members else np.zeros(0, dtype=np.int64)
        made.add(member, products)
    return made


@given(REPORTS, REPORTS)
def test_the_sums_of_two_stories_are_as_alike_as_all_their_reports_two_by_two(
    one: list[dict[str, int]], other: list[dict[str, int]]
) -> None:
    vocabulary = Vocabulary()
    here, there = story(vocabulary, 1, one), story(vocabulary, 2, other)
    with vocabulary.unfolded(here.whole()) as unfolded:
        at_once = int(there.products(unfolded).sum())
    pairs = sum(
        mine.get(word, 0) * n for mine in one for yours in other for word, n in yours.items()
    )
    assert at_once == pairs


def test_only_the_newest_reports_are_summed() -> None:
    vocabulary = Vocabulary()
    long = story(vocabulary, 1, [{"a": 7}] + [{"b": 1}] * RECENT)
    assert [vocabulary.term(one) for one in long.whole().numbers.tolist()] == ["b"]
    assert long.whole().weights.tolist() == [RECENT]


def test_a_story_is_known_by_its_reports_in_their_order() -> None:
    vocabulary = Vocabulary()
    ours = story(vocabulary, 1, [{"a": 7}, {"b": 1}])
    before, square = ours.stamp, ours.square
    member = replace(ours.members[0], report=ReportId("1-2"))
    with vocabulary.unfolded(member.vector) as unfolded:
        ours.add(member, ours.products(unfolded))
    assert ours.stamp != before
    ours.drop_last(square=square, last=None)
    assert ours.stamp == before
    assert ours.stamp != story(vocabulary, 2, [{"b": 1}, {"a": 7}]).stamp
