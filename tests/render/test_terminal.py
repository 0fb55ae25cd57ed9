from __future__ import annotations

import dataclasses
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.records import LineId
from sayso.render.explain import render_explain
from sayso.render.terminal import render_terminal, short_ids
from sayso.render.typewriter import columns, safe, wrap
from tests.build_briefing import Newsroom
from tests.hostile import TEXTS, hostile
from tests.lowbridge import lowbridge

CODE = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("width", [32, 60, 80, 200])
def test_no_row_is_wider_than_the_terminal(width: int) -> None:
    shown = render_terminal(lowbridge()[0], width=width)
    assert max(columns(row) for row in shown.split("\n")) <= width


def test_the_order_is_that_of_the_page() -> None:
    rows = render_terminal(lowbridge()[0]).split("\n")
    names = [
        "The dam above Lowbridge", "What matters now", "New since you last looked", "Disputed",
        "Corrected", "Rescue", "Who answers for it", "Elsewhere in this story", "Who said what",
        "Figures", "Timeline", "See also", "Sources",
    ]  # fmt: skip
    places = [next(i for i, row in enumerate(rows) if row.startswith(name)) for name in names]
    assert places == sorted(places)


def test_words_that_were_printed_have_a_bar_and_ours_have_none() -> None:
    briefing, _ = lowbridge()
    rows = render_terminal(briefing, width=200).split("\n")
    barred = [row.removeprefix("  │ ") for row in rows if row.startswith("  │ ")]
    assert "Up to 30,000 people could be moved out" in barred
    assert not any("independent source" in row for row in barred)


def test_colour_comes_only_when_it_is_told() -> None:
    briefing, _ = lowbridge()
    assert "\x1b" not in render_terminal(briefing)
    coloured = render_terminal(briefing, colour=True)
    assert CODE.search(coloured)
    assert CODE.sub("", coloured) == render_terminal(briefing)


def test_a_limit_of_rows_is_kept_and_tells_how_many_are_left() -> None:
    briefing, _ = lowbridge()
    whole = render_terminal(briefing).split("\n")
    rows = render_terminal(briefing, rows=12).rstrip("\n").split("\n")
    assert rows[:11] == whole[:11]
    assert rows[11] == f"… {len(whole) - 1 - 11} more rows"


def test_a_limit_beyond_the_end_changes_nothing() -> None:
    briefing, _ = lowbridge()
    assert render_terminal(briefing, rows=10_000) == render_terminal(briefing)


def test_a_briefing_of_nothing_says_so() -> None:
    assert "Nothing was found." in render_terminal(Newsroom().briefing("Quiet"))


@pytest.mark.parametrize(
    "ids, shown",
    [
        (["abcdef", "bcdefa"], ["abcd", "bcde"]),
        (["abcdef", "abcdff"], ["abcde", "abcdf"]),
        ([], []),
    ],
    ids=["apart", "alike", "none"],
)
def test_ids_are_as_short_as_tells_them_apart(ids: list[str], shown: list[str]) -> None:
    assert list(short_ids([LineId(each) for each in ids]).values()) == shown


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS, TEXTS, TEXTS, st.booleans(), st.integers(20, 100))
def test_no_report_commands_the_terminal(
    outlet: str, said: str, name: str, role: str, colour: bool, width: int
) -> None:
    briefing, _ = hostile(outlet=outlet, headline=said, said=said, name=name, role=role, url=said)
    shown = render_terminal(briefing, colour=colour, width=width)
    explained = "".join(render_explain(line, briefing) for line in briefing.lines)
    for text in (CODE.sub("", shown) if colour else shown, explained):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
        assert text.encode()


def test_what_is_made_harmless_is_still_seen() -> None:
    assert safe("a\x1b[2Jb\u202ec\rd") == "a\ufffd[2Jb\ufffdc d"


@given(st.text(), st.integers(24, 60))
def test_wrapping_keeps_every_letter(text: str, width: int) -> None:
    rows = wrap([(text, "plain")], width=width, colour=False, first="> ", rest=". ")
    kept = "".join(row[2:] for row in rows)
    assert kept.replace(" ", "") == safe(text).replace(" ", "")
    assert all(columns(row) <= width for row in rows)


@pytest.mark.parametrize(
    "text, width",
    [("abc", 3), ("水坝", 4), ("e\u0301", 1), ("\u200fא", 1)],
    ids=["latin", "wide", "combining", "direction mark"],
)
def test_width_counts_columns(text: str, width: int) -> None:
    assert columns(text) == width


def test_a_long_list_of_what_is_new_is_cut_short_and_says_so() -> None:
    briefing, _ = lowbridge()
    lines = tuple(dataclasses.replace(line, fresh=True) for line in briefing.lines)
    busy = dataclasses.replace(briefing, lines=lines, fresh=tuple(line.id for line in lines))
    rows = render_terminal(busy).split("\n")
    # Those that lead are new as well, and stand above: the list does not say them again.
    left = len(lines) - len(briefing.key) - 4
    assert f"    {left} more, in their sections" in rows
    for line in lines:
        assert any(line.quote.words[0][:20] in row for row in rows)
