"""The chain from the speaker to the report: "the ministry said, state radio reported".

Who only passes words on is no speaker. Where an outlet, an agency or a document reports a
statement that its own words give to somebody else, the statement is that somebody's, and the
one who passed it on becomes a link; so with everybody who quotes another as saying, and with
"according to". Any other account by a person of what another said stays his own.
The words decide, not the finder: one may give the whole sentence to the outlet, another may give
each half to its own source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.extract.around.passed import as_inner, inner_of, is_according
from sayso.extract.around.place import Place, Places
from sayso.extract.around.quoted import Quoting, passes_on, read_quotings
from sayso.extract.rules.extent import past_adverbials
from sayso.extract.rules.lexicon import takes
from sayso.extract.rules.phrases import noun_phrase, predicate_start, subject
from sayso.extract.rules.words import Sentence
from sayso.extract.speakers import resolve
from sayso.extract.speakers.sources import read_source
from sayso.records import Attribution, Link, Report, Span


def with_chains(
    report: Report, attributions: Sequence[Attribution], places: Places
) -> list[Attribution]:
    """Return the attributions, those that were only passed on given to their speakers."""
    quoted = _quoted(report, attributions, places)
    found: list[Attribution] = []
    for attribution in quoted:
        inner = _unwrapped(report, attribution, places)
        found.append(inner if inner is not None else attribution)
    found = _once(found)
    carried = [_carried(report, attribution, places) for attribution in found]
    unnamed = [one for one in carried if one.speaker is None and one.source is not None]
    if not unnamed:
        return carried
    # Whoever is found inside is resolved with all others in view: "he" is somebody who spoke.
    speakers = {one.id: one.speaker for one in resolve(report, carried)}
    lacking = {one.id for one in unnamed}
    return [replace(one, speaker=speakers[one.id]) if one.id in lacking else one for one in carried]


def _quoted(
    report: Report, attributions: Sequence[Attribution], places: Places
) -> list[Attribution]:
    """Give what somebody is quoted as saying to that somebody."""
    found: list[Attribution] = []
    about: dict[Span, tuple[Quoting, list[Attribution]]] = {}
    for attribution in attributions:
        quoting = _quoting_of(report, attribution, places)
        if quoting is None:
            found.append(attribution)
        else:
            about.setdefault(quoting.cue, (quoting, []))[1].append(attribution)
    for quoting, held in about.values():
        best = max(held, key=lambda one: one.confidence)
        pieces = sorted({p for one in held for p in one.content if not p.meets(quoting.zone)})
        if quoting.content is not None and not any(p.meets(quoting.content) for p in pieces):
            pieces = sorted([quoting.content, *pieces])
        if not pieces:
            found.extend(held)
            continue
        link = quoting.carrier
        via = (_link(report, link, quoting.quoting),) if link is not None else ()
        found.append(as_inner(report.text, best, quoting.speaker, quoting.cue, tuple(pieces), via))
    return found


def _quoting_of(report: Report, attribution: Attribution, places: Places) -> Quoting | None:
    place = places.of(attribution)
    if place is None:
        return None
    for quoting in read_quotings(report.text, place.sentence):
        if place.cue.meets(quoting.quoting) or place.cue.meets(quoting.cue):
            return quoting
    return None


def _unwrapped(report: Report, outer: Attribution, places: Places) -> Attribution | None:
    if outer.via or outer.source is None or not outer.content:
        return None
    place = places.of(outer)
    if place is None:
        return None
    name = outer.speaker.name if outer.speaker is not None else None
    link = _link(report, outer.source, outer.cue, name)
    return inner_of(place, outer, link)


def _once(found: Sequence[Attribution]) -> list[Attribution]:
    """Drop what the finder gave beside a chain: the same words of saying, with or without link."""
    chained: dict[Span, Attribution] = {}
    for one in found:
        if one.via and one.cue is not None and not any(one.cue.meets(cue) for cue in chained):
            chained[one.cue] = one
    return [
        one
        for one in found
        if one.cue is None
        or one in chained.values()
        or not any(one.cue.meets(cue) for cue in chained)
    ]


def _carried(report: Report, attribution: Attribution, places: Places) -> Attribution:
    """Add the link that stands before or behind: "…, the ministry said, state radio reported"."""
    place = places.of(attribution)
    if place is None or attribution.via or attribution.source is None:
        return attribution
    link = _tail_link(report, place) or _head_link(report, place)
    return attribution if link is None else replace(attribution, via=(link,))


def _head_link(report: Report, place: Place) -> Link | None:
    """ "According to state radio, the ministry said …"."""
    sentence = place.sentence
    if len(sentence) < 5 or sentence[0].low != "according" or sentence[1].low != "to":
        return None
    end = noun_phrase(sentence, 2)
    if end is None or end >= len(sentence) or sentence[end].low != ",":
        return None
    phrase = Span(sentence[2].start, sentence[end - 1].end)
    source = place.attribution.source
    if place.cue.start < phrase.end or source is None or source.start < phrase.end:
        return None
    return _link(report, phrase, Span(sentence[0].start, sentence[1].end))


def _tail_link(report: Report, place: Place) -> Link | None:
    attribution, sentence = place.attribution, place.sentence
    if is_according(report.text, attribution.cue):
        return None
    # Content that goes on in the next sentence does not hide what stands behind the cue.
    told = [place.cue, *([attribution.source] if attribution.source else [])]
    last = sentence[-1].end
    told += [one for one in attribution.content if one.end <= last]
    end = max(span.end for span in told)
    first = next((at for at, piece in enumerate(sentence) if piece.start >= end), len(sentence))
    reach = _past_hearer(sentence, first)
    for at, piece in enumerate(sentence):
        if piece.start < end or piece.kind != "word":
            continue
        if piece.low == "according" and at and sentence[at - 1].low == ",":
            phrase = _until_mark(sentence, at + 2)
            if phrase is not None and at - 1 <= reach:
                return _link(report, phrase, Span(piece.start, sentence[at + 1].end))
        if takes(piece.low, "say") and not piece.low.endswith("ing"):
            begin = predicate_start(sentence, at)
            found = subject(sentence, begin)
            if found is None or found[0] == 0 or sentence[found[0] - 1].low != ",":
                continue
            source = Span(sentence[found[0]].start, sentence[found[1] - 1].end)
            near = found[0] - 1 <= reach
            if (
                near
                and source.start >= end
                and passes_on(report.text, source)
                and _ends(sentence, at + 1)
            ):
                return _link(report, source, Span(sentence[begin].start, piece.end))
    return None


def _past_hearer(sentence: Sentence, at: int) -> int:
    """Past whom it was said to, and when: "said | reporters on Friday, according to the paper"."""
    end = noun_phrase(sentence, at)
    return past_adverbials(sentence, end if end is not None else at)


def _link(report: Report, source: Span, cue: Span | None, name: str | None = None) -> Link:
    words = report.cut(source)
    return Link(name or read_source(words).name or words, source, cue)


def _until_mark(sentence: Sentence, start: int) -> Span | None:
    end = start
    while end < len(sentence) and sentence[end].kind == "word":
        end += 1
    return Span(sentence[start].start, sentence[end - 1].end) if end > start else None


def _ends(sentence: Sentence, at: int) -> bool:
    return all(piece.kind == "mark" or piece.low[:1].isdigit() for piece in sentence[at : at + 1])
