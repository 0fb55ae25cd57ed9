"""The content of an attribution: where it ends, and what stands between it and its cue.

A content runs to the end of its sentence or to the next clause that reports something else.
"""

from __future__ import annotations

from dataclasses import dataclass

from sayso.extract.rules.lexicon import AUXILIARIES, DAYS, PREPOSITIONS, frame
from sayso.extract.rules.phrases import DASHES, OBJECTS, Range, is_adverb, noun_phrase
from sayso.extract.rules.words import Sentence

FINAL = frozenset({".", "?", "!", "…", "...", "....", ":"})
HEARERS = frozenset("reporters journalists parliament lawmakers".split())


@dataclass(frozen=True, slots=True)
class Clause:
    """Index ranges of one sentence: who, by which word, what."""

    source: Range | None
    cue: Range
    content: tuple[Range, ...]
    confidence: float


def within(at: int, clause: Clause) -> bool:
    """True where the word at `at` is part of a clause already read."""
    return clause.cue[0] <= at < clause.cue[1] or any(
        start <= at < end for start, end in (*clause.content, clause.source or (0, 0))
    )


def past_adverbials(sentence: Sentence, at: int) -> int:
    """Skip "on Monday", "in a statement", "to reporters", "after the vote", "late last week"."""
    while at < len(sentence):
        piece = sentence[at]
        if piece.kind == "word" and (is_adverb(piece) or piece.low in DAYS):
            at += 1
        elif piece.low in {"last", "this", "late", "early", "that"} and _time_ahead(sentence, at):
            at += 2
        elif piece.low in PREPOSITIONS and at + 1 < len(sentence):
            end = noun_phrase(sentence, at + 1)
            if end is None:
                if sentence[at + 1].low.endswith("ing"):
                    return at
                return at
            at = end
        elif piece.low in OBJECTS | HEARERS:
            at += 1
        else:
            break
    return at


def _time_ahead(sentence: Sentence, at: int) -> bool:
    return at + 1 < len(sentence) and sentence[at + 1].low in DAYS | {
        "week", "month", "year", "night", "morning", "evening", "afternoon", "last"
    }  # fmt: skip


def content_end(sentence: Sentence, start: int) -> int:
    """Where the content stops: the end of the sentence, or a new clause that reports."""
    last = len(sentence)
    while (
        last > start + 1
        and sentence[last - 1].kind == "mark"
        and sentence[last - 1].low in FINAL | {",", ";"}
    ):
        last -= 1
    for at in range(start + 1, last):
        piece = sentence[at]
        if piece.low == ";":
            return at
        if piece.kind != "mark" and piece.low not in {"and", "but", "while"}:
            continue
        if piece.low not in {",", "and", "but", "while"} | DASHES:
            continue
        if _new_report(sentence, at, last):
            return at
    return last


def _new_report(sentence: Sentence, at: int, last: int) -> bool:
    """After the comma or "and" at `at`: ", adding that", "and called on", ", but he said"."""
    here = at + 1
    while here < last and (
        sentence[here].low in {"and", "but", "while", "then"} or is_adverb(sentence[here])
    ):
        here += 1
    if here >= last or sentence[here].kind != "word":
        return False
    low = sentence[here].low
    frames = frame(low)
    comma = sentence[at].kind == "mark"
    if comma and low.endswith("ing") and (frames or low in {"speaking", "according"}):
        return True
    if low == "according" and sentence[here + 1 : here + 2] and sentence[here + 1].low == "to":
        return True
    if frames & {"say", "tell"} and low.endswith(("ed", "said", "told", "wrote", "says", "tells")):
        return True
    if low == "called" and here + 1 < last and sentence[here + 1].low in {"for", "on"}:
        return True
    if sentence[here].low in {"he", "she", "they"} and here > at + 1:
        ahead = here + 1
        while ahead < last and (sentence[ahead].low in AUXILIARIES or is_adverb(sentence[ahead])):
            ahead += 1
        return ahead < last and bool(frame(sentence[ahead].low) & {"say", "tell"})
    return False


def carries_on(sentence: Sentence, at: int) -> bool:
    """True for a word that goes on with what was said before the cue."""
    low = sentence[at].low
    if sentence[at].kind != "word" or low.endswith("ing") or low in PREPOSITIONS:
        return False
    return low in AUXILIARIES or low in {"because", "that", "if", "unless", "or", "not"}
