"""Clauses by which one quotes another: "Norpress quoted the ministry as saying the dam would hold".

The one who is quoted speaks, and the one who quotes is a link; whatever a finder took for the
source. The clause is read from the words of its sentence; what was said is what the finder says,
as far as it stands outside the clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.extract.rules.extent import content_end, past_adverbials
from sayso.extract.rules.lexicon import BE, base, takes
from sayso.extract.rules.phrases import DASHES, noun_phrase, predicate_start, subject
from sayso.extract.rules.words import Sentence
from sayso.extract.speakers.sources import read_source
from sayso.records import Span

FURTHEST = 40  # pieces between "quoted" and "as saying": a name with a long apposition
_QUOTING = frozenset({"quote", "cite"})
_MEDIA = re.compile(
    r"\b(?:media|press|newspapers?|papers?|television|TV|radio|agenc(?:y|ies)|outlets?|reports?"
    r"|broadcasters?|news|magazine|daily|weekly|web ?site|channel|transcript|account|statement"
    r"|interview|article|book|release)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quoting:
    """Who is quoted, by which word, and by whom; `content` as the sentence alone tells it."""

    speaker: Span
    cue: Span
    carrier: Span | None
    quoting: Span
    content: Span | None

    @property
    def zone(self) -> Span:
        """The clause from its first role to "saying": nothing of it is said by anybody."""
        spans = [self.speaker, self.cue, self.quoting]
        if self.carrier is not None and self.carrier.end <= self.cue.start:
            spans.append(self.carrier)
        return Span(min(span.start for span in spans), max(span.end for span in spans))


def read_quotings(text: str, sentence: Sentence) -> Iterator[Quoting]:
    """Yield the clauses of a sentence by which somebody is quoted."""
    for at, piece in enumerate(sentence):
        if piece.kind == "word" and base(piece.low) in _QUOTING:
            found = _read(text, sentence, at)
            if found is not None:
                yield found


def passes_on(text: str, source: Span) -> bool:
    """Say whether a source is one that passes words on: an outlet, an agency, a document."""
    words = text[source.start : source.end]
    return read_source(words).sort in {"organisation", "document"} or bool(_MEDIA.search(words))


def is_media(words: str) -> bool:
    """Say whether words name an outlet, a report or the like."""
    return bool(_MEDIA.search(words))


def _read(text: str, sentence: Sentence, at: int) -> Quoting | None:
    begin = predicate_start(sentence, at)
    passive = any(piece.low in BE for piece in sentence[begin:at])
    told = next(
        (
            k
            for k in range(at + 1, min(at + FURTHEST, len(sentence)))
            if _says(sentence, k, passive)
        ),
        None,
    )
    left = subject(sentence, begin)
    if told is None or left is None:
        return None
    if passive:
        speaker, carrier = left, _quoted_by(text, sentence, at + 1, told)
    else:
        end = told
        while end > at + 1 and (sentence[end - 1].kind == "mark" or _joins(sentence, end - 1)):
            end -= 1
        if end == at + 1:
            return None
        speaker, carrier = (at + 1, end), left
    return Quoting(
        speaker=_span(sentence, speaker),
        cue=_span(sentence, (told, told + 1)),
        carrier=_span(sentence, carrier) if carrier is not None else None,
        quoting=_span(sentence, (begin, at + 1)),
        content=_content(sentence, left[0], told + 1),
    )


def _says(sentence: Sentence, at: int, passive: bool) -> bool:
    """ "as saying", "as having told"; where somebody is quoted somewhere, "saying" alone."""
    low = sentence[at].low
    if not (takes(low, "say") or takes(low, "tell")):
        return False
    before = sentence[at - 1].low
    if low.endswith("ing"):
        return before == "as" or passive
    return before == "having" and sentence[at - 2].low == "as"


def _joins(sentence: Sentence, at: int) -> bool:
    return sentence[at].low in {"as", "having"}


def _quoted_by(text: str, sentence: Sentence, start: int, told: int) -> tuple[int, int] | None:
    """Whoever quotes in a passive: "quoted by state media", "as saying in the Gazette"."""
    for at in range(start, min(told + 8, len(sentence) - 1)):
        low = sentence[at].low
        if sentence[at].kind == "quote":
            return None
        if low not in {"by", "in", "on"} or at == told:
            continue
        end = noun_phrase(sentence, at + 1)
        if end is None:
            continue
        if at < told < end:
            end = told
        while end > at + 1 and (sentence[end - 1].kind == "mark" or _joins(sentence, end - 1)):
            end -= 1
        phrase = (at + 1, end)
        if end > at + 1 and (low == "by" or passes_on(text, _span(sentence, phrase))):
            return phrase
    return None


def _content(sentence: Sentence, first: int, after: int) -> Span | None:
    """What is said: the quotation before the clause, or what follows it, or what precedes it."""
    before = first - 1
    while before >= 0 and sentence[before].low in {","} | DASHES:
        before -= 1
    preceding = (0, before + 1) if 0 <= before < first - 1 or _is_quote(sentence, before) else None
    if preceding and _is_quote(sentence, before):
        return _span(sentence, preceding)
    at = past_adverbials(sentence, after)
    if at < len(sentence) and sentence[at].low in {",", ":"} and _is_quote(sentence, at + 1):
        at += 1
    if at < len(sentence) and sentence[at].kind != "mark":
        return _span(sentence, (at, content_end(sentence, at)))
    return _span(sentence, preceding) if preceding else None


def _is_quote(sentence: Sentence, at: int) -> bool:
    return 0 <= at < len(sentence) and sentence[at].kind == "quote"


def _span(sentence: Sentence, part: tuple[int, int]) -> Span:
    return Span(sentence[part[0]].start, sentence[part[1] - 1].end)
