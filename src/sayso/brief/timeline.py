"""What happened, by the day it happened; where no words say a day, by the day it was reported.

A day's entry is the sentence that names the day. A day has a few entries at most: those whose
words the story uses most. A copied report adds nothing that its origin did not say.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date

from sayso.brief.material import Material, paragraph, quote
from sayso.brief.records import Day, Line, TimelineEntry
from sayso.records import AttributionId, Findings, LineId, Report, ReportId, Span
from sayso.thread.terms import cosine, rarity, terms

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

MISDATED = {"redated", "future"}
"""Doubts that put every "Wednesday" of a report in doubt with its date."""

PER_DAY = 2
"""Entries of a day: a reader looks for the step, not for the day's paper."""

ALIKE = 0.5
"""Cosine from which two sentences of a day tell the same step."""

LEAST, MOST = 40, 400
"""Characters of a sentence that tells a step: shorter is a scrap, longer is not read."""

# A sentence ends at a stop and its closing marks, before a space and what may begin another.
END = re.compile(r"[.!?]['\"’”»)]*(?=\s+['\"‘“«(]?[A-Z0-9])|\n")
# Titles and initials end with a stop that ends nothing.
ABBREVIATION = re.compile(r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|St|No|vs|U\.S))\.$")


def sentence(report: Report, span: Span) -> Span:
    """Return the sentence of `report` that holds the start of `span`."""
    whole = paragraph(report, span)
    start, end = whole.start, whole.end
    for match in END.finditer(report.text, whole.start, whole.end):
        if ABBREVIATION.search(report.text, max(whole.start, match.start() - 8), match.start() + 1):
            continue
        if match.end() <= span.start:
            start = match.end()
        else:
            end = match.end()
            break
    while start < end and report.text[start].isspace():
        start += 1
    while end > start and report.text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def make_timeline(
    material: Material, line_of: Mapping[tuple[ReportId, AttributionId], Line]
) -> tuple[Day, ...]:
    """Return the days of the story, earliest first."""
    entries: dict[date, dict[str, TimelineEntry]] = defaultdict(dict)
    for report in material.reports:
        lineage = material.lineages.get(report.id)
        found = material.findings.get(report.id)
        if found is None or (lineage is not None and lineage.origin is not None):
            continue
        if report.id in material.replaced or report.id in material.withdrawn:
            continue
        if MISDATED & set(report.doubts):
            continue
        _enter(report, found, entries, line_of)
    vectors = {text: Counter(terms(text)) for day in entries.values() for text in day}
    rare = rarity(vectors.values())
    middle: Counter[str] = Counter()
    for vector in vectors.values():
        middle.update(vector.keys())
    central = {
        text: cosine(
            {t: n * rare[t] for t, n in vector.items()},
            {t: n * rare[t] for t, n in middle.items()},
        )
        for text, vector in vectors.items()
    }
    days = []
    for day in sorted(entries):
        kept: list[str] = []
        for text in sorted(entries[day], key=lambda one: (-central[one], one)):
            if len(kept) < PER_DAY and all(
                cosine(vectors[text], vectors[other]) < ALIKE for other in kept
            ):
                kept.append(text)
        days.append(Day(day=day, entries=tuple(entries[day][text] for text in kept)))
    return tuple(days)


def _enter(
    report: Report,
    found: Findings,
    entries: dict[date, dict[str, TimelineEntry]],
    line_of: Mapping[tuple[ReportId, AttributionId], Line],
) -> None:
    body = report.spans("body", "standfirst")
    for time in found.times:
        if report.parts and not any(part.holds(time.span) for part in body):
            continue
        day = _day(time.value)
        # What is said to come is no step yet; it is told again on its day.
        if day is None or (report.published is not None and day > report.published.date()):
            continue
        whole = sentence(report, time.span)
        words = report.cut(whole)
        if not LEAST <= len(words) <= MOST:
            continue
        entries[day].setdefault(
            words,
            TimelineEntry(
                quote=quote(report, whole),
                outlet=report.outlet,
                url=report.url,
                published=report.published,
                line=_line_at(report, found, whole, line_of),
                reasons=(f"the day is named: {report.cut(time.span)}",),
            ),
        )


def _day(value: str) -> date | None:
    match = DAY.match(value)
    if match is None:
        return None
    try:
        return date.fromisoformat(match[0])
    except ValueError:
        return None


def _line_at(
    report: Report,
    found: Findings,
    whole: Span,
    line_of: Mapping[tuple[ReportId, AttributionId], Line],
) -> LineId | None:
    for attribution in found.attributions:
        if any(whole.meets(span) for span in attribution.content):
            line = line_of.get((report.id, attribution.id))
            if line is not None:
                return line.id
    return None
