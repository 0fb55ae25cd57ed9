"""OPML, the lists of feeds that readers exchange, to subscriptions. After OPML 2.0 (2007)."""

from __future__ import annotations

from datetime import datetime

from lxml import etree

from sayso.errors import InputError
from sayso.records import Outlet, Subscription


def parse_opml(body: bytes, *, name: str, now: datetime) -> list[Subscription]:
    """Return the feeds that an OPML file lists, each once, in its order.

    Raises InputError for what is not OPML. Outlines without an address are folders.
    """
    # No entity is expanded and nothing is fetched, whatever the file declares.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(name, f"not OPML: {error}") from error
    if root is None or etree.QName(root).localname.lower() != "opml":
        raise InputError(name, "not OPML: its first element is not <opml>")
    found: dict[str, Subscription] = {}
    for outline in root.iter("outline"):
        url = (outline.get("xmlUrl") or outline.get("xmlurl") or "").strip()
        if not url.startswith(("http://", "https://")) or url in found:
            continue
        title = (outline.get("title") or outline.get("text") or "").strip()
        outlet = None
        if outline.get("saysoOutlet"):
            outlet = Outlet(
                name=outline.get("saysoOutlet", ""),
                url=outline.get("htmlUrl"),
                owner=outline.get("saysoOwner"),
                country=outline.get("saysoCountry"),
                language=outline.get("language"),
            )
        found[url] = Subscription(
            url=url,
            name=title,
            outlet=outlet,
            added=now,
            paused=outline.get("saysoPaused") == "yes",
            pages=outline.get("saysoPages") == "yes",
        )
    return list(found.values())
