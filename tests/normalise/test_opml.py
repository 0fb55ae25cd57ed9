"""Lists of feeds go in and out as OPML."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.normalise.opml import parse_opml
from sayso.records import Outlet, Subscription
from sayso.render.opml import render_opml
from tests.build import NOON

GAZETTE = Subscription(
    url="https://gazette.example/feed.xml?a=1&b=2",
    name="Gazette & Sons",
    outlet=Outlet(name="Orla Gazette", owner="Courier group", country="FR"),
    added=NOON,
)
POST = Subscription(url="http://post.example/rss", name="Post", added=NOON)


def test_what_is_written_is_read_again() -> None:
    text = render_opml([GAZETTE, POST])
    assert parse_opml(text.encode(), name="x.opml", now=NOON) == [GAZETTE, POST]


def test_folders_are_looked_into_and_doubles_left_out() -> None:
    body = b"""<opml version="1.0"><body><outline text="World">
      <outline text="A" xmlUrl="http://a.example/f"/><outline xmlUrl="http://a.example/f"/>
      <outline text="B" xmlUrl="file:///etc/passwd"/></outline></body></opml>"""
    assert [one.url for one in parse_opml(body, name="x", now=NOON)] == ["http://a.example/f"]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"<rss/>", id="a-feed"),
        pytest.param(b"<opml", id="cut-off"),
    ],
)
def test_what_is_not_opml_is_named(body: bytes) -> None:
    with pytest.raises(InputError, match=r"list\.opml"):
        parse_opml(body, name="list.opml", now=NOON)


def test_a_file_that_an_entity_names_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden")
    body = f"""<!DOCTYPE opml [<!ENTITY a SYSTEM "{secret.as_uri()}">]>
    <opml><body><outline xmlUrl="http://a.example/f"><b>&a;</b></outline></body></opml>"""
    found = parse_opml(body.encode(), name="x", now=NOON)
    assert "hidden" not in repr(found)


@given(st.binary(max_size=300))
def test_no_bytes_break_it(body: bytes) -> None:
    try:
        parse_opml(body, name="x", now=NOON)
    except InputError as error:
        assert error.thing == "x"
