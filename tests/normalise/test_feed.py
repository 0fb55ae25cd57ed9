"""Feeds that golden files do not show: odd, wrong and hostile ones."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from sayso.errors import InputError
from sayso.normalise.feed import read_feed, read_json_feed
from sayso.records import Outlet, Report

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)
SAID = "The reservoir above Orla will stay closed until spring, the water board said."


def rss(items: str, channel: str = "<title>Orla Gazette</title>", end: str = "</rss>") -> str:
    return f'<rss version="2.0"><channel>{channel}{items}</channel>{end}'


def item(fields: str) -> str:
    return f"<item>{fields}</item>"


def read(text: str, outlet: Outlet | None = None, url: str | None = None) -> list[Any]:
    return list(read_feed(text, place="feed.xml", url=url, now=NOON, outlet=outlet))


def reports(text: str, **told: Any) -> list[Report]:
    return [one for one in read(text, **told) if isinstance(one, Report)]


def test_the_outlet_is_who_was_told_then_the_feeds_title_then_its_host() -> None:
    feed = item(f"<title>Dam</title><description>{SAID}</description>")
    assert reports(rss(feed))[0].outlet == "Orla Gazette"
    assert reports(rss(feed), outlet=Outlet(name="Told"))[0].outlet == "Told"
    assert reports(rss(feed, ""), url="https://www.orla.example/rss")[0].outlet == "orla.example"


def test_items_of_one_address_are_told_apart_by_their_guid() -> None:
    one = item("<title>A</title><link>https://x.example/live</link><guid>1</guid>")
    two = item("<title>B</title><link>https://x.example/live</link><guid>2</guid>")
    first, second = reports(rss(one + two))
    assert first.key != second.key
    assert first.url == second.url == "https://x.example/live"


def test_the_guid_stands_in_for_the_address() -> None:
    feed = rss(item("<title>A</title><guid>https://x.example/a#now</guid>"))
    assert reports(feed)[0].key == "https://x.example/a"


def test_an_edited_item_keeps_its_key_and_gets_another_id() -> None:
    before, after = (
        reports(rss(item(f"<title>{title}</title><link>https://x.example/a</link>")))[0]
        for title in ("Dam fails", "Dam holds")
    )
    assert before.key == after.key
    assert before.id != after.id


def test_the_source_of_an_item_is_a_credit() -> None:
    feed = rss(item('<title>A</title><source url="https://h.example/">Halden Wire</source>'))
    assert [(c.name, c.span, c.reason) for c in reports(feed)[0].credits] == [
        ("Halden Wire", None, "source in the feed")
    ]


@pytest.mark.parametrize(
    ("author", "authors", "credits"),
    [
        ("Pia Orm", ("Pia Orm",), []),
        ("desk@orla.example (Pia Orm)", ("Pia Orm",), []),
        ("Pia Orm and Jan Dahl, AFP", ("Pia Orm", "Jan Dahl"), ["AFP"]),
        ("Reuters", (), ["Reuters"]),
        ("Petra Orm", ("Petra Orm",), []),
        ("desk@orla.example", (), []),
    ],
)
def test_authors_are_people_and_agencies_are_credits(
    author: str, authors: tuple[str, ...], credits: list[str]
) -> None:
    report = reports(rss(item(f"<title>A</title><author>{author}</author>")))[0]
    assert report.authors == authors
    assert [credit.name for credit in report.credits] == credits


@pytest.mark.parametrize(
    "summary",
    [
        f"{SAID} [&amp;#8230;]",
        f"{SAID} [...]",
        f"{SAID} &lt;a href='/x'&gt;Read more&lt;/a&gt;",
        f"&lt;p&gt;{SAID}&lt;/p&gt;&lt;p&gt;Continue reading...&lt;/p&gt;",
    ],
)
def test_a_summary_alone_is_the_story_without_its_teaser(summary: str) -> None:
    report = reports(rss(item(f"<title>Dam</title><description>{summary}</description>")))[0]
    assert report.text == f"Dam\n\n{SAID}"
    assert [part.kind for part in report.parts] == ["headline", "body"]


def test_a_summary_that_is_the_storys_beginning_is_left_out() -> None:
    body = f"<p>{SAID}</p><p>Nobody knows more.</p>"
    feed = rss(
        item(
            f"<title>Dam</title><description>{SAID[:70]}…</description>"
            f'<c:encoded xmlns:c="http://purl.org/rss/1.0/modules/content/"><![CDATA[{body}]]>'
            "</c:encoded>"
        )
    )
    assert reports(feed)[0].text == f"Dam\n\n{SAID}\n\nNobody knows more."


@pytest.mark.parametrize(
    ("written", "published", "doubts"),
    [
        ("Mon, 03 Mar 2025 14:05:00 +0100", "2025-03-03T13:05", ()),
        ("2025-03-03", "2025-03-03T00:00", ("dayless",)),
        ("Mon, 03 Mar 2025 14:05", "2025-03-03T14:05", ("zoneless",)),
        ("Wed, 05 Mar 2025 14:05:00 GMT", "2025-03-05T14:05", ("future",)),
        ("last Tuesday", None, ("undated",)),
        ("", None, ("undated",)),
    ],
)
def test_dates_are_read_and_doubted(
    written: str, published: str | None, doubts: tuple[str, ...]
) -> None:
    report = reports(rss(item(f"<title>A</title><pubDate>{written}</pubDate>")))[0]
    when = report.published
    assert (when.strftime("%Y-%m-%dT%H:%M") if when else None) == published
    assert report.doubts == doubts


@pytest.mark.parametrize(
    ("link", "written", "doubts"),
    [
        ("/2025/03/03/dam", "Sun, 03 Mar 2024 14:05:00 GMT", ("redated",)),
        ("/2025-03-03/dam", "Sun, 03 Mar 2024 14:05:00 GMT", ("redated",)),
        ("/2025/03/03", "Sat, 01 Mar 2025 10:00:00 GMT", ("redated",)),
        ("/2025/03/03/dam", "Mon, 03 Mar 2025 14:05:00 GMT", ()),
        # The outlet's own day may have begun, or ended, while it is another day in UTC.
        ("/2025/03/03/dam", "Sun, 02 Mar 2025 20:05:00 GMT", ()),
        ("/2025/dam", "Sun, 03 Mar 2024 14:05:00 GMT", ()),
    ],
)
def test_an_item_dated_otherwise_than_its_own_address_is_doubted(
    link: str, written: str, doubts: tuple[str, ...]
) -> None:
    fields = f"<title>A</title><link>https://orla.example{link}</link><pubDate>{written}</pubDate>"
    assert reports(rss(item(fields)))[0].doubts == doubts


def test_an_undated_item_has_the_day_of_its_address_and_no_time() -> None:
    fields = "<title>A</title><link>https://orla.example/2025/03/03/dam</link>"
    report = reports(rss(item(fields)))[0]
    assert report.published == datetime(2025, 3, 3, tzinfo=UTC)
    assert report.doubts == ("dayless",)


def test_a_feed_without_items_is_fine() -> None:
    assert read(rss("")) == []


def test_a_feed_that_is_cut_off_gives_what_it_has_and_says_so() -> None:
    text = rss(item(f"<title>Dam</title><description>{SAID}</description>") * 2)
    found = read(text[: text.rindex("</item>")])
    assert [one.headline for one in found if isinstance(one, Report)] == ["Dam", "Dam"]
    assert str(found[-1]) == "feed.xml: cut off after item 2"


@pytest.mark.parametrize(
    "text",
    [
        "<?xml version='1.0'?><catalogue><book/></catalogue>",
        "<?xml version='1.0'?>",
        "<rss",
    ],
)
def test_what_is_no_feed_is_an_error_that_says_so(text: str) -> None:
    with pytest.raises(InputError, match=r"feed\.xml: not a feed"):
        read(text)


def test_entities_that_nest_are_refused_before_they_unfold() -> None:
    nested = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE rss [<!ENTITY a0 "ha">{nested}]>' + rss(item("<title>&a11;</title>"))
    with pytest.raises(InputError, match="refused: XML that defines entities"):
        read(bomb)


def test_entities_from_elsewhere_are_not_fetched(tmp_path: Any) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret", encoding="utf-8")
    text = f'<!DOCTYPE rss SYSTEM "{secret.as_uri()}">' + rss(item("<title>A</title>"))
    assert "secret" not in reports(text)[0].text


def test_nothing_that_runs_comes_out() -> None:
    nasty = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;Fine."
    report = reports(rss(item(f"<title>A</title><description>{nasty}</description>")))[0]
    assert report.text == "A\n\nFine."


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"])
def test_links_that_are_no_addresses_are_dropped(link: str) -> None:
    assert reports(rss(item(f"<title>A</title><link>{link}</link>")))[0].url is None


@pytest.mark.parametrize(
    "feed",
    [{"items": 5}, {"items": None}, {"items": {"a": 1}}],
)
def test_a_json_feed_needs_a_list_of_items(feed: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="no list of items"):
        list(read_json_feed(feed, place="feed.json", url=None, now=NOON, outlet=None))


def test_fields_of_wrong_types_do_not_break_a_json_feed() -> None:
    feed = {
        "title": 5,
        "authors": {"name": "x"},
        "items": [{"id": [], "url": 5, "title": {}, "content_text": SAID, "authors": [5, {}]}],
    }
    found = list(read_json_feed(feed, place="feed.json", url=None, now=NOON, outlet=None))
    assert [one.text for one in found if isinstance(one, Report)] == [SAID]
