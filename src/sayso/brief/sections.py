"""Lines to standing sections, by what each section says it is about.

A section's words are its name, its sentence and its terms; a line's words are its own, then its
paragraph's, then its headline's, each counting less. Words that many lines have count little
(inverse document frequency), and a term of several words counts where they stand together. A
speaker whom the section names is a reason by itself. Every place comes with its reasons.

Where the editor gives no sections, `sayso.brief.subjects` finds them in what was said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from sayso.brief.records import Edition, Line, Section, SectionLines
from sayso.extract.countries import country_named
from sayso.records import LineId
from sayso.thread.terms import rarity, stem, terms

ELSEWHERE = "Elsewhere in this story"

OWN, NEAR, FAR = 1.0, 0.3, 0.2
"""What a word counts in the line, in its paragraph and in its headline."""

SAID, ABOUT, PLACE = 1.0, 0.5, 0.15
"""What a section's term counts, a word of its sentence, and a place that much happens in."""

SPEAKER = 4.0
"""What a speaker counts whom the section names: as much as a rare term in the line's own words."""

ENOUGH = 1.6
"""The score from which a line belongs: one rare term in its own words, or several near it."""

CLOSE = 400
"""Characters of the paragraph on either side that count as near."""

LONGEST = 3
"""Words of a term that are looked for together."""

NAMED = 6
"""Words named in a reason: more of them tell nobody more."""

Term = tuple[str, ...]
"""The stems of one term of a section, which must stand side by side."""


def line_terms(line: Line) -> Counter[str]:
    """Return the terms of a line's own words, each as often as it stands there."""
    return Counter(terms(" ".join(line.quote.words)))


def place(lines: Sequence[Line], edition: Edition) -> tuple[SectionLines, ...]:
    """Return the sections of `edition` with their lines, in the order of `lines`.

    Each line stands in the one section that it fits best; what fits none stands in the last,
    "Elsewhere in this story", which is there only when it is needed.
    """
    held = [Held.of(line) for line in lines]
    rare = _rarity(held)
    wanted = [Wanted.of(section) for section in edition.sections]
    filled: dict[str, list[tuple[LineId, tuple[str, ...]]]] = {
        section.name: [] for section in edition.sections
    }
    rest: list[LineId] = []
    for one in held:
        fits = [(fit(one, section, rare), -number) for number, section in enumerate(wanted)]
        (score, reasons), number = max(fits, key=lambda each: (each[0][0], each[1]))
        if score >= ENOUGH:
            filled[edition.sections[-number].name].append((one.line.id, reasons))
        else:
            rest.append(one.line.id)
    placed = [
        SectionLines(
            name=section.name,
            about=section.about,
            lines=tuple(line for line, _ in filled[section.name]),
            reasons=tuple(reasons for _, reasons in filled[section.name]),
        )
        for section in edition.sections
    ]
    return (*placed, *elsewhere(rest))


def _rarity(held: Sequence[Held]) -> dict[Term, float]:
    """Return how rare each run is among the lines, in them or near them."""
    joined = rarity([" ".join(run) for run in one.own | one.near] for one in held)
    return {tuple(run.split(" ")): value for run, value in joined.items()}


def elsewhere(rest: Sequence[LineId]) -> tuple[SectionLines, ...]:
    """Return the section of what fits none, when there is any."""
    if not rest:
        return ()
    why = ("fits no section",)
    return (SectionLines(name=ELSEWHERE, about="", lines=tuple(rest), reasons=(why,) * len(rest)),)


@dataclass(frozen=True, slots=True)
class Held:
    """A line with the terms it holds: in its own words, near them, and in its headline only."""

    line: Line
    own: frozenset[Term]
    near: frozenset[Term]
    far: frozenset[Term]

    @classmethod
    def of(cls, line: Line) -> Held:
        own = runs(" ".join(line.quote.words))
        near = runs(line.before[-CLOSE:]) | runs(line.after[:CLOSE])
        far = runs(line.headline)
        return cls(line, own, near - own, far - own - near)


def runs(text: str) -> frozenset[Term]:
    """Return every run of up to `LONGEST` terms in `text`."""
    held = terms(text)
    return frozenset(
        tuple(held[start : start + size])
        for size in range(1, LONGEST + 1)
        for start in range(len(held) - size + 1)
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a section asks for, ready to be met."""

    terms: Mapping[Term, float]  # each with what it counts
    printed: Mapping[Term, str]  # and as the editor wrote it
    countries: frozenset[str]  # whose speakers are at home here
    speakers: tuple[str, ...]

    @classmethod
    def of(cls, section: Section) -> Wanted:
        wanted: dict[Term, float] = {}
        printed: dict[Term, str] = {}

        def ask(texts: Iterable[str], counts: float) -> None:
            for text in texts:
                term = tuple(islice(terms(text), LONGEST))
                if term and wanted.get(term, 0.0) < counts:
                    wanted[term] = counts
                    printed[term] = text

        ask(section.places, PLACE)
        ask((*section.name.split(), *section.about.split()), ABOUT)
        ask(section.terms, SAID)
        countries = {country_named(name) for name in section.places} - {None}
        return cls(wanted, printed, frozenset(code for code in countries if code), section.speakers)


def fit(held: Held, wanted: Wanted, rare: Mapping[Term, float]) -> tuple[float, tuple[str, ...]]:
    """Return how well a line fits a section, and the reasons in an editor's words."""
    common = max(rare.values(), default=1.0)
    score = 0.0
    reasons = []
    for group, share, where in (
        (held.own, OWN, "says"),
        (held.near, NEAR, "near it"),
        (held.far, FAR, "in its headline"),
    ):
        counted = {
            term: share * wanted.terms[term] * rare.get(term, common)
            for term in wanted.terms.keys() & group
        }
        if counted:
            score += sum(sorted(counted.values()))
            best = sorted(counted, key=lambda term: (-counted[term], term))[:NAMED]
            reasons.append(
                f"{where}: {', '.join(wanted.printed[term].strip('.,:;') for term in best)}"
            )
    speaker = held.line.speaker
    if speaker is not None:
        called = f"{speaker.role or ''} {speaker.name or ''}".lower()
        named = next((one for one in wanted.speakers if _is_called(called, one.lower())), None)
        if named is not None:
            score += SPEAKER
            reasons.append(f"speaker: {named}")
        elif speaker.country in wanted.countries:
            score += SPEAKER
            reasons.append("speaks for a country that the section names")
    return score, tuple(reasons)


def _is_called(called: str, name: str) -> bool:
    return name in called or stem(name) in called.split()
