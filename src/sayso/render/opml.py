"""Subscriptions to OPML 2.0. What only sayso knows stands in attributes of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from sayso.records import Outlet, Subscription

_UNWRITABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold, and the name of a feed may."""


def render_opml(subscriptions: Iterable[Subscription]) -> str:
    """Return an OPML file that lists `subscriptions`."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = "Sources of a sayso desk"
    body = etree.SubElement(root, "body")
    for one in subscriptions:
        told = {
            "type": "rss",
            "text": one.name or one.url,
            "title": one.name or one.url,
            "xmlUrl": one.url,
        }
        outlet = one.outlet or Outlet(name="")
        more = {
            "htmlUrl": outlet.url,
            "language": outlet.language,
            "saysoOutlet": outlet.name,
            "saysoOwner": outlet.owner,
            "saysoCountry": outlet.country,
            "saysoPages": "yes" if one.pages else None,
            "saysoPaused": "yes" if one.paused else None,
        }
        told |= {name: value for name, value in more.items() if value}
        plain = {name: _UNWRITABLE.sub("\ufffd", value) for name, value in told.items()}
        etree.SubElement(body, "outline", plain)
    return etree.tostring(root, pretty_print=True, encoding="unicode")
