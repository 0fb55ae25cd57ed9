"""Write the invented newsroom: its outlets' files under `newsroom/wire`, its gold beside it.

The prose is written by hand in `newsroom/dispatches`; this sets it in each outlet's format
and turns its labels into gold. The same sources always give the same bytes.

    python examples/build_newsroom.py            write what has changed
    python examples/build_newsroom.py --check    write nothing; exit 1 if something would change
"""

from __future__ import annotations

import sys

from newsroom_formats import files_of, outlet_file
from newsroom_gold import as_lines, faults, gold_of
from newsroom_source import HERE, read_dispatches


def built() -> dict[str, str]:
    """Return every built file's text by its path under `newsroom/`."""
    dispatches = read_dispatches()
    if wrong := faults(dispatches):
        raise SystemExit("\n".join(wrong))
    files: dict[str, str] = {}
    for path, (text, held) in files_of(dispatches).items():
        files[f"wire/{path}"] = text
        files[f"wire/{held[0].house.folder}/outlet.toml"] = outlet_file(held[0])
    for name, rows in gold_of(dispatches).items():
        files[f"gold/{name}.jsonl"] = as_lines(rows)
    return files


def drift() -> tuple[dict[str, str], list[str]]:
    """Return what has to be written, and the paths of files that should not be there."""
    files = built()
    there = {
        path.relative_to(HERE).as_posix()
        for folder in ("wire", "gold")
        for path in (HERE / folder).rglob("*")
        if path.is_file()
    }
    changed = {
        path: text
        for path, text in files.items()
        if path not in there or (HERE / path).read_bytes() != text.encode("utf-8")
    }
    return changed, sorted(there - files.keys())


def main(arguments: list[str]) -> int:
    changed, stale = drift()
    if "--check" in arguments:
        print("\n".join([*changed, *stale]))
        return 1 if changed or stale else 0
    for path, text in changed.items():
        target = HERE / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode("utf-8"))
    for path in stale:
        (HERE / path).unlink()
    print(f"{len(changed)} files written, {len(stale)} removed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
