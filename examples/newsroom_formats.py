"""The invented newsroom as its outlets publish it: feeds, pages, plain text and JSON lines.

Each function takes dispatches and returns the bytes of files; the words of a paragraph reach
the file unbroken, so that gold can find them there. Nothing here knows of gold or of the disk.
"""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from string import Template

from newsroom_source import HERE, Dispatch, Paragraph, local_day

TAGS = {"b": ("<b>", "</b>"), "i": ("<em>", "</em>"), "l": ('<a href="/more">', "</a>")}


def files_of(dispatches: dict[str, Dispatch]) -> dict[str, tuple[str, list[Dispatch]]]:
    """Return each file's path under `wire/`, its text and the dispatches that it holds."""
    found: dict[str, tuple[str, list[Dispatch]]] = {}
    for path, held in sorted(_by_file(dispatches.values()).items()):
        write = WRITERS[held[0].house.format]
        found[path] = (write(held, dispatches), held)
    return found


def outlet_file(dispatch: Dispatch) -> str:
    """Return the outlet's particulars, as a folder reader takes them from `outlet.toml`."""
    house = dispatch.house
    rows = {
        "name": house.name,
        "url": f"https://{house.domain}/",
        "owner": house.owner,
        "country": house.country,
        "language": house.language,
    }
    return "".join(f"{name} = {json.dumps(value)}\n" for name, value in rows.items() if value)


def url_of(dispatch: Dispatch, dispatches: dict[str, Dispatch]) -> str:
    """Return the address; an edited dispatch keeps the one that it had."""
    first = dispatches[dispatch.version_of] if dispatch.version_of else dispatch
    return f"https://{first.house.domain}/{local_day(first).replace('-', '/')}/{first.slug}"


def plain_text(dispatch: Dispatch) -> str:
    """Return the dispatch as a plain text file: paragraphs with an empty line between them."""
    return "\n\n".join(paragraph.text for paragraph in dispatch.paragraphs) + "\n"


def _by_file(dispatches: Iterable[Dispatch]) -> dict[str, list[Dispatch]]:
    files: dict[str, list[Dispatch]] = defaultdict(list)
    for dispatch in dispatches:
        files[f"{dispatch.house.folder}/{_file_name(dispatch)}"].append(dispatch)
    return files


def _file_name(dispatch: Dispatch) -> str:
    day = local_day(dispatch)
    version = "-later" if dispatch.version_of else ""
    match dispatch.house.format:
        case "rss":
            return f"{day}{version}.rss" if dispatch.house.key != "bel" else f"{day}.xml"
        case "atom":
            return f"{day}{version}.atom"
        case "jsonfeed":
            return f"{day}{version}.json"
        case "jsonl":
            return "archive.jsonl"
        case "page":
            return f"{dispatch.slug}{version}.html"
    if dispatch.dated == "none":
        return f"{dispatch.slug}.txt"
    stamp = dispatch.time.astimezone(UTC)
    return f"{stamp:%Y-%m-%dT%H%MZ}-{dispatch.slug}.txt"


def _rss(held: list[Dispatch], dispatches: dict[str, Dispatch]) -> str:
    house = held[0].house
    items = []
    for dispatch in reversed(held):  # newest first, as feeds are
        url = url_of(dispatch, dispatches)
        credit = dispatches[dispatch.fields["from"]].house if _told_in_feed(dispatch) else None
        full = house.key in ("mer", "lag")
        items.append(
            "<item>\n"
            f"<title>{escape(dispatch.headline, quote=False)}</title>\n"
            f"<link>{url}</link>\n"
            f'<guid isPermaLink="true">{url}</guid>\n'
            + (
                f"<pubDate>{_mail_date(dispatch.dated)}</pubDate>\n"
                if dispatch.dated != "none"
                else ""
            )
            + (f"<dc:creator>{escape(by)}</dc:creator>\n" if (by := _byline(dispatch)) else "")
            + (
                f'<source url="https://{credit.domain}/rss">{credit.name}</source>\n'
                if credit
                else ""
            )
            + (
                f"<description>{escape(_lead(dispatch), quote=False)}</description>\n"
                f"<content:encoded><![CDATA[{_html(dispatch)}]]></content:encoded>\n"
                if full
                else f"<description>{escape(_html(dispatch), quote=False)}</description>\n"
            )
            + "</item>\n"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">\n<channel>\n'
        f"<title>{house.name}</title>\n<link>https://{house.domain}/</link>\n"
        f"<description>News from {house.name}</description>\n"
        f"<language>{house.language}</language>\n"
        f"<ttl>15</ttl>\n{''.join(items)}</channel>\n</rss>\n"
    )


def _told_in_feed(dispatch: Dispatch) -> bool:
    """Tell whether the feed names the origin in `<source>`, which few do."""
    return dispatch.fields.get("feed-source") == "yes"


def _atom(held: list[Dispatch], dispatches: dict[str, Dispatch]) -> str:
    house = held[0].house
    entries = []
    for dispatch in reversed(held):
        url = url_of(dispatch, dispatches)
        first = dispatches[dispatch.version_of] if dispatch.version_of else dispatch
        by = _byline(dispatch) or house.name
        entries.append(
            f"<entry>\n<id>tag:{house.domain},2025:{uuid.uuid5(uuid.NAMESPACE_URL, url)}</id>\n"
            f'<title>{escape(dispatch.headline, quote=False)}</title>\n<link rel="alternate"'
            f' type="text/html" href="{url}"/>\n<published>{first.dated}</published>\n'
            f"<updated>{dispatch.dated}</updated>\n<author><name>{escape(by)}</name></author>\n"
            f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{_html(dispatch)}'
            "</div></content>\n</entry>\n"
        )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"'
        f' xml:lang="{house.language}">\n<title>{house.name}</title>\n'
        f"<id>https://{house.domain}/feed</id>\n"
        f'<link rel="self" href="https://{house.domain}/feed.atom"/>\n'
        f"<updated>{held[-1].dated}</updated>\n{''.join(entries)}</feed>\n"
    )


