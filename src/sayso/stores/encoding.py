"""Records to JSON and back: how every store keeps what it does not ask questions about.

Rule 1: what comes back equals what went in, to the last half of a surrogate pair.
Rule 2: a record that gained a field since it was kept takes the field's default value.
Rule 3: what cannot be read back was damaged in the store, and is a StoreError.

A number that JSON does not know (infinity) comes back as None; no record should hold one.
Nothing here knows a table, a file or a connection.
"""

from __future__ import annotations

import json
import zlib
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec

from sayso.errors import StoreError

T = TypeVar("T")

NONE = b"null"

PACKING_LEVEL = 6
"""zlib's own choice: level 9 takes longer for one hundredth of the size."""


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
        try:
            return msgspec.json.decode(raw, type=kind)
        except UnicodeDecodeError:
            plain: Any = json.loads(raw.decode("utf-8", "surrogatepass"))
            return msgspec.convert(plain, type=kind)
    except (msgspec.MsgspecError, ValueError) as error:
        raise StoreError(f"a kept record is damaged: {error}") from error


def decode_or_none(raw: bytes, kind: type[T]) -> T | None:
    """Return the record of `kind` that `encode` made `raw` of, or None where it was given None."""
    return None if raw == NONE else decode(raw, kind)


def pack(record: object) -> bytes:
    """Return `record` as JSON in zlib: for what is long and asked no questions."""
    return pack_bytes(encode(record))


def unpack(packed: bytes, kind: type[T]) -> T:
    """Return the record of `kind` that `pack` made `packed` of."""
    return decode(unpack_bytes(packed), kind)


def pack_bytes(raw: bytes) -> bytes:
    return zlib.compress(raw, PACKING_LEVEL)


def unpack_bytes(packed: bytes) -> bytes:
    try:
        return zlib.decompress(packed)
    except zlib.error as error:
        raise StoreError(f"kept bytes are damaged: {error}") from error


def words_bytes(text: str) -> bytes:
    """Return `text` as UTF-8 in which half a surrogate pair may stand."""
    return text.encode("utf-8", "surrogatepass")


def words(raw: bytes) -> str:
    """Return the text that `words_bytes` made `raw` of."""
    try:
        return raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise StoreError(f"a kept text is damaged: {error}") from error


def in_utc(when: datetime) -> datetime:
    """Return `when` in UTC; a time without a zone is refused, for nobody knows when it was."""
    if when.tzinfo is None:
        raise ValueError(f"a time without a zone: {when.isoformat()}")
    return when.astimezone(UTC)


def time_text(when: datetime) -> str:
    """Return `when` so that texts sort as the times do."""
    return in_utc(when).isoformat(timespec="microseconds")


def time_of(text: str) -> datetime:
    """Return the time that `time_text` wrote."""
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise StoreError(f"a kept time is damaged: {error}") from error
