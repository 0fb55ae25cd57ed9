"""Bytes to reports, whatever the bytes are.

What a file is, its beginning decides before what its sender said of it: servers and
file names are wrong more often than `<rss` is. A file that cannot be read at all raises
InputError; one bad item or line of a file is a problem beside the reports, and the rest goes on.

Nothing here opens a file or an address, and how large a file may be is looked at before it
is opened; see `sayso.sources`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Literal

from sayso.errors import InputError
from sayso.normalise.decode import decode
from sayso.normalise.jsonlines import parse_json, read_lines, read_record
from sayso.normalise.known import Known
from sayso.normalise.text import read_text
from sayso.ports import Raw
from sayso.records import Outlet, Report

Format = Literal["feed", "newsml", "page", "json", "json-lines", "text"]

MOST_ITEMS = 1_000
"""Items of one feed that is polled: of the longest feeds that were seen, all."""

_BEGINNING = 4_096
_ITEM_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>", re.I)
_MARKUP = re.compile(r"\s*<(?:\?xml|!--|!DOCTYPE|[a-z])", re.I)
_NEWSML = re.compile(
    r"<(?:\w+:)?(?:newsMessage|newsItem|packageItem|conceptItem|knowledgeItem|planningItem|nitf)"
    r"[\s>]"
)
_FEED = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf)[\s>]", re.I)
_PAGE = re.compile(
    r"<(?:!doctype\s+html|html|head|body|article|main|div|p|h1|meta|title)[\s>]", re.I
)
_JSON_OBJECT = re.compile(r'\s*\{\s*["}]')
_JSON_LIST = re.compile(r"\s*\[\s*[{\]]")
_LINES_TYPES = ("application/x-ndjson", "application/jsonl", "application/json-lines")


@dataclass(frozen=True, slots=True)
class Reading:
    """The reports in some bytes, and what was wrong with the rest of them."""

    reports: tuple[Report, ...] = ()
    problems: tuple[InputError, ...] = ()


def parse(raw: Raw, *, now: datetime, outlet: Outlet | None = None) -> Reading:
    """Return the reports in `raw`. Raise InputError when the whole of it cannot be read.

    `outlet` is who published it, where that is known better than `raw` tells.
    """
    text = decode(raw.body, thing=raw.place, charset=raw.charset)
    found = list(_read(text, raw, now=now, outlet=outlet or raw.outlet))
    return Reading(
        tuple(one for one in found if isinstance(one, Report)),
        tuple(one for one in found if isinstance(one, InputError)),
    )


def parse_feed(
    raw: Raw, *, now: datetime, outlet: Outlet | None = None, known: Known | None = None
) -> Reading:
    """Return the reports in `raw` as `parse` does, but raise InputError for what is no feed.

    Who is polled as a feed and sends a page has moved, is broken or wants something else;
    who sends more than `MOST_ITEMS` wants to keep the desk busy. Items that are `known` are not
    read again.
    """
    text = decode(raw.body, thing=raw.place, charset=raw.charset)
    kind = recognise(text, media_type=raw.media_type)
    if kind in ("page", "text"):
        raise InputError(raw.place, f"not a feed: it sent a {kind}")
    cut = _first_items(text) if kind == "feed" else text
    items = _read(cut, raw, now=now, outlet=outlet or raw.outlet, known=known)
    found = list(islice(items, MOST_ITEMS + 1))
    if cut is not text or len(found) > MOST_ITEMS:
        reason = f"more than {MOST_ITEMS:,} items, those after them were left out"
        found = [*found[:MOST_ITEMS], InputError(raw.place, reason)]
    return Reading(
        tuple(one for one in found if isinstance(one, Report)),
        tuple(one for one in found if isinstance(one, InputError)),
    )


def _first_items(text: str) -> str:
    """Return a feed without the items after the first `MOST_ITEMS`; `text` itself if none are."""
    ends = [end.end() for end in _ITEM_END.finditer(text)]
    return text if len(ends) <= MOST_ITEMS else text[: ends[MOST_ITEMS - 1]] + text[ends[-1] :]


def recognise(text: str, *, media_type: str | None = None) -> Format:
    """Return what `text` is, by how it begins and then by what was told."""
    told = (media_type or "").lower()
    beginning = text[:_BEGINNING]
    if _MARKUP.match(beginning):
        page, feed = _PAGE.search(beginning), _FEED.search(beginning)
        newsml = _NEWSML.search(beginning)
        if newsml and not any(one and one.start() < newsml.start() for one in (page, feed)):
            return "newsml"
        if feed and not (page and page.start() < feed.start()):
            return "feed"
        if page or "html" in told:
            return "page"
        if "xml" in told or beginning.lstrip().startswith("<?xml"):
            return "feed"
    if told in _LINES_TYPES:
        return "json-lines"
    if told.endswith("json") or _JSON_OBJECT.match(beginning) or _JSON_LIST.match(beginning):
        return "json"
    if "html" in told:
        return "page"
    # Words that are said to be a feed are a server's or a maker's excuse for one.
    return "feed" if told.endswith("xml") else "text"


def _read(
    text: str, raw: Raw, *, now: datetime, outlet: Outlet | None, known: Known | None = None
) -> Iterable[Report | InputError]:
    # The parsers of feeds and pages take a quarter of a second to load, so each is loaded
    # when the first of its kind is read.
    match recognise(text, media_type=raw.media_type):
        case "feed":
            from sayso.normalise.feed import read_feed

            return read_feed(
                text, place=raw.place, url=raw.url, now=now, outlet=outlet, known=known
            )
        case "newsml":
            from sayso.normalise.newsml import read_newsml

            return read_newsml(text, place=raw.place, now=now, outlet=outlet)
        case "page":
            from sayso.normalise.page import read_page

            return [read_page(text, place=raw.place, url=raw.url, now=now, outlet=outlet)]
        case "json":
            return _read_json(text, raw, now=now, outlet=outlet)
        case "json-lines":
            return read_lines(text, place=raw.place, now=now, outlet=outlet)
        case "text":
            return [read_text(text, place=raw.place, now=now, outlet=outlet)]


def _read_json(
    text: str, raw: Raw, *, now: datetime, outlet: Outlet | None
) -> Iterable[Report | InputError]:
    """Read a JSON Feed, one report over many lines, a list of reports, or else JSON lines."""
    try:
        value = parse_json(text, thing=raw.place)
    except InputError:
        if len(text.strip().splitlines()) == 1:
            raise
        return read_lines(text, place=raw.place, now=now, outlet=outlet)
    if isinstance(value, Mapping) and "items" in value and "text" not in value:
        from sayso.normalise.feed import read_json_feed

        return read_json_feed(value, place=raw.place, url=raw.url, now=now, outlet=outlet)
    if isinstance(value, list):
        return _read_list(value, raw, now=now, outlet=outlet)
    return [read_record(value, place=raw.place, now=now, outlet=outlet)]


def _read_list(
    records: list[object], raw: Raw, *, now: datetime, outlet: Outlet | None
) -> Iterable[Report | InputError]:
    for number, record in enumerate(records, start=1):
        try:
            yield read_record(record, place=f"{raw.place} item {number}", now=now, outlet=outlet)
        except InputError as error:
            yield error
