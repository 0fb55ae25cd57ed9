"""How every store keeps a report: its text, what is asked of it, and the rest as one record.

The rest is the whole report but its text, so that no field can be forgotten.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sayso.records import Report
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
