"""From reports to the page: what several sources of one remark are told to be sources of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sayso.cli import main

NAMED = (
    "Mayor Ines Okoro told a news conference on Friday that the old quay at Lowbridge will stay"
    " shut until the autumn."
)
FIRST = f"{NAMED}\n\nA crane was seen at dawn beside the two sunken barges off the northern pier."
SECOND = (
    "Fishing families gathered outside the town hall in the rain before noon.\n\n"
    "Mayor Ines Okoro told reporters at a news conference on Friday that the old quay at Lowbridge"
    " will stay shut until the autumn."
)
WHISPER = "“The quay will never open again under this council,” {} said on Friday.\n\n{}"


@pytest.fixture(autouse=True)
def a_desk_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_STORE", str(tmp_path / "desk" / "desk.db"))


def folder(tmp_path: Path, **texts: str) -> Path:
    for outlet, text in texts.items():
        place = tmp_path / outlet
        place.mkdir()
        (place / "outlet.toml").write_text(f'name = "{outlet.title()}"\n', "utf-8")
        (place / "report.txt").write_text(f"Quay at Lowbridge stays shut\n\n{text}\n", "utf-8")
    return tmp_path


def shown(reports: Path, capsys: pytest.CaptureFixture[str], *how: str) -> str:
    assert main(["brief", str(reports), *how]) == 0
    return capsys.readouterr().out


def test_two_at_one_press_conference_are_witnesses_of_the_words_and_confirm_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reports = folder(tmp_path, gazette=FIRST, lantern=SECOND)
    page = tmp_path / "page.html"
    terminal = shown(reports, capsys, "--html", str(page))
    assert "2 independent sources (" in terminal
    for form in (page.read_text("utf-8"), shown(reports, capsys, "--json")):
        assert "independent witnesses that these words were said" in form
        assert "does not confirm what was said" in form
    assert "they do not confirm what was said" in " ".join(terminal.split())


def test_an_unnamed_official_quoted_by_two_is_not_two_officials(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reports = folder(
        tmp_path,
        gazette=WHISPER.format("a senior official", FIRST.rpartition("\n\n")[2]),
        lantern=WHISPER.format("an official", SECOND.partition("\n\n")[0]),
    )
    page = tmp_path / "page.html"
    assert "1 to 2 independent sources" in shown(reports, capsys, "--html", str(page))
    for form in (page.read_text("utf-8"), shown(reports, capsys, "--json")):
        assert "may be the same person for all who quote it" in form


def test_a_copy_that_is_dated_before_its_agencys_dispatch_counts_with_it_in_one_turn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    story = (
        f"{FIRST}\n\nFishing families stood in the rain before noon.\n\nThe water went by night."
    )
    rows = [
        {"outlet": outlet, "published": day, "headline": "Quay shut", "text": story}
        for outlet, day in (("Gazette", "2031-05-02"), ("Reuters", "2031-05-03"))
    ]
    place = tmp_path / "reports.jsonl"
    place.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    line = json.loads(shown(place, capsys, "--json"))["lines"][0]
    assert (line["independence"]["low"], line["independence"]["high"]) == (1, 1)
    assert [one["name"] for one in line["independence"]["origins"]] == ["Reuters"]
