"""Changes as server-sent events: the event's id is the cursor by which a reader resumes.

A reader that reconnects sends the last id that it saw and hears everything after it, once. The
newest cursor is asked for once a second for all readers together; only when it has moved does
each reader's stream ask for what it has not heard.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import msgspec
from sse_starlette import ServerSentEvent
from starlette.concurrency import run_in_threadpool

from sayso.records import Cursor
from sayso.web.newsstand import Newsstand


@dataclass(slots=True)
class Pulse:
    """The newest cursor, asked of the newsstand at most once every `seconds`."""

    newsstand: Newsstand
    seconds: float = 1.0
    _cursor: Cursor | None = None
    _asked: float = 0.0
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def cursor(self) -> Cursor:
        """Return the newest cursor, no older than `seconds`."""
        async with self._lock:
            now = asyncio.get_running_loop().time()
            if self._cursor is None or now - self._asked >= self.seconds:
                self._cursor = await run_in_threadpool(self.newsstand.cursor)
                self._asked = now
            return self._cursor


async def stream(
    newsstand: Newsstand, pulse: Pulse, *, slug: str | None, after: Cursor
) -> AsyncIterator[ServerSentEvent]:
    """Yield each change after a cursor, and go on as there are more."""
    yield ServerSentEvent(comment="as of " + str(after), retry=2000)
    while True:
        newest = await pulse.cursor()
        if newest > after:
            changes = await run_in_threadpool(newsstand.changes, slug, after=after)
            for change in changes:
                body = msgspec.json.encode(change).decode()
                yield ServerSentEvent(body, event="change", id=str(change.cursor))
            # After the last of them there may be more; where there is none, all up to the
            # newest bears on something else and is not asked for again.
            after = changes[-1].cursor if changes else newest
            continue
        await asyncio.sleep(pulse.seconds)
