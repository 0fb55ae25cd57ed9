"""What a store keeps comes back as it was, whatever stands in it."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.errors import StoreError
from sayso.records import (
    Span,
    Speaker,
)
from sayso.stores.encoding import (
    decode,
    encode,
    pack,
    time_of,
    time_text,
    unpack,
    words,
    words_bytes,
)
from tests.stores.strategies import RECORDS, TEXTS, TIMES


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(RECORDS)
def test_a_record_comes_back_as_it_was(record: Any) -> None:
    assert decode(encode(record), type(record)) == record
    assert unpack(pack(record), type(record)) == record


@given(TEXTS)
def test_a_text_comes_back_as_it_was(text: str) -> None:
    assert words(words_bytes(text)) == text


@given(TIMES)
def test_a_time_comes_back_as_it_was(when: datetime) -> None:
    assert time_of(time_text(when)) == when


@given(TIMES, TIMES)
def test_times_sort_as_texts(one: datetime, other: datetime) -> None:
    assert (time_text(one) < time_text(other)) == (one < other)


def test_a_time_of_another_zone_is_kept_in_utc() -> None:
    local = datetime(2031, 5, 1, 14, tzinfo=timezone(timedelta(hours=2)))
    assert time_text(local) == "2031-05-01T12:00:00.000000+00:00"


def test_a_record_that_gained_a_field_takes_its_default() -> None:
    assert decode(b'{"name":"The mayor","retired":true}', Speaker) == Speaker(name="The mayor")


@given(st.binary())
def test_damaged_bytes_are_a_store_error_or_a_record(raw: bytes) -> None:
    for read in (
        lambda: decode(raw, Speaker),
        lambda: unpack(raw, Speaker),
        lambda: words(raw),
        lambda: time_of(raw.decode("latin-1")),
    ):
        with suppress(StoreError):
            read()


def test_a_record_of_the_wrong_shape_is_a_store_error() -> None:
    with pytest.raises(StoreError, match="damaged"):
        decode(b'{"start":2,"end":1}', Span)
