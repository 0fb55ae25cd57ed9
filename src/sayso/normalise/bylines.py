"""Bylines: the people and agencies that a line such as "By Ana Novak, Halden Wire" names."""

from __future__ import annotations

import re

from sayso.normalise.conventions import DATED
from sayso.normalise.credits import is_organisation

_BY = re.compile(
    r"^\s*(?:by|von|par|por|di|door|av|autor(?:es|in)?|author|автор[ы]?)\s*:?\s+", re.I
)
_BETWEEN = re.compile(
    r"\s*(?:,|;|\||/|&|\band\b|\bund\b|\bet\b|\by\b|\bи\b|\bta\b|\bof\b|\bin\b|\bfor\b|\bwith\b)\s*"
)
_ROLE = re.compile(
    r"\b(?:staff|correspondent|reporter|writer|editor|columnist|contributor|the|special)\b", re.I
)
# Where it was written: "in Lowbridge", "from Orla Bridge".
_PLACE = re.compile(r"\s+(?:in|from|at|aus|à|en)\s+[^\W\d_a-z][\w’'-]*(?:[ -][^\W\d_a-z][\w’'-]*)*")
_SMALL = frozenset(
    "al bin bint d’ d' da das de del della den der di dos du el ibn la le ter van von y".split()
)


def people_in(byline: str) -> tuple[str, ...]:
    """Return the persons that `byline` names, without offices, agencies and places."""
    people: list[str] = []
    dated = DATED.match(byline)
    names = _PLACE.sub("", _BY.sub("", dated["names"] if dated else byline))
    for name in _BETWEEN.split(names):
        name = name.strip(" .–—-")
        words = name.split()
        if not 2 <= len(words) <= 5 or _ROLE.search(name) or is_organisation(name):
            continue
        if any(letter.isdigit() for letter in name):
            continue
        # Beside somebody's name "Lowbridge crossing" is where she was.
        is_name = all(word[0].isupper() or word in _SMALL for word in words)
        if is_name or not people:
            people.append(name.title() if name.isupper() else name)
    return tuple(people)
