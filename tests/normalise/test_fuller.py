"""An item of a feed in the words of its page."""

from __future__ import annotations

import pytest

from sayso.normalise.fuller import fuller, is_paid
from sayso.ports import Raw
from sayso.records import Credit, Span
from tests.build import at, report

ITEM = report(
    "The dam above Orla holds.", headline="Dam above Orla holds", key="k", url="https://g.example/1",
    published=at("09:30"), credits=(Credit("Northwire", Span(0, 3), "byline"),),
)  # fmt: skip
LONG = ["The dam above Orla holds, engineers said.", "They had looked at it all night long."]


def test_the_page_gives_the_words_and_the_feed_its_time_and_address() -> None:
    page = report(LONG, headline="Dam above Orla holds, engineers say", published=at("11:00"))
    found = fuller(ITEM, page)
    assert found is not None
    assert found.text == page.text
    assert (found.key, found.url, found.published) == (ITEM.key, ITEM.url, ITEM.published)
    assert found.headline == page.headline
    assert found.credits == (Credit("Northwire", None, "byline (feed)"),)
    assert found.id not in (ITEM.id, page.id)
    assert fuller(ITEM, page) == found


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(report("The dam above Orla holds.", headline="Dam above Orla"), id="no-more"),
        pytest.param(report(["We value your privacy."] * 9, headline="Cookies"), id="another"),
    ],
)
def test_a_page_that_adds_nothing_or_is_another_is_not_taken(page: object) -> None:
    assert fuller(ITEM, page) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("body", "paid"),
    [
        (b'{"isAccessibleForFree": false}', True),
        (b'{"isAccessibleForFree":"False"}', True),
        (b'<meta itemprop="isAccessibleForFree" content="x"> isAccessibleForFree="false"', True),
        (b'<meta property="article:content_tier" content="locked">', True),
        (b'{"isAccessibleForFree": true}', False),
        (b"<p>Free for all.</p>", False),
    ],
)
def test_a_page_says_whether_it_is_for_those_who_pay(body: bytes, paid: bool) -> None:
    assert is_paid(Raw(place="page", body=body)) is paid
