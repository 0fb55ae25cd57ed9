"""Lines to standing sections, by what each section says it is about.

A section's words are its name, its sentence and its terms; a line's words are its own, then its
paragraph's, then its headline's, each counting less. Words that many lines have count little
(inverse document frequency). A place or a speaker that the section names is a reason by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sayso.brief.records import Edition, Line, Section, SectionLines
from sayso.records import LineId
from sayso.thread.terms import rarity, stem, terms

ELSEWHERE = "Elsewhere in this story"

OWN, NEAR, FAR = 1.0, 0.4, 0.25
"""What a word counts in the line, in its paragraph and in its headline."""

SAID, ABOUT = 1.0, 0.5
"""What a section's term counts, and a word of its sentence."""

ENOUGH = 1.6
"""The score from which a line belongs: one rare term in its own words, or several near it."""


def line_terms(line: Line) -> Counter[str]:
    """Return the terms of a line's own words, each as often as it stands there."""
    return Counter(terms(" ".join(line.quote.words)))


def place(lines: Sequence[Line], edition: Edition) -> tuple[SectionLines, ...]:
    """Return the sections of `edition` with their lines, in the order of `lines`.

    Each line stands in the one section that it fits best; what fits none stands in the last,
    "Elsewhere in this story", which is there only when it is needed.
    """
    if not edition.sections:
        whole = SectionLines(name="All that was said", about="", lines=tuple(x.id for x in lines))
        return (whole,) if lines else ()
    rare = rarity([line_terms(line) for line in lines])
    held: dict[str, list[LineId]] = {section.name: [] for section in edition.sections}
    rest = []
    for line in lines:
        score, _, section = max(
            (fit(line, one, rare)[0], -i, one) for i, one in enumerate(edition.sections)
        )
        if score >= ENOUGH:
            held[section.name].append(line.id)
        else:
            rest.append(line.id)
    placed = [
        SectionLines(name=one.name, about=one.about, lines=tuple(held[one.name]))
        for one in edition.sections
    ]
    if rest:
        placed.append(SectionLines(name=ELSEWHERE, about="", lines=tuple(rest)))
    return tuple(placed)


def fit(line: Line, section: Section, rare: dict[str, float]) -> tuple[float, tuple[str, ...]]:
    """Return how well a line fits a section, and the reasons in an editor's words."""
    wanted: dict[str, float] = {}
    for term in terms(section.about):
        wanted[term] = ABOUT
    for text in (section.name, *section.terms):
        for term in terms(text):
            wanted[term] = SAID
    own = set(line_terms(line))
    near = set(terms(f"{line.before} {line.after}")) - own
    far = set(terms(line.headline)) - own - near
    common = max(rare.values(), default=1.0)
    score = 0.0
    reasons = []
    for group, share, where in ((own, OWN, "says"), (near, NEAR, "near"), (far, FAR, "headline")):
        met = sorted(group & wanted.keys())
        if met:
            score += share * sum(wanted[term] * rare.get(term, common) for term in met)
            reasons.append(f"{where}: {', '.join(met)}")
    whole = " ".join(line.quote.words)
    for name in section.places:
        if name in whole or name in line.before or name in line.after:
            score += ENOUGH / 2 if name in whole else ENOUGH / 4
            reasons.append(f"place: {name}")
    if line.speaker is not None:
        called = f"{line.speaker.role or ''} {line.speaker.name or ''}".lower()
        for name in section.speakers:
            if name.lower() in called or stem(name.lower()) in called.split():
                score += ENOUGH
                reasons.append(f"speaker: {name}")
    return score, tuple(reasons)
