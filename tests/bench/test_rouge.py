"""The measures of timelines on days and words that can be counted by hand."""

from __future__ import annotations

from datetime import date

import pytest

from sayso.bench.rouge import alignment_rouge, date_f1, words

FIRST, NEXT, LATE = date(2025, 3, 1), date(2025, 3, 2), date(2025, 3, 9)


def test_words_are_stems_without_function_words_and_signs() -> None:
    assert words(["The dams were said to break ,", "a dam broke ."]) == {
        "dam": 2, "break": 1, "broke": 1
    }  # fmt: skip


def test_a_near_day_is_a_wrong_day() -> None:
    assert date_f1([FIRST, NEXT], [FIRST, LATE]) == pytest.approx(0.5)
    assert date_f1([], [FIRST]) == 0.0


def test_the_same_timeline_agrees_wholly() -> None:
    days = {FIRST: words(["dam breaks"]), LATE: words(["inquiry opens"])}
    assert alignment_rouge(days, days) == pytest.approx(1.0)


def test_words_a_day_off_count_half() -> None:
    assert alignment_rouge(
        {FIRST: words(["dam breaks"])}, {NEXT: words(["dam breaks"])}
    ) == pytest.approx(0.5)


def test_precision_counts_the_words_of_the_system_and_recall_those_of_the_gold() -> None:
    found = {FIRST: words(["dam breaks, mills burn"])}  # four words, two of them right
    gold = {FIRST: words(["dam breaks"])}
    assert alignment_rouge(found, gold) == pytest.approx(2 * 0.5 * 1.0 / 1.5)


def test_several_days_may_be_put_beside_one() -> None:
    found = {FIRST: words(["dam breaks"]), NEXT: words(["dam breaks"])}
    gold = {FIRST: words(["dam breaks"])}
    # Precision: (2 + 2 / 2) of 4 words; recall: 2 of 2.
    assert alignment_rouge(found, gold) == pytest.approx(2 * 0.75 * 1.0 / 1.75)


def test_a_day_is_put_beside_the_one_that_shares_its_words_when_none_is_its_own() -> None:
    found = {NEXT: words(["dam breaks"])}
    gold = {FIRST: words(["inquiry opens"]), date(2025, 3, 4): words(["dam breaks"])}
    # Two days off with the same words costs nothing; one day off without them costs a half.
    precision, recall = (2 / 3) / 2, (2 / 3) / 4
    expected = 2 * precision * recall / (precision + recall)
    assert alignment_rouge(found, gold) == pytest.approx(expected)


def test_nothing_found_agrees_with_nothing() -> None:
    assert alignment_rouge({}, {FIRST: words(["dam breaks"])}) == 0.0
