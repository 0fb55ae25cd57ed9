"""Figures of a report: numbers with their bound, unit, what they count, since when and by whom.

A figure is a number that tells how many or how much. These are none: dates, lengths of time and
ages, times of day, ranks and scores, numbers that name ("Article 5", "Boeing 737"), "the two" that
point back, "one" but for people, how often ("five times"), and descriptions ("a 192-nation bloc").

How the words are read:
- "up to" is at_most, "at least" at_least, "more than" more_than, "under" less_than;
- "about", "some", "an estimated" are about, with `low` and `high` both the number;
- "nearly" and "almost" are about, with `high` the number and `low` None: it was not reached;
- "between 40 and 60", "40 to 60" are between; "from 40 to 60" tells a change and is two figures;
- "dozens" is at_least 24, "hundreds" at_least 200, "several thousand" at_least 2,000: two of
  them, since a plural says no more;
- "a third", "one in five" are 0.333 and 0.2 with the unit "ratio"; "12 per cent" is 12 "percent";
- money is in ISO 4217, measures in SI signs or plain words, a count has no unit.

The span holds the bound, the currency and the unit with the number, and not what is counted.
Only English is read.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from sayso.extract.figures.amounts import Amount, read_amount
from sayso.extract.figures.bounds import NEARLY, Reading, bound_after, bound_before
from sayso.extract.figures.context import holds_for, whose
from sayso.extract.figures.counted import counted
from sayso.extract.figures.not_figures import is_no_figure
from sayso.extract.numerals import Token, read_tokens, reads
from sayso.ids import make_id
from sayso.records import Attribution, Bound, Figure, FigureId, Report, Span, TimeExpression

__all__ = ["find_figures"]


def find_figures(
    report: Report, attributions: Sequence[Attribution], times: Sequence[TimeExpression]
) -> tuple[Figure, ...]:
    """Return the figures of `report`, in text order, none overlapping another or a time."""
    if not reads(report.language):
        return ()
    text = report.text
    tokens = read_tokens(text)
    figures: list[Figure] = []
    for amount, first, last, reading in _amounts(tokens, text, times):
        span = Span(tokens[first].start, tokens[last - 1].end)
        low, high, bound = _limits(amount, reading)
        counts = counted(tokens, text, amount, first, last)
        attribution = whose(span, attributions)
        figures.append(
            Figure(
                id=FigureId(make_id("figure", report.id, span.start, span.end)),
                span=span,
                low=low,
                high=high,
                bound=bound,
                unit=amount.unit,
                counts=report.cut(counts) if counts else None,
                as_of=holds_for(report, span, times, attribution),
                attribution=attribution.id if attribution else None,
            )
        )
    return tuple(figures)


def _amounts(
    tokens: Sequence[Token], text: str, times: Sequence[TimeExpression]
) -> Iterator[tuple[Amount, int, int, Reading | None]]:
    """Yield each amount that is a figure, the tokens of the whole figure, and its bound."""
    here = 0
    taken = 0  # no figure begins before this token
    while here < len(tokens):
        amount = read_amount(tokens, text, here)
        if amount is None:
            here += 1
            continue
        first, last = amount.first, amount.last
        before, after = bound_before(tokens, first), bound_after(tokens, last)
        if amount.is_range and first and tokens[first - 1].word == "between":
            first -= 1
            before = None
        reading: Reading | None = None
        if before and before[1] >= taken:
            reading, first = before
        if after:
            reading = after[0] if reading in (None, "about", NEARLY) else reading
            last = after[1]
        bounded = reading is not None
        if _meets_time(times, tokens[amount.first].start, tokens[amount.last - 1].end):
            here = amount.quantity.last
        elif is_no_figure(tokens, text, amount, bounded=bounded):
            here = max(here + 1, amount.quantity.last if not amount.is_range else here + 1)
        else:
            yield amount, first, last, reading
            here = taken = last


def _meets_time(times: Sequence[TimeExpression], start: int, end: int) -> bool:
    """Whether a time expression covers any of [start, end); times do not overlap each other."""
    at = bisect_left(times, end, key=lambda time: time.span.start)
    return at > 0 and times[at - 1].span.end > start


def _limits(amount: Amount, reading: Reading | None) -> tuple[float | None, float | None, Bound]:
    low, high = amount.low, amount.high
    if amount.is_range:
        return low, high, "between"
    if high is None:
        return low, None, "at_least"
    match reading:
        case "at_least":
            return low, None, "at_least"
        case "more_than":
            return low, None, "more_than"
        case "at_most":
            return None, high, "at_most"
        case "less_than":
            return None, high, "less_than"
        case "nearly":
            return None, high, "about"
        case "about":
            return low, high, "about"
        case _:
            return low, high, "exactly"
