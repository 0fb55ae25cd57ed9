"""Lines that deny each other: one says it, another, in a denier's words, says it is not so.

A denial names what it denies, so most of what is rare in it stands in the claim too, and it comes
after it. Only cues and openings that deny are looked at; agreement and dispute are never inferred
from silence.
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

FEWEST_SHARED, NEARLY_ALL = 3, 0.8
"""Different words that they share, unless they are nearly all that the denial says: one or two
alone may be names that half the story holds."""

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
            if not shared or voice(claim) == voice(denial) or denies(claim):
                continue
            if _reports(claim, denial) or _came_later(claim, denial):
                continue
            share = sum(rare[term] for term in shared) / whole
            least = ABOUT_THE_SAME if len(shared) >= FEWEST_SHARED else NEARLY_ALL
            if share >= least and len(shared) > 1:
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


def _came_later(claim: Line, denial: Line) -> bool:
    """Say whether `claim` was published after `denial`: nobody answers what is yet to be said."""
    if claim.published is None or denial.published is None:
        return False
    return claim.published > denial.published


def voice(line: Line) -> str:
    """Return whose words a line is: the name, or else the role; empty when nobody is told."""
    speaker = line.speaker
    return (speaker.name or speaker.role or "") if speaker is not None else ""
