"""A paragraph as words, marks and quotations, cut into sentences.

A quotation is one opaque piece here: a full stop inside it ends nothing outside it.
Positions are code points of the report's text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from sayso.extract.rules.quotations import Quotation, find_quotations

Kind = Literal["word", "mark", "quote"]

TITLES = frozenset(
    "mr mrs ms dr prof gen sen rep gov lt col sgt capt maj cmdr adm rev hon st jr sr messrs pres"
    " supt insp det atty dept no vs etc jan feb mar apr jun jul aug sep sept oct nov dec inc corp"
    " co ltd bros m mme mlle".split()
)
_PIECE = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S.
    r"|(?:Mr|Mrs|Ms|Messrs|Dr|Prof|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Maj|Sgt|Capt|Cmdr|Adm|Rev|Hon"
    r"|Pres|Atty|Supt|Insp|Det|Jr|Sr|St)\.(?=\s+[^\W\d_a-z]|,)"
    r"|[A-Z]\.(?=\s+[A-Z])"  # an initial
    r"|(?<=\s)['’](?:s|re|ve|d|ll|m)\b"  # text that was cut into words: "the mayor 's"
    r"|-[LR]RB-"  # brackets, in such text
    r"|[$£€]?\d+(?:[.,:]\d+)*%?(?:st|nd|rd|th|bn|m|k)?"
    r"|[@#]\w+"
    r"|[^\W_]+(?:(?:[-'’&/]|\.(?!(?<=[a-z]\.)[A-Z][a-z]|(?<=[a-z]\.)[AI]\s))[^\W_]+)*"
    r"|\.{2,}|-{2,}|[^\w\s]|_+"
)
_CLITIC = re.compile(r"^(.+?)(['’](?:s|re|ve|d|ll|m))$", re.IGNORECASE)
_STARTERS = frozenset(
    "the a an he she it they we i in on at but and this that these those his her its their there"
    " when while after before if as for to with by".split()
)


class Piece(NamedTuple):
    """One word, mark or quotation, and its lower-case letters."""

    kind: Kind
    start: int
    end: int
    low: str  # the word in lower case with straight apostrophes; empty for a quotation
    capital: bool = False
    ending: str = ""  # of a quotation: the mark that ends its words, if any


Sentence = list[Piece]


@lru_cache(maxsize=256)  # a report's paragraphs are asked for by its finder, speakers and chains
def cut_sentences(
    text: str, start: int, end: int, inside: bool, /
) -> tuple[list[Sentence], list[Quotation]]:
    """Return the sentences of the paragraph text[start:end], and its quotations.

    With `inside` the paragraph begins within a quotation that an earlier one opened.
    """
    quotations = find_quotations(text, start, end, inside=inside)
    pieces: list[Piece] = []
    at = start
    for quotation in quotations:
        pieces.extend(_pieces(text, at, quotation.start))
        pieces.append(
            Piece(
                "quote",
                quotation.start,
                quotation.end,
                "",
                _begins_high(text, quotation),
                _ending(text, quotation),
            )
        )
        at = quotation.end
    pieces.extend(_pieces(text, at, end))
    return _split(pieces), quotations


def _ending(text: str, quotation: Quotation) -> str:
    inner = text[quotation.start : quotation.end].rstrip("”»“\"'’` ")
    return inner[-1] if inner and inner[-1] in ".?!,…" else ""


def _begins_high(text: str, quotation: Quotation) -> bool:
    inner = text[quotation.start : quotation.end].lstrip("“«„‟\"'‘`[( …")
    return bool(inner) and inner[0].isupper()


def _pieces(text: str, start: int, end: int) -> list[Piece]:
    found: list[Piece] = []
    for match in _PIECE.finditer(text, start, end):
        word = match.group()
        if word.isalpha():  # most of all, and as it stands
            found.append(Piece("word", match.start(), match.end(), word.lower(), word[0].isupper()))
            continue
        if word in {"-LRB-", "-RRB-"}:
            found.append(Piece("mark", match.start(), match.end(), "(" if word[1] == "L" else ")"))
            continue
        if word[0] in "'’" and len(word) > 1:
            found.append(_word(text, match.start(), match.end()))
            continue
        if not word[0].isalnum() and word[0] not in "@#$£€":
            found.append(Piece("mark", match.start(), match.end(), word))
            continue
        clitic = _CLITIC.match(word)
        if clitic:
            cut = match.start() + len(clitic.group(1))
            found.append(_word(text, match.start(), cut))
            found.append(_word(text, cut, match.end()))
        else:
            found.append(_word(text, match.start(), match.end()))
    return found


def _word(text: str, start: int, end: int) -> Piece:
    word = text[start:end]
    low = word.lower().replace("’", "'")
    return Piece("word", start, end, low, word[0].isupper())


def _split(pieces: list[Piece]) -> list[Sentence]:
    sentences: list[Sentence] = []
    current: Sentence = []
    for index, piece in enumerate(pieces):
        current.append(piece)
        following = pieces[index + 1] if index + 1 < len(pieces) else None
        if piece.kind == "word" and following is not None and piece.low[-1] != ".":
            continue  # most of all: inside a sentence
        if following is None or _ends(current, following, pieces, index):
            sentences.append(current)
            current = []
    return sentences


def _ends(current: Sentence, following: Piece, pieces: list[Piece], index: int) -> bool:
    piece = current[-1]
    if piece.kind == "quote":
        ended = piece.ending
        if not ended or ended == ",":
            return False
        if following.kind == "quote":
            return True
        if not (following.kind == "word" and following.capital):
            return False
        return ended == "." or not _cue_follows(pieces, index + 1)
    if piece.kind == "word":
        # A full stop belongs to "U.S." and may end the sentence as well.
        return following.kind == "word" and following.capital and following.low in _STARTERS
    starts = following.kind == "quote" or following.capital or following.low[:1].isdigit()
    if piece.low in {"?", "!", "…", "...", "...."}:
        return starts
    if piece.low != ".":
        return False
    before = current[-2] if len(current) > 1 else None
    if before is None or before.end != piece.start:
        return starts
    if before.low in TITLES and before.capital:
        return False
    if before.kind == "word" and len(before.low) == 1 and before.capital:
        return False  # an initial
    return starts or following.kind == "mark"


def _cue_follows(pieces: list[Piece], at: int) -> bool:
    """After “…?” a capital may begin the speaker's name: look for a reporting word."""
    from sayso.extract.rules.lexicon import takes

    for piece in pieces[at : at + 7]:
        if piece.kind != "word":
            return False
        if takes(piece.low, "say") or takes(piece.low, "ask") or takes(piece.low, "quote"):
            return True
    return False
