"""A subscriber believes hubs only what it asked for, renews what ends, gives up what is left."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import SourceError
from sayso.records import Rhythm, Subscription
from sayso.sources.websub import (
    AGAIN_SECONDS,
    LEASE_SECONDS,
    MOST_WAITING,
    PATIENCE_SECONDS,
    Subscriber,
    is_signed,
)

FEED = Subscription(
    url="https://gazette.example/feed",
    added=datetime(2031, 5, 1, tzinfo=UTC),
    rhythm=Rhythm(hub="https://hub.example/", topic="https://gazette.example/self"),
)
BODY = b"<rss version='2.0'/>"


@dataclass(slots=True)
class Hub:
    """Remembers what it was asked; refuses while it is `down`."""

    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    down: bool = False

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> None:
        assert headers["Content-Type"] == "application/x-www-form-urlencoded"
        if self.down:
            raise SourceError(url, "answered 500")
        self.asked.append((url, {key: one for key, [one] in parse_qs(body.decode()).items()}))

    def form(self) -> dict[str, str]:
        return self.asked[-1][1]

    def path(self) -> str:
        return self.form()["hub.callback"].rpartition("/")[2]

    def signed(self, body: bytes, method: str = "sha256") -> str:
        secret = self.asked[0][1]["hub.secret"].encode()
        return f"{method}={hmac.new(secret, body, method).hexdigest()}"


@dataclass(slots=True)
class Desk:
    """A subscriber, its hub, and the time."""

    hub: Hub = field(default_factory=Hub)
    now: float = 1_000.0
    subscriber: Subscriber = field(init=False)

    def __post_init__(self) -> None:
        self.subscriber = Subscriber(self.hub, "https://desk.example/", timer=lambda: self.now)

    def subscribed(self, seconds: int | None = None) -> Desk:
        self.subscriber.keep_up([FEED])
        assert self.verified("subscribe", seconds)
        return self

    def verified(self, mode: str, seconds: int | None = None) -> bool:
        topic = self.hub.form()["hub.topic"]
        return self.subscriber.answers_for(self.hub.path(), mode, topic, seconds)


def test_a_hub_is_asked_to_tell_at_an_address_nobody_can_guess() -> None:
    desk = Desk()
    desk.subscriber.keep_up([FEED])
    [(url, form)] = desk.hub.asked
    assert url == "https://hub.example/"
    assert form["hub.mode"] == "subscribe"
    assert form["hub.topic"] == "https://gazette.example/self"
    assert form["hub.lease_seconds"] == str(LEASE_SECONDS)
    assert form["hub.callback"].startswith("https://desk.example/websub/")
    assert len(desk.hub.path()) >= 32
    assert len(form["hub.secret"]) >= 32
    assert not desk.subscriber.is_told(FEED.url)
    assert desk.verified("subscribe", 600)
    assert desk.subscriber.is_told(FEED.url)


@pytest.mark.parametrize(
    ("rhythm", "paused"),
    [
        pytest.param(Rhythm(), False, id="no-hub"),
        pytest.param(Rhythm(hub="https://hub.example/"), False, id="no-self"),
        pytest.param(FEED.rhythm, True, id="paused"),
    ],
)
def test_no_hub_is_asked_for_what_is_not_offered(rhythm: Rhythm, paused: bool) -> None:
    desk = Desk()
    source = Subscription(url=FEED.url, added=FEED.added, rhythm=rhythm, paused=paused)
    desk.subscriber.keep_up([source])
    assert desk.hub.asked == []


@pytest.mark.parametrize(
    ("mode", "topic", "path"),
    [
        pytest.param("subscribe", "https://other.example/", None, id="another-topic"),
        pytest.param("unsubscribe", None, None, id="not-asked-for"),
        pytest.param("subscribe", None, "guessed", id="another-address"),
        pytest.param("publish", None, None, id="no-such-mode"),
    ],
)
def test_what_was_not_asked_for_is_denied(mode: str, topic: str | None, path: str | None) -> None:
    desk = Desk()
    desk.subscriber.keep_up([FEED])
    asked = desk.hub.form()["hub.topic"]
    assert not desk.subscriber.answers_for(path or desk.hub.path(), mode, topic or asked, 600)
    assert not desk.subscriber.is_told(FEED.url)


def test_a_question_is_answered_once() -> None:
    desk = Desk().subscribed()
    assert not desk.verified("subscribe")


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_signed_content_is_the_reply_to_a_poll(method: str) -> None:
    desk = Desk().subscribed()
    signature = desk.hub.signed(BODY, method)
    kind = "application/rss+xml; charset=utf-8"
    assert desk.subscriber.hear(desk.hub.path(), BODY, kind, signature) == "taken"
    [reply] = desk.subscriber.replies()
    assert reply.question.url == FEED.url
    assert not isinstance(reply.outcome, SourceError)
    raw = reply.outcome.raw
    assert raw is not None
    assert (raw.body, raw.media_type, raw.charset) == (BODY, "application/rss+xml", "utf-8")
    assert desk.subscriber.replies() == []


@pytest.mark.parametrize(
    "signature",
    [
        pytest.param("", id="unsigned"),
        pytest.param("sha256=00", id="wrong"),
        pytest.param("sha256=ø", id="no-hexadecimals"),
        pytest.param("md5=" + hashlib.md5(BODY).hexdigest(), id="not-keyed"),
        pytest.param("sha256=" + hashlib.sha256(BODY).hexdigest(), id="without-the-secret"),
    ],
)
def test_content_that_is_not_signed_as_agreed_is_passed_over(signature: str) -> None:
    desk = Desk().subscribed()
    assert desk.subscriber.hear(desk.hub.path(), BODY, None, signature) == "taken"
    assert desk.subscriber.replies() == []


@given(st.binary(max_size=50), st.text(max_size=80), st.text(max_size=20))
def test_nothing_that_is_guessed_is_a_signature(body: bytes, words: str, secret: str) -> None:
    right = hmac.new(secret.encode(), body, "sha256").hexdigest()
    assert is_signed(body, f"sha256={right}", secret)
    assert not is_signed(body, words, secret)


def test_nobody_fills_the_memory() -> None:
    desk = Desk().subscribed()
    signature = desk.hub.signed(BODY)
    told = [
        desk.subscriber.hear(desk.hub.path(), BODY, None, signature)
        for _ in range(MOST_WAITING + 1)
    ]
    assert told == ["taken"] * MOST_WAITING + ["full"]
    assert desk.subscriber.hear("guessed", BODY, None, signature) == "unknown"


def test_a_lease_is_renewed_before_it_ends_and_at_the_same_address() -> None:
    desk = Desk().subscribed(1_000)
    path = desk.hub.path()
    desk.now += 700
    desk.subscriber.keep_up([FEED])
    assert len(desk.hub.asked) == 1
    desk.now += 150
    desk.subscriber.keep_up([FEED])
    assert len(desk.hub.asked) == 2
    assert desk.hub.path() == path
    assert desk.subscriber.is_told(FEED.url)
    desk.now += 200
    assert not desk.subscriber.is_told(FEED.url)  # the hub never asked back
    assert desk.verified("subscribe", 1_000)
    assert desk.subscriber.is_told(FEED.url)


@pytest.mark.parametrize(
    "seconds", [pytest.param(0, id="none"), pytest.param(10**9, id="for-ever")]
)
def test_a_lease_beyond_reason_is_not_believed(seconds: int) -> None:
    desk = Desk().subscribed(seconds)
    assert desk.subscriber.is_told(FEED.url)
    desk.now += 11 * 86_400
    assert not desk.subscriber.is_told(FEED.url)


def test_a_source_that_goes_is_unsubscribed() -> None:
    desk = Desk().subscribed()
    path = desk.hub.path()
    desk.subscriber.keep_up([])
    form = desk.hub.form()
    assert (form["hub.mode"], desk.hub.path()) == ("unsubscribe", path)
    assert "hub.secret" not in form
    assert desk.subscriber.hear(path, BODY, None, desk.hub.signed(BODY)) == "unknown"
    assert desk.verified("unsubscribe")
    assert not desk.verified("unsubscribe")
    desk.now += PATIENCE_SECONDS + 1
    desk.subscriber.keep_up([])
    assert len(desk.hub.asked) == 2


def test_a_feed_that_changes_its_hub_is_followed() -> None:
    desk = Desk().subscribed()
    moved = Rhythm(hub="https://other.example/", topic=FEED.rhythm.topic)
    source = Subscription(url=FEED.url, added=FEED.added, rhythm=moved)
    desk.subscriber.keep_up([source])
    modes = [(url, form["hub.mode"]) for url, form in desk.hub.asked[1:]]
    assert sorted(modes) == [
        ("https://hub.example/", "unsubscribe"),
        ("https://other.example/", "subscribe"),
    ]
    desk.subscriber.keep_up([source])
    assert len(desk.hub.asked) == 3


def test_a_hub_that_is_down_is_asked_again_later_and_not_pressed() -> None:
    desk = Desk()
    desk.hub.down = True
    desk.subscriber.keep_up([FEED])
    desk.hub.down = False
    desk.subscriber.keep_up([FEED])
    assert desk.hub.asked == []
    desk.now += AGAIN_SECONDS
    desk.subscriber.keep_up([FEED])
    assert len(desk.hub.asked) == 1


def test_a_hub_that_denies_is_left_alone_for_a_day() -> None:
    desk = Desk()
    desk.subscriber.keep_up([FEED])
    assert desk.verified("denied")
    desk.now += LEASE_SECONDS - 1
    desk.subscriber.keep_up([FEED])
    assert len(desk.hub.asked) == 1
    assert not desk.subscriber.is_told(FEED.url)
