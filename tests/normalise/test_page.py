"""Pages that golden files do not show."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sayso.errors import InputError
from sayso.normalise.page import read_page
from sayso.records import Outlet, Report

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)
STORY = (
    "The reservoir above Orla will stay closed until spring, the water board said on Monday, "
    "because its wall has cracked in two places and cannot be mended in the cold.",
    "“We cannot say when it will fill again,” Mayor Ines\u00a0Tall told reporters at the dam, "
    "where she had come with her deputies to see the damage for herself.",
    "Engineers had warned the board three times in the past year, according to letters that "
    "were seen by the Gazette – and nobody answered them, the chief engineer said.",
)


def page(
    *story: str, head: str = "", above: str = "<h1>Reservoir stays closed</h1>", below: str = ""
) -> str:
    paragraphs = "".join(f"<p>{words}</p>" for words in (story or STORY))
    return (
        f"<!doctype html><html lang='en'><head><title>Reservoir stays closed</title>{head}</head>"
        f"<body><article>{above}{paragraphs}{below}</article></body></html>"
    )


def read(
    markup: str, url: str | None = "https://orla.example/dam", outlet: Outlet | None = None
) -> Report:
    return read_page(markup, place="dam.html", url=url, now=NOON, outlet=outlet)


def body(report: Report) -> list[str]:
    return [report.cut(span) for span in report.spans("body")]


def test_the_words_are_those_of_the_page_to_the_character() -> None:
    assert body(read(page())) == list(STORY)


def test_a_link_or_a_comment_inside_a_paragraph_loses_nothing() -> None:
    linked = STORY[0].replace("water board", "<!-- c --><a href='/b'>water board</a><!-- d -->")
    assert body(read(page(linked, *STORY[1:])))[0] == STORY[0]


@pytest.mark.parametrize(
    ("head", "above", "headline"),
    [
        ("", "<h1>Reservoir stays closed</h1>", "Reservoir stays closed"),
        ("", "<h1>The <em>Orla</em>\n dam stays closed</h1>", "The Orla dam stays closed"),
        ("<meta property='og:title' content='Dam shut, says board'>", "", "Dam shut, says board"),
        ("", "", "Reservoir stays closed"),
        ("<meta property='og:title' content='Dam shut, says board'>",
         "<h1>Orla Gazette</h1>", "Dam shut, says board"),
    ],
)  # fmt: skip
def test_the_headline_is_the_one_that_the_page_shows(head: str, above: str, headline: str) -> None:
    assert read(page(head=head, above=above)).headline == headline


def test_the_sites_name_is_taken_off_a_title() -> None:
    markup = page(above="").replace(
        "<title>Reservoir stays closed", "<title>Reservoir stays closed | Orla Gazette"
    )
    assert read(markup).headline == "Reservoir stays closed"


@pytest.mark.parametrize(
    ("head", "published", "doubts"),
    [
        ("<meta property='article:published_time' content='2025-03-03T14:05:00+01:00'>",
         "2025-03-03T13:05", ()),
        ("<meta name='date' content='2025-03-03'>", "2025-03-03T00:00", ("dayless",)),
        ("<script type='application/ld+json'>{\"@type\": \"NewsArticle\","
         "\"datePublished\": \"2025-03-03T14:05:00\"}</script>", "2025-03-03T14:05", ("zoneless",)),
        ("<meta name='date' content='2025-03-03T10:00:00Z'>"
         "<meta name='pubdate' content='2025-02-27T10:00:00Z'>", "2025-02-27T10:00", ("redated",)),
        ("<meta name='date' content='2025-03-09T10:00:00Z'>", "2025-03-09T10:00", ("future",)),
        ("<script type='application/ld+json'>{not json</script>", None, ("undated",)),
        ("", None, ("undated",)),
    ],
)  # fmt: skip
def test_datings_of_a_page_are_read_and_doubted(
    head: str, published: str | None, doubts: tuple[str, ...]
) -> None:
    report = read(page(head=head))
    when = report.published
    assert (when.strftime("%Y-%m-%dT%H:%M") if when else None) == published
    assert report.doubts == doubts


def test_the_day_in_the_address_is_a_dating_too() -> None:
    alone = read(page(), url="https://orla.example/2025/03/03/dam")
    assert alone.published == datetime(2025, 3, 3, tzinfo=UTC)
    assert alone.doubts == ("dayless",)
    head = "<meta name='date' content='2025-03-03T10:00:00Z'>"
    other = read(page(head=head), url="https://orla.example/2024/03/03/dam")
    assert other.doubts == ("redated",)


@pytest.mark.parametrize(
    ("canonical", "key"),
    [
        ("https://orla.example/2025/dam", "https://orla.example/2025/dam"),
        ("/2025/dam?utm_source=x", "https://orla.example/2025/dam"),
        ("https://orla.example/", "https://orla.example/dam"),
        ("https://elsewhere.example/dam", "https://orla.example/dam"),
        ("javascript:alert(1)", "https://orla.example/dam"),
    ],
)
def test_the_address_is_the_one_the_page_prefers_on_its_own_site(canonical: str, key: str) -> None:
    assert read(page(head=f"<link rel='canonical' href='{canonical}'>")).key == key


def test_the_outlet_is_who_was_told_then_the_sites_name_then_its_host() -> None:
    named = page(head="<meta property='og:site_name' content='Orla Gazette'>")
    assert read(named).outlet == "Orla Gazette"
    assert read(named, outlet=Outlet(name="Told")).outlet == "Told"
    assert read(page()).outlet == "orla.example"


def test_a_day_that_is_shown_to_people_alone_is_read_and_doubted() -> None:
    report = read(page(above="<h1>Reservoir closed</h1><p class='date'>3 March 2025</p>"))
    assert report.published == datetime(2025, 3, 3, tzinfo=UTC)
    assert report.doubts == ("dayless",)


def test_an_agency_as_author_is_a_credit() -> None:
    report = read(page(head="<meta name='author' content='Pia Orm, Associated Press'>"))
    assert report.authors == ("Pia Orm",)
    assert [(credit.name, credit.reason) for credit in report.credits] == [
        ("AP", "author of the page")
    ]


def test_captions_stand_where_the_page_has_them_and_are_no_body() -> None:
    figure = "<figure><img src='d.jpg'><figcaption>The dam on Monday</figcaption></figure>"
    report = read(page(STORY[0] + "</p>" + figure + "<p>" + STORY[1], STORY[2]))
    assert [(part.kind, report.cut(part.span)[:14]) for part in report.parts] == [
        ("headline", "Reservoir stay"),
        ("body", STORY[0][:14]),
        ("caption", "The dam on Mon"),
        ("body", STORY[1][:14]),
        ("body", STORY[2][:14]),
    ]


def test_a_class_around_the_whole_story_does_not_make_it_something_else() -> None:
    markup = page().replace("<article>", "<article><div class='related-content newsletter'>")
    assert body(read(markup.replace("</article>", "</div></article>"))) == list(STORY)


@pytest.mark.parametrize(
    ("markup", "url"),
    [
        pytest.param("<html></html>", None, id="empty"),
        pytest.param("<html><body><p>Please log in.</p></body></html>", None, id="a form"),
        pytest.param(
            "<html><body>"
            + "".join(f"<p><a href='/{n}'>Headline number {n} of today</a></p>" for n in range(40))
            + "</body></html>",
            "https://orla.example/news",
            id="a list of links",
        ),
        pytest.param(page(), "https://orla.example/", id="a front page"),
    ],
)
def test_a_page_without_an_article_says_so(markup: str, url: str | None) -> None:
    with pytest.raises(InputError, match=r"dam\.html: no article found"):
        read(markup, url=url)


def test_a_very_deep_page_is_read_or_refused_but_never_crashes() -> None:
    deep = "<div>" * 5_000 + page() + "</div>" * 5_000
    try:
        assert read(deep).text
    except InputError as error:
        assert "no article" in error.reason


@pytest.mark.parametrize(
    ("line", "authors", "credits"),
    [
        ('<div class="author">Pia Orm and Norvane, 3 March 2025, 18:05</div>', ("Pia Orm",),
         ("Norvane",)),
        ('<div class="meta">By <a>Pia Orm</a> <time>3 March 2025, 18:05</time></div>',
         ("Pia Orm",), ()),
        ('<p class="byline">Pia Orm, Water correspondent</p>', ("Pia Orm",), ()),
        ('<p class="when">3 March 2025, 18:05 · Pia Orm</p>', ("Pia Orm",), ()),
    ],
)  # fmt: skip
def test_who_wrote_it_stands_between_the_headline_and_the_story(
    line: str, authors: tuple[str, ...], credits: tuple[str, ...]
) -> None:
    report = read(page(above=f"<h1>Reservoir stays closed</h1>{line}"))
    assert len(report.spans("byline")) == 1
    assert report.authors == authors
    assert tuple(credit.name for credit in report.credits) == credits
    assert body(report) == list(STORY)


def test_what_sites_put_beside_an_author_is_no_byline() -> None:
    line = "".join(f"<div>{w}</div>" for w in ("Share This Article", "Print", "2 min read", "Pia"))
    report = read(page(above=f'<h1>Reservoir stays closed</h1><div class="byline">{line}</div>'))
    assert report.spans("byline") == ()
    assert body(report) == list(STORY)


def test_a_paragraph_marked_as_a_note_is_one_unless_it_quotes() -> None:
    note = "We do not print the names of those who still live in the valley."
    below = f'<p class="note">{note}</p><p class="note">{STORY[1]}</p>'
    report = read(page(STORY[0], STORY[2], below=below))
    assert [report.cut(span) for span in report.spans("note")] == [note]
    assert body(report) == [STORY[0], STORY[2], STORY[1]]


@pytest.mark.parametrize(
    "head, named",
    [
        pytest.param(
            '<link rel="canonical" href="https://valley.example/dam">',
            ("valley.example", "canonical address of the page"),
            id="canonical elsewhere",
        ),
        pytest.param(
            '<meta name="syndication-source" content="https://www.valley.example/dam">',
            ("valley.example", "syndication-source of the page"),
            id="syndication",
        ),
        pytest.param(
            '<meta name="original-source" content="Reuters">',
            ("Reuters", "original-source of the page"),
            id="agency",
        ),
        pytest.param(
            '<script type="application/ld+json">{"@type": "NewsArticle", "sourceOrganization":'
            ' {"name": "Halden News Agency"}}</script>',
            ("Halden News Agency", "sourceOrganization of the page"),
            id="JSON-LD",
        ),
    ],
)
def test_a_page_that_names_its_origin_gives_credit(head: str, named: tuple[str, str]) -> None:
    (credit,) = read(page(head=head)).credits
    assert (credit.name, credit.reason, credit.span) == (*named, None)


def test_another_address_of_the_same_site_is_no_origin() -> None:
    head = '<link rel="canonical" href="https://www.orla.example/dam">'
    assert read(page(head=head), url="https://m.orla.example/dam").credits == ()
