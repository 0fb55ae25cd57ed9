"""Which earlier reports a report may share passages with: an index over a window of reports.

Rule 1: no pair of reports is ever compared here; a report asks with its own shingles only, so
that a report costs the same in a window of ten thousand and of three hundred thousand.
Rule 2: the window keeps numbers, never texts: about 2.5 KB for a report of 900 words.

A relative is only a suspicion. Whether and how the two hang together is for `sayso.trace.lineage`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

import numpy as np
import numpy.typing as npt

from sayso.records import Report, ReportId
from sayso.trace.words import Words, read_words, shingles

Numbers = npt.NDArray[np.uint32]

_CHOICE = np.uint64(0b11)  # one shingle in four: one in eight loses rewritten copies of 150 words
_LEAST_SHARED = 3  # shingles: fewer are one stock phrase
_LEAST_SHARE = 0.06  # of either side's shingles: less is a quotation of one sentence. A copy with
# a third of its words changed still shares a fifth
_LONGEST_CHAIN = 48  # newest holders of one shingle that are looked at: what more reports hold is
# boilerplate, or a dispatch so widely carried that its newest carriers lead to the others
_MOST_RELATIVES = 24
_SAME_OUTLET = 6  # of these, kept to tell the outlet's own boilerplate from copies
_FIRST_ROOM = 1 << 16  # postings: those of some three hundred reports
_FIRST_REPORTS = 1 << 9
_CROWD = 2  # postings for each bucket, above which there are twice as many buckets


@dataclass(frozen=True, slots=True)
class Relative:
    """A report of the window that shares shingles with the one that asks."""

    report: ReportId
    shared: int  # shingles both hold, of those the window keeps
    here: float  # share of the asking report's shingles
    there: float  # share of the relative's


class Window:
    """The shingles of the reports of some days, as chains of postings in plain arrays.

    A posting is 32 bits of a shingle; those of one report stand together, from its place in
    `_firsts` on, so that who holds a posting need not be written down. `_heads` has for each
    bucket its newest posting, `_before` for each posting the one added before it; posting 0
    is never used and ends a chain. 32 bits mistake one shingle in fifty even among 300,000
    reports; a relative needs several of them in one report.
    """

    def __init__(self, reports: Iterable[Report] = ()) -> None:
        self._numbers: dict[ReportId, int] = {}
        self._held: list[_Held] = []
        self._used = 1
        self._firsts: Numbers = np.zeros(_FIRST_REPORTS, dtype=np.uint32)
        self._key: Numbers = np.zeros(_FIRST_ROOM, dtype=np.uint32)
        self._before: Numbers = np.zeros(_FIRST_ROOM, dtype=np.uint32)
        self._heads: Numbers = np.zeros(_FIRST_ROOM, dtype=np.uint32)
        for report in reports:
            self.add(report)

    def __len__(self) -> int:
        return len(self._numbers)

    def __contains__(self, report: ReportId) -> bool:
        return report in self._numbers

    @property
    def memory(self) -> int:
        """Bytes that the postings take."""
        return sum(each.nbytes for each in (self._firsts, self._key, self._before, self._heads))

    def add(self, report: Report, words: Words | None = None) -> None:
        """Take in `report`; one that is in already changes nothing."""
        keys = keys_of(words if words is not None else read_words(report))
        self.hold(report.id, report.outlet, report.published, keys)

    def hold(
        self, report: ReportId, outlet: str, at: datetime | None, keys: bytes | Numbers
    ) -> None:
        """Take in a report of the time `at` by what `keys_of` made of its words."""
        if report in self._numbers:
            return
        if isinstance(keys, bytes):
            keys = np.frombuffer(keys, dtype=np.uint32)
        self._hold(_Held(report, outlet, at, len(keys)))
        self._append(keys)

    def relatives(self, report: Report, words: Words | None = None) -> list[Relative]:
        """Return those that share most with `report`, those that share most first."""
        keys = keys_of(words if words is not None else read_words(report))
        mine = self._numbers.get(report.id)
        found: list[Relative] = []
        siblings = 0
        for held, shared in sorted(
            (
                (self._held[holder], shared)
                for holder, shared in self._votes(keys)
                if holder != mine
            ),
            key=lambda pair: (-pair[1], pair[0].report),
        ):
            siblings += held.outlet == report.outlet
            if held.gone or (held.outlet == report.outlet and siblings > _SAME_OUTLET):
                continue
            here, there = shared / len(keys), shared / held.shingles
            if max(here, there) >= _LEAST_SHARE:
                found.append(Relative(held.report, shared, here, there))
            if len(found) == _MOST_RELATIVES:
                break
        return found

    def forget(self, before: datetime) -> None:
        """Drop the reports of before `before`; those without a time stay."""
        for held in self._held:
            if not held.gone and held.at is not None and held.at < before:
                held.gone = True
                del self._numbers[held.report]
        # Dead postings cost only room: they are cleared once they are the larger part.
        if len(self._held) > 2 * len(self._numbers):
            self._compact()

    def _votes(self, keys: Numbers) -> list[tuple[int, int]]:
        """Return (holder, shingles held) for those who hold enough of `keys`."""
        seen = []
        at = self._heads[keys & np.uint32(len(self._heads) - 1)]
        for _ in range(_LONGEST_CHAIN):
            going = at != 0
            at, keys = at[going], keys[going]
            if not len(at):
                break
            seen.append(at[self._key[at] == keys])
            at = self._before[at]
        if not seen:
            return []
        firsts = self._firsts[: len(self._held)]
        found = np.searchsorted(firsts, np.concatenate(seen), side="right") - 1
        holders, votes = np.unique(found, return_counts=True)
        enough = votes >= _LEAST_SHARED
        return list(zip(holders[enough].tolist(), votes[enough].tolist(), strict=True))

    def _hold(self, held: _Held) -> None:
        """Give a report its number; its postings follow."""
        number = len(self._held)
        if number == len(self._firsts):
            self._firsts = _grown(self._firsts, 2 * number + _FIRST_REPORTS)
        self._firsts[number] = self._used
        self._numbers[held.report] = number
        self._held.append(held)

    def _append(self, keys: Numbers) -> None:
        """Write postings and chain them."""
        first, self._used = self._used, self._used + len(keys)
        if self._used > len(self._key):
            room = max(self._used, len(self._key) * 5 // 4)
            self._key = _grown(self._key, room)
            self._before = _grown(self._before, room)
        self._key[first : self._used] = keys
        if self._used > _CROWD * len(self._heads):
            self._heads = np.zeros(2 * len(self._heads), dtype=np.uint32)
            # In slices, so that the sort needs little memory beside the window's own.
            for start in range(1, self._used, _FIRST_ROOM):
                self._chain(start, min(start + _FIRST_ROOM, self._used))
        else:
            self._chain(first, self._used)

    def _chain(self, first: int, last: int) -> None:
        """Put the postings from `first` up to `last` at the heads of their buckets' chains."""
        buckets = self._key[first:last] & np.uint32(len(self._heads) - 1)
        order = np.argsort(buckets, kind="stable")
        buckets = buckets[order]
        postings = (order + first).astype(np.uint32)
        again = buckets[1:] == buckets[:-1]
        before = self._heads[buckets]
        before[1:][again] = postings[:-1][again]
        self._before[postings] = before
        newest = np.append(~again, True)[: len(buckets)]
        self._heads[buckets[newest]] = postings[newest]

    def _compact(self) -> None:
        """Write the postings of the living anew."""
        living = np.array([not held.gone for held in self._held], dtype=np.bool_)
        sizes = np.array([held.shingles for held in self._held], dtype=np.uint32)
        keys = self._key[1 : self._used][np.repeat(living, sizes)]
        self._held = [held for held in self._held if not held.gone]
        self._numbers = {held.report: at for at, held in enumerate(self._held)}
        # They stand behind one another, and the first posting of all is never used.
        self._firsts = np.cumsum(sizes[living], dtype=np.uint32) - sizes[living] + np.uint32(1)
        self._used = 1
        self._heads[:] = 0
        for start in range(0, len(keys), _FIRST_ROOM):
            self._append(keys[start : start + _FIRST_ROOM])


@dataclass(slots=True)
class _Held:
    report: ReportId
    outlet: str
    at: datetime | None
    shingles: int
    gone: bool = False


def keys_of(words: Words) -> Numbers:
    """Return the upper half of each different shingle that the window keeps."""
    every = shingles(words.hashes)
    # The lower half chooses and the upper half is kept, so that the choice takes nothing from it.
    keys = np.sort((every[every & _CHOICE == 0] >> np.uint64(32)).astype(np.uint32))
    first = np.append(True, keys[1:] != keys[:-1])[: len(keys)]
    return cast(Numbers, keys[first])


def _grown(numbers: Numbers, room: int) -> Numbers:
    grown = np.zeros(room, dtype=np.uint32)
    grown[: len(numbers)] = numbers
    return grown
