"""Where the quotation marks of a stretch of text open and close.

Outlets mix straight and curly marks, open with one kind and close with another, use
single marks first or inside, and repeat the opening mark in every paragraph of a long
quotation. This module says which characters stand inside marks; whether anybody is
quoted as saying them is decided elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

OPENERS = frozenset({"“", "«", "„", "‟", "``", "` `"})
CLOSERS = frozenset({"”", "»"})
DOUBLE = '“«„‟”»"＂'
_SINGLE = re.compile("[‘’'‚‛]")

# Old typesetting and text cut into words write two single marks for a double one.
_DOUBLE = re.compile(r"` ?`|''|[“«„‟”»\"＂]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Characters [start, end), marks included; `closed` is False where a mark is missing."""

    start: int
    end: int
    closed: bool = True


def find_quotations(text: str, start: int, end: int, *, inside: bool = False) -> list[Quotation]:
    """Return the outermost quotations of the paragraph text[start:end], in text order.

    With `inside` the paragraph begins within a quotation that an earlier one opened.
    """
    doubles = _doubles(text, start, end, inside)
    singles = _singles(text, start, end)
    # A mark pair inside another one is part of the words quoted, whichever kind is outside.
    both = doubles + singles
    kept = [
        one
        for one in both
        if not any(
            other is not one and other.start <= one.start and one.end <= other.end for other in both
        )
    ]
    kept.sort(key=lambda one: one.start)
    apart: list[Quotation] = []
    for one in kept:
        if not apart or one.start >= apart[-1].end:
            apart.append(one)
    return apart


def first_mark_closes(text: str, start: int, end: int) -> bool | None:
    """True where the first double mark of a paragraph closes; None where there is no mark."""
    mark = _DOUBLE.search(text, start, end)
    if mark is None:
        return None
    return mark.group() not in OPENERS and not _may_open(text, mark.start(), mark.end(), start, end)


def _doubles(text: str, start: int, end: int, inside: bool) -> list[Quotation]:
    found: list[Quotation] = []
    opened: int | None = start if inside else None
    depth = 0
    low = False  # opened by „, which “ closes
    for match in _DOUBLE.finditer(text, start, end):
        mark = match.group()
        at, after = match.span()
        opens = mark in OPENERS or (mark not in CLOSERS and _may_open(text, at, after, start, end))
        if opened is None:
            stray = mark in CLOSERS and not _may_open(text, at, after, start, end)
            if stray or (mark not in OPENERS and (after == end or text[after].isspace())):
                continue  # closes what nobody opened, or is the sign for inches
            opened, depth, low = at, 0, mark == "„"
        elif mark == "“" and low:
            found.append(Quotation(opened, after))
            opened = None
        elif opens and _closers_ahead(text, after, end) > 1:
            depth += 1
        elif mark not in CLOSERS and _may_open(text, at, after, start, end):
            continue  # opened again without having been closed: one quotation still
        elif depth:
            depth -= 1
        else:
            found.append(Quotation(opened, after))
            opened = None
    if opened is not None and opened + 1 < end:
        found.append(Quotation(opened, end, closed=False))
    return found


def _may_open(text: str, at: int, after: int, start: int, end: int) -> bool:
    """A mark opens when a space or a bracket stands before it and none after it."""
    before = text[at - 1] if at > start else " "
    following = text[after] if after < end else " "
    return (before.isspace() or before in "([{—–-‘'") and not following.isspace()


def _closers_ahead(text: str, at: int, end: int) -> int:
    """Count closing marks before the next opening one."""
    count = 0
    for match in _DOUBLE.finditer(text, at, end):
        mark = match.group()
        if mark in OPENERS:
            break
        if mark not in CLOSERS and _may_open(text, *match.span(), at, end):
            break
        count += 1
    return count


def _singles(text: str, start: int, end: int) -> list[Quotation]:
    found: list[Quotation] = []
    opened: int | None = None
    likely: int | None = None  # a mark that may be an apostrophe: "the workers’ rights"
    for match in _SINGLE.finditer(text, start, end):
        mark, at = match.group(), match.start()
        if text[at : at + 2] == "''" or text[max(0, at - 1) : at + 1] == "''":
            continue
        before = text[at - 1] if at > start else " "
        after = text[at + 1] if at + 1 < end else " "
        if opened is None:
            opens = (before.isspace() or before in "([—–-" + DOUBLE) and (
                after.isalnum() or after in DOUBLE or after in "$£€["
            )
            # ’90s and 'em are apostrophes
            if opens and not (mark in "’'" and (after.isdigit() or _clipped(text, at))):
                opened, likely = at, None
            continue
        if after.isalnum():
            continue  # it's
        if before in ",.?!…" or before in DOUBLE or (not before.isspace() and before != "s"):
            found.append(Quotation(opened, at + 1))
            opened, likely = None, None
        elif before == "s":
            likely = at
    if opened is not None and likely is not None:
        found.append(Quotation(opened, likely + 1))
    return found


def _clipped(text: str, at: int) -> bool:
    return text[at + 1 : at + 5].lower().startswith(("em ", "tis ", "til ", "cause", "n "))
