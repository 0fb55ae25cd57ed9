"""Which lines lead: many independent sources, newness, who speaks, how central; no two the same.

The score of a line is a sum, so that its reasons can be read off (`weigh`). The choice is greedy
with a bar to likeness, after Carbonell and Goldstein, "The use of MMR" (SIGIR 1998).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime

from sayso.brief.disputes import voice
from sayso.brief.records import Edition, FigureSeries, Line
from sayso.brief.sections import line_terms
from sayso.records import LineId
from sayso.thread.terms import cosine, rarity, terms

ALIKE = 0.35
"""Cosine from which two lines say much the same to a reader in a hurry."""

FADE_HOURS = 10.0
"""Hours after which newness counts half: yesterday evening is old by morning."""

CENTRE = 6.0
"""What being central counts: a line of a side story must be news twice over to lead."""

MOVING = 3
"""Points of a series from which its newest figure is one that readers follow."""

ONE_VOICE = 2
"""Key lines that one speaker may have, at most."""


Weights = dict[LineId, tuple[float, tuple[str, ...]]]
"""The score of each line and its reasons."""


def weigh(lines: Sequence[Line], edition: Edition, series: Sequence[FigureSeries] = ()) -> Weights:
    """Return the score and the reasons of each line."""
    if not lines:
        return {}
    counts = {line.id: _in_place(line) for line in lines}
    rare = rarity(counts.values())
    vectors = {key: {t: n * rare[t] for t, n in count.items()} for key, count in counts.items()}
    middle: dict[str, float] = defaultdict(float)
    for line in lines:
        # Each statement votes once for every report that carries it.
        for term in vectors[line.id]:
            middle[term] += rare[term] * math.log1p(line.independence.carriers)
    for term in terms(" ".join((edition.title or "", edition.belongs, *edition.terms))):
        middle[term] += max(middle.values(), default=1.0) / 4
    newest = max((line.published for line in lines if line.published), default=None)
    voices = Counter(voice(line) for line in lines)
    moved = {one.points[-1].line: one for one in series if len(one.points) >= MOVING}
    return {
        line.id: _weight(line, cosine(vectors[line.id], middle), newest, voices, moved.get(line.id))
        for line in lines
    }


def _in_place(line: Line) -> Counter[str]:
    """Return the terms of a line where it stands: its headline and paragraph tell its subject."""
    words = " ".join(line.quote.words)
    return Counter(terms(f"{words} {line.headline} {line.headline} {line.before} {line.after}"))


def _weight(
    line: Line,
    central: float,
    newest: datetime | None,
    voices: Counter[str],
    moved: FigureSeries | None,
) -> tuple[float, tuple[str, ...]]:
    reasons = []
    score = CENTRE * central
    if central > 0.3:
        reasons.append("central to the story")
    low = line.independence.low
    score += 0.9 * math.log2(1 + low)
    if low > 1:
        reasons.append(f"{low} independent sources")
    score += 0.25 * math.log2(line.independence.carriers)
    if line.independence.carriers > 2:
        reasons.append(f"carried by {line.independence.carriers}")
    if newest is not None and line.published is not None:
        hours = (newest - line.published).total_seconds() / 3600
        score += 3.0 * 0.5 ** (hours / FADE_HOURS)
        if hours < 3:
            reasons.append("among the newest")
    if moved is not None:
        score += 1.0
        reasons.append(f"the newest of {len(moved.points)} figures for “{moved.counts}”")
    speaker = line.speaker
    if speaker is not None and speaker.name is not None:
        score += 0.5 + (0.4 if speaker.role else 0.0)
        score += 0.2 * math.log2(1 + voices[voice(line)])
        reasons.append("named speaker in office" if speaker.role else "named speaker")
    if line.manner == "direct":
        score += 0.2
    words = sum(len(piece.split()) for piece in line.quote.words)
    if words < 8:
        score -= 0.15 * (8 - words)  # a scrap says little by itself
    elif words > 45:
        score -= 0.02 * (words - 45)  # nor does a reader in a hurry read a page
    score += 0.6 * (line.confidence - 1.0)
    if line.struck:
        score -= 3.0
        reasons.append(line.struck)
    return score, tuple(reasons)


def choose(lines: Sequence[Line], weights: Weights, number: int) -> tuple[LineId, ...]:
    """Return the `number` lines that lead, best first, no two of them alike."""
    counts = {line.id: line_terms(line) for line in lines}
    rare = rarity(counts.values())
    vectors = {key: {t: n * rare[t] for t, n in count.items()} for key, count in counts.items()}
    chosen: list[Line] = []
    voices: Counter[str] = Counter()
    for line in sorted(lines, key=lambda one: (-weights[one.id][0], one.id)):
        if len(chosen) == number:
            break
        if line.struck or (line.speaker is not None and voices[voice(line)] >= ONE_VOICE):
            continue
        if any(cosine(vectors[line.id], vectors[other.id]) >= ALIKE for other in chosen):
            continue
        chosen.append(line)
        voices[voice(line)] += 1
    return tuple(line.id for line in chosen)
