"""Where a site says that its feeds are: the links in the head of its page.

Reads no more than the page; what stands at the addresses is for whoever fetches them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from sayso.normalise.urls import absolute

USUAL_PLACES = (
    "/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feeds/all.rss",
    "/news/rss.xml", "/feed.json",
)  # fmt: skip
"""Where feeds stand on sites that do not say so."""

_LINK = re.compile(r"<(?:link|a)\b[^<>]{0,2000}>", re.I)
_ATTRIBUTE = re.compile(
    r"""\b(rel|type|href|title)\s*=\s*(?:"([^"]{0,1000})"|'([^']{0,1000})'|([^\s"'>]{1,1000}))""",
    re.I,
)
_KINDS = ("application/rss+xml", "application/atom+xml", "application/feed+json",
          "application/rdf+xml", "text/rss")  # fmt: skip
_NOT_THE_NEWS = re.compile(r"\bcomments?\b|kommentare|commentaires|comentarios", re.I)


@dataclass(frozen=True, slots=True)
class Alternate:
    """A feed that a page names."""

    url: str
    title: str


def find_alternates(page: str, *, base: str) -> list[Alternate]:
    """Return the feeds that `page` names, each once; those of comments last."""
    found: dict[str, Alternate] = {}
    for link in _LINK.finditer(page):
        told = {
            one[1].lower(): unescape(one[2] or one[3] or one[4] or "")
            for one in _ATTRIBUTE.finditer(link[0])
        }
        if "alternate" not in told.get("rel", "").lower().split():
            continue
        if told.get("type", "").split(";")[0].strip().lower() not in _KINDS:
            continue
        url = absolute(told.get("href"), base)
        if url is not None:
            found.setdefault(url, Alternate(url, told.get("title", "").strip()))
    return sorted(found.values(), key=lambda one: bool(_NOT_THE_NEWS.search(one.title + one.url)))
