"""The commands as a person types them: what they print, what they refuse, how they end."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from sayso.cli import main

REPORT = """Dam above Vesk will hold, mayor says

The dam above Vesk will hold through the night, Mayor Ilse Maro told Radio Orla on Monday.

"Nobody has to leave the valley tonight," she said.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with one report, and a desk of its own."""
    monkeypatch.setenv("SAYSO_STORE", str(tmp_path / "desk" / "desk.db"))
    monkeypatch.setenv("SAYSO_FINDER", "rules")
    inside = tmp_path / "wire"
    inside.mkdir()
    (inside / "2025-03-03T1405Z-dam.txt").write_text(REPORT, encoding="utf-8")
    return inside


def lines_of(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("command", ["read", "extract", "trace", "thread"])
def test_a_stage_prints_one_json_object_a_line(
    folder: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert main([command, str(folder), "--json"]) == 0
    assert len(lines_of(capsys.readouterr().out)) >= 1


@pytest.mark.parametrize("command", ["read", "extract", "trace", "thread"])
def test_a_stage_prints_something_for_people(
    folder: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert main([command, str(folder)]) == 0
    assert "Dam above Vesk will hold" in capsys.readouterr().out


def test_offsets_index_the_file_itself(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(folder), "--json"]) == 0
    (found,) = lines_of(capsys.readouterr().out)
    assert found["report"]["text"] == REPORT  # type: ignore[index]
    for attribution in found["attributions"]:  # type: ignore[attr-defined]
        for span in [*attribution["content"], attribution["source"], attribution["cue"]]:
            if span is not None:
                assert REPORT[span["start"] : span["end"]] == span["text"]


def test_what_read_prints_can_be_read_again(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["read", str(folder), "--json"])
    first = lines_of(capsys.readouterr().out)
    again = tmp_path / "again.jsonl"
    again.write_text("".join(json.dumps(one) + "\n" for one in first), encoding="utf-8")
    assert main(["read", str(again), "--json"]) == 0
    second = lines_of(capsys.readouterr().out)
    for name in ("id", "text", "headline", "published", "outlet"):
        assert [one[name] for one in second] == [one[name] for one in first]


def test_new_counts_from_a_cursor_as_from_a_time(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["brief", str(folder)])
    counts = []
    for since in ("0", "2001-01-01", "1", "999999", "2100-01-01"):
        capsys.readouterr()
        assert main(["brief", "--json", "--since", since]) == 0
        counts.append(len(json.loads(capsys.readouterr().out)["fresh"]))
    # All came in one turn: who saw any of its changes saw the whole page.
    assert counts[0] == counts[1] > 0
    assert counts[2:] == [0, 0, 0]


def test_a_briefing_is_printed_written_verified_and_explained(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, text = tmp_path / "page.html", tmp_path / "page.md"
    assert main(["brief", str(folder), "--html", str(page), "--markdown", str(text)]) == 0
    shown = capsys.readouterr().out
    assert "Nobody has to leave the valley tonight" in shown
    assert "\x1b" not in shown  # colour only on a terminal
    assert "Nobody has to leave the valley tonight" in text.read_text(encoding="utf-8")
    assert main(["verify", str(page)]) == 0
    assert main(["verify", str(page), "--reports", str(folder)]) == 0
    assert main(["brief", str(folder), "--json"]) == 0
    capsys.readouterr()
    assert main(["brief", "--json"]) == 0  # all that the desk keeps
    made = json.loads(capsys.readouterr().out)
    assert main(["explain", made["lines"][0]["id"]]) == 0
    assert made["lines"][0]["quote"]["words"][0] in capsys.readouterr().out


def test_what_made_no_line_can_be_explained_too(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "short.txt").write_text("Dam news\n\n“We are safe,” Mayor Ilse Maro said.\n")
    main(["brief", str(folder)])
    main(["extract", str(folder / "short.txt"), "--json"])
    (found,) = lines_of(capsys.readouterr().out.splitlines()[-1])
    (attribution,) = found["attributions"]  # type: ignore[misc]
    assert main(["explain", attribution["id"]]) == 0  # type: ignore[has-type]
    assert "We are safe" in capsys.readouterr().out


def test_two_reports_under_one_given_id_are_both_placed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = folder / "twice.jsonl"
    file.write_text('{"id": "a", "text": "The dam holds."}\n{"id": "a", "text": "It broke."}\n')
    assert main(["thread", str(file), "--json"]) == 0
    placed = [one for story in lines_of(capsys.readouterr().out) for one in story["reports"]]  # type: ignore[attr-defined]
    assert len(placed) == 2


def test_a_store_that_is_not_there_is_named_when_nothing_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["brief", "--store", str(tmp_path / "typo.db")]) == 1
    assert "typo.db" in capsys.readouterr().err
    assert not (tmp_path / "typo.db").exists()


def test_one_changed_character_is_found(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.html"
    main(["brief", str(folder), "--html", str(page)])
    published = page.read_text(encoding="utf-8")
    page.write_text(published.replace("leave the valley", "leave the galley"), encoding="utf-8")
    assert main(["verify", str(page)]) == 1
    assert "galley" in capsys.readouterr().out


def test_reading_the_same_twice_keeps_it_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["brief", str(folder), "--json"])
    first = capsys.readouterr().out
    main(["brief", str(folder), "--json"])
    assert capsys.readouterr().out == first


def test_what_is_kept_can_be_searched(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["brief", str(folder)])
    capsys.readouterr()
    assert main(["search", "valley", "mayor"]) == 0
    assert "Dam above Vesk" in capsys.readouterr().out
    assert main(["search", "penguin"]) == 0
    assert "no report" in capsys.readouterr().err


def test_a_replayed_folder_tells_each_change(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["replay", str(folder), "--speed", "1000000"]) == 0
    assert "new" in capsys.readouterr().out


def test_sources_go_in_and_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sources", "add", "https://gazette.example/feed"]) == 0
    assert main(["sources", "export"]) == 0
    listed = folder / "list.opml"
    listed.write_text(capsys.readouterr().out, encoding="utf-8")
    assert main(["sources", "remove", "https://gazette.example/feed"]) == 0
    assert main(["sources", "import", str(listed)]) == 0
    assert f"{listed}: 1 source" in capsys.readouterr().err
    assert main(["sources", "list"]) == 0
    assert "https://gazette.example/feed" in capsys.readouterr().out


BAD = {
    "empty.txt": b"",
    "binary.txt": bytes(range(256)) * 40,
    "not-a-feed.rss": b"<?xml version='1.0'?><recipe><step>Stir.</step></recipe>",
    "cut-off.rss": b"<?xml version='1.0'?><rss version='2.0'><channel><item><title>Da",
    "no-article.html": b"<html><body><nav><a href='/'>Home</a></nav></body></html>",
    "not-json.jsonl": b'{"text": "The dam holds."}\n{"text": \nnonsense\n',
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_and_the_rest_goes_on(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (folder / name).write_bytes(BAD[name])
    assert main(["read", str(folder), "--json"]) == 1
    told = capsys.readouterr()
    assert name in told.err
    assert any(
        one["headline"] == "Dam above Vesk will hold, mayor says" for one in lines_of(told.out)
    )


def test_a_file_that_is_too_large_is_not_read(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    huge = folder / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(200_000_000)
    assert main(["read", str(folder)]) == 1
    assert "huge.txt" in capsys.readouterr().err


def test_a_missing_folder_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["brief", str(folder / "nowhere"), str(folder)]) == 1
    told = capsys.readouterr()
    assert "nowhere" in told.err
    assert "Nobody has to leave" in told.out


def test_a_store_of_a_newer_version_is_refused(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["brief", str(folder)])
    store = tmp_path / "desk" / "desk.db"
    with sqlite3.connect(store) as database:
        database.execute("PRAGMA user_version = 9999")
    assert main(["brief", str(folder)]) == 1
    assert "newer" in capsys.readouterr().err


def test_what_is_no_store_is_refused_and_left_alone(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letter = tmp_path / "letter.db"
    letter.write_text("Dear Ilse, " * 1000, encoding="utf-8")
    assert main(["brief", str(folder), "--store", str(letter)]) == 1
    assert "letter.db" in capsys.readouterr().err
    assert letter.read_text(encoding="utf-8").startswith("Dear Ilse")


def test_a_page_that_cannot_be_written_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = folder / "2025-03-03T1405Z-dam.txt" / "page.html"
    assert main(["brief", str(folder), "--html", str(blocked)]) == 1
    assert "page.html" in capsys.readouterr().err


def test_a_page_is_written_into_a_pipe_and_through_a_link_and_neither_is_replaced(
    folder: Path, tmp_path: Path
) -> None:
    pipe, link, page = tmp_path / "pipe", tmp_path / "link.html", tmp_path / "page.html"
    os.mkfifo(pipe)
    page.write_text("old", encoding="utf-8")
    link.symlink_to(page)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE, text=True) as reader:
        assert main(["brief", str(folder), "--html", str(pipe), "--markdown", str(link)]) == 0
        assert reader.stdout is not None
        assert reader.stdout.read().lower().startswith("<!doctype html>")
    assert pipe.is_fifo()
    assert link.is_symlink()
    assert page.read_text(encoding="utf-8").startswith("# ")


def test_a_folder_is_no_place_for_a_page(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert main(["brief", ".", "--html", "."]) == 1
    assert ".: cannot be written: Is a directory" in capsys.readouterr().err


@pytest.mark.parametrize(
    "argv, named",
    [
        pytest.param(["brief", "--edition", "nowhere.toml"], "nowhere.toml", id="no-edition"),
        pytest.param(["brief", "--since", "lately"], "lately", id="no-time"),
        pytest.param(["brief", ".", "--at", "99999"], "no change 99999", id="not-yet"),
        pytest.param(["--config", "nowhere.toml", "settings"], "nowhere.toml", id="no-settings"),
        pytest.param(["replay", ".", "--speed", "0"], "--speed", id="no-speed"),
        pytest.param(["replay", ".", "--speed", "nan"], "--speed", id="speed-no-number"),
        pytest.param(["serve", "--port", "99999"], "port", id="no-such-port"),
        pytest.param(["bench", "magic"], "magic", id="no-such-measure"),
        pytest.param(["sources", "add"], "address", id="nothing-to-add"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_wrong_use_is_named_and_ends_with_two(
    capsys: pytest.CaptureFixture[str], argv: list[str], named: str
) -> None:
    assert main(argv) == 2
    assert named in capsys.readouterr().err


@pytest.mark.parametrize(
    "argv",
    [
        pytest.param(["frobnicate"], id="unknown-command"),
        pytest.param(["search", "dam", "--limit", "-1"], id="fewer-than-none"),
        pytest.param(["brief", "--lines", "0"], id="no-lines"),
        pytest.param(["brief", "--lines", "book"], id="no-length"),
        pytest.param(["brief", "--rows", "0"], id="no-rows"),
        pytest.param(["brief", "--at", "9" * 30], id="beyond-all-cursors"),
    ],
)
def test_what_the_parser_refuses_ends_with_two(argv: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(argv)
    assert ended.value.code == 2


def test_a_port_that_is_taken_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert main(["serve", str(folder), "--port", port]) == 2
    assert port in capsys.readouterr().err


def test_a_served_desk_takes_in_what_comes_and_ends_when_told(folder: Path) -> None:
    served = subprocess.Popen(
        [sys.executable, "-m", "sayso.cli", "serve", str(folder), "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"SAYSO_TURN_SECONDS": "1"},
    )
    try:
        assert served.stdout is not None
        address = re.search(r"http://\S+/", served.stdout.readline())
        assert address is not None
        assert "leave the valley tonight" in _page(address[0])
        (folder / "2025-03-03T1500Z-trains.txt").write_text(
            "Trains run again\n\nTrains will run again on Tuesday, the railway said.\n"
        )
        until = time.monotonic() + 30
        while "Trains will run again" not in _page(address[0]):
            assert time.monotonic() < until, "the new report never came"
            time.sleep(0.3)
    finally:
        served.send_signal(signal.SIGINT)
    assert served.wait(20) == 0


def _page(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as answer:
        return str(answer.read().decode())


def test_no_report_commands_the_terminal_of_a_replay(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = {"text": "The dam holds.", "headline": "\x1b[31mDam", "outlet": "\x1b]0;x\x07Post"}
    (folder / "hostile.jsonl").write_text(json.dumps(told) + "\n", encoding="utf-8")
    main(["replay", str(folder), "--speed", "1000000"])
    assert "\x1b" not in capsys.readouterr().out


def test_a_report_dated_year_one_stops_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = {"text": "The dam holds, A said.", "published": "0001-01-03T00:00:00Z"}
    (folder / "old.jsonl").write_text(json.dumps(told) + "\n", encoding="utf-8")
    assert main(["brief", str(folder), "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["reports"]) == 2


def test_a_full_disk_under_the_output_is_named(folder: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "sayso.cli", "read", str(folder)],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"output" in done.stderr


@pytest.mark.usefixtures("folder")
def test_standard_input_is_read() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sayso.cli", "read", "-", "--json"],
        input=REPORT.encode(),
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout)["text"] == REPORT


def test_a_reader_that_has_had_enough_is_no_error(folder: Path) -> None:
    (folder / "many.jsonl").write_text(
        "".join(json.dumps({"text": f"{n} The dam holds. " * 40}) + "\n" for n in range(2000)),
        encoding="utf-8",
    )
    done = subprocess.run(
        f"{sys.executable} -m sayso.cli read {folder} --json | head -n 1",
        shell=True,
        capture_output=True,
        check=True,
    )
    assert b"Traceback" not in done.stderr


def test_a_ruling_is_kept_listed_and_heard_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = REPORT.replace("Dam above Vesk will hold, mayor says", "It holds, mayor says")
    (folder / "2025-03-03T1605Z-again.txt").write_text(again, encoding="utf-8")
    assert main(["brief", str(folder)]) == 0
    capsys.readouterr()
    main(["read", str(folder), "--json"])
    one, other = (str(each["id"]) for each in lines_of(capsys.readouterr().out))
    words = ["rule", other[:8], "separate-from", one, "--because", "two notebooks", "--by", "Ada"]
    assert main(words) == 0
    assert "changed" in capsys.readouterr().out
    assert main(words) == 0
    assert "holds already" in capsys.readouterr().out
    assert main(["rule", "--list", "--json"]) == 0
    (listed,) = lines_of(capsys.readouterr().out)
    assert {**listed, "at": None} == {
        "report": other, "verdict": "separate", "other": one,
        "reason": "two notebooks", "by": "Ada", "at": None,
    }  # fmt: skip
    assert main(["rule", "--list"]) == 0
    assert "Ada: two notebooks" in capsys.readouterr().out
    assert main(["explain", other]) == 0
    assert "ruled separate work" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words, code",
    [
        pytest.param(["rule", "aaaa"], 2, id="no-verdict"),
        pytest.param(["rule", "aaaa", "like", "bbbb"], 2, id="no-such-verdict"),
        pytest.param(["rule", "aaaa", "copied-from", "bbbb"], 2, id="no-reason"),
        pytest.param(
            ["rule", "aaaa", "copied-from", "bbbb", "--because", "x", "--by", "y"], 1, id="unknown"
        ),
    ],
)
def test_a_ruling_that_makes_no_sense_is_refused(folder: Path, words: list[str], code: int) -> None:
    main(["brief", str(folder)])
    assert main(words) == code


def test_the_tables_of_a_briefing_are_written_beside_its_page(folder: Path, tmp_path: Path) -> None:
    assert main(["brief", str(folder), "--csv", str(tmp_path / "tables")]) == 0
    tables = {path.name: path.read_bytes() for path in (tmp_path / "tables").iterdir()}
    assert sorted(tables) == ["figures.csv", "reactions.csv", "statements.csv"]
    assert b"Nobody has to leave" in tables["statements.csv"]
    assert b"\r\r\n" not in tables["statements.csv"]
