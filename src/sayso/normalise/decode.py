"""Bytes to characters: what was told, what the bytes show, in that order of trust.

A byte order mark wins and is left out of the text. Then comes UTF-8, because bytes
that are not UTF-8 hardly ever pass as it; then the charset that was told (by the
sender or in the head of the file), if every byte fits it; then a guess.
A file that is UTF-8 but for a few bytes keeps U+FFFD in their place.

It does not look at what the text means; see `sayso.normalise.read`.
"""

from __future__ import annotations

import codecs
import re

from resiliparse.parse.encoding import detect_encoding

from sayso.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})"""
    rb"""|<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""",
    re.I,
)
_HEAD = 4096  # a declaration further down is ignored by browsers too
_MAGIC = (
    b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"\x7fELF",
    b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"RIFF", b"ID3", b"OggS", b"\xd0\xcf\x11\xe0",
    b"7z\xbc\xaf", b"SQLite format 3", b"MZ\x90",
)  # fmt: skip
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROLS_ALLOWED = 0.002  # a stray control character is a slip; one in five hundred is not text
_SPOILT_ALLOWED = 0.02  # bytes that are not UTF-8 in a file that otherwise is

# Half a surrogate pair is no character: it cannot be printed, stored or sent. NUL cannot be
# stored by every database. Both become U+FFFD, one for one, so offsets stay what they were.
_UNPRINTABLE = re.compile("[\x00\ud800-\udfff]")


def decode(body: bytes, *, thing: str, charset: str | None = None) -> str:
    """Return the characters of `body`, or raise InputError for what is not text."""
    if not body.strip(b" \t\r\n\x0b\x0c\x00"):
        raise InputError(thing, "empty")
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return _text(body[len(mark) :].decode(encoding, errors="replace"), thing=thing)
    if looks_binary(body):
        raise InputError(thing, "looks like binary, not text")
    return _text(_decode_unmarked(body, charset), thing=thing)


def printable(text: str) -> str:
    """Return `text` with U+FFFD for every character that cannot be printed, sent or stored."""
    return _UNPRINTABLE.sub("\ufffd", text)


def looks_binary(body: bytes) -> bool:
    """Return whether the first bytes are those of a picture, an archive or a program."""
    head = body[:65536]
    if any(head.startswith(mark) for mark, _ in _MARKS):
        return False
    if head.startswith(_MAGIC) or b"\x00" in head:
        return True
    return len(_CONTROLS.findall(head)) > max(1, len(head) * _CONTROLS_ALLOWED)


def _decode_unmarked(body: bytes, told: str | None) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for encoding in (told, _declared(body)):
        if encoding and (text := _strictly(body, encoding)) is not None:
            return text
    spoilt = body.decode("utf-8", errors="replace")
    beyond_ascii = sum(byte >= 0x80 for byte in body)
    if spoilt.count("\ufffd") <= max(1, beyond_ascii * _SPOILT_ALLOWED):
        return spoilt
    guess = detect_encoding(body[:1_000_000], from_html_meta=False) or "windows-1252"
    return _strictly(body, guess) or body.decode("windows-1252", errors="replace")


def _strictly(body: bytes, encoding: str) -> str | None:
    """Return `body` in `encoding`; None when it does not fit or there is no such encoding."""
    name = encoding.strip().lower()
    if name in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"):
        name = "windows-1252"  # what senders mean by it, and what browsers read it as
    try:
        return body.decode(name)
    except (LookupError, ValueError):
        return None


def _declared(body: bytes) -> str | None:
    found = _DECLARED.search(body[:_HEAD])
    return (found[1] or found[2]).decode("ascii") if found else None


def _text(text: str, *, thing: str) -> str:
    if not text.strip():
        raise InputError(thing, "empty")
    return printable(text)
