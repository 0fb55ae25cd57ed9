"""NewsML-G2 and NITF: how agencies send their dispatches to newsrooms.

Each text item of a message is a report; its body is XHTML, NITF or plain text inside. Who sends
it is the outlet, and whom it names as the source of the information is a credit. A file that
defines entities is refused before it is parsed, because they can nest; nothing outside is loaded.

Pictures, packages and whatever else a message carries are not reports and are told as problems.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

import lxml.etree

from sayso.errors import InputError
from sayso.ids import make_id
from sayso.normalise.bylines import people_in
from sayso.normalise.compose import compose
from sayso.normalise.credits import credit_of_name, is_organisation
from sayso.normalise.draft import Draft, finish
from sayso.normalise.html import Block, blocks_of, line_of
from sayso.normalise.times import read_time
from sayso.normalise.urls import absolute
from sayso.records import Credit, Outlet, PartKind, Report

LONGEST_BODY = 2_000_000
"""Characters of one item's content; books are shorter."""

_DEFINES = re.compile(r"<!(?:ENTITY|DOCTYPE[^>]*\[)", re.I)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_HINTS: dict[str, PartKind] = {
    "byline": "byline",
    "dateline": "dateline",
    "hl2": "heading",
    "h2": "heading",
    "h3": "heading",
    "media-caption": "caption",
    "caption": "caption",
    "tagline": "credit",
    "distributor": "credit",
}
_PARAGRAPHS = frozenset({"p", "pre", "li", *_HINTS})
_ITEMS = ("newsItem", "nitf", "packageItem", "conceptItem", "knowledgeItem", "planningItem")


def read_newsml(
    text: str, *, place: str, now: datetime, outlet: Outlet | None = None
) -> Iterator[Report | InputError]:
    """Yield the report of each text item, or what is wrong with it."""
    root = _parse(text, place=place)
    items = [root] if _name(root) in _ITEMS else list(_all(root, *_ITEMS))
    if not items:
        raise InputError(place, "NewsML without an item")
    for number, item in enumerate(items, start=1):
        if _name(item) == "nitf" and _inside_item(item):
            continue
        thing = place if len(items) == 1 else f"{place} item {number}"
        try:
            yield finish(_draft(item, thing=thing, place=place), now=now, outlet=outlet)
        except InputError as error:
            yield error


def _parse(text: str, *, place: str) -> lxml.etree._Element:
    if _DEFINES.search(text):
        raise InputError(place, "refused: XML that defines entities")
    parser = lxml.etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True, recover=True,
    )  # fmt: skip
    body = _DECLARATION.sub("", text).lstrip().encode("utf-8", "replace")
    try:
        root = lxml.etree.fromstring(body, parser)
    except (lxml.etree.XMLSyntaxError, ValueError) as error:
        raise InputError(place, f"not NewsML that can be read: {error}") from error
    # A parser that recovers gives nothing for what is no XML at all.
    if root is None:
        raise InputError(place, "not NewsML that can be read")
    return root


def _draft(item: lxml.etree._Element, *, thing: str, place: str) -> Draft:
    kind = _name(item)
    if kind not in ("newsItem", "nitf"):
        raise InputError(thing, f"a {kind}, no report")
    shown = _attribute(item, "itemClass", "qcode").rpartition(":")[2]
    if shown not in ("", "text", "composite"):
        raise InputError(thing, f"a {shown}, no text")
    blocks = _body(item)
    headline = _first(item, "headline", "hl1", "title") or next(
        (block.text for block in blocks if block.tag in ("h1", "hl1")), ""
    )
    text, paragraphs = compose(
        headline, "", [one for one in blocks if one.tag not in ("h1", "hl1")]
    )
    if not text:
        raise InputError(thing, "has neither a headline nor a text")
    provider = _party(item, "provider") or _party(item, "publisher")
    guid = item.get("guid") or _attribute(item, "doc-id", "id-string")
    bylines = [_words(one) for one in _all(item, "by", "creator")]
    return Draft(
        place=place,
        text=text,
        paragraphs=paragraphs,
        headline=headline or None,
        key=make_id("newsml", guid) if guid else None,
        url=absolute(_attribute(item, "altId", "href") or _link(item), None),
        outlet=provider or None,
        published=read_time(
            _first(item, "firstCreated", "contentCreated", "versionCreated")
            or _attribute(item, "date.issue", "norm")
        ),
        updated=read_time(_first(item, "versionCreated") or ""),
        language=_attribute(item, "language", "tag") or item.get(_LANGUAGE),
        authors=tuple(dict.fromkeys(name for line in bylines for name in people_in(line))),
        credits=tuple(_credits(item, bylines)),
    )


