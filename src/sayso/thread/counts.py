"""What a figure counts, read so that two figures can be compared.

"12 people killed", "a death toll of 14", "the dead: 14" and "at least 12 dead" count one thing;
"12 dead in Kesh", "12 injured" and "12 of the dead were children" count others. What is counted
is a state (`data/states.toml`: dead, missing, displaced …) or else the noun, with what narrows
it: other words before the noun, the place, the site. A part of a count ("three of them
children") and what was added to it ("five more bodies") is no count of the whole.

English only; what cannot be read is left open, so that a figure stands alone rather than wrong.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from sayso.extract.countries import country_named, country_of, is_demonym
from sayso.extract.figures.context import sentence_around
from sayso.records import Attribution, Figure, Findings, Report, ReportId, Span, Speaker
from sayso.thread.states import nouns_in, only_persons, pattern_of, state_in, stems_of
from sayso.thread.terms import terms

CLAUSE = re.compile(
    r"[,;:—–]|\b(?:and|but|while|whereas|although|though|after|when|because|since|with"
    r"|as(?! (?:dead|missing|injured|wounded|displaced)\b))\b|\s-\s|[“”\"«»()]"
)
"""Where one thing that is told ends and another begins."""

FORMER = re.compile(
    r"\b(?:(?:down|up) from|from|compared with|against|earlier|previously|it had been"
    r"|had been)\W*$",
    re.IGNORECASE,
)
UNSURE = re.compile(
    r"\b(?:could|might|may|would|will|feared?|fears?|expect(?:s|ed)?|estimated to|projected"
    r"|on paper)\b",
    re.IGNORECASE,
)
POSSIBLE = re.compile(r"\b(?:could|might|may|feared|up to)\b", re.IGNORECASE)
NUMBER_OF = re.compile(r"\b(?:number|total|count|tally) of (?:the )?((?:\w+ )?\w+)", re.IGNORECASE)
VAGUE = re.compile(r"\b(?:dozens|scores|hundreds|thousands|millions|tens of)\b", re.IGNORECASE)
OWN_COUNT = re.compile(
    r"(?:\b(?:his|her|their|its|own)|[’']s?) (?:own )?(?:number|count|figure|tally|list)\b",
    re.IGNORECASE,
)
REVISED = re.compile(
    r"\b(?:revis|lower|correct|cut|reduc|fell|fall|down|drop|declin|only|instead|fewer|shr[iu]nk"
    r"|remain|still|twice|halv)",
    re.IGNORECASE,
)
ADDED = re.compile(r"\b(?:another|an? (?:additional|further|extra)|an extra)\W*$", re.IGNORECASE)
MORE = re.compile(r"^\W*(?:more|other|additional|further|new|extra)\b", re.IGNORECASE)
DELTA = re.compile(r"^\W*to\W*(?:\w+ )?$", re.IGNORECASE)
MOVED = re.compile(
    r"\b(?:by|rose|fell|dropped|gained|lost|slid|jumped|climbed|plunged|tumbled|sank)\W*$",
    re.IGNORECASE,
)
PART = re.compile(
    r"\b(?:including|among them|of whom|of which|of them|of those)\W*$", re.IGNORECASE
)
PART_AFTER = re.compile(
    r"^\W*(?:\w+ )?(?:of (?:them|whom|those|these|which|the (?:dead|victims|injured|missing))"
    r"|years?[- ]old)\b",
    re.IGNORECASE,
)
NO_TOTAL = re.compile(r"^\W*(?:\w+ ){0,4}(?:on paper|until)\b", re.IGNORECASE)
"""Behind a number: "31 were missing on paper only", "it had two until they looked"."""

RATIO = re.compile(r"^\W*(?:\w+ )?in (?:every )?(three|four|five|six|ten|\d+)\b", re.IGNORECASE)
WORTH = {"three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}

PLACE = re.compile(
    r"\b(?:in|at|near|across|around|inside|throughout|within)\s+(?:(?:the|nearby)\s+)?"
    r"(?:(?:\w+ ){0,2}(?:village|town|city|settlement|district|region|province|state|area|port"
    r"|island|islands|suburb|capital|valley|county) of (?:the )?)?"
    r"((?:[A-Z][\w’'-]+)(?:\s+(?:[A-Z][\w’'-]+))*)"
)
OF_PLACE = re.compile(
    r"\b(?:residents|citizens|people|inhabitants) of (?:the )?(?:[a-z]+ of )?"
    r"((?:[A-Z][\w’'-]+)(?:\s+(?:[A-Z][\w’'-]+))*)"
)
SITE = re.compile(
    r"\b(?:hospitals?|mortuar(?:y|ies)|morgues?|crypt|prisons?|jails?|camps?|schools?|ships?"
    r"|clinics?|cold rooms?)\b(?! (?:said|says|told|reported|confirmed|counted)\b)",
    re.IGNORECASE,
)
OWN = re.compile(
    r"\b(?:its|his|her|their|our) (?:own )?(?:side|own citizens|own people|citizens|country|soil"
    r"|territory|nationals|fellow citizens)\b",
    re.IGNORECASE,
)
PLEDGED = "pledged"

MONEY = 100_000.0
"""A number from which "15 million" after a sum of money is money too."""

NUMERAL = re.compile(r"[\d.,]+|hundred|thousand|million|billion")
ABOUT = re.compile(r"\babout\b", re.IGNORECASE)
SOMEBODYS = re.compile(r"\b(?:his|her|their)\b", re.IGNORECASE)
FOR_WHOM = re.compile(r"^[^,;]{0,12}?\b(?:for|to) ((?:[A-Z][\w’'-]+ ?)+)")
MEASURED = frozenset(
    terms(
        "put rose rise rises fell fall falls drop dropped stood stands reached down up from against"
        " only still about nearly almost least pct percent per cent share rate level figure total"
        " estimated confirmed announced final revised early latest"
    )
)
"""Words before a share or a sum that do not say what it is of."""

CAUSE = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One figure and what it counts."""

    report: ReportId
    outlet: str
    figure: Figure
    low: float | None
    high: float | None
    unit: str | None
    state: str  # "dead", "missing" …; empty: none that is known
    kind: frozenset[str]  # what narrows the counted: the noun, where it is not just people
    about: frozenset[str]  # the other words of its clause
    whose: frozenset[str]  # of a share or a sum: whom or what the words before it name
    places: frozenset[str]
    speaker: Speaker | None
    source: str  # whose figure it is, as one word or two: a name, or the words for it
    day: date | None
    published: datetime | None
    sentence: int  # where its sentence begins, so that those of one sentence are known
    partial: bool = False  # it adds to a count, is a part of one, or was counted before
    unsure: bool = False  # it may come to that: it is no count yet
    revised: bool = False  # the words say that it is less than it was
    own: bool = False  # "his number": another's count is another
    bare: bool = False  # no noun and no state: it goes on with what was counted before


