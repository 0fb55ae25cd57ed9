"""The sections of a story for which no editor gave any, found in what was said.

Rule: a section is named by words cut from a report. Candidates are the phrases that read like
nouns, between function words, and that several reports use in what they have somebody say; those
few are taken that together come nearest to most of the lines, and that are not the whole story's
subject. A line stands under the phrase whose lines it is most like. A story that is too small
for it has no sections.

Nothing here is weighed by chance: the same lines give the same sections.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sayso.brief.records import Line, Quote, SectionLines
from sayso.brief.sections import elsewhere, runs
from sayso.records import LineId, Span
from sayso.thread.terms import STOP_WORDS, WORD, cosine_with, rarity, stem, terms

FEWEST_LINES = 30
"""Lines below which a story is read through sooner than its sections are."""

FEWEST_REPORTS = 4
"""Reports below which a subject may be one reporter's alone."""

FEWEST, MOST = 3, 8
"""Sections: fewer divide nothing, more are a list again."""

SHARED_BY = 2
"""Reports that must use a phrase."""

TOO_COMMON = 0.35
"""Share of the lines from which a phrase is what the whole story is about."""

SECTION_LINES = 4
"""Lines that must use a phrase, and that a section must have."""

WORTH = 0.3
"""What a further section must bring, as a share of what the first brought."""

LIKE = 0.12
"""Cosine from which a line belongs with the lines of a phrase."""

USUAL = 0.8
"""Share of a line's likeness to the whole story that a section must surpass to be nearer."""

JOINS = 0.6
"""The same for a line that does not say the words of a section, only stands near those that do."""

SETTLES, PLAINLY = 0.09, 1.15
"""Cosine with all of a section's lines from which a line that no word ties to it belongs there,
and how many times as near it must be as the next section."""

SINGLE = 0.6
"""What a phrase of one common word counts: it tells less than a name or two words."""

CANDIDATES = 60
"""Phrases that are compared; those after them stand in too few lines to matter."""

LONGEST = 3
"""Words of a phrase."""

CLOSE = 200
"""Characters on either side of a line that tell what it is about."""

# A noun phrase stands after one of these; after "to" stands a verb, so "to" is not among them.
_OPENERS = frozenset(
    "the a an this that these those his her its their our my your of in on for with by from at "
    "against about over into under between and or no any some all".split()
)

Vector = Mapping[str, float]
# They stand in every story and tell one from another in none.
_GENERAL = frozenset(
    map(
        stem,
        "country state nation world government administration president prime minister secretary "
        "leader official office member spokesman party group team company public side part place "
        "area way thing case point fact issue question answer number word man woman men women "
        "person child son daughter father mother family friend life work job plan role move "
        "effort action situation problem result reason story news report "
        "statement comment press media photo video".split(),
    )
)

Phrase = tuple[str, ...]
"""The stems of a phrase."""


@dataclass(frozen=True, slots=True)
class _Use:
    """A phrase as one line prints it."""

    line: Line
    piece: int  # of the line's words
    start: int  # in that piece
    words: str


def find_sections(lines: Sequence[Line]) -> tuple[SectionLines, ...]:
    """Return the sections that the lines themselves suggest, the fullest first; none for few."""
    whole = SectionLines(name="All that was said", about="", lines=tuple(x.id for x in lines))
    if len(lines) < FEWEST_LINES or len({x.quote.report for x in lines}) < FEWEST_REPORTS:
        return (whole,) if lines else ()
    uses = _candidates(lines)
    vectors = _vectors(lines)
    profiles = {phrase: _profile(phrase, held, vectors) for phrase, held in uses.items()}
    near = {phrase: _nearness(vectors, profile) for phrase, profile in profiles.items()}
    usual = _nearness(vectors, _middle(list(vectors.values())))
    names = {phrase for phrase, held in uses.items() if _name(held).words[0][0].isupper()}
    chosen = _choose(near, usual, names)
    sections = _fill(lines, chosen, near, usual, uses, vectors)
    named = sum(one.quote is not None for one in sections)
    return sections if named >= FEWEST else (whole,)


