"""Which of two reports that share their words was there first.

Rule: credit goes before time, because a dispatch is often re-dated when it is updated; time
counts only where both reports tell theirs; where neither tells, the answer is "unknown".
The answer is the same whichever of the two is asked first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sayso.normalise.agencies import agency
from sayso.normalise.urls import host
from sayso.records import Report
from sayso.trace.credits import origin_names, wire
from sayso.trace.owners import Owners, domains

Side = Literal["other", "self", "shared", "unknown"]
"""Who was first: the other, this one, a third that both credit, or nobody can tell."""

_SAME_MINUTE = timedelta(minutes=2)  # feeds round to the minute
_NO_ZONE = timedelta(hours=26)  # two times without zones can be this far apart and still be equal


@dataclass(frozen=True, slots=True)
class Direction:
    """Who was first, and why in an editor's words."""

    first: Side
    reason: str


def direction(report: Report, other: Report, owners: Owners) -> Direction:
    """Tell whether `report` came from `other`."""
    credited = _by_credit(report, other, owners)
    if credited:
        return credited
    earlier = _earlier(report, other)
    if earlier is None:
        return Direction("unknown", "neither time nor credit tells which came first")
    gap = _words_for(abs(_time(report) - _time(other)))
    if earlier is other:
        return Direction("other", f"{other.outlet} published it {gap} before")
    return Direction("self", f"{other.outlet} published it {gap} later")


def _by_credit(report: Report, other: Report, owners: Owners) -> Direction | None:
    mine, theirs = _credits_outlet(report, other, owners), _credits_outlet(other, report, owners)
    if mine and not theirs:
        return Direction("other", mine)
    if theirs and not mine:
        return Direction("self", theirs)
    if mine or theirs:
        return None  # each credits the other: time must tell
    wires = wire(report), wire(other)
    if wires[1] and not wires[0] and not origin_names(report):
        return Direction("other", f"{other.outlet} is a news agency")
    if wires[0] and not wires[1] and not origin_names(other):
        return Direction("self", f"{report.outlet} is a news agency")
    common = [name for name in origin_names(report) if name in origin_names(other)]
    if common:
        return Direction("shared", f"both credit {' and '.join(common)}")
    return None


def _credits_outlet(report: Report, other: Report, owners: Owners) -> str | None:
    """Return why `report` itself says that it comes from the outlet of `other`."""
    agencies = {wire(other), agency(other.outlet)} - {None}
    home = owners.outlet(other)
    for credit in report.credits:
        name = agency(credit.name) or credit.name
        # Pages name whom they print by the host alone.
        hosted = (
            name in (host(other.url), *domains(other.url))
            or owners.publisher(f"https://{name}") == home
        )
        if name in agencies or name.casefold() in (home, other.outlet.casefold()) or hosted:
            return f"{report.outlet} credits {name} ({credit.reason})"
    publisher = owners.publisher(report.url)
    same_newsroom = owners.outlet(report) == home
    if publisher and publisher.casefold() == home and not same_newsroom:
        return f"the page of {report.outlet} stands under the address of {publisher}"
    return None


def _earlier(report: Report, other: Report) -> Report | None:
    if not (_dated(report) and _dated(other)):
        return None
    first, second = sorted((report, other), key=_time)
    vague = {*first.doubts, *second.doubts}
    if "dayless" in vague or (_midnight(first) or _midnight(second)):
        # A day without a time: only another day tells.
        return first if _time(first).date() < _time(second).date() else None
    least = _NO_ZONE if "zoneless" in vague else _SAME_MINUTE
    return first if _time(second) - _time(first) >= least else None


def _dated(report: Report) -> bool:
    return report.published is not None and not {"undated", "future", "redated"} & {*report.doubts}


def _time(report: Report) -> datetime:
    assert report.published is not None
    return report.published


def _midnight(report: Report) -> bool:
    when = _time(report)
    return (when.hour, when.minute, when.second) == (0, 0, 0)


def _words_for(gap: timedelta) -> str:
    minutes = int(gap.total_seconds() // 60)
    if minutes < 120:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"
    return f"{minutes // (24 * 60)} days"
