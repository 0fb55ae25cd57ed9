"""A report's text, put together from pieces: headline, standfirst, then the paragraphs.

Pieces are joined by a blank line and by nothing else, so every character of the text
but those line ends was published.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable

from sayso.normalise.html import Block
from sayso.normalise.parts import Paragraph
from sayso.records import PartKind, Span

_BETWEEN = "\n\n"
_MOST_HINTED = 0.3  # share of a text that boxes beside the story make up
_SAME = 60  # characters by which a standfirst and the beginning of the story are compared


def compose(headline: str, standfirst: str, blocks: Iterable[Block]) -> tuple[str, list[Paragraph]]:
    """Return the text and its paragraphs. What repeats the headline or standfirst is left out."""
    pieces: list[tuple[str, PartKind | None]] = []
    if headline:
        pieces.append((headline, "headline"))
    story = _trusted([block for block in blocks if _plain(block.text) != _plain(headline)])
    if standfirst and not _repeats(standfirst, story):
        pieces.append((standfirst, "standfirst"))
    pieces += [(block.text, block.hint) for block in story]
    text = ""
    paragraphs = []
    for words, hint in pieces:
        start = len(text) + (len(_BETWEEN) if text else 0)
        text += (_BETWEEN if text else "") + words
        paragraphs.append(Paragraph(Span(start, start + len(words)), hint))
    return text, paragraphs


def _trusted(blocks: list[Block]) -> list[Block]:
    """Return `blocks` without the hints that would take the story itself for something else.

    A class such as "related-content" may stand on the box around a whole article.
    """
    whole = sum(len(block.text) for block in blocks)
    sure = ("caption", "heading", "standfirst", "byline")
    hinted = sum(len(block.text) for block in blocks if block.hint and block.hint not in sure)
    if hinted <= whole * _MOST_HINTED:
        return blocks
    return [
        block if block.hint in sure else dataclasses.replace(block, hint=None) for block in blocks
    ]


def _repeats(standfirst: str, story: list[Block]) -> bool:
    """Return whether a standfirst is only the story's beginning, perhaps cut off."""
    beginning = _plain(standfirst)[:_SAME]
    return any(beginning and beginning in _plain(block.text) for block in story[:4])


def _plain(words: str) -> str:
    return re.sub(r"\W+", " ", words).strip().casefold()
