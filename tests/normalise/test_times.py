"""When a report was published, and what may be doubted about it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.normalise.times import (
    UNDATED,
    Stamp,
    read_time,
    stamp_in_address,
    stamp_in_name,
    weigh,
)
from sayso.records import Doubt

NOON = datetime(2025, 3, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "when", "doubts"),
    [
        ("2025-03-03T14:05:00Z", "2025-03-03T14:05", ()),
        ("2025-03-03T14:05:00+01:00", "2025-03-03T13:05", ()),
        ("2025-03-03T14:05:00.123-0500", "2025-03-03T19:05", ()),
        ("20250303T1405Z", "2025-03-03T14:05", ()),
        ("2025-03-03 14:05:00 UTC", "2025-03-03T14:05", ()),
        ("2025-03-03 14:05", "2025-03-03T14:05", ("zoneless",)),
        ("2025-03-03T14:05:00", "2025-03-03T14:05", ("zoneless",)),
        ("2025-03-03", "2025-03-03T00:00", ("dayless",)),
        ("20250303", "2025-03-03T00:00", ("dayless",)),
        ("Mon, 03 Mar 2025 14:05:00 GMT", "2025-03-03T14:05", ()),
        ("Mon, 03 Mar 2025 14:05:00 +0200", "2025-03-03T12:05", ()),
        ("Mon, 03 Mar 2025 14:05:00 EST", "2025-03-03T19:05", ()),
        ("Mon, 3 Mar 25 14:05:00 -0000", "2025-03-03T14:05", ()),
        ("Mon, 03 Mar 2025 14:05:00", "2025-03-03T14:05", ("zoneless",)),
        ("Mon, 03 Mar 2025", "2025-03-03T00:00", ("dayless",)),
        ("March 3, 2025 2:05 p.m. EST", "2025-03-03T19:05", ()),
        ("3 March 2025, 14:05", "2025-03-03T14:05", ("zoneless",)),
        ("Seg, 3 Mar 2025 14:05:00 -0300", "2025-03-03T17:05", ()),
        ("3 de março de 2025", "2025-03-03T00:00", ("dayless",)),
        ("3 juillet 2025", "2025-07-03T00:00", ("dayless",)),
        ("3. Dezember 2025", "2025-12-03T00:00", ("dayless",)),
        ("3 марта 2025", "2025-03-03T00:00", ("dayless",)),
        ("1741010700", "2025-03-03T14:05", ()),
        ("1741010700000", "2025-03-03T14:05", ()),
    ],
)
def test_times_come_out_in_utc_with_their_doubts(
    words: str, when: str, doubts: tuple[Doubt, ...]
) -> None:
    stamp = read_time(words)
    assert stamp.when is not None
    assert stamp.when.strftime("%Y-%m-%dT%H:%M") == when
    assert stamp.when.tzinfo == UTC
    assert stamp.doubts == doubts


@pytest.mark.parametrize(
    "words", [None, "", "  ", "yesterday", "2025", "2025-13-40", "soon, 2025", "0000-00-00", "99"]
)
def test_what_is_no_time_is_undated(words: str | None) -> None:
    assert read_time(words) == UNDATED


@given(st.one_of(st.text(), st.from_regex(r"[\d:TZ+ -]{4,25}"), st.datetimes().map(str)))
def test_no_words_break_the_reader_of_times(words: str) -> None:
    stamp = read_time(words)
    assert stamp.when is None or stamp.when.tzinfo == UTC


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_time_that_is_written_in_full_is_read_back(when: datetime) -> None:
    stamp = read_time(when.isoformat())
    assert stamp == Stamp(when)


@pytest.mark.parametrize(
    ("ahead", "doubts", "expected"),
    [
        (timedelta(minutes=5), (), ()),
        (timedelta(minutes=30), (), ("future",)),
        (timedelta(hours=12), ("dayless",), ("dayless",)),
        (timedelta(hours=13), ("zoneless",), ("zoneless",)),
        (timedelta(days=2), ("dayless",), ("dayless", "future")),
        (-timedelta(days=400), (), ()),
    ],
)
def test_a_time_to_come_is_doubted(
    ahead: timedelta, doubts: tuple[Doubt, ...], expected: tuple[Doubt, ...]
) -> None:
    assert weigh(Stamp(NOON + ahead, doubts), now=NOON).doubts == expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (Stamp(NOON - timedelta(days=2)), ("redated",)),
        (Stamp(NOON - timedelta(hours=3)), ()),
        (Stamp(NOON - timedelta(hours=13)), ("redated",)),
        (Stamp(datetime(2025, 3, 3, tzinfo=UTC), ("dayless",)), ()),
        (Stamp(datetime(2025, 3, 2, tzinfo=UTC), ("dayless",)), ()),
        (Stamp(datetime(2025, 2, 28, tzinfo=UTC), ("dayless",)), ("redated",)),
        (UNDATED, ()),
    ],
)
def test_another_day_elsewhere_is_a_doubt(other: Stamp, expected: tuple[Doubt, ...]) -> None:
    assert weigh(Stamp(NOON), now=NOON, others=(other,)).doubts == expected


@pytest.mark.parametrize(
    ("name", "when"),
    [
        ("2025-03-03T1405Z-dam-fails.txt", "2025-03-03T14:05"),
        ("2025-03-03T14-05Z.txt", "2025-03-03T14:05"),
        ("20250303T140500Z-dam.txt", "2025-03-03T14:05"),
        ("2025-03-03T1405+0100-dam.txt", "2025-03-03T13:05"),
    ],
)
def test_a_file_may_be_named_by_its_time(name: str, when: str) -> None:
    stamp = stamp_in_name(name)
    assert stamp.when is not None
    assert stamp.when.strftime("%Y-%m-%dT%H:%M") == when


def test_a_time_without_a_zone_in_a_name_is_doubted() -> None:
    assert stamp_in_name("2025-03-03T1405-dam.txt").doubts == ("zoneless",)


@pytest.mark.parametrize("name", ["dam.txt", "2025-03-03-dam.txt", "2025-99-99T9999Z.txt"])
def test_other_names_give_no_time(name: str) -> None:
    assert stamp_in_name(name).when is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://orla.example/2025/03/03/dam", "2025-03-03"),
        ("https://orla.example/news/2025-03-03/dam", "2025-03-03"),
        ("https://orla.example/news/2025-03-03-dam", "2025-03-03"),
        ("https://orla.example/2025/mar/03/dam", "2025-03-03"),
        ("https://orla.example/2025/03/03", "2025-03-03"),
        ("https://orla.example/news/2025-03-03.html", "2025-03-03"),
        ("https://orla.example/2025/news/03/dam", None),
        ("https://orla.example/2025/13/03/dam", None),
        ("https://orla.example/12025/03/03", None),
        (None, None),
    ],
)
def test_an_address_may_name_the_day(url: str | None, day: str | None) -> None:
    when = stamp_in_address(url).when
    assert (when.date().isoformat() if when else None) == day
