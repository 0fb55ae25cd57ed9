"""The sketch of a report: what is kept at hand of it, so that later ones can be compared with it.

Rule: whatever changes what a sketch says changes `MAKER`, and kept ones are made again.
"""

from __future__ import annotations

from sayso.normalise.times import trusted_time
from sayso.records import Report, Sketch
from sayso.thread.vectors import weigh
from sayso.trace.copies import keys_of
from sayso.trace.words import Words, read_words

MAKER = "sketch/1"


def make_sketch(report: Report) -> Sketch:
    """Return the sketch of `report`."""
    return sketch_of(report, read_words(report))


def sketch_of(report: Report, words: Words) -> Sketch:
    """Return the sketch of `report`, whose words are read already."""
    terms, weights = weigh(report)
    return Sketch(
        report=report.id,
        maker=MAKER,
        outlet=report.outlet,
        publisher=report.publisher,
        published=trusted_time(report),
        shingles=keys_of(words).tobytes(),
        terms=terms,
        weights=weights,
    )
