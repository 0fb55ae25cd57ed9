"""Items that were read before: a feed shows its last items at every change, most of them again.

An item is known by all that its report is made from, so that an edited one is read anew;
the report is the one that reading it again would give. Which items a desk has kept is no
matter of this memory: it saves work and decides nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from sayso.records import Report

MOST_CHARACTERS = 20_000_000
"""Of the texts that are remembered: some thousand reports, the last items of many feeds."""

EACH = 1_000
"""Characters that a report counts beside its text, however short that is."""


@dataclass(slots=True)
class Known:
    """The reports of items lately read, those that were asked for longest ago given up first."""

    most: int = MOST_CHARACTERS
    _reports: dict[bytes, Report] = field(default_factory=dict)
    _characters: int = 0

    def get(self, mark: bytes) -> Report | None:
        """Return the report of an item that was read before."""
        report = self._reports.pop(mark, None)
        if report is not None:
            self._reports[mark] = report
        return report

    def keep(self, mark: bytes, report: Report) -> None:
        """Remember the report of an item, but for one from the future: time heals that doubt."""
        if "future" in report.doubts or mark in self._reports:
            return
        self._reports[mark] = report
        self._characters += len(report.text) + EACH
        while self._characters > self.most:
            oldest = self._reports.pop(next(iter(self._reports)))
            self._characters -= len(oldest.text) + EACH


def mark_of(*parts: object) -> bytes:
    """Return what tells an item, with all that its report is made from, from any other."""
    return hashlib.blake2b(repr(parts).encode("utf-8", "replace"), digest_size=16).digest()
