from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

from sayso.errors import InputError
from sayso.render.briefing_json import FORM, from_json, to_json
from sayso.render.page import embedded
from tests.hostile import TEXTS, hostile
from tests.lowbridge import lowbridge


def test_a_briefing_comes_back_as_it_was() -> None:
    briefing, _ = lowbridge()
    assert from_json(to_json(briefing)) == briefing


def test_writing_what_was_read_gives_the_same_bytes() -> None:
    briefing, _ = lowbridge()
    written = to_json(briefing)
    assert to_json(from_json(written)) == written


def test_the_form_and_its_version_stand_first() -> None:
    assert to_json(lowbridge()[0]).startswith(b'{"sayso":"briefing/1","digest":"')


def test_the_fields_are_those_of_the_records() -> None:
    fields = json.loads(to_json(lowbridge()[0]))
    assert fields["title"] == "The dam above Lowbridge"
    assert fields["lines"][0]["quote"]["spans"][0] == {"start": 142, "end": 179}
    assert fields["updated"] == "2031-05-03T14:05:00Z"


@settings(max_examples=50, deadline=None)
@given(TEXTS, TEXTS)
def test_any_text_comes_back_as_it_was_also_from_a_page(said: str, name: str) -> None:
    briefing, _ = hostile(outlet=name, headline=said, said=said, name=name, role=said, url=None)
    assert from_json(to_json(briefing)) == briefing
    assert not set("<>&\u2028\u2029\x7f") & set(embedded(to_json(briefing).decode()))
    assert from_json(embedded(to_json(briefing).decode())) == briefing


@pytest.mark.parametrize(
    "published, reason",
    [
        pytest.param(b"", "not JSON", id="empty"),
        pytest.param(b"\xff\xfe\x00", "not JSON", id="not UTF-8"),
        pytest.param(b"[" * 100_000, "not JSON", id="nested without end"),
        pytest.param(b"[]", "not a briefing", id="another shape"),
        pytest.param(b'{"title": "x"}', "not a briefing", id="no form"),
        pytest.param(b'{"sayso": "briefing/99"}', "of the form", id="a later form"),
        pytest.param(b'{"sayso": ["briefing/1"]}', "of the form", id="a form that is no text"),
        pytest.param(f'{{"sayso": "{FORM}"}}'.encode(), "missing", id="fields missing"),
        pytest.param(
            to_json(lowbridge()[0]).replace(b'"start":142,', b'"start":999,'),
            "not a span",
            id="a span that ends before it starts",
        ),
        pytest.param(
            to_json(lowbridge()[0]).replace(b'"words":["told"]', b'"words":[]'),
            "0 pieces of words, 1 spans",
            id="a quotation without its words",
        ),
        pytest.param(
            to_json(lowbridge()[0]).replace(b'"confidence":0.93', b'"confidence":NaN'),
            "not a number",
            id="a share that is no number",
        ),
        pytest.param(
            to_json(lowbridge()[0]).replace(b"T14:05:00Z", b"T14:05:00"),
            "not a time in UTC",
            id="a time without a zone",
        ),
    ],
)
def test_what_is_no_briefing_is_refused_with_the_reason(published: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        from_json(published)
