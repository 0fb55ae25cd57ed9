"""A statement inside the one that passes it on: "the ministry said, state radio reported".

Who passes words on is told by a reporting verb or "according to"; what they passed on is read from
the rest of their sentence, whichever part of it the finder took for the content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sayso.extract.around.place import Place
from sayso.extract.around.quoted import is_media
from sayso.extract.attribution.modality import modality_of
from sayso.extract.rules.clauses import read_clauses
from sayso.extract.rules.extent import Clause, past_adverbials
from sayso.extract.rules.lexicon import AUXILIARIES, BE, DETERMINERS, PREPOSITIONS, base
from sayso.extract.rules.phrases import (
    DASHES,
    SUBJECTS,
    noun_phrase,
    predicate_start,
    subject,
)
from sayso.extract.rules.words import Sentence
from sayso.extract.speakers.sources import read_source
from sayso.ids import make_id
from sayso.records import Attribution, AttributionId, Link, Span

MOST = 0.6  # of what is passed on over which the inner statement must reach, source and cue with it
LONGEST = 16  # words from the comma to the verb: a source, not a clause of the statement
MARKS = frozenset("“«„‟\"‘'`")  # that open a quotation
_SAYING = frozenset(
    "say tell write add tweet testify warn argue claim insist acknowledge confirm state announce"
    " explain admit declare deny note stress vow report conclude".split()
)
_NOUNS = frozenset("claim claims state states report reports note notes vow vows stress".split())
_SUBORDINATE = frozenset(
    "although though while whereas if because since when as after before".split()
)
_REPORTING = re.compile(r"\breport(?:s|ed|ing)?\b|\b(?:quot|cit)(?:e|es|ed|ing)\b")


def inner_of(place: Place, outer: Attribution, link: Link) -> Attribution | None:
    """Return the statement that `outer` passes on, with `link` behind it; None where it is none."""
    if outer.source is None or not _may_carry(place, outer):
        return None
    rest = _rest(place, outer)
    if rest is None:
        return None
    for clause in _clauses(rest, outer):
        assert clause.source is not None
        source, cue, said = _spans(rest, clause)
        if not _names_another(place.text[source.start : source.end], link.name):
            continue
        told = [piece for piece in outer.content if any(piece.meets(span) for span in said)]
        if not told or _shared(told, said) < MOST * sum(map(len, said)):
            continue
        whole = Span(min(said[0].start, source.start, told[0].start), rest[-1].end)
        opens = place.text[said[0].start] in MARKS and said[0].start <= told[0].start
        reach = max(source.end, cue.end, said[-1].end) - min(source.start, cue.start, said[0].start)
        if opens or reach >= MOST * len(whole):
            # What the finder saw beyond the sentence is said by the same speaker.
            zone = Span(rest[0].start, rest[-1].end)
            more = [piece for piece in outer.content if not piece.meets(zone)]
            content = tuple(sorted((*said, *more)))
            return as_inner(place.text, outer, source, cue, content, (link,))
    return None


def as_inner(
    text: str,
    outer: Attribution,
    source: Span,
    cue: Span,
    content: tuple[Span, ...],
    via: tuple[Link, ...],
) -> Attribution:
    """Return `outer` as what its own words give to somebody else, who is not resolved yet."""
    return replace(
        outer,
        id=AttributionId(make_id("attribution", outer.id, source, cue, *content)),
        source=source,
        cue=cue,
        content=content,
        modality=modality_of(text, cue, source, content),
        speaker=None,
        via=via,
    )


def is_according(text: str, cue: Span | None) -> bool:
    """True for "according to"."""
    return cue is not None and text[cue.start : cue.end].lower().startswith("according")


def _may_carry(place: Place, outer: Attribution) -> bool:
    speaker, source = outer.speaker, outer.source
    assert source is not None
    assert outer.cue is not None
    text = place.text
    if speaker is None:
        return False
    if speaker.kind == "document" or is_according(text, outer.cue):
        return True
    if is_media(text[source.start : source.end]):
        return True
    reporting = bool(_REPORTING.search(text[outer.cue.start : outer.cue.end].lower()))
    behind = all(piece.start < outer.cue.start for piece in outer.content)
    # "…, Ames said, Birch reported": only behind what somebody else said does a person pass it on.
    return reporting and (speaker.kind == "organisation" or (behind and speaker.name is not None))


def _rest(place: Place, outer: Attribution) -> Sentence | None:
    """Return the sentence without the clause that passes on: what stands on the content's side."""
    assert outer.source is not None
    assert outer.cue is not None
    sentence = place.sentence
    own = Span(min(outer.source.start, outer.cue.start), max(outer.source.end, outer.cue.end))
    if not (sentence[0].start <= own.start and own.end <= sentence[-1].end):
        return None
    first = next(at for at, piece in enumerate(sentence) if piece.end > own.start)
    last = next((at for at, piece in enumerate(sentence) if piece.start >= own.end), len(sentence))
    before, after = sentence[:first], sentence[last:]
    while before and before[-1].kind == "mark" and before[-1].low in {","} | DASHES:
        before = before[:-1]
    while after and (after[0].low in {",", ":", "that"} | DASHES):
        after = after[1:]
    for side in (before, after):
        if side and any(piece.meets(Span(side[0].start, side[-1].end)) for piece in outer.content):
            return side
    return None


