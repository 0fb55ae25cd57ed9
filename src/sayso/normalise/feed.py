"""RSS 0.9x, 1.0 and 2.0, Atom and JSON Feed: an item is a report.

The feed parser does the formats; here an item's fields become a draft. A feed that
defines entities of its own is refused before it is parsed, because they can nest.
An item without any words is a problem of its own; the rest goes on.
"""

from __future__ import annotations

import dataclasses
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from xml.sax import SAXException

import feedparser

from sayso.errors import InputError
from sayso.ids import make_id
from sayso.normalise.bylines import people_in
from sayso.normalise.compose import compose
from sayso.normalise.credits import credit_of_name, is_organisation
from sayso.normalise.draft import Draft, finish
from sayso.normalise.html import Block, blocks_of, line_of
from sayso.normalise.known import Known, mark_of
from sayso.normalise.times import UNDATED, Stamp, read_time
from sayso.normalise.urls import absolute, canonical, host
from sayso.records import Credit, Outlet, Report

LONGEST_ITEM = 2_000_000
"""Characters of one item's content; books are shorter."""

_ENTITY = re.compile(r"<!ENTITY", re.I)
_TAIL = 1_000  # characters in which the end of a feed stands
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_END = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf)\s*>\s*(?:<!--.*?-->\s*)*\Z", re.I | re.S)
_MAIL = re.compile(r"<?\S+@[^\s>]+>?")
_TEASER_END = re.compile(
    r"\s*(?:\[(?:…|\.\.\.|&#8230;)\]|\(?read more\)?\.?|continue reading.*)$", re.I
)


def read_feed(
    text: str,
    *,
    place: str,
    url: str | None,
    now: datetime,
    outlet: Outlet | None = None,
    known: Known | None = None,
) -> Iterator[Report | InputError]:
    """Yield the report of each item, or what is wrong with it; those `known` are not read again."""
    known = known or Known()
    if _ENTITY.search(text):
        raise InputError(place, "refused: XML that defines entities")
    parsed = _parse(text, place=place)
    if not parsed.get("version") and not parsed.get("entries"):
        reason = parsed.get("bozo_exception")
        raise InputError(place, f"not a feed: {reason}" if reason else "not a feed")
    if not parsed["entries"] and isinstance(reason := parsed.get("bozo_exception"), SAXException):
        # A feed may be empty; one that is broken before its first item is not.
        raise InputError(place, f"no item of it can be read: {reason}")
    about = parsed.get("feed", {})
    base = url or about.get("link")
    links = Counter(entry.get("link") for entry in parsed["entries"])
    for number, entry in enumerate(parsed["entries"], start=1):
        thing = f"{place} item {number}"
        is_only = links[entry.get("link")] == 1
        told = (about.get("title"), about.get("language"))
        mark = mark_of(entry, told, place, base, outlet, is_only)
        if report := known.get(mark):
            yield report
            continue
        try:
            report = finish(
                _draft(entry, about, thing=thing, place=place, base=base, is_only=is_only),
                now=now,
                outlet=outlet,
            )
            known.keep(mark, report)
            yield report
        except InputError as error:
            yield error
    if not _END.search(text[-_TAIL:]):
        yield InputError(place, f"cut off after item {len(parsed['entries'])}")


def read_json_feed(
    feed: Mapping[str, Any], *, place: str, url: str | None, now: datetime, outlet: Outlet | None
) -> Iterator[Report | InputError]:
    """Yield the report of each item of a JSON Feed (versions 1 and 1.1)."""
    items = feed.get("items")
    if not isinstance(items, list):
        raise InputError(place, "not a JSON Feed: it has no list of items")
    base = url or _text(feed, "home_page_url")
    for number, item in enumerate(items, start=1):
        thing = f"{place} item {number}"
        try:
            if not isinstance(item, Mapping):
                raise InputError(thing, "not a JSON object")
            yield finish(
                _json_draft(item, feed, thing=thing, place=place, base=base), now=now, outlet=outlet
            )
        except InputError as error:
            yield error


def _parse(text: str, *, place: str) -> Mapping[str, Any]:
    body = _DECLARATION.sub("", text).lstrip().encode("utf-8", "replace")
    try:
        # A string would be taken for an address or a file's name; a stream is only read.
        parsed: Mapping[str, Any] = feedparser.parse(
            io.BytesIO(body),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,  # only text is taken out of it
            resolve_relative_uris=False,
        )
    except Exception as error:
        # On badly damaged markup it raises whatever it trips over.
        raise InputError(place, f"not a feed that can be read: {error}") from error
    return parsed


