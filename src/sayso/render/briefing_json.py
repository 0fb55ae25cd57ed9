"""A briefing as JSON and back: the form in which programs read it and `verify` re-checks it.

The fields are those of the records. Beside them stand `sayso`, the name and version of the
form, and `digest`, by which a change made after publishing shows. A digest is no signature:
whoever means to deceive can make a new one, and for that `verify` has the reports.

Half a surrogate pair, which a report can carry, is written as an escape, so that the bytes
are UTF-8 whatever was reported.
"""

from __future__ import annotations

import hashlib
import json
import re

import msgspec

from sayso.brief.records import Briefing
from sayso.errors import InputError

FORM = "briefing/1"
"""Raised when a field changes its meaning or goes; a new field with a default is no break."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def to_json(briefing: Briefing) -> bytes:
    """Return `briefing` as UTF-8 JSON on one line, the form and the digest first."""
    # Read back once: a whole number where the record allows a fraction is written as one, so
    # that the briefing that is read makes the same bytes as the one that was written.
    fields = msgspec.to_builtins(convert(msgspec.to_builtins(briefing)))
    return _dump({"sayso": FORM, "digest": digest(fields)} | fields).encode()


def from_json(published: bytes | str) -> Briefing:
    """Return the briefing that `to_json` wrote. Raises InputError for anything else."""
    return convert(load(published))


def load(published: bytes | str) -> dict[str, object]:
    """Return the fields of a published briefing as plain values, form and digest with them."""
    try:
        fields = json.loads(published)
    except (ValueError, RecursionError) as error:
        raise InputError("briefing", f"not JSON: {error}") from error
    if not isinstance(fields, dict) or "sayso" not in fields:
        raise InputError("briefing", "not a briefing: there is no field `sayso`")
    if fields["sayso"] != FORM:
        raise InputError("briefing", f"of the form {fields['sayso']!r}; known is {FORM!r}")
    return fields


def convert(fields: dict[str, object]) -> Briefing:
    """Return the briefing that the fields of `load` make."""
    try:
        return msgspec.convert(fields, Briefing)
    except (msgspec.ValidationError, RecursionError) as error:
        raise InputError("briefing", str(error)) from error


def digest(fields: dict[str, object]) -> str:
    """Return the digest of a briefing's fields; form and digest themselves do not count."""
    bare = {name: value for name, value in fields.items() if name not in ("sayso", "digest")}
    return hashlib.sha256(_dump(bare, sort_keys=True).encode()).hexdigest()


def _dump(fields: dict[str, object], *, sort_keys: bool = False) -> str:
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"), sort_keys=sort_keys)
    return _SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", text)
