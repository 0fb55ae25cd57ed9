"""Bylines: the people and agencies that a line such as "By Ana Novak, Halden Wire" names."""

from __future__ import annotations

import re

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


def people_in(byline: str) -> tuple[str, ...]:
    """Return the persons that `byline` names, without offices, agencies and places."""
    people = []
    for name in _BETWEEN.split(_BY.sub("", byline)):
        name = name.strip(" .–—-")
        if 2 <= len(name.split()) <= 5 and not _ROLE.search(name) and not is_organisation(name):
            people.append(name.title() if name.isupper() else name)
    return tuple(people)
