"""The finder itself: the parts that are read, the paragraphs, and statements that run over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso.extract.attribution.modality import modality_of
from sayso.extract.rules.clauses import read_clauses
from sayso.extract.rules.extent import Clause
from sayso.extract.rules.labels import read_label
from sayso.extract.rules.lexicon import frame
from sayso.extract.rules.paragraphs import read_paragraphs
from sayso.extract.rules.phrases import predicate_start, subject
from sayso.extract.rules.quotations import DOUBLE, Quotation, find_quotations
from sayso.extract.rules.words import Sentence
from sayso.ids import make_id
from sayso.records import Attribution, AttributionId, Manner, Report, Span


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution before it has an id."""

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    confidence: float


class RulesFinder:
    """Finds attributions by rules; implements `sayso.ports.Finder`."""

    name = "rules/1"

    def find(self, report: Report) -> Sequence[Attribution]:
        """Return the attributions of the report's headline, standfirst and body, in text order."""
        text = report.text
        drafts: list[Draft] = []
        running: int | None = None  # the draft whose quotation is still open
        awaiting: int | None = None  # the draft whose content begins in the next paragraph
        unheard: list[Span] = []  # paragraphs of an open quotation of which nobody is named yet
        for number, paragraph in enumerate(read_paragraphs(report)):
            label = read_label(text, paragraph.span, headline=number == 0)
            if label is not None:
                source, colon, said = label
                drafts.append(Draft(source, colon, (said,), 0.75))
                running, awaiting, unheard = None, None, []
                continue
            sentences, quotations = paragraph.sentences, paragraph.quotations
            first = quotations[0] if quotations else None
            leads = first is not None and first.start == paragraph.span.start
            found = _read_paragraph(text, sentences)
            if first is not None and leads and not _covered(first, found):
                if running is not None:
                    drafts[running] = _extend(drafts[running], Span(first.start, first.end))
                    running = running if not first.closed else None
                elif awaiting is not None:
                    drafts[awaiting] = _extend(drafts[awaiting], Span(first.start, first.end))
                    running, awaiting = (awaiting if not first.closed else None), None
                elif not first.closed:
                    unheard = [*unheard, Span(first.start, first.end)]
            elif first is not None and unheard and leads:
                found = _with_opening(found, first, unheard)
            if not leads or first is None or first.closed:
                unheard = []
            if quotations and not quotations[-1].closed and not unheard and not leads:
                last = quotations[-1]
                unheard = [] if _covered(last, found) else [Span(last.start, last.end)]
            base = len(drafts)
            drafts.extend(found)
            waiting = _opens_next(sentences)
            if waiting is not None:
                drafts.append(waiting)
                awaiting = len(drafts) - 1
                running = None
                continue
            awaiting = None
            if quotations and not quotations[-1].closed and _covered(quotations[-1], found):
                running = _holding(quotations[-1], found, base)
            elif not (leads and first is not None and not first.closed):
                running = None
        kept = [draft for draft in drafts if draft.content]
        return [_attribution(report, draft, self.name) for draft in kept]


def _read_paragraph(text: str, sentences: list[Sentence]) -> list[Draft]:
    drafts: list[Draft] = []
    for sentence in sentences:
        if len(sentence) <= 2 and sentence[0].kind == "quote":
            # A quotation alone carries on the statement before it in the same paragraph.
            if drafts and _ends_quoted(text, drafts[-1]):
                drafts[-1] = _extend(drafts[-1], Span(sentence[0].start, sentence[0].end))
            continue
        drafts.extend(_draft(sentence, clause) for clause in read_clauses(sentence))
    return drafts


def _draft(sentence: Sentence, clause: Clause) -> Draft:
    def span(part: tuple[int, int]) -> Span:
        return Span(sentence[part[0]].start, sentence[part[1] - 1].end)

    return Draft(
        source=None if clause.source is None else span(clause.source),
        cue=span(clause.cue),
        content=tuple(span(part) for part in clause.content),
        confidence=clause.confidence,
    )


def _ends_quoted(text: str, draft: Draft) -> bool:
    return any(
        mark in DOUBLE or mark in "’'" for span in draft.content for mark in text[span.end - 1]
    )


def _extend(draft: Draft, span: Span) -> Draft:
    return replace(draft, content=(*draft.content, span))


def _covered(quotation: Quotation, drafts: list[Draft]) -> bool:
    whole = Span(quotation.start, quotation.end)
    return any(piece.meets(whole) for draft in drafts for piece in draft.content)


def _holding(quotation: Quotation, found: list[Draft], base: int) -> int | None:
    whole = Span(quotation.start, quotation.end)
    for index, draft in enumerate(found):
        if any(piece.meets(whole) for piece in draft.content):
            return base + index
    return None


def _with_opening(found: list[Draft], first: Quotation, unheard: list[Span]) -> list[Draft]:
    """Give the paragraphs before to the draft that holds the last one of the quotation."""
    at = _holding(first, found, 0)
    if at is None:
        return found
    whole = replace(found[at], content=(*unheard, *found[at].content))
    return [*found[:at], whole, *found[at + 1 :]]


def _opens_next(sentences: list[Sentence]) -> Draft | None:
    """A paragraph that ends "Ames said:" has its content in the next one."""
    if not sentences or sentences[-1][-1].low != ":":
        return None
    sentence = sentences[-1]
    for at in range(len(sentence) - 2, 0, -1):
        if frame(sentence[at].low):
            begin = predicate_start(sentence, at)
            source = subject(sentence, begin)
            if source is None:
                return None
            return Draft(
                source=Span(sentence[source[0]].start, sentence[source[1] - 1].end),
                cue=Span(sentence[begin].start, sentence[at].end),
                content=(),
                confidence=0.85,
            )
    return None


def _attribution(report: Report, draft: Draft, maker: str) -> Attribution:
    return Attribution(
        id=AttributionId(
            make_id("attribution", report.id, maker, draft.source, draft.cue, *draft.content)
        ),
        cue=draft.cue,
        content=draft.content,
        source=draft.source,
        manner=_manner(report.text, draft.content),
        modality="asserted"
        if draft.cue is None
        else modality_of(report.text, draft.cue, draft.source, draft.content),
        confidence=draft.confidence,
        maker=maker,
    )


def _manner(text: str, content: tuple[Span, ...]) -> Manner:
    """Direct: nothing but quotations; mixed: words of the source inside words of the outlet."""
    whole = [_is_quotation(text, span) for span in content]
    if all(whole):
        return "direct"
    quoted = any(find_quotations(text, span.start, span.end) for span in content)
    return "mixed" if quoted else "indirect"


def _is_quotation(text: str, span: Span) -> bool:
    quotations = find_quotations(text, span.start, span.end)
    if not quotations or quotations[0].start != span.start:
        return False
    rest = "".join(
        text[a:b]
        for a, b in zip(
            [q.end for q in quotations], [q.start for q in quotations[1:]] + [span.end], strict=True
        )
    )
    return not any(letter.isalnum() for letter in rest)
