"""ninjs, the agencies' news in JSON (versions 1 and 2): an object is a report.

Version 1 has fields of their own for each form of the body (`body_text`, `body_xhtml`), version 2
a list of them. Who sends it is the outlet; `infosources` and a copyright holder that is another
are credits. What stands in `associations` belongs to other items and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sayso.errors import InputError
from sayso.ids import make_id
from sayso.normalise.bylines import people_in
from sayso.normalise.compose import compose
from sayso.normalise.credits import credit_of_name, is_organisation
from sayso.normalise.decode import printable
from sayso.normalise.draft import Draft, finish
from sayso.normalise.html import Block, blocks_of, line_of
from sayso.normalise.times import read_time
from sayso.normalise.urls import absolute
from sayso.records import Credit, Outlet, Report

LONGEST_BODY = 2_000_000
"""Characters of one item's content; books are shorter."""

_BODIES = ("body_xhtml", "body_html", "body_text", "bodies")
_PEOPLE = ("author", "writer", "reporter", "journalist")


def is_ninjs(record: Mapping[Any, Any]) -> bool:
    """Tell whether a JSON object is one of ninjs: its bodies are called like nobody else's."""
    return "text" not in record and (
        any(name in record for name in _BODIES) or ("uri" in record and "versioncreated" in record)
    )


def read_ninjs(
    record: Mapping[Any, Any], *, place: str, now: datetime, outlet: Outlet | None = None
) -> Report:
    """Return the report that one object makes, or raise InputError."""
    kind = record.get("type", "text")
    if kind not in ("text", "composite", ""):
        raise InputError(place, f"a {printable(str(kind))[:40]}, no text")
    headline = line_of(_value(record, "headline", "headlines"))
    text, paragraphs = compose(headline, "", _blocks(record))
    if not text:
        raise InputError(place, "has neither a headline nor a text")
    uri = _string(record.get("uri"))
    byline = line_of(_string(record.get("byline")) or _string(record.get("by")))
    named = [name for one in _objects(record, "people") if (name := _author(one))]
    draft = Draft(
        place=place,
        text=text,
        paragraphs=paragraphs,
        headline=headline or None,
        key=make_id("ninjs", uri) if uri else None,
        url=absolute(_string(record.get("altids")) or _link(record) or uri, None),
        outlet=_outlet(record) or None,
        published=read_time(
            _string(record.get("firstcreated"))
            or _string(record.get("contentcreated"))
            or _string(record.get("versioncreated"))
        ),
        updated=read_time(_string(record.get("versioncreated"))),
        language=_string(record.get("language")) or None,
        authors=tuple(dict.fromkeys((*people_in(byline), *named))),
        credits=tuple(_credits(record, byline)),
    )
    return finish(draft, now=now, outlet=outlet)


def _blocks(record: Mapping[Any, Any]) -> list[Block]:
    """Return the paragraphs of the body; markup goes before plain text, which has lost some."""
    forms = [
        (_string(record.get("body_xhtml")) or _string(record.get("body_html")), True),
        (_string(record.get("body_text")), False),
    ]
    for body in _objects(record, "bodies"):
        told = _string(body.get("contenttype")) + _string(body.get("contentType"))
        forms.append((_string(body.get("value")), "html" in told or "nitf" in told))
    for words, marked in sorted(forms, key=lambda form: not form[1]):
        cut = words[:LONGEST_BODY]
        found = (
            blocks_of(cut)
            if marked
            else [Block(line.strip(), "p") for line in cut.splitlines() if line.strip()]
        )
        if found:
            return found
    return []


def _credits(record: Mapping[Any, Any], byline: str) -> Iterator[Credit]:
    named = [
        *(
            (_string(one.get("name")), "information source")
            for one in _objects(record, "infosources")
        ),
        (_string(record.get("source")), "source"),
        (_string(record.get("copyrightholder")), "copyright holder"),
        (byline, "byline"),
    ]
    for name, what in named:
        known = credit_of_name(name, reason=f"{what} in ninjs")
        if known:
            yield from known
        elif name and what != "byline" and is_organisation(name):
            yield Credit(line_of(name), None, f"{what} in ninjs")


def _outlet(record: Mapping[Any, Any]) -> str:
    for name in ("provider", "publisher", "copyrightholder"):
        value = record.get(name)
        told = _string(value.get("name")) if isinstance(value, Mapping) else _string(value)
        if told:
            return line_of(told)
    return next((line_of(_string(one.get("name"))) for one in _objects(record, "infosources")), "")


def _author(person: Mapping[Any, Any]) -> str:
    role = _string(person.get("rel")) or _string(person.get("role"))
    return line_of(_string(person.get("name"))) if role in _PEOPLE else ""


def _link(record: Mapping[Any, Any]) -> str:
    for one in _objects(record, "renditions"):
        if "html" in _string(one.get("mimetype")) + _string(one.get("contenttype")):
            return _string(one.get("href"))
    return ""


def _value(record: Mapping[Any, Any], one: str, many: str) -> str:
    """Return a field of version 1, or the main one of the list that version 2 makes of it."""
    if told := _string(record.get(one)):
        return told
    listed = _objects(record, many)
    main = [each for each in listed if _string(each.get("role")) in ("", "main", "headline")]
    return next((_string(each.get("value")) for each in (main or listed)), "")


def _objects(record: Mapping[Any, Any], name: str) -> list[Mapping[Any, Any]]:
    listed = record.get(name)
    if isinstance(listed, Mapping):
        listed = list(listed.values())  # version 1 names its renditions
    return [one for one in listed if isinstance(one, Mapping)] if isinstance(listed, list) else []


def _string(value: object) -> str:
    return printable(value) if isinstance(value, str) else ""
