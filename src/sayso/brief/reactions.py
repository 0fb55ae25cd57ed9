"""The table of who said what: for which country or body, by whom.

A country stands here only where the words say it; a body (NATO, the United Nations) where a
speaker speaks for it. An edition may name countries that no list knows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.brief.records import Edition, Line, Reaction
from sayso.extract.countries import country_name

NOT_SAID = "not said"

# Bodies that states speak through, as their own words name them.
BODIES = {
    "NATO": "NATO",
    "UN": "United Nations",
    "U.N.": "United Nations",
    "United Nations": "United Nations",
    "Security Council": "United Nations",
    "UNICEF": "United Nations",
    "UNHCR": "United Nations",
    "WHO": "World Health Organization",
    "World Health Organization": "World Health Organization",
    "EU": "European Union",
    "European Union": "European Union",
    "European Commission": "European Union",
    "European Parliament": "European Union",
    "European Council": "European Union",
    "African Union": "African Union",
    "Arab League": "Arab League",
    "ASEAN": "ASEAN",
    "OSCE": "OSCE",
    "OPEC": "OPEC",
    "IAEA": "IAEA",
    "IMF": "International Monetary Fund",
    "International Monetary Fund": "International Monetary Fund",
    "World Bank": "World Bank",
    "Red Cross": "Red Cross",
    "Amnesty International": "Amnesty International",
    "Human Rights Watch": "Human Rights Watch",
}
_BODY = re.compile(
    r"(?<!\w)(?:" + "|".join(re.escape(name) for name in sorted(BODIES, key=len)[::-1]) + r")(?!\w)"
)


def make_reactions(lines: Sequence[Line], edition: Edition) -> tuple[Reaction, ...]:
    """Return a row for each line whose speaker the report tells, by place, then by speaker."""
    rows = [_row(line, edition) for line in lines if line.speaker is not None and not line.struck]
    by_id = {line.id: line for line in lines}

    def order(row: Reaction) -> tuple[bool, str, bool, str, str]:
        speaker = by_id[row.line].speaker
        name = (speaker.name if speaker else None) or ""
        return row.place == NOT_SAID, row.place, not name, name, row.line

    return tuple(sorted(rows, key=order))


def _row(line: Line, edition: Edition) -> Reaction:
    speaker = line.speaker
    assert speaker is not None, "a row is made for speakers only"
    if speaker.country is not None:
        place = country_name(speaker.country)
        return Reaction(line=line.id, country=speaker.country, body=None, place=place)
    words = " ".join(
        [speaker.role or "", speaker.name or "", *(line.source.words if line.source else ())]
    )
    for country in edition.countries:
        if any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", words) for word in country.words):
            return Reaction(line=line.id, country=None, body=country.name, place=country.name)
    body = _BODY.search(words)
    if body is not None:
        name = BODIES[body[0]]
        return Reaction(line=line.id, country=None, body=name, place=name)
    return Reaction(line=line.id, country=None, body=None, place=NOT_SAID)
