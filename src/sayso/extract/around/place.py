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


def place_of(report: Report, attribution: Attribution) -> Place | None:
    """Return where an attribution is made; None without a cue."""
    cue = attribution.cue
    if cue is None or not len(cue):
        return None
    text = report.text
    start = max(text.rfind("\n", max(0, cue.start - REACH), cue.start) + 1, cue.start - REACH, 0)
    end = text.find("\n", cue.end, cue.end + REACH)
    end = min(len(text), cue.end + REACH) if end < 0 else end
    sentences, _ = cut_sentences(text, start, end)
    for sentence in sentences:
        if sentence[0].start <= cue.start < sentence[-1].end:
            after = next(
                (at for at, piece in enumerate(sentence) if piece.start >= cue.end), len(sentence)
            )
            return Place(text, attribution, cue, sentence, after)
    return None
