"""Identity is content: the same bytes give the same id, so doing a thing twice changes nothing."""

from __future__ import annotations

import hashlib

from sayso.records import Report, ReportId

ID_LENGTH = 12
"""Hexadecimal digits of an id: 48 bits, one clash expected in sixteen million records."""

VERSION_LENGTH = 8
"""Hexadecimal digits that tell the versions of one given id apart."""


def make_id(kind: str, *fields: object) -> str:
    """Return the id of the record of `kind` that `fields` make.

    Lengths are hashed with the fields, so that ("ab", "c") and ("a", "bc") differ.
    Half a surrogate pair, which JSON can carry, is hashed as it stands.
    """
    digest = hashlib.sha256()
    for field in (kind, *fields):
        raw = ("" if field is None else str(field)).encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(raw) + raw)
    return digest.hexdigest()[:ID_LENGTH]


def words_id(report: Report) -> str:
    """Return the id of what a report says: another one under the same report id is an edit."""
    return make_id("words", report.headline, report.text)


def version_id(report: Report) -> ReportId:
    """Return the id of a report whose own id is taken by a version with other words.

    Who gives ids away (a JSON line, a feed's guid) gives an edited dispatch its old one.
    """
    return ReportId(f"{report.id}~{words_id(report)[:VERSION_LENGTH]}")
