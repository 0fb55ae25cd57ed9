"""Records to JSON and back: how every store keeps what it does not ask questions about.

Rule 1: what comes back equals what went in, to the last half of a surrogate pair.
Rule 2: a record that gained a field since it was kept takes the field's default value.

A number that JSON does not know (infinity) comes back as None; no record should hold one.
Nothing here knows a table, a file or a connection.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def encode(record: object) -> bytes:
    """Return `record` as JSON."""
    try:
        return msgspec.json.encode(record)
    except UnicodeEncodeError:
        # Half a surrogate pair, which JSON lines can carry, is no UTF-8: the standard library
        # writes it as it stands, and escaping would join two halves that were not one.
        plain = json.dumps(msgspec.to_builtins(record), ensure_ascii=False, separators=(",", ":"))
        return words_bytes(plain)


def decode(raw: bytes, kind: type[T]) -> T:
    """Return the record of `kind` that `encode` made `raw` of."""
    try:
        return msgspec.json.decode(raw, type=kind)
    except UnicodeDecodeError:
        plain: Any = json.loads(words(raw))
        return msgspec.convert(plain, type=kind)


def words_bytes(text: str) -> bytes:
    """Return `text` as UTF-8 in which half a surrogate pair may stand."""
    return text.encode("utf-8", "surrogatepass")


def words(raw: bytes) -> str:
    """Return the text that `words_bytes` made `raw` of."""
    return raw.decode("utf-8", "surrogatepass")


def time_text(when: datetime) -> str:
    """Return `when` so that texts sort as the times do."""
    if when.tzinfo is None:
        raise ValueError(f"a time without a zone: {when.isoformat()}")
    return when.astimezone(UTC).isoformat(timespec="microseconds")


def time_of(text: str) -> datetime:
    """Return the time that `time_text` wrote."""
    return datetime.fromisoformat(text)
