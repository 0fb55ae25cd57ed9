"""A briefing as JSON and back: the form in which programs read it and `verify` re-checks it.

The fields are those of the records. Beside them stand `sayso`, the name and version of the
form, and `digest`, by which a change made after publishing shows. A digest is no signature:
whoever means to deceive can make a new one, and for that `verify` has the reports.

Half a surrogate pair, which a report can carry, is written as an escape, so that the bytes
are UTF-8 whatever was reported.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec

from sayso.brief.records import Briefing, Quote
from sayso.errors import InputError

FORM = "briefing/1"
"""Raised when a field changes its meaning or goes; a new field with a default is no break."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def to_json(briefing: Briefing) -> bytes:
    """Return `briefing` as UTF-8 JSON on one line, the form and the digest first."""
    # Read back once: a whole number where the record allows a fraction is written as one, so
    # that the briefing that is read makes the same bytes as the one that was written.
    fields = msgspec.to_builtins(msgspec.convert(msgspec.to_builtins(briefing), Briefing))
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
        briefing = msgspec.convert(fields, Briefing)
    except (msgspec.ValidationError, RecursionError) as error:
        raise InputError("briefing", str(error)) from error
    for flaw in _flaws(briefing):
        raise InputError("briefing", flaw)
    return briefing


def digest(fields: dict[str, object]) -> str:
    """Return the digest of a briefing's fields; form and digest themselves do not count."""
    bare = {name: value for name, value in fields.items() if name not in ("sayso", "digest")}
    return hashlib.sha256(_dump(bare, sort_keys=True).encode()).hexdigest()


def _flaws(thing: object) -> Iterator[str]:
    """Yield what the types of the records allow and their rules do not."""
    if isinstance(thing, Quote):
        if not thing.spans or len(thing.spans) != len(thing.words):
            spans, words = len(thing.spans), len(thing.words)
            yield f"a quotation of report {thing.report}: {words} pieces of words, {spans} spans"
    elif isinstance(thing, datetime):
        if thing.utcoffset() != timedelta(0):
            yield f"not a time in UTC: {thing.isoformat()}"
    elif isinstance(thing, float):
        if not math.isfinite(thing):
            yield f"not a number: {thing}"
    elif isinstance(thing, tuple):
        for each in thing:
            yield from _flaws(each)
    elif dataclasses.is_dataclass(thing):
        for field in dataclasses.fields(thing):
            yield from _flaws(getattr(thing, field.name))


def _dump(fields: dict[str, object], *, sort_keys: bool = False) -> str:
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"), sort_keys=sort_keys)
    return _SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", text)