def _candidates(lines: Sequence[Line]) -> dict[Phrase, list[_Use]]:
    """Return the phrases that may name a section, each with where it stands."""
    names = {
        stem(word.lower())
        for line in lines
        if line.speaker is not None and line.speaker.name is not None
        for word in WORD.findall(line.speaker.name)
    }
    uses: dict[Phrase, list[_Use]] = defaultdict(list)
    for line in lines:
        for number, words in enumerate(line.quote.words):
            for start, end in _noun_phrases(words):
                phrase = tuple(terms(words[start:end]))
                if phrase and not set(phrase) <= names | _GENERAL:
                    uses[phrase].append(_Use(line, number, start, words[start:end]))
    most = TOO_COMMON * len(lines)
    fit = {
        phrase: held
        for phrase, held in uses.items()
        if len({use.line.quote.report for use in held}) >= SHARED_BY
        and SECTION_LINES <= len({use.line.id for use in held}) <= most
    }
    # A phrase of more words tells more than one of fewer.
    order = sorted(fit, key=lambda one: (-len(fit[one]) * math.sqrt(len(one)), one))
    return {phrase: fit[phrase] for phrase in order[:CANDIDATES]}


def _noun_phrases(text: str) -> list[tuple[int, int]]:
    """Return the runs of up to `LONGEST` words between an opening word and a word of function.

    A run that ends in a number, and one that another word of substance goes on from, is none.
    """
    words = list(WORD.finditer(text))
    plain = [_is_function(match[0]) for match in words]
    found = []
    for first in range(len(words)):
        if plain[first] or not _opens(text, words, first):
            continue
        last = first
        while last + 1 < len(words) and not plain[last + 1] and _joined(text, words, last):
            last += 1
        start, end = words[first].start(), words[last].end()
        cut_short = text[end : end + 1] == "-"  # "Iranian surface" of "surface-to-air missiles"
        if last - first < LONGEST and not (cut_short or text[words[last].start()].isdigit()):
            found.append((start, end))
        if last > first:  # the head of a longer phrase: "use" of "chemical weapons use"
            found += [
                (words[one].start(), words[one + 1].end())
                for one in range(first, last)
                if words[one][0][0].isupper() and words[one + 1][0][0].isupper()
            ]
    return sorted(set(found))


def _is_function(word: str) -> bool:
    word = word.lower().replace("’", "'")
    return word in STOP_WORDS or len(word) == 1


def _opens(text: str, words: Sequence[re.Match[str]], at: int) -> bool:
    if at == 0:
        return False  # the first word of a sentence is as often a verb or a greeting
    before = words[at - 1]
    return before[0].lower() in _OPENERS and text[before.end() : words[at].start()] == " "


def _joined(text: str, words: Sequence[re.Match[str]], at: int) -> bool:
    """Say whether nothing but a space or a hyphen stands between a word and the next."""
    return text[words[at].end() : words[at + 1].start()] in (" ", "-")


def _vectors(lines: Sequence[Line]) -> dict[LineId, Vector]:
    counts = {
        line.id: Counter(
            terms(f"{' '.join(line.quote.words)} {line.before[-CLOSE:]} {line.after[:CLOSE]}")
        )
        for line in lines
    }
    rare = rarity(counts.values())
    return {
        key: {term: (1 + math.log(n)) * rare[term] for term, n in count.items()}
        for key, count in counts.items()
    }


def _profile(phrase: Phrase, held: Sequence[_Use], vectors: Mapping[LineId, Vector]) -> Vector:
    """Return the middle of the lines that use a phrase; the phrase itself counts double."""
    middle = _middle([vectors[line] for line in sorted({use.line.id for use in held})])
    return {term: weight * (2.0 if term in phrase else 1.0) for term, weight in middle.items()}


def _middle(vectors: Sequence[Vector]) -> dict[str, float]:
    middle: dict[str, float] = defaultdict(float)
    for vector in vectors:
        for term, weight in vector.items():
            middle[term] += weight
    return middle


def _nearness(vectors: Mapping[LineId, Vector], middle: Vector) -> dict[LineId, float]:
    nearness = cosine_with(middle)
    return {line: nearness(vector) for line, vector in vectors.items()}


Near = Mapping[Phrase, Mapping[LineId, float]]


