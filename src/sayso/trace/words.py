"""The words of a report as numbers, with the characters that each stands on.

Rule: the same words give the same numbers in every process and on every machine, whatever
their case, their quotation marks and the white space between them.

Only what the newsroom wrote as the report is read: headlines, bylines, credits, promotion
boxes and see-also lines are left out, so that nothing of the page around a story counts as
the story. What two reports share is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sayso.records import PartKind, Report, Span
from sayso.trace.splitting import Hashes, Places, split_words

Marks = npt.NDArray[np.bool_]

SHINGLE = 4
"""Words in a shingle: three are shared by chance too often, five lose lightly edited copies."""

_QUOTE = re.compile(r"[“”„‟«»\"]|\n\s*\n")
_BLOCK = re.compile(r":[^\S\n]*\n\s*([^\n]+)")
# "… — Name (@handle) 1 May 2030": the signature of an embedded post.
_HANDLE = re.compile(r"[—–-] ?[^\n(—–]{1,60}\(@\w{1,30}\)")
# "Ida Voss Ida Marie VossVoss says … MORE": the box that opens over a name, left in a page's text.
_HOVER = re.compile(
    r"\b([A-ZÀ-Þ][\w’'-]{0,60}) (?:[A-ZÀ-Þ][\w.’'-]{0,60} ){0,5}?\1[^\n]{20,900}?\bMORE\b"
)
_HOVER_REACH = 1_300  # characters from the name to the end of its box, at most
_HOVER_HEAD = 400  # of these, the name and the fewest words behind it
_OPENS = "“„«‟"
_LOST = 400  # characters, as a paragraph of a long quotation has
_NOT_STORY: tuple[PartKind, ...] = (
    "headline",
    "byline",
    "dateline",
    "promotion",
    "see-also",
    "credit",
    "correction",
    "note",
)
_ENTRIES = ((6, 120), (4, 45))  # titles of a gallery, and words from one to the next on average:
# a name of four words comes as often in a report, but not so close together or so evenly
_BOX_WORDS = 24  # from a box's title to its title again
_UNEVEN = 2.5  # times the average: the longest gap from one title to the next
# Odd constants of a full-period mixer (splitmix64), so that word order matters.
_TURNS = np.array(
    [0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xD6E8FEB86659FD93],
    dtype=np.uint64,
)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of one report, in text order."""

    hashes: Hashes
    starts: Places
    ends: Places
    quoted: Marks  # the word stands between quotation marks, or in an embedded post
    block: Marks  # the word stands in a paragraph that a colon announces: a quotation or an excerpt
    repeated: Marks  # the word stands in a list or a gallery that repeats a phrase for each entry

    def __len__(self) -> int:
        return len(self.hashes)

    def span(self, first: int, last: int) -> Span:
        """Return the characters from word `first` up to, not including, word `last`."""
        return Span(int(self.starts[first]), int(self.ends[last - 1]))


def read_words(report: Report) -> Words:
    """Return the words of the story that `report` tells."""
    text = report.text
    hashes, starts, ends = split_words(text)
    story = ~_inside(starts, report.spans(*_NOT_STORY))
    quoted = _inside(starts, quotations(text))
    for handle in _HANDLE.finditer(text) if "(@" in text else ():
        post = text.rfind("\n", 0, handle.start())
        quoted |= (starts > post) & (starts < handle.end())
    block = _inside(starts, tuple(Span(*match.span(1)) for match in _BLOCK.finditer(text)))
    kept = hashes[story]
    boxes = _inside(starts, tuple(_hovers(text)))
    return Words(
        kept,
        starts[story],
        ends[story],
        quoted[story],
        block[story],
        _repeated(kept) | boxes[story],
    )


def shingles(hashes: Hashes, size: int = SHINGLE) -> Hashes:
    """Return a number for each run of `size` words; the i-th begins at the i-th word."""
    count = len(hashes) - size + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    mixed = np.zeros(count, dtype=np.uint64)
    for turn, start in zip(_TURNS[:size], range(size), strict=True):
        mixed ^= hashes[start : start + count] * turn
        mixed ^= mixed >> np.uint64(29)
        mixed *= _TURNS[1]
    mixed ^= mixed >> np.uint64(32)
    return mixed


