"""What a page says of itself: JSON-LD, OpenGraph and other meta tags, the address it prefers.

Nothing is weighed here: all datings come out, and `sayso.normalise.times` doubts them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import lxml.html
import msgspec
from tld import get_fld

from sayso.normalise.html import line_of
from sayso.normalise.times import UNDATED, Stamp, read_time
from sayso.normalise.urls import absolute, host

_ARTICLE = re.compile(r"(?:\w*Article|BlogPosting|LiveBlogPosting|Report|AnalysisNewsArticle)$")
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "parsely-pub-date", "sailthru.date",
    "datepublished", "publishdate", "pubdate", "publish-date", "dc.date.issued", "dcterms.issued",
    "dc.date", "dcterms.date", "cxenseparse:recs:publishtime", "date",
)  # fmt: skip
_UPDATED = ("article:modified_time", "og:updated_time", "lastmod", "datemodified", "last-modified")
_AUTHOR = ("author", "article:author", "parsely-author", "dc.creator", "sailthru.author", "byl")
_DEEPEST = 8  # levels of JSON-LD that are looked through
_MOST = 2_000  # JSON-LD objects that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a page says of itself; empty where it says nothing."""

    headline: str = ""
    description: str = ""
    outlet: str = ""
    address: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    published: Stamp = UNDATED
    updated: Stamp = UNDATED
    datings: tuple[Stamp, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()  # who else is named as its origin, and by what
    is_article: bool = False


def read_metadata(tree: lxml.html.HtmlElement, *, url: str | None) -> Metadata:
    """Return what the page in `tree` says of itself."""
    metas = _metas(tree)
    article = next(_articles(tree), {})
    base = url
    links = [link for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    canonical = absolute(links[0].get("href"), base) if links else None
    stamps = [
        stamp
        for words in (
            _string(article.get("datePublished")),
            *(metas.get(name, "") for name in _PUBLISHED),
            *_times(tree),
        )
        if (stamp := read_time(words)).when is not None
    ]
    updated = (_string(article.get("dateModified")), *(metas.get(name, "") for name in _UPDATED))
    return Metadata(
        headline=line_of(_string(article.get("headline")) or metas.get("og:title", "")),
        description=line_of(metas.get("og:description", "") or metas.get("description", "")),
        outlet=line_of(metas.get("og:site_name", "") or _name(article.get("publisher"))),
        address=canonical or absolute(metas.get("og:url"), base),
        language=tree.get("lang") or metas.get("content-language") or None,
        authors=_authors(article, metas),
        published=stamps[0] if stamps else UNDATED,
        updated=next((s for words in updated if (s := read_time(words)).when), UNDATED),
        datings=tuple(stamps[1:]),
        sources=tuple(_sources(article, metas, canonical, url)),
        is_article=bool(article) or metas.get("og:type", "").lower() == "article",
    )


def _sources(
    article: Mapping[str, Any], metas: Mapping[str, str], canonical: str | None, url: str | None
) -> Iterator[tuple[str, str]]:
    """Yield whom the page names as the origin of what it prints, and in which field."""
    for field in ("sourceOrganization", "isBasedOn", "sdPublisher"):
        told = article.get(field)
        for one in told if isinstance(told, list) else [told]:
            name = _name(one) or (_name(one.get("publisher")) if isinstance(one, Mapping) else "")
            if name:
                yield host(name) or line_of(name), f"{field} of the page"
    for field in ("syndication-source", "original-source", "dc.source", "dcterms.source"):
        if told := metas.get(field):
            yield host(told) or line_of(told), f"{field} of the page"
    # The address that a page prefers is its own, unless it was published elsewhere first.
    home, elsewhere = host(url), host(canonical)
    if home and elsewhere and not _one_site(home, elsewhere):
        yield elsewhere, "canonical address of the page"


def _one_site(one: str, other: str) -> bool:
    """Tell whether two hosts are of one registrable domain, as m.x.example and amp.x.example."""
    first, second = (
        get_fld(each, fix_protocol=True, fail_silently=True) or ".".join(each.split(".")[-2:])
        for each in (one, other)
    )
    return first == second


def _metas(tree: lxml.html.HtmlElement) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        name = name or meta.get("http-equiv")
        content = (meta.get("content") or "").strip()
        if name and content:
            metas.setdefault(name.strip().lower(), content)
    return metas


def _times(tree: lxml.html.HtmlElement) -> Iterator[str]:
    """Yield the times that the markup says are those of publication."""
    for element in tree.iter("time", "span", "p", "div"):
        if element.get("itemprop") == "datePublished" or element.get("pubdate") is not None:
            yield element.get("datetime") or element.get("content") or element.text_content()


def _articles(tree: lxml.html.HtmlElement) -> Iterator[Mapping[str, Any]]:
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json" or not script.text:
            continue
        try:
            value = msgspec.json.decode(script.text.encode("utf-8", "replace"))
        except (msgspec.DecodeError, RecursionError):
            try:
                # Line breaks inside strings are wrong and common.
                value = json.loads(script.text, strict=False)
            except (ValueError, RecursionError):
                continue
        for found in _objects(value):
            kinds = found.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(kind, str) and _ARTICLE.match(kind) for kind in kinds):
                yield found


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    waiting = [(value, 0)]
    seen = 0
    while waiting and seen < _MOST:
        one, depth = waiting.pop(0)
        seen += 1
        if isinstance(one, Mapping):
            yield one
            inside = [one[name] for name in ("@graph", "mainEntity") if name in one]
        else:
            inside = one if isinstance(one, list) else []
        if depth < _DEEPEST:
            waiting += [(each, depth + 1) for each in inside]


def _authors(article: Mapping[str, Any], metas: Mapping[str, str]) -> tuple[str, ...]:
    listed = article.get("author") or article.get("creator")
    names = [_name(one) for one in (listed if isinstance(listed, list) else [listed])]
    if not any(names):
        names = [metas[name] for name in _AUTHOR if name in metas][:1]
    return tuple(dict.fromkeys(line_of(name) for name in names if name and "://" not in name))


def _name(value: Any) -> str:
    if isinstance(value, Mapping):
        return _string(value.get("name"))
    return _string(value)


def _string(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return value.strip() if isinstance(value, str) else ""
