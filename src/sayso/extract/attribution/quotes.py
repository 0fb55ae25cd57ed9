"""Which quotation marks of a paragraph belong together.

Marks are read by where they stand rather than by their shape alone, because desks mix them:
a quotation that opens curly and closes straight is one quotation.
A double mark that is never closed runs to the end of its paragraph: the next one opens again.
Single marks count only where no double quotation is open, and only in pairs; two single marks
side by side are a double one, as old typesetting has it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MARK = r"''|``|‘‘|’’|[“”„‟«»\"＂]|['‘’‚‛`]"
OPENING = frozenset(("“", "„", "«", "‟", "``", "‘‘"))
CLOSING = frozenset(("”", "»", "’’"))
SINGLE = frozenset("'‘’‚‛`")

_MARK = re.compile(MARK)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Characters [start, end) with the marks, and [inner_start, inner_end) between them."""

    start: int
    inner_start: int
    inner_end: int
    end: int

    @property
    def closed(self) -> bool:
        return self.inner_end < self.end


def find_quotations(text: str, start: int, end: int) -> list[Quotation]:
    """Return the outermost quotations of the paragraph `text[start:end]`, in order."""
    found: list[Quotation] = []
    opened: re.Match[str] | None = None
    at = start
    while match := _MARK.search(text, at, end):
        at = match.end()
        mark = match.group()
        before = text[match.start() - 1] if match.start() > start else " "
        after = text[at] if at < end else " "
        if mark in SINGLE:
            if opened is None and (close := _closing_single(text, match.start(), start, end)):
                found.append(Quotation(match.start(), at, close, close + 1))
                at = close + 1
        elif opened is None:
            # A closing mark with nothing open closes nothing, unless it stands where one opens.
            if not after.isspace() and (mark not in CLOSING or before.isspace()):
                opened = match
        elif mark in OPENING or (mark not in CLOSING and before.isspace() and after.isalnum()):
            # Opened again without having been closed: the desk lost the mark between.
            found.append(Quotation(opened.start(), opened.end(), match.start(), match.start()))
            opened = match
        else:
            found.append(Quotation(opened.start(), opened.end(), match.start(), at))
            opened = None
    if opened is not None:
        found.append(Quotation(opened.start(), opened.end(), end, end))
    return found


def _closing_single(text: str, at: int, start: int, end: int) -> int | None:
    """Return where the single mark at `at` is closed, or None when it opens nothing."""
    if at > start and (text[at - 1].isalnum() or text[at - 1] in ".,;:!?%)"):
        return None
    if at + 1 >= end or not (text[at + 1].isalpha() or text[at + 1] in "[$£€…"):
        return None
    doubtful: int | None = None
    for match in _MARK.finditer(text, at + 2, end):
        if match.group() not in SINGLE:
            break
        close = match.start()
        before = text[close - 1]
        after = text[close + 1] if close + 1 < end else " "
        if before.isspace() or after.isalnum():
            continue
        # "the voters' choice": an s before the mark may be a plural that owns something.
        if before != "s" or not after.isspace():
            return close
        doubtful = close
    return doubtful
