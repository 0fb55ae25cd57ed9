"""Answers readers: the pages of a desk, their JSON and CSV, a search, and what changes.

Rule: read-only. Nothing that a reader sends is kept or run; nothing on a page may load or run
anything but the desk's own style sheet and script, and the headers hold browsers to it.
What takes a moment is done in a thread, so that one reader does not hold up the others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import resources

from sse_starlette import EventSourceResponse
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.brief.records import Briefing
from sayso.errors import StoreError
from sayso.records import Cursor, ReportId
from sayso.render.briefing_json import to_json
from sayso.render.csv import render_reactions_csv
from sayso.render.desk_pages import render_list, render_notice, render_report, render_search
from sayso.render.page import Served, render_page, style
from sayso.web.events import Pulse, stream
from sayso.web.newsstand import Newsstand

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}

LONGEST_SEARCH = 200
"""Characters of a search that are read; a longer one is a mistake or an attack."""

KEPT_PAGES = 64
"""Rendered pages kept: as many as readers ask for between two changes."""


def make_app(newsstand: Newsstand, *, poll_seconds: float = 1.0) -> Starlette:
    """Return the application that answers readers from `newsstand`."""
    desk = _Pages(newsstand, Pulse(newsstand, poll_seconds))
    routes = [
        Route("/", desk.front),
        Route("/b/{slug}.json", desk.json),
        Route("/b/{slug}/reactions.csv", desk.csv),
        Route("/b/{slug}", desk.page),
        Route("/search", desk.search),
        Route("/report/{report}", desk.report),
        Route("/events", desk.events),
        Route("/health", desk.health),
        Route("/style.css", _static(style(), "text/css")),
        Route("/live.js", _static(_file("live.js"), "text/javascript")),
        Route("/icon.svg", _static(_file("icon.svg"), "image/svg+xml")),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(_Headers)],
        exception_handlers={HTTPException: _refused, StoreError: _unavailable},
    )


@dataclass(slots=True)
class _Pages:
    """The answers. Pages are kept by what they are made from, so a busy page is made once."""

    newsstand: Newsstand
    pulse: Pulse
    _kept: dict[tuple[object, ...], bytes] = field(default_factory=dict)

    async def front(self, request: Request) -> Response:
        briefings = await run_in_threadpool(self.newsstand.briefings)
        if len(briefings) == 1:
            return await self._page(request, briefings[0][0])
        return HTMLResponse(render_list(briefings, prefix=_prefix(request)))

    async def page(self, request: Request) -> Response:
        return await self._page(request, request.path_params["slug"])

    async def _page(self, request: Request, slug: str) -> Response:
        prefix = _prefix(request)

        def make(briefing: Briefing) -> bytes:
            return render_page(briefing, served=Served(slug=slug, prefix=prefix)).encode()

        return await self._answer(request, slug, make, "text/html")

    async def json(self, request: Request) -> Response:
        return await self._answer(request, request.path_params["slug"], to_json, "application/json")

    async def csv(self, request: Request) -> Response:
        slug = request.path_params["slug"]

        def make(briefing: Briefing) -> bytes:
            return render_reactions_csv(briefing).encode()

        answer = await self._answer(request, slug, make, "text/csv")
        answer.headers["Content-Disposition"] = 'attachment; filename="reactions.csv"'
        return answer

    async def _answer(
        self, request: Request, slug: str, make: Callable[[Briefing], bytes], media_type: str
    ) -> Response:
        """Return a form of a briefing, or that the reader has it already."""
        since, at = _since(request), _cursor(request, "at")
        newest = await self.pulse.cursor()
        cursor = newest if at is None else min(at, newest)
        key = (slug, media_type, since, at, cursor, _prefix(request))
        tag = _tag(*key)
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if tag in [each.strip() for each in request.headers.get("If-None-Match", "").split(",")]:
            return Response(status_code=304, headers=headers)
        body = self._kept.get(key)
        if body is None:
            body = await run_in_threadpool(self._make, slug, since, at, make)
            if body is None:
                raise HTTPException(404, f"There is no briefing called “{slug}”.")
            while len(self._kept) >= KEPT_PAGES:
                self._kept.pop(next(iter(self._kept)))
            self._kept[key] = body
        return Response(body, media_type=media_type, headers=headers)

    def _make(
        self,
        slug: str,
        since: datetime | None,
        at: Cursor | None,
        make: Callable[[Briefing], bytes],
    ) -> bytes | None:
        briefing = self.newsstand.briefing(slug, since=since, at=at)
        return None if briefing is None else make(briefing)

    async def search(self, request: Request) -> Response:
        words = request.query_params.get("q", "").strip()
        if len(words) > LONGEST_SEARCH:
            raise HTTPException(400, f"A search has at most {LONGEST_SEARCH} characters.")
        found = await run_in_threadpool(self.newsstand.search, words) if words else []
        return HTMLResponse(render_search(words, found, prefix=_prefix(request)))

    async def report(self, request: Request) -> Response:
        report = ReportId(request.path_params["report"])
        found = await run_in_threadpool(self.newsstand.report, report)
        if found is None:
            raise HTTPException(404, f"There is no report “{report}”.")
        page = await run_in_threadpool(render_report, *found, prefix=_prefix(request))
        return HTMLResponse(page)

    async def events(self, request: Request) -> Response:
        # A browser that reconnects asks for the address it first had; its last event counts.
        after = _number(request.headers.get("Last-Event-ID"), "Last-Event-ID")
        if after is None:
            after = _cursor(request, "after")
        if after is None:
            after = await self.pulse.cursor()
        slug = request.query_params.get("slug")
        changes = stream(self.newsstand, self.pulse, slug=slug, after=after)
        return EventSourceResponse(changes, ping=15, headers={"Cache-Control": "no-store"})

    async def health(self, _request: Request) -> Response:
        cursor = await self.pulse.cursor()
        return JSONResponse({"status": "ok", "cursor": cursor})


class _Headers:
    """Puts the headers that hold a browser to the rule on every answer, errors too."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _static(text: str, media_type: str) -> Callable[[Request], Awaitable[Response]]:
    body = text.encode()
    tag = _tag(text)

    async def answer(request: Request) -> Response:
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if request.headers.get("If-None-Match") == tag:
            return Response(status_code=304, headers=headers)
        return Response(body, media_type=media_type, headers=headers)

    return answer


