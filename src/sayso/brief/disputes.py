"""Lines that deny each other: one says it, another, in a denier's words, says it is not so.

A denial names what it denies, so it shares its rare words with the claim. It is enough to look
at cues and openings that deny; agreement is never inferred from silence.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from sayso.brief.records import Line
from sayso.brief.sections import line_terms
from sayso.records import LineId
from sayso.thread.terms import cosine, rarity

DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|disput(?:e|es|ed|ing)"
    r"|refut(?:e|es|ed|ing)|contradict(?:s|ed|ing)?|rebuff(?:s|ed)?)\b",
    re.IGNORECASE,
)
OPENING = re.compile(
    r"^\W*(?:(?:this|that|it|these|those|such|any|the) [\w\s]{0,40})?(?:is|are|was|were)? ?"
    r"(?:false|untrue|not true|a lie|lies|baseless|unfounded|fabricated|nonsense|no truth)\b",
    re.IGNORECASE,
)
ABOUT_THE_SAME = 0.22
"""Cosine from which a denial and a claim are about the same thing."""


def denies(line: Line) -> bool:
    """Say whether the cue or the first words of `line` deny something."""
    cue = " ".join(line.cue.words) if line.cue is not None else ""
    return bool(DENIAL.search(cue) or OPENING.search(line.quote.words[0]))


def mark_disputes(lines: Sequence[Line]) -> list[Line]:
    """Return `lines` with each denial and the claims that it denies pointing at each other."""
    counts = {line.id: line_terms(line) for line in lines}
    rare = rarity(counts.values())
    vectors = {key: {t: n * rare[t] for t, n in count.items()} for key, count in counts.items()}
    against: dict[LineId, Counter[LineId]] = defaultdict(Counter)
    for denial in lines:
        if not denies(denial):
            continue
        for claim in lines:
            if _voice(claim) == _voice(denial) or denies(claim):
                continue
            if cosine(vectors[denial.id], vectors[claim.id]) >= ABOUT_THE_SAME:
                against[denial.id][claim.id] += 1
                against[claim.id][denial.id] += 1
    return [
        dataclasses.replace(
            line,
            disputes=tuple(sorted(against[line.id])),
            state="disputed" if line.state == "new" else line.state,
        )
        if line.id in against
        else line
        for line in lines
    ]


def _voice(line: Line) -> str:
    speaker = line.speaker
    return (speaker.name or speaker.role or "") if speaker is not None else ""