def quotations(text: str) -> tuple[Span, ...]:
    """Return the stretches between quotation marks, marks included.

    Outlets open curly and close straight, and a quotation that runs over paragraphs is opened
    again in each: so a straight mark opens where a word follows it and closes elsewhere, and what
    is never closed ends with its paragraph, or where another opens, or after `_LOST` characters:
    one lost mark must not turn a report into a quotation.
    Read by expression, not by character: this runs on every report.
    """
    spans: list[Span] = []
    opened: int | None = None
    for match in _QUOTE.finditer(text):
        at, mark = match.start(), match.group()
        if opened is None:
            if _opens(text, at, mark):
                opened = at
        elif len(mark) > 1:
            spans.append(Span(opened, min(at, opened + _LOST)))
            opened = None
        elif _opens(text, at, mark) and not (mark == "“" and text[opened] == "„"):
            spans.append(Span(opened, min(at, opened + _LOST)))
            opened = at
        else:
            spans.append(Span(opened, at + 1))
            opened = None
    if opened is not None:
        spans.append(Span(opened, min(len(text), opened + _LOST)))
    return tuple(spans)


def _hovers(text: str) -> Iterator[Span]:
    """Yield the boxes that end in MORE, looked for from there: few reports have the word."""
    at = done = 0
    while (end := text.find("MORE", at)) >= 0:
        # What begins well before the last MORE would have ended there.
        found = _HOVER.search(text, max(done, end - _HOVER_REACH, at - _HOVER_HEAD), end + 4)
        at = end + 4
        if found:
            done = found.end()
            yield Span(*found.span())


def _opens(text: str, at: int, mark: str) -> bool:
    if mark != '"':
        return mark in _OPENS
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return (not before or before in " \n\t([—–-\u00a0") and bool(after) and not after.isspace()


def _repeated(hashes: Hashes) -> Marks:
    """Tell the words of boxes, and those between the first and the last entry of a gallery.

    Pages carry galleries and video boxes in their text, where a title comes again with each
    entry: the same phrase many times, every few dozen words. No report is written like that.
    """
    phrases = shingles(hashes)
    order = np.argsort(phrases, kind="stable")
    ranked = phrases[order]
    # A box gives its title twice within a line or two: all from the one to the other is the box.
    twice = np.flatnonzero((ranked[1:] == ranked[:-1]) & (np.diff(order) <= _BOX_WORDS))
    edges = np.zeros(len(hashes) + 1, dtype=np.int64)
    np.add.at(edges, order[twice], 1)
    np.add.at(edges, order[twice + 1] + SHINGLE, -1)
    marks = np.cumsum(edges[:-1]) > 0
    begins = np.flatnonzero(np.append(True, ranked[1:] != ranked[:-1])[: len(ranked)])
    counts = np.diff(np.append(begins, len(ranked)))
    fewest = min(entries for entries, _ in _ENTRIES)
    for begin, count in zip(begins[counts >= fewest], counts[counts >= fewest], strict=True):
        places = order[begin : begin + count]
        first, last = places[0], places[-1]
        apart = (last - first) / (count - 1)
        even = np.diff(places).max() <= _UNEVEN * apart
        if even and any(count >= entries and apart <= words for entries, words in _ENTRIES):
            # What follows the last title is taken for one entry more.
            marks[first : last + int(apart)] = True
    return marks


def _inside(starts: Places, spans: tuple[Span, ...]) -> Marks:
    """Tell for each word whether it begins in one of `spans`."""
    if not spans:
        return np.zeros(len(starts), dtype=np.bool_)
    places = np.array([(span.start, span.end) for span in spans], dtype=np.int32)
    edges = np.zeros(len(starts) + 1, dtype=np.int64)
    np.add.at(edges, np.searchsorted(starts, places[:, 0]), 1)
    np.add.at(edges, np.searchsorted(starts, places[:, 1]), -1)
    return np.cumsum(edges[:-1]) > 0
