"""The sentences of a report by position, so that "two sentences before" can be counted."""

from __future__ import annotations

from bisect import bisect_right

from sayso.extract.rules.finder import paragraphs
from sayso.extract.rules.words import cut_sentences
from sayso.records import Report, Span


class Sentences:
    """Spans of sentences and paragraphs in text order, and the quotations among them."""

    def __init__(self, report: Report) -> None:
        self.spans: list[Span] = []
        self.paragraph: list[int] = []
        self.quotations: list[Span] = []
        for number, span in enumerate(paragraphs(report)):
            sentences, quotations = cut_sentences(report.text, span.start, span.end)
            self.quotations.extend(Span(one.start, one.end) for one in quotations)
            for sentence in sentences:
                self.spans.append(Span(sentence[0].start, sentence[-1].end))
                self.paragraph.append(number)
        self._starts = [span.start for span in self.spans]

    def index(self, position: int) -> int:
        """Return the number of the sentence that holds `position`, or of the last one before it."""
        return max(0, bisect_right(self._starts, position) - 1)

    def at(self, position: int) -> Span | None:
        """Return the sentence that holds `position`."""
        if not self.spans:
            return None
        span = self.spans[self.index(position)]
        return span if span.start <= position < span.end else None

    def quoted(self, position: int) -> bool:
        """True where `position` stands inside quotation marks."""
        return any(span.start <= position < span.end for span in self.quotations)
