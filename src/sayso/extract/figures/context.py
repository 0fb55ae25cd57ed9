"""The day that a figure holds for, and whose figure it is.

The day is that of the nearest time expression in the figure's sentence, else the day on which its
speaker said it, else the day of publication; of a month, quarter or year it is the last day, but
never one after publication unless the words look ahead.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from sayso.normalise.times import trusted_time
from sayso.records import Attribution, Report, Span, TimeExpression

_VALUE = re.compile(r"(\d{4})(?:-(?:(\d\d)(?:-(\d\d))?|W(\d\d)(-WE)?|Q([1-4])|H([12])|(\w\w)))?")
_SEASON_ENDS = {"SP": 5, "SU": 8, "FA": 11, "WI": 2}
_SENTENCE_END = re.compile(r"[.!?;][\"'”’)]*\s|\n")
_FURTHEST = 400  # characters: no sentence is longer, whatever its stops


def sentence_around(text: str, span: Span) -> Span:
    """Return the stretch between the stops around `span`."""
    start = max(0, span.start - _FURTHEST)
    for stop in _SENTENCE_END.finditer(text, start, span.start):
        start = stop.end()
    stop_after = _SENTENCE_END.search(text, span.end, min(len(text), span.end + _FURTHEST))
    return Span(start, stop_after.start() if stop_after else min(len(text), span.end + _FURTHEST))


def holds_for(
    report: Report, span: Span, times: Sequence[TimeExpression], attribution: Attribution | None
) -> date | None:
    """Return the day for which the figure at `span` holds; None: nobody says, nothing is dated."""
    when = trusted_time(report)
    published = when.date() if when else None
    sentence = sentence_around(report.text, span)
    first = bisect_left(times, sentence.start, key=lambda time: time.span.start)
    near: list[tuple[int, date]] = []
    beyond = bisect_left(times, sentence.end, key=lambda time: time.span.start)
    for time in times[first:beyond]:
        day = last_day(time.value) if time.type in ("DATE", "TIME") else None
        if day:
            gap = max(span.start - time.span.end, time.span.start - span.end)
            begins = _first_day(time.value)
            if published and begins and begins <= published < day:
                day = published  # "this year": up to now
            near.append((gap, day))
    if near:
        return min(near)[1]
    if attribution and attribution.said_on:
        return attribution.said_on
    return published


def last_day(value: str) -> date | None:
    """Return the last day of a TIMEX3 date; None where the value names none."""
    match = _VALUE.match(value)
    if match is None:
        return None
    year, month, day, week, _, quarter, half, season = match.groups()
    try:
        if day:
            return date(int(year), int(month), int(day))
        if week:
            return date.fromisocalendar(int(year), int(week), 7)
        if month:
            end = int(month)
        elif quarter:
            end = 3 * int(quarter)
        elif half:
            end = 6 * int(half)
        elif season:
            end = _SEASON_ENDS.get(season, 12)
        else:
            end = 12
        return date(int(year), end, monthrange(int(year), end)[1])
    except ValueError:
        return None


def _first_day(value: str) -> date | None:
    match = _VALUE.match(value)
    end = last_day(value)
    if match is None or end is None:
        return None
    _, month, day, week, _, quarter, half, _ = match.groups()
    if day:
        return end
    if week:
        return end - timedelta(days=6)
    first = end.month if month else end.month - 2 if quarter else end.month - 5 if half else 1
    return end.replace(day=1, month=max(1, first))


def whose(span: Span, attributions: Sequence[Attribution]) -> Attribution | None:
    """Return the attribution whose content holds `span`: the innermost where several do."""
    holding = [
        (len(piece), attribution)
        for attribution in attributions
        for piece in attribution.content
        if piece.holds(span)
    ]
    return min(holding, key=lambda pair: pair[0])[1] if holding else None
