"""Agencies' own formats: NewsML-G2 and NITF, well made, odd and hostile."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.normalise.newsml import read_newsml
from sayso.normalise.read import parse, recognise
from sayso.ports import Raw
from sayso.records import Outlet, Report

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)
DAM = "The reservoir above Orla will stay closed until spring, the water board said."
XHTML = (
    f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{DAM}</p><p>It rains.</p></body></html>'
)
NITF = (
    "<nitf><body><body.head><hedline><hl1>Reservoir closed</hl1></hedline>"
    "<byline>By <person>Pia Orm</person>, Halden Wire</byline></body.head>"
    f"<body.content><p>ORLA (Norvane) — {DAM}</p><p>It rains.</p>"
    "<media><media-caption>The reservoir.</media-caption></media></body.content></body></nitf>"
)


def item(
    body: str = f'<inlineXML contenttype="application/xhtml+xml">{XHTML}</inlineXML>',
    meta: str = "",
    kind: str = "ninat:text",
) -> str:
    return f"""<newsItem guid="tag:norvane.example,2025:dam" version="3" xml:lang="en-GB">
      <rightsInfo><copyrightHolder literal="Norvane"/></rightsInfo>
      <itemMeta><itemClass qcode="{kind}"/><provider qcode="nprov:Norvane"/>
        <versionCreated>2025-03-04T10:05:00+01:00</versionCreated>
        <firstCreated>2025-03-04T08:00:00+01:00</firstCreated></itemMeta>
      <contentMeta><headline>Reservoir stays closed</headline><by>By Pia Orm</by>{meta}
      </contentMeta>
      <contentSet>{body}</contentSet></newsItem>"""


def message(*items: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>'
        f"{''.join(items)}</itemSet></newsMessage>"
    )


def read(text: str, outlet: Outlet | None = None) -> list[Report | InputError]:
    return list(read_newsml(text, place="in.xml", now=NOON, outlet=outlet))


def report(text: str, outlet: Outlet | None = None) -> Report:
    (found,) = read(text, outlet)
    assert isinstance(found, Report)
    return found


def test_an_item_is_a_report_with_all_that_it_tells() -> None:
    found = report(message(item()))
    assert found.headline == "Reservoir stays closed"
    assert found.text == f"Reservoir stays closed\n\n{DAM}\n\nIt rains."
    assert (found.outlet, found.authors, found.language) == ("Norvane", ("Pia Orm",), "en")
    assert found.published == datetime(2025, 3, 4, 7, tzinfo=UTC)
    assert found.updated == datetime(2025, 3, 4, 9, 5, tzinfo=UTC)
    assert found.credits == ()
    assert [part.kind for part in found.parts] == ["headline", "body", "body"]


def test_who_gave_the_information_is_a_credit() -> None:
    meta = "<infoSource><name>Halden News Agency</name></infoSource><creditline>AP</creditline>"
    found = report(message(item(meta=meta)), Outlet(name="Orla Gazette"))
    assert found.outlet == "Orla Gazette"
    assert [(one.name, one.reason) for one in found.credits] == [
        ("Halden News Agency", "information source in NewsML"),
        ("AP", "credit line in NewsML"),
        ("Norvane", "copyright holder in NewsML"),
    ]


def test_nitf_alone_and_inside_gives_the_same_story() -> None:
    inside = report(
        message(item(f'<inlineXML contenttype="application/nitf+xml">{NITF}</inlineXML>'))
    )
    alone = report(NITF, Outlet(name="Orla Gazette"))
    assert alone.headline == "Reservoir closed"
    for found in (inside, alone):
        assert found.text.count(DAM) == 1
        assert "It rains." in found.text
        assert "caption" in [part.kind for part in found.parts]
    assert "Norvane" in [credit.name for credit in alone.credits]


def test_plain_text_keeps_its_signs() -> None:
    body = "<inlineData>It rains &lt;hard&gt; &amp; long.\n\nThe dam holds.</inlineData>"
    assert report(item(body)).text.endswith("It rains <hard> & long.\n\nThe dam holds.")


def test_a_new_version_of_an_item_has_the_key_of_the_old() -> None:
    before = report(message(item()))
    after = report(message(item().replace("It rains", "It pours")))
    assert before.key == after.key
    assert before.id != after.id


def test_a_picture_is_a_problem_and_the_rest_goes_on() -> None:
    found = read(message(item(kind="ninat:picture"), item(), "<packageItem/>"))
    assert [type(one) for one in found] == [InputError, Report, InputError]
    assert "a picture, no text" in str(found[0])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('<!DOCTYPE a [<!ENTITY x "y">]>' + NITF, id="entity"),
        pytest.param('<!DOCTYPE nitf SYSTEM "x" [ ]>' + NITF, id="subset"),
        pytest.param(message(), id="no-item"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        read(text)


@pytest.mark.parametrize(
    "text",
    [message(item()), NITF, item(), "<nar:newsItem xmlns:nar='x'>"],
    ids=lambda one: one[:20],
)
def test_it_is_known_by_its_root(text: str) -> None:
    assert recognise(text) == recognise(text, media_type="application/xml") == "newsml"


def test_a_feed_or_a_page_that_speaks_of_it_is_none() -> None:
    assert recognise("<rss><channel><title>&lt;newsItem></title><newsItem ") == "feed"
    assert recognise("<html><body><p>a <newsItem > </p>") == "page"


TAGS = ["newsItem", "p", "body", "nitf", "inlineXML", "inlineData", "by", "headline", "provider"]


@given(
    st.lists(
        st.sampled_from(
            [
                *(f"<{tag}>" for tag in TAGS),
                *(f"</{tag}>" for tag in TAGS),
                "dam ",
                "&amp;",
                "&x;",
                "\x01",
                "<",
                " a='",
            ]
        ),
        max_size=40,
    )
)
def test_no_markup_breaks_it(pieces: list[str]) -> None:
    try:
        found = read("<newsItem>" + "".join(pieces))
    except InputError:
        return
    for one in found:
        if isinstance(one, Report):
            assert all(part.span.end <= len(one.text) for part in one.parts)


@given(st.binary(max_size=200))
def test_no_bytes_break_it(noise: bytes) -> None:
    whole = message(item()).encode()
    for body in (whole[:400] + noise, whole[:900] + noise + whole[900:]):
        try:
            parse(Raw(place="in.xml", body=body), now=NOON)
        except InputError:
            continue
