"""From what a format's reader found to a report: the last steps, the same for every format.

A draft holds what the format says; what the words say (parts, credits, language,
a headline that nobody marked) is found here, once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from sayso.errors import InputError
from sayso.ids import make_id
from sayso.normalise.bylines import people_in
from sayso.normalise.credits import find_credits, once
from sayso.normalise.language import language_of
from sayso.normalise.parts import Paragraph, find_parts, see_also
from sayso.normalise.times import UNDATED, Stamp, stamp_in_address, weigh
from sayso.normalise.urls import canonical, host
from sayso.records import Credit, Outlet, Part, Report, ReportId

NO_OUTLET = "unknown"
LONGEST = 1_000_000
"""Characters of a report, at most: a long book has as many. What is longer is data, not news, and
would keep a desk from all else for minutes."""

_LONGEST_HEADLINE = 120  # characters of a first sentence that stands in for a headline
_SENTENCE = re.compile(r".+?[.!?…。！？][\"”’»)]*(?=\s|$)", re.S)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What one format's reader found of one report."""

    place: str
    text: str
    paragraphs: Sequence[Paragraph]
    headline: str | None = None  # None: the text has to show it
    headline_first: bool = False  # the first paragraph may be the headline
    id: str | None = None
    key: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: Stamp = UNDATED
    updated: Stamp = UNDATED
    datings: tuple[Stamp, ...] = ()  # other things that say when it was published
    language: str | None = None
    authors: tuple[str, ...] = ()
    credits: tuple[Credit, ...] = ()  # those that stand outside the text
    see_also: tuple[str, ...] = ()


def finish(draft: Draft, *, now: datetime, outlet: Outlet | None = None) -> Report:
    """Return the report that `draft` makes; what is `outlet` was told and wins.

    Raises InputError for a text that is too long to be a report.
    """
    text = draft.text
    if len(text) > LONGEST:
        reason = f"{len(text):,} characters: a report has {LONGEST:,} at most"
        raise InputError(draft.place, reason)
    parts = find_parts(text, draft.paragraphs, headline_first=draft.headline_first)
    headline = (draft.headline or "").strip() or _headline(text, parts)
    url = canonical(draft.url) if draft.url else None
    name = outlet.name if outlet else _outlet(draft, url)
    # Outlets file a report under its day, and a mistyped date leaves that address as it was.
    in_address = stamp_in_address(url)
    dated = draft.published if draft.published.when else in_address
    published = weigh(dated, now=now, others=(*draft.datings, in_address))
    key = draft.key or url or make_id("place", draft.place)
    authors = draft.authors or tuple(
        person
        for part in parts
        if part.kind == "byline"
        for person in people_in(text[part.span.start : part.span.end])
    )
    credits = [*find_credits(text, parts), *draft.credits]
    return Report(
        id=ReportId(draft.id or make_id("report", name, key, headline, published.when, text)),
        key=key,
        text=text,
        headline=headline,
        outlet=name,
        url=draft.url,
        published=published.when,
        updated=draft.updated.when,
        language=_language(
            text, parts, told=draft.language or (outlet.language if outlet else None)
        ),
        authors=tuple(dict.fromkeys(authors)),
        credits=once(credits, outlet=name),
        see_also=tuple(dict.fromkeys((*see_also(text, parts), *draft.see_also))),
        parts=parts,
        doubts=published.doubts,
        source=draft.place,
        publisher=outlet,
    )


def _headline(text: str, parts: tuple[Part, ...]) -> str:
    """Return the headline in the text, or else the beginning of its first sentence."""
    for kind in ("headline", "body"):
        for part in parts:
            if part.kind == kind:
                words = text[part.span.start : part.span.end]
                return words if kind == "headline" else _beginning(words)
    return _beginning(text.strip())


def _beginning(words: str) -> str:
    sentence = _SENTENCE.match(words)
    first = " ".join((sentence[0] if sentence else words).split())
    if len(first) <= _LONGEST_HEADLINE:
        return first
    return first[:_LONGEST_HEADLINE].rsplit(" ", 1)[0] + " …"


def _outlet(draft: Draft, url: str | None) -> str:
    if draft.outlet and draft.outlet.strip():
        return draft.outlet.strip()
    for address in (url, draft.place):
        if named := host(address):
            return named
    return PurePath(draft.place).parent.name or NO_OUTLET


def _language(text: str, parts: tuple[Part, ...], *, told: str | None) -> str:
    body = "\n".join(
        text[part.span.start : part.span.end]
        for part in parts[:12]
        if part.kind in ("body", "headline")
    )
    return language_of(body, told=told)
