"""Subscriptions to OPML 2.0. What only sayso knows stands in attributes of its own."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from sayso.records import Subscription


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
        if one.outlet is not None:
            told |= {
                name: value
                for name, value in (
                    ("htmlUrl", one.outlet.url),
                    ("saysoOutlet", one.outlet.name),
                    ("saysoOwner", one.outlet.owner),
                    ("saysoCountry", one.outlet.country),
                )
                if value
            }
        etree.SubElement(body, "outline", told)
    return etree.tostring(root, pretty_print=True, encoding="unicode")
