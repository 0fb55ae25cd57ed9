"""Files, folders and standard input."""

from __future__ import annotations

import gzip
import io
import json
import os
import threading
from pathlib import Path

import pytest

from sayso.errors import InputError, SourceError
from sayso.ports import Raw
from sayso.records import Outlet
from sayso.sources.files import FileSource, read_outlet

BODY = "The reservoir above Orla will stay closed until spring, the water board said."
LINES = "".join(json.dumps({"text": f"{BODY} {n}"}) + "\n" for n in range(3)).encode()


def write(path: Path, body: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body if isinstance(body, bytes) else body.encode())
    return path


def places(source: FileSource, path: Path | str, below: Path) -> list[str]:
    return [raw.place.removeprefix(f"{below}/") for raw in source.fetch(str(path))]


def problems(source: FileSource, place: Path | str) -> list[str]:
    return [str(piece) for piece in source.pieces(str(place)) if not isinstance(piece, Raw)]


def test_a_file_comes_as_its_bytes_and_what_its_name_says(tmp_path: Path) -> None:
    path = write(tmp_path / "dam.txt", BODY)
    (raw,) = FileSource().fetch(str(path))
    assert (raw.place, raw.body, raw.media_type) == (str(path), BODY.encode(), "text/plain")
    assert raw.fetched is not None
    assert raw.outlet is None


def test_a_folder_is_read_in_the_order_of_names_with_what_lies_below(tmp_path: Path) -> None:
    for name in ("b.txt", "a.html", "c/d.xml", "c/a.json", "B.rss", "z.jsonl"):
        write(tmp_path / name, LINES)
    assert places(FileSource(), tmp_path, tmp_path) == [
        "B.rss", "a.html", "b.txt", "c/a.json", "c/d.xml", "z.jsonl:1", "z.jsonl:2", "z.jsonl:3",
    ]  # fmt: skip


def test_hidden_and_unknown_files_of_a_folder_are_passed_over(tmp_path: Path) -> None:
    for name in (".hidden.txt", ".git/a.txt", "photo.jpg", "outlet.toml", "README", "a.txt"):
        write(tmp_path / name, 'name = "Orla Gazette"' if name == "outlet.toml" else BODY)
    assert places(FileSource(), tmp_path, tmp_path) == ["a.txt"]


def test_a_file_of_unknown_kind_is_tried_when_it_is_named(tmp_path: Path) -> None:
    (raw,) = FileSource().fetch(str(write(tmp_path / "dispatch", BODY)))
    assert (raw.body, raw.media_type) == (BODY.encode(), None)


def test_a_folder_may_say_whose_files_lie_in_it(tmp_path: Path) -> None:
    write(tmp_path / "gazette/outlet.toml", 'name = "Orla Gazette"\nowner = "Valley"\n')
    write(tmp_path / "gazette/a.txt", BODY)
    write(tmp_path / "wire/a.txt", BODY)
    first, second = FileSource().fetch(str(tmp_path))
    assert first.outlet == Outlet(name="Orla Gazette", owner="Valley")
    assert second.outlet is None
    (alone,) = FileSource().fetch(str(tmp_path / "gazette/a.txt"))
    assert alone.outlet == first.outlet


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("name = ", "not an outlet file"),
        ('owner = "Valley"', "does not say the outlet's name"),
        ('name = "Orla"\nowned_by = "x"', "has no use for 'owned_by'"),
        ('name = "Orla"\nowner = 5', "owner must be text"),
    ],
)
def test_a_wrong_outlet_file_is_an_error_that_names_it(
    tmp_path: Path, told: str, reason: str
) -> None:
    write(tmp_path / "outlet.toml", told)
    with pytest.raises(InputError, match=reason) as error:
        read_outlet(tmp_path)
    assert str(tmp_path / "outlet.toml") in str(error.value)


def test_what_is_not_there_is_an_error_that_names_it(tmp_path: Path) -> None:
    place = str(tmp_path / "nowhere")
    with pytest.raises(SourceError, match="nowhere: no such file or folder"):
        list(FileSource().fetch(place))


def test_an_empty_name_is_no_name_of_the_folder_one_is_in() -> None:
    assert problems(FileSource(), "") == ["'': no such file or folder"]


def test_a_folder_with_nothing_to_read_is_an_error(tmp_path: Path) -> None:
    write(tmp_path / "dir.txt/photo.jpg", "x")
    assert problems(FileSource(), tmp_path / "dir.txt") == [
        f"{tmp_path / 'dir.txt'}: nothing to read in this folder"
    ]
    write(tmp_path / "dir.txt/a.txt", BODY)
    assert places(FileSource(), tmp_path, tmp_path) == ["dir.txt/a.txt"]


def test_links_to_folders_are_followed_once_and_loops_are_errors(tmp_path: Path) -> None:
    write(tmp_path / "wire/a.txt", BODY)
    (tmp_path / "wire/again").symlink_to(tmp_path / "wire")
    (tmp_path / "wire/up").symlink_to(tmp_path)
    write(tmp_path / "elsewhere/b.txt", BODY)
    (tmp_path / "wire/linked").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "wire/linked-too").symlink_to(tmp_path / "elsewhere")
    pieces = list(FileSource().pieces(str(tmp_path / "wire")))
    read = [piece.place for piece in pieces if isinstance(piece, Raw)]
    assert read == [f"{tmp_path}/wire/a.txt", f"{tmp_path}/wire/linked/b.txt"]
    wrong = [str(piece) for piece in pieces if not isinstance(piece, Raw)]
    assert f"{tmp_path}/wire/again: a link to a folder that it lies in" in wrong


