"""Time expressions of a report, as TIMEX3 types and values.

`find_times` resolves what a report says against the day it was published: "on Monday" is the
Monday before or after by the tense around it, "the next day" follows the day last named.
An expression's span is TIMEX3's: no preposition ("February 24", not "on February 24").
In an undated report only what names its own day has a full value; "March 5" is "XXXX-03-05",
"Monday" is "XXXX-WXX-1", "yesterday" is "PAST_REF".

Ages ("27 years old") are no times. Only English is read.
"""

from __future__ import annotations

from sayso.extract.numerals import read_tokens, reads
from sayso.extract.times.grammar import scan
from sayso.extract.times.phrase import Phrase, Told
from sayso.extract.times.vocabulary import classes_of
from sayso.normalise.times import trusted_time
from sayso.records import Report, TimeExpression

__all__ = ["find_times"]


def find_times(report: Report) -> tuple[TimeExpression, ...]:
    """Return the time expressions of `report`, in text order, none overlapping another."""
    if not reads(report.language):
        return ()
    text = report.text
    tokens = read_tokens(text)
    classes = classes_of(tokens, text)
    published = trusted_time(report)
    told = Told(published.date() if published else None)
    return tuple(scan(Phrase(tokens, classes, 0, len(tokens), text), told))