def _clauses(rest: Sentence, outer: Attribution) -> Iterator[Clause]:
    """Yield the clauses that may be what was passed on, the likeliest first."""
    behind = _behind(rest)
    if behind is not None:
        yield behind
    clauses = [one for one in read_clauses(rest) if _tells(rest, one) and _leads(rest, one)]
    yield from sorted(clauses, key=lambda one: -_size(rest, one))
    ahead = _ahead(rest, outer)
    if ahead is not None:
        yield ahead


def _behind(rest: Sentence) -> Clause | None:
    """ "…, a source briefed on the talks said": the last clause, from its comma to the end."""
    for at in range(len(rest) - 1, 0, -1):
        piece = rest[at]
        if piece.kind == "quote" or (piece.kind == "mark" and piece.low != ","):
            return None
        if base(piece.low) not in {"say", "tell"} or piece.low.endswith("ing"):
            continue
        end = noun_phrase(rest, at + 1) if base(piece.low) == "tell" else None
        if past_adverbials(rest, end or at + 1) < len(rest):
            return None
        begin = predicate_start(rest, at)
        start = begin
        while start > 0 and rest[start - 1].kind == "word":
            start -= 1
        if start < 2 or not 0 < begin - start <= LONGEST:
            return None
        stop = start if rest[start - 1].kind == "quote" else start - 1
        return Clause((start, begin), (begin, at + 1), ((0, stop),), 0.8)
    return None


def _ahead(rest: Sentence, outer: Attribution) -> Clause | None:
    """ "Ames told the board behind closed doors that …": where a finder's content begins so."""
    starts = {piece.start for piece in outer.content}
    told = next(
        (at for at, piece in enumerate(rest) if piece.low == "that" and piece.start in starts), None
    )
    cue = next(
        (
            at
            for at, piece in enumerate(rest[:told])
            if base(piece.low) in {"say", "tell"} and not piece.low.endswith("ing")
        ),
        None,
    )
    if told is None or cue is None:
        return None
    begin = predicate_start(rest, cue)
    source = subject(rest, begin)
    if source is None or source[0] > 0:
        return None
    return Clause(source, (begin, cue + 1), ((told, len(rest)),), 0.8)


def _tells(rest: Sentence, clause: Clause) -> bool:
    """A verb of saying, and not a noun that looks like one: "the four states take", "his order"."""
    if clause.source is None:
        return False
    cue = rest[clause.cue[1] - 1]
    progressive = any(piece.low in BE for piece in rest[clause.cue[0] : clause.cue[1]])
    if base(cue.low) not in _SAYING or (cue.low.endswith("ing") and not progressive):
        return False
    if cue.low in _NOUNS and clause.cue[1] - clause.cue[0] == 1:
        return False
    if base(cue.low) == "say" or clause.content[0][0] < clause.cue[0]:
        return True
    first = rest[clause.content[0][0]]
    return first.low == "that" or first.low in SUBJECTS or first.kind == "quote"


def _leads(rest: Sentence, clause: Clause) -> bool:
    """The clause is the main one: nothing subordinate stands before it, and it has a subject."""
    assert clause.source is not None
    first, start = clause.source[0], min(clause.source[0], clause.content[0][0])
    words = [piece.low for piece in rest[:start] if piece.kind == "word"]
    if rest[first].low in {"who", "which", "that"} or (words and words[0] in _SUBORDINATE):
        return False
    return not first or rest[first - 1].low not in AUXILIARIES | DETERMINERS | PREPOSITIONS


def _names_another(words: str, carrier: str) -> bool:
    """Nobody passes his own words on: "Ames said two ships sank, according to Ames"."""
    first = words.split()[0]
    named = first[0].isupper() or first in DETERMINERS or read_source(words).sort != "unknown"
    return named and not set(carrier.split()) <= set(words.split())


def _size(rest: Sentence, clause: Clause) -> int:
    return sum(map(len, _spans(rest, clause)[2]))


def _shared(told: list[Span], said: tuple[Span, ...]) -> int:
    return sum(
        max(0, min(one.end, other.end) - max(one.start, other.start))
        for one in told
        for other in said
    )


def _spans(sentence: Sentence, clause: Clause) -> tuple[Span, Span, tuple[Span, ...]]:
    def span(part: tuple[int, int]) -> Span:
        return Span(sentence[part[0]].start, sentence[part[1] - 1].end)

    assert clause.source is not None
    return span(clause.source), span(clause.cue), tuple(span(part) for part in clause.content)
