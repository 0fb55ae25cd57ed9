"""The paragraphs of a report that are read, with their sentences and quotations.

A quotation left open at the end of a paragraph goes on in the next ones where the next mark
closes it; where the next mark opens again, the paragraphs are joined by the finder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.extract.rules.quotations import Quotation, first_mark_closes
from sayso.extract.rules.words import Sentence, cut_sentences
from sayso.records import PartKind, Report, Span

READ: tuple[PartKind, ...] = ("headline", "standfirst", "body", "heading")
CARRY = 6  # paragraphs: a quotation longer than this has more likely lost its closing mark
_BLOCK = re.compile(r"\S++(?:[^\S\n]*+(?:\n[^\S\n]*+)?\S++)*+")  # up to an empty line
_LINE = re.compile(r"\S[^\n]*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `inside`: it begins within a quotation that an earlier one opened."""

    span: Span
    sentences: list[Sentence]
    quotations: list[Quotation]
    inside: bool


def read_paragraphs(report: Report) -> list[Paragraph]:
    """Return the paragraphs of the parts that are read, in text order."""
    text = report.text
    spans = _spans(report)
    found: list[Paragraph] = []
    inside = False
    for at, span in enumerate(spans):
        sentences, quotations = cut_sentences(text, span.start, span.end, inside)
        found.append(Paragraph(span, sentences, quotations, inside))
        open_still = bool(quotations) and not quotations[-1].closed
        inside = open_still and _closes_ahead(text, spans[at + 1 : at + 1 + CARRY])
    return found


def _closes_ahead(text: str, spans: list[Span]) -> bool:
    for span in spans:
        closes = first_mark_closes(text, span.start, span.end)
        if closes is not None:
            return closes
    return False


def _spans(report: Report) -> list[Span]:
    spans = report.spans(*READ) if report.parts else (Span(0, len(report.text)),)
    found: list[Span] = []
    for span in spans:
        pattern = _BLOCK if report.parts or "\n\n" in report.cut(span) else _LINE
        for match in pattern.finditer(report.text, span.start, span.end):
            found.append(Span(match.start(), match.end()))
    return found