def _json_feed(held: list[Dispatch], dispatches: dict[str, Dispatch]) -> str:
    house = held[0].house
    items = [
        {
            "id": url_of(dispatch, dispatches),
            "url": url_of(dispatch, dispatches),
            "title": dispatch.headline,
            "content_html": _html(dispatch),
            "date_published": dispatch.dated,
            "language": house.language,
            "authors": [{"name": by}] if (by := _byline(dispatch)) else [],
        }
        for dispatch in reversed(held)
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": house.name,
        "home_page_url": f"https://{house.domain}/",
        "feed_url": f"https://{house.domain}/feed.json",
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def _json_lines(held: list[Dispatch], dispatches: dict[str, Dispatch]) -> str:
    lines = []
    for dispatch in held:
        row = {
            "id": dispatch.key,
            "url": url_of(dispatch, dispatches),
            "outlet": dispatch.house.name,
            "published": dispatch.dated,
            "headline": dispatch.headline,
            "text": "\n\n".join(paragraph.text for paragraph in dispatch.paragraphs[1:]),
        }
        lines.append(json.dumps(row, ensure_ascii=False) + "\n")
    return "".join(lines)


def _texts(held: list[Dispatch], _: dict[str, Dispatch]) -> str:
    if len(held) != 1:
        raise ValueError(f"two dispatches for one text file: {[d.key for d in held]}")
    return plain_text(held[0])


def _page(held: list[Dispatch], dispatches: dict[str, Dispatch]) -> str:
    (dispatch,) = held
    first = dispatches[dispatch.version_of] if dispatch.version_of else dispatch
    template = Template((HERE / "pages" / f"{dispatch.house.page}.html").read_text("utf-8"))
    headline, url = escape(dispatch.headline), url_of(dispatch, dispatches)
    live = any(paragraph.kind == "heading" for paragraph in dispatch.paragraphs)
    about = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting" if live else "NewsArticle",
        "headline": dispatch.headline,
        "url": url,
        "datePublished": dispatch.fields.get("redated", first.dated),
        "dateModified": dispatch.dated,
        "author": {"@type": "Person", "name": _byline(dispatch)},
        "publisher": {"@type": "Organization", "name": dispatch.house.name},
    }
    edited = f'<meta property="article:modified_time" content="{dispatch.dated}">'
    return template.substitute(
        headline=headline,
        url=url,
        slug=dispatch.slug,
        byline=escape(_byline(dispatch) or f"{dispatch.house.name} staff"),
        published=first.dated,
        published_words=f"{datetime.fromisoformat(first.dated):%-d %B %Y, %H:%M}",
        modified_meta=edited if dispatch.version_of else "",
        jsonld=json.dumps(about, ensure_ascii=False).replace("</", "<\\/"),
        description=escape(_lead(dispatch)),
        body=_html(dispatch),
    )


def _html(dispatch: Dispatch) -> str:
    return "\n".join(
        _element(paragraph)
        for paragraph in dispatch.paragraphs
        if paragraph.kind not in ("headline", "byline")
    )


def _element(paragraph: Paragraph) -> str:
    words = "".join(_inline(paragraph))
    match paragraph.kind:
        case "caption":
            return (
                f'<figure><img src="/img/p.jpg" alt=""/><figcaption>{words}</figcaption></figure>'
            )
        case "promotion":
            return f'<aside class="promo-box"><p>{words}</p></aside>'
        case "see-also":
            return f'<p class="see-also"><a href="/more">{words}</a></p>'
        case "heading":
            return f"<h2>{words}</h2>"
        case "body":
            return f"<p>{words}</p>"
    return f'<p class="{paragraph.kind}">{words}</p>'


def _inline(paragraph: Paragraph) -> Iterator[str]:
    """Yield the words with bold, italics and links set where they are marked."""
    at = 0
    for mark in paragraph.marks:
        if mark.tag.role in TAGS:
            before, after = TAGS[mark.tag.role]
            yield escape(paragraph.text[at : mark.start], quote=False)
            yield before + escape(paragraph.text[mark.start : mark.end], quote=False) + after
            at = mark.end
    yield escape(paragraph.text[at:], quote=False)


def _byline(dispatch: Dispatch) -> str:
    for paragraph in dispatch.paragraphs:
        if paragraph.kind == "byline":
            return paragraph.text.removeprefix("By ")
    return ""


def _lead(dispatch: Dispatch) -> str:
    return next(p.text for p in dispatch.paragraphs if p.kind in ("body", "standfirst"))


def _mail_date(iso: str) -> str:
    when = datetime.fromisoformat(iso)
    if when.tzinfo is None:  # some feeds forget the zone
        return f"{when:%a, %d %b %Y %H:%M:%S}"
    return format_datetime(when)


WRITERS = {
    "rss": _rss,
    "atom": _atom,
    "jsonfeed": _json_feed,
    "jsonl": _json_lines,
    "text": _texts,
    "page": _page,
}
