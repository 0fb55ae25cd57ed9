"""The sentence in which a statement is attributed, and where its roles stand in it."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.extract.rules.words import Sentence, cut_sentences
from sayso.records import Attribution, Report, Span

REACH = 700  # characters on either side of a cue in which its paragraph must begin and end


@dataclass(frozen=True, slots=True)
class Place:
    """One sentence cut into words, with the attribution that is made in it."""

    text: str
    attribution: Attribution
    cue: Span
    sentence: Sentence
    after: int  # index of the first word behind the cue

    @property
    def span(self) -> Span:
        return Span(self.sentence[0].start, self.sentence[-1].end)

    def in_content(self, position: int) -> bool:
        """True where `position` stands inside what is said."""
        return any(span.start <= position < span.end for span in self.attribution.content)

    def quoted(self, position: int) -> bool:
        """True where `position` stands inside quotation marks."""
        return any(
            piece.kind == "quote" and piece.start <= position < piece.end for piece in self.sentence
        )


class Places:
    """The places of one report; an attribution is asked for by several, and found once."""

    def __init__(self, report: Report) -> None:
        self._text = report.text
        self._found: dict[Attribution, Place | None] = {}

    def of(self, attribution: Attribution) -> Place | None:
        """Return where an attribution is made; None without a cue."""
        if attribution not in self._found:
            self._found[attribution] = self._find(attribution)
        return self._found[attribution]

    def _find(self, attribution: Attribution) -> Place | None:
        cue = attribution.cue
        if cue is None or not len(cue):
            return None
        text = self._text
        start = text.rfind("\n", max(0, cue.start - REACH), cue.start) + 1
        start = max(start, cue.start - REACH, 0)
        end = text.find("\n", cue.end, cue.end + REACH)
        end = min(len(text), cue.end + REACH) if end < 0 else end
        while start < cue.start and text[start].isspace():
            start += 1
        while end > cue.end and text[end - 1].isspace():
            end -= 1
        for sentence in cut_sentences(text, start, end, False)[0]:
            if sentence[0].start <= cue.start < sentence[-1].end:
                after = next(
                    (at for at, piece in enumerate(sentence) if piece.start >= cue.end),
                    len(sentence),
                )
                return Place(text, attribution, cue, sentence, after)
        return None
