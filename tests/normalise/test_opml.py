"""Lists of feeds go in and out as OPML."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.normalise.opml import parse_opml
from sayso.normalise.urls import canonical
from sayso.records import Outlet, Subscription
from sayso.render.opml import render_opml
from tests.build import NOON

GAZETTE = Subscription(
    url="https://gazette.example/feed.xml?a=1&b=2",
    name="Gazette & Sons",
    outlet=Outlet(name="Orla Gazette", owner="Courier group", country="FR", language="fr"),
    added=NOON,
    pages=True,
    paused=True,
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


def test_a_name_that_xml_cannot_hold_is_still_written() -> None:
    odd = Subscription(url="http://odd.example/f", name="O\x00d\x1bd \ud800", added=NOON)
    [read] = parse_opml(render_opml([odd]).encode(), name="x", now=NOON)
    assert read.name == "O\ufffdd\ufffdd \ufffd"


def test_the_sources_to_start_with_are_many_in_many_tongues_and_each_says_whose_it_is() -> None:
    body = resources.files("sayso.sources").joinpath("starter.opml").read_bytes()
    found = parse_opml(body, name="starter", now=NOON)
    assert 50 <= len(found) <= 100
    outlets = [one.outlet for one in found if one.outlet is not None]
    assert len(outlets) == len(found)
    for one in outlets:
        assert one.url is not None
        assert re.fullmatch("[A-Z]{2}", one.country or "")
        assert re.fullmatch("[a-z]{2}", one.language or "")
    assert len({one.country for one in outlets}) >= 25
    assert len({one.language for one in outlets}) >= 12
    assert len({canonical(one.url) for one in found}) == len(found)
    assert b"could be checked" in body  # it says of itself that nobody has looked
