"""A newsstand over a few records in memory, and a real server in front of it."""

from __future__ import annotations

import contextlib
import dataclasses
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import datetime

import uvicorn
from starlette.types import ASGIApp

from sayso.brief.records import Briefing
from sayso.errors import StoreError
from sayso.records import (
    Attribution,
    AttributionId,
    Change,
    Cursor,
    Development,
    Findings,
    Report,
    ReportId,
    Span,
    StoryId,
)
from tests.build_briefing import at
from tests.lowbridge import lowbridge

BRIEFING, REPORTS = lowbridge()


class Kiosk:
    """A newsstand over the invented briefing, whose cursor a test can move."""

    def __init__(self, *slugs: str) -> None:
        self.slugs = slugs or ("lowbridge",)
        self.made = 0
        self.newest = BRIEFING.cursor
        self.broken = False
        self.told = BRIEFING
        self.elsewhere: set[int] = set()  # changes that bear on no briefing here

    def briefings(self) -> Sequence[tuple[str, str]]:
        return [(slug, f"Title of {slug} & more") for slug in self.slugs]

    def briefing(self, slug: str, *, since: datetime | None, at: Cursor | None) -> Briefing | None:
        if self.broken:
            raise StoreError("the disk is gone")
        if slug not in self.slugs:
            return None
        self.made += 1
        cursor = self.newest if at is None else at
        return dataclasses.replace(self.told, since=since or BRIEFING.since, cursor=cursor)

    def report(self, report: ReportId) -> tuple[Report, Findings] | None:
        if report not in REPORTS:
            return None
        text = REPORTS[report].text
        whole = Attribution(
            id=AttributionId("whole"), cue=None, content=(Span(0, len(text)),), source=None,
            manner="direct", confidence=0.5, maker="test/1",
        )  # fmt: skip
        found = [
            Attribution(
                id=line.attribution, cue=line.cue.spans[0], content=line.quote.spans,
                source=line.source.spans[0], manner=line.manner, confidence=0.9, maker="test/1",
            )
            for line in BRIEFING.lines
            if line.quote.report == report and line.source and line.cue
        ]  # fmt: skip
        return REPORTS[report], Findings(report=report, attributions=(*found, whole))

    def search(self, words: str) -> Sequence[Report]:
        return [r for r in REPORTS.values() if all(word in r.text for word in words.split())]

    def changes(self, slug: str | None, *, after: Cursor) -> Sequence[Change]:
        """Three at a time, as a store gives pages; with a slug, only what bears on it."""
        found = [
            _change(cursor)
            for cursor in range(after + 1, self.newest + 1)
            if slug is None or cursor not in self.elsewhere
        ]
        return found[:3]

    def cursor(self) -> Cursor:
        return self.newest

    def move(self, steps: int) -> None:
        self.newest = Cursor(self.newest + steps)


def _change(cursor: int) -> Change:
    development = Development(story=StoryId("s"), kind="new", report=next(iter(REPORTS)))
    return Change(Cursor(cursor), at(3, 14), development)


@contextlib.contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """Run `app` on a free port of this machine; give its address."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{sock.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=10)
