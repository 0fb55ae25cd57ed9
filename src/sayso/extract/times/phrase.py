"""A stretch of tokens that may be a time expression, and what the report said before it.

`Phrase` gives the rules their words; `Told` remembers the day of publication and the days
that the narrative has named, which "the next day" and "that quarter" point back to.

Nothing here knows a rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sayso.extract.numerals import Token
from sayso.records import Span, TimeExpression, TimeType


@dataclass(slots=True)
class Told:
    """What resolves a relative expression: the only thing that changes while a report is read."""

    published: date | None
    day: date | None = None  # the last day that the narrative named
    year: int | None = None
    quarter: tuple[int, int] | None = None  # year and quarter last named
    of_months: bool = False  # since then, results of several months were told: "the nine months"

    @property
    def here(self) -> date | None:
        """The day that the narrative has reached."""
        return self.day or self.published


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens [first, last) of a report, with their classes."""

    tokens: Sequence[Token]
    classes: Sequence[str]
    first: int
    last: int
    text: str

    def find(self, *names: str) -> Token | None:
        """Return the first token of one of the classes `names`."""
        for index in range(self.first, self.last):
            if self.classes[index] in names:
                return self.tokens[index]
        return None

    def all(self, *names: str) -> list[Token]:
        return [
            self.tokens[index]
            for index in range(self.first, self.last)
            if self.classes[index] in names
        ]

    def has(self, *names: str) -> bool:
        return self.find(*names) is not None

    def says(self, *words: str) -> bool:
        """Whether one of `words` stands in it."""
        return any(token.word in words for token in self.tokens[self.first : self.last])

    def before(self, steps: int = 1) -> str:
        """Return the word `steps` before it; "" at the start of the report."""
        index = self.first - steps
        return self.tokens[index].word if index >= 0 else ""

    def class_before(self, steps: int = 1) -> str:
        index = self.first - steps
        return self.classes[index] if index >= 0 else "break"

    def after(self, steps: int = 1) -> str:
        """Return the word `steps` after it; "" at the end of the report."""
        index = self.last - 1 + steps
        return self.tokens[index].word if index < len(self.tokens) else ""

    def class_after(self, steps: int = 1) -> str:
        index = self.last - 1 + steps
        return self.classes[index] if index < len(self.classes) else "break"

    @property
    def is_title(self) -> bool:
        """Whether it is written like a name: its last word with a capital, within a sentence."""
        last = self.tokens[self.last - 1]
        if not self.text[last.start].isupper() or self.begins_sentence:
            return False
        around = self.tokens[max(0, self.first - 4) : self.first]
        around = [*around, *self.tokens[self.last : self.last + 4]]
        words = [token for token in around if token.kind == "word" and len(token.word) > 3]
        # In a headline that writes all words so, a capital says nothing.
        return not words or any(self.text[token.start].islower() for token in words)

    def part(self, first: int, last: int) -> Phrase:
        return Phrase(self.tokens, self.classes, first, last, self.text)

    @property
    def begins_sentence(self) -> bool:
        return self.class_before() in ("break", "dot", "stop") or self.before() in '?!"“”`'

    def expression(self, type: TimeType, value: str) -> list[TimeExpression]:
        """Return the whole phrase as one time expression."""
        span = Span(self.tokens[self.first].start, self.tokens[self.last - 1].end)
        return [TimeExpression(span, type, value)]
