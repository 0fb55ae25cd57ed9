"""A report laid out for the model: words, word pieces, features and windows.

Rule 1: a word is what the encoder's own tokeniser calls one: a run of letters and digits,
or a single mark; labels and spans are of words, never of pieces.
Rule 2: a paragraph is a hard border, and a window holds whole paragraphs where they fit.
Rule 3: quotation marks that belong together become one plain mark, so that the desk's
typography changes nothing; what the uncased vocabulary loses comes back as three features.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sayso.extract.rules.quotations import find_quotations
from sayso.records import Span

WINDOW_PIECES = 256
"""What the model was trained on; longer windows at run time lose four points of F1."""

HEADLINE_WORDS = 30
"""A first paragraph that is longer than this is a lead without a headline."""

LONGEST_WORD = 100
"""Longer words are unknown to the encoder, as in its own tokeniser."""

SHAPES = ("mark", "lower", "Title", "UPPER", "number", "mIxed")
QUOTED = ("outside", "opening", "inside", "closing")
PLACES = ("running", "first of paragraph", "headline", "first of headline")

_SINGLE = frozenset("'‘’‚‛`")
_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+|''|``|‘‘|’’|[^\s\w]|_")
_PLAIN = {"–": "—", "―": "—"}


@dataclass(frozen=True, slots=True)
class Layout:
    """The words of a report, column by column; all columns are of one length."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    pieces: tuple[tuple[int, ...], ...]
    shapes: tuple[int, ...]
    quoted: tuple[int, ...]
    places: tuple[int, ...]
    paragraphs: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.starts)


class Vocabulary:
    """Greedy longest-match word pieces over an uncased vocabulary."""

    def __init__(self, tokens: Iterable[str]) -> None:
        self._ids: Mapping[str, int] = {token: at for at, token in enumerate(tokens)}
        self._known: dict[str, tuple[int, ...]] = {}
        self.start = self._ids["[CLS]"]
        self.end = self._ids["[SEP]"]
        self.padding = self._ids["[PAD]"]
        self.unknown = self._ids["[UNK]"]
        self.mask = self._ids["[MASK]"]

    def pieces(self, word: str) -> tuple[int, ...]:
        """Return the piece ids of one word; unknown words are one unknown piece."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._cut(_uncased(word))
        return known

    def _cut(self, word: str) -> tuple[int, ...]:
        if not word or len(word) > LONGEST_WORD:
            return (self.unknown,)
        pieces: list[int] = []
        start = 0
        while start < len(word):
            lead = "##" if start else ""
            for end in range(len(word), start, -1):
                piece = self._ids.get(lead + word[start:end])
                if piece is not None:
                    pieces.append(piece)
                    start = end
                    break
            else:
                return (self.unknown,)
        return tuple(pieces)


def split_paragraphs(text: str, within: Span) -> list[Span]:
    """Return the paragraphs of a stretch: its lines that hold a word."""
    found: list[Span] = []
    for line in re.finditer(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+", text[within.start : within.end]):
        if not line.group().isspace():
            found.append(Span(within.start + line.start(), within.start + line.end()))
    return found


def lay_out(
    text: str, paragraphs: Sequence[Span], headlines: Sequence[bool], vocabulary: Vocabulary
) -> Layout:
    """Lay out the paragraphs of a text; `headlines` says which of them are headlines."""
    starts: list[int] = []
    ends: list[int] = []
    pieces: list[tuple[int, ...]] = []
    shapes: list[int] = []
    quoted: list[int] = []
    places: list[int] = []
    numbers: list[int] = []
    for number, (paragraph, headline) in enumerate(zip(paragraphs, headlines, strict=True)):
        states = _quoted_states(text, paragraph)
        first = True
        for match in _WORD.finditer(text, paragraph.start, paragraph.end):
            word = match.group()
            start = match.start()
            if len(word) == 1 and unicodedata.category(word)[0] in "CZ":
                continue  # zero-width marks are invisible to readers and to the encoder
            state = states[start - paragraph.start]
            if states[match.end() - 1 - paragraph.start] == 3:
                state = 3
            if state in (1, 3) or (word[0] in _SINGLE and len(word) == 2):
                word = '"'
            elif word in _SINGLE:
                word = "'"
            starts.append(start)
            ends.append(match.end())
            pieces.append(vocabulary.pieces(_PLAIN.get(word, word)))
            shapes.append(_shape(word))
            quoted.append(state)
            places.append((2 if headline else 0) + (1 if first else 0))
            numbers.append(number)
            first = False
    return Layout(
        tuple(starts), tuple(ends), tuple(pieces), tuple(shapes), tuple(quoted), tuple(places),
        tuple(numbers),
    )  # fmt: skip


def cut_windows(
    layout: Layout, limit: int = WINDOW_PIECES, first: int | None = None
) -> Iterator[range]:
    """Yield windows of words: whole paragraphs, as many as fit.

    A paragraph that fits no window is cut at its last full stop, or else where the room ends.
    `first` gives the first window another room: training moves its borders with it.
    """
    room = (first or limit) - 2  # the encoder's own start and end pieces
    start = 0
    while start < len(layout):
        used = 0
        border: int | None = None  # the last place where a paragraph ended
        stop: int | None = None  # the last place where a sentence may have ended
        at = start
        while at < len(layout):
            if at > start:
                if layout.paragraphs[at] != layout.paragraphs[at - 1]:
                    border = at
                elif layout.shapes[at] >= 2 and layout.shapes[at - 1] == 0:
                    stop = at
            used += len(layout.pieces[at])
            if used > room:
                break
            at += 1
        else:
            border = at
        end = border or stop or max(at, start + 1)
        yield range(start, end)
        start = end
        room = limit - 2


def _quoted_states(text: str, paragraph: Span) -> list[int]:
    states = [0] * len(paragraph)
    for quotation in find_quotations(text, paragraph.start, paragraph.end):
        start = quotation.start - paragraph.start
        end = quotation.end - paragraph.start
        states[start:end] = [2] * (end - start)
        states[start] = 1
        if quotation.closed:
            states[end - 1] = 3
    return states


def _uncased(word: str) -> str:
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFD", word.lower())
    return "".join(char for char in plain if unicodedata.category(char) != "Mn")


def _shape(word: str) -> int:
    if not word[0].isalnum():
        return 0
    if word.islower():
        return 1
    if word[0].isdigit():
        return 4
    if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        return 2
    if word.isupper():
        return 3
    return 5
