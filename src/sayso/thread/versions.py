"""Versions of one dispatch: which took the place of which, and what was taken back.

A version replaces the one before it under the same key. A withdrawal is a version, or a dispatch
of the same outlet that says so in its headline or in a correction, and takes back all that the
outlet said in it.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from sayso.records import Cursor, DevelopmentKind, Report, ReportId

# It is the report that must be taken back: "Correction: the troops withdraw on Friday" is none.
WITHDRAWN = re.compile(
    r"\b(?:article|story|report|dispatch|piece|item|post|version)s?\b[^.]{0,80}"
    r"\b(?:withdrawn|retracted|taken back|killed|withdrawal|retraction)\b"
    r"|\b(?:withdraws?|withdrew|withdrawn|retract(?:s|ed|ing)?|takes? back)\b[^.]{0,40}"
    r"\b(?:article|story|report|dispatch|piece|item|post)\b"
    r"|\b(?:kill notice|mandatory kill)\b",
    re.IGNORECASE,
)
CORRECTED = re.compile(r"\bcorrect(?:s|ed|ion|ing)\b", re.IGNORECASE)


def replacements(
    reports: Iterable[Report], arrived: Mapping[ReportId, tuple[Cursor, datetime]]
) -> dict[ReportId, ReportId]:
    """Return, for each version that a later one replaced, the next version."""
    by_key: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        by_key[report.key].append(report)
    never = datetime.min.replace(tzinfo=UTC)
    replaced = {}
    for versions in by_key.values():
        versions.sort(
            key=lambda one: (
                one.updated or one.published or never,
                arrived.get(one.id, (Cursor(0), never))[0],
                one.id,
            )
        )
        for older, newer in itertools.pairwise(versions):
            replaced[older.id] = newer.id
    return replaced


def notice(report: Report) -> DevelopmentKind | None:
    """Return whether `report` says of itself that it corrects or withdraws something."""
    notes = " ".join(report.cut(span) for span in report.spans("correction"))
    if WITHDRAWN.search(notes) or re.match(
        r"\W*(?:withdrawn|withdrawal|retraction|retracted|kill)\b", report.headline, re.IGNORECASE
    ):
        return "withdrawn"
    if CORRECTED.search(notes) or re.match(
        r"\W*(?:correct(?:ion|ed|s))\b", report.headline, re.IGNORECASE
    ):
        return "corrected"
    return None


def withdrawals(
    reports: Iterable[Report], replaced: Mapping[ReportId, ReportId]
) -> dict[ReportId, str]:
    """Return the reports whose words were taken back, each with the reason as printed."""
    by_id = {report.id: report for report in reports}
    gone = {}
    for older, newer in replaced.items():
        if newer in by_id and notice(by_id[newer]) == "withdrawn":
            notes = by_id[newer].spans("correction")
            gone[older] = by_id[newer].cut(notes[0]) if notes else by_id[newer].headline
    return gone
