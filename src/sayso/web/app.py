"""Answers readers and programs: which address is answered by what.

Rule: read-only, but for the rulings of an editor who gives the desk's token. Nothing that a
reader sends is kept or run; nothing on a page may load or run anything but the desk's own style
sheet and script, and the headers hold browsers to it.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus
from importlib import resources

from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from sayso.errors import StoreError
from sayso.render.csv import TABLES
from sayso.render.desk_pages import render_notice
from sayso.render.page import style
from sayso.web.answers import answer, make_body
from sayso.web.api import Api, for_programs, problem
from sayso.web.asked import LONGEST_SEARCH, prefix
from sayso.web.events import Broadcast
from sayso.web.headers import Headers
from sayso.web.listing import Listing
from sayso.web.newsstand import Newsstand
from sayso.web.openapi import openapi
from sayso.web.pages import Pages

UNROUTED = {
    404: "There is no page at “{path}” on this desk.",
    405: "“{path}” can be read, not written.",
}
"""What is told where nothing of ours answers."""


class _Word(Convertor[str]):
    """Takes a word out of an address as it stands."""

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


class _Kind(_Word):
    regex = "b|speaker|outlet"


class _Table(_Word):
    regex = "|".join(TABLES)


register_url_convertor("kind", _Kind())
register_url_convertor("table", _Table())


def make_app(
    newsstand: Newsstand,
    *,
    poll_seconds: float = 0.25,
    public: str = "",
    token: str = "",
    frames: str = "*",
    more: Sequence[Route] = (),
) -> Starlette:
    """Return the application that answers from `newsstand`.

    `public` is the address that readers know the desk by. Without a `token` nobody may write.
    `frames` are the sites that may embed a briefing, as a Content-Security-Policy names them.
    `more` is what else is answered, as the address that hubs are given.
    """
    broadcast = Broadcast(newsstand, poll_seconds)
    listing = Listing(newsstand, broadcast)
    pages = Pages(newsstand, broadcast, listing, public)
    api = Api(newsstand, broadcast, listing, token)
    routes = [
        Route("/", pages.front),
        Route("/stories", pages.stories),
        Route("/sources", pages.sources),
        Route("/embed/{kind:kind}/{name:path}", pages.embed),
        Route("/{kind:kind}/{name:path}/{table:table}.csv", pages.csv),
        Route("/{kind:kind}/{name:path}.feed.json", pages.json_feed),
        Route("/{kind:kind}/{name:path}.json", pages.json),
        Route("/{kind:kind}/{name:path}.atom", pages.atom),
        Route("/{kind:kind}/{name:path}", pages.page),
        Route("/search", pages.search),
        Route("/search.json", pages.search_json),
        Route("/search.atom", pages.search_atom),
        Route("/search.feed.json", pages.search_json_feed),
        Route("/report/{report}", pages.report),
        Route("/events", api.events),
        Route("/api/entries", api.entries),
        Route("/api/changes", api.changes),
        Route("/api/report/{report}", api.report),
        Route("/api/rulings", api.rule, methods=["POST"]),
        Route("/openapi.json", _static(openapi(), "application/json")),
        Route("/health", api.health),
        Route("/metrics", api.metrics),
        Route("/style.css", _static(style(), "text/css")),
        Route("/live.js", _static(_file("live.js"), "text/javascript")),
        Route("/icon.svg", _static(_file("icon.svg"), "image/svg+xml")),
        *more,
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(Headers, frames=frames)],
        exception_handlers={HTTPException: _refused, StoreError: _unavailable},
    )


def _static(text: str, media_type: str) -> Callable[[Request], Awaitable[Response]]:
    body = make_body(text.encode())

    async def answer_it(request: Request) -> Response:
        return answer(request, body, media_type)

    return answer_it


def _file(name: str) -> str:
    return resources.files("sayso.web").joinpath("static", name).read_text("utf-8")


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status, detail = error.status_code, error.detail
    if detail == HTTPStatus(status).phrase:  # no word of ours: no route answers so
        path = str(request.scope["path"]).removeprefix(prefix(request))
        detail = UNROUTED.get(status, "{path} cannot be answered.").format(path=path)
    if for_programs(request):
        return problem(status, detail, error.headers)
    title = {404: "Not found", 400: "Not understood"}.get(status, "Refused")
    page = render_notice(title, detail, words=_words(request), prefix=prefix(request))
    return HTMLResponse(page, status_code=status, headers=error.headers)


def _words(request: Request) -> str:
    """Return what whoever asked for a page that is not there may search for instead."""
    last = str(request.scope["path"]).rstrip("/").rpartition("/")[2]
    return " ".join(re.findall(r"\w+", last))[:LONGEST_SEARCH]


async def _unavailable(request: Request, error: Exception) -> Response:
    reason = f"The store cannot be read: {error}"
    later = {"Retry-After": "10"}
    if for_programs(request):
        return problem(503, reason, later)
    page = render_notice("Not now", reason, prefix=prefix(request))
    return HTMLResponse(page, status_code=503, headers=later)
