"""The words before and after a number that bound it.

"at most" and "at least" hold their number, "more than" and "less than" do not.
"about" may lie on either side; "nearly" and "almost" are "about" too, with the number as `high`
and no `low`, because they say that it was not reached.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.extract.numerals import Token
from sayso.records import Bound

NEARLY = "nearly"
Reading = Bound | str  # a bound, or NEARLY

_BEFORE: dict[tuple[str, ...], Reading] = {
    tuple(words.split()): bound
    for bound, lines in {
        "at_least": "at least|no fewer than|no less than|not less than|not fewer than|a minimum of"
        "|minimum of|as few as|as little as|upwards of|upward of",
        "at_most": "up to|at most|no more than|not more than|as many as|as much as|a maximum of"
        "|maximum of|as high as",
        "more_than": "more than|over|well over|just over|slightly over|above|well above|just above"
        "|in excess of|far more than|well more than|slightly more than|just more than"
        "|greater than|exceeding|a little more than|a little over|much more than",
        "less_than": "less than|fewer than|under|just under|well under|below|just below|well below"
        "|slightly less than|slightly under|a little less than|far fewer than|far less than"
        "|a little under|smaller than",
        "about": "about|around|roughly|approximately|some|an estimated|estimated|approx|circa"
        "|close to|in the region of|somewhere around|or so|nearly about",
        NEARLY: "nearly|almost|virtually|not quite|approaching",
        "exactly": "exactly|precisely",
    }.items()
    for words in lines.split("|")
}
_AFTER: dict[tuple[str, ...], Reading] = {
    ("or", "more"): "at_least",
    ("or", "higher"): "at_least",
    ("or", "above"): "at_least",
    ("or", "greater"): "at_least",
    ("or", "over"): "at_least",
    ("or", "less"): "at_most",
    ("or", "fewer"): "at_most",
    ("or", "below"): "at_most",
    ("or", "under"): "at_most",
    ("or", "so"): "about",
    ("at", "least"): "at_least",
    ("at", "most"): "at_most",
    ("plus",): "at_least",
    ("+",): "at_least",
    ("-", "plus"): "at_least",
    ("-", "odd"): "about",
}
_LONGEST = max(len(words) for words in _BEFORE)


def bound_before(tokens: Sequence[Token], first: int) -> tuple[Reading, int] | None:
    """Return the bound that ends right before the token `first`, and where it begins."""
    for length in range(min(_LONGEST, first), 0, -1):
        words = tuple(token.word for token in tokens[first - length : first])
        if bound := _BEFORE.get(words):
            return bound, first - length
    return None


def bound_after(tokens: Sequence[Token], last: int) -> tuple[Reading, int] | None:
    """Return the bound that begins with the token `last`, and where it ends."""
    for length in (2, 1):
        words = tuple(token.word for token in tokens[last : last + length])
        if bound := _AFTER.get(words):
            return bound, last + len(words)
    return None
