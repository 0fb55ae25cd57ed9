"""What editors ruled on two reports: which word holds, and how a reader is told of it.

Rule: on each of the two questions, lineage and story, the newest word on a pair holds, whoever
gave it; "undecided" takes back both. Rulings come oldest first, as a store gives them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from sayso.records import Report, ReportId, Ruling, Verdict

LINEAGE: Final[frozenset[Verdict]] = frozenset({"copied", "separate"})
STORY: Final[frozenset[Verdict]] = frozenset({"together", "apart"})

_VERDICTS: Final[dict[Verdict, str]] = {
    "copied": "copied from",
    "separate": "separate work from",
    "together": "of one story with",
    "apart": "of another story than",
    "undecided": "undecided again beside",
}


def standing(
    one: ReportId,
    other: ReportId,
    rulings: Iterable[Ruling],
    question: Collection[Verdict],
) -> Ruling | None:
    """Return the ruling on two reports that holds for `question` (LINEAGE or STORY)."""
    found = None
    for ruling in rulings:
        if {ruling.report, ruling.other} == {one, other}:
            if ruling.verdict == "undecided":
                found = None
            elif ruling.verdict in question:
                found = ruling
    return found


def changes_nothing(ruling: Ruling, rulings: Iterable[Ruling]) -> bool:
    """Tell whether `ruling` says what holds already, in the same words."""
    earlier = list(rulings)
    held = [
        standing(ruling.report, ruling.other, earlier, question) for question in (LINEAGE, STORY)
    ]
    if ruling.verdict == "undecided":
        return held == [None, None]
    return any(one is not None and _word(one) == _word(ruling) for one in held)


def told(ruling: Ruling, other: Report) -> str:
    """Return what an editor ruled on a report and `other`, in the words of the report's side."""
    verdict = _VERDICTS[ruling.verdict]
    if ruling.verdict == "copied" and ruling.report == other.id:
        verdict = "the origin of"
    because = f": {ruling.reason}" if ruling.reason else ""
    by = ruling.by or "an editor"
    return f"ruled {verdict} {other.outlet}, “{other.headline}” by {by}{because}"


def _word(ruling: Ruling) -> tuple[ReportId, ReportId, Verdict, str, str]:
    """Return all of a ruling but when it was given."""
    return ruling.report, ruling.other, ruling.verdict, ruling.reason, ruling.by
