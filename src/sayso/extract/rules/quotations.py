"""Where the quotation marks of a stretch of text open and close.

Outlets mix straight and curly marks, open with one kind and close with another, use
single marks first or inside, and repeat the opening mark in every paragraph of a long
quotation. This module says which characters stand inside marks; whether anybody is
quoted as saying them is decided elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

OPENERS = "“«„‟"
CLOSERS = "”»"
EITHER = '"＂'
DOUBLE = OPENERS + CLOSERS + EITHER
SINGLE = "‘’'‚‛"


@dataclass(frozen=True, slots=True)
class Quotation:
    """Characters [start, end), marks included; `closed` is False where a mark is missing."""

    start: int
    end: int
    closed: bool = True


def find_quotations(text: str, start: int, end: int) -> list[Quotation]:
    """Return the outermost quotations of the paragraph text[start:end], in text order."""
    doubles = _doubles(text, start, end)
    singles = _singles(text, start, end)
    # A mark pair inside another one is part of the words quoted, whichever kind is outside.
    kept = [
        one
        for one in doubles + singles
        if not any(
            other is not one and other.start <= one.start and one.end <= other.end
            for other in doubles + singles
        )
    ]
    kept.sort(key=lambda one: one.start)
    apart: list[Quotation] = []
    for one in kept:
        if not apart or one.start >= apart[-1].end:
            apart.append(one)
    return apart


def _doubles(text: str, start: int, end: int) -> list[Quotation]:
    found: list[Quotation] = []
    opened: int | None = None
    depth = 0
    low = False  # opened by „, which “ closes
    for at in range(start, end):
        mark = text[at]
        if mark not in DOUBLE:
            continue
        if opened is None:
            if mark in CLOSERS and not _may_open(text, at, start, end):
                continue  # a stray closing mark
            opened, depth, low = at, 0, mark == "„"
        elif mark == "“" and low:
            found.append(Quotation(opened, at + 1))
            opened = None
        elif mark in OPENERS:
            if _closers_ahead(text, at + 1, end) > 1:
                depth += 1
            elif not _may_open(text, at, start, end):  # an opening mark typed for a closing one
                found.append(Quotation(opened, at + 1))
                opened = None
        elif (
            mark in EITHER
            and _may_open(text, at, start, end)
            and _closers_ahead(text, at + 1, end) > 1
        ):
            depth += 1
        elif depth:
            depth -= 1
        else:
            found.append(Quotation(opened, at + 1))
            opened = None
    if opened is not None and opened + 1 < end:
        found.append(Quotation(opened, end, closed=False))
    return found


def _may_open(text: str, at: int, start: int, end: int) -> bool:
    """A mark opens when a space or a bracket stands before it and none after it."""
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    return (before.isspace() or before in "([{—–-‘'") and not after.isspace()


def _closers_ahead(text: str, at: int, end: int) -> int:
    """Count closing marks before the next opening one."""
    count = 0
    for place in range(at, end):
        mark = text[place]
        if mark in OPENERS:
            break
        if mark in CLOSERS:
            count += 1
        elif mark in EITHER:
            if _may_open(text, place, at, end):
                break
            count += 1
    return count


def _singles(text: str, start: int, end: int) -> list[Quotation]:
    found: list[Quotation] = []
    opened: int | None = None
    likely: int | None = None  # a mark that may be an apostrophe: "the workers’ rights"
    for at in range(start, end):
        mark = text[at]
        if mark not in SINGLE:
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
