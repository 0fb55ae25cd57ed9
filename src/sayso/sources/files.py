"""Files, folders and standard input.

A folder is read file by file in the order of their names, each folder once, links followed;
hidden files and files of unknown kinds in it are passed over, a file that is named is always
tried. Packed files (".gz") are unpacked. A file
`outlet.toml` in a folder says whose files lie there.
JSON lines are handed on line by line, so that a file of them may be of any size;
anything else is one piece, and its size is looked at before it is read.

What the bytes mean is decided in `sayso.normalise`.
"""

from __future__ import annotations

import gzip
import os
import select
import stat
import sys
import tomllib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Protocol, cast

from sayso.errors import InputError, SourceError
from sayso.ports import Raw
from sayso.records import Outlet

LARGEST = 50_000_000
"""Bytes of a text, page or feed; a thousand times a long report."""
LONGEST_LINE = 10_000_000
"""Bytes of one JSON line."""
LARGEST_UNPACKED = 20_000_000_000
"""Bytes that one packed file of JSON lines may unfold to: an archive of months, not a bomb."""
PATIENCE = 10.0
"""Seconds in which something must come through a pipe that was named as a file."""

OUTLET_FILE = "outlet.toml"
STANDARD_INPUT = "-"

_MEDIA_TYPES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".xml": "application/xml",
    ".rss": "application/rss+xml",
    ".rdf": "application/rdf+xml",
    ".atom": "application/atom+xml",
    ".json": "application/json",
    ".jsonl": "application/x-ndjson",
    ".ndjson": "application/x-ndjson",
}
_LINES = "application/x-ndjson"
_PACKED = ".gz"
_Identity = tuple[int, int]  # of a folder, whatever it is called: its device and its number there
_PEEK = 65_536  # bytes of standard input by which JSON lines are told from one piece


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSource:
    """Reads a file, a folder with all below it, or "-" for standard input.

    What cannot be opened is yielded as a SourceError or InputError in the place of its
    bytes by `pieces`; `fetch` raises the first one.
    """

    largest: int = LARGEST
    longest_line: int = LONGEST_LINE
    largest_unpacked: int = LARGEST_UNPACKED
    patience: float = PATIENCE
    standard_input: IO[bytes] | None = None  # None: the process's own

    def fetch(self, place: str) -> Iterator[Raw]:
        """Yield the bytes of `place`. Raise SourceError or InputError at what cannot be read."""
        for piece in self.pieces(place):
            if isinstance(piece, Raw):
                yield piece
            else:
                raise piece

    def pieces(self, place: str) -> Iterator[Raw | SourceError | InputError]:
        """Yield the bytes of `place` and, in its place, what could not be read."""
        if place == STANDARD_INPUT:
            yield from self._of_input()
            return
        path = Path(place)
        try:
            # Path("") would be the folder that the command was given in.
            status = os.stat(place)
        except FileNotFoundError:
            yield SourceError(place or "''", "no such file or folder")
            return
        except (OSError, ValueError) as error:
            yield SourceError(place, _reason(error))
            return
        if stat.S_ISDIR(status.st_mode):
            is_empty = True
            for piece in self._of_folder(path, [], set()):
                is_empty = False
                yield piece
            if is_empty:
                yield SourceError(place, "nothing to read in this folder")
        else:
            try:
                outlet = read_outlet(path.parent)
            except InputError as error:
                yield error
                outlet = None
            yield from self._of_file(path, outlet)

    def _of_folder(
        self, folder: Path, above: list[_Identity], seen: set[_Identity]
    ) -> Iterator[Raw | SourceError | InputError]:
        """Yield what lies in `folder`, each folder once, by however many links it is reached."""
        try:
            identity = _identity(folder)
            if identity in above:
                yield SourceError(str(folder), "a link to a folder that it lies in")
                return
            if identity in seen:
                return
            seen.add(identity)
            outlet = read_outlet(folder)
            inside = sorted(folder.iterdir())
        except InputError as error:
            yield error
            return
        except OSError as error:
            yield SourceError(str(folder), _reason(error))
            return
        for path in inside:
            if path.name.startswith("."):
                continue
            if path.is_dir():
                yield from self._of_folder(path, [*above, identity], seen)
            elif _media_type(path) is None:
                continue
            elif path.is_file() or path.is_symlink():
                # A link that leads nowhere is a file that cannot be opened.
                yield from self._of_file(path, outlet)
            else:
                yield SourceError(str(path), "not a file")

    def _of_file(
        self, path: Path, outlet: Outlet | None
    ) -> Iterator[Raw | SourceError | InputError]:
        try:
            status = path.stat()
            fetched = datetime.now(UTC)
            media_type = _media_type(path)
            if media_type == _LINES:
                with _open(path, self.patience) as file:
                    yield from self._of_lines(file, str(path), fetched, outlet)
                return
            if status.st_size > self.largest:
                yield too_large(str(path), status.st_size, self.largest)
                return
            with _open(path, self.patience) as file:
                # A device, a packed or a growing file may hold more than its status says.
                body = file.read(self.largest + 1)
        except (OSError, EOFError, zlib.error) as error:
            yield SourceError(str(path), _reason(error))
            return
        if len(body) > self.largest:
            yield too_large(str(path), None, self.largest)
            return
        yield Raw(place=str(path), body=body, media_type=media_type, fetched=fetched, outlet=outlet)

    def _of_lines(
        self, file: _Lines, place: str, fetched: datetime, outlet: Outlet | None
    ) -> Iterator[Raw | InputError]:
        number = read = 0
        while line := file.readline(self.longest_line + 1):
            number += 1
            read += len(line)
            thing = f"{place}:{number}"
            if read > self.largest_unpacked:
                yield too_large(place, None, self.largest_unpacked)
                return
            if len(line) > self.longest_line:
                while line and not line.endswith(b"\n") and read <= self.largest_unpacked:
                    line = file.readline(self.longest_line)
                    read += len(line)
                yield too_large(thing, None, self.longest_line)
            elif line.strip(b" \t\r\n\xef\xbb\xbf"):
                yield Raw(place=thing, body=line, media_type=_LINES, fetched=fetched, outlet=outlet)

    def _of_input(self) -> Iterator[Raw | SourceError | InputError]:
        file = self.standard_input or sys.stdin.buffer
        fetched = datetime.now(UTC)
        try:
            beginning = file.read(_PEEK)
            first = beginning.split(b"\n", 1)[0].strip()
            if len(beginning) == _PEEK and first.startswith(b"{") and first.endswith(b"}"):
                joined = _Joined(beginning, file)
                yield from self._of_lines(joined, STANDARD_INPUT, fetched, None)
                return
            body = beginning + file.read(self.largest + 1 - len(beginning))
        except OSError as error:
            yield SourceError(STANDARD_INPUT, _reason(error))
            return
        if len(body) > self.largest:
            yield too_large(STANDARD_INPUT, None, self.largest)
        else:
            yield Raw(place=STANDARD_INPUT, body=body, fetched=fetched)