def read_counts(report: Report, findings: Findings) -> list[Count]:
    """Return what the figures of `report` count, in text order."""
    said = {one.id: one for one in findings.attributions}
    counts: list[Count] = []
    figures = sorted(findings.figures, key=lambda one: one.span)
    inside = report.spans("body", "standfirst")
    for number, figure in enumerate(figures):
        if report.parts and not any(part.holds(figure.span) for part in inside):
            continue
        attribution = said.get(figure.attribution) if figure.attribution else None
        count = _read(report, figure, figures, number, attribution)
        counts.append(_carried_on(count, counts, report))
    return counts


def _read(
    report: Report,
    figure: Figure,
    figures: Sequence[Figure],
    number: int,
    attribution: Attribution | None,
) -> Count:
    sentence = sentence_around(report.text, figure.span)
    clauses = list(_clauses(report.text, sentence))
    at = bisect_right([clause.start for clause in clauses], figure.span.start) - 1
    own = clauses[max(at, 0)]
    last = bisect_right([clause.start for clause in clauses], figure.span.end - 1) - 1
    own = Span(own.start, max(own.end, clauses[max(last, 0)].end))  # "between 60 and 70"
    # "nineteen dead, 104 missing": what stands behind the next figure is that one's.
    before = [one.span.end for one in figures[:number] if own.start <= one.span.start < own.end]
    after = [one.span.start for one in figures[number + 1 :] if own.start <= one.span.start]
    start = max([own.start, *before])
    end = min([own.end, *(one for one in after if one < own.end)])
    told = _without_source(report, attribution)
    left, right = told[start : figure.span.start], told[figure.span.end : end]
    noun = figure.counts or _number_of(left)
    if figure.unit is None:
        # "It is treating 41 of those on board": what they are of is not what they are.
        among = state_in(left, last=True) if PART_AFTER.match(right) else ""
        state = among or state_in(noun) or state_in(right) or state_in(left, last=True)
        if not state and not nouns_in(noun):
            state = _beside(report, clauses, max(at, 0), figures)
    else:
        state = PLEDGED if _of_money(figure.unit) and _pledged(left, right) else ""
    kind = frozenset() if state and only_persons(noun) else frozenset(nouns_in(noun))
    if figure.unit == "percent":
        # "71 percent of the 4.2 million people": what the share is of may be a count itself.
        kind = frozenset(one for one in kind if not NUMERAL.fullmatch(one))
    speaker = attribution.speaker if attribution is not None else None
    source = _source(report, attribution)
    text = report.text[sentence.start : sentence.end]
    whole = told[own.start : figure.span.start] + " # " + right
    behind = told[figure.span.end : own.end]
    return Count(
        report=report.id,
        outlet=report.outlet,
        figure=figure,
        low=figure.low,
        high=figure.high,
        unit=figure.unit,
        state=state,
        kind=kind - stems_of(state),
        about=frozenset(terms(f"{left} {right}")) - frozenset(terms(noun)) - CAUSE,
        whose=_whose(left, right) if figure.unit is not None else frozenset(),
        places=_places(report, whole, behind, speaker, source),
        speaker=speaker,
        source=source,
        day=figure.as_of,
        published=report.published,
        sentence=sentence.start,
        partial=bool(
            ADDED.search(left)
            or PART.search(left)
            or (FORMER.search(left) and not (figure.unit and FOR_WHOM.match(right)))
            or MORE.match(right)
            or (PART_AFTER.match(right) and not state_in(left))
            or NO_TOTAL.match(behind)
            or _is_ratio(figure, behind)
            or "including" in left
            or (figure.unit != "percent" and MOVED.search(left) and DELTA.match(right))
        ),
        unsure=bool(
            (UNSURE if figure.unit is None else POSSIBLE).search(left)
            or VAGUE.search(report.cut(figure.span))
            or (attribution is not None and _is_open(report, attribution))
        ),
        revised=bool(REVISED.search(text)),
        own=bool(OWN_COUNT.search(left)),
        bare=not state and not noun,
    )


