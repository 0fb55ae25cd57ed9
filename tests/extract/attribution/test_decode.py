"""Scores are written as the model would give them: who is sure of what, word by word."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from sayso.extract.attribution.decode import (
    ROLES,
    TAGS,
    Found,
    Thresholds,
    WindowScores,
    close_brackets,
    decode,
    quotations,
    span_of,
)
from sayso.extract.attribution.layout import Layout, Vocabulary, lay_out, split_paragraphs
from sayso.extract.attribution.paths import best_paths
from sayso.records import Span

VOCABULARY = Vocabulary(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])
SURE = 0.9


def laid_out(text: str, *, headline: bool = False) -> Layout:
    paragraphs = split_paragraphs(text, Span(0, len(text)))
    headlines = [headline and at == 0 for at in range(len(paragraphs))]
    return lay_out(text, paragraphs, headlines, VOCABULARY)


def words(text: str, layout: Layout, of: str) -> range:
    start = text.index(of)
    inside = [at for at in range(len(layout)) if start <= layout.starts[at] < start + len(of)]
    return range(inside[0], inside[-1] + 1)


def chances(
    layout: Layout, names: tuple[str, ...], given: dict[str, list[range]], sure: float = SURE
) -> NDArray[np.float32]:
    table = np.full((len(layout), len(names)), 0.01, np.float32)
    table[:, 0] = SURE
    for role, runs in given.items():
        for run in runs:
            for word in run:
                begin = names.index(f"B-{role}")
                table[word, :] = 0.01
                table[word, begin if word == run[0] else begin + 1] = sure
                table[word, 0] = 1 - sure
    shares: NDArray[np.float32] = np.log(table / table.sum(1, keepdims=True))
    return shares


def read(
    text: str,
    relations: list[tuple[str, str | None, list[str]]],
    *,
    sure: float = SURE,
    thresholds: Thresholds | None = None,
    headline: bool = False,
) -> list[tuple[str, str | None, list[str]]]:
    """Decode scores that are sure of `relations`, each (cue, source, pieces of content)."""
    layout = laid_out(text, headline=headline)
    tags: dict[str, list[range]] = {"source": [], "content": [], "cue": []}
    by_word: dict[int, NDArray[np.float32]] = {}
    cues: list[range] = []
    for cue, source, content in relations:
        roles = {"content": [words(text, layout, piece) for piece in content]}
        roles["source"] = [words(text, layout, source)] if source else []
        for role, runs in roles.items():
            tags[role] += runs
        cues.append(words(text, layout, cue))
        for word in cues[-1]:
            by_word[word] = chances(layout, ROLES, roles)
    table = chances(layout, TAGS, tags)
    marked = chances(layout, TAGS, {"cue": cues}, sure)
    for run in cues:
        table[run.start : run.stop] = marked[run.start : run.stop]
    scores = WindowScores(range(len(layout)), table, by_word)
    found = decode(layout, [scores], thresholds or Thresholds())

    def cut(run: range, *, marks: bool = False) -> str:
        span = span_of(layout, run, marks=marks)
        return text[span.start : span.end]

    return [
        (cut(f.cue), cut(f.source) if f.source else None, [cut(c, marks=True) for c in f.content])
        for f in found
    ]


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        pytest.param(
            "Mayor Vell said the dam held.", [("said", "Mayor Vell", ["the dam held"])], id="plain"
        ),
        pytest.param(
            "Vell said it held and added it leaked.",
            [("said", "Vell", ["it held"]), ("added", "Vell", ["it leaked"])],
            id="two-cues-share-a-source",
        ),
        pytest.param("It was said it held.", [("said", None, ["it held"])], id="no-source"),
        pytest.param(
            '"It held," Vell said. "It leaks."',
            [("said", "Vell", ['"It held,"', '"It leaks."'])],
            id="content-in-pieces-with-its-marks",
        ),
        pytest.param("Vell: Dam held", [(":", "Vell", ["Dam held"])], id="a-colon-is-a-cue"),
        pytest.param(
            "“It held.\n“It leaks,” Vell said.",
            [("said", "Vell", ["“It held", "“It leaks,”"])],
            id="over-paragraphs",
        ),
    ],
)  # fmt: skip
def test_sure_scores_are_read_as_they_stand(
    text: str, relations: list[tuple[str, str | None, list[str]]]
) -> None:
    assert read(text, relations) == relations


def test_pieces_with_only_marks_between_are_one() -> None:
    found = read("Vell said it held, it leaked.", [("said", "Vell", ["it held", "it leaked"])])
    assert found == [("said", "Vell", ["it held, it leaked"])]


def test_half_a_quotation_is_taken_whole() -> None:
    text = 'Vell said "the dam held and the bridge did not" on Sunday.'
    half = read(text, [("said", "Vell", ["the dam held and the bridge"])])
    assert half == [("said", "Vell", ['"the dam held and the bridge did not"'])]
    little = read(text, [("said", "Vell", ["dam held"])])
    assert little == [("said", "Vell", ["dam held"])]


def test_a_doubtful_cue_is_left_alone() -> None:
    assert read("Vell saw the dam hold.", [("saw", "Vell", ["the dam hold"])], sure=0.2) == []


def test_a_doubtful_cue_counts_when_a_quotation_would_go_without() -> None:
    text = '"The dam will hold for ten years," Vell beamed.'
    relation = ("beamed", "Vell", ['"The dam will hold for ten years,"'])
    assert read(text, [relation], sure=0.2) == [relation]


def test_a_phrase_in_quotation_marks_is_not_worth_a_doubtful_cue() -> None:
    assert read('Vell saw the "old dam" hold.', [("saw", "Vell", ['"old dam"'])], sure=0.2) == []


def test_the_same_content_is_said_once() -> None:
    text = "Vell told reporters that the dam held."
    found = read(
        text, [("told", "Vell", ["the dam held"]), ("reporters", "Vell", ["the dam held"])]
    )
    assert len(found) == 1


def test_a_dash_joins_only_what_stands_in_its_paragraph() -> None:
    text = "“It held.”\n“It leaks.” ― Vell"
    found = read(text, [("―", "Vell", ["It held", "It leaks"])])
    assert found == [("―", "Vell", ["“It leaks.”"])]


def test_a_headline_takes_nobody_from_the_lead() -> None:
    text = "Council calls for a new dam\nThe Orla Club met in Lowbridge."
    given: list[tuple[str, str | None, list[str]]] = [("calls for", "The Orla Club", ["a new dam"])]
    assert read(text, given) == given
    assert read(text, given, headline=True) == [("calls for", None, ["a new dam"])]


def test_what_the_lead_repeats_of_the_headline_is_said_in_the_lead() -> None:
    text = "Nine die in Vessa flood\nNine people died, Vell said."
    given: list[tuple[str, str | None, list[str]]] = [
        ("said", "Vell", ["Nine die in Vessa flood", "Nine people died"])
    ]
    assert read(text, given) == given
    assert read(text, given, headline=True) == [("said", "Vell", ["Nine people died"])]


@pytest.mark.parametrize(
    ("text", "cut", "whole"),
    [
        pytest.param("Vell (R-Orla) said", "Vell (R-Orla", "Vell (R-Orla)", id="open"),
        pytest.param("Vell (R-Or.) said", "Vell (R-Or", "Vell (R-Or.)", id="with-a-stop"),
        pytest.param("Vell (R-Orla) said", "Vell", "Vell", id="none"),
        pytest.param("Vell (of Orla, he) said", "Vell (of Orla", "Vell (of Orla", id="far"),
        pytest.param("Vell (of Orla", "Vell (of Orla", "Vell (of Orla", id="never-closed"),
    ],
)
def test_a_bracket_that_is_open_is_closed(text: str, cut: str, whole: str) -> None:
    span = close_brackets(text, Span(0, len(cut)))
    assert text[span.start : span.end] == whole


def test_no_run_crosses_a_paragraph() -> None:
    text = "Dam held\nVell said it leaked."
    layout = laid_out(text)
    whole = {"content": [range(0, 2), words(text, layout, "it leaked")], "source": [range(1, 3)]}
    cue = words(text, layout, "said")
    roles = chances(layout, ROLES, {"content": whole["content"], "source": [range(1, 3)]})
    scores = WindowScores(
        range(len(layout)), chances(layout, TAGS, {"cue": [cue]}), {cue.start: roles}
    )
    for found in decode(layout, [scores], Thresholds()):
        for run in (found.cue, found.source, *found.content):
            assert run is None or len({layout.paragraphs[word] for word in run}) == 1


def test_confidence_falls_with_the_chance_of_the_cue() -> None:
    def confidence(sure: float) -> float:
        text = "Vell said it held."
        layout = laid_out(text)
        tags = chances(layout, TAGS, {"cue": [range(1, 2)]}, sure)
        roles = chances(layout, ROLES, {"source": [range(0, 1)], "content": [range(2, 4)]})
        thresholds = Thresholds(confidence=0.1)
        [found] = decode(layout, [WindowScores(range(5), tags, {1: roles})], thresholds)
        assert isinstance(found, Found)
        return found.confidence

    assert 0 < confidence(0.5) < confidence(0.9) <= 1


def test_quotations_are_runs_of_words_with_their_marks() -> None:
    text = 'A "b c" d "e\n"f" g'
    layout = laid_out(text)
    cut = [text[layout.starts[q.start] : layout.ends[q.stop - 1]] for q in quotations(layout)]
    assert cut == ['"b c"', '"e', '"f"']


def test_the_best_path_obeys_its_moves() -> None:
    scores = np.array([[[0, 0, 5], [0, 4, 0], [0, 0, 3]]], np.float32)
    free = np.zeros((3, 3), np.float32)
    assert best_paths(scores, free).tolist() == [[2, 1, 2]]
    barred = free.copy()
    barred[0, 2] = -100  # 2 is never entered from 0, where every row starts
    assert best_paths(scores, barred).tolist() == [[0, 1, 2]]
