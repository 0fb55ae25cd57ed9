"""The answers to programs: the event stream, what there is, what changed, rulings, health.

Rule: an editor's ruling is taken only with the desk's token, which the environment gives it; the
two are compared in constant time. All else is for everybody, and read-only.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from sayso.errors import InputError
from sayso.records import Cursor, ReportId, Ruling, Verdict
from sayso.render.jsonl import findings_object, to_line
from sayso.render.metrics import MEDIA_TYPE, render_metrics
from sayso.web import asked
from sayso.web.events import Broadcast, Stream
from sayso.web.listing import Listing
from sayso.web.newsstand import Newsstand

LARGEST_BODY = 10_000
"""Bytes of a ruling: two ids and a sentence or two."""

FOR_PROGRAMS = (".json", ".atom", ".csv", "/events", "/health", "/metrics")
"""How the addresses end that people do not read."""

PROBLEM = "application/problem+json"

MOST_READERS = 5_000
"""Streams open at once; beyond them a reader is asked to come back."""


class _Asked(msgspec.Struct, forbid_unknown_fields=True):
    """A ruling as a program sends it."""

    report: str
    other: str
    verdict: Verdict
    reason: str = ""
    by: str = ""


@dataclass(slots=True)
class Api:
    """The answers. Without a `token` nobody may write."""

    newsstand: Newsstand
    broadcast: Broadcast
    listing: Listing
    token: str = ""

    async def events(self, request: Request) -> Response:
        """Answer with the stream of changes after the last one that the reader saw."""
        if self.broadcast.readers >= MOST_READERS:
            raise HTTPException(503, "Too many readers listen.", {"Retry-After": "30"})
        # A browser that reconnects asks for the address it first had; its last event counts.
        after = asked.as_cursor(request.headers.get("Last-Event-ID"), "Last-Event-ID")
        if after is None:
            after = asked.cursor(request, "after")
        if after is None:
            after = await self.broadcast.cursor()
        else:
            after = await asked.reached(after, self.broadcast)
        return Stream(self.broadcast.stream(request.query_params.get("topic"), after))

    async def entries(self, _request: Request) -> Response:
        return _json({"entries": await self.listing.entries()})

    async def changes(self, request: Request) -> Response:
        """Answer with what changed after a cursor, and the cursor to ask from next."""
        after = asked.cursor(request, "after") or Cursor(0)
        await asked.reached(after, self.broadcast)
        topic = request.query_params.get("topic")
        changes = await run_in_threadpool(self.newsstand.changes, after=after)
        some = changes[: asked.limit(request)]
        heard = [told.change for told in some if told.of(topic)]
        return _json({"changes": heard, "next": some[-1].change.cursor if some else after})

    async def report(self, request: Request) -> Response:
        report = ReportId(request.path_params["report"])
        found = await run_in_threadpool(self.newsstand.report, report)
        if found is None:
            raise HTTPException(404, f"There is no report “{report}”.")
        return Response(to_line(findings_object(*found)), media_type="application/json")

    async def rule(self, request: Request) -> Response:
        """Keep an editor's ruling."""
        self._admit(request)
        body = b""
        async for some in request.stream():
            body += some
            if len(body) > LARGEST_BODY:
                raise HTTPException(413, f"A ruling has at most {LARGEST_BODY} bytes.")
        try:
            given = msgspec.json.decode(body, type=_Asked)
        except msgspec.DecodeError as error:
            raise HTTPException(400, f"No ruling: {error}") from error
        asked_for = Ruling(
            report=ReportId(given.report),
            other=ReportId(given.other),
            verdict=given.verdict,
            reason=given.reason,
            by=given.by,
            at=datetime.now(UTC),
        )
        try:
            ruling = await run_in_threadpool(self.newsstand.rule, asked_for)
        except InputError as error:
            raise HTTPException(404, str(error)) from error
        return _json({"ruling": ruling}, status=201)

    async def health(self, _request: Request) -> Response:
        """Answer with how the desk is; "failing" when its last turn kept nothing."""
        health = await run_in_threadpool(self.newsstand.health)
        failing = [one for one in health.sources if one.failing_since and not one.paused]
        last = health.logbook.last if health.logbook else None
        return _json(
            {
                "status": "failing" if last and last.error else "ok",
                "version": health.version,
                "cursor": health.cursor,
                "readers": self.broadcast.readers,
                "sources": len(health.sources),
                "failing": [
                    {"url": one.url, "since": one.failing_since, "error": one.last_error}
                    for one in failing
                ],
                "follows": health.follows,
                "logbook": health.logbook,
            }
        )

    async def metrics(self, _request: Request) -> Response:
        health = await run_in_threadpool(self.newsstand.health)
        return Response(render_metrics(health), media_type=MEDIA_TYPE)

    def _admit(self, request: Request) -> None:
        """Raise HTTPException for whoever does not give the token."""
        if not self.token:
            raise HTTPException(403, "This desk is read-only: it was given no token.")
        given = request.headers.get("Authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {self.token}".encode()):
            raise HTTPException(
                401, "The token is missing or wrong.", {"WWW-Authenticate": "Bearer"}
            )


def for_programs(request: Request) -> bool:
    """Tell whether whoever asks is a program, so that an error is told as JSON."""
    path = request.url.path
    return path.startswith("/api/") or path.endswith(FOR_PROGRAMS)


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return an error as programs read it: problem details (RFC 9457)."""
    title = HTTPStatus(status).phrase
    body = to_line({"type": "about:blank", "title": title, "status": status, "detail": detail})
    return Response(body, status, headers, media_type=PROBLEM)


def _json(thing: Any, *, status: int = 200) -> Response:
    body = to_line(msgspec.to_builtins(thing))
    return Response(body, status, media_type="application/json")
