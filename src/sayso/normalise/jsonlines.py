"""JSON lines: a report a line, `{"id", "url", "outlet", "published", "headline", "text"}`.

Only `text` is required and is kept exactly as given. Names that other collections use
("date", "title", "source", "link", "body") are read where ours are missing, and an object of
ninjs is read as that.
A line that is no report is a problem of its own; the rest goes on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime

import msgspec

from sayso.errors import InputError
from sayso.ids import make_id
from sayso.normalise.decode import printable
from sayso.normalise.draft import Draft, finish
from sayso.normalise.ninjs import is_ninjs, read_ninjs
from sayso.normalise.parts import Paragraph
from sayso.normalise.text import paragraphs
from sayso.normalise.times import Stamp, read_time
from sayso.records import Outlet, Report

_ALIASES = {
    "text": ("text", "body", "content", "content_text"),
    "headline": ("headline", "title"),
    "published": ("published", "date", "published_at", "date_published", "pubDate"),
    "updated": ("updated", "modified", "updated_at", "date_modified"),
    "outlet": ("outlet", "source", "publisher"),
    "url": ("url", "link"),
    "language": ("language", "lang"),
    "authors": ("authors", "author"),
}


def read_lines(
    text: str, *, place: str, now: datetime, outlet: Outlet | None = None
) -> Iterator[Report | InputError]:
    """Yield the report of each line, or what is wrong with it. Blank lines say nothing.

    A place that already ends in a line's number is that line's own ("wire.jsonl:17").
    """
    # Not splitlines(): a line separator may stand unescaped inside a JSON string.
    lines = text.split("\n")
    single = sum(bool(line.strip()) for line in lines) == 1
    for number, line in enumerate(lines, start=1):
        if line.strip():
            thing = place if single and ":" in place else f"{place}:{number}"
            try:
                yield read_record(
                    parse_json(line, thing=thing), place=thing, now=now, outlet=outlet
                )
            except InputError as error:
                yield error


def parse_json(text: str, *, thing: str) -> object:
    """Return the value that `text` writes in JSON, or raise InputError."""
    try:
        value: object = msgspec.json.decode(text.encode("utf-8", "surrogatepass"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        try:
            # Slower, and reads what the other refuses: half a surrogate pair as an escape.
            value = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise InputError(thing, f"not JSON: {error}") from error
    return value


def read_record(
    record: object, *, place: str, now: datetime, outlet: Outlet | None = None
) -> Report:
    """Return the report that one JSON object makes, or raise InputError."""
    if not isinstance(record, Mapping):
        raise InputError(place, "not a JSON object")
    if is_ninjs(record):
        return read_ninjs(record, place=place, now=now, outlet=outlet)
    text = _words(record, "text")
    if text is None:
        raise InputError(place, 'has no "text"')
    if not text.strip():
        raise InputError(place, '"text" is empty')
    headline = _words(record, "headline")
    given_id = _given_id(record)
    url = _words(record, "url")
    named = _words(record, "outlet")
    published = _published(record, place)
    spans = list(paragraphs(text))
    first = text[spans[0].start : spans[0].end]
    repeated = headline is not None and headline.strip() == first and len(spans) > 1
    marked = [Paragraph(spans[0], "headline" if repeated else None), *map(Paragraph, spans[1:])]
    draft = Draft(
        place=place,
        text=text,
        paragraphs=marked,
        headline=headline,
        headline_first=headline is None,
        id=given_id,
        # A line without any name of its own is known by what an edit of its text leaves alone.
        key=given_id or (None if url else _key(named, headline, published, text)),
        url=url,
        outlet=named,
        published=published,
        updated=read_time(_words(record, "updated")),
        language=_words(record, "language"),
        authors=_authors(record),
    )
    # A line that names its outlet knows better than the folder that it lies in.
    return finish(draft, now=now, outlet=None if named else outlet)


def _key(outlet: str | None, headline: str | None, published: Stamp, text: str) -> str:
    return make_id("line", outlet, published.when, headline if headline else text)


def _published(record: Mapping[object, object], place: str) -> Stamp:
    words = _words(record, "published")
    stamp = read_time(words)
    if words and words.strip() and stamp.when is None:
        raise InputError(place, f'"published" is no time: {words[:60]!r}')
    return stamp


def _given_id(record: Mapping[object, object]) -> str | None:
    given = record.get("id")
    if isinstance(given, int) and not isinstance(given, bool):
        return str(given)
    return printable(given) or None if isinstance(given, str) else None


def _words(record: Mapping[object, object], name: str) -> str | None:
    for alias in _ALIASES[name]:
        value = record.get(alias)
        if isinstance(value, int | float) and name in ("published", "updated"):
            return str(int(value)) if abs(value) < 1e15 else None
        if isinstance(value, str):
            return printable(value)
        if isinstance(value, Mapping) and isinstance(value.get("name"), str):
            return printable(str(value["name"]))
    return None


def _authors(record: Mapping[object, object]) -> tuple[str, ...]:
    for alias in _ALIASES["authors"]:
        value = record.get(alias)
        if isinstance(value, str):
            return tuple(name.strip() for name in value.split(",") if name.strip())
        if isinstance(value, list):
            return tuple(name.strip() for name in value if isinstance(name, str) and name.strip())
    return ()
