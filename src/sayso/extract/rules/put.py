"""Who puts a figure on something: "she now puts the dead at 17", "Ames put turnout at 69 percent".

The word itself reports nothing, so no finder looks at it; what makes it a report is that somebody
puts a thing *at a number*. What is put stands between the word and its "at" and is part of what
is said. Nothing is found where a finder has read the clause.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.extract.rules.extent import content_end
from sayso.extract.rules.lexicon import DETERMINERS
from sayso.extract.rules.paragraphs import read_paragraphs
from sayso.extract.rules.phrases import is_noun, predicate_start, subject
from sayso.extract.rules.words import Piece, Sentence
from sayso.ids import make_id
from sayso.records import Attribution, AttributionId, Report, Span

MAKER = "put/1"

PUTS = frozenset({"put", "puts"})
NOT_SOURCES = frozenset("i you we who which that this".split())
NOT_YET = frozenset("will would could may might can should to".split())
NUMBERS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve dozen dozens twenty thirty"
    " forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands half".split()
)

FAR = 14
"""Words of what is put: "the number of people who have left the valley"."""

NEAR = 5
"""Words from "at" to the number: "at no more than about 40"."""

CONFIDENCE = 0.8


def figures_put(report: Report, found: Sequence[Attribution]) -> list[Attribution]:
    """Return the attributions of `report` by which somebody puts a figure on something."""
    cues = [one.cue for one in found if one.cue is not None]
    said = [span for one in found for span in one.content]
    made = []
    for paragraph in read_paragraphs(report):
        for sentence in paragraph.sentences:
            for at, piece in enumerate(sentence):
                if piece.low not in PUTS or any(cue.start <= piece.start < cue.end for cue in cues):
                    continue
                one = _read(report, sentence, at)
                # Within what somebody is said to have said, it is that one's words.
                if one is not None and not any(span.meets(one.content[0]) for span in said):
                    made.append(one)
    return made


def _read(report: Report, sentence: Sentence, at: int) -> Attribution | None:
    begin = predicate_start(sentence, at)
    if any(piece.low in NOT_YET for piece in sentence[begin:at]):
        return None  # "the plan would put the rate at 25 percent": it would raise or lower it
    source = subject(sentence, begin)
    number_at = _at_a_number(report.text, sentence, at + 1)
    if source is None or number_at is None or sentence[source[0]].low in NOT_SOURCES:
        return None
    end = content_end(sentence, number_at)
    for here in range(number_at, end):
        # "… and says", ", but cautioned": the next thing that the same one does.
        if sentence[here].low in {"and", "but"}:
            end = here
            break
    while sentence[end - 1].kind == "mark":
        end -= 1
    who = Span(sentence[source[0]].start, sentence[source[1] - 1].end)
    cue = Span(sentence[begin].start, sentence[at].end)
    content = Span(sentence[at + 1].start, sentence[end - 1].end)
    quoted = any(piece.kind == "quote" for piece in sentence[at + 1 : end])
    return Attribution(
        id=AttributionId(make_id("attribution", report.id, MAKER, who, cue, content)),
        cue=cue,
        content=(content,),
        source=who,
        manner="mixed" if quoted else "indirect",
        modality="asserted",
        confidence=CONFIDENCE,
        maker=MAKER,
    )


def _at_a_number(text: str, sentence: Sentence, start: int) -> int | None:
    """Return where "at" stands before a number, behind what is put; None where it does not."""
    if start >= len(sentence) or not (
        sentence[start].low in DETERMINERS or is_noun(sentence[start])
    ):
        return None
    for at in range(start + 1, min(start + FAR, len(sentence) - 1)):
        if sentence[at].kind == "mark":
            return None
        ahead = sentence[at + 1 : at + 1 + NEAR]
        if sentence[at].low == "at" and any(_tells_number(text, each) for each in ahead):
            return at
    return None


def _tells_number(text: str, piece: Piece) -> bool:
    words = text[piece.start : piece.end].casefold()
    return any(word[0].isdigit() or word in NUMBERS for word in re.findall(r"\w+", words))
