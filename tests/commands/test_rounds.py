"""The watching of sources: over a real server on loopback, with a clock that the test turns."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import StoreError
from sayso.records import Outlet, Report
from sayso.stores.sqlite import SqliteStore
from tests.build import NOON
from tests.commands.newsdesk import HOSTS, Newsdesk, open_newsdesk, rss, serves
from tests.outlets import Handler, Server, gives, open_outlet


@pytest.fixture
def server() -> Iterator[Server]:
    with open_outlet("0.0.0.0") as server:
        yield server


@pytest.fixture
def desk(server: Server) -> Iterator[Newsdesk]:
    with open_newsdesk(server) as desk:
        yield desk


def test_what_a_feed_brings_is_told_once_however_often_it_is_asked(desk: Newsdesk) -> None:
    desk.server.paths["/feed"] = serves(rss("Dam holds", "Bank raises rates"), ETag='"1"')
    url = desk.follow("/feed", outlet=Outlet(name="Gazette", owner="Courier group"))
    desk.turn()
    assert desk.headlines == ["Bank raises rates", "Dam holds"]
    assert len(desk.told) == 2
    assert desk.reports()[0].publisher == Outlet(name="Gazette", owner="Courier group")
    source = desk.source(url)
    assert (source.etag, source.failures, source.last_error) == ('"1"', 0, None)
    desk.pass_time(days=1)
    desk.turn()
    assert len(desk.asked("/feed")) == 2
    assert len(desk.told) == 2


def test_nobody_is_asked_before_they_are_due_and_never_without_what_they_gave(
    desk: Newsdesk,
) -> None:
    desk.server.paths["/feed"] = serves(
        rss("Dam holds", inside="<ttl>30</ttl>"), ETag='W/"1"', Last_Modified="Tue, 04 Mar"
    )
    url = desk.follow("/feed")
    desk.turn()
    desk.pass_time(minutes=29)
    desk.turn()
    assert len(desk.asked("/feed")) == 1
    desk.server.paths["/feed"] = gives(304)
    desk.time = desk.source(url).due or NOON
    [step, *_] = [one for one in desk.turn() if one.polled]
    assert (step.polled, step.unchanged, step.failed) == (1, 1, 0)
    assert desk.asked("/feed")[1]["If-None-Match"] == 'W/"1"'
    assert desk.asked("/feed")[1]["If-Modified-Since"] == "Tue, 04 Mar"
    # A server that says nothing new of it means that it still holds.
    assert desk.source(url).etag == 'W/"1"'


def test_the_same_bytes_are_not_read_twice(desk: Newsdesk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.server.paths["/feed"] = serves(rss("Dam holds"))
    url = desk.follow("/feed")
    desk.turn()
    monkeypatch.setattr("sayso.commands.visits.parse_feed", None)
    desk.pass_time(days=1)
    desk.turn()
    assert len(desk.asked("/feed")) == 2
    assert desk.source(url).failing_since is None


def test_the_last_hours_come_in_order_and_what_is_older_after_them_the_newest_first(
    desk: Newsdesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sayso.commands.rounds.MOST_A_TURN", 1)
    desk.rounds._a_turn = 1
    news = rss("Third of today", "Second of today", "First of today")
    older = rss("Late yesterday", "Early yesterday", at=NOON - timedelta(days=1))
    together = older.partition(b"</channel>")[0] + news[news.index(b"<item>") :]
    desk.server.paths["/feed"] = serves(together)
    desk.follow("/feed")
    desk.turn()
    kept = {one.id: one.headline for one in desk.reports()}
    assert [kept[one.development.report] for one in desk.told] == [
        "First of today",
        "Second of today",
        "Third of today",
        "Late yesterday",
        "Early yesterday",
    ]


def test_a_source_that_fails_is_named_left_alone_longer_each_time_and_comes_back(
    desk: Newsdesk,
) -> None:
    desk.server.paths["/bad"] = gives(500)
    desk.server.paths["/good"] = serves(rss("Dam holds", at=NOON))
    bad, good = desk.follow("/bad", host="127.0.0.2"), desk.follow("/good")
    waits = []
    for _ in range(6):
        desk.turn()
        source = desk.source(bad)
        assert source.last_error == "answered 500 Internal Server Error"
        assert source.failing_since == NOON
        assert source.due is not None
        waits.append(source.due - desk.time)
        desk.time = source.due
    assert waits[-1] > 10 * waits[0]
    assert desk.source(bad).failures == 6
    assert desk.source(good).failing_since is None
    desk.server.paths["/bad"] = serves(rss("Bank raises rates"))
    desk.turn()
    assert desk.source(bad).failing_since is None
    assert desk.source(bad).failures == 0
    assert "Bank raises rates" in desk.headlines


def test_a_host_that_asks_to_be_left_alone_is_left_alone_with_all_its_feeds(
    desk: Newsdesk,
) -> None:
    desk.server.paths["/a"] = gives(429, Retry_After="7200")
    desk.server.paths["/b"] = serves(rss("Dam holds"))
    first, second = desk.follow("/a"), desk.follow("/b")
    desk.turn()
    # One that is followed only now is not asked either, however much it is due.
    desk.server.paths["/c"] = serves(rss("Bank raises rates"))
    third = desk.follow("/c")
    desk.turn()
    for url in (first, second, third):
        due = desk.source(url).due
        assert due is not None
        assert due >= NOON + timedelta(minutes=119)
    assert desk.source(second).failing_since is None
    assert desk.asked("/b") == desk.asked("/c") == []


def test_a_feed_that_is_gone_for_good_is_asked_no_more(desk: Newsdesk) -> None:
    desk.server.paths["/feed"] = gives(410)
    url = desk.follow("/feed")
    desk.turn()
    desk.pass_time(days=30)
    desk.turn()
    assert len(desk.asked("/feed")) == 1
    assert desk.source(url).stopped == "answered 410 Gone"


@pytest.mark.parametrize(
    ("status", "moves"), [(301, True), (308, True), (302, False), (307, False)]
)
def test_a_feed_is_asked_where_it_says_that_it_is_for_good(
    desk: Newsdesk, status: int, moves: bool
) -> None:
    desk.server.paths["/old"] = gives(status, Location="/new")
    desk.server.paths["/new"] = serves(rss("Dam holds"), ETag='"1"')
    old = desk.follow("/old", name="Gazette")
    desk.turn()
    [source] = desk.store.sources()
    assert source.url == (old.replace("/old", "/new") if moves else old)
    assert (source.name, source.etag) == ("Gazette", '"1"')
    assert desk.headlines == ["Dam holds"]


def test_an_edit_is_a_new_version_and_a_bad_item_is_named(desk: Newsdesk) -> None:
    body = rss("Dam holds", site="https://gazette.example")
    desk.server.paths["/feed"] = serves(body)
    url = desk.follow("/feed")
    desk.turn()
    edited = body.replace(b"the mayor said", b"the mayor of Orla said")
    edited = edited.replace(b"</channel>", b"<item><guid>7</guid></item></channel>")
    desk.server.paths["/feed"] = serves(edited)
    desk.pass_time(days=1)
    desk.turn()
    assert [change.development.kind for change in desk.told][:2] == ["new", "changed"]
    assert desk.source(url).dropped == (f"{url} item 2: has neither a title nor a text",)


def test_a_page_where_a_feed_was_is_a_failure(desk: Newsdesk) -> None:
    desk.server.paths["/feed"] = gives(
        200, b"<html><body><p>Consent?</p>", Content_Type="text/html"
    )
    url = desk.follow("/feed")
    desk.turn()
    assert "not a feed: it sent a page" in (desk.source(url).last_error or "")
    assert desk.headlines == []


def test_one_slow_source_holds_nobody_up(desk: Newsdesk) -> None:
    def slow(handler: Handler) -> None:
        handler.server.asked.append(("slow", {}))
        time.sleep(2)
        serves(rss("Late news"))(handler)

    desk.server.paths["/slow"] = slow
    desk.server.paths["/feed"] = serves(rss("Dam holds"))
    desk.follow("/slow", host="127.0.0.2")
    desk.follow("/feed")
    for _ in range(12):
        desk.rounds.step(wait=0.1)
        if desk.headlines:
            break
    assert desk.headlines == ["Dam holds"]
    desk.turn()
    assert desk.headlines == ["Dam holds", "Late news"]


def test_a_report_that_brings_a_bug_out_is_left_out_and_named(desk: Newsdesk) -> None:
    extract = desk.rounds.desk.extract

    def buggy(report: Report) -> Any:
        if "Bank" in report.headline:
            raise ZeroDivisionError("a bug")
        return extract(report)

    desk.rounds.desk.extract = buggy
    desk.server.paths["/feed"] = serves(rss("Dam holds", "Bank raises rates", "Ferry sinks"))
    url = desk.follow("/feed")
    desk.turn()
    assert desk.headlines == ["Dam holds", "Ferry sinks"]
    assert desk.source(url).dropped == ("Bank raises rates: left out: ZeroDivisionError: a bug",)


def test_a_memory_that_is_wrong_costs_no_report(desk: Newsdesk) -> None:
    desk.server.paths["/feed"] = serves(rss("Dam holds"))
    url = desk.follow("/feed")
    desk.turn()
    memory = desk.rounds.desk.memory
    assert memory is not None
    memory.threads = None  # type: ignore[assignment]
    desk.server.paths["/feed"] = serves(rss("Ferry sinks", at=NOON + timedelta(days=1)))
    desk.pass_time(days=1)
    desk.turn()
    assert desk.headlines == ["Dam holds", "Ferry sinks"]
    assert desk.source(url).dropped == ()


def test_what_the_store_could_not_keep_is_held_and_kept_when_it_can(
    desk: Newsdesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> Any:
        raise StoreError("the disk is full")

    desk.server.paths["/feed"] = serves(rss("Dam holds"), ETag='"1"')
    desk.server.paths["/other"] = serves(rss("Bank raises rates"))
    url = desk.follow("/feed")
    with monkeypatch.context() as broken:
        broken.setattr(desk.store, "apply", full)
        while (step := desk.rounds.step(wait=0.05)).error is None:
            pass
        desk.follow("/other", host="127.0.0.2")
        for _ in range(5):
            step = desk.rounds.step(wait=0.05)
        assert step.error == "the disk is full"
        assert desk.rounds.pause > 1
        # Nobody is asked for more meanwhile, and what was not kept is not noted as read.
        assert len(desk.asked("/other")) == 0
        assert desk.source(url).etag is None
        health = desk.rounds.health()
        assert health.logbook is not None
        assert health.logbook.last is not None
        assert health.logbook.last.error == "the disk is full"
    desk.turn()
    desk.turn()
    assert desk.headlines == ["Bank raises rates", "Dam holds"]
    assert len(desk.asked("/feed")) == 1
    assert desk.source(url).etag == '"1"'


def test_a_store_that_fails_while_a_feed_is_read_loses_nothing_of_it(
    desk: Newsdesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: Any, **__: Any) -> Any:
        raise StoreError("locked")

    desk.server.paths["/feed"] = serves(rss("Dam holds", at=None), ETag='"1"')
    desk.follow("/feed")
    with monkeypatch.context() as broken:
        broken.setattr(desk.store, "unseen", locked)
        while desk.rounds.step(wait=0.05).error is None:
            pass
        desk.rounds.step(wait=0.0)
    desk.turn()
    assert desk.headlines == ["Dam holds"]
    assert len(desk.asked("/feed")) == 1


def test_without_a_network_everybody_is_asked_again_soon_and_it_comes_back_by_itself(
    desk: Newsdesk,
) -> None:
    desk.server.paths["/feed"] = serves(rss("Dam holds"))
    urls = [desk.follow("/feed", host=f"127.0.0.{number}") for number in range(1, 6)]
    gone = desk.server.server_port
    desk.server.server_port = 1  # nobody listens there
    dead = [desk.follow("/feed", host=host) for host in ("127.0.0.7", "127.0.0.8")]
    for url in urls:
        desk.store.remove_source(url)
    for _ in range(60):
        desk.turn()
        desk.pass_time(minutes=6)
    for url in dead:
        source = desk.source(url)
        assert source.failing_since == NOON
        assert source.failures == 60
        assert source.due is not None
        assert source.due <= desk.time
    desk.server.server_port = gone
    # Somebody answers again: then it is the others who fail.
    desk.follow("/feed")
    for _ in range(3):
        desk.turn()
        desk.pass_time(minutes=6)
    assert all((desk.source(url).due or NOON) > desk.time for url in dead)


@pytest.mark.parametrize("jump", [timedelta(days=-400), timedelta(days=400)])
def test_a_clock_that_jumps_stops_nothing(desk: Newsdesk, jump: timedelta) -> None:
    desk.server.paths["/feed"] = serves(rss("Dam holds", inside="<ttl>60</ttl>"))
    url = desk.follow("/feed")
    desk.turn()
    desk.time += jump
    desk.server.paths["/feed"] = serves(rss("Dam holds", "Ferry sinks", inside="<ttl>60</ttl>"))
    desk.turn()
    assert "Ferry sinks" in desk.headlines
    # And back again: once more at once, then as before.
    desk.time -= jump
    for _ in range(9):
        desk.turn()
        desk.pass_time(minutes=1)
    assert len(desk.asked("/feed")) == 3
    assert desk.source(url).last_polled is not None


PAGE = (
    b"<html><head><title>Dam holds</title></head><body><article><h1>Dam holds</h1>"
    b"<p>Dam holds, the mayor said on Tuesday after a night of rain above Orla.</p>"
    b"<p>Engineers who had looked at the wall said that it would stand for years to come, "
    b"and that the village below could sleep.</p></article></body></html>"
)


@pytest.fixture
def paged(desk: Newsdesk) -> Newsdesk:
    site = f"http://127.0.0.1:{desk.server.server_port}"
    desk.server.paths["/feed"] = serves(rss("Dam holds", site=site))
    desk.server.paths["/robots.txt"] = gives(404)
    desk.server.paths["/Dam-holds"] = gives(200, PAGE, Content_Type="text/html")
    return desk


def test_pages_are_read_only_for_a_source_that_says_so(paged: Newsdesk) -> None:
    paged.follow("/feed")
    paged.turn()
    assert paged.asked("/Dam-holds") == []
    assert "Engineers" not in paged.reports()[0].text


def test_the_words_of_the_page_take_the_place_of_the_feeds_once(paged: Newsdesk) -> None:
    paged.follow("/feed", pages=True)
    for _ in range(3):
        paged.turn()
        paged.pass_time(days=1)
        paged.server.paths["/feed"] = serves(
            rss("Dam holds", site=f"http://127.0.0.1:{paged.server.server_port}", inside="<a/>")
        )
    [report] = paged.reports()
    assert "Engineers who had looked" in report.text
    assert report.published == NOON
    assert len(paged.asked("/Dam-holds")) == 1
    assert len(paged.asked("/robots.txt")) == 1


def test_a_page_that_two_feeds_list_is_read_once(paged: Newsdesk) -> None:
    paged.server.paths["/other"] = paged.server.paths["/feed"]
    paged.follow("/feed", pages=True)
    paged.follow("/other", pages=True)
    paged.turn()
    assert len(paged.reports()) == 1
    assert len(paged.asked("/Dam-holds")) == 1


@pytest.mark.parametrize(
    "behaviour",
    [
        pytest.param(gives(500), id="fails"),
        pytest.param(gives(403), id="is-refused"),
        pytest.param(gives(200, b"", Content_Type="text/html"), id="is-empty"),
        pytest.param(gives(200, b"\x00\x01" * 900, Content_Type="text/html"), id="is-binary"),
        pytest.param(
            gives(200, PAGE + b'<script type="application/ld+json">'
                  b'{"isAccessibleForFree": false}</script>', Content_Type="text/html"),
            id="is-for-those-who-pay",
        ),
        pytest.param(
            gives(200, b"<p>We and our 812 partners store cookies.</p>" * 30,
                  Content_Type="text/html"), id="asks-for-consent",
        ),
        pytest.param(gives(302, Location="http://10.0.0.1/"), id="leads-to-a-private-address"),
    ],
)  # fmt: skip
def test_a_page_that_cannot_be_had_leaves_the_feeds_words(paged: Newsdesk, behaviour: Any) -> None:
    paged.server.paths["/Dam-holds"] = behaviour
    url = paged.follow("/feed", pages=True)
    paged.turn()
    assert [one.text for one in paged.reports()] == ["Dam holds\n\nDam holds, the mayor said."]
    assert paged.source(url).failing_since is None


def test_pages_that_robots_txt_keeps_from_us_are_not_asked_for(paged: Newsdesk) -> None:
    paged.server.paths["/robots.txt"] = gives(200, b"User-agent: *\nDisallow: /Dam")
    url = paged.follow("/feed", pages=True)
    paged.turn()
    assert paged.asked("/Dam-holds") == []
    assert "robots.txt does not allow" in paged.source(url).dropped[0]
    assert paged.headlines == ["Dam holds"]


def test_the_logbook_counts_and_says_how_the_last_turn_went(desk: Newsdesk) -> None:
    desk.server.paths["/feed"] = serves(rss("Dam holds", "Ferry sinks"))
    desk.server.paths["/bad"] = gives(404)
    desk.follow("/feed")
    desk.follow("/bad", host="127.0.0.2")
    desk.turn()
    book = desk.store.logbook()
    assert book is not None
    assert (book.polled, book.failed, book.reports) == (2, 1, 2)
    assert book.changes == len(desk.changes) >= 2
    assert book.last is not None
    assert book.last.error is None


def test_stories_at_rest_are_pruned_while_the_desk_watches(server: Server) -> None:
    with open_newsdesk(server, keep_days=30) as desk:
        desk.server.paths["/feed"] = serves(rss("Dam holds", at=None))
        url = desk.follow("/feed")
        desk.turn()
        desk.pass_time(days=31)
        desk.server.paths["/feed"] = serves(rss("Bank raises rates", "Dam holds", at=None))
        for _ in range(4):
            desk.turn()
            desk.rounds.step(wait=0.0)
        assert desk.headlines == ["Bank raises rates"]
        # The feed still lists it, which makes no news of it.
        desk.server.paths["/feed"] = serves(rss("Dam holds", "Bank raises rates", at=None))
        desk.store.put_off([url], until=NOON)
        desk.pass_time(days=1)
        desk.turn()
        assert desk.headlines == ["Bank raises rates"]


def test_a_disk_that_fills_up_and_is_cleared_loses_nothing(server: Server, tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "desk.db")
    with open_newsdesk(server, store) as desk:
        pages = store._database.execute("PRAGMA page_count").fetchone()[0]
        store._database.execute(f"PRAGMA max_page_count = {pages + 2}")
        names = [f"Dam {number} holds above Orla" for number in range(60)]
        desk.server.paths["/feed"] = serves(rss(*names), ETag='"1"')
        url = desk.follow("/feed")
        while (step := desk.rounds.step(wait=0.05)).error is None:
            pass
        assert "the disk is full" in step.error
        assert desk.source(url).last_polled is None
        store._database.execute("PRAGMA max_page_count = 1000000")
        while not desk.rounds.idle:
            desk.rounds.step(wait=0.05)
        assert desk.headlines == sorted(names)
        assert len(desk.told) == len(names)
        assert len(desk.asked("/feed")) == 1
    store.close()


def test_every_host_of_the_tests_is_this_machine() -> None:
    assert all(host.startswith("127.") for host in HOSTS)
