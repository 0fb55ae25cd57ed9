from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.attribution.layout import (
    PLACES,
    QUOTED,
    SHAPES,
    Layout,
    Vocabulary,
    cut_windows,
    lay_out,
    split_paragraphs,
)
from sayso.records import Span

WORDS = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    "dam",
    "##s",
    "burst",
    "in",
    "orla",
    '"',
    "'",
]
MARKS = [".", ",", "—", "cafe", "d", "##am", "##aged"]
VOCABULARY = Vocabulary(WORDS + MARKS)


def laid_out(text: str, *, headline: bool = False) -> Layout:
    paragraphs = split_paragraphs(text, Span(0, len(text)))
    headlines = [headline and at == 0 for at in range(len(paragraphs))]
    return lay_out(text, paragraphs, headlines, VOCABULARY)


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        pytest.param("dam", ["dam"], id="whole"),
        pytest.param("Dams", ["dam", "##s"], id="longest-first"),
        pytest.param("DAMAGED", ["dam", "##aged"], id="case-is-lost"),
        pytest.param("café", ["cafe"], id="accent-is-lost"),
        pytest.param("cafe\u0301", ["cafe"], id="accent-apart"),
        pytest.param("zebra", ["[UNK]"], id="unknown"),
        pytest.param("dam" * 40, ["[UNK]"], id="too-long"),
    ],
)
def test_a_word_is_cut_greedily(word: str, pieces: list[str]) -> None:
    listed = WORDS + MARKS
    assert [listed[piece] for piece in VOCABULARY.pieces(word)] == pieces


def test_columns_say_shape_quotation_and_place() -> None:
    layout = laid_out('Dams burst\n"In ORLA," he said.', headline=True)
    assert [SHAPES[s] for s in layout.shapes] == [
        "Title", "lower", "mark", "Title", "UPPER", "mark", "mark", "lower", "lower", "mark",
    ]  # fmt: skip
    assert [QUOTED[q] for q in layout.quoted[2:7]] == [
        "opening", "inside", "inside", "inside", "closing",
    ]  # fmt: skip
    assert [PLACES[p] for p in layout.places[:4]] == [
        "first of headline", "headline", "first of paragraph", "running",
    ]  # fmt: skip
    assert layout.paragraphs == (0, 0, 1, 1, 1, 1, 1, 1, 1, 1)


@pytest.mark.parametrize(
    "typed", ['"Dam," he', "“Dam,” he", '“Dam," he', "''Dam,'' he", "‘Dam,’ he"]
)
def test_the_typography_of_quotation_changes_nothing(typed: str) -> None:
    plain = laid_out('"Dam," he')
    layout = laid_out(typed)
    assert (layout.pieces, layout.quoted) == (plain.pieces, plain.quoted)


def test_a_zero_width_mark_is_no_word() -> None:
    assert len(laid_out("dam\u200b burst\ufeff")) == 2


def test_a_window_ends_with_a_paragraph_where_it_can() -> None:
    layout = laid_out("dam dam dam\nburst burst\nin in in in")
    assert [list(w) for w in cut_windows(layout, limit=9)] == [[0, 1, 2, 3, 4], [5, 6, 7, 8]]


def test_a_paragraph_beyond_the_window_is_cut_at_a_full_stop() -> None:
    layout = laid_out("dam burst. Orla in dam burst dam")
    assert [list(w) for w in cut_windows(layout, limit=8)] == [[0, 1, 2], [3, 4, 5, 6, 7]]


@given(st.text(max_size=300), st.integers(4, 40), st.none() | st.integers(3, 40))
def test_windows_hold_every_word_once_and_keep_to_their_room(
    text: str, limit: int, first: int | None
) -> None:
    layout = laid_out(text)
    windows = list(cut_windows(layout, limit, first))
    assert [word for window in windows for word in window] == list(range(len(layout)))
    for window in windows:
        assert len(window) == 1 or sum(len(layout.pieces[w]) for w in window) + 2 <= max(
            limit, first or 0
        )
    assert all(text[s:e].strip() for s, e in zip(layout.starts, layout.ends, strict=True))
