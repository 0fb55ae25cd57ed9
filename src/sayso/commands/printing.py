"""What commands share: reading with problems told as they come, and progress on a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from sayso.app import Read, read_places
from sayso.config import Settings
from sayso.errors import SaysoError
from sayso.render.plain import shown

T = TypeVar("T")

PATIENCE = 2.0
"""Seconds after which a person wants to know that something is being done."""

REFRESH = 0.2


def complain(error: SaysoError) -> None:
    """Tell standard error what could not be read, and why."""
    print(f"sayso: {shown(str(error))}", file=sys.stderr)


class Reader:
    """Reads places for a command; remembers what could not be read."""

    def __init__(self, places: Sequence[str], settings: Settings) -> None:
        self._places = places
        self._settings = settings
        self.problems: list[SaysoError] = []

    def __iter__(self) -> Iterator[Read]:
        from sayso.app import now

        for one in read_places(self._places, self._settings, now=now()):
            if isinstance(one, SaysoError):
                self.problems.append(one)
                complain(one)
            else:
                yield one


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
