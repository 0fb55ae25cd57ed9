"""Write the invented newsrooms: their outlets' files under `wire`, their gold beside it.

The prose is written by hand in `dispatches` of `newsroom` here, and of each of the smaller ones in
`bench/rooms`; this sets it in each outlet's format and turns its labels into gold. The same
sources always give the same bytes.

    python examples/build_newsroom.py            write what has changed
    python examples/build_newsroom.py --check    write nothing; exit 1 if something would change
"""

from __future__ import annotations

import sys
from pathlib import Path

from newsroom_formats import files_of, outlet_file
from newsroom_gold import as_lines, faults, gold_of
from newsroom_source import HERE, SMALL, read_dispatches


def rooms() -> list[Path]:
    """Return the folders of all newsrooms, the large one first."""
    return [HERE, *sorted(path.parent for path in SMALL.glob("*/cast.toml"))]


def built(room: Path) -> dict[str, str]:
    """Return every built file's text by its path under `room`."""
    dispatches = read_dispatches(room)
    if wrong := faults(dispatches, room):
        raise SystemExit("\n".join(wrong))
    files: dict[str, str] = {}
    for path, (text, held) in files_of(dispatches).items():
        files[f"wire/{path}"] = text
        files[f"wire/{held[0].house.folder}/outlet.toml"] = outlet_file(held[0])
    for name, rows in gold_of(dispatches, room).items():
        if rows:
            files[f"gold/{name}.jsonl"] = as_lines(rows)
    return files


def drift(room: Path) -> tuple[dict[str, str], list[str]]:
    """Return what has to be written, and the paths of files that should not be there."""
    files = built(room)
    there = {
        path.relative_to(room).as_posix()
        for folder in ("wire", "gold")
        for path in (room / folder).rglob("*")
        if path.is_file()
    }
    changed = {
        path: text
        for path, text in files.items()
        if path not in there or (room / path).read_bytes() != text.encode("utf-8")
    }
    return changed, sorted(there - files.keys())


def main(arguments: list[str]) -> int:
    found = {room: drift(room) for room in rooms()}
    if "--check" in arguments:
        wrong = [
            f"{room.name}/{path}"
            for room, (changed, stale) in found.items()
            for path in (*changed, *stale)
        ]
        print("\n".join(wrong))
        return 1 if wrong else 0
    for room, (changed, stale) in found.items():
        for path, text in changed.items():
            target = room / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode("utf-8"))
        for path in stale:
            (room / path).unlink()
        print(f"{room.name}: {len(changed)} files written, {len(stale)} removed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
