"""Bytes to reports, whatever the bytes are.

What a file is, its beginning decides before what its sender said of it: servers and
file names are wrong more often than `<rss` is. A file that cannot be read at all raises
InputError; one bad item or line of a file is a problem beside the reports, and the rest goes on.

Nothing here opens a file or an address; see `sayso.sources`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sayso.errors import InputError
from sayso.normalise.decode import decode
from sayso.ports import Raw
from sayso.records import Outlet, Report

Format = Literal["feed", "page", "json-feed", "json-lines", "json", "text"]

_BEGINNING = 4_096
_FEED = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf)\b", re.I)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|article|main|div|p|meta|title)\b", re.I)
_JSON_OBJECT = re.compile(r'\s*\{\s*["}]')
_JSON_LIST = re.compile(r"\s*\[\s*(?:\{|\])")
_XML = re.compile(r"\s*<(?:\?xml|!--|!DOCTYPE|[a-z])", re.I)


@dataclass(frozen=True, slots=True)
class Reading:
    """The reports in some bytes, and what was wrong with the rest of them."""

    reports: tuple[Report, ...] = ()
    problems: tuple[InputError, ...] = ()


def parse(raw: Raw, *, now: datetime, outlet: Outlet | None = None) -> Reading:
    """Return the reports in `raw`. Raise InputError when the whole of it cannot be read."""
    text = decode(raw.body, thing=raw.place, charset=raw.charset)
    outlet = outlet or raw.outlet
    found: list[Report | InputError]
    kind = recognise(text, media_type=raw.media_type)
    if kind == "text":
        from sayso.normalise.text import read_text

        found = [read_text(text, place=raw.place, now=now, outlet=outlet)]
    else:
        from sayso.normalise.jsonlines import read_lines

        found = list(read_lines(text, place=raw.place, now=now, outlet=outlet))
    return Reading(
        tuple(one for one in found if isinstance(one, Report)),
        tuple(one for one in found if isinstance(one, InputError)),
    )


def recognise(text: str, *, media_type: str | None = None) -> Format:
    """Return what `text` is, by how it begins and then by what was told."""
    told = (media_type or "").lower()
    beginning = text[:_BEGINNING].lstrip("\ufeff")
    if _XML.match(beginning):
        page, feed = _PAGE.search(beginning), _FEED.search(beginning)
        if feed and not (page and page.start() < feed.start()):
            return "feed"
        if page or "html" in told:
            return "page"
        if "xml" in told or beginning.lstrip().startswith("<?xml"):
            return "feed"
    if told in ("application/x-ndjson", "application/jsonl", "application/json-lines"):
        return "json-lines"
    if _JSON_OBJECT.match(beginning) or _JSON_LIST.match(beginning) or told.endswith("json"):
        return "json-lines"
    return "page" if "html" in told else "text"
