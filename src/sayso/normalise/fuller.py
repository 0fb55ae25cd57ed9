"""An item of a feed with the words of its page, where the page has more of them.

Rule: no way around a paywall. A page that says that it is not free is not used, and one that
shows no more than the feed adds nothing. What the feed says of the item (its time, its address)
stays; what the page says of itself fills the gaps.
"""

from __future__ import annotations

import re
from dataclasses import replace

from sayso.ids import make_id
from sayso.ports import Raw
from sayso.records import Credit, Report, ReportId

MORE = 1.2
"""A page worth taking has this many times the letters of the feed's body."""

ENOUGH_SHARED = 0.5
"""Share of the headline's words that stand in the page: a page of consent has none of them."""

_PAID = re.compile(rb"[\"']?isAccessibleForFree[\"']?\s*[:=]\s*[\"']?\s*(?:https?://schema\.org/)?"
                   rb"false", re.I)  # fmt: skip
_PAID_META = re.compile(
    rb"<meta[^>]{0,200}content_tier[\"'][^>]{0,99}content\s*=\s*[\"']?(?:locked|metered)", re.I
)
_WORD = re.compile(r"\w{3,}")


def is_paid(raw: Raw) -> bool:
    """Say whether a page says of itself that it is for those who pay."""
    return bool(_PAID.search(raw.body) or _PAID_META.search(raw.body))


def fuller(item: Report, page: Report) -> Report | None:
    """Return the report of a feed's `item` in the words of its `page`; None to keep the feed's."""
    if _letters(page) < MORE * _letters(item) or not _is_of(item, page):
        return None
    published = item.published or page.published
    headline = page.headline or item.headline
    return replace(
        page,
        id=ReportId(make_id("report", item.outlet, item.key, headline, published, page.text)),
        key=item.key,
        headline=headline,
        outlet=item.outlet,
        url=item.url,
        published=published,
        updated=item.updated or page.updated,
        doubts=item.doubts if item.published else page.doubts,
        authors=page.authors or item.authors,
        credits=_credits(item, page),
        publisher=item.publisher,
    )


def _letters(report: Report) -> int:
    return sum(len(span) for span in report.spans("body", "heading", "standfirst"))


def _is_of(item: Report, page: Report) -> bool:
    told = {word.lower() for word in _WORD.findall(item.headline)}
    if not told:
        return True
    there = {word.lower() for word in _WORD.findall(page.text)}
    return len(told & there) >= ENOUGH_SHARED * len(told)


def _credits(item: Report, page: Report) -> tuple[Credit, ...]:
    """Return the page's credits and the feed's; those of the feed stand nowhere in the text."""
    named = {credit.name for credit in page.credits}
    more = [
        Credit(credit.name, None, f"{credit.reason} (feed)" if credit.span else credit.reason)
        for credit in item.credits
        if credit.name not in named
    ]
    return (*page.credits, *more)
