"""Whether words are reported as they were said: direct, indirect or mixed.

Only the share of the content within quotation marks decides; whether a phrase in quotation
marks is a scare quote does not change the manner of what surrounds it.
"""

from __future__ import annotations

from collections.abc import Iterable

from sayso.extract.attribution.layout import QUOTED, Layout
from sayso.records import Manner

DIRECT = 0.9
"""Of the words: a desk may leave an "and" between two quotations, or a name in brackets."""

_INSIDE = QUOTED.index("inside")


def manner_of(layout: Layout, content: Iterable[range]) -> Manner:
    """Return the manner of a content, given as runs of words."""
    words = [word for piece in content for word in piece if layout.shapes[word]]
    quoted = sum(layout.quoted[word] == _INSIDE for word in words)
    if not quoted:
        return "indirect"
    return "direct" if quoted >= DIRECT * len(words) else "mixed"
