"""Which lines lead: many independent sources, newness, who speaks, how central; no two the same.

The score of a line is a sum, so that its reasons can be read off (`weigh`). The choice is greedy
with a bar to likeness, after Carbonell and Goldstein, "The use of MMR" (SIGIR 1998); what others
say too is measured as in LexRank (Erkan and Radev, 2004), by report rather than by sentence.

The weights were chosen by hand on two kinds of marks at once, those of the invented newsroom at
four moments and those of six real stories, and for how little the result moves when each of them
is turned up or down by four tenths (`sayso bench briefing`; docs/design/key-lines.md).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sayso.brief.disputes import voice
from sayso.brief.records import Edition, FigureSeries, Line
from sayso.brief.sections import line_terms
from sayso.records import LineId
from sayso.thread.terms import WORD, cosine_with, rarity, terms

ALIKE = 0.35
"""Cosine from which two lines say much the same to a reader in a hurry."""

WITHIN = 0.5
"""Share of the shorter line's words, by rarity, that a line holds which says it over again."""

FADE_HOURS = 10.0
"""Hours after which newness counts half: yesterday evening is old by morning."""

SUPPORT_FADE_HOURS = 24.0
"""Hours after which being carried by many counts half: everybody has read it by then."""

LASTING = 0.2
"""What is left of support however old."""

RUN = 6
"""Words in a row that two lines share when both print one utterance."""

PROMINENT = 150
"""Lines that may share a word before it tells nothing of whether they say the same."""

MOST_OF_ONE = 0.4
"""Share of the key lines that one speaker, or one report, may have: a briefing is not the
retelling of one report. Two lines they may have in any case."""

FULL_WORDS = 30
"""Words from which a line says no more for being longer."""

FEW_WORDS, LONG_WORDS = 8, 45
"""Words under which little is said, and above which a reader in a hurry begins to lose."""

PARAGRAPH = 250
"""Characters of a paragraph of news."""

PLAIN_CUES = frozenset(
    """said says say saying told tell tells added tweeted wrote announced insisted warned argued
    asked stressed confirmed called""".split()
)
"""Words by which somebody is simply reported to have said something."""


Weights = dict[LineId, tuple[float, tuple[str, ...]]]
"""The score of each line and its reasons."""

Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """How a line stands among the others, each from 0 to about 1."""

    central: float  # its place: words, headline and paragraph
    echo: float  # how near the nearest line of each other report comes, on average
    heard: int  # origins that quote its speaker
    new: float
    recent: float  # newness that fades slowly
    hours: float | None


def weigh(lines: Sequence[Line], edition: Edition, series: Sequence[FigureSeries] = ()) -> Weights:
    """Return the score and the reasons of each line."""
    if not lines:
        return {}
    central = _centrality(lines, edition)
    echoes = _echoes(lines)
    heard: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        heard[_voice(line)].update(carrier.origin for carrier in line.carriers)
    newest = max((line.published for line in lines if line.published), default=None)
    superseded = _superseded(series)
    scores = {}
    for line in lines:
        hours = _hours(line, newest)
        standing = _Standing(
            central=central[line.id],
            echo=echoes[line.id],
            heard=len(heard[_voice(line)]) if _voice(line) else 0,
            new=0.0 if hours is None else 0.5 ** (hours / FADE_HOURS),
            recent=0.0 if hours is None else 0.5 ** (hours / SUPPORT_FADE_HOURS),
            hours=hours,
        )
        scores[line.id] = _weight(line, standing, superseded.get(line.id))
    return scores


def _weight(line: Line, standing: _Standing, newer: str | None) -> tuple[float, tuple[str, ...]]:
    reasons = []
    score = 2.5 * standing.central + 4.0 * standing.echo
    if standing.central > 0.3:
        reasons.append("central to the story")
    if standing.echo > 0.2:
        reasons.append("other reports have much the same")
    low, carriers = line.independence.low, line.independence.carriers
    support = math.log2(max(low, 1)) + 0.2 * math.log2(max(carriers, 1))
    score += support * (LASTING + (1 - LASTING) * standing.recent)
    if low > 1:
        reasons.append(f"{low} independent sources")
    if carriers > 2:
        reasons.append(f"carried by {carriers}")
    score += 2.0 * standing.new
    if standing.hours is not None and standing.hours < 3:
        reasons.append("among the newest")
    score += _who_speaks(line, standing.heard, reasons) + _how_told(line)
    if newer is not None:
        score -= 1.5
        reasons.append(f"a later figure stands beside it: {newer}")
    if line.struck:
        score -= 3.0
        reasons.append(line.struck)
    return score, tuple(reasons)


def _who_speaks(line: Line, heard: int, reasons: list[str]) -> float:
    speaker = line.speaker
    if speaker is None:
        return 0.0
    score = 0.5 * math.log2(1 + heard)
    if heard > 2:
        reasons.append(f"{heard} sources quote the speaker")
    if speaker.kind == "person":
        score += 0.3
    if speaker.name is not None:
        score += 0.9 if speaker.role else 0.5
        reasons.append("named speaker in office" if speaker.role else "named speaker")
    return score


