from __future__ import annotations

import dataclasses
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from sayso.brief.records import Briefing, Length
from sayso.records import Cursor, Following, Logbook, Report, Subscription, Turn
from sayso.render.briefing_json import from_json
from sayso.render.page import path_of
from sayso.render.verify import verify
from sayso.web.app import make_app
from sayso.web.press import KEPT
from tests.build_briefing import at
from tests.markup import cuts, parse
from tests.web.kiosk import BRIEFING, REPORTS, Kiosk


def client(kiosk: Kiosk | None = None) -> TestClient:
    app = make_app(kiosk or Kiosk(), poll_seconds=0.0)
    return TestClient(app, raise_server_exceptions=True)


def test_the_only_briefing_is_the_front_page() -> None:
    answer = client().get("/")
    assert answer.status_code == 200
    assert "The dam above Lowbridge</h1>" in answer.text
    assert answer.text == client().get("/b/lowbridge").text


def test_several_briefings_are_listed_on_the_front_page() -> None:
    answer = client(Kiosk("dam", "rates")).get("/")
    tree = parse(answer.text)
    assert tree.xpath("//main//a/@href") == ["/b/dam", "/b/rates"]
    assert "Title of dam & more" in tree.text_content()


def test_a_served_page_still_verifies() -> None:
    assert verify(client().get("/b/lowbridge").text, REPORTS) == []


def test_the_json_is_the_briefing() -> None:
    answer = client().get("/b/lowbridge.json")
    assert answer.headers["content-type"] == "application/json"
    assert from_json(answer.content) == from_json(answer.text)
    assert verify(answer.text, REPORTS) == []


@pytest.mark.parametrize("asked, length", [("5", 5), ("page", "page"), ("all", "all")])
def test_a_briefing_comes_as_long_as_it_is_asked_for(asked: str, length: Length) -> None:
    reader = client()
    assert reader.get("/b/lowbridge.json").json()["length"] == "page"
    assert reader.get(f"/b/lowbridge.json?lines={asked}").json()["length"] == length


