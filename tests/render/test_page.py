from __future__ import annotations

import dataclasses
import itertools
import re
from collections import Counter
from urllib.parse import urlsplit

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.records import ReportId
from sayso.render.page import Served, href, render_page
from sayso.render.phrases import visible
from tests.build_briefing import Newsroom
from tests.hostile import ADDRESSES, NASTY, TEXTS, hostile
from tests.lowbridge import lowbridge
from tests.markup import cuts, parse

ELEMENTS = {
    "a", "article", "b", "bdi", "blockquote", "body", "button", "caption", "circle", "cite",
    "del", "desc", "details", "div", "footer", "form", "g", "h1", "h2", "h3", "head", "header",
    "html", "input", "label", "li", "line", "link", "main", "mark", "meta", "nav", "ol", "p",
    "q", "rect", "script", "section", "span", "strong", "style", "summary", "svg", "table",
    "tbody", "td", "text", "th", "thead", "time", "title", "tr", "ul",
}  # fmt: skip
"""Every element that a page of ours is made of; another one came from a report."""


def pages() -> list[object]:
    briefing, _ = lowbridge()
    empty = Newsroom().briefing("Nothing yet")
    nasty, _ = hostile(
        outlet=NASTY[0], headline=NASTY[1], said=NASTY[4], name=NASTY[3], role=NASTY[9],
        url=ADDRESSES[-3],
    )  # fmt: skip
    served = Served(topic="lowbridge", prefix="/desk")
    return [
        pytest.param(render_page(briefing), id="file"),
        pytest.param(render_page(briefing, served=served), id="served"),
        pytest.param(render_page(empty), id="empty"),
        pytest.param(render_page(nasty), id="hostile"),
    ]


@pytest.mark.parametrize("page", pages())
def test_a_page_is_html_without_a_parse_error(page: str) -> None:
    parser = html5lib.HTMLParser()
    parser.parse(page)
    assert parser.errors == []


@pytest.mark.parametrize("page", pages())
def test_ids_are_unique_and_every_link_within_the_page_leads_somewhere(page: str) -> None:
    tree = parse(page)
    ids = Counter(tree.xpath("//@id"))
    assert [each for each, times in ids.items() if times > 1] == []
    inner = [address[1:] for address in tree.xpath("//a/@href") if address.startswith("#")]
    named = " ".join(tree.xpath("//@aria-labelledby | //@for")).split()
    assert set(inner + named) <= set(ids)


