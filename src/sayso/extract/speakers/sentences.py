"""The sentences of a report by position, so that "two sentences before" can be counted."""

from __future__ import annotations

from bisect import bisect_right

from sayso.extract.rules.paragraphs import read_paragraphs
from sayso.records import Report, Span


class Sentences:
    """Spans of sentences in text order, and the quotations among them."""

    def __init__(self, report: Report) -> None:
        self.spans: list[Span] = []
        self.quotations: list[Span] = []
        self._told: list[int] = []  # how many sentences of the outlet's own stand before each
        told = 0
        for paragraph in read_paragraphs(report):
            self.quotations.extend(Span(one.start, one.end) for one in paragraph.quotations)
            for sentence in paragraph.sentences:
                self.spans.append(Span(sentence[0].start, sentence[-1].end))
                self._told.append(told)
                told += any(piece.kind == "word" for piece in sentence)
        self._starts = [span.start for span in self.spans]
        self._quoted = [span.start for span in self.quotations]

    def index(self, position: int) -> int:
        """Return the number of the sentence that holds `position`, or of the last one before it."""
        return max(0, bisect_right(self._starts, position) - 1)

    def between(self, before: int, after: int) -> int:
        """Return how many sentences back `before` is from `after`.

        Sentences that are nothing but quotation are not counted: nobody loses the thread there.
        """
        if not self.spans:
            return 0
        return self._told[self.index(after)] - self._told[self.index(before)]

    def at(self, position: int) -> Span | None:
        """Return the sentence that holds `position`."""
        if not self.spans:
            return None
        span = self.spans[self.index(position)]
        return span if span.start <= position < span.end else None

    def quoted(self, position: int) -> bool:
        """True where `position` stands inside quotation marks."""
        at = bisect_right(self._quoted, position) - 1
        return at >= 0 and position < self.quotations[at].end
