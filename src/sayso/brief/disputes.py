"""Lines that deny each other: one says it, another, in a denier's words, says it is not so.

A denial names what it denies, so most of what is rare in it stands in the claim too. Only cues
and openings that deny are looked at; agreement and dispute are never inferred from silence.
"""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Sequence

from sayso.brief.records import Line
from sayso.brief.sections import line_terms
from sayso.records import LineId
from sayso.thread import denials
from sayso.thread.terms import rarity

ABOUT_THE_SAME = 0.45
"""Share of a denial's rare words, by their rarity, that a claim must hold to be what it denies."""

FEWEST_SHARED = 2
"""Different words that they share: one alone may be a name that half the story holds."""

MOST_CLAIMS = 3
"""Claims that one denial answers; a denial that seems to answer ten answers none for sure."""


QUOTED = re.compile(r"[“\"«„]([^“”\"«»„]+)[”\"»“]")
FEWEST_QUOTED = 3
"""Words of a quotation that two lines share only where they report the same thing said."""


def denies(line: Line) -> bool:
    """Say whether the cue or the first words of `line` deny something."""
    cue = " ".join(line.cue.words) if line.cue is not None else ""
    return denials.denies(cue, line.quote.words[0])


def mark_disputes(lines: Sequence[Line]) -> list[Line]:
    """Return `lines` with each denial and the claims that it denies pointing at each other."""
    held = {line.id: set(line_terms(line)) for line in lines}
    rare = rarity(held.values())
    against: dict[LineId, set[LineId]] = defaultdict(set)
    for denial in lines:
        if not denies(denial):
            continue
        denied = held[denial.id]
        whole = sum(rare[term] for term in denied)
        claims = []
        for claim in lines:
            shared = denied & held[claim.id]
            if len(shared) < FEWEST_SHARED or voice(claim) == voice(denial) or denies(claim):
                continue
            if _reports(claim, denial):
                continue
            share = sum(rare[term] for term in shared) / whole
            if share >= ABOUT_THE_SAME:
                claims.append((-share, claim.id))
        for _, claim_id in sorted(claims)[:MOST_CLAIMS]:
            against[denial.id].add(claim_id)
            against[claim_id].add(denial.id)
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


def _reports(claim: Line, denial: Line) -> bool:
    """Say whether `claim` quotes what `denial` quotes: it tells of it, it claims nothing."""
    told = " ".join(claim.quote.words).casefold()
    return any(
        len(phrase.split()) >= FEWEST_QUOTED and phrase.casefold().strip(" ,.") in told
        for words in denial.quote.words
        for phrase in QUOTED.findall(words)
    )


def voice(line: Line) -> str:
    """Return whose words a line is: the name, or else the role; empty when nobody is told."""
    speaker = line.speaker
    return (speaker.name or speaker.role or "") if speaker is not None else ""
