"""Where a site says that its feeds are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.normalise.alternates import find_alternates

SITE = "https://gazette.example/news/"


def test_feeds_are_found_however_the_link_is_written_and_comments_come_last() -> None:
    page = """
      <LINK REL='alternate' TYPE='application/atom+xml' HREF='/comments/feed' TITLE='Comments'>
      <link href=all.rss?a=1&amp;b=2 type="application/rss+xml; charset=utf-8" rel="alternate">
      <link rel="alternate" hreflang="fr" href="/fr/">
      <link rel="stylesheet alternate" type="application/rss+xml" href="javascript:alert(1)">
      <a rel="alternate" type="application/feed+json" href="https://cdn.example/feed.json">All</a>
    """
    assert [one.url for one in find_alternates(page, base=SITE)] == [
        "https://gazette.example/news/all.rss?a=1&b=2",
        "https://cdn.example/feed.json",
        "https://gazette.example/comments/feed",
    ]


@given(st.text(max_size=300))
def test_no_page_breaks_it(page: str) -> None:
    find_alternates(f"<link {page} rel=alternate type=application/rss+xml href={page}>", base=SITE)
