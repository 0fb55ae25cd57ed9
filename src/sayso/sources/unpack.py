"""Packed bodies, unpacked step by step, so that nothing ever unfolds beyond a limit.

What was not asked for is refused, and so is a packing inside a packing: no outlet needs
one, and each layer multiplies what a few bytes can become.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Protocol

import brotli

ACCEPTED = "gzip, deflate, br"
"""What a request offers to unpack."""


class BadPacking(ValueError):
    """The bytes are not packed as they are said to be, or not as was asked."""


class Unfolded(ValueError):
    """More than the limit came out."""


def unpack(pieces: Iterable[bytes], packing: str, *, largest: int) -> bytes:
    """Return the body that arrives in `pieces`, at most `largest` bytes of it.

    Raises BadPacking or Unfolded.
    """
    unpacker = _unpacker(packing)
    body = bytearray()
    for piece in pieces:
        if unpacker is None:
            body += piece
        else:
            try:
                for unpacked in unpacker.unpack(piece, largest + 1 - len(body)):
                    body += unpacked
                    if len(body) > largest:
                        break
            except (zlib.error, brotli.error) as error:
                raise BadPacking(f"packed badly: {error}") from error
        if len(body) > largest:
            raise Unfolded
    if unpacker is not None and body and not unpacker.ended:
        raise BadPacking("cut off: the packed body ends too early")
    return bytes(body)


class _Unpacker(Protocol):
    @property
    def ended(self) -> bool: ...

    def unpack(self, piece: bytes, room: int) -> Iterable[bytes]: ...


def _unpacker(packing: str) -> _Unpacker | None:
    match packing.strip().lower():
        case "" | "identity":
            return None
        case "gzip" | "x-gzip":
            return _Zlib(wbits=31)
        case "deflate":
            return _Zlib(wbits=15)
        case "br":
            return _Brotli()
    raise BadPacking(f"packed in a way that was not asked for: {packing[:40]}")


class _Zlib:
    def __init__(self, wbits: int) -> None:
        self._wbits = wbits
        self._begun = False
        self._object = zlib.decompressobj(wbits=wbits)

    @property
    def ended(self) -> bool:
        return self._object.eof

    def unpack(self, piece: bytes, room: int) -> Iterable[bytes]:
        while piece and not self._object.eof:
            try:
                unpacked = self._object.decompress(piece, room)
            except zlib.error:
                if self._begun or self._wbits != 15:
                    raise
                # Bare deflate, which some servers send by that name.
                self._wbits = -15
                self._object = zlib.decompressobj(wbits=-15)
                continue
            self._begun = True
            room = max(1, room - len(unpacked))
            yield unpacked
            piece = self._object.unconsumed_tail


class _Brotli:
    def __init__(self) -> None:
        self._object = brotli.Decompressor()

    @property
    def ended(self) -> bool:
        return bool(self._object.is_finished())

    def unpack(self, piece: bytes, room: int) -> Iterable[bytes]:
        while not self._object.is_finished():
            unpacked = self._object.process(piece, output_buffer_limit=room)
            room = max(1, room - len(unpacked))
            yield unpacked
            if self._object.can_accept_more_data():
                return
            piece = b""
