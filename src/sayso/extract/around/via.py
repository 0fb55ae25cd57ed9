"""The chain from the speaker to the report: "the ministry said, state radio reported".

Who only passes words on is no speaker. Where an outlet, an agency or a document reports a
statement that its own words give to somebody else, the statement is that somebody's, and the
one who passed it on becomes a link; so with everybody who quotes another as saying, and with
"according to". Any other account by a person of what another said stays his own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sayso.extract.around.place import place_of
from sayso.extract.rules.clauses import read_clauses
from sayso.extract.rules.extent import Clause
from sayso.extract.rules.lexicon import takes
from sayso.extract.rules.phrases import predicate_start, subject
from sayso.extract.rules.words import Sentence, cut_sentences
from sayso.extract.speakers import resolve
from sayso.extract.speakers.sources import read_source
from sayso.ids import make_id
from sayso.records import Attribution, AttributionId, Link, Report, Span

MOST = 0.6  # of a carrier's content that the inner statement must fill, source and cue with it
LONGEST = 500  # characters from the first piece of a content to the last
MARKS = frozenset("“«„‟\"‘'`")  # that open a quotation
_AS_SAYING = re.compile(
    r"\s+as\s+(?P<cue>(?:having\s+)?(?:saying|telling|writing|stating|adding|warning|said|told))"
    r"(?:\s*[:,])?\s+"
)
_QUOTING = re.compile(r"\b(?:quot|cit)(?:e|es|ed|ing)\b")
_QUOTED_BY = re.compile(
    r"\b(?:was|were|is|are|been) (?:quoted|cited) (?:as saying )?by (?P<who>[^,.;:“\"]{2,60}?)"
    r"(?= as saying|[,.;:]|$)"
)
_CARRIERS = frozenset({"organisation", "document"})
_MEDIA = re.compile(
    r"\b(?:media|press|newspapers?|television|TV|radio|agenc(?:y|ies)|outlets?|reports?|broadcasters?"
    r"|news|magazine|daily|website|channel|transcript|account)\b",
    re.IGNORECASE,
)


def with_chains(report: Report, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Return the attributions, those that were only passed on given to their speakers."""
    found: list[Attribution] = []
    for attribution in attributions:
        inner = _unwrap(report, attribution)
        found.append(inner if inner is not None else attribution)
    chained = {one.cue for one in found if one.via}
    found = [one for one in found if one.via or one.cue not in chained]
    carried = [_carried(report, attribution) for attribution in found]
    named = iter(resolve(report, [one for one in carried if one.speaker is None and one.source]))
    return [next(named) if one.speaker is None and one.source else one for one in carried]


def _unwrap(report: Report, outer: Attribution) -> Attribution | None:
    """Return the statement that `outer` passes on, with `outer` as a link."""
    if outer.source is None or not outer.content:
        return None
    quoted = _quoted_as(report, outer) or _was_quoted(report, outer)
    if quoted is not None:
        return quoted
    if not _may_carry(report, outer):
        return None
    content = outer.content[0]
    rest = outer.content[1:]
    if not all(report.text[piece.start] in MARKS for piece in rest):
        # "Ames testified | that the dam broke": one clause, cut in two by its finder.
        content, rest = Span(content.start, outer.content[-1].end), ()
        if len(content) > LONGEST:
            return None
    sentences, _ = cut_sentences(report.text, content.start, content.end)
    if len(sentences) != 1:
        return None
    sentence = _bare(sentences[0])
    for clause in read_clauses(sentence):
        if clause.source is None:
            continue
        source, cue, said = _spans(sentence, clause)
        filled = sum(len(span) for span in (source, cue, *said))
        opens = said[0].start == content.start and report.text[said[0].start] in MARKS
        if opens or filled >= MOST * len(content):
            return _inner(report, outer, source, cue, (*said, *rest))
    return None


def _may_carry(report: Report, attribution: Attribution) -> bool:
    speaker = attribution.speaker
    if speaker is None or attribution.source is None:
        return False
    if speaker.kind == "document" or _is_according(report, attribution):
        return True
    return bool(
        _MEDIA.search(report.cut(attribution.source))
        or (speaker.kind == "organisation" and _is_reporting(report, attribution))
    )


def _is_according(report: Report, attribution: Attribution) -> bool:
    cue = attribution.cue
    return cue is not None and report.cut(cue).lower().startswith("according")


def _is_reporting(report: Report, attribution: Attribution) -> bool:
    words = report.cut(attribution.cue).lower() if attribution.cue else ""
    return bool(re.search(r"\breport(?:s|ed|ing)?\b", words) or _QUOTING.search(words))


def _quoted_as(report: Report, outer: Attribution) -> Attribution | None:
    """ "Interfax quoted the ministry as saying the dam would hold"."""
    if outer.cue is None or not _QUOTING.search(report.cut(outer.cue)):
        return None
    content = outer.content[0]
    match = _AS_SAYING.search(report.text, content.start, content.end)
    if match is None or match.end() >= content.end:
        return None
    source = Span(content.start, match.start())
    return _inner(
        report, outer, source, Span(*match.span("cue")), (Span(match.end(), content.end),)
    )


