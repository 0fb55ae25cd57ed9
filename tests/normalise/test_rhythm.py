"""What a feed says of itself about how often it is worth asking."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.normalise.rhythm import digest_of, read_rhythm
from sayso.ports import Raw
from sayso.records import Rhythm
from tests.build import NOON, at, report


def feed(inside: str, *, after: str = "", encoding: str = "utf-8") -> Raw:
    text = f"<rss><channel>{inside}<item><ttl>7</ttl></item><item/></item>{after}</channel></rss>"
    return Raw(place="feed", body=text.encode(encoding), url="https://gazette.example/feed")


def rhythm(raw: Raw, *, before: Rhythm | None = None) -> Rhythm:
    return read_rhythm(raw, [], now=NOON, before=before or Rhythm())


def test_an_item_says_nothing_of_its_feed() -> None:
    assert rhythm(feed("")).lifetime is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_its_ttl_is_read_before_and_after_the_items(encoding: str) -> None:
    for raw in (feed("<ttl> 15 </ttl>", encoding=encoding), feed("", after="<ttl>15</ttl>")):
        assert rhythm(raw).lifetime == timedelta(minutes=15)


@pytest.mark.parametrize(
    ("inside", "period"),
    [
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", timedelta(hours=1)),
        (
            "<sy:updatePeriod>\n daily </sy:updatePeriod>"
            "<sy:updateFrequency>\n 4 </sy:updateFrequency>",
            timedelta(hours=6),
        ),
        (
            "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>",
            timedelta(hours=1),
        ),
        ("<sy:updatePeriod>now and then</sy:updatePeriod>", None),
    ],
)
def test_how_often_it_says_that_it_changes(inside: str, period: timedelta | None) -> None:
    assert rhythm(feed(inside)).period == period


def test_the_hours_and_days_that_it_skips() -> None:
    found = rhythm(
        feed(
            "<skipHours><hour>0</hour><hour> 3 </hour><hour>24</hour><hour>77</hour></skipHours>"
            "<skipDays><day>Sunday</day><day>saturday</day><day>Doomsday</day></skipDays>"
        )
    )
    assert found.skip_hours == (0, 3)
    assert found.skip_days == (5, 6)


@pytest.mark.parametrize(
    ("inside", "hub"),
    [
        ('<atom:link rel="hub" href="https://hub.example/"/>', "https://hub.example/"),
        ("<link href='/hub?a=1&amp;b=2' rel='hub'/>", "https://gazette.example/hub?a=1&b=2"),
        ('<atom:link rel="self" href="https://hub.example/"/>', None),
        ('<atom:link rel="hub" href="javascript:alert(1)"/>', None),
    ],
)
def test_the_hub_that_it_names(inside: str, hub: str | None) -> None:
    assert rhythm(feed(inside)).hub == hub


def test_the_times_of_its_items_show_its_rhythm_newest_first() -> None:
    reports = [report("Dam holds.", published=at(time)) for time in ("09:00", "11:00", "10:00")]
    reports.append(report("Dam will hold.", published=at("13:00")))
    found = read_rhythm(feed(""), reports, now=NOON, before=Rhythm(published=(at("08:00"),)))
    assert found.published == (at("11:00"), at("10:00"), at("09:00"))


def test_items_without_a_time_count_from_when_they_were_seen() -> None:
    found = rhythm(feed(""), before=Rhythm(published=(at("11:00"), at("10:30"))))
    assert found.published == (NOON, at("11:00"), at("10:30"))


def test_other_bytes_have_another_digest() -> None:
    assert digest_of(feed("a")) == digest_of(feed("a")) != digest_of(feed("b"))
    assert rhythm(feed("a")).digest == digest_of(feed("a"))


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_bytes_break_it(body: bytes) -> None:
    read_rhythm(Raw(place="feed", body=body), [], now=NOON, before=Rhythm())


def test_what_a_hub_knows_it_by() -> None:
    inside = '<atom:link rel="self" href="/feed?a=1&amp;b=2"/><atom:link rel="hub" href="/hub"/>'
    found = rhythm(feed(inside))
    assert (found.hub, found.topic) == (
        "https://gazette.example/hub",
        "https://gazette.example/feed?a=1&b=2",
    )
