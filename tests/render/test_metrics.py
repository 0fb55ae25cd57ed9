"""What Prometheus reads of the desk's health."""

from __future__ import annotations

import re
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from sayso.records import Cursor, Health, Logbook, Subscription, Turn
from sayso.render.metrics import render_metrics
from tests.build import NOON

SAMPLE = re.compile(r'[a-z_]+(\{[a-z]+="(?:[^"\\\n]|\\[\\"n])*"\})? [-+0-9.e]+')


def source(name: str, **told: object) -> Subscription:
    return Subscription(url=f"https://{name}.example/feed", added=NOON, **told)  # type: ignore[arg-type]


def health(*sources: Subscription, logbook: Logbook | None = None) -> Health:
    return Health(at=NOON, sources=sources, logbook=logbook, cursor=Cursor(41), version="0.1")


def test_sources_are_counted_by_how_they_are_and_failing_ones_named() -> None:
    text = render_metrics(
        health(
            source("courier", last_polled=NOON),
            source("gazette", last_polled=NOON, failing_since=NOON - timedelta(minutes=2)),
            source("radio", paused=True, failing_since=NOON),
            source("wire"),
            source("post", last_polled=NOON, due=NOON - timedelta(hours=1), dropped=("item 3",)),
        )
    )
    assert 'sayso_sources{state="fine"} 2' in text
    assert 'sayso_sources{state="failing"} 1' in text
    assert 'sayso_sources{state="paused"} 1' in text
    assert 'sayso_sources{state="new"} 1' in text
    assert 'sayso_source_failing_seconds{source="https://gazette.example/feed"} 120' in text
    assert 'sayso_source_late_seconds{source="https://post.example/feed"} 3600' in text
    assert 'sayso_source_dropped_items{source="https://post.example/feed"} 1' in text
    assert "sayso_cursor 41" in text
    assert "sayso_turns_total" not in text  # nobody watches


def test_the_logbook_is_told_in_counters_and_its_last_turn_in_gauges() -> None:
    last = Turn(began=NOON, seconds=1.5, error="the disk is full")
    text = render_metrics(
        health(logbook=Logbook(since=NOON, turns=7, failed_turns=1, polled=90, queue=4, last=last))
    )
    for line in (
        "# TYPE sayso_turns_total counter", "sayso_turns_total 7", "sayso_turns_failed_total 1",
        "sayso_polls_total 90", "sayso_queue 4", "sayso_last_turn_duration_seconds 1.5",
        "sayso_last_turn_ok 0",
    ):  # fmt: skip
        assert line in text.splitlines()


@given(st.text(st.characters(exclude_categories=())))
def test_no_address_breaks_the_format(url: str) -> None:
    failing = Subscription(url=url, added=NOON, failing_since=NOON)
    for line in render_metrics(health(failing)).strip("\n").split("\n"):
        assert line.startswith("# ") or SAMPLE.fullmatch(line)
