"""A desk written out: every link leads somewhere, every page verifies, and twice is once."""

from __future__ import annotations

from pathlib import Path

import feedparser
import pytest

from sayso.cli import main
from tests.commands.test_stand import CHOIR, FERRY, TUGS
from tests.markup import parse


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAYSO_FINDER", "rules")
    monkeypatch.setenv("SAYSO_STORE", str(tmp_path / "desk.db"))
    for one in (FERRY, TUGS, CHOIR):
        file = tmp_path / "wire" / f"{one.outlet}.txt"
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"{one.headline}\n\n{one.text}", encoding="utf-8")
    assert main(["brief", str(tmp_path / "wire"), "--json"]) == 0
    return tmp_path


def test_every_link_of_the_folder_leads_to_a_page_that_verifies(desk: Path) -> None:
    site = desk / "site"
    assert main(["export", str(site)]) == 0
    links = parse((site / "index.html").read_text("utf-8")).xpath("//main//a/@href")
    assert links
    for link in links:
        assert main(["verify", str(site / str(link))]) == 0


def test_feeds_and_json_lie_beside_the_pages(desk: Path) -> None:
    site = desk / "site"
    assert main(["export", str(site)]) == 0
    pages = sorted(site.glob("b/*.html"))
    assert pages
    for page in pages:
        name = page.name.removesuffix(".html")
        assert main(["verify", str(page.with_name(f"{name}.json"))]) == 0
        feed = feedparser.parse(page.with_name(f"{name}.atom").read_bytes())
        assert not feed.bozo
        assert feed.entries


def test_a_second_export_writes_nothing(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = desk / "site"
    assert main(["export", str(site)]) == 0
    capsys.readouterr()
    assert main(["export", str(site)]) == 0
    assert "0 files written anew" in capsys.readouterr().out


def test_a_file_is_no_folder(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(desk / "desk.db")]) == 2
    assert "is no folder" in capsys.readouterr().err