def test_the_table_of_reactions_comes_as_a_file() -> None:
    answer = client().get("/b/lowbridge/reactions.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="reactions.csv"'
    assert len(answer.text.split("\r\n")) == 6


@pytest.mark.parametrize(
    "path",
    ["/", "/b/lowbridge", "/b/lowbridge.json", "/b/nowhere", "/search?q=dam", "/style.css",
     "/live.js", "/health", "/nothing/here", "/b/lowbridge?since=x", "/embed/b/lowbridge",
     "/b/lowbridge.atom", "/search.json?q=dam", "/api/entries", "/api/rulings", "/sources",
     "/metrics"],
)  # fmt: skip
def test_every_answer_holds_the_browser_to_our_own_things(path: str) -> None:
    answer = client().get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_everything_a_page_links_on_the_desk_is_there() -> None:
    reader = client()
    tree = parse(reader.get("/b/lowbridge").text)
    links = {str(link) for link in tree.xpath("//@href | //@src | //@action")}
    ours = [link for link in links if link.startswith("/")]
    assert len(ours) >= 5
    for link in ours:
        assert reader.get(link).status_code == 200, link


def test_a_reader_that_has_the_page_is_told_so_until_something_changes() -> None:
    kiosk = Kiosk()
    reader = client(kiosk)
    tag = reader.get("/b/lowbridge").headers["etag"]
    again = reader.get("/b/lowbridge", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.content == b""
    kiosk.newest = Cursor(kiosk.newest + 1)
    later = reader.get("/b/lowbridge", headers={"If-None-Match": tag})
    assert later.status_code == 200
    assert later.headers["etag"] != tag


def test_a_page_is_made_once_for_many_readers() -> None:
    kiosk = Kiosk()
    reader = client(kiosk)
    for _ in range(5):
        reader.get("/b/lowbridge")
    assert kiosk.made == 1


def test_pages_kept_do_not_grow_without_end() -> None:
    kiosk = Kiosk()
    kiosk.newest = Cursor(1000)
    reader = client(kiosk)
    for cursor in range(KEPT + 1):
        reader.get(f"/b/lowbridge.json?at={cursor}")
    reader.get("/b/lowbridge.json?at=0")
    assert kiosk.made == KEPT + 2


def test_a_page_that_nothing_bears_on_is_not_made_anew() -> None:
    kiosk = Kiosk()
    kiosk.still = {"lowbridge"}
    reader = client(kiosk)
    reader.get("/b/lowbridge")
    kiosk.move(5)
    reader.get("/b/lowbridge")
    assert kiosk.made == 1


def test_the_address_of_a_merged_story_leads_to_the_survivor() -> None:
    kiosk = Kiosk()
    kiosk.merged = {"older": "lowbridge"}
    answer = client(kiosk).get("/b/older.atom?section=x", follow_redirects=False)
    assert answer.status_code == 307
    assert answer.headers["location"] == "/b/lowbridge.atom?section=x"


@pytest.mark.parametrize(
    "topic", ["speaker/Ada Quill", "outlet/The Lowbridge Post/East", "outlet/é"]
)
def test_speakers_and_outlets_have_pages(topic: str) -> None:
    path = path_of(topic)
    answer = client().get(path)
    assert answer.status_code == 200
    assert verify(answer.text, REPORTS) == []
    assert client().get(path + ".json").headers["content-type"] == "application/json"


def test_new_is_measured_from_where_the_reader_says() -> None:
    fields = client().get("/b/lowbridge.json?since=2031-05-03T10:00:00%2B02:00").json()
    assert fields["since"] == "2031-05-03T08:00:00Z"


def test_a_past_page_is_shown_as_of_its_cursor() -> None:
    assert client().get("/b/lowbridge.json?at=7").json()["cursor"] == 7


@pytest.mark.parametrize(
    "path, status, told",
    [
        ("/b/nowhere", 404, "There is no briefing called “nowhere”"),
        ("/b/nowhere.json", 404, "There is no briefing"),
        ("/b/%3Cscript%3E", 404, "“&lt;script&gt;”"),
        ("/report/nothing", 404, "There is no report"),
        ("/b/lowbridge?since=yesterday", 400, "is no cursor and no time"),
        ("/b/lowbridge?since=0001-01-01T00:00:00%2B14:00", 400, "is no cursor and no time"),
        ("/b/lowbridge?at=-1", 400, "is no cursor"),
        ("/b/lowbridge?at=99999", 404, "no change 99999 yet"),
        ("/b/lowbridge?lines=0", 400, "`lines`"),
        ("/b/lowbridge.json?lines=book", 400, "`lines`"),
        ("/b/lowbridge?at=" + "9" * 30, 400, "is no cursor"),
        ("/events?after=x", 400, "is no cursor"),
        ("/search?q=" + "a" * 500, 400, "at most 200 characters"),
        ("/nothing", 404, "There is no page at “/nothing” on this desk."),
        ("/speaker/Nobody", 404, "Nobody called “Nobody” is reported"),
        ("/outlet/No%20Paper", 404, "no report of an outlet called “No Paper”"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_the_reason(
    path: str, status: int, told: str
) -> None:
    answer = client().get(path)
    assert answer.status_code == status
    assert told in answer.text


def test_a_page_that_is_not_there_leads_on() -> None:
    tree = parse(client().get("/stories/border-crossings").text)
    assert tree.xpath("//div[@class='lost']//@href") == [
        "/", "/stories", "/search?q=border%20crossings"
    ]  # fmt: skip
    assert tree.xpath("//input/@value") == ["border crossings"]


def test_a_page_that_many_want_at_once_is_made_once() -> None:
    class Slow(Kiosk):
        def briefing(self, topic: str, **asked: Any) -> Briefing | None:
            time.sleep(0.05)
            return super().briefing(topic, **asked)

    kiosk = Slow()
    reader = client(kiosk)
    with reader, ThreadPoolExecutor(8) as many:
        answers = list(many.map(lambda _: reader.get("/b/lowbridge").status_code, range(8)))
    assert answers == [200] * 8
    assert kiosk.made == 1


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/", "/b/lowbridge", "/search", "/events"])
def test_nothing_can_be_written(method: str, path: str) -> None:
    assert client().request(method, path).status_code == 405


def test_a_store_that_fails_is_said_to() -> None:
    kiosk = Kiosk()
    kiosk.broken = True
    answer = client(kiosk).get("/b/lowbridge")
    assert answer.status_code == 503
    assert "the disk is gone" in answer.text
    assert answer.headers["retry-after"] == "10"


def test_a_search_shows_what_it_found_and_keeps_the_words() -> None:
    tree = parse(client().get("/search?q=crossings").text)
    assert tree.xpath("//input/@value") == ["crossings"]
    reports = tree.xpath("//section[@aria-labelledby='reports']//a[@class='said']/text()")
    assert reports == ["Neighbour opens border crossings"]
    assert tree.xpath("//section[@aria-labelledby='said']//a[@class='said']")
    assert "/speaker/Ada%20Quill" in tree.xpath("//@href")


def test_a_search_of_the_past_is_asked_as_of_its_cursor() -> None:
    kiosk = Kiosk()
    assert "as of change 7" in client(kiosk).get("/search?q=dam&at=7").text
    assert client(kiosk).get("/search.json?q=dam&at=7").status_code == 200
    assert client(kiosk).get("/search.atom?q=dam&at=99999").status_code == 404
    assert kiosk.searched == [7, 7]


def test_a_search_for_nothing_is_no_error() -> None:
    assert "Give one or more words" in client().get("/search").text
    assert "No report holds" in client().get("/search?q=unheardof").text


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_no_search_becomes_part_of_the_page(words: str) -> None:
    answer = client().get("/search", params={"q": words})
    assert answer.status_code == 200
    tree = parse(answer.text)
    assert tree.xpath("//script/@src") == ["/live.js"]
    assert tree.xpath("string(//script)") == ""
    assert not tree.xpath("//*[@onclick] | //*[@onload]")


@pytest.mark.parametrize("report", list(REPORTS.values()), ids=lambda report: report.outlet)
def test_a_report_is_shown_whole_with_what_was_found_in_it(report: Report) -> None:
    tree = parse(client().get(f"/report/{report.id}").text)
    cut = cuts(tree)
    for identity, start, end, words in cut:
        assert identity == report.id
        assert words == report.text[start:end].replace("\n", " ")
    assert "".join(words for *_, words in cut) == report.text.replace("\n\n", "")
    assert tree.xpath("//a[@id='a-whole']")


def test_who_is_not_told_is_shown_with_why() -> None:
    kiosk = Kiosk()
    quill = Following(
        about="Ada <Quill>", by="webhook", failing_since=at(3, 12), reason="answered 500",
        set_aside=Cursor(4),
    )  # fmt: skip
    kiosk.state = dataclasses.replace(kiosk.state, follows=(quill,))
    page = parse(client(kiosk).get("/sources").text).text_content()
    assert "Ada <Quill>" in page
    assert "answered 500" in page
    assert "change 4 could not be told" in page
    assert client(kiosk).get("/health").json()["follows"][0]["set_aside"] == 4


def test_health_tells_the_cursor() -> None:
    told = client().get("/health").json()
    assert (told["status"], told["cursor"], told["readers"]) == ("ok", BRIEFING.cursor, 0)


def test_what_fails_is_shown_with_since_when_and_why() -> None:
    kiosk = Kiosk()
    feed = Subscription(
        url="https://post.example/feed", name="Lowbridge Post", added=at(3, 9),
        failing_since=at(3, 12), last_error="answered 500 <b>", dropped=("item 3: no date",),
    )  # fmt: skip
    turn = Turn(began=at(3, 13), error="the disk is full")
    book = Logbook(since=at(3, 9), turns=4, failed_turns=1, last=turn)
    kiosk.state = dataclasses.replace(kiosk.state, sources=(feed,), logbook=book)
    reader = client(kiosk)
    text = str(parse(reader.get("/sources").text).text_content())
    for told in ("Lowbridge Post", "failing since 3 May", "answered 500 <b>", "item 3: no date"):
        assert told in text
    assert "Nothing of it was kept; it is done again: the disk is full" in text
    health = reader.get("/health").json()
    assert health["status"] == "failing"
    assert health["failing"][0]["error"] == "answered 500 <b>"
    metrics = reader.get("/metrics")
    assert metrics.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert 'sayso_sources{state="failing"} 1' in metrics.text


def test_only_a_frame_may_stand_on_another_site() -> None:
    reader = TestClient(make_app(Kiosk(), frames="https://paper.example"))
    assert "frame-ancestors https://paper.example" in policy_of(reader, "/embed/b/lowbridge")
    assert "frame-ancestors 'none'" in policy_of(reader, "/b/lowbridge")


def policy_of(reader: TestClient, path: str) -> str:
    return reader.get(path).headers["content-security-policy"]


def test_a_frame_holds_what_matters_now_and_leads_to_the_page() -> None:
    tree = parse(client().get("/embed/b/lowbridge").text)
    assert len(tree.xpath("//div[@class='line']")) == len(BRIEFING.key)
    assert "http://testserver/b/lowbridge" in tree.xpath("//h1//@href")