def _file(name: str) -> str:
    return resources.files("sayso.web").joinpath("static", name).read_text("utf-8")


def _tag(*parts: object) -> str:
    """Return an entity tag: the same for the same things, and another for another style."""
    digest = hashlib.sha256(repr((parts, style())).encode("utf-8", "surrogatepass"))
    return f'"{digest.hexdigest()[:24]}"'


def _prefix(request: Request) -> str:
    return str(request.scope.get("root_path", "")).rstrip("/")


def _since(request: Request) -> datetime | None:
    given = request.query_params.get("since")
    if not given:
        return None
    try:
        when = datetime.fromisoformat(given.replace(" ", "+"))
        return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise HTTPException(400, "`since` is no time such as 2031-05-03T09:40:00Z.") from error


def _cursor(request: Request, name: str) -> Cursor | None:
    return _number(request.query_params.get(name), name)


def _number(given: str | None, name: str) -> Cursor | None:
    if not given:
        return None
    if not (given.isascii() and given.isdecimal() and len(given) <= 18):
        raise HTTPException(400, f"`{name}` is no cursor: a cursor is a whole number.")
    return Cursor(int(given))


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    title = {404: "Not found", 400: "Not understood"}.get(error.status_code, "Refused")
    page = render_notice(title, error.detail, prefix=_prefix(request))
    return HTMLResponse(page, status_code=error.status_code, headers=error.headers)


async def _unavailable(request: Request, error: Exception) -> Response:
    page = render_notice("Not now", f"The store cannot be read: {error}", prefix=_prefix(request))
    return HTMLResponse(page, status_code=503, headers={"Retry-After": "10"})
