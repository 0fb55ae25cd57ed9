"""How often the bounds of independence are those that an editor gave.

The statements are two dozen of the invented newsroom (`examples/newsroom/gold`), each with its
carriers and both bounds; what was said, by whom and how it was told is gold too, so that only
the counting is measured. A lower bound above the editor's claims a source that is not there: that
is the error that counts.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from sayso.app import now, read_places
from sayso.bench.newsroom import ROOM, Told, match_reports
from sayso.config import Settings
from sayso.errors import SaysoError
from sayso.records import Attribution, AttributionId, Link, ReportId, Span, Speaker
from sayso.trace import trace_all
from sayso.trace.hearing import Hearing, hearing
from sayso.trace.independence import independence
from sayso.trace.owners import default_owners

Row = dict[str, Any]


def measure(settings: Settings) -> dict[str, float]:
    """Return how many bounds are exact, too high and too low."""
    read = read_places([str(ROOM / "wire")], settings, now=now())
    told = match_reports([one[0] for one in read if not isinstance(one, SaysoError)])
    reports = [one.report for one in told]
    owners = default_owners(
        (report.publisher for report in reports if report.publisher),
        more=[(ROOM / "owners.toml").read_text("utf-8")],
    )
    lineages = {one.report: one for one in trace_all(reports, owners=owners).lineages}
    by_key = {one.key: one for one in told}
    spoken = {one.key: [_attribution(one, row) for row in one.gold] for one in told}
    rows: dict[str, list[Row]] = defaultdict(list)
    for one in told:
        for row in one.gold:
            rows[row["statement"]].append(row)
    counts: Counter[str] = Counter()
    for gold in _rows():
        heard: dict[ReportId, Hearing] = {}
        for row in rows[gold["statement"]]:
            report = by_key[row["report"]].report
            said = next(one for one in spoken[row["report"]] if one.id == row["id"])
            how = hearing(report, said, spoken[row["report"]], owners=owners)
            earlier = heard.get(report.id, Hearing())
            if not (earlier.there or earlier.relays):
                heard[report.id] = how
        found = independence(
            [by_key[key].report for key in gold["carriers"]],
            lineages,
            owners=owners,
            unnamed=any(not (row["speaker"] or {}).get("name") for row in rows[gold["statement"]]),
            heard=heard,
        )
        for bound, mine in (("low", found.low), ("high", found.high)):
            counts[f"{bound}_{_outcome(mine, gold[bound])}"] += 1
        counts["both_exact"] += (found.low, found.high) == (gold["low"], gold["high"])
        counts["statements"] += 1
    return {name: float(counts[name]) for name in NAMES}


NAMES = (
    "statements", "both_exact", "low_exact", "low_too_high", "low_too_low",
    "high_exact", "high_too_high", "high_too_low",
)  # fmt: skip


def table(result: Mapping[str, float]) -> str:
    """Return the measures as a table."""
    lines = [f"{'bound':<8} {'exact':>8} {'too high':>9} {'too low':>8}"]
    for bound, name in (("low", "lower"), ("high", "upper")):
        exact, high, low = (result[f"{bound}_{each}"] for each in ("exact", "too_high", "too_low"))
        lines.append(f"{name:<8} {exact:>8.0f} {high:>9.0f} {low:>8.0f}")
    both, every = result["both_exact"], result["statements"]
    return "\n".join([*lines, f"both bounds as the editor has them: {both:.0f} of {every:.0f}"])


def _outcome(mine: int, gold: int) -> str:
    return "exact" if mine == gold else "too_high" if mine > gold else "too_low"


def _attribution(told: Told, row: Row) -> Attribution:
    speaker = row["speaker"]
    return Attribution(
        id=AttributionId(row["id"]),
        cue=_span(told, row["cue"]),
        content=tuple(span for place in row["content"] if (span := told.span(place))),
        source=_span(told, row["source"]),
        manner=row["manner"],
        modality=row["modality"],
        confidence=1.0,
        maker="gold",
        speaker=Speaker(name=speaker["name"], role=speaker["role"], kind=speaker["kind"])
        if speaker
        else None,
        addressee=_span(told, row["addressee"]),
        channel=_span(told, row["channel"]),
        via=tuple(
            Link(link["name"], _span(told, link["source"]) or Span(0, 0), _span(told, link["cue"]))
            for link in row["via"]
        ),
    )


def _span(told: Told, place: Row | None) -> Span | None:
    return told.span(place) if place else None


def _rows() -> list[Row]:
    lines = (ROOM / "gold" / "independence.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]
