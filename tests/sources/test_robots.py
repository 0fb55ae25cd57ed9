"""The rules of sites are kept for a day, and of so many sites at most."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sayso.sources import robots
from sayso.sources.robots import KEPT, Rules
from tests.build import NOON

HOUR = timedelta(hours=1)


def url(number: int) -> str:
    return f"https://outlet-{number}.example/page"


def test_rules_hold_for_a_day_and_not_for_a_clock_that_went_back() -> None:
    rules = Rules()
    rules.learn(url(1), b"User-agent: *\nDisallow: /private", now=NOON)
    assert rules.known(url(1), now=NOON + KEPT)
    assert not rules.known(url(1), now=NOON + KEPT + HOUR)
    assert not rules.known(url(1), now=NOON - HOUR)
    assert rules.allow(url(1), "sayso")
    assert not rules.allow("https://outlet-1.example/private/a", "sayso")


def test_rules_that_hold_no_longer_are_forgotten() -> None:
    rules = Rules()
    for number in range(50):
        rules.learn(url(number), b"", now=NOON)
    rules.learn(url(99), b"", now=NOON + KEPT + HOUR)
    assert len(rules) == 1


def test_of_too_many_sites_the_first_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(robots, "MOST_KEPT", 3)
    rules = Rules()
    for number in (1, 2, 3, 1, 4):
        rules.learn(url(number), b"", now=NOON)
    assert len(rules) == 3
    assert [number for number in range(1, 5) if rules.known(url(number), now=NOON)] == [1, 3, 4]