def _is_open(report: Report, attribution: Attribution) -> bool:
    """Say whether the words were not said as true; "asked about the 23 dead" takes them for so."""
    if attribution.modality != "asked" or attribution.cue is None or not attribution.content:
        return attribution.modality != "asserted"
    first = attribution.content[0]
    lead = report.text[attribution.cue.start : first.start + len("about")]
    return not ABOUT.search(lead)


def _is_ratio(figure: Figure, behind: str) -> bool:
    """Say whether it is "one train in five", and not "34 bodies in three rooms"."""
    found = RATIO.match(behind)
    if found is None or figure.high is None:
        return False
    word = found[1].lower()
    return figure.high < (WORTH[word] if word in WORTH else int(word))


def _without_source(report: Report, attribution: Attribution | None) -> str:
    """Return the text with the words for the speaker blanked: a clinic that says it is no place."""
    if attribution is None or attribution.source is None:
        return report.text
    start, end = attribution.source.start, attribution.source.end
    return f"{report.text[:start]}{' ' * (end - start)}{report.text[end:]}"


def _whose(left: str, right: str) -> frozenset[str]:
    """Return what a share or a sum is told of: "turnout was …", "… for Paola Lumen"."""
    named = terms(left)
    if not named:
        after = FOR_WHOM.match(right)
        named = terms(after[1]) if after is not None else []
    if not set(named) - CAUSE - MEASURED:
        # "His share": somebody's, and nobody knows whose; it goes on with no other's.
        pronoun = SOMEBODYS.search(left)
        return frozenset({pronoun[0].lower()}) if pronoun is not None else frozenset()
    return frozenset(named) - CAUSE - MEASURED


def _number_of(left: str) -> str:
    """Return what "the number of guests had reached" counts."""
    found = NUMBER_OF.search(left)
    words = found[1].split() if found is not None else []
    return words[0] if words else ""


