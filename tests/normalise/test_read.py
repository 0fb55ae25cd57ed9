"""Whatever bytes are read, reports come out or an InputError, and nothing else."""

from __future__ import annotations

import itertools
import json
import random
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.normalise.read import MOST_ITEMS, Reading, parse, parse_feed, recognise
from sayso.ports import Raw
from sayso.records import Outlet

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)
BODY = "The reservoir above Orla will stay closed until spring, the water board said on Monday."
GOLDEN = Path(__file__).parent.parent / "golden"
SENT = [
    path.read_bytes()
    for path in sorted(GOLDEN.glob("*/*"))
    if not path.name.endswith(".reports.json")
]
LINES = "\n".join(json.dumps({"id": f"r{n}", "text": BODY, "date": "2025-03-03"}) for n in range(3))
MEDIA_TYPES = st.sampled_from(
    [None, "text/plain", "text/html", "application/rss+xml", "application/xml", "application/json",
     "application/feed+json", "application/x-ndjson", "application/octet-stream", "nonsense"]
)  # fmt: skip
CHARSETS = st.sampled_from([None, "utf-8", "windows-1251", "utf-16", "utf-7", "no-such-charset"])


def read(body: bytes | str, **told: str | None) -> Reading:
    raw = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
    return parse(Raw(place="wire/thing", body=raw, **told), now=NOON)  # type: ignore[arg-type]


def check(body: bytes, media_type: str | None, charset: str | None) -> None:
    """Hold what must hold for the reports in any bytes."""
    try:
        reading = read(body, media_type=media_type, charset=charset)
    except InputError as error:
        assert error.thing == "wire/thing"
        assert error.reason
        return
    for report in reading.reports:
        report.text.encode("utf-8")
        assert report.text.strip()
        assert report.headline.strip()
        assert report.outlet
        assert report.published is None or report.published.tzinfo == UTC
        assert (report.published is None) == ("undated" in report.doubts)
        spans = [part.span for part in report.parts]
        assert all(one.end <= two.start for one, two in itertools.pairwise(spans))
        assert all(report.cut(span).strip() for span in spans)
        assert all(credit.span is None or report.cut(credit.span) for credit in report.credits)


@given(st.binary(max_size=300), MEDIA_TYPES, CHARSETS)
def test_no_bytes_break_a_reader(body: bytes, media_type: str | None, charset: str | None) -> None:
    check(body, media_type, charset)


@given(st.text(st.characters(exclude_categories=()), max_size=200), MEDIA_TYPES)
def test_no_characters_break_a_reader(text: str, media_type: str | None) -> None:
    check(text.encode("utf-8", "surrogatepass"), media_type, None)


@settings(max_examples=60)
@given(st.sampled_from([*SENT, LINES.encode()]), st.randoms(use_true_random=False), MEDIA_TYPES)
def test_no_damage_to_a_file_breaks_a_reader(
    body: bytes, chance: random.Random, media_type: str | None
) -> None:
    check(damaged(body, chance), media_type, None)


