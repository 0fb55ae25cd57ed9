"""Web pages: the main text is found by trafilatura, the words are taken from the page.

The extractor says which paragraphs are the article; it also tidies characters that we
keep. So each paragraph it returns is looked up in the page, and what stands there is
taken, with what its tags say of it. Between the first and the last of them the captions
and the times of a live blog's entries are taken too.
A page on which no article is found is an InputError. What a page hides stays hidden.
"""

from __future__ import annotations

import copy
import dataclasses
import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

import lxml.etree
import lxml.html
from htmldate import find_date
from trafilatura import bare_extraction
from trafilatura.settings import Document

from sayso.errors import InputError
from sayso.normalise.bylines import people_in
from sayso.normalise.compose import compose
from sayso.normalise.conventions import CLOCK
from sayso.normalise.credits import credit_of_name, is_organisation
from sayso.normalise.draft import Draft, finish
from sayso.normalise.html import Block, is_signature, parse_html, walk
from sayso.normalise.metadata import Metadata, read_metadata
from sayso.normalise.parts import is_byline
from sayso.normalise.times import Stamp, read_time, stamp_in_address
from sayso.normalise.urls import canonical, host
from sayso.records import Credit, Outlet, Report

LARGEST = 5_000_000
"""Characters of a page; the largest of news outlets have two million, most of them scripts."""

_ENOUGH = 80  # characters; a page with fewer has a video or a form where its article would be
_MOST_LINKED = 0.6  # share of the characters; a page of links is an index, not an article
_SITE = re.compile(r"\s+(?:[|–—·•»]|-|::)\s+[^|–—·•»]{2,40}$")
_LONGEST_HEADLINE = 500
_SHORTEST_HEADLINE = 12  # characters; a shorter h1 is a section's or the outlet's name
_ENDS_PARAGRAPH = frozenset("p head item quote list cell row table lb".split())
_NOT_SPACE = re.compile(r"\S+")


def read_page(
    markup: str, *, place: str, url: str | None, now: datetime, outlet: Outlet | None = None
) -> Report:
    """Return the report on a page, or raise InputError."""
    if len(markup) > LARGEST:
        raise InputError(
            place,
            f"too large for a page: {len(markup) / 1e6:,.1f} million characters,"
            f" the limit is {LARGEST / 1e6:,.0f}",
        )
    tree = parse_html(markup)
    if tree is None:
        raise InputError(place, "no article found: the page is empty")
    about = read_metadata(tree, url=url)
    if _is_front(about, url):
        raise InputError(place, "no article found: it is a site's front page")
    headline = _headline(tree, about)
    story = _story(tree, headline, place=place)
    words = sum(len(block.text) for block in story)
    linked = sum(block.linked for block in story)
    if words < _ENOUGH:
        raise InputError(place, "no article found on the page")
    if linked > words * _MOST_LINKED and not about.is_article:
        raise InputError(place, "no article found: the page is a list of links")
    text, paragraphs = compose(headline, "", story)
    names, credits = _people(about.authors)
    address = _address(about, url)
    published = _published(about, address or url, tree, now=now)
    return finish(
        Draft(
            place=place,
            text=text,
            paragraphs=paragraphs,
            headline=headline or None,
            url=address,
            outlet=about.outlet or None,
            published=published,
            updated=about.updated,
            datings=about.datings,
            language=about.language,
            authors=names,
            credits=(*credits, *_sources(about)),
        ),
        now=now,
        outlet=outlet,
    )


def _sources(about: Metadata) -> Iterator[Credit]:
    for name, reason in about.sources:
        known = credit_of_name(name, reason=reason)
        yield from known or (Credit(name, None, reason),)


def _story(tree: lxml.html.HtmlElement, headline: str, *, place: str) -> list[Block]:
    """Return the article's paragraphs as they stand in the page, captions among them."""
    page = list(walk(tree))
    try:
        # The extractor prunes the tree that it is given.
        found = bare_extraction(copy.deepcopy(tree), fast=True, include_comments=False)
    except Exception as error:
        # On badly damaged markup it raises whatever it trips over.
        raise InputError(place, f"no article found: {error}") from error
    if not isinstance(found, Document) or found.body is None:
        return []
    wanted = list(_paragraphs(found.body))
    places: dict[str, list[int]] = {}
    for number, block in enumerate(page):
        places.setdefault(_key(block.text), []).append(number)
    chosen: list[tuple[float, Block]] = []
    last = -1
    for words in wanted:
        here = places.get(_key(words), [])
        at = next((number for number in here if number > last), here[0] if here else None)
        if at is None:
            # Made of several lines of the page, or cut from one: keep it after its neighbour.
            chosen.append((last + 0.5, Block(words, "p")))
        else:
            chosen.append((at, page[at]))
            last = max(last, at)
    if chosen:
        taken = {number for number, _ in chosen}
        first, final = int(min(taken)), int(max(taken))
        above = (number for number in range(first) if _key(page[number].text) == _key(headline))
        chosen += _beside(page, range(next(above, first), final), taken)
    return [block for _, block in sorted(chosen, key=lambda one: one[0])]