@pytest.mark.parametrize("page", pages())
def test_headings_come_in_order_and_none_is_empty(page: str) -> None:
    headings = list(parse(page).iter("h1", "h2", "h3", "h4"))
    levels = [int(each.tag[1]) for each in headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert all(each.text_content().strip() for each in headings)


@pytest.mark.parametrize("page", pages())
def test_a_page_can_be_read_by_ear(page: str) -> None:
    tree = parse(page)
    assert tree.get("lang") == "en"
    assert len(tree.xpath("//main")) == 1
    assert tree.xpath("//a[@class='skip']/@href") == ["#main"]
    for table in tree.iter("table"):
        assert table.find("caption") is not None
        assert all(head.get("scope") in ("col", "row") for head in table.iter("th"))
        assert all(row.find("th") is not None for row in table.xpath("./tbody/tr"))
    for drawing in tree.iter("svg"):
        assert drawing.get("role") == "img"
        assert drawing.find("title") is not None
        assert drawing.find("desc") is not None
    for control in tree.xpath("//input[@type != 'hidden']"):
        assert tree.xpath(f"//label[@for='{control.get('id')}']")
    assert not tree.xpath("//img")
    assert all(each.text_content().strip() for each in tree.iter("a", "summary", "button"))
    # What can be slid sideways can be reached by keyboard, and then it needs a name.
    for slid in tree.xpath("//*[@tabindex]"):
        assert slid.get("aria-label") or slid.get("aria-labelledby")


@pytest.mark.parametrize("page", pages())
def test_a_page_runs_nothing_and_loads_nothing_from_elsewhere(page: str) -> None:
    tree = parse(page)
    assert not tree.xpath("//@style")
    assert not [name for each in tree.iter() for name in each.attrib if name.startswith("on")]
    for script in tree.iter("script"):
        runs_not = script.get("type") in ("application/x-xz", "application/ld+json")
        assert runs_not or script.get("src") == "/desk/live.js"
    for address in tree.xpath("//@src | //link/@href"):
        assert address.startswith("/desk/")
    for style in tree.iter("style"):
        assert "url(" not in style.text
        assert "@import" not in style.text


def test_every_quoted_word_stands_at_the_offsets_beside_it() -> None:
    briefing, reports = lowbridge()
    cut = cuts(parse(render_page(briefing)))
    assert len(cut) > 70
    for report, start, end, words in cut:
        assert words == reports[ReportId(report)].text[start:end]


def test_each_line_stands_in_full_once_under_its_own_id() -> None:
    briefing, _ = lowbridge()
    articles = parse(render_page(briefing)).xpath("//article/@id")
    assert sorted(articles) == sorted(line.id for line in briefing.lines)


def test_a_section_refers_to_a_line_that_stands_above() -> None:
    briefing, _ = lowbridge()
    rescue = parse(render_page(briefing)).xpath("//section[@id='section-1']")[0]
    assert len(rescue.xpath(".//article")) == 2
    assert len(rescue.xpath(".//div[contains(@class, 'ref')]//a[text()='in full']")) == 1


def test_what_is_not_said_is_not_shown_as_said() -> None:
    briefing, _ = lowbridge()
    fund = next(line for line in briefing.lines if line.modality == "future")
    article = parse(render_page(briefing)).get_element_by_id(fund.id)
    assert "reported as something that will be said" in article.text_content()


def test_what_is_inferred_has_a_dotted_rule_and_says_from_what() -> None:
    briefing, _ = lowbridge()
    army = next(line for line in briefing.lines if line.speaker and line.speaker.inferred)
    article = parse(render_page(briefing)).get_element_by_id(army.id)
    (inferred,) = article.xpath(".//p[@class='who']//span[@class='inferred']")
    assert "resolved from “He”" in inferred.get("title")
    assert "(inferred)" in inferred.text_content()
    (reasons,) = article.xpath(".//div[@class='reasons']")
    assert "resolved from “He”; “He” follows a sentence of Tomas Reyle" in reasons.text_content()


def test_a_struck_line_says_why() -> None:
    briefing, _ = lowbridge()
    bridge = next(line for line in briefing.lines if line.struck)
    article = parse(render_page(briefing)).get_element_by_id(bridge.id)
    assert article.xpath(".//blockquote//del")
    assert "withdrawn by Channel Nine at 14:05" in article.text_content()


def test_two_lines_that_dispute_each_other_are_told_once() -> None:
    briefing, _ = lowbridge()
    denial = next(line for line in briefing.lines if line.disputes)
    claim = next(line for line in briefing.lines if line.id == denial.disputes[0])
    both = dataclasses.replace(claim, disputes=(denial.id,))
    lines = tuple(both if line.id == both.id else line for line in briefing.lines)
    mutual = dataclasses.replace(briefing, lines=lines, disputed=(denial.id, claim.id))
    disputed = parse(render_page(mutual)).get_element_by_id("disputed")
    assert disputed.text_content().count("The operator had known") == 1


def test_a_report_without_an_hour_shows_none() -> None:
    briefing, _ = lowbridge()
    rows = tuple(dataclasses.replace(row, doubts=("dayless",)) for row in briefing.reports)
    key = parse(render_page(dataclasses.replace(briefing, reports=rows))).get_element_by_id("key")
    published = key.xpath(".//div[@class='sayso']/p//time")
    assert [each.text for each in published][:2] == ["3 May", "2 May"]
    assert published[0].get("datetime") == "2031-05-03"


def test_the_served_page_links_what_only_a_desk_has() -> None:
    briefing, _ = lowbridge()
    tree = parse(render_page(briefing, served=Served(topic="lowbridge", prefix="/desk")))
    links = tree.xpath("//@href | //@action | //@src")
    assert "/desk/b/lowbridge/reactions.csv" in links
    assert "/desk/b/lowbridge.json" in links
    assert "/desk/search" in links


@pytest.mark.parametrize("topic, prefix", [("a b", ""), ("", ""), ("x", "//x.example"), ("x", "/")])
def test_a_served_page_has_a_plain_path(topic: str, prefix: str) -> None:
    with pytest.raises(ValueError, match="not "):
        Served(topic=topic, prefix=prefix)


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_http_and_https_become_links(address: str | None) -> None:
    shown = href(address)
    assert shown is None or (shown == address and urlsplit(shown).scheme in ("http", "https"))


def test_an_address_that_is_no_link_leaves_the_outlet_named() -> None:
    briefing, _ = hostile(
        outlet="Gazette",
        headline="H",
        said="said so",
        name="N",
        role="R",
        url="javascript:alert(1)",
    )
    assert "javascript:" not in " ".join(parse(render_page(briefing)).xpath("//@href | //@cite"))
    assert "Gazette" in parse(render_page(briefing)).get_element_by_id("key").text_content()


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, st.sampled_from(ADDRESSES))
def test_nothing_in_a_report_becomes_part_of_the_page(
    outlet: str, headline: str, said: str, name: str, role: str, url: str | None
) -> None:
    briefing, reports = hostile(
        outlet=outlet, headline=headline, said=said, name=name, role=role, url=url
    )
    page = render_page(briefing)
    assert page.encode()
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", page)
    tree = parse(page)
    assert {each.tag for each in tree.iter() if isinstance(each.tag, str)} <= ELEMENTS
    names = {name for each in tree.iter() for name in each.attrib}
    assert not {name for name in names if name.startswith("on") or name == "style"}
    for address in tree.xpath("//a/@href"):
        assert address.startswith(("#", "http://", "https://"))
    assert len(tree.xpath("//script")) == 2
    for report, start, end, words in cuts(tree):
        assert words == visible(reports[ReportId(report)].text[start:end])


def test_long_lists_are_folded_and_nothing_is_lost() -> None:
    briefing, _ = lowbridge()
    point = dataclasses.replace(briefing.figures[0].points[0], line=briefing.lines[0].id)
    busy = dataclasses.replace(
        briefing,
        fresh=tuple(line.id for line in briefing.lines),
        reactions=briefing.reactions * 10,
        figures=briefing.figures * 6
        + tuple(dataclasses.replace(briefing.figures[1], points=(point,)) for _ in range(20)),
        timeline=briefing.timeline * 10,
    )
    tree = parse(render_page(busy))
    folds = tree.xpath("//details[@class='more']/summary")
    assert [each.text_content() for each in folds] == [
        f"{len(briefing.lines) - len(briefing.key) - 4} more in New since you last looked",
        "10 more",
        "2 more series",
        "14 more",
        "6 earlier days",
    ]
    assert len(tree.xpath("//*[@id='reactions']//tbody/tr")) == 40
    assert len(tree.xpath("//svg")) == 6
    assert len(tree.xpath("//*[@id='timeline']//h3")) == 20
