"""Counts of nobody: "there were no dead", "nobody has been arrested".

They have no number, so no figure stands for them; yet the first two dead after them are a change,
and not simply news. Only the states that `sayso.thread.states` knows are read. English only.
"""

from __future__ import annotations

import re

from sayso.thread.states import states_in

NOBODY = re.compile(
    r"\b(?:no|nobody|no one|none|not (?:a single|one))\b(?! (?:longer|more|doubt|matter|way))",
    re.IGNORECASE,
)
REACH = 45
"""Characters behind "no" within which the state must stand: "no dead or injured so far"."""

END = re.compile(r"[,;:.—]|\b(?:but|while|since|because|until|who|that|whether)\b")
VICTIMS = re.compile(r"\b(?:victims?|casualt(?:y|ies))\b", re.IGNORECASE)


def states_of_nobody(words: str) -> frozenset[str]:
    """Return the states that `words` say nobody is in."""
    found: set[str] = set()
    for none in NOBODY.finditer(words):
        behind = words[none.end() : none.end() + REACH]
        stop = END.search(behind)
        told = behind[: stop.start()] if stop is not None else behind
        found |= states_in(told)
        if VICTIMS.search(told):
            found |= {"dead", "injured"}
    return frozenset(found)