def damaged(body: bytes, chance: random.Random) -> bytes:
    """Return `body` with stretches cut out, doubled, swapped or overwritten, or cut off."""
    pieces = bytearray(body)
    for _ in range(chance.randint(1, 8)):
        start = chance.randrange(len(pieces) or 1)
        end = min(len(pieces), start + chance.choice([1, 2, 10, 300]))
        stretch = bytes(pieces[start:end])
        nasty = [
            b"<",
            b"&",
            b"]]>",
            b"<![CDATA[",
            b"\xff\xfe",
            b"\x00",
            b"</",
            b'"',
            b"&#xd800;",
            b"{",
        ]
        match chance.randrange(4):
            case 0:
                del pieces[start:end]
            case 1:
                pieces[start:start] = stretch * chance.choice([1, 20])
            case 2:
                pieces[start:end] = stretch[::-1]
            case _:
                pieces[start : start + 1] = chance.choice(nasty)
    return bytes(pieces[: chance.choice([len(pieces), len(pieces) // 2])])


@given(st.dictionaries(st.sampled_from(["title", "content_html", "summary", "url", "id"]),
                       st.text(st.characters(exclude_categories=()), max_size=80)))  # fmt: skip
def test_no_words_in_a_feed_break_its_reader(item: dict[str, str]) -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Orla", "items": [item]}
    check(json.dumps(feed).encode(), None, None)


@pytest.mark.parametrize(
    ("beginning", "media_type", "kind"),
    [
        ('<?xml version="1.0"?><rss version="2.0">', None, "feed"),
        ("<rss version='0.91'>", "text/html", "feed"),
        ('<feed xmlns="http://www.w3.org/2005/Atom">', "text/plain", "feed"),
        (
            "<?xml version='1.0'?>\n<!-- x -->\n<rdf:RDF xmlns='http://purl.org/rss/1.0/'>",
            None,
            "feed",
        ),
        ("<!DOCTYPE html><html><body>a <rss> tag</body>", None, "page"),
        ("<html><head>", "application/xml", "page"),
        ("<?xml version='1.0'?><!DOCTYPE html><html>", None, "page"),
        ("<p>Only a paragraph.</p>", None, "page"),
        ("Just words.", "text/html", "page"),
        ("Just words.", None, "text"),
        ("Too many requests.", "application/rss+xml", "feed"),
        ("<3 is how she ended the letter.", None, "text"),
        ("[Update] The dam has failed.", None, "text"),
        ("{The minister} said so.", None, "text"),
        ('{"text": "x"}', None, "json"),
        ('[{"text": "x"}]', None, "json"),
        ('{"text": "x"}', "application/x-ndjson", "json-lines"),
        ("not json", "application/feed+json", "json"),
        ("1,2,3", "text/csv", "text"),
    ],
)
def test_what_a_file_is_its_beginning_decides(
    beginning: str, media_type: str | None, kind: str
) -> None:
    assert recognise(beginning, media_type=media_type) == kind


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n", "looks like binary"),
        (b"<html><body></body></html>", "no article found"),
        (b"<?xml version='1.0'?><book/>", "not a feed"),
        (b'{"text": "cut o', "not JSON"),
        (b'{"items": 5}', "no list of items"),
        (b'{"headline": "Dam"}', 'has no "text"'),
    ],
)
def test_what_cannot_be_read_is_named_with_the_reason(body: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=f"^wire/thing: .*{reason}"):
        read(body)


def test_the_rest_of_a_file_goes_on_after_a_bad_line() -> None:
    reading = read(LINES + "\nnot json\n" + LINES)
    assert len(reading.reports) == 6
    assert [str(problem)[:23] for problem in reading.problems] == ["wire/thing:4: not JSON:"]


def test_what_is_too_long_to_be_a_report_is_named_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sayso.normalise.draft.LONGEST", 40)
    body = b'{"text": "The dam above Vesk will hold through the night."}\n{"text": "It holds."}'
    reading = parse(Raw(place="a.jsonl", body=body), now=NOON)
    assert [report.text for report in reading.reports] == ["It holds."]
    assert [str(one) for one in reading.problems] == [
        "a.jsonl:1: 47 characters: a report has 40 at most"
    ]


def test_a_list_and_a_single_report_in_json_are_read_too() -> None:
    assert len(read(json.dumps([{"text": BODY}, {"text": BODY + "!"}, 5])).reports) == 2
    assert len(read(json.dumps({"text": BODY}, indent=2)).reports) == 1


def test_the_outlet_that_is_told_wins_over_the_one_that_lies_beside() -> None:
    raw = Raw(place="wire/thing", body=BODY.encode(), outlet=Outlet(name="Beside"))
    assert parse(raw, now=NOON).reports[0].outlet == "Beside"
    assert parse(raw, now=NOON, outlet=Outlet(name="Told")).reports[0].outlet == "Told"


def test_reading_twice_gives_the_same() -> None:
    for body in SENT:
        assert read(body).reports == read(body).reports


BODY_MARKUP = f"<p>{BODY}</p><p>{BODY}</p>"


@pytest.mark.parametrize(
    "body",
    [
        "Aa " * 20_000,
        "Aa, " * 20_000,
        ("Aa " * 60 + "\n\n") * 50,
        "\u00a0" * 200_000 + "x",
        "\n \u00a0" * 50_000 + "x",
        "<p>" + "\u00a0" * 200_000 + "x</p>",
        f"<title>{'&nbsp;' * 100_000}- x</title>{BODY_MARKUP}",
        f"<div class='{'caption-' * 50_000}'>{BODY_MARKUP * 100}</div>",
        "<div>" * 20_000 + BODY_MARKUP,
        "<p>" * 50_000 + BODY,
        "<a href='/x'>" * 20_000 + BODY_MARKUP,
        "<rss>" + "</rss><!--" * 20_000,
        f"<rss><channel><item><title>{'&#160;' * 50_000}</title></item></channel></rss>",
        '{"text": "' + "(" * 50_000 + '"}',
        "“" * 50_000,
        "By " + "Aa Bb, " * 10_000,
        "— " * 50_000,
        "(" * 50_000 + "AP" + ")" * 50_000,
    ],
    ids=range(18),
)
def test_no_file_takes_long_for_its_size(body: str) -> None:
    began = time.process_time()
    check(body.encode(), None, None)
    assert time.process_time() - began < 6


@pytest.mark.parametrize("media_type", ["application/rss+xml", "application/atom+xml"])
def test_words_in_the_place_of_a_feed_are_no_feed(media_type: str) -> None:
    raw = Raw(place="wire/feed.rss", body=b"Too many requests.", media_type=media_type)
    with pytest.raises(InputError, match=r"^wire/feed.rss: not a feed"):
        parse(raw, now=NOON)


def many(count: int) -> bytes:
    items = "".join(f"<item><title>Dam {number} holds</title></item>" for number in range(count))
    return f"<rss version='2.0'><channel><title>Gazette</title>{items}</channel></rss>".encode()


def test_of_a_polled_feed_of_too_many_items_the_first_are_read_and_the_rest_is_named() -> None:
    reading = parse_feed(Raw(place="feed", body=many(MOST_ITEMS + 500)), now=NOON)
    assert len(reading.reports) == MOST_ITEMS
    assert reading.reports[0].headline == "Dam 0 holds"
    assert [one.reason for one in reading.problems] == [
        "more than 1,000 items, those after them were left out"
    ]
    whole = parse_feed(Raw(place="feed", body=many(MOST_ITEMS)), now=NOON)
    assert (len(whole.reports), whole.problems) == (MOST_ITEMS, ())
    listed = [{"title": f"Dam {n} holds", "content_text": "It holds."} for n in range(1_200)]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": listed}).encode()
    reading = parse_feed(Raw(place="feed", body=body), now=NOON)
    assert (len(reading.reports), len(reading.problems)) == (MOST_ITEMS, 1)


@pytest.mark.parametrize(
    "body",
    [b"<html><body><p>Consent?</p></body></html>", b"Service unavailable, come back later."],
    ids=["page", "words"],
)
def test_what_is_polled_as_a_feed_must_be_one(body: bytes) -> None:
    with pytest.raises(InputError, match="not a feed: it sent a"):
        parse_feed(Raw(place="feed", body=body), now=NOON)
