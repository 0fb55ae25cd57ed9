"""Words that deny: what a cue or the opening of a statement says against another statement.

A denial names what it denies. Only cues and openings that deny are looked at: agreement and
dispute are never inferred from silence. English only.
"""

from __future__ import annotations

import re

DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|disput(?:e|es|ed|ing)"
    r"|refut(?:e|es|ed|ing)|contradict(?:s|ed|ing)?|rebuff(?:s|ed)?)\b",
    re.IGNORECASE,
)
OPENING = re.compile(
    r"^\W*(?:(?:this|that|it|these|those|such|any|the) [\w\s]{0,40})?\b(?:is|are|was|were)? ?"
    r"\b(?:false|untrue|not true|a lie|lies|baseless|unfounded|fabricated|nonsense|no truth)\b",
    re.IGNORECASE,
)


def denies(cue: str, words: str) -> bool:
    """Say whether the cue or the first words of what was said deny something."""
    return bool(DENIAL.search(cue) or OPENING.search(words))