def _of_money(unit: str) -> bool:
    return len(unit) == 3 and unit.isupper()


def _pledged(left: str, right: str) -> bool:
    pattern = pattern_of(PLEDGED)
    return bool(pattern.search(left) or pattern.match(right.strip()))


def _clauses(text: str, sentence: Span) -> Iterator[Span]:
    start = sentence.start
    for stop in CLAUSE.finditer(text, sentence.start, sentence.end):
        comma = stop[0] == "," and text[stop.end() : stop.end() + 1].isdigit()
        if not comma and stop.start() > start:
            yield Span(start, stop.start())
            start = stop.end()
    yield Span(start, max(start, sentence.end))


def _beside(report: Report, clauses: Sequence[Span], at: int, figures: Sequence[Figure]) -> str:
    """Return the state that the clause before or behind tells, where it counts nothing itself."""
    for other in (at - 1, at + 1):
        if 0 <= other < len(clauses):
            clause = clauses[other]
            if not any(clause.meets(one.span) for one in figures):
                found = state_in(report.text[clause.start : clause.end])
                if found:
                    return found
    return ""


def _carried_on(count: Count, earlier: Sequence[Count], report: Report) -> Count:
    """Return `count`; where it only goes on ("in Karvenia, two"), with what was counted before."""
    same = (one for one in earlier if (one.low, one.high) == (count.low, count.high) and one.unit)
    last = next(same, earlier[-1] if earlier else None)
    if last is None or count.partial or last.partial:
        return count
    between = report.text[last.figure.span.end : count.figure.span.start]
    again = (count.low, count.high) == (last.low, last.high)
    near = "\n" not in between and len(between) <= 160
    if count.unit is None and last.unit is not None:
        # "40 million euros … it is 40 million": money whose name is not said again.
        if count.figure.counts or (count.high or 0.0) < MONEY or not (near or again):
            return count
        count = replace(count, unit=last.unit)
    if not count.bare or not (near or again) or count.unit != last.unit:
        return count
    if count.whose and count.whose != last.whose:
        return count  # "52 percent of the vote, and his rival 46": each has its own
    return replace(count, state=last.state, kind=last.kind, about=count.about | last.about)


def _source(report: Report, attribution: Attribution | None) -> str:
    if attribution is None:
        return ""
    speaker = attribution.speaker
    if speaker is not None and speaker.name:
        return speaker.name
    return report.cut(attribution.source) if attribution.source else ""


def _places(
    report: Report, text: str, behind: str, speaker: Speaker | None, source: str
) -> frozenset[str]:
    found = {match[1] for match in (*PLACE.finditer(text), *OF_PLACE.finditer(text))}
    found |= {around for place in found for around in _around(report, place)}
    places = {land(word) for place in found for word in place.split()} - CAUSE
    if OWN.search(text):
        places |= lands_of(speaker, source)
    places |= {
        f"at {stem}" for match in SITE.finditer(f"{text} {behind}") for stem in terms(match[0])
    }
    return frozenset(places)


def _around(report: Report, place: str) -> Iterator[str]:
    """Yield what the report says a place lies in: "VESK, Orla", "the Orlan town of Vesk"."""
    name = re.escape(place)
    for found in re.finditer(rf"\b(?i:{name}), (?:in |the )?([A-Z]\w+)", report.text):
        yield found[1]
    for found in re.finditer(rf"\b([A-Z]\w+)(?:[’']s)? [a-z]+ of {name}\b", report.text):
        yield found[1]


def lands_of(speaker: Speaker | None, source: str) -> set[str]:
    """Return the lands that the words for a speaker name: "Karvenian" in "Karvenian minister"."""
    told = (speaker.role or "") if speaker is not None else ""
    if speaker is None or speaker.kind != "person":
        told = f"{told} {source}"
    words = re.findall(r"\b[A-Z][\w-]+", told)
    state = speaker is not None and speaker.kind == "state"
    return {land(word) for word in words if state or land(word) != word.lower()}


@lru_cache(maxsize=4_096)
def land(word: str) -> str:
    """Return a place as one word, the same for a land and its people."""
    plain = re.sub(r"[’']s$", "", word)
    if country_named(plain) or is_demonym(plain):
        return country_of(plain) or plain.lower()
    low = plain.lower()
    return low[:-1] if low.endswith("ian") else low
