"""JSON lines."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.normalise.jsonlines import read_lines, read_record
from sayso.records import Outlet, Report

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)
BODY = "The reservoir above Orla will stay closed until spring, the water board said on Monday."


def read(record: object, outlet: Outlet | None = None) -> Report:
    return read_record(record, place="wire.jsonl:1", now=NOON, outlet=outlet)


def test_a_line_of_the_contract_becomes_a_report() -> None:
    report = read(
        {
            "id": "r1",
            "url": "https://orla.example/dam?utm_source=x",
            "outlet": "Orla Gazette",
            "published": "2025-03-03T14:05:00+01:00",
            "headline": "Reservoir Closed",
            "text": BODY,
        }
    )
    assert (report.id, report.key) == ("r1", "r1")
    assert report.url == "https://orla.example/dam?utm_source=x"
    assert report.outlet == "Orla Gazette"
    assert report.published == datetime(2025, 3, 3, 13, 5, tzinfo=UTC)
    assert (report.headline, report.text) == ("Reservoir Closed", BODY)
    assert report.doubts == ()
    assert report.source == "wire.jsonl:1"


def test_only_the_text_is_required() -> None:
    report = read({"text": BODY})
    assert report.text == BODY
    assert report.doubts == ("undated",)
    assert report.id == read({"text": BODY}).id


def test_names_of_other_collections_are_read_where_ours_are_missing() -> None:
    report = read(
        {"body": BODY, "title": "Reservoir Closed", "source": "Orla Gazette", "date": "2025-03-03",
         "link": "https://orla.example/dam", "author": "Pia Orm, Jan Dahl"}
    )  # fmt: skip
    assert report.headline == "Reservoir Closed"
    assert report.outlet == "Orla Gazette"
    assert report.published == datetime(2025, 3, 3, tzinfo=UTC)
    assert report.doubts == ("dayless",)
    assert report.key == "https://orla.example/dam"
    assert report.authors == ("Pia Orm", "Jan Dahl")
    assert read({"text": BODY, "body": "Not this."}).text == BODY


def test_a_headline_at_the_beginning_of_the_text_is_marked() -> None:
    text = f"Reservoir Closed\n\n{BODY}"
    report = read({"text": text, "headline": "Reservoir Closed"})
    assert [report.cut(span) for span in report.spans("headline")] == ["Reservoir Closed"]
    assert read({"text": BODY, "headline": "Reservoir Closed"}).spans("headline") == ()
    assert read({"text": text}).headline == "Reservoir Closed"


def test_a_line_knows_its_outlet_better_than_its_folder() -> None:
    folder = Outlet(name="Valley Media")
    assert read({"text": BODY, "outlet": "Orla Gazette"}, folder).outlet == "Orla Gazette"
    assert read({"text": BODY}, folder).outlet == "Valley Media"
    assert read({"text": BODY}, folder).publisher == folder


def test_a_line_without_a_name_of_its_own_keeps_its_key_when_its_text_is_edited() -> None:
    line = {"outlet": "Orla Gazette", "headline": "Reservoir Closed", "published": "2025-03-03"}
    before, after = read({**line, "text": BODY}), read({**line, "text": BODY + " So."})
    assert before.key == after.key
    assert before.id != after.id


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ([], "not a JSON object"),
        ("text", "not a JSON object"),
        (None, "not a JSON object"),
        ({}, 'has no "text"'),
        ({"text": 5}, 'has no "text"'),
        ({"text": " \n"}, '"text" is empty'),
        ({"text": BODY, "published": "some day"}, "\"published\" is no time: 'some day'"),
    ],
)
def test_what_is_no_report_says_why(record: object, reason: str) -> None:
    with pytest.raises(InputError) as error:
        read(record)
    assert str(error.value) == f"wire.jsonl:1: {reason}"


def test_a_bad_line_is_named_and_the_rest_goes_on() -> None:
    lines = "\n".join(
        [json.dumps({"text": BODY}), "", "{not json", json.dumps({"text": BODY + "!"})]
    )
    found = list(read_lines(lines, place="wire.jsonl", now=NOON))
    assert [type(one) for one in found] == [Report, InputError, Report]
    assert str(found[1]).startswith("wire.jsonl:3: not JSON:")
    assert [one.source for one in found if isinstance(one, Report)] == [
        "wire.jsonl:1",
        "wire.jsonl:4",
    ]


def test_half_a_surrogate_pair_becomes_one_replacement_character() -> None:
    found = list(read_lines('{"text": "a\\ud83db\\u0000c"}', place="x", now=NOON))
    assert [one.text for one in found if isinstance(one, Report)] == ["a\ufffdb\ufffdc"]


@pytest.mark.parametrize(
    "line",
    [
        "[" * 100_000,
        "{" * 100_000,
        '{"text": ' + "9" * 5000 + "}",
        '{"a":' * 5000,
        "NaN",
        '"\\ud83d"',
    ],
    ids=["lists", "objects", "a long number", "nested", "nan", "half a pair"],
)
def test_hostile_lines_are_problems(line: str) -> None:
    assert [type(one) for one in read_lines(line, place="x", now=NOON)] == [InputError]


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=())),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=5,
)
FIELDS = st.sampled_from(
    ["id", "url", "outlet", "published", "headline", "text", "date", "title", "author", "language"]
)


@given(st.dictionaries(FIELDS, VALUES))
def test_no_values_break_a_line(record: dict[str, Any]) -> None:
    for one in read_lines(json.dumps(record), place="x", now=NOON):
        if isinstance(one, Report):
            assert all(part.span.end <= len(one.text) for part in one.parts)
            json.dumps(one.text).encode()
            one.text.encode("utf-8")


def test_a_line_dated_otherwise_than_its_own_address_is_doubted() -> None:
    line = {"text": BODY, "url": "https://orla.example/2025/03/03/dam"}
    assert read({**line, "published": "2024-03-03T14:05:00Z"}).doubts == ("redated",)
    assert read({**line, "published": "2025-03-03T14:05:00Z"}).doubts == ()
