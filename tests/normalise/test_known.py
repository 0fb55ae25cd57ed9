"""Items that were read before give the same reports, without being read again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sayso.normalise.known import EACH, Known, mark_of
from sayso.normalise.read import parse_feed
from sayso.ports import Raw
from sayso.records import Outlet, Report

NOON = datetime(2031, 3, 4, 12, tzinfo=UTC)


def feed(*items: str, title: str = "Orla Courier") -> Raw:
    body = f"<rss version='2.0'><channel><title>{title}</title>{''.join(items)}</channel></rss>"
    return Raw(place="https://courier.example/feed", body=body.encode())


def item(
    words: str = "The dam at Orla held.",
    *,
    link: str = "https://courier.example/dam",
    guid: str = "dam",
    dated: str = "Tue, 04 Mar 2031 09:00:00 GMT",
) -> str:
    return (
        f"<item><title>Dam holds</title><link>{link}</link><guid>{guid}</guid>"
        f"<pubDate>{dated}</pubDate><description>{words}</description></item>"
    )


def reports(
    raw: Raw, known: Known | None = None, outlet: Outlet | None = None
) -> tuple[Report, ...]:
    return parse_feed(raw, now=NOON, known=known, outlet=outlet).reports


CHANGED = {
    "its words": (feed(item("The dam at Orla broke.")), None),
    "its link": (feed(item(link="https://courier.example/dam-2")), None),
    "its guid": (feed(item(guid="dam-2")), None),
    "its time": (feed(item(dated="Tue, 04 Mar 2031 10:00:00 GMT")), None),
    "the feed's title": (feed(item(), title="Orla Evening Courier"), None),
    "another with its link": (feed(item(), item("The bank at Orla closed.", guid="bank")), None),
    "whose it is": (feed(item()), Outlet(name="Vell Post")),
}


@pytest.mark.parametrize(("raw", "outlet"), CHANGED.values(), ids=CHANGED)
def test_an_item_of_which_anything_changed_is_read_anew(raw: Raw, outlet: Outlet | None) -> None:
    known = Known()
    reports(feed(item()), known)
    assert reports(raw, known, outlet) == reports(raw, outlet=outlet)


def test_an_item_that_is_shown_again_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    known = Known()
    [before] = reports(feed(item()), known)
    monkeypatch.setattr("sayso.normalise.feed.finish", None)
    assert reports(feed(item()), known) == (before,)


def test_a_report_from_the_future_is_read_again_until_its_time_has_come() -> None:
    known, early = Known(), NOON - timedelta(days=2)
    [before] = parse_feed(feed(item()), now=early, known=known).reports
    assert "future" in before.doubts
    assert reports(feed(item()), known) == reports(feed(item()))


def test_the_items_that_were_not_shown_for_longest_are_given_up_first() -> None:
    [report] = reports(feed(item()))
    known = Known(most=2 * (len(report.text) + EACH))
    first, second, third = (mark_of(number) for number in range(3))
    known.keep(first, report)
    known.keep(second, report)
    assert known.get(first) == report
    known.keep(third, report)
    assert [known.get(one) is not None for one in (first, second, third)] == [True, False, True]
