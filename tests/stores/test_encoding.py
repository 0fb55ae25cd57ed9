"""What a store keeps comes back as it was, whatever stands in it."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import StoreError
from sayso.ports import Raw
from sayso.records import (
    Development,
    Figure,
    Findings,
    Lineage,
    Outlet,
    Placement,
    Report,
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

# Halves of surrogate pairs too: JSON lines can carry them.
TEXTS = st.text(st.characters(exclude_categories=()))
SPANS = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)).map(
    lambda ends: Span(min(ends), max(ends))
)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
TIMES = st.datetimes(timezones=st.just(UTC))

st.register_type_strategy(str, TEXTS)
st.register_type_strategy(float, NUMBERS)
st.register_type_strategy(datetime, TIMES)
st.register_type_strategy(Span, SPANS)

RECORDS = st.one_of(
    *(
        st.from_type(kind)
        for kind in (
            Development, Figure, Findings, Lineage, Outlet, Placement, Raw, Report, Speaker,
        )
    )
)  # fmt: skip


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