def test_links_that_lead_nowhere_or_round_are_errors_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "c.txt").symlink_to(tmp_path / "gone.txt")
    write(tmp_path / "d.txt", BODY)
    pieces = list(FileSource().pieces(str(tmp_path)))
    reasons = [piece.reason for piece in pieces if isinstance(piece, SourceError)]
    assert reasons[2:] == ["no such file or directory"]
    assert all("symbolic links" in reason for reason in reasons[:2])
    assert "symbolic links" in problems(FileSource(), tmp_path / "a.txt")[0]
    assert [piece.place for piece in pieces if isinstance(piece, Raw)] == [str(tmp_path / "d.txt")]


def test_a_pipe_without_a_writer_is_given_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert problems(FileSource(patience=0.01), tmp_path / "pipe.txt") == [
        f"{tmp_path / 'pipe.txt'}: nothing came through this pipe in 0.01 seconds"
    ]
    assert problems(FileSource(), tmp_path) == [f"{tmp_path / 'pipe.txt'}: not a file"]


def test_a_pipe_with_a_writer_is_read_to_its_end(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    writer = threading.Thread(target=(tmp_path / "pipe.txt").write_bytes, args=(BODY.encode(),))
    writer.start()
    (raw,) = FileSource().fetch(str(tmp_path / "pipe.txt"))
    writer.join()
    assert raw.body == BODY.encode()


@pytest.mark.parametrize("place", ["a\0b", "x" * 5_000])
def test_names_that_no_file_can_have_are_errors_too(place: str) -> None:
    with pytest.raises(SourceError):
        list(FileSource().fetch(place))


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", BODY).chmod(0)
    write(tmp_path / "b.txt", BODY)
    pieces = list(FileSource().pieces(str(tmp_path)))
    assert [type(piece) for piece in pieces] == [SourceError, Raw]
    assert "permission denied" in str(pieces[0])


def test_a_file_over_the_limit_is_not_read_and_the_next_one_is(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(200_000_000)  # takes no room on the disk, and would take it in memory
    write(tmp_path / "b.txt", BODY)
    assert problems(FileSource(), tmp_path) == [
        f"{tmp_path / 'a.txt'}: too large: 200.0 MB, the limit is 50.0 MB"
    ]
    assert [piece.place for piece in FileSource().pieces(str(tmp_path)) if isinstance(piece, Raw)]


def test_json_lines_may_be_of_any_size_and_their_lines_may_not(tmp_path: Path) -> None:
    lines = LINES + b'{"text": "' + b"x" * 2_000 + b'"}\n' + LINES
    path = write(tmp_path / "wire.jsonl", lines)
    pieces = list(FileSource(largest=500, longest_line=1_000).pieces(str(path)))
    assert [
        piece.place.rsplit(":", 1)[-1] if isinstance(piece, Raw) else piece.reason
        for piece in pieces
    ] == ["1", "2", "3", "too large: more, the limit is 0.0 MB", "5", "6", "7"]


def test_packed_json_lines_are_unpacked_as_they_are_read(tmp_path: Path) -> None:
    path = write(tmp_path / "wire.jsonl.gz", gzip.compress(LINES))
    assert [raw.body for raw in FileSource().fetch(str(path))] == LINES.splitlines(keepends=True)


def test_packed_texts_and_pages_are_unpacked_too(tmp_path: Path) -> None:
    write(tmp_path / "dam.txt.gz", gzip.compress(BODY.encode()))
    (raw,) = FileSource().fetch(str(tmp_path))
    assert (raw.body, raw.media_type) == (BODY.encode(), "text/plain")
    write(tmp_path / "dam.txt.gz", gzip.compress(BODY.encode() * 100))
    assert problems(FileSource(largest=500), tmp_path) == [
        f"{tmp_path / 'dam.txt.gz'}: too large: more, the limit is 0.0 MB"
    ]


def test_a_line_without_an_end_is_given_up(tmp_path: Path) -> None:
    (tmp_path / "endless.jsonl").symlink_to("/dev/zero")
    source = FileSource(longest_line=1_000, largest_unpacked=50_000)
    of_line, of_file = problems(source, tmp_path / "endless.jsonl")
    assert "endless.jsonl:1: too large" in of_line
    assert "endless.jsonl: too large" in of_file


def test_a_packed_file_that_unfolds_too_far_is_given_up(tmp_path: Path) -> None:
    path = write(tmp_path / "wire.jsonl.gz", gzip.compress(b'{"text": "x"}\n' * 10_000))
    pieces = list(FileSource(largest_unpacked=1_000).pieces(str(path)))
    assert isinstance(pieces[-1], InputError)
    assert len(pieces) < 100


@pytest.mark.parametrize(
    "body", [b"not packed", gzip.compress(LINES)[:-20], b"\x1f\x8b\x08\x00junk"]
)
def test_a_damaged_packed_file_is_an_error(tmp_path: Path, body: bytes) -> None:
    path = write(tmp_path / "wire.jsonl.gz", body)
    pieces = list(FileSource().pieces(str(path)))
    assert isinstance(pieces[-1], SourceError)


def test_standard_input_is_one_piece() -> None:
    (raw,) = FileSource(standard_input=io.BytesIO(BODY.encode())).fetch("-")
    assert (raw.place, raw.body) == ("-", BODY.encode())


def test_json_lines_of_any_size_come_through_standard_input() -> None:
    many = LINES * 5_000
    source = FileSource(largest=100_000, standard_input=io.BytesIO(many))
    bodies = [raw.body for raw in source.fetch("-")]
    assert b"".join(bodies) == many
    assert len(bodies) == 15_000


def test_too_much_standard_input_is_an_error() -> None:
    source = FileSource(largest=1_000, standard_input=io.BytesIO(b"x" * 5_000))
    assert problems(source, "-") == ["-: too large: more, the limit is 0.0 MB"]
