"""`sayso sources`: feeds are found, described, paused, listed, and go in and out as OPML."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sayso.cli import main
from sayso.sources import find
from sayso.stores.sqlite import SqliteStore
from tests.commands.newsdesk import rss, serves
from tests.contracts.build import report, turn
from tests.outlets import Server, gives, open_outlet


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("SAYSO_STORE", str(tmp_path / "desk.db"))
    monkeypatch.setenv("SAYSO_PRIVATE_HOSTS", "127.0.0.1")
    monkeypatch.setenv("SAYSO_FINDER", "rules")
    monkeypatch.setattr(find, "GAP_SECONDS", 0.0)
    with open_outlet() as server:
        server.paths["/"] = gives(200, PAGE, Content_Type="text/html")
        server.paths["/news.rss"] = serves(rss("Dam holds"))
        yield server


PAGE = (
    b"<html><head><title>Orla Gazette</title>"
    b'<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments.rss">'
    b"<link rel=alternate type=application/rss+xml title='All news' href=news.rss>"
    b"</head><body><p>News of Orla.</p></body></html>"
)


def listed(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert main(["sources", "list", "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_feed_of_a_site_is_found_from_its_page(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    told = ["--outlet", "Orla Gazette", "--owner", "Courier group", "--country", "fr"]
    assert main(["sources", "add", server.url("/"), *told, "--language", "fr"]) == 0
    assert server.url("/news.rss") in capsys.readouterr().err
    [one] = listed(capsys)
    assert one["url"] == server.url("/news.rss")
    assert (one["outlet"], one["owner"]) == ("Orla Gazette", "Courier group")
    assert (one["country"], one["language"]) == ("FR", "fr")
    # What is known to be of comments is looked at last.
    assert "/comments.rss" not in [path for path, _ in server.asked]


def test_a_feed_is_found_in_the_usual_places_where_the_page_names_none(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    server.paths["/"] = gives(200, b"<html><body><p>News.</p>", Content_Type="text/html")
    server.paths["/rss.xml"] = server.paths["/news.rss"]
    assert main(["sources", "add", server.url("/")]) == 0
    assert [one["url"] for one in listed(capsys)] == [server.url("/rss.xml")]


def test_the_address_of_a_feed_is_taken_as_it_is(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sources", "add", server.url("/news.rss")]) == 0
    assert [one["url"] for one in listed(capsys)] == [server.url("/news.rss")]
    assert [path for path, _ in server.asked] == ["/news.rss"]


@pytest.mark.parametrize(
    ("path", "behaviour", "reason"),
    [
        ("/", gives(200, b"<html><p>News.</p>", Content_Type="text/html"), "no feed was found"),
        ("/", gives(404), "answered 404"),
        ("/", gives(302, Location="http://10.0.0.1/"), "no public address"),
        ("/news.rss", gives(200, b"\x89PNG\r\n" + bytes(99)), "binary"),
    ],
)
def test_a_site_without_a_feed_is_not_followed(
    server: Server, capsys: pytest.CaptureFixture[str], path: str, behaviour: Any, reason: str
) -> None:
    server.paths["/"] = server.paths[path] = behaviour
    if path == "/":
        del server.paths["/news.rss"]
    assert main(["sources", "add", server.url(path)]) == 1
    assert reason in capsys.readouterr().err
    assert listed(capsys) == []


@pytest.mark.usefixtures("server")
def test_a_site_that_nobody_can_reach_now_is_followed_unseen(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["sources", "add", "http://127.0.0.1:1/feed"]) == 0
    assert "added unseen" in capsys.readouterr().err
    assert [one["url"] for one in listed(capsys)] == ["http://127.0.0.1:1/feed"]


def test_a_source_is_renamed_described_paused_taken_up_again_and_removed(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    url = server.url("/news.rss")
    main(["sources", "add", url])
    assert main(["sources", "rename", url, "The Gazette"]) == 0
    assert main(["sources", "set", url, "--owner", "Courier group", "--pages", "yes"]) == 0
    assert main(["sources", "pause", url]) == 0
    [one] = listed(capsys)
    assert (one["name"], one["outlet"], one["owner"]) == (
        "The Gazette", "The Gazette", "Courier group",
    )  # fmt: skip
    assert (one["pages"], one["paused"]) == (True, True)
    assert main(["sources", "resume", url]) == 0
    assert listed(capsys)[0]["paused"] is False
    assert main(["sources", "remove", url]) == 0
    assert listed(capsys) == []
    for action in (["pause", url], ["rename", url, "x"], ["set", url], ["remove", url]):
        assert main(["sources", *action]) == 1
        assert "is not among the sources" in capsys.readouterr().err


@pytest.mark.usefixtures("server")
def test_the_sources_to_start_with_go_in_and_out_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sources", "import", "starter"]) == 0
    first = listed(capsys)
    assert len(first) >= 50
    assert main(["sources", "export"]) == 0
    file = tmp_path / "list.opml"
    file.write_text(capsys.readouterr().out, encoding="utf-8")
    for one in first:
        main(["sources", "remove", one["url"]])
    assert main(["sources", "import", str(file)]) == 0
    assert listed(capsys) == first


def test_watch_once_asks_who_is_due_and_says_who_failed(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["sources", "add", server.url("/news.rss"), "http://127.0.0.1:1/feed"])
    capsys.readouterr()
    assert main(["watch", "--once"]) == 1
    told = capsys.readouterr()
    assert "Dam holds" in told.out
    assert "http://127.0.0.1:1/feed" in told.err
    assert main(["watch", "--once"]) == 0
    assert "nobody is due before" in capsys.readouterr().err
    assert main(["sources", "list"]) == 0
    assert "failing since" in capsys.readouterr().out


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_watching_ends_cleanly_when_it_is_told_to(server: Server, number: int) -> None:
    main(["sources", "add", server.url("/news.rss")])
    watching = subprocess.Popen(
        [sys.executable, "-m", "sayso", "watch"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert watching.stdout is not None
    assert "Dam holds" in watching.stdout.readline()
    watching.send_signal(number)
    _, told = watching.communicate(timeout=60)
    assert watching.returncode == 0
    assert told == ""


def test_what_was_pruned_says_so_when_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SAYSO_STORE", str(tmp_path / "desk.db"))
    assert main(["prune"]) == 2  # nobody said what is too old
    assert main(["prune", "--days", "3"]) == 2  # while stories are still open
    store = SqliteStore(tmp_path / "desk.db")
    old = datetime.now(UTC) - timedelta(days=100)
    store.apply(turn(report("first"), story="dam"), now=old)
    store.apply(turn(report("second"), story="bank"), now=old)
    store.close()
    capsys.readouterr()
    assert main(["prune", "--days", "90"]) == 0
    assert "1 report pruned" in capsys.readouterr().out
    assert main(["explain", "first"]) == 1
    assert "a report that was pruned on" in capsys.readouterr().err
