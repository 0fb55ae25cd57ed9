"""What programs are answered: feeds, changes, rulings, errors, and the document that says so."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import datetime
from typing import Any

import feedparser
import pytest
from lxml import etree
from starlette.routing import Route
from starlette.testclient import TestClient

from sayso.records import ReportId
from sayso.web.app import make_app
from sayso.web.openapi import document
from tests.web.kiosk import BRIEFING, REPORTS, Kiosk

TOKEN = "a token that nobody guesses"
ONE, OTHER = list(REPORTS)[:2]
RULING = {"report": ONE, "other": OTHER, "verdict": "copied", "reason": "rang them", "by": "Ada"}


def client(kiosk: Kiosk | None = None, **given: Any) -> TestClient:
    return TestClient(make_app(kiosk or Kiosk(), poll_seconds=0.0, **given))


def test_every_address_of_the_document_is_answered_and_none_is_missing() -> None:
    app = make_app(Kiosk())
    routes = {re.sub(r":\w+", "", one.path) for one in app.routes if isinstance(one, Route)}
    pages = {
        "/",
        "/stories",
        "/sources",
        "/search",
        "/report/{report}",
        "/{kind}/{name}",
        "/openapi.json",
    }
    pages |= {"/embed/{kind}/{name}", "/style.css", "/live.js", "/icon.svg"}
    assert set(document()["paths"]) == routes - pages


@pytest.mark.parametrize("path", ["/b/lowbridge.atom", "/speaker/Ada%20Quill.atom"])
def test_statements_come_as_atom_newest_first(path: str) -> None:
    answer = client().get(path)
    assert answer.headers["content-type"] == "application/atom+xml"
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert len(feed.entries) == len(BRIEFING.lines)
    times = [entry.updated for entry in feed.entries]
    assert times == sorted(times, reverse=True)
    assert all(datetime.fromisoformat(time) for time in times)
    assert feed.feed.links[0].href == f"http://testserver{path}"


def test_a_statement_keeps_its_id_while_the_page_moves_on() -> None:
    kiosk = Kiosk()
    reader = client(kiosk)
    before = {item["id"] for item in reader.get("/b/lowbridge.feed.json").json()["items"]}
    kiosk.move(3)
    after = {item["id"] for item in reader.get("/b/lowbridge.feed.json").json()["items"]}
    assert before == after == {f"urn:sayso:statement:{one.statement}" for one in BRIEFING.lines}


def test_a_json_feed_holds_words_and_on_whose_say_so() -> None:
    whole = client(public="https://desk.example/live").get("/b/lowbridge.feed.json").json()
    assert whole["version"] == "https://jsonfeed.org/version/1.1"
    assert whole["feed_url"] == "https://desk.example/live/b/lowbridge.feed.json"
    item = whole["items"][0]
    line = next(one for one in BRIEFING.lines if f":{one.statement}" in item["id"])
    assert line.quote.words[0] in item["content_text"]
    assert item["url"] == f"https://desk.example/live/b/lowbridge#{line.id}"


def test_a_section_has_a_feed_of_its_own() -> None:
    section = BRIEFING.sections[0]
    reader = client()
    feed = reader.get("/b/lowbridge.feed.json", params={"section": section.name}).json()
    assert len(feed["items"]) == len(section.lines)
    assert reader.get("/b/lowbridge.atom?section=Nowhere").status_code == 404


def test_a_crossed_out_line_says_so_in_the_feed() -> None:
    feed = client().get("/b/lowbridge.feed.json").json()
    struck = [line for line in BRIEFING.lines if line.struck]
    told = [item for item in feed["items"] if item["title"].startswith("Crossed out: ")]
    assert len(told) == len(struck) > 0
    assert all("<del>" in item["content_html"] for item in told)


def test_a_search_can_be_followed() -> None:
    feed = feedparser.parse(client().get("/search.atom?q=crossings").content)
    assert [entry.title for entry in feed.entries] == ["Neighbour opens border crossings"]
    answer = client().get("/search.feed.json?q=crossings").json()
    assert answer["items"][0]["url"].startswith("http://testserver/report/")
    found = client().get("/search.json?q=crossings").json()
    assert found["reports"][0]["headline"] == "Neighbour opens border crossings"
    assert found["said"][0]["content"][0]["text"]


@pytest.mark.parametrize("table", ["statements", "figures"])
def test_statements_and_figures_come_as_tables(table: str) -> None:
    answer = client().get(f"/b/lowbridge/{table}.csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    points = sum(len(series.points) for series in BRIEFING.figures)
    assert len(rows) == (len(BRIEFING.lines) if table == "statements" else points)
    assert all(row["words"] and row["report"] for row in rows)


def test_changes_are_read_page_by_page() -> None:
    kiosk = Kiosk()
    kiosk.move(5)
    reader = client(kiosk)
    heard: list[int] = []
    after = BRIEFING.cursor
    while page := reader.get(f"/api/changes?after={after}&limit=2").json()["changes"]:
        heard += [change["cursor"] for change in page]
        after = page[-1]["cursor"]
    assert heard == list(range(BRIEFING.cursor + 1, BRIEFING.cursor + 6))


def test_what_bears_on_another_topic_is_passed_over_but_counted() -> None:
    kiosk = Kiosk()
    kiosk.move(2)
    answer = client(kiosk).get(f"/api/changes?after={BRIEFING.cursor}&topic=elsewhere").json()
    assert answer == {"changes": [], "next": BRIEFING.cursor + 2}


def test_the_linked_data_of_a_page_quotes_what_its_lines_quote() -> None:
    page = client().get("/b/lowbridge").text
    tree = etree.HTML(page)
    linked = tree.xpath("string(//script[@type='application/ld+json'])")
    data = json.loads(str(linked))
    assert data["@type"] == "LiveBlogPosting"
    words = {" … ".join(line.quote.words) for line in BRIEFING.lines}
    quoted = {update["hasPart"]["text"] for update in data["liveBlogUpdate"]}
    assert quoted
    assert quoted <= words


def test_a_ruling_is_kept_for_who_has_the_token() -> None:
    kiosk = Kiosk()
    reader = client(kiosk, token=TOKEN)
    answer = reader.post("/api/rulings", json=RULING, headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 201
    [kept] = kiosk.rulings
    assert (kept.report, kept.other, kept.verdict) == (ReportId(ONE), ReportId(OTHER), "copied")
    assert kept.at is not None


@pytest.mark.parametrize(
    "token, given, status",
    [
        ("", "Bearer ", 403),
        ("", f"Bearer {TOKEN}", 403),
        (TOKEN, "", 401),
        (TOKEN, "Bearer wrong", 401),
        (TOKEN, TOKEN, 401),
        (TOKEN, "Bearer é", 401),
    ],
)
def test_without_the_token_nothing_is_written(token: str, given: str, status: int) -> None:
    kiosk = Kiosk()
    headers = [(b"Authorization", given.encode())]
    answer = client(kiosk, token=token).post("/api/rulings", json=RULING, headers=headers)
    assert answer.status_code == status
    assert answer.json()["detail"]
    assert kiosk.rulings == []


@pytest.mark.parametrize(
    "body, status",
    [
        (b"", 400),
        (b"[]", 400),
        (b'{"report": "a", "other": "b", "verdict": "maybe"}', 400),
        (b'{"report": "a", "other": "b", "verdict": "copied", "more": 1}', 400),
        (b'{"report": "a", "other": "b", "verdict": "copied"}', 404),
        (b"x" * 20_000, 413),
        (b"\xff", 400),
    ],
)
def test_what_is_no_ruling_is_refused_with_the_reason(body: bytes, status: int) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    answer = client(token=TOKEN).post("/api/rulings", content=body, headers=headers)
    assert answer.status_code == status
    assert answer.json()["detail"]


@pytest.mark.parametrize(
    "path", ["/b/nowhere.json", "/b/nowhere.atom", "/b/nowhere/figures.csv", "/api/none",
             "/api/report/none", "/events?after=x", "/b/lowbridge.json?at=99999"],
)  # fmt: skip
def test_every_error_has_one_shape(path: str) -> None:
    answer = client().get(path)
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert set(told) == {"type", "title", "status", "detail"}
    assert told["status"] == answer.status_code >= 400
    assert told["detail"] not in ("", told["title"])


def test_programs_are_told_errors_as_json() -> None:
    reader = client()
    assert reader.get("/b/nowhere.json").json()["detail"].startswith("There is no briefing")
    assert reader.get("/search.json").json()["detail"].startswith("`q` is missing")
    kiosk = Kiosk()
    kiosk.broken = True
    assert "the disk is gone" in client(kiosk).get("/b/lowbridge.json").json()["detail"]