def read_outlet(folder: Path) -> Outlet | None:
    """Return the outlet that `outlet.toml` in `folder` tells of; None when there is none."""
    path = folder / OUTLET_FILE
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise InputError(str(path), f"not an outlet file: {error}") from error
    known = {field.name for field in fields(Outlet)}
    for name, value in told.items():
        if name not in known:
            raise InputError(str(path), f"has no use for {name!r}; it may hold {sorted(known)}")
        if not isinstance(value, str):
            raise InputError(str(path), f"{name} must be text")
    if not told.get("name", "").strip():
        raise InputError(str(path), "does not say the outlet's name")
    return Outlet(**told)


def too_large(thing: str, size: int | None, limit: int) -> InputError:
    """Return the error of what is over a limit, with both in megabytes."""
    is_size = f"{size / 1e6:,.1f} MB" if size is not None else "more"
    return InputError(thing, f"too large: {is_size}, the limit is {limit / 1e6:,.1f} MB")


class _Lines(Protocol):
    def readline(self, limit: int, /) -> bytes: ...


class _Joined:
    """A stream that gives back what was already read of it, line by line."""

    def __init__(self, beginning: bytes, rest: IO[bytes]) -> None:
        self._beginning = beginning
        self._rest = rest

    def readline(self, limit: int, /) -> bytes:
        end = self._beginning.find(b"\n") + 1 or len(self._beginning)
        end = min(end, limit)
        line, self._beginning = self._beginning[:end], self._beginning[end:]
        if not line.endswith(b"\n") and len(line) < limit:
            line += self._rest.readline(limit - len(line))
        return line


@contextmanager
def _open(path: Path, patience: float) -> Iterator[IO[bytes]]:
    """Open a file for what it holds, unpacked. A pipe through which nothing comes is an OSError."""

    def opener(name: str, flags: int) -> int:
        # To open a pipe would otherwise wait for its writer for ever.
        opened = os.open(name, flags | os.O_NONBLOCK)
        is_pipe = stat.S_ISFIFO(os.fstat(opened).st_mode)
        if is_pipe and not select.select([opened], [], [], patience)[0]:
            os.close(opened)
            raise TimeoutError(f"nothing came through this pipe in {patience:g} seconds")
        os.set_blocking(opened, True)
        return opened

    with open(path, "rb", opener=opener) as file:
        if path.suffix.lower() != _PACKED:
            yield file
            return
        with gzip.open(file) as unpacked:
            yield cast(IO[bytes], unpacked)


def _identity(folder: Path) -> _Identity:
    status = folder.stat()
    return status.st_dev, status.st_ino


def _media_type(path: Path) -> str | None:
    """Return what a file's name says it holds, packed or not; None when it says nothing known."""
    is_packed = path.suffix.lower() == _PACKED
    return _MEDIA_TYPES.get((Path(path.stem) if is_packed else path).suffix.lower())


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error) or type(error).__name__).lower()
