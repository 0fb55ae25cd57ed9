"""Lines to standing sections, by what each section says it is about.

A section's words are its name, its sentence and its terms; a line's words are its own, then its
paragraph's, then its headline's, each counting less. Words that many lines have count little
(inverse document frequency). A place or a speaker that the section names is a reason by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
    held = [_Held.of(line) for line in lines]
    rare = rarity([one.own for one in held])
    wanted = [wanted_terms(section) for section in edition.sections]
    filled: dict[str, list[LineId]] = {section.name: [] for section in edition.sections}
    rest = []
    for line in held:
        fits = [
            (fit(line, section, some, rare)[0], -number, section.name)
            for number, (section, some) in enumerate(zip(edition.sections, wanted, strict=True))
        ]
        score, _, name = max(fits)
        if score >= ENOUGH:
            filled[name].append(line.line.id)
        else:
            rest.append(line.line.id)
    placed = [
        SectionLines(name=one.name, about=one.about, lines=tuple(filled[one.name]))
        for one in edition.sections
    ]
    if rest:
        placed.append(SectionLines(name=ELSEWHERE, about="", lines=tuple(rest)))
    return tuple(placed)


def wanted_terms(section: Section) -> dict[str, float]:
    """Return the terms that a section is about, each with what it counts."""
    wanted = dict.fromkeys(terms(section.about), ABOUT)
    for text in (section.name, *section.terms):
        wanted.update(dict.fromkeys(terms(text), SAID))
    return wanted


@dataclass(frozen=True, slots=True)
class _Held:
    """A line with the terms it holds: in its own words, near them, and in its headline only."""

    line: Line
    own: frozenset[str]
    near: frozenset[str]
    far: frozenset[str]

    @classmethod
    def of(cls, line: Line) -> _Held:
        own = frozenset(line_terms(line))
        near = frozenset(terms(f"{line.before} {line.after}")) - own
        return cls(line, own, near, frozenset(terms(line.headline)) - own - near)


def fit(
    held: _Held, section: Section, wanted: Mapping[str, float], rare: Mapping[str, float]
) -> tuple[float, tuple[str, ...]]:
    """Return how well a line fits a section, and the reasons in an editor's words."""
    line = held.line
    common = max(rare.values(), default=1.0)
    score = 0.0
    reasons = []
    for group, share, where in (
        (held.own, OWN, "says"),
        (held.near, NEAR, "near"),
        (held.far, FAR, "headline"),
    ):
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
