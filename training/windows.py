"""The windows that the attribution model learns from: an article cut, labelled and stacked.

What is cut and how words are laid out is the package's own code, the same as at run time; here
come the labels, and what chance does so that one campaign is not learnt by heart.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from sayso.bench.polnear import Relation
from sayso.extract.attribution.layout import (
    WINDOW_PIECES,
    Layout,
    Vocabulary,
    cut_windows,
    lay_out,
    split_paragraphs,
)
from sayso.records import Span

HIDDEN_WORDS = 0.05  # of all words, masked, so that context is read too
HIDDEN_NAMES = 0.08  # of words with a capital, besides: PolNeAR is one campaign of one year
NO_FULL_STOP = 0.5  # of headlines: PolNeAR ends them with one, the world does not
FIRST_WINDOW = (96, WINDOW_PIECES)  # how long the first window may be: it moves all borders


@dataclass
class Example:
    """One window: pieces with the encoder's start and end, features, and gold for its words.

    `places` are the first pieces of the words; `tags` is -1 where a word is in doubt; `cues` are
    the words of cues, `roles` what each word is to each of them.
    """

    pieces: list[int]
    features: list[tuple[int, int, int]]
    places: list[int]
    paragraphs: list[int]
    tags: list[int]
    cues: list[int]
    roles: list[list[int]]


def lay_out_article(text: str, vocabulary: Vocabulary) -> Layout:
    paragraphs = split_paragraphs(text, Span(0, len(text)))
    return lay_out(text, paragraphs, [at == 0 for at in range(len(paragraphs))], vocabulary)


def make_examples(
    text: str,
    relations: tuple[Relation, ...],
    unsure: tuple[Span, ...],
    vocabulary: Vocabulary,
    chance: random.Random,
) -> Iterator[Example]:
    """Yield the windows of an article; `chance` moves their borders and hides words."""
    headline = text.split("\n", 1)[0]
    if headline.endswith(".") and chance.random() < NO_FULL_STOP:
        at = len(headline) - 1
        text = text[:at] + " " + text[at + 1 :]
    layout = lay_out_article(text, vocabulary)
    tags, roles = label(layout, relations)
    for piece in words_of(layout, unsure):
        for word in piece:
            tags[word] = tags[word] or -1
    for window in cut_windows(layout, first=chance.randint(*FIRST_WINDOW)):
        first = window.start
        borders = {w - first for w in window if _begins_paragraph(layout, w)}
        made = Example([vocabulary.start], [(0, 0, 0)], [], [], [], [], [])
        for word in window:
            made.places.append(len(made.pieces))
            pieces = layout.pieces[word]
            if layout.shapes[word]:
                capital = layout.shapes[word] in (2, 3, 5)
                if chance.random() < HIDDEN_WORDS + (HIDDEN_NAMES if capital else 0):
                    pieces = (vocabulary.mask,) * len(pieces)
            made.pieces.extend(pieces)
            feature = (layout.shapes[word], layout.quoted[word], layout.places[word])
            made.features.extend([feature] * len(pieces))
            made.paragraphs.append(layout.paragraphs[word] - layout.paragraphs[first])
        made.pieces.append(vocabulary.end)
        made.features.append((0, 0, 0))
        made.tags = begin_anew(tags[first : window.stop], borders)
        for cue, row in roles:
            if cue in window:
                made.cues.append(cue - first)
                made.roles.append(begin_anew(row[first : window.stop], borders))
        yield made


def begin_anew(row: list[int], borders: set[int]) -> list[int]:
    """Return labels in which every inside (an even one) has its beginning before it.

    A window, a paragraph or a cue in the middle may have cut it off.
    """
    made: list[int] = []
    for at, one in enumerate(row):
        inside = one > 0 and one % 2 == 0
        cut = inside and (at in borders or not made or made[-1] not in (one - 1, one))
        made.append(one - 1 if cut else one)
    return made


def _begins_paragraph(layout: Layout, word: int) -> bool:
    return word == 0 or layout.paragraphs[word] != layout.paragraphs[word - 1]


def label(
    layout: Layout, relations: tuple[Relation, ...]
) -> tuple[list[int], list[tuple[int, list[int]]]]:
    """Return the tag of every word, and for every word of a cue the role of every word."""
    tags = [0] * len(layout)
    roles: list[tuple[int, list[int]]] = []
    found = [
        (words_of(layout, r.source), words_of(layout, r.cue), words_of(layout, r.content))
        for r in relations
    ]
    # Where two relations meet, a cue is worth more than a source, a source more than a content.
    for role, tag in ((2, 5), (0, 1), (1, 3)):
        for relation in found:
            for piece in relation[role]:
                mark(tags, piece, tag)
    for source, cue, content in found:
        row = [0] * len(layout)
        for piece in content:
            mark(row, piece, 3)
        for piece in source:
            mark(row, piece, 1)
        for piece in cue:
            for word in piece:
                row[word] = 0
        roles.extend((word, row) for piece in cue for word in piece)
    return tags, roles


def mark(row: list[int], piece: range, begin: int) -> None:
    for word in piece:
        row[word] = begin if word == piece[0] else begin + 1


def words_of(layout: Layout, spans: tuple[Span, ...]) -> list[range]:
    """Return the words that each span touches; marks at its edges are no part of it.

    A cue may be nothing but a mark, as the colon of a headline.
    """
    found: list[range] = []
    for span in spans:
        first = last = bisect_left(layout.ends, span.start + 1)
        while last < len(layout) and layout.starts[last] < span.end:
            last += 1
        touched = range(first, last)
        while first < last and layout.shapes[first] == 0:
            first += 1
        while first < last and layout.shapes[last - 1] == 0:
            last -= 1
        if touched:
            found.append(range(first, last) if first < last else touched)
    return found


@dataclass
class Batch:
    """Examples side by side; -1 pads gold, 0 everything else."""

    pieces: Tensor
    features: Tensor
    places: Tensor
    paragraphs: Tensor
    tags: Tensor
    cues: Tensor
    roles: Tensor  # (rows, cue words, words)
    borders: Tensor  # where a paragraph begins


def stack(examples: list[Example]) -> Batch:
    rows, length = len(examples), max(len(e.pieces) for e in examples)
    words = max(len(e.places) for e in examples)
    cues = max(1, *(len(e.cues) for e in examples))
    made = Batch(
        pieces=torch.zeros(rows, length, dtype=torch.long),
        features=torch.zeros(rows, length, 3, dtype=torch.long),
        places=torch.zeros(rows, words, dtype=torch.long),
        paragraphs=torch.zeros(rows, words, dtype=torch.long),
        tags=torch.full((rows, words), -1),
        cues=torch.zeros(rows, cues, dtype=torch.long),
        roles=torch.full((rows, cues, words), -1),
        borders=torch.zeros(rows, words, dtype=torch.bool),
    )
    for at, e in enumerate(examples):
        made.pieces[at, : len(e.pieces)] = torch.tensor(e.pieces)
        made.features[at, : len(e.pieces)] = torch.tensor(e.features)
        n = len(e.places)
        made.places[at, :n] = torch.tensor(e.places)
        made.paragraphs[at, :n] = torch.tensor(e.paragraphs)
        made.tags[at, :n] = torch.tensor(e.tags)
        made.borders[at, 1:n] = made.paragraphs[at, 1:n] != made.paragraphs[at, : n - 1]
        if e.cues:
            made.cues[at, : len(e.cues)] = torch.tensor(e.cues)
            made.roles[at, : len(e.cues), :n] = torch.tensor(e.roles)
    return made
