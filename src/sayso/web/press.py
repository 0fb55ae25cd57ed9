"""Makes what readers ask for, each thing once for many readers, and keeps it.

Rule 1: of one thing no two are made at a time. Who wants a newer one than is being made waits for
the next, which is one for all who wait, however fast the changes come.
Rule 2: what takes long to make may be shown as it stood some moments ago, where the reader can
bear it, while the next is made. His page hears of what came since.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool

from sayso.records import Cursor
from sayso.web.answers import Body, make_body

KEPT = 128
"""Things kept: as many as readers ask for between two changes."""

KEPT_BYTES = 64 * 1024 * 1024
"""Bytes that they may take together, whatever addresses are made up."""

MADE_AT_ONCE = 4
"""Things made at the same time: threads stay free for what takes no moment."""

SLOW_SECONDS = 2.0
"""What takes longer to make may be shown late; for anything else a reader can wait."""

LATE_SECONDS = 30.0
"""How long ago it may have stood so: twice what the largest page takes on a busy machine."""

Key = tuple[object, ...]
Work = Callable[[Cursor], bytes | None]
"""Makes a thing as of a cursor; None: there is no such thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    body: Body
    standing: Cursor
    begun: float  # when its making began, by the clock of the loop
    seconds: float  # how long that took


@dataclass(slots=True)
class Press:
    """What is made and kept. Belongs to one event loop."""

    _kept: OrderedDict[Key, _Kept] = field(default_factory=OrderedDict)  # last asked for last
    _under_way: dict[Key, tuple[Cursor, asyncio.Task[Body | None]]] = field(default_factory=dict)
    _wanted: dict[Key, Cursor] = field(default_factory=dict)  # the newest that anybody waits for
    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MADE_AT_ONCE))

    def kept(self, key: Key, standing: Cursor) -> Body | None:
        """Return what is kept of a thing, made as of `standing` or later."""
        found = self._kept.get(key)
        if found is None or found.standing < standing:
            return None
        self._kept.move_to_end(key)
        return found.body

    async def make(
        self, key: Key, standing: Cursor, work: Work, *, late: bool = False
    ) -> Body | None:
        """Return a thing as of `standing` or later; with `late`, perhaps as it stood before."""
        if late and (shown := self._shown_late(key)) is not None:
            if key not in self._under_way:
                self._begin(key, standing, work)
            return shown
        while (current := self._under_way.get(key)) is not None and current[0] < standing:
            self._wanted[key] = max(standing, self._wanted.get(key, standing))
            await asyncio.wait([current[1]])
            if (made := self.kept(key, standing)) is not None:
                return made
        if current is None:
            current = self._begin(key, standing, work)
        # Whoever leaves takes the page from nobody else who waits for it.
        return await asyncio.shield(current[1])

    def _shown_late(self, key: Key) -> Body | None:
        found = self._kept.get(key)
        now = asyncio.get_running_loop().time()
        if found is None or found.seconds < SLOW_SECONDS or now - found.begun > LATE_SECONDS:
            return None
        self._kept.move_to_end(key)
        return found.body

    def _begin(
        self, key: Key, standing: Cursor, work: Work
    ) -> tuple[Cursor, asyncio.Task[Body | None]]:
        standing = max(standing, self._wanted.pop(key, standing))
        task = asyncio.create_task(self._make(key, standing, work))
        # Where nobody waits for it, nobody asks whether it failed: whoever comes next is told.
        task.add_done_callback(lambda done: done.cancelled() or done.exception())
        self._under_way[key] = standing, task
        return standing, task

    async def _make(self, key: Key, standing: Cursor, work: Work) -> Body | None:
        def make() -> Body | None:
            plain = work(standing)
            return None if plain is None else make_body(plain)

        try:
            async with self._room:
                clock = asyncio.get_running_loop().time
                begun = clock()
                body = await run_in_threadpool(make)
            if body is None:
                return None
            self._kept[key] = _Kept(
                body=body, standing=standing, begun=begun, seconds=clock() - begun
            )
            self._kept.move_to_end(key)
            held = sum(len(each.body) for each in self._kept.values())
            while len(self._kept) > KEPT or (held > KEPT_BYTES and len(self._kept) > 1):
                _, gone = self._kept.popitem(last=False)
                held -= len(gone.body)
            return body
        finally:
            del self._under_way[key]