def _draft(
    entry: Mapping[str, Any],
    about: Mapping[str, Any],
    *,
    thing: str,
    place: str,
    base: str | None,
    is_only: bool,  # of the items with its link
) -> Draft:
    headline = line_of(entry.get("title") or "")
    summary = blocks_of((entry.get("summary") or "")[:LONGEST_ITEM])
    contents = [part.get("value") or "" for part in entry.get("content") or ()]
    content = max((blocks_of(part[:LONGEST_ITEM]) for part in contents), key=_size, default=[])
    text, paragraphs = _compose(headline, summary, content, thing)
    outlet = line_of(about.get("title") or "") or None
    link = absolute(entry.get("link"), base)
    guid = str(entry.get("id") or "").strip()
    names, credits = _people(_authors(entry))
    if source := line_of((entry.get("source") or {}).get("title") or ""):
        credits = (*credits, *_of_source(source))
    published = _stamp(entry, "published")
    updated = _stamp(entry, "updated")
    return Draft(
        place=place,
        text=text,
        paragraphs=paragraphs,
        headline=headline or None,
        key=_key(link if is_only else None, guid, outlet, headline),
        url=link,
        outlet=outlet or host(base),
        published=published if published.when else updated,
        updated=updated,
        language=entry.get("language") or about.get("language"),
        authors=names,
        credits=credits,
    )


def _json_draft(
    item: Mapping[str, Any], feed: Mapping[str, Any], *, thing: str, place: str, base: str | None
) -> Draft:
    headline = line_of(_text(item, "title"))
    summary = blocks_of(_text(item, "summary")[:LONGEST_ITEM])
    content = blocks_of(_text(item, "content_html")[:LONGEST_ITEM])
    if not content:
        # Plain text by the format's own word: a "<" in it is a "<".
        lines = re.split(r"\r?\n", _text(item, "content_text")[:LONGEST_ITEM])
        content = [Block(line.strip(), "p") for line in lines if line.strip()]
    text, paragraphs = _compose(headline, summary, content, thing)
    outlet = line_of(_text(feed, "title")) or None
    link = absolute(_text(item, "url"), base)
    listed = item.get("authors") or feed.get("authors") or [item.get("author") or {}]
    names, credits = _people(
        [_text(author, "name") for author in listed if isinstance(author, Mapping)]
        if isinstance(listed, list)
        else []
    )
    guid = item.get("id")
    return Draft(
        place=place,
        text=text,
        paragraphs=paragraphs,
        headline=headline or None,
        key=_key(link, str(guid) if isinstance(guid, str | int) else "", outlet, headline),
        url=link,
        outlet=outlet or host(base),
        published=read_time(_text(item, "date_published")),
        updated=read_time(_text(item, "date_modified")),
        language=_text(item, "language") or _text(feed, "language") or None,
        authors=names,
        credits=credits,
    )


def _compose(
    headline: str, summary: list[Block], content: list[Block], thing: str
) -> tuple[str, Any]:
    if not content:
        # The summary is all the story there is, so what it says counts as body.
        content, summary = [_without_teaser(block) for block in summary], []
    standfirst = " ".join(block.text for block in summary if block.hint is None)
    text, paragraphs = compose(headline, standfirst, [block for block in content if block.text])
    if not text:
        raise InputError(thing, "has neither a title nor a text")
    return text, paragraphs


def _without_teaser(block: Block) -> Block:
    """Return a summary's paragraph without the "Read more" that the feed's maker hung on it."""
    start = max(0, len(block.text) - _TAIL)
    words = block.text[:start] + _TEASER_END.sub("", block.text[start:])
    return dataclasses.replace(block, text=words)


def _size(blocks: list[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _authors(entry: Mapping[str, Any]) -> list[str]:
    """Return the authors of an item, without their addresses."""
    written = entry.get("author") or ""
    if "@" in written:
        # The feed parser cuts some addresses in two and takes the end for the name.
        return [_MAIL.sub("", written).strip(" ()")]
    return [author.get("name") or "" for author in entry.get("authors") or ()]


def _people(authors: list[str]) -> tuple[tuple[str, ...], tuple[Credit, ...]]:
    """Return the persons among `authors`, and the agencies among them as credits."""
    names: list[str] = []
    credits: list[Credit] = []
    for author in authors:
        name = line_of(author)
        credits += credit_of_name(name, reason="author in the feed")
        people = people_in(name)
        # Some go by one name; more words than that are no name, as "our correspondent in Orla".
        if not people and name and " " not in name and not is_organisation(name):
            people = (name,)
        names += people
    return tuple(dict.fromkeys(names)), tuple(credits)


def _of_source(name: str) -> tuple[Credit, ...]:
    known = credit_of_name(name, reason="source in the feed")
    return known or (Credit(name, None, "source in the feed"),)


def _key(link: str | None, guid: str, outlet: str | None, headline: str) -> str:
    address = canonical(link) if link else canonical(guid)
    if address is not None:
        return address
    return make_id("item", outlet, guid or headline)


def _stamp(entry: Mapping[str, Any], field: str) -> Stamp:
    """Return a time of an item as written, or as the feed parser understood it."""
    # Asking for "updated" where there is none would answer with "published".
    if field not in dict.keys(entry):  # type: ignore[arg-type]
        return UNDATED
    stamp = read_time(entry.get(field))
    parsed = entry.get(f"{field}_parsed")
    if stamp.when is None and isinstance(parsed, tuple):
        year, month, day, hour, minute, second = parsed[:6]
        when = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
        return Stamp(when, ("zoneless",))
    return stamp


def _text(record: Mapping[str, Any], field: str) -> str:
    value = record.get(field)
    return value if isinstance(value, str) else ""