_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def _body(item: lxml.etree._Element) -> list[Block]:
    """Return the paragraphs of an item's content, in whatever form it is carried."""
    for inline in _all(item, "inlineXML"):
        found = _paragraphs(inline)
        if found:
            return found
    for inline in _all(item, "inlineData"):
        words = _text(inline)[:LONGEST_BODY]
        if "html" in (inline.get("contenttype") or ""):
            return blocks_of(words)
        return [Block(line.strip(), "p") for line in words.splitlines() if line.strip()]
    return _paragraphs(item) if _name(item) == "nitf" else []


def _paragraphs(root: lxml.etree._Element) -> list[Block]:
    """Return the innermost boxes of text, in their order."""
    found: list[Block] = []
    room = LONGEST_BODY
    body = next(iter(_all(root, "body.content", "body")), root)
    heads = [one for one in _all(root, "hl1", "byline", "dateline") if not _holds(body, one)]
    for element in (*heads, *body.iter(lxml.etree.Element)):
        name = _name(element)
        if name in ("h1", "hl1") or (name in _PARAGRAPHS and not _has_paragraphs(element)):
            words = line_of(_words(element))
            room -= len(words)
            if words and room > 0 and not _within_taken(element):
                found.append(Block(words, name, _HINTS.get(name)))
    return found


def _has_paragraphs(element: lxml.etree._Element) -> bool:
    return any(_name(one) in ("p", "li") for one in element.iterdescendants(lxml.etree.Element))


def _within_taken(element: lxml.etree._Element) -> bool:
    """Tell whether a box around `element` is taken as one paragraph already."""
    return any(
        _name(box) in _PARAGRAPHS and not _has_paragraphs(box) for box in element.iterancestors()
    )


def _holds(box: lxml.etree._Element, element: lxml.etree._Element) -> bool:
    return any(one is box for one in element.iterancestors())


def _inside_item(element: lxml.etree._Element) -> bool:
    return any(_name(one) in _ITEMS for one in element.iterancestors())


def _credits(item: lxml.etree._Element, bylines: list[str]) -> Iterator[Credit]:
    for name, reason in (
        (_party(item, "infoSource"), "information source in NewsML"),
        (_first(item, "creditline"), "credit line in NewsML"),
        (_party(item, "copyrightHolder"), "copyright holder in NewsML"),
        *((line, "byline in NewsML") for line in bylines),
    ):
        known = credit_of_name(name, reason=reason)
        if known:
            yield from known
        elif name and "byline" not in reason and is_organisation(name):
            yield Credit(name, None, reason)


def _party(item: lxml.etree._Element, name: str) -> str:
    """Return who is named as `name`: by words, by literal, or by the end of a code."""
    for element in _all(item, name):
        code = element.get("qcode") or element.get("uri") or ""
        told = line_of(_first(element, "name")) or element.get("literal") or ""
        if told or code:
            return told or re.split(r"[:/]", code)[-1]
    return ""


def _link(item: lxml.etree._Element) -> str | None:
    links = (one.get("href") for one in _all(item, "link", "pubHistory"))
    return next((link for link in links if link), None)


def _first(item: lxml.etree._Element, *names: str) -> str:
    """Return the words of the first element of the first of `names` that has any."""
    for name in names:
        for element in _all(item, name):
            if words := _words(element):
                return words
    return ""


def _words(element: lxml.etree._Element) -> str:
    return " ".join(_text(element).split())


def _text(element: lxml.etree._Element) -> str:
    return "".join(str(piece) for piece in element.itertext())


def _attribute(item: lxml.etree._Element, name: str, attribute: str) -> str:
    values = (one.get(attribute) for one in _all(item, name))
    return next((value for value in values if value), "")


def _all(root: lxml.etree._Element, *names: str) -> Iterator[lxml.etree._Element]:
    return (one for one in root.iter(lxml.etree.Element) if _name(one) in names)


def _name(element: lxml.etree._Element) -> str:
    """Return an element's name without its namespace: each version of the format has another."""
    return str(element.tag).rpartition("}")[2]
