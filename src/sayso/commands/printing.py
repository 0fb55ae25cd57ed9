"""What commands share: reading with problems told as they come, and progress on a terminal."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from sayso.app import Read, read_places
from sayso.config import Settings
from sayso.errors import InputError, SaysoError
from sayso.render.plain import shown

T = TypeVar("T")

PATIENCE = 2.0
"""Seconds after which a person wants to know that something is being done."""

REFRESH = 0.2

MOST_TOLD = 10
"""Problems of one file that are told one by one; the rest are counted."""


def complain(error: SaysoError) -> None:
    """Tell standard error what could not be read, and why."""
    print(f"sayso: {shown(str(error))}", file=sys.stderr)


class Reader:
    """Reads places for a command; tells and remembers what could not be read, and why.

    Of a file that is wrong all through it tells the first few problems and how many more there
    are.
    """

    def __init__(self, places: Sequence[str], settings: Settings) -> None:
        self._places = places
        self._settings = settings
        self.problems: list[SaysoError] = []

    def __iter__(self) -> Iterator[Read]:
        from sayso.app import now

        of_file: Counter[str] = Counter()
        for one in read_places(self._places, self._settings, now=now()):
            if not isinstance(one, SaysoError):
                yield one
                continue
            file = _file_of(one)
            of_file[file] += 1
            if of_file[file] <= MOST_TOLD:
                self._tell(one)
        for file, count in of_file.items():
            if count > MOST_TOLD:
                self._tell(InputError(file, f"{count - MOST_TOLD} more could not be read"))

    def _tell(self, error: SaysoError) -> None:
        self.problems.append(error)
        complain(error)


def _file_of(error: SaysoError) -> str:
    """Return the file that an error is about, without the number of a line in it."""
    thing = str(getattr(error, "thing", None) or getattr(error, "source", ""))
    file, _, line = thing.rpartition(":")
    return file if file and line.isdecimal() else thing


def with_progress(items: Iterable[T], doing: str) -> Iterator[T]:
    """Hand `items` on; on a terminal, say how far it is once it has taken two seconds."""
    if not sys.stderr.isatty():
        yield from items
        return
    began = shown = time.monotonic()
    for done, item in enumerate(items, start=1):
        yield item
        now = time.monotonic()
        if now - began > PATIENCE and now - shown > REFRESH:
            shown = now
            text = f"{doing}: {done}, {done / (now - began):.1f} a second"
            print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)
    if shown != began:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