def _was_quoted(report: Report, outer: Attribution) -> Attribution | None:
    """ "The ministry was quoted by state media as saying the dam would hold"."""
    if outer.cue is None or outer.source is None or outer.source.start < outer.cue.end:
        return None
    match = _AS_SAYING.match(report.text, outer.source.end)
    place = place_of(report, outer)
    if match is None or place is None or not _QUOTING.search(report.cut(outer.cue)):
        return None
    end = place.span.start + len(report.cut(place.span).rstrip(" ."))
    if match.end() >= end:
        return None
    said = Span(match.end(), end)
    return _inner(report, outer, outer.content[0], Span(*match.span("cue")), (said,))


def _inner(
    report: Report, outer: Attribution, source: Span, cue: Span, content: tuple[Span, ...]
) -> Attribution:
    assert outer.source is not None
    return replace(
        outer,
        id=AttributionId(make_id("attribution", report.id, outer.maker, source, cue, *content)),
        source=source,
        cue=cue,
        content=content,
        speaker=None,
        via=(*outer.via, Link(_name(report, outer.source, outer), outer.source, outer.cue)),
    )


def _name(report: Report, source: Span, outer: Attribution | None = None) -> str:
    if outer is not None and outer.speaker is not None and outer.speaker.name:
        return outer.speaker.name
    return read_source(report.cut(source)).name or report.cut(source)


def _carried(report: Report, attribution: Attribution) -> Attribution:
    """Add the link that stands behind: "…, the ministry said, state radio reported"."""
    place = place_of(report, attribution)
    if place is None or attribution.via:
        return attribution
    by = _QUOTED_BY.search(report.text, place.span.start, place.span.end)
    if by and by.start() <= place.cue.start + 12 and by.end() >= place.cue.start:
        source = Span(*by.span("who"))
        return replace(attribution, via=(Link(_name(report, source), source, place.cue),))
    link = _quoter(report, attribution, place.sentence) or _tail_link(
        report, attribution, place.sentence
    )
    return attribution if link is None else replace(attribution, via=(link,))


def _quoter(report: Report, attribution: Attribution, sentence: Sentence) -> Link | None:
    """ "“…”, the agency quoted Ames as saying": the subject of the word before the source."""
    if attribution.source is None:
        return None
    for at, piece in enumerate(sentence):
        if piece.end > attribution.source.start:
            return None
        if _QUOTING.fullmatch(piece.low) and attribution.source.start - piece.end <= 1:
            begin = predicate_start(sentence, at)
            found = subject(sentence, begin)
            if found is None:
                return None
            source = Span(sentence[found[0]].start, sentence[found[1] - 1].end)
            return Link(_name(report, source), source, Span(piece.start, piece.end))
    return None


def _tail_link(report: Report, attribution: Attribution, sentence: Sentence) -> Link | None:
    assert attribution.cue is not None
    # Content that goes on in the next sentence does not hide what stands behind the cue.
    told = [attribution.cue, *([attribution.source] if attribution.source else [])]
    last = sentence[-1].end
    told += [one for one in attribution.content if one.end <= last]
    end = max(span.end for span in told)
    for at, piece in enumerate(sentence):
        if piece.start < end or piece.kind != "word":
            continue
        if (
            piece.low == "according"
            and at + 2 < len(sentence)
            and at
            and sentence[at - 1].low == ","
        ):
            phrase = _until_mark(sentence, at + 2)
            if phrase is not None:
                return Link(_name(report, phrase), phrase, Span(piece.start, sentence[at + 1].end))
        if takes(piece.low, "say") and not piece.low.endswith("ing"):
            begin = predicate_start(sentence, at)
            found = subject(sentence, begin)
            if found is None or found[0] == 0 or sentence[found[0] - 1].low != ",":
                continue
            source = Span(sentence[found[0]].start, sentence[found[1] - 1].end)
            if source.start >= end and _passes_on(report, source) and _ends(sentence, at + 1):
                return Link(_name(report, source), source, Span(sentence[begin].start, piece.end))
    return None


def _passes_on(report: Report, source: Span) -> bool:
    named = read_source(report.cut(source))
    return named.sort in _CARRIERS or bool(_MEDIA.search(report.cut(source)))


def _until_mark(sentence: Sentence, start: int) -> Span | None:
    end = start
    while end < len(sentence) and sentence[end].kind == "word":
        end += 1
    return Span(sentence[start].start, sentence[end - 1].end) if end > start else None


def _ends(sentence: Sentence, at: int) -> bool:
    return all(piece.kind == "mark" or piece.low[:1].isdigit() for piece in sentence[at : at + 1])


def _bare(sentence: Sentence) -> Sentence:
    """Without the "that" which opens the content."""
    return sentence[1:] if sentence and sentence[0].low == "that" else sentence


def _spans(sentence: Sentence, clause: Clause) -> tuple[Span, Span, tuple[Span, ...]]:
    def span(part: tuple[int, int]) -> Span:
        return Span(sentence[part[0]].start, sentence[part[1] - 1].end)

    assert clause.source is not None
    return span(clause.source), span(clause.cue), tuple(span(part) for part in clause.content)
