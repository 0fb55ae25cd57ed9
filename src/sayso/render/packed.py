"""A briefing's JSON packed into a page: xz, then base64 (RFC 4648).

Packed, the record weighs a ninth of what it weighs as text, and a page stays light enough for a
telephone although it carries its own proof. Compressed bytes differ from one build of the
library to another, so pages are compared without them; `seal` tells whether they were touched.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import lzma

from sayso.errors import InputError

MEMORY = 128 * 1024 * 1024
"""Bytes that unpacking may take; what we pack takes half of it."""

LARGEST = 256 * 1024 * 1024
"""Bytes of a record that are unpacked; more is no page of ours but a trap."""


def pack(record: bytes) -> str:
    """Return `record` as text that may stand anywhere in HTML."""
    return base64.b64encode(lzma.compress(record, preset=9)).decode("ascii")


def seal(packed: str) -> str:
    """Return the digest of a packed record: any change to it shows, also one that unpacks alike."""
    return hashlib.sha256(packed.encode()).hexdigest()


def unpack(packed: str) -> bytes:
    """Return what `pack` packed. Raises InputError for anything else."""
    try:
        squeezed = base64.b64decode(packed, validate=True)
        reader = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=MEMORY)
        record = reader.decompress(squeezed, LARGEST)
    except (binascii.Error, ValueError, EOFError, lzma.LZMAError) as error:
        raise InputError("briefing", f"the record cannot be unpacked: {error}") from error
    if not reader.eof or reader.unused_data:
        raise InputError("briefing", "the record is cut off, too long or goes on after its end")
    return record
