"""The list of what a desk has pages of, asked for once for many readers."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool

from sayso.brief.front import Entry
from sayso.records import Cursor
from sayso.web.events import Broadcast
from sayso.web.newsstand import Newsstand

LISTED_SECONDS = 1.0
"""For how long a list stands while changes come: a busy desk has several in a second."""


@dataclass(slots=True)
class Listing:
    """The list, no older than `seconds`. Belongs to one event loop."""

    newsstand: Newsstand
    broadcast: Broadcast
    seconds: float = LISTED_SECONDS
    _listed: tuple[Cursor, float, Sequence[Entry]] | None = None
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def entries(self) -> Sequence[Entry]:
        """Return what there are pages of. Raises StoreError."""
        newest = await self.broadcast.cursor()
        async with self._asking:
            now = asyncio.get_running_loop().time()
            if self._listed is not None:
                known, asked, entries = self._listed
                if known == newest or now - asked < self.seconds:
                    return entries
            entries = await run_in_threadpool(self.newsstand.entries)
            self._listed = newest, now, entries
            return entries
