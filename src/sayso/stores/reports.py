"""How every store keeps a report: its text, what is asked of it, and the rest as one record.

The rest is the whole report but its text, so that no field can be forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from sayso.ids import version_id, words_id
from sayso.records import Report, ReportId
from sayso.stores.encoding import pack, unpack


def pack_rest(report: Report) -> bytes:
    """Return all of `report` but its text."""
    return pack(replace(report, text=""))


def report_of(text: str, rest: bytes) -> Report:
    """Return the report of `text` and what `pack_rest` made of it."""
    return replace(unpack(rest, Report), text=text)


def report_time(report: Report, *, now: datetime) -> datetime:
    """Return the time by which readers sort a report that is kept `now`."""
    # A date in the future is a slip of the outlet's: it must not lead every page until then.
    trusted = report.published if "future" not in report.doubts else None
    return trusted or now


def choose_unseen(
    reports: Iterable[Report], kept_words: Callable[[ReportId], str | None]
) -> list[Report]:
    """Return those whose exact version is not kept, in order, each once.

    `kept_words` gives the `words_id` of what is kept under an id. Where an id is taken by
    other words, the report comes back under the id of a new version.
    """
    fresh: dict[ReportId, str] = {}
    found = []
    for report in reports:
        told = words_id(report)
        taken = fresh.get(report.id) or kept_words(report.id)
        if taken is not None and taken != told:
            report = replace(report, id=version_id(report))
            taken = fresh.get(report.id) or kept_words(report.id)
        if taken is None:
            fresh[report.id] = told
            found.append(report)
    return found