def _beside(page: list[Block], places: range, taken: set[float]) -> Iterator[tuple[int, Block]]:
    """Yield what belongs to an article and was not taken for its text, with its place.

    That is captions, the times of entries, and above the text a standfirst and a byline.
    """
    below = 0
    for place in places:
        block = page[place]
        if place in taken:
            below += block.hint is None
        elif (
            block.hint == "caption"
            or CLOCK.fullmatch(block.text)
            or (below == 0 and block.hint == "standfirst")
        ):
            yield place, block
        elif below == 0 and (
            is_byline(block.text) or (block.hint == "byline" and is_signature(block.text))
        ):
            yield place, dataclasses.replace(block, hint="byline")


def _paragraphs(body: lxml.html.HtmlElement) -> Iterator[str]:
    """Yield the paragraphs of the extractor's own tree, a line break ending one."""
    words = ""
    for event, element in lxml.etree.iterwalk(body, events=("start", "end")):
        if element.tag in _ENDS_PARAGRAPH:
            if words.strip():
                yield words.strip()
            words = ""
        words += (element.text if event == "start" else element.tail) or ""
    if words.strip():
        yield words.strip()


def _key(words: str) -> str:
    """Return `words` without white space, which the extractor tidies."""
    return "".join(_NOT_SPACE.findall(words))


def _headline(tree: lxml.html.HtmlElement, about: Metadata) -> str:
    """Return the headline as the page shows it, or else as it names it."""
    shown = (_one_line(h1.text_content()) for h1 in tree.iter("h1"))
    lines = [line for line in shown if len(line) > _SHORTEST_HEADLINE]
    if len(lines) == 1:
        return lines[0]
    named = about.headline[:_LONGEST_HEADLINE] or _one_line(tree.findtext(".//title") or "")
    for line in lines:
        if _key(line) in _key(named) or _key(named) in _key(line):
            return line
    if named:
        return _without_site(named, about.outlet)
    return lines[0] if lines else ""


def _one_line(words: str) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", words).strip()[:_LONGEST_HEADLINE].strip()


def _without_site(title: str, outlet: str) -> str:
    """Return a page's title without the outlet's name that sites hang on it."""
    end = _SITE.search(title)
    if end is None or len(title) - len(end[0]) < _SHORTEST_HEADLINE:
        return title
    named = end[0].strip(" |–—·•»-:")
    is_site = (
        not outlet
        or named.casefold() in outlet.casefold()
        or outlet.casefold() in (named.casefold())
    )
    return title[: end.start()] if is_site or is_organisation(named) else title


def _people(authors: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[Credit, ...]]:
    """Return the persons among a page's authors, and the agencies among them as credits."""
    names: list[str] = []
    credits: list[Credit] = []
    for author in authors:
        names += people_in(author)
        credits += credit_of_name(author, reason="author of the page")
    return tuple(dict.fromkeys(names)), tuple(credits)


def _is_front(about: Metadata, url: str | None) -> bool:
    address = canonical(url or about.address or "")
    return (
        address is not None
        and not about.is_article
        and re.search(r"//[^/]+/?$", address) is not None
    )


def _address(about: Metadata, url: str | None) -> str | None:
    """Return the address that the page prefers, if it is one of the same site."""
    preferred = about.address
    if preferred is None or (url is not None and host(url) != host(preferred)):
        return url or preferred
    # Some sites name their front page as the preferred address of every page.
    return url if url and urlsplit(preferred).path in ("", "/") else preferred


def _published(
    about: Metadata, url: str | None, tree: lxml.html.HtmlElement, *, now: datetime
) -> Stamp:
    """Return when the page was published; the day in its address is asked when this is undated."""
    if about.published.when or stamp_in_address(url).when:
        return about.published
    # No machine was told; the day that the page shows to people is left, and its doubt says day.
    try:
        shown = find_date(
            tree, extensive_search=False, original_date=True, max_date=now.replace(tzinfo=None)
        )
    except Exception:  # as the extractor, on badly damaged markup; then nothing is shown
        shown = None
    return read_time(shown)