def _how_told(line: Line) -> float:
    """Return what the telling counts: plainly said, in full, high up, and surely said at all."""
    words = sum(len(piece.split()) for piece in line.quote.words)
    score = 0.0 if line.manner == "indirect" else 0.6
    cue = " ".join(line.cue.words).casefold().split() if line.cue is not None else []
    score += 0.5 if PLAIN_CUES & set(cue) else 0.0
    score += 0.8 * min(words, FULL_WORDS) / FULL_WORDS
    score -= max(0, words - LONG_WORDS) / LONG_WORDS
    if line.manner == "indirect":
        score -= 0.1 * max(0, FEW_WORDS - words)  # a scrap says little by itself
    # What matters most a report tells first; how far down a line stands is seen by its offset.
    score += 1.2 / (1 + line.quote.spans[0].start / PARAGRAPH)
    return score + 2.0 * line.confidence


def _hours(line: Line, newest: datetime | None) -> float | None:
    if newest is None or line.published is None:
        return None
    return (newest - line.published).total_seconds() / 3600


def _voice(line: Line) -> str:
    """Return whose words a line is by the last word: "Obama" is heard when "Barack Obama" is."""
    words = voice(line).casefold().split()
    return words[-1] if words else ""


def _centrality(lines: Sequence[Line], edition: Edition) -> dict[LineId, float]:
    """Return how near the middle of all that was said each line stands, by cosine."""
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
    nearness = cosine_with(middle)
    return {line.id: nearness(vectors[line.id]) for line in lines}


def _in_place(line: Line) -> Counter[str]:
    """Return the terms of a line where it stands: its headline and paragraph tell its subject."""
    words = " ".join(line.quote.words)
    return Counter(terms(f"{words} {line.headline} {line.headline} {line.before} {line.after}"))


def _vectors(lines: Sequence[Line]) -> dict[LineId, Vector]:
    """Return the terms of each line's own words, by rarity, as vectors of length 1."""
    counts = {line.id: line_terms(line) for line in lines}
    rare = rarity(counts.values())
    made: dict[LineId, Vector] = {}
    for key, count in counts.items():
        vector = {term: (1 + math.log(n)) * rare[term] for term, n in count.items()}
        length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
        made[key] = {term: weight / length for term, weight in vector.items()}
    return made


def _echoes(lines: Sequence[Line]) -> dict[LineId, float]:
    """Return for each line how near the nearest line of each other report comes, on average."""
    vectors = _vectors(lines)
    holders: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, line in enumerate(lines):
        for term, weight in vectors[line.id].items():
            holders[term].append((place, weight))
    others = len({line.quote.report for line in lines}) - 1
    echoes = {}
    for line in lines:
        near: dict[int, float] = defaultdict(float)
        for term, weight in vectors[line.id].items():
            if len(holders[term]) <= PROMINENT:
                for place, other in holders[term]:
                    near[place] += weight * other
        best: dict[str, float] = defaultdict(float)
        for place, likeness in near.items():
            report = lines[place].quote.report
            if report != line.quote.report:
                best[report] = max(best[report], likeness)
        echoes[line.id] = sum(best.values()) / max(others, 1)
    return echoes


def _superseded(series: Sequence[FigureSeries]) -> dict[LineId, str]:
    """Return the lines whose figure a later one took the place of, and that figure as printed."""
    held: dict[LineId, str] = {}
    for one in series:
        last = one.points[-1]
        for point in one.points[:-1]:
            if point.line is None or point.as_of is None or last.as_of is None:
                continue
            if point.line != last.line and point.speaker == last.speaker:
                held[point.line] = " ".join(last.quote.words)
        if last.line is not None:
            held.pop(last.line, None)
    return held


def choose(lines: Sequence[Line], weights: Weights, number: int) -> tuple[LineId, ...]:
    """Return the `number` lines that lead, best first, no two of them alike."""
    vectors = _vectors(lines)
    chosen: list[Line] = []
    voices: Counter[str] = Counter()
    reports: Counter[str] = Counter()
    most = max(2, int(MOST_OF_ONE * number))
    for line in sorted(lines, key=lambda one: (-weights[one.id][0], one.id)):
        if len(chosen) == number:
            break
        if line.struck or (_voice(line) and voices[_voice(line)] >= most):
            continue
        if reports[line.quote.report] >= most:
            continue
        if any(_alike(line, other, vectors) for other in chosen):
            continue
        chosen.append(line)
        voices[_voice(line)] += 1
        reports[line.quote.report] += 1
    return tuple(line.id for line in chosen)


def _alike(line: Line, other: Line, vectors: Mapping[LineId, Vector]) -> bool:
    """Say whether a reader in a hurry takes two lines for the same."""
    one, two = vectors[line.id], vectors[other.id]
    shared = one.keys() & two.keys()
    if sum(one[term] * two[term] for term in shared) >= ALIKE:
        return True
    for vector in (one, two):
        if sum(vector[term] for term in shared) >= WITHIN * sum(vector.values()) > 0:
            return True
    return bool(_runs(line) & _runs(other))


def _runs(line: Line) -> set[tuple[str, ...]]:
    words = WORD.findall(" ".join(line.quote.words).casefold())
    return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}
