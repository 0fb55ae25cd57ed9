"""HTML to paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.normalise.html import blocks_of, line_of


@pytest.mark.parametrize(
    ("markup", "texts"),
    [
        ("<p>One.</p><p>Two.</p>", ["One.", "Two."]),
        ("One.<p>Two.</p>Three.", ["One.", "Two.", "Three."]),
        ("<p>One <b>bold</b> word.</p>", ["One bold word."]),
        ("<p>One\n   two\tthree.</p>", ["One two three."]),
        ("<p>One\u00a0two\u2009three.</p>", ["One\u00a0two\u2009three."]),
        ("<p>One&nbsp;two &ldquo;three&rdquo; &#8211;</p>", ["One\u00a0two “three” –"]),
        ("<p>One.<br>Two.</p>", ["One.\nTwo."]),
        ("<p>One.<br><br>Two.</p>", ["One.", "Two."]),
        ("<ul><li>One</li><li>Two <ul><li>Three</li></ul></li></ul>", ["One", "Two", "Three"]),
        ("<table><tr><td>One</td><td>Two</td></tr></table>", ["One", "Two"]),
        ("<div>One<div>Two</div>Three</div>", ["One", "Two", "Three"]),
        ("<p>One<!-- not this --> two</p>", ["One two"]),
        ("<p>One<script>not()</script> two<style>p{}</style></p>", ["One two"]),
        ("<p>One</p><p hidden>Not this</p><p style='display: none'>Nor this</p>", ["One"]),
        ("<p>One</p><form><p>Your name</p><button>Send</button></form>", ["One"]),
        ("<noscript><p>Not this</p></noscript><p>One</p>", ["One"]),
        ("<p> </p><p>\u00a0</p>", []),
        ("<p>1 &lt; 2 &amp;amp; 3</p>", ["1 < 2 &amp; 3"]),
        ("Plain text.\n\nTwo lines\nof it, 1 < 2.", ["Plain text.", "Two lines", "of it, 1 < 2."]),
        ("<p>Not closed <b>ever", ["Not closed ever"]),
        ("", []),
    ],
)
def test_paragraphs_are_what_a_reader_sees(markup: str, texts: list[str]) -> None:
    assert [block.text for block in blocks_of(markup)] == texts


@pytest.mark.parametrize(
    ("markup", "hint"),
    [
        ("<figure><figcaption><p>x</p></figcaption></figure>", "caption"),
        ("<p class='wp-caption-text'>x</p>", "caption"),
        ("<h3>x</h3>", "heading"),
        ("<div class='related-posts'><p>x</p></div>", "see-also"),
        ("<aside class='newsletter-signup'><p>x</p></aside>", "promotion"),
        ("<p class='standfirst'>x</p>", "standfirst"),
        ("<div class='standfirst'><p>x</p></div>", None),
        ("<p class='byline'>x</p>", "byline"),
        ("<p class='captioned'>x</p>", None),
        ("<p class='paragraph story-body'>x</p>", None),
        ("<blockquote><p>x</p></blockquote>", None),
    ],
)
def test_tags_and_classes_give_hints(markup: str, hint: str | None) -> None:
    assert [block.hint for block in blocks_of(markup)] == [hint]


def test_links_are_counted() -> None:
    block = blocks_of("<p>One <a href='/x'>two</a> three</p>")[0]
    assert (block.text, block.linked) == ("One two three", 3)


@pytest.mark.parametrize(
    ("markup", "line"),
    [
        ("Dam <em>fails</em>", "Dam fails"),
        ("Bread &amp; water", "Bread & water"),
        ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
        ("  Two\n lines ", "Two lines"),
        ("<script>alert(1)</script>", ""),
    ],
)
def test_a_headline_is_one_line_of_text(markup: str, line: str) -> None:
    assert line_of(markup) == line


MARKUP = st.lists(
    st.one_of(
        st.text(st.characters(exclude_categories=()), max_size=8),
        st.sampled_from(
            ["<p>", "</p>", "<div", ">", "<br>", "<a>", "</a>", "<!--", "-->", "<script>", "<",
             "</script>", "&#xd800;", "&#0;", "&", "<![CDATA[", "<svg>", "<p hidden>", "<?php",
             "</div></div>"]
        ),
    ),
    max_size=15,
).map("".join)  # fmt: skip


@given(MARKUP)
def test_no_markup_breaks_it(markup: str) -> None:
    for block in blocks_of(markup):
        assert block.text.strip()
        block.text.encode("utf-8")