def _choose(near: Near, usual: Mapping[LineId, float], names: Collection[Phrase]) -> list[Phrase]:
    """Return the phrases that bring most lines nearer than the whole story is to them."""
    best = {line: USUAL * value for line, value in usual.items()}
    chosen: list[Phrase] = []
    first = 0.0
    while len(chosen) < MOST:
        gains = {
            phrase: (1.0 if len(phrase) > 1 or phrase in names else SINGLE)
            * sum(max(0.0, value - best[line]) for line, value in lines.items())
            for phrase, lines in near.items()
            if not any(set(phrase) & set(other) for other in chosen)
        }
        if not gains:
            break
        phrase = max(gains, key=lambda one: (gains[one], one))
        first = first or gains[phrase]
        if len(chosen) >= FEWEST and gains[phrase] < WORTH * first:
            break
        chosen.append(phrase)
        for line, value in near[phrase].items():
            best[line] = max(best[line], value)
    return chosen


def _fill(
    lines: Sequence[Line],
    chosen: Sequence[Phrase],
    near: Near,
    usual: Mapping[LineId, float],
    uses: Mapping[Phrase, Sequence[_Use]],
    vectors: Mapping[LineId, Vector],
) -> tuple[SectionLines, ...]:
    holders = {phrase: {use.line.id for use in uses[phrase]} for phrase in chosen}
    filled: dict[Phrase, list[tuple[LineId, tuple[str, ...]]]] = {one: [] for one in chosen}
    rest = []
    for line in lines if chosen else ():
        beside = set(runs(f"{line.before[-CLOSE:]} {line.after[:CLOSE]}"))
        # A line that says the phrase stands there before one that has it beside it, and that one
        # before one that is only like those that say it.
        says, near_it, likeness, phrase = max(
            (line.id in holders[one], one in beside, near[one][line.id], one) for one in chosen
        )
        name = _name(uses[phrase]).words[0]
        if says:
            filled[phrase].append((line.id, (f"says: {name}",)))
        elif near_it:
            filled[phrase].append((line.id, (f"near it: {name}",)))
        elif likeness >= max(LIKE, JOINS * usual[line.id]):
            filled[phrase].append((line.id, (f"like those that say “{name}”",)))
        else:
            rest.append(line.id)
    rest = _settle(rest, filled, vectors, {one: _name(uses[one]).words[0] for one in chosen})
    sections = []
    for phrase in sorted(chosen, key=lambda one: (-len(filled[one]), one)):
        if len(filled[phrase]) < SECTION_LINES:
            rest += [line for line, _ in filled[phrase]]
            continue
        quote = _name(uses[phrase])
        sections.append(
            SectionLines(
                name=quote.words[0],
                about="",
                lines=tuple(line for line, _ in filled[phrase]),
                reasons=tuple(reasons for _, reasons in filled[phrase]),
                quote=quote,
            )
        )
    order = {line.id: place for place, line in enumerate(lines)}
    return (*sections, *elsewhere(sorted(rest, key=lambda one: order[one])))


def _settle(
    rest: Sequence[LineId],
    filled: Mapping[Phrase, list[tuple[LineId, tuple[str, ...]]]],
    vectors: Mapping[LineId, Vector],
    names: Mapping[Phrase, str],
) -> list[LineId]:
    """Put lines to the section whose lines they are plainly most like; return those left over.

    The lines of a section, taken together, say more of what it is about than its name does.
    """
    middles = {
        phrase: cosine_with(_middle([vectors[line] for line, _ in held]))
        for phrase, held in filled.items()
        if len(held) >= SECTION_LINES
    }
    left = []
    for line in rest:
        first, *others = sorted(
            ((nearness(vectors[line]), phrase) for phrase, nearness in middles.items()),
            reverse=True,
        ) or [(0.0, ())]
        second = others[0][0] if others else 0.0
        if first[0] >= SETTLES and first[0] >= PLAINLY * second:
            filled[first[1]].append((line, (f"most like what stands under “{names[first[1]]}”",)))
        else:
            left.append(line)
    return left


def _name(uses: Sequence[_Use]) -> Quote:
    """Return the phrase as most lines print it, cut from the first of them."""
    forms = Counter(use.words for use in uses)
    words = max(forms, key=lambda form: (forms[form], form))
    use = next(one for one in uses if one.words == words)
    start = use.line.quote.spans[use.piece].start + use.start
    return Quote(use.line.quote.report, (Span(start, start + len(words)),), (words,))
