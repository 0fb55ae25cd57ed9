"""The sentences of a report, and those of them that tell what happened on a day.

A sentence tells of the days that it names. One that names none tells of the day on which it was
reported, if it stands near the top, where a report says what is new.
What is said to come is no step yet: it is told again on its day. The day in a report's own time
stamp ("Tue Mar 15, 2033") is no news either.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sayso.records import Findings, Report, Span, TimeExpression

LEAD = 15
"""Sentences of a report that say what is new; background follows."""

LEAST, MOST = 40, 400
"""Characters of a sentence that tells a step: shorter is a scrap, longer is not read."""

# A sentence ends at a stop and its closing marks, before a space and what may begin another.
_END = re.compile(r"[.!?]['\"’”»)]*(?=\s+['\"‘“«(]?[A-Z0-9])|\n")
# Titles and initials end with a stop that ends nothing.
_ABBREVIATION = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|St|No|vs|U\.S))\.$"
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEAR = re.compile(r"\d{4}")
# Words of a time of day that say of which day: "at 02:52" and "midday" leave that to the reader.
_OF_A_DAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun|yester|to)day|(?:mon|tues?|wed|thurs?|fri|sat|sun)\."
    r"|tonight|tomorrow|overnight|this|last|next"
    r"|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*)\b|\d{4}-\d\d",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence of a report and the days of which it tells."""

    report: Report
    span: Span
    named: tuple[tuple[date, Span], ...]  # the days that it names, and the words that do
    leads: bool  # it stands near the top

    @property
    def days(self) -> frozenset[date]:
        """The days of which it tells; those that it names, or else the day of the report."""
        if self.named:
            return frozenset(day for day, _ in self.named)
        return frozenset((self.report.published.date(),)) if self.report.published else frozenset()

    @property
    def words(self) -> str:
        return self.report.cut(self.span)


def tellings(report: Report, found: Findings) -> Iterator[Telling]:
    """Yield the sentences of `report` that tell of a day, in text order."""
    spans = list(sentences(report))
    starts = [span.start for span in spans]
    named: dict[int, list[tuple[date, Span]]] = {}
    for time in found.times:
        place = bisect_right(starts, time.span.start) - 1
        day = _day(report, time)
        if place >= 0 and spans[place].holds(time.span) and day is not None:
            named.setdefault(place, []).append((day, time.span))
    for place, span in enumerate(spans):
        leads = place < LEAD
        days = tuple(named.get(place, ()))
        if LEAST <= len(span) <= MOST and (days or (leads and report.published)):
            yield Telling(report, span, days, leads)


def sentences(report: Report) -> Iterator[Span]:
    """Yield the sentences of the body and the standfirst; of all, where no parts are told."""
    whole = report.spans("body", "standfirst") if report.parts else (Span(0, len(report.text)),)
    for stretch in whole:
        start = stretch.start
        for match in _END.finditer(report.text, stretch.start, stretch.end):
            if _ABBREVIATION.search(report.text, max(start, match.start() - 8), match.start() + 1):
                continue
            yield from _trimmed(report, start, match.end())
            start = match.end()
        yield from _trimmed(report, start, stretch.end)


def _trimmed(report: Report, start: int, end: int) -> Iterator[Span]:
    words = report.text[start:end]
    if bare := words.strip():
        begin = start + words.index(bare)
        yield Span(begin, begin + len(bare))


def _day(report: Report, time: TimeExpression) -> date | None:
    match = _DAY.match(time.value)
    words = report.cut(time.span)
    if match is None or words.lower() == "the day":  # "earlier in the day": which, is left open
        return None
    if time.type == "TIME" and not _OF_A_DAY.search(words):
        return None
    try:
        day = date.fromisoformat(match[0])
    except ValueError:
        return None
    if report.published is not None:
        printed = report.published.date()
        if day > printed or (day == printed and _YEAR.search(words)):
            return None
    return day
