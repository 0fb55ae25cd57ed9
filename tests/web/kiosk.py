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

from sayso.brief.front import Entry, Found
from sayso.brief.material import Said
from sayso.brief.records import Briefing, Length
from sayso.errors import InputError, StoreError
from sayso.records import (
    Attribution,
    AttributionId,
    Change,
    Cursor,
    Development,
    Findings,
    Health,
    Report,
    ReportId,
    Ruling,
    Span,
    StoryId,
)
from sayso.web.newsstand import Told
from tests.build_briefing import at
from tests.lowbridge import lowbridge

BRIEFING, REPORTS = lowbridge()

NAMED = {
    "speaker/Ada Quill", "outlet/The Lowbridge Post/East", "outlet/é",
    *(f"outlet/{row.outlet}" for row in BRIEFING.outlets),
    *(f"speaker/{line.speaker.name}" for line in BRIEFING.lines if line.speaker),
}  # fmt: skip
"""Speakers and outlets that there are pages of."""


class Kiosk:
    """A newsstand over the invented briefing, whose cursor a test can move."""

    def __init__(self, *slugs: str) -> None:
        self.slugs = slugs or ("lowbridge",)
        self.made = 0
        self.newest = BRIEFING.cursor
        self.broken = False
        self.told = BRIEFING
        self.elsewhere: set[int] = set()  # changes that bear on no briefing here
        self.still: set[str] = set()  # topics that nothing bears on
        self.merged: dict[str, str] = {}
        self.rulings: list[Ruling] = []
        self.searched: list[Cursor | None] = []  # as of when
        self.state = Health(at=at(3, 14), sources=(), cursor=BRIEFING.cursor, version="1")

    def entries(self) -> Sequence[Entry]:
        return [
            Entry(topic=slug, title=f"Title of {slug} & more", kind="edition", reports=3)
            for slug in self.slugs
        ]

    def briefing(
        self,
        topic: str,
        *,
        since: datetime | Cursor | None,
        at: Cursor | None,
        length: Length = "page",
    ) -> Briefing | None:
        if self.broken:
            raise StoreError("the disk is gone")
        if topic not in {*self.slugs, *NAMED}:
            return None
        self.made += 1
        cursor = self.newest if at is None else at
        return dataclasses.replace(
            self.told,
            since=since if isinstance(since, datetime) else BRIEFING.since,
            cursor=cursor,
            length=length,
        )

    def moved(self, topic: str, newest: Cursor) -> Cursor:
        return newest if topic not in self.still else BRIEFING.cursor

    def survivor(self, topic: str) -> str | None:
        return self.merged.get(topic)

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

    def search(self, words: str, *, at: Cursor | None = None) -> Found:
        self.searched.append(at)
        reports = [r for r in REPORTS.values() if all(word in r.text for word in words.split())]
        said = [Said(one, found) for one in reports for found in self._found(one).attributions]
        return Found(reports=tuple(reports), said=tuple(said[:2]), speakers=("Ada Quill",))

    def _found(self, report: Report) -> Findings:
        found = self.report(report.id)
        assert found is not None
        return found[1]

    def changes(self, *, after: Cursor) -> Sequence[Told]:
        """Three at a time, as a store gives pages."""
        found = [
            Told(
                _change(cursor), frozenset() if cursor in self.elsewhere else frozenset(self.slugs)
            )
            for cursor in range(after + 1, self.newest + 1)
        ]
        return found[:3]

    def health(self) -> Health:
        return dataclasses.replace(self.state, cursor=self.newest)

    def rule(self, ruling: Ruling) -> Ruling:
        for each in (ruling.report, ruling.other):
            if each not in REPORTS:
                raise InputError(each, "no report that the desk keeps has this id")
        self.rulings.append(ruling)
        return ruling

    def cursor(self) -> Cursor:
        return self.newest

    def move(self, steps: int) -> None:
        self.newest = Cursor(self.newest + steps)


def _change(cursor: int) -> Change:
    development = Development(story=StoryId("s"), kind="new", report=next(iter(REPORTS)))
    return Change(Cursor(cursor), at(3, 14), development)


@contextlib.contextmanager
def served(app: ASGIApp, port: int = 0) -> Iterator[str]:
    """Run `app` on a port of this machine, by default a free one; give its address."""
    with socket.socket() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(("127.0.0.1", port))
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{sock.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=10)
