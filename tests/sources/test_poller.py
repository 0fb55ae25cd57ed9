"""Many outlets asked at once, each of them politely, over real servers on loopback."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from sayso.errors import SourceError
from sayso.sources import poller as polling
from sayso.sources.http import Answer, HttpSource, Refused
from sayso.sources.poller import HeldBack, Poller, Question, Reply
from tests.outlets import Behaviour, Handler, Server, gives, open_outlet

# Every address of 127/8 is this machine: each is a host of its own.
HOSTS = [f"127.0.0.{number}" for number in range(1, 21)]
FEED = gives(200, b"<rss/>", Content_Type="application/rss+xml")
MakePoller = Callable[..., Poller]


@pytest.fixture
def make_poller() -> Iterator[MakePoller]:
    with ExitStack() as stack:

        def make(**told: float) -> Poller:
            source = HttpSource(timeout=5, private_hosts=frozenset(HOSTS))
            poller = Poller(source, **{"gap": 0.0, **told})  # type: ignore[arg-type]
            stack.callback(poller.close)
            return poller

        yield make


@pytest.fixture
def server() -> Iterator[Server]:
    with open_outlet("0.0.0.0") as server:
        yield server


def at_host(server: Server, host: str, path: str = "/feed") -> Question:
    return Question(url=f"http://{host}:{server.server_port}{path}")


def replies(poller: Poller, count: int) -> list[Reply]:
    found: list[Reply] = []
    deadline = time.monotonic() + 20
    while len(found) < count:
        assert time.monotonic() < deadline, f"only {len(found)} replies"
        found += poller.replies(wait=0.2)
    return found


def slow(seconds: float, then: Behaviour = FEED) -> Behaviour:
    def behave(handler: Handler) -> None:
        time.sleep(seconds)
        then(handler)

    return behave


def test_hosts_are_asked_side_by_side(server: Server, make_poller: MakePoller) -> None:
    server.paths["/feed"] = slow(0.5)
    poller = make_poller()
    began = time.monotonic()
    for host in HOSTS[:10]:
        poller.ask(at_host(server, host))
    assert poller.waiting == 10
    assert all(isinstance(one.outcome, Answer) for one in replies(poller, 10))
    assert time.monotonic() - began < 4  # one after the other would take five seconds
    assert poller.waiting == 0


def test_one_host_is_asked_one_thing_at_a_time_with_a_pause(
    server: Server, make_poller: MakePoller
) -> None:
    under_way = threading.Semaphore(1)
    times: list[tuple[float, float]] = []

    def alone(handler: Handler) -> None:
        assert under_way.acquire(blocking=False)
        began = time.monotonic()
        time.sleep(0.05)
        under_way.release()
        times.append((began, time.monotonic()))
        FEED(handler)

    poller = make_poller(gap=0.2)
    for number in range(4):
        server.paths[f"/{number}"] = alone
        poller.ask(at_host(server, HOSTS[0], f"/{number}"))
    found = replies(poller, 4)
    assert [one.question.url[-1] for one in found] == ["0", "1", "2", "3"]
    assert all(isinstance(one.outcome, Answer) for one in found)
    for (_, ended), (began, _) in itertools.pairwise(times):
        assert began - ended >= 0.15


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_asks_to_be_left_alone_is(
    server: Server, make_poller: MakePoller, status: int
) -> None:
    server.paths["/0"] = slow(0.2, gives(status, Retry_After="3600"))
    server.paths["/1"] = server.paths["/2"] = FEED
    poller = make_poller()
    for number in range(3):
        poller.ask(at_host(server, HOSTS[0], f"/{number}"))
    poller.ask(at_host(server, HOSTS[1], "/2"))
    outcomes = {(one.question.url[7:16], one.question.url[-1]): one.outcome
                for one in replies(poller, 4)}  # fmt: skip
    assert isinstance(outcomes["127.0.0.1", "0"], Refused)
    assert isinstance(outcomes["127.0.0.1", "1"], HeldBack)
    assert isinstance(outcomes["127.0.0.1", "2"], HeldBack)
    assert isinstance(outcomes["127.0.0.2", "2"], Answer)
    assert [path for path, _ in server.asked].count("/1") == 0


def test_pages_are_read_as_robots_txt_says(server: Server, make_poller: MakePoller) -> None:
    server.paths["/robots.txt"] = gives(200, b"User-agent: *\nCrawl-delay: 3600\n")
    poller = make_poller()
    poller.ask(Question(url=at_host(server, HOSTS[0], "/a").url, is_page=True))
    [one] = replies(poller, 1)
    assert isinstance(one.outcome, SourceError)
    assert "3600 s between two pages" in str(one.outcome)


def test_a_bug_in_asking_is_an_error_of_that_source_alone(
    server: Server, make_poller: MakePoller, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.paths["/feed"] = FEED
    get = HttpSource.get

    def buggy(self: HttpSource, url: str, **told: str | None) -> Answer:
        if HOSTS[0] in url:
            raise KeyError("charset")
        return get(self, url, **told)

    monkeypatch.setattr(HttpSource, "get", buggy)
    poller = make_poller(at_once=1)
    poller.ask(at_host(server, HOSTS[0]))
    poller.ask(at_host(server, HOSTS[1]))
    first, second = replies(poller, 2)
    assert "could not be asked: KeyError" in str(first.outcome)
    assert isinstance(second.outcome, Answer)


def test_answers_that_nobody_reads_hold_up_the_asking(
    server: Server, make_poller: MakePoller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "MOST_WAITING", 2)
    server.paths["/feed"] = FEED
    poller = make_poller(at_once=3)
    for host in HOSTS:
        poller.ask(at_host(server, host))
    time.sleep(1)
    assert len(server.asked) <= 5
    assert len(replies(poller, len(HOSTS))) == len(HOSTS)
