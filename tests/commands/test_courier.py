"""Who follows something is told of each development once, signed, and nothing is lost."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from sayso.app import make_engine, open_desk
from sayso.brief.follows import Follow
from sayso.brief.records import Edition
from sayso.commands.courier import LONGEST_PAUSE, TRIES, Courier
from sayso.commands.stand import DeskStand
from sayso.config import Settings
from sayso.errors import SourceError
from sayso.pipeline import Desk
from sayso.ports import DeskStore
from sayso.records import Cursor, Health
from sayso.stores.sqlite import SqliteStore
from tests.build import NOON, report
from tests.commands.test_stand import CHOIR, FERRY, TUGS, take_in

HOOK = "https://hooks.example/one"
QUILL = Follow(topic="speaker/Ada Quill", webhook=HOOK)
SAIL = Follow(search="sail again", mail="night.desk@paper.example")
COPY = report(
    TUGS.text.split("\n\n")[1:], headline=TUGS.headline, outlet="Vell Courier",
    published=NOON + timedelta(hours=4),
)  # fmt: skip
REEF, SHOAL = (
    report(f"The lighthouse keeper of {name} counted {name} seals.", headline=name, published=NOON)
    for name in ("Reef", "Shoal")
)


@dataclass
class Post:
    """Takes what is sent, unless it is told to fail."""

    taken: list[tuple[str, bytes, Mapping[str, str]]] = field(default_factory=list)
    mails: list[tuple[str, str, str, str]] = field(default_factory=list)
    broken: bool = False
    refused: str = "nothing"  # what holds it is never taken

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> None:
        if self.broken or self.refused in body.decode():
            raise SourceError(url, "answered 500")
        self.taken.append((url, body, headers))

    def send(self, to: str, *, id: str, subject: str, text: str) -> None:
        self.mails.append((to, id, subject, text))


@dataclass
class Clock:
    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def store() -> Iterator[SqliteStore]:
    made = SqliteStore()
    yield made
    made.close()


@pytest.fixture
def desk(store: SqliteStore) -> Iterator[Desk]:
    settings = Settings(finder="rules")
    with make_engine(settings) as engine:
        made = open_desk(settings, store, engine)
        take_in(made, FERRY, CHOIR)
        yield made


def courier(desk: Desk, store: DeskStore, post: Post, *follows: Follow) -> Courier:
    health = Health(at=NOON, sources=(), cursor=Cursor(0))
    stand = DeskStand(desk, [Edition()], lambda ruling: ruling, lambda: health)
    return Courier(
        follows=follows, store=store, newsstand=stand, poster=post, mail=post, secret="s",
        public="https://desk.example", timer=Clock(),
    )  # fmt: skip


def test_a_follower_hears_of_what_comes_from_then_on_and_once(
    desk: Desk, store: SqliteStore
) -> None:
    post = Post()
    round = courier(desk, store, post, QUILL)
    assert round.step() == 0
    take_in(desk, TUGS)
    assert round.step() == 1
    assert round.step() == 0
    assert courier(desk, store, post, QUILL).step() == 0  # after a restart
    [(url, body, _)] = post.taken
    told = json.loads(body)
    assert url == HOOK
    assert told["kind"] == "new"
    assert told["said"]["speaker"] == "Ada Quill"
    assert told["said"]["content"][0]["text"] == '"The ferry will sail again by Friday,"'
    assert told["page"] == "https://desk.example/speaker/Ada%20Quill"


def test_one_more_outlet_that_carries_the_same_is_no_news(desk: Desk, store: SqliteStore) -> None:
    post = Post()
    round = courier(desk, store, post, QUILL)
    round.step()
    take_in(desk, TUGS)
    take_in(desk, COPY)
    assert round.step() == 1


def test_the_words_of_a_search_are_told_by_mail(desk: Desk, store: SqliteStore) -> None:
    post = Post()
    round = courier(desk, store, post, SAIL)
    round.step()
    take_in(desk, TUGS)
    assert round.step() == 1
    [(to, id, subject, text)] = post.mails
    assert to == "night.desk@paper.example"
    assert id.startswith(SAIL.id)
    assert subject == "new: “sail again”: Ada Quill"
    assert "The ferry will sail again by Friday" in text


def day_by_day(desk: Desk, round: Courier, *days: int) -> int:
    """Let Ada Quill say something on each day; return how many notices were delivered."""
    delivered = 0
    for day in days:
        one = report(
            f'"Gate {day} stays shut until the water falls," harbour master Ada Quill said.',
            headline=f"Gate {day} shut", outlet="Karst Echo", published=NOON + timedelta(days=day),
        )  # fmt: skip
        take_in(desk, one)
        delivered += round.step()
        assert isinstance(round.timer, Clock)
        round.timer.seconds += LONGEST_PAUSE
    return delivered


def test_a_notice_that_is_never_taken_is_set_aside_and_the_rest_is_told(
    desk: Desk, store: SqliteStore
) -> None:
    post = Post(refused="Gate 1 stays")
    round = courier(desk, store, post, QUILL)
    round.step()
    assert day_by_day(desk, round, *range(1, TRIES)) == 0  # in order, as long as there is hope
    assert round.state()[0].failing_since is not None
    assert round.state()[0].reason == "answered 500"
    assert round.state()[0].set_aside is None
    assert day_by_day(desk, round, TRIES) == TRIES - 1
    told = [json.loads(body)["report"]["headline"] for _, body, _ in post.taken]
    assert told == [f"Gate {day} shut" for day in range(2, TRIES + 1)]
    # It is not forgotten over a restart that it was never told.
    [following] = courier(desk, store, post, QUILL).state()
    assert following.set_aside is not None
    assert following.failing_since is None
    assert "hooks.example" not in repr(following)


def test_while_nothing_gets_through_nothing_is_set_aside(desk: Desk, store: SqliteStore) -> None:
    post = Post(broken=True)
    round = courier(desk, store, post, QUILL)
    round.step()
    days = 3 * TRIES
    assert day_by_day(desk, round, *range(days)) == 0
    post.broken = False
    assert round.step() == days
    assert round.state()[0].set_aside is None
    assert len({headers["Sayso-Delivery"] for *_, headers in post.taken}) == days


def test_a_bug_that_one_follow_brings_out_silences_no_other(desk: Desk, store: SqliteStore) -> None:
    class Buggy(Post):
        def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> None:
            raise KeyError(url, body, headers)

    post = Buggy()
    round = courier(desk, store, post, QUILL, SAIL)
    round.step()
    take_in(desk, TUGS)
    assert round.step() == 1
    assert len(post.mails) == 1
    assert [one.reason for one in round.state()] == ["a bug: KeyError", None]


def test_a_webhook_is_signed_over_delivery_time_and_body(desk: Desk, store: SqliteStore) -> None:
    post = Post()
    round = courier(desk, store, post, QUILL)
    round.step()
    take_in(desk, TUGS)
    round.step()
    [(_, body, headers)] = post.taken
    message = f"{headers['Sayso-Delivery']}.{headers['Sayso-Time']}.".encode() + body
    expected = hmac.new(b"s", message, hashlib.sha256).hexdigest()
    assert headers["Sayso-Signature"] == f"sha256={expected}"


def test_what_could_not_be_told_is_told_later_and_others_do_not_wait(
    desk: Desk, store: SqliteStore
) -> None:
    post = Post(broken=True)
    clock = Clock()
    round = courier(desk, store, post, QUILL, SAIL)
    round.timer = clock
    round.step()
    take_in(desk, TUGS)
    assert round.step() == 1
    assert len(post.mails) == 1
    post.broken = False
    assert round.step() == 0  # not at once
    clock.seconds += 10
    assert round.step() == 1
    assert len(post.taken) == 1


def test_what_is_only_passed_over_is_noted_once(
    desk: Desk, store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    round = courier(desk, store, Post(), QUILL)
    round.step()
    take_in(desk, REEF, SHOAL)
    notes: list[int] = []
    keep = store.note_told

    def note(follow: str, cursor: Cursor) -> None:
        notes.append(cursor)
        keep(follow, cursor)

    monkeypatch.setattr(store, "note_told", note)
    assert round.step() == 0
    assert notes == [store.cursor()]


def test_a_bug_does_not_end_the_telling(desk: Desk, store: SqliteStore) -> None:
    post, ended = Post(), threading.Event()
    round = courier(desk, store, post, QUILL)
    round.step()
    take_in(desk, TUGS)
    deliver = post.post
    bugs = [ValueError("a bug")]

    def trip(url: str, body: bytes, headers: Mapping[str, str]) -> None:
        if bugs:
            raise bugs.pop()
        deliver(url, body, headers)
        ended.set()

    post.post = trip  # type: ignore[method-assign]
    hours = itertools.count(step=LONGEST_PAUSE)
    round.timer = lambda: next(hours)
    late = threading.Timer(10, ended.set)
    late.start()
    round.run(ended, every=0.01)
    late.cancel()
    assert len(post.taken) == 1
