"""Atom (RFC 4287) and JSON Feed 1.1 of a briefing, one of its sections, or a search.

An entry is a statement, or for a search a report. Its id is that of the statement and stays the
same when a further outlet carries it, so that a feed reader shows a statement once; when it is
crossed out, its entry is updated and says so. The newest entries come first.

Rule: words of a report are escaped or text; nothing in an entry runs or loads anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Any

from lxml import etree

from sayso.brief.records import Briefing, Line
from sayso.records import Report
from sayso.render import phrases
from sayso.render.jsonl import to_line

ATOM = "http://www.w3.org/2005/Atom"
MOST_ENTRIES = 100
TITLE_LENGTH = 120
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands where a feed must give a time and there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One entry of a feed."""

    id: str
    address: str
    title: str
    html: str  # escaped by us
    text: str
    author: str
    published: datetime | None
    updated: datetime
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed before it has a form."""

    id: str
    title: str
    about: str
    home: str  # the page that it is the feed of
    updated: datetime
    entries: tuple[FeedEntry, ...]


def briefing_feed(briefing: Briefing, *, home: str, section: str | None = None) -> Feed | None:
    """Return the feed of a briefing, or of one section of it; None when there is no such one.

    `home` is the absolute address of the page.
    """
    lines: Sequence[Line] = briefing.lines
    title, about = briefing.title, briefing.belongs
    if section is not None:
        held = next((one for one in briefing.sections if one.name == section), None)
        if held is None:
            return None
        wanted = set(held.lines)
        lines = [line for line in lines if line.id in wanted]
        title, about = f"{title}: {held.name}", held.about
    entries = sorted(
        (_line_entry(line, home) for line in lines),
        key=lambda entry: (entry.updated, entry.id),
        reverse=True,
    )[:MOST_ENTRIES]
    return Feed(
        id=home + (f"#{section}" if section is not None else ""),
        title=title,
        about=about,
        home=home,
        updated=max((entry.updated for entry in entries), default=briefing.updated or NEVER),
        entries=tuple(entries),
    )


def _line_entry(line: Line, home: str) -> FeedEntry:
    words = " … ".join(line.quote.words)
    who = phrases.who(line)
    shown = f"<del>{escape(words)}</del>" if line.struck else escape(words)
    said = " · ".join(part for part in (who, phrases.said_how(line)) if part)
    standing = [phrases.modality(line), phrases.state(line)]
    if line.struck:
        standing.append(f"crossed out: {line.struck}")
    support = (
        f"{phrases.sources(line.independence)} · {line.outlet} {phrases.clock(line.published)}"
    )
    notes = [said, *(note for note in standing if note), support]
    return FeedEntry(
        id=f"urn:sayso:statement:{line.statement}",
        address=f"{home}#{line.id}",
        title=f"{'Crossed out: ' if line.struck else ''}{who}: {_short(words)}",
        html=f"<blockquote>{shown}</blockquote>"
        + "".join(f"<p>{escape(note)}</p>" for note in notes),
        text="\n".join([words, *notes]),
        author=who,
        published=line.published,
        updated=line.at or line.published or NEVER,
        tags=(line.state, line.manner),
    )


def search_feed(words: str, reports: Sequence[Report], *, home: str, desk: str) -> Feed:
    """Return the feed of a search; `desk` is the address of the desk, under which reports are."""
    entries = [
        FeedEntry(
            id=f"urn:sayso:report:{report.id}",
            address=f"{desk}/report/{report.id}",
            title=report.headline or "without a headline",
            html=f"<p>{escape(report.outlet)}</p>",
            text=report.outlet,
            author=report.outlet,
            published=report.published,
            updated=report.updated or report.published or NEVER,
        )
        for report in reports[:MOST_ENTRIES]
    ]
    return Feed(
        id=home,
        title=f"Search: {words}",
        about="Reports that hold all these words",
        home=home,
        updated=max((entry.updated for entry in entries), default=NEVER),
        entries=tuple(entries),
    )


def render_atom(feed: Feed, *, address: str) -> bytes:
    """Return `feed` as Atom; `address` is where it itself is."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})  # type: ignore[dict-item]  # the stubs know no default

    def add(parent: etree._Element, name: str, text: str | None = None, **given: str) -> Any:
        attributes = {key: phrases.visible(value) for key, value in given.items()}
        made = etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
        made.text = None if text is None else phrases.visible(text)
        return made

    add(root, "id", feed.id)
    add(root, "title", feed.title)
    if feed.about:
        add(root, "subtitle", feed.about)
    add(root, "updated", _time(feed.updated))
    add(root, "link", rel="self", type="application/atom+xml", href=address)
    add(root, "link", rel="alternate", type="text/html", href=feed.home)
    add(root, "generator", "sayso")
    for entry in feed.entries:
        made = add(root, "entry")
        add(made, "id", entry.id)
        add(made, "title", entry.title)
        add(made, "link", rel="alternate", type="text/html", href=entry.address)
        add(add(made, "author"), "name", entry.author)
        if entry.published is not None:
            add(made, "published", _time(entry.published))
        add(made, "updated", _time(entry.updated))
        for tag in entry.tags:
            add(made, "category", term=tag)
        add(made, "content", entry.html, type="html")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))


def render_json_feed(feed: Feed, *, address: str) -> bytes:
    """Return `feed` as JSON Feed 1.1; `address` is where it itself is."""
    items = [
        {
            "id": entry.id,
            "url": entry.address,
            "title": entry.title,
            "content_html": entry.html,
            "content_text": entry.text,
            **({"date_published": _time(entry.published)} if entry.published else {}),
            "date_modified": _time(entry.updated),
            "authors": [{"name": entry.author}],
            "tags": list(entry.tags),
        }
        for entry in feed.entries
    ]
    whole = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.about,
        "home_page_url": feed.home,
        "feed_url": address,
        "items": items,
    }
    return to_line(whole).encode()


def _time(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _short(words: str) -> str:
    return words if len(words) <= TITLE_LENGTH else words[: TITLE_LENGTH - 1].rstrip() + "…"
