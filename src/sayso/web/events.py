"""Changes as server-sent events: the event's id is the cursor by which a reader resumes.

One task asks the newsstand for all readers together, writes each change down once, and keeps the
last of them at hand; a reader's stream only passes on what bears on its page. A reader that
reconnects sends the last id that it saw and hears everything after it, once: from what is at
hand, or, where it was away for long, from the newsstand.

A reader that does not take what it is sent is cut off after `PATIENCE_SECONDS`; it comes back by
itself and resumes. So nobody's slow line makes the desk's memory grow.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from bisect import bisect_right
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import msgspec
from sse_starlette import EventSourceResponse, ServerSentEvent
from sse_starlette.sse import SendTimeoutError
from starlette.concurrency import run_in_threadpool
from starlette.types import Message, Receive, Scope, Send

from sayso.errors import StoreError
from sayso.records import Cursor
from sayso.web.newsstand import Newsstand, Told, topic_key

log = logging.getLogger(__name__)

AT_HAND = 4_096
"""Changes kept at hand: some minutes of a busy desk, longer than a laptop takes to wake."""

PING_SECONDS = 15
"""Seconds of silence after which a sign of life is sent: proxies end streams that are silent."""

PATIENCE_SECONDS = 20
"""Seconds that one write to a reader may take before it is cut off."""

RETRY_MILLISECONDS = 2_000


NOTHING = Cursor(0)


@dataclass(slots=True)
class Broadcast:
    """The changes of a desk, told to many readers; asked of it every `seconds`, while one listens.

    Belongs to one event loop.
    """

    newsstand: Newsstand
    seconds: float = 1.0
    _cursor: Cursor | None = None
    _asked: float = 0.0
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)
    _bell: asyncio.Event = field(default_factory=asyncio.Event)
    _cursors: list[Cursor] = field(default_factory=list)
    _events: list[tuple[frozenset[str], bytes]] = field(default_factory=list)
    _from: Cursor | None = None  # everything after it and up to `_to` is at hand
    _to: Cursor = NOTHING
    _listening: int = 0
    _telling: asyncio.Task[None] | None = None

    @property
    def readers(self) -> int:
        """Return how many streams are open."""
        return self._listening

    async def cursor(self) -> Cursor:
        """Return the newest cursor, no older than `seconds`. Raises StoreError."""
        async with self._asking:
            now = asyncio.get_running_loop().time()
            if self._cursor is None or now - self._asked >= self.seconds:
                return await self._ask()
            return self._cursor

    async def reached(self, cursor: Cursor) -> bool:
        """Say whether there is a change of this cursor, also one of this moment.

        Raises StoreError.
        """
        if cursor <= await self.cursor():
            return True
        async with self._asking:
            return cursor <= await self._ask()

    async def _ask(self) -> Cursor:
        self._cursor = await run_in_threadpool(self.newsstand.cursor)
        self._asked = asyncio.get_running_loop().time()
        return self._cursor

    async def stream(self, topic: str | None, after: Cursor) -> AsyncIterator[bytes]:
        """Yield each change after a cursor, with a topic only what bears on it, and go on."""
        self._listening += 1
        try:
            yield ServerSentEvent(comment=f"as of {after}", retry=RETRY_MILLISECONDS).encode()
            while True:
                self._keep_telling()
                bell = self._bell
                if self._from is not None and after >= self._from:
                    # In one write: between many, nobody would notice that the reader has left.
                    if bodies := self._at_hand(topic, after):
                        yield b"".join(bodies)
                    after = max(after, self._to)
                    await bell.wait()
                elif self._from is None:
                    await bell.wait()
                else:
                    missed = await run_in_threadpool(self.newsstand.changes, after=after)
                    bears = (told for told in missed if told.of(topic))
                    if bodies := [event(told) for told in bears]:
                        yield b"".join(bodies)
                    after = missed[-1].change.cursor if missed else self._from
        finally:
            self._listening -= 1
            if not self._listening and self._telling is not None:
                self._telling.cancel()
                self._telling = self._from = None
                self._cursors.clear()
                self._events.clear()

    def _at_hand(self, topic: str | None, after: Cursor) -> list[bytes]:
        first = bisect_right(self._cursors, after)
        key = None if topic is None else topic_key(topic)
        return [body for bears, body in self._events[first:] if key is None or key in bears]

    def _keep_telling(self) -> None:
        if self._telling is None or self._telling.done():
            self._telling = asyncio.create_task(self._tell())

    async def _tell(self) -> None:
        """Ask what changed, again and again, and ring for all who listen."""
        while True:
            with contextlib.suppress(StoreError):  # the pages say so; here it may pass
                newest = await self.cursor()
                if self._from is None:
                    # What came last is read once for all who come back after a restart.
                    self._from = self._to = Cursor(max(0, newest - AT_HAND))
                while self._to < newest:
                    changes = await run_in_threadpool(self.newsstand.changes, after=self._to)
                    self._cursors += [told.change.cursor for told in changes]
                    self._events += [(told.bears, event(told)) for told in changes]
                    self._to = changes[-1].change.cursor if changes else newest
                    self._ring()
            await asyncio.sleep(self.seconds)

    def _ring(self) -> None:
        gone = len(self._cursors) - AT_HAND
        if gone > 0:
            self._from = self._cursors[gone - 1]
            del self._cursors[:gone], self._events[:gone]
        bell, self._bell = self._bell, asyncio.Event()
        bell.set()


class Stream(EventSourceResponse):
    """The open answer to one reader, ended without an error when the reader falls behind."""

    def __init__(self, changes: AsyncIterator[bytes]) -> None:
        super().__init__(changes, ping=PING_SECONDS, send_timeout=PATIENCE_SECONDS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        done = False

        async def noted(message: Message) -> None:
            nonlocal done
            done = message["type"] == "http.response.body" and not message.get("more_body")
            await send(message)

        try:
            await super().__call__(scope, receive, noted)
        except SendTimeoutError:
            log.info("a reader fell behind and was cut off: seconds=%d", PATIENCE_SECONDS)
        else:
            if not done:  # the server ends: a stream that is cut short is ended in form
                await send({"type": "http.response.body", "body": b"", "more_body": False})


def event(told: Told) -> bytes:
    """Return a change as a server-sent event."""
    body = msgspec.json.encode(told.change).decode()
    return ServerSentEvent(body, event="change", id=str(told.change.cursor)).encode()
