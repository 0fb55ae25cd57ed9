"""ninjs, versions 1 and 2, as agencies send it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.normalise.ninjs import is_ninjs, read_ninjs
from sayso.normalise.read import parse
from sayso.ports import Raw
from sayso.records import Outlet, Report

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)
DAM = "The reservoir above Orla will stay closed until spring, the water board said."
ONE: dict[str, Any] = {
    "uri": "tag:norvane.example,2025:dam",
    "type": "text",
    "versioncreated": "2025-03-04T09:05:00Z",
    "firstcreated": "2025-03-04T07:00:00Z",
    "language": "en",
    "headline": "Reservoir stays closed",
    "byline": "By Pia Orm",
    "body_xhtml": f"<p>{DAM}</p><p>It rains.</p>",
    "body_text": f"{DAM} It rains.",
    "provider": "Norvane",
    "infosources": [{"name": "Halden News Agency"}],
    "associations": {"main": {"type": "picture", "headline": "The reservoir"}},
}
TWO: dict[str, Any] = {
    "uri": "tag:norvane.example,2025:dam",
    "type": "text",
    "versioncreated": "2025-03-04T09:05:00Z",
    "contentcreated": "2025-03-04T07:00:00Z",
    "language": "en",
    "headlines": [
        {"role": "short", "value": "Closed"},
        {"role": "main", "value": "Reservoir stays closed"},
    ],
    "by": "By Pia Orm",
    "bodies": [
        {"contenttype": "text/plain", "value": f"{DAM} It rains."},
        {"contenttype": "text/html", "value": f"<p>{DAM}</p><p>It rains.</p>"},
    ],
    "publisher": {"name": "Norvane"},
    "infosources": [{"name": "Halden News Agency"}],
}


def read(record: dict[str, Any], outlet: Outlet | None = None) -> Report:
    return read_ninjs(record, place="in.json", now=NOON, outlet=outlet)


@pytest.mark.parametrize("record", [ONE, TWO], ids=["version 1", "version 2"])
def test_an_object_is_a_report_with_all_that_it_tells(record: dict[str, Any]) -> None:
    found = read(record)
    assert found.text == f"Reservoir stays closed\n\n{DAM}\n\nIt rains."
    assert (found.outlet, found.authors, found.language) == ("Norvane", ("Pia Orm",), "en")
    assert found.published == datetime(2025, 3, 4, 7, tzinfo=UTC)
    assert found.updated == datetime(2025, 3, 4, 9, 5, tzinfo=UTC)
    assert [(one.name, one.reason) for one in found.credits] == [
        ("Halden News Agency", "information source in ninjs")
    ]
    assert read({**record, "versioncreated": "2025-03-04T10:00:00Z"}).key == found.key


def test_plain_text_is_read_where_there_is_no_other() -> None:
    record = {"uri": "x", "body_text": "It rains <hard>.\n\nThe dam holds."}
    assert read(record).text == "It rains <hard>.\n\nThe dam holds."


@pytest.mark.parametrize(
    "record",
    [
        pytest.param({**ONE, "type": "picture"}, id="picture"),
        pytest.param({"uri": "x", "versioncreated": "2025-03-04"}, id="no words"),
    ],
)
def test_what_has_no_text_is_a_problem(record: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        read(record)


@pytest.mark.parametrize("record", [ONE, TWO], ids=["version 1", "version 2"])
@pytest.mark.parametrize(
    "form",
    [
        pytest.param(lambda one: json.dumps(one), id="alone"),
        pytest.param(lambda one: json.dumps([one]), id="in a list"),
        pytest.param(lambda one: json.dumps(one) + '\n{"text": "It pours."}\n', id="among lines"),
        pytest.param(lambda one: json.dumps(one, indent=2), id="over many lines"),
    ],
)
def test_it_is_read_wherever_json_is(record: dict[str, Any], form: Any) -> None:
    reading = parse(Raw(place="in.json", body=form(record).encode()), now=NOON)
    assert reading.problems == ()
    assert reading.reports[0].headline == "Reservoir stays closed"


def test_our_own_lines_are_not_taken_for_it() -> None:
    assert not is_ninjs({"text": "It rains.", "uri": "x", "versioncreated": "y"})
    assert not is_ninjs({"url": "x", "body": "It rains."})


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "value", "role", "contenttype"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(sorted({*ONE, *TWO})), VALUES))
def test_no_value_breaks_it(record: dict[str, Any]) -> None:
    try:
        found = read(record)
    except InputError:
        return
    assert all(part.span.end <= len(found.text) for part in found.parts)
