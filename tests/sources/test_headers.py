"""What servers say in headers of how long their answers hold and when to come back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.sources.headers import LONGEST, lifetime_of, link_of, retry_after
from tests.build import NOON

BASE = "https://gazette.example/feed"

DATE, LATER = "Tue, 04 Mar 2025 11:00:00 GMT", "Tue, 04 Mar 2025 11:20:00 GMT"


@pytest.mark.parametrize(
    ("told", "minutes"),
    [
        ({}, None),
        ({"cache-control": "max-age=600"}, 10),
        ({"cache-control": 'Public, Max-Age="600"', "age": "120"}, 8),
        ({"cache-control": "max-age=600", "age": "9000"}, 0),
        ({"cache-control": "max-age=600", "age": "old"}, 10),
        ({"cache-control": "no-cache, max-age=600"}, 0),
        ({"cache-control": "private, no-store"}, 0),
        ({"cache-control": "max-age=31536000"}, 24 * 60),
        ({"cache-control": "max-age=999999999999999999"}, 24 * 60),
        ({"cache-control": "max-age=600", "expires": "0", "date": DATE}, 10),
        ({"expires": LATER, "date": DATE}, 20),
        ({"expires": DATE, "date": LATER}, 0),
        ({"expires": "0", "date": DATE}, None),
        ({"expires": LATER}, None),
    ],
)
def test_how_long_an_answer_holds(told: dict[str, str], minutes: int | None) -> None:
    expected = None if minutes is None else timedelta(minutes=minutes)
    assert lifetime_of(told) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (None, None),
        ("90", timedelta(seconds=90)),
        ("-90", None),
        ("9" * 400, LONGEST),
        ("Tue, 04 Mar 2025 12:30:00 GMT", timedelta(minutes=30)),
        ("Tue, 04 Mar 2025 11:30:00 GMT", timedelta(0)),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST),
        ("soon", None),
    ],
)
def test_when_to_come_back(words: str | None, expected: timedelta | None) -> None:
    assert retry_after(words, now=NOON) == expected


@pytest.mark.parametrize(
    ("link", "hub"),
    [
        ('<https://hub.example/>; rel="hub"', "https://hub.example/"),
        ("<https://a.example/>; rel=self, <https://hub.example/>; rel=hub", "https://hub.example/"),
        ('</hub>; rel="alternate hub"', "https://gazette.example/hub"),
        ('<https://a.example/>; rel="github"', None),
        ("<https://[::1/>; rel=hub", None),
        ("", None),
    ],
)
def test_who_tells_of_changes(link: str, hub: str | None) -> None:
    assert link_of({"link": link}, "hub", base=BASE) == hub


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_header_breaks_it(one: str, other: str) -> None:
    lifetime_of({"cache-control": one, "age": other})
    lifetime_of({"expires": one, "date": other})
    link_of({"link": one}, "hub", base=BASE)
    retry_after(one, now=NOON)
