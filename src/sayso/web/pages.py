"""The answers to readers: pages of briefings and their other forms, a search, a report, a list.

A page is kept by its topic, with the cursor since which nothing of the topic changed, so that a
page that many readers open is made once. What takes a moment is done in a thread, so that one
reader does not hold up the others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sayso.brief.front import Found
from sayso.brief.records import Briefing
from sayso.records import Cursor, ReportId
from sayso.render.briefing_json import to_json
from sayso.render.csv import TABLES
from sayso.render.desk_pages import (
    render_embed,
    render_list,
    render_report,
    render_search,
    render_sources,
)
from sayso.render.feeds import (
    Feed,
    briefing_feed,
    render_atom,
    render_json_feed,
    search_feed,
)
from sayso.render.jsonl import report_object, to_line
from sayso.render.page import Served, path_of, render_page
from sayso.web import asked
from sayso.web.answers import answer
from sayso.web.events import Broadcast
from sayso.web.listing import Listing
from sayso.web.newsstand import Newsstand
from sayso.web.press import Press

Make = Callable[[Briefing], bytes | None]

PAGE = "page"
ATOM, JSON_FEED = "application/atom+xml", "application/feed+json"


@dataclass(slots=True)
class Pages:
    """The answers. `public` is the desk's address as readers know it; empty: as they asked."""

    newsstand: Newsstand
    broadcast: Broadcast
    listing: Listing
    public: str = ""
    _press: Press = field(default_factory=Press)

    async def front(self, request: Request) -> Response:
        """Answer with the only page there is, or with the list of them."""
        entries = await self.listing.entries()
        editions = [entry for entry in entries if entry.kind == "edition"]
        only = editions if len(editions) == 1 else entries
        if len(only) == 1:
            return await self._page(request, only[0].topic)
        return HTMLResponse(render_list(entries, prefix=asked.prefix(request)))

    async def stories(self, request: Request) -> Response:
        entries = await self.listing.entries()
        return HTMLResponse(render_list(entries, prefix=asked.prefix(request)))

    async def sources(self, request: Request) -> Response:
        """Answer with who is polled, who fails since when, and what was dropped and why."""
        health = await run_in_threadpool(self.newsstand.health)
        return HTMLResponse(render_sources(health, prefix=asked.prefix(request)))

    async def page(self, request: Request) -> Response:
        return await self._page(request, _topic(request))

    async def _page(self, request: Request, topic: str) -> Response:
        served = _served(topic, asked.prefix(request))

        def make(briefing: Briefing) -> bytes:
            return render_page(briefing, served=served).encode()

        return await self._answer(request, topic, PAGE, make, "text/html")

    async def embed(self, request: Request) -> Response:
        """Answer with the few lines that another site may show in a frame."""
        topic = _topic(request)
        page = self._desk(request) + path_of(topic)

        def make(briefing: Briefing) -> bytes:
            return render_embed(briefing, page=page, prefix=asked.prefix(request)).encode()

        return await self._answer(request, topic, f"embed {page}", make, "text/html")

    async def json(self, request: Request) -> Response:
        return await self._answer(request, _topic(request), "json", to_json, "application/json")

    async def csv(self, request: Request) -> Response:
        table = request.path_params["table"]
        render = TABLES[table]
        answered = await self._answer(
            request, _topic(request), table, lambda made: render(made).encode(), "text/csv"
        )
        answered.headers["Content-Disposition"] = f'attachment; filename="{table}.csv"'
        return answered

    async def atom(self, request: Request) -> Response:
        return await self._feed(request, render_atom, ATOM)

    async def json_feed(self, request: Request) -> Response:
        return await self._feed(request, render_json_feed, JSON_FEED)

    async def _feed(
        self, request: Request, render: Callable[..., bytes], media_type: str
    ) -> Response:
        topic = _topic(request)
        section = request.query_params.get("section")
        home = self._desk(request) + path_of(topic)
        address = self._address(request)

        def make(briefing: Briefing) -> bytes | None:
            feed = briefing_feed(briefing, home=home, section=section)
            return None if feed is None else render(feed, address=address)

        form = f"{media_type} {address} {section}"
        return await self._answer(request, topic, form, make, media_type)

    async def _answer(
        self, request: Request, topic: str, form: str, make: Make, media_type: str
    ) -> Response:
        """Return a form of a briefing, or that the reader has it already."""
        since, length = asked.since(request), asked.length(request)
        at = await self._past(request)
        newest = await self.broadcast.cursor()
        standing = self.newsstand.moved(topic, newest) if at is None else at
        key = (topic, form, since, at, length, asked.prefix(request))
        body = self._press.kept(key, standing)
        if body is None:
            survivor = await run_in_threadpool(self.newsstand.survivor, topic)
            if survivor is not None and at is None:
                path = quote(str(request.scope["path"]))
                path = path.replace(path_of(topic), path_of(survivor))
                query = f"?{request.url.query}" if request.url.query else ""
                # Not for ever: what was merged may be parted again and get its name back.
                return RedirectResponse(path + query, status_code=307)

            def work(standing: Cursor) -> bytes | None:
                briefing = self.newsstand.briefing(topic, since=since, at=standing, length=length)
                return None if briefing is None else make(briefing)

            # Who asks since when, or is a program, has heard of something and comes for it.
            late = form == PAGE and at is None and since is None
            body = await self._press.make(key, standing, work, late=late)
            if body is None:
                raise HTTPException(404, _nothing(topic))
        return answer(request, body, media_type)

    async def search(self, request: Request) -> Response:
        words = asked.words(request)
        at = await self._past(request)
        found = await self._found(words, at) if words else None
        return HTMLResponse(render_search(words, found, at=at, prefix=asked.prefix(request)))

    async def search_json(self, request: Request) -> Response:
        found = await self._found(_needed(request), await self._past(request))
        said = [
            {
                "report": one.report.id,
                "attribution": one.attribution.id,
                "speaker": one.attribution.speaker.name if one.attribution.speaker else None,
                "content": [
                    {"start": span.start, "end": span.end, "text": one.report.cut(span)}
                    for span in one.attribution.content
                ],
            }
            for one in found.said
        ]
        whole = {
            "reports": [report_object(report) for report in found.reports],
            "said": said,
            "speakers": list(found.speakers),
            "outlets": list(found.outlets),
        }
        return Response(to_line(whole), media_type="application/json")

    async def search_atom(self, request: Request) -> Response:
        return await self._search_feed(request, render_atom, ATOM)

    async def search_json_feed(self, request: Request) -> Response:
        return await self._search_feed(request, render_json_feed, JSON_FEED)

    async def _search_feed(
        self, request: Request, render: Callable[..., bytes], media_type: str
    ) -> Response:
        words = _needed(request)
        found = await self._found(words, await self._past(request))
        desk = self._desk(request)
        home = f"{desk}/search?{request.query_params}"
        feed: Feed = search_feed(words, found.reports, home=home, desk=desk)
        return Response(render(feed, address=self._address(request)), media_type=media_type)

    async def _found(self, words: str, at: Cursor | None) -> Found:
        return await run_in_threadpool(partial(self.newsstand.search, words, at=at))

    async def _past(self, request: Request) -> Cursor | None:
        """Return the cursor that a page is wanted as of. Raises HTTPException for a coming one."""
        at = asked.cursor(request, "at")
        return None if at is None else await asked.reached(at, self.broadcast)

    async def report(self, request: Request) -> Response:
        report = ReportId(request.path_params["report"])
        found = await run_in_threadpool(self.newsstand.report, report)
        if found is None:
            raise HTTPException(404, f"There is no report “{report}”.")
        page = await run_in_threadpool(render_report, *found, prefix=asked.prefix(request))
        return HTMLResponse(page)

    def _desk(self, request: Request) -> str:
        """Return the desk's address without a slash at the end."""
        return (self.public or str(request.base_url)).rstrip("/")

    def _address(self, request: Request) -> str:
        """Return the address that was asked for, as readers know it."""
        path = quote(str(request.scope["path"]).removeprefix(asked.prefix(request)))
        query = f"?{request.url.query}" if request.url.query else ""
        return self._desk(request) + path + query


def _topic(request: Request) -> str:
    kind, name = request.path_params["kind"], request.path_params["name"]
    topic = str(name) if kind == "b" else f"{kind}/{name}"
    _served(topic, "")
    return topic


def _served(topic: str, prefix: str) -> Served:
    try:
        return Served(topic=topic, prefix=prefix)
    except ValueError as error:
        raise HTTPException(404, _nothing(topic)) from error


def _nothing(topic: str) -> str:
    """Return that there is no such page, naming the thing as readers call it."""
    kind, _, name = topic.partition("/")
    if kind == "speaker" and name:
        return f"Nobody called “{name}” is reported to have said anything here."
    if kind == "outlet" and name:
        return f"There is no report of an outlet called “{name}” here."
    return f"There is no briefing called “{topic}”: no edition and no story has this address."


def _needed(request: Request) -> str:
    words = asked.words(request)
    if not words:
        raise HTTPException(400, "`q` is missing: the words to search for.")
    return words
