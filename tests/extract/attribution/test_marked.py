from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.attribution.decode import span_of
from sayso.extract.attribution.layout import Vocabulary, lay_out, split_paragraphs
from sayso.extract.attribution.marked import find_marked
from sayso.records import Span

VOCABULARY = Vocabulary(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])


def read(text: str) -> list[tuple[str, str, list[str]]]:
    paragraphs = split_paragraphs(text, Span(0, len(text)))
    layout = lay_out(text, paragraphs, [False] * len(paragraphs), VOCABULARY)

    def cut(words: range) -> str:
        span = span_of(layout, words, marks=True)
        return text[span.start : span.end]

    return [
        (cut(one.source or range(0)), cut(one.cue), [cut(piece) for piece in one.content])
        for one in find_marked(text, paragraphs, layout)
    ]


def test_each_turn_of_a_transcript_is_said_by_its_label() -> None:
    text = "\n".join(
        ["Dam failed", "VELL: It held.", "I saw it.", "MR. ORR: It leaks", "VELL: No.", "Read more"]
    )
    assert read(text) == [
        ("VELL", ":", ["It held", "I saw it"]),
        ("MR. ORR", ":", ["It leaks"]),
        ("VELL", ":", ["No"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("UPDATE: The dam held.\nCORRECTION: It was the old dam.", id="few"),
        pytest.param("UPDATE: It held.\nEMAIL: a@b.example\nTIPS: call us", id="each-another"),
        pytest.param("It held: Vell\nIt leaks: Orr\nIt held: Vell", id="no-capitals"),
    ],
)
def test_labels_that_are_no_transcript_are_left_alone(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "signed"),
    [
        pytest.param("“The old dam above us held.” ― Ilsa Vell", "Ilsa Vell", id="bar"),
        pytest.param('"The old dam above us held." -- Vell.', "Vell", id="two-hyphens"),
        pytest.param("“The old dam above us held.”\n— Vell", "Vell", id="paragraph-of-its-own"),
        pytest.param(
            "“The old dam above us held.” — Ilsa van Orr, Lowbridge",
            "Ilsa van Orr, Lowbridge",
            id="with-a-place",
        ),
    ],
)
def test_who_signs_a_quotation_said_it(text: str, signed: str) -> None:
    [(source, mark, [content])] = read(text)
    assert source == signed
    assert mark in {"―", "--", "—"}
    assert content.strip('“”".') == "The old dam above us held"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("“The old dam above us held.” ― at last", id="no-name"),
        pytest.param("“The old dam above us held.” ― Vell said so on Monday", id="a-sentence"),
        pytest.param("He wrote “the old dam above us held” ― Vell", id="not-the-whole-paragraph"),
        pytest.param("“Dam holds” ― Vell", id="a-title"),
    ],
)  # fmt: skip
def test_a_dash_that_signs_nothing_is_left_alone(text: str) -> None:
    assert read(text) == []


@given(st.lists(st.text(alphabet='AB ab:.“”"—-\n', max_size=40), max_size=6))
def test_whatever_is_read_spans_lie_inside_the_text(paragraphs: list[str]) -> None:
    for source, mark, content in read("\n".join(paragraphs)):
        assert source
        assert mark
        assert all(content)
