"""When a source is asked again."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.records import Rhythm, Subscription
from sayso.sources.schedule import LONGEST, after_answer, after_failure, host_of, is_due
from tests.build import NOON

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

RHYTHMS = st.builds(
    Rhythm,
    lifetime=st.none() | st.timedeltas(timedelta(0), timedelta(days=999)),
    period=st.none() | st.timedeltas(timedelta(0), timedelta(days=999)),
    skip_hours=st.lists(st.integers(0, 23), max_size=30).map(tuple),
    skip_days=st.lists(st.integers(0, 6), max_size=9).map(tuple),
    published=st.lists(
        st.timedeltas(-DAY, timedelta(days=9999)).map(lambda ago: NOON - ago), max_size=9
    ).map(tuple),
)


def every(gap: timedelta, *, last: timedelta = MINUTE, count: int = 10) -> tuple[datetime, ...]:
    return tuple(NOON - last - gap * number for number in range(count))


def wait(rhythm: Rhythm, lifetime: timedelta | None = None, chance: float = 0.0) -> timedelta:
    due = after_answer(rhythm, now=NOON, lifetime=lifetime, floor=MINUTE, chance=chance)
    return due - NOON


def wait_failing(failures: int, rhythm: Rhythm | None = None, **told: object) -> timedelta:
    told = {"chance": 0.5, **told}
    rhythm = rhythm or Rhythm(published=every(MINUTE, last=timedelta(0)))
    due = after_failure(rhythm, now=NOON, failures=failures, floor=MINUTE, **told)  # type: ignore[arg-type]
    return due - NOON


@pytest.mark.parametrize(
    ("rhythm", "lifetime", "expected"),
    [
        pytest.param(Rhythm(), None, HOUR, id="nothing-known"),
        pytest.param(Rhythm(published=every(10 * MINUTE)), None, 10 * MINUTE, id="as-it-publishes"),
        pytest.param(Rhythm(published=every(MINUTE / 60)), None, MINUTE, id="above-the-floor"),
        pytest.param(Rhythm(period=2 * HOUR), None, 2 * HOUR, id="its-word-where-nothing-shows"),
        pytest.param(
            Rhythm(published=every(10 * MINUTE), period=2 * HOUR), None, 10 * MINUTE,
            id="what-it-does-before-what-it-says",
        ),
        pytest.param(
            Rhythm(published=every(10 * MINUTE), lifetime=30 * MINUTE), None, 30 * MINUTE, id="ttl"
        ),
        pytest.param(
            Rhythm(published=every(10 * MINUTE)), 45 * MINUTE, 45 * MINUTE, id="cache-lifetime"
        ),
        pytest.param(Rhythm(), timedelta(days=365), DAY, id="no-lifetime-beyond-a-day"),
        pytest.param(Rhythm(lifetime=timedelta(days=365)), None, DAY, id="no-ttl-beyond-a-day"),
        pytest.param(
            Rhythm(published=every(MINUTE, last=HOUR)), None, HOUR / 2, id="silent-for-an-hour"
        ),
        pytest.param(
            Rhythm(published=every(MINUTE, last=8 * HOUR)), None, 2 * HOUR, id="silent-by-night"
        ),
        pytest.param(
            Rhythm(published=every(MINUTE, last=6 * DAY)), None, 12 * HOUR, id="silent-for-days"
        ),
        pytest.param(
            Rhythm(published=every(MINUTE, last=999 * DAY)), None, DAY, id="silent-for-years"
        ),
        pytest.param(Rhythm(published=every(MINUTE, last=-DAY)), None, HOUR, id="dated-tomorrow"),
        pytest.param(Rhythm(skip_hours=(13, 14)), None, 3 * HOUR, id="hours-it-skips"),
        pytest.param(Rhythm(skip_days=(1,)), None, 12 * HOUR, id="days-it-skips"),
        pytest.param(Rhythm(skip_hours=tuple(range(24))), None, HOUR, id="skips-every-hour"),
        pytest.param(Rhythm(skip_days=tuple(range(7))), None, HOUR, id="skips-every-day"),
    ],
)  # fmt: skip
def test_a_source_is_asked_as_often_as_it_publishes(
    rhythm: Rhythm, lifetime: timedelta | None, expected: timedelta
) -> None:
    assert wait(rhythm, lifetime) == expected


def test_polls_are_spread_by_chance() -> None:
    assert HOUR < wait(Rhythm(), chance=0.9) <= 1.1 * HOUR


def test_failures_double_the_wait_up_to_a_quarter_of_a_day() -> None:
    waits = [wait_failing(number) for number in range(1, 14)]
    assert waits[:4] == [MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE]
    assert waits[-1] == waits[-2] == 6 * HOUR
    assert wait_failing(3, chance=0.0) < wait_failing(3) < wait_failing(3, chance=0.9)


def test_a_failing_source_is_not_asked_oftener_than_a_good_one() -> None:
    assert wait_failing(1, Rhythm(lifetime=30 * MINUTE)) == HOUR


def test_a_host_is_left_alone_for_as_long_as_it_asks_but_not_for_ever() -> None:
    assert wait_failing(1, retry_after=2 * HOUR, chance=0.0) == 2 * HOUR
    assert wait_failing(1, retry_after=2 * HOUR, chance=0.9) > 2 * HOUR
    assert wait_failing(1, retry_after=timedelta(days=999), chance=0.0) == DAY
    assert wait_failing(1, retry_after=timedelta(0)) == MINUTE


def test_without_a_network_everybody_is_tried_again_soon() -> None:
    assert wait_failing(12, Rhythm(lifetime=DAY), network_gone=True) == 5 * MINUTE


def test_paused_sources_are_never_due_and_new_ones_at_once() -> None:
    new = Subscription(url="https://gazette.example/feed", added=NOON)
    assert is_due(new, now=NOON)
    assert not is_due(Subscription(url=new.url, added=NOON, paused=True), now=NOON)


@pytest.mark.parametrize(
    ("polled", "due", "expected"),
    [
        pytest.param(-MINUTE, timedelta(0), True, id="now"),
        pytest.param(-MINUTE, MINUTE, False, id="soon"),
        pytest.param(timedelta(seconds=1), MINUTE, False, id="the-clock-slipped-a-second"),
        pytest.param(HOUR, 2 * HOUR, True, id="the-clock-went-back-an-hour"),
        pytest.param(-MINUTE, timedelta(days=3650), True, id="due-in-ten-years"),
        pytest.param(-timedelta(days=3650), -timedelta(days=3650), True, id="went-ahead-ten-years"),
    ],
)
def test_a_clock_that_jumps_delays_nothing(
    polled: timedelta, due: timedelta, expected: bool
) -> None:
    source = Subscription(
        url="https://gazette.example/feed", added=NOON, last_polled=NOON + polled, due=NOON + due
    )
    assert is_due(source, now=NOON) is expected


@given(RHYTHMS, st.none() | st.timedeltas(timedelta(0), timedelta(days=9)), st.floats(0, 0.999))
def test_every_answer_leads_to_another_poll_within_bounds(
    rhythm: Rhythm, lifetime: timedelta | None, chance: float
) -> None:
    due = after_answer(rhythm, now=NOON, lifetime=lifetime, floor=MINUTE, chance=chance)
    assert NOON + MINUTE <= due <= NOON + 8 * DAY
    polled = Subscription(url="https://a.example/", added=NOON, last_polled=NOON, due=due)
    assert not is_due(polled, now=NOON)
    assert is_due(polled, now=due)


@given(RHYTHMS, st.integers(1, 10_000), st.floats(0, 0.999))
def test_every_failure_leads_to_another_poll_within_bounds(
    rhythm: Rhythm, failures: int, chance: float
) -> None:
    due = after_failure(rhythm, now=NOON, failures=failures, floor=MINUTE, chance=chance)
    assert NOON + MINUTE <= due <= NOON + 8 * LONGEST


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://News.Gazette.example:8443/feed", "news.gazette.example"),
        ("http://[::1]:80/", "::1"),
        ("http://[broken", "http://[broken"),
    ],
)
def test_ports_and_case_make_no_other_host(url: str, host: str) -> None:
    assert host_of(url) == host
