"""Words that deny: what a cue or a statement says against another statement.

A denial names what it denies, or points at it ("denied the report"). Only words that deny are
looked at: agreement and dispute are never inferred from silence. English only.
"""

from __future__ import annotations

import re

DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|disput(?:e|es|ed|ing)"
    r"|refut(?:e|es|ed|ing)|contradict(?:s|ed|ing)?|rebuff(?:s|ed)?)\b",
    re.IGNORECASE,
)
NOT_DENIED = re.compile(r"\b(?:not|never|neither|nor|without|n[’']t)\b", re.IGNORECASE)
OPENING = re.compile(
    r"^\W*(?:(?:this|that|it|these|those|such|any|the) [\w\s]{0,40})?\b(?:is|are|was|were)? ?"
    r"\b(?:false|untrue|not true|a lie|lies|baseless|unfounded|fabricated|nonsense|no truth)\b",
    re.IGNORECASE,
)
# Anywhere in what was said: these words have no other use.
UNTRUE = re.compile(
    r"\b(?:is|are|was|were|as) (?:an? )?[“\"«]?(?:complete |pure |total )?"
    r"(?:fabrications?|fakes?|lies?|hoax(?:es)?|inventions?|speculation|nonsense|untrue|false"
    r"|rumou?rs?)\b"
    r"|\b(?:do|does|did) not correspond to\b|\bnothing of the (?:kind|sort)\b"
    r"|\bno (?:truth|basis|grounds?|record|such)\b|\bnever (?:seen|received|said|happened)\b",
    re.IGNORECASE,
)
POINTING = re.compile(
    r"^\W*(?:that |the |this |those |these |any |such |all )(?:any )?(?:such )?"
    r"(?:reports?|claims?|accounts?|charges?|allegations?|accusations?|requests?|rumou?rs?"
    r"|stor(?:y|ies)|assertions?|memos?|delay)\b"
    # Anywhere: "had never seen such a letter", "no letter of the kind", "the so-called letter".
    r"|\b(?:any such|such an?|so-called|alleged|of (?:the|this|that) kind)\b"
    r"|^\W*(?:reports?|claims?|allegations?|accusations?|charges?|rumou?rs?)\W*$"
    r"|^\W*(?:that )?there (?:is|was|were|had been|has been) any\b",
    re.IGNORECASE,
)
# "There were no warnings", "not one bolt was loose"; "there is no doubt" denies nothing told.
NONE_OF_IT = re.compile(
    r"^\W*(?:that )?there (?:is|are|was|were|had been|has been|have been) [“\"«]?"
    r"(?:no|never any|not (?:a|an|any|one|a single))\b"
    r"(?! (?:need|doubt|way|longer|question|evidence|sign|danger|risk|reason|plans?|time|more)\b)"
    r"\s+(\w[\w ]{2,40})",
    re.IGNORECASE,
)
# "It had flown 640 hours, not 900": whoever told the other figure is set right.
NOT_SO_MANY = re.compile(
    r"\d[^.;]{0,60}, (?:and )?not (?:the |about |some |[$€£])*\d", re.IGNORECASE
)
CALLING = re.compile(r"\b(?:call|brand|label|describ|term|wav)\w*\b", re.IGNORECASE)
WORTHLESS = re.compile(
    r"\b(?:gossip|speculation|rumou?rs?|nonsense|fabricat\w+|fakes?|lies?|hoax|propaganda|fantasy"
    r"|absurd|ridiculous|baseless|false|untrue|fiction|inventions?|slander)\b",
    re.IGNORECASE,
)


def denies(cue: str, words: str) -> bool:
    """Say whether the cue or the words of what was said deny something."""
    if DENIAL.search(cue):
        return not NOT_DENIED.search(cue)
    if CALLING.search(cue) and POINTING.search(words) and WORTHLESS.search(words):
        return True
    return bool(OPENING.search(words) or UNTRUE.search(words) or NOT_SO_MANY.search(words))


def denied_to_be(words: str) -> str:
    """Return what `words` say that there was none of; empty: nothing."""
    none = NONE_OF_IT.search(words)
    return none.group(1) if none is not None else ""


def points(words: str) -> bool:
    """Say whether what was denied is only pointed at: "the report", "any such request"."""
    return bool(POINTING.search(words))
