from __future__ import annotations

import random
import time
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.records import ReportId
from sayso.trace.copies import Window
from sayso.trace.words import quotations, read_words, shingles
from tests.build import NOON, report
from tests.trace.texts import FERRY, FERRY_AGAIN, MINE, SPEECH, story


def test_a_copy_is_found_and_an_own_work_is_not() -> None:
    dispatch = report(list(FERRY))
    window = Window([dispatch, report(list(MINE)), report(list(FERRY_AGAIN))])
    copy = report(list(FERRY[:3]), outlet="Brinmouth Post")
    assert [one.report for one in window.relatives(copy)] == [dispatch.id]


def test_containment_tells_a_cut_copy_from_the_whole() -> None:
    window = Window([report(list(FERRY))])
    (found,) = window.relatives(report(list(FERRY[:3]), outlet="Brinmouth Post"))
    assert found.here > 0.9
    assert 0.3 < found.there < 0.7


def test_a_report_is_no_relative_of_itself_and_twice_is_once() -> None:
    dispatch = report(list(FERRY))
    window = Window([dispatch, dispatch])
    assert len(window) == 1
    assert window.relatives(dispatch) == []


def test_what_is_forgotten_is_not_found_and_what_stays_is() -> None:
    old = report(list(FERRY), published=NOON - timedelta(days=20))
    new = report(list(MINE))
    undated = report([*MINE, *FERRY], outlet="Brinmouth Post", published=None)
    window = Window([old, new, undated])
    window.forget(NOON - timedelta(days=14))
    asking = report([*FERRY, *MINE], outlet="Karst Echo")
    assert {one.report for one in window.relatives(asking)} == {new.id, undated.id}


def test_a_window_that_grew_and_was_cleared_finds_what_it_still_holds() -> None:
    chance = random.Random(7)
    window = Window()
    kept = []
    for day in range(300):
        words = [f"w{chance.randrange(9_000)}" for _ in range(300)]
        one = report(" ".join(words), published=NOON + timedelta(days=day))
        window.add(one)
        kept.append(one)
    window.forget(NOON + timedelta(days=200))
    assert len(window) == 100
    for at, one in enumerate(kept):
        copy = report(one.text, outlet="Brinmouth Post")
        found = [each.report for each in window.relatives(copy)]
        assert found == ([one.id] if at >= 200 else [])


def test_a_report_without_words_holds_nobodys_postings() -> None:
    full, copy = report(list(FERRY)), report(list(FERRY), outlet="Brinmouth Post")
    empty = [report("…", outlet=f"Outlet {at}") for at in range(600)]
    window = Window([*empty[:300], full, *empty[300:]])
    assert [one.report for one in window.relatives(copy)] == [full.id]


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False))
def test_order_of_adding_does_not_change_the_relatives(chance: random.Random) -> None:
    reports = [
        report(list(FERRY[:end]), outlet=f"Outlet {end}", id=ReportId(f"r{end}"))
        for end in range(2, 7)
    ]
    shuffled = chance.sample(reports, len(reports))
    asking = report(list(FERRY), outlet="Brinmouth Post")
    assert Window(shuffled).relatives(asking) == Window(reports).relatives(asking)


@given(st.text(max_size=300))
def test_any_text_can_be_read_and_its_words_stand_in_it(text: str) -> None:
    one = report(text)
    words = read_words(one)
    for at in range(len(words)):
        assert one.cut(words.span(at, at + 1)).strip()
    for quotation in quotations(one.text):
        assert quotation.end <= len(one.text)
    assert len(shingles(words.hashes)) == max(0, len(words) - 3)


def test_words_are_the_same_whatever_their_case_and_marks() -> None:
    one = read_words(report("“The harbour,” she said, “is Closed.”"))
    other = read_words(report('"The Harbour" she said — "is closed"'))
    assert np.array_equal(one.hashes, other.hashes)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        pytest.param("“Closed,” she said.", ["“Closed,”"], id="curly"),
        pytest.param('“Closed," she said.', ['“Closed,"'], id="opens curly, closes straight"),
        pytest.param("„Zu“, sagte sie.", ["„Zu“"], id="German"),
        pytest.param("«Fermé», dit-elle.", ["«Fermé»"], id="French"),
        pytest.param('The "gale" and the "tug".', ['"gale"', '"tug"'], id="straight twice"),
        pytest.param("“One.\n\n“Two,” he said.", ["“One.", "“Two,”"], id="over paragraphs"),
        pytest.param("No marks at all.", [], id="none"),
    ],
)
def test_quotations_are_told_by_their_marks(text: str, quoted: list[str]) -> None:
    assert [text[one.start : one.end] for one in quotations(text)] == quoted


def test_one_lost_mark_does_not_make_the_rest_a_quotation() -> None:
    text = "“Closed, she said. " + " ".join(FERRY)
    assert sum(len(one) for one in quotations(text)) < len(text) / 2


def test_a_gallery_is_repeated_text_and_a_speech_is_not() -> None:
    captions = " ".join(
        f"Photos: The wreck of the Marigold {part} Caption {at} of 6"
        for at, part in enumerate(FERRY)
    )
    assert read_words(report(captions)).repeated.mean() > 0.9
    assert not read_words(report([SPEECH, *FERRY])).repeated.any()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a" * 200_000, id="one word"),
        pytest.param("x — " * 50_000, id="dashes"),
        pytest.param('"' * 100_000, id="marks"),
        pytest.param("(@a " * 50_000, id="handles"),
        pytest.param(":\n" * 100_000, id="colons"),
        pytest.param("the same four words " * 20_000, id="one phrase"),
    ],
)
def test_no_text_takes_long_to_read(text: str) -> None:
    began = time.process_time()
    Window([report(text)]).relatives(report(text + " end", outlet="Brinmouth Post"))
    assert time.process_time() - began < 5


def test_scripts_without_spaces_are_compared_too() -> None:
    text = (
        "周二晚间一艘载有二百一十二人的渡轮在大风中引擎失灵后在港口附近搁浅当局说所有乘客均已获救"
    )
    window = Window([report(text)])
    assert window.relatives(report(text[:36], outlet="港报"))


def test_the_story_is_what_is_compared_not_what_stands_around_it() -> None:
    assert read_words(report(story(FERRY), headline="Ferry aground")).starts[0] > 0
