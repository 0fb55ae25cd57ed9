from __future__ import annotations

import re

import pytest
from hypothesis import given, settings

from sayso.render.markdown import escape, link, render_markdown
from sayso.render.phrases import visible
from tests.hostile import ADDRESSES, TEXTS, hostile
from tests.lowbridge import lowbridge

UNESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def test_the_order_is_that_of_the_page() -> None:
    shown = render_markdown(lowbridge()[0])
    assert re.findall("^##? (.*)$", shown, re.MULTILINE) == [
        "The dam above Lowbridge", "What matters now", "New since you last looked", "Disputed",
        "Corrected", "Rescue", "Who answers for it", "Elsewhere in this story", "Who said what",
        "Figures", "Timeline, by the day it happened", "See also", "Sources",
    ]  # fmt: skip


def test_words_stand_as_block_quotations_and_carry_outlet_hour_and_link() -> None:
    rows = render_markdown(lowbridge()[0]).split("\n")
    start = rows.index("> Up to 30,000 people could be moved out")
    assert rows[start + 2] == (
        "Tomas Reyle, Interior Minister · said in a televised address · 2 May  "
    )
    assert rows[start + 3].startswith("1 independent source (Northern Wire) · carried by 3 · ")
    assert "[Northern Wire 2 May 06:12](<https://northernwire.example/2031/dam>)" in rows[start + 3]


def test_a_struck_line_is_struck_and_says_why() -> None:
    shown = render_markdown(lowbridge()[0])
    assert "> ~~The bridge at Mill Lane had fallen~~" in shown
    assert "crossed out: withdrawn by Channel Nine at 14:05" in shown


@pytest.mark.parametrize(
    "text, shown",
    [
        ("plain words, “quoted”: 30,000 (about)!", "plain words, “quoted”: 30,000 (about)!"),
        ("*bold* _soft_ `code`", r"\*bold\* \_soft\_ \`code\`"),
        ("<b>&amp;</b>", r"\<b\>\&amp;\</b\>"),
        ("[a](b)", r"\[a\](b)"),
        ("a | b", r"a \| b"),
        ("# no heading", r"\# no heading"),
        ("- no list", r"\- no list"),
        ("1. no list", r"1\. no list"),
        ("12) no list", r"12\) no list"),
        ("=====", r"\====="),
        ("     no code", "no code"),
        ("a\nb", "a b"),
    ],
)
def test_marks_are_escaped_and_nothing_else(text: str, shown: str) -> None:
    assert escape(text) == shown


@given(TEXTS)
def test_escaped_words_read_as_they_were_printed(text: str) -> None:
    assert UNESCAPE.sub(r"\1", escape(text)) == visible(text).lstrip(" ")


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_http_and_https_become_links(address: str | None) -> None:
    shown = link(address, "Gazette")
    assert shown == "Gazette" or re.fullmatch(r"\[Gazette\]\(<https?://[^\s<>\\]+>\)", shown)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_no_report_adds_a_heading_a_row_or_a_tag(
    outlet: str, said: str, name: str, role: str
) -> None:
    calm, _ = hostile(outlet="a", headline="a", said="a", name="a", role="a", url=None)
    briefing, _ = hostile(outlet=outlet, headline=said, said=said, name=name, role=role, url=None)
    shown = render_markdown(briefing)
    assert shown.encode()
    for opening in ("# ", "## ", "### ", "> ", "| ", "- "):
        assert starts(shown, opening) == starts(render_markdown(calm), opening)
    assert not re.search(r"(?<!\\)(?:\\\\)*<(?!https?:)", shown)
    cells = [
        len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) for row in shown.split("\n") if row[:2] == "| "
    ]
    assert set(cells) <= {5, 6}


def starts(text: str, opening: str) -> int:
    return sum(row.startswith(opening) for row in text.split("\n"))
