"""How well copies, their direction and their absence are told, and what that costs.

`silver`: pairs of AllSides reports that share much, each with the verdict of a reader
(`bench/labels/copies.jsonl`, ids only). `made`: copies that `sayso.bench.copies` makes of other
AllSides reports. `subject`: pairs of two newsrooms' own reports on one subject, of which a reader
has looked at every one that was taken for a copy. `window`: what a report costs by window size.
"""

from __future__ import annotations

import gzip
import json
import math
import random
import resource
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from sayso.bench.copies import OPERATIONS, Copy, make_copies
from sayso.records import Report, ReportId
from sayso.trace.copies import Window
from sayso.trace.credits import wire
from sayso.trace.direction import direction
from sayso.trace.lineage import relations, trace
from sayso.trace.overlap import compare
from sayso.trace.owners import Owners, default_owners
from sayso.trace.words import Words, read_words

LABELS = Path("bench") / "labels" / "copies.jsonl"
SEED = 4
BASES = 150  # reports that copies are made of
STRANGERS = 600  # reports in the same window that have nothing to do with them
SIZES = (10_000, 30_000, 100_000, 300_000)
TYPICAL_WORDS = 900
ASKING = 200  # real reports of some days on end, timed in each window


def measure(data: Path, limit: int = 100_000) -> dict[str, float]:
    """Return every measure; `limit` is the largest window that is filled."""
    reports = _reports(data)
    labels = [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]
    owners = default_owners()
    result = _labelled([one for one in labels if one["set"] == "silver"], reports, owners)
    result |= _made(reports, owners)
    result |= _subject([one for one in labels if one["set"] == "subject"], reports)
    result |= _cost([size for size in SIZES if size < limit] + [limit], reports)
    return result


def table(result: Mapping[str, float]) -> str:
    """Return the measures as a table."""
    lines = [
        f"{'labelled pairs':<28} precision {result['silver_precision']:.3f}"
        f"  recall {result['silver_recall']:.3f}  F1 {result['silver_f1']:.3f}",
        f"{'made copies':<28} precision {result['made_precision']:.3f}"
        f"  recall {result['made_recall']:.3f}",
    ]
    lines += [f"  {name:<26} recall {result[f'made_{name}']:.3f}" for name in OPERATIONS]
    lines += [
        f"{'direction, where told':<28} {result['direction']:.3f}",
        f"{'direction, where untold':<28} {result['direction_unknown']:.3f} left unknown",
        f"{'one subject, own works':<28} {result['subject_false']:.0f} of"
        f" {result['subject_pairs']:.0f} taken for copies",
    ]
    lines += [
        f"window of {size:>9,}: {result[f'window_{size}_ms']:.2f} ms a report,"
        f" {result[f'window_{size}_mb']:.0f} MB"
        for size in sorted(int(name.split("_")[1]) for name in result if "window" in name)[::2]
    ]
    return "\n".join([*lines, f"{result['reports_a_second']:.0f} reports a second and core"])


def plot(result: Mapping[str, float]) -> str:
    """Return the cost of a report against the size of the window as a picture (SVG)."""
    sizes = sorted(int(name.split("_")[1]) for name in result if name.endswith("_ms"))
    costs = [result[f"window_{size}_ms"] for size in sizes]
    top = 2 * max(costs)
    across = [
        60 + 480 * math.log(size / sizes[0]) / math.log(sizes[-1] / sizes[0]) for size in sizes
    ]
    down = [230 - 200 * cost / top for cost in costs]
    points = " ".join(f"{x:.0f},{y:.0f}" for x, y in zip(across, down, strict=True))
    marks = "".join(
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="4"/>'
        f'<text x="{x:.0f}" y="{y - 12:.0f}">{cost:.1f} ms</text>'
        f'<text x="{x:.0f}" y="252">{size:,}</text>'
        for x, y, cost, size in zip(across, down, costs, sizes, strict=True)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 290" role="img"'
        ' font-family="sans-serif" font-size="13" text-anchor="middle">'
        "<title>What tracing one report costs, by the number of reports in the window</title>"
        '<rect width="600" height="290" fill="#fff"/>'
        '<path d="M60 20V230H560" fill="none" stroke="#888"/>'
        f'<polyline points="{points}" fill="none" stroke="#1a5fb4" stroke-width="2"/>{marks}'
        '<text x="310" y="276">reports in the window (each step threefold)</text>'
        '<text x="60" y="14" text-anchor="start">processor time for one report</text></svg>\n'
    )


def judge(reports: Sequence[Report], owners: Owners) -> dict[ReportId, set[ReportId]]:
    """Return for each report those that it was taken to share its own words with."""
    words = {report.id: read_words(report) for report in reports}
    known = {report.id: report for report in reports}
    window = Window()
    for report in reports:
        window.add(report, words[report.id])
    copies: dict[ReportId, set[ReportId]] = {}
    for report in reports:
        near = [known[one.report] for one in window.relatives(report, words[report.id])]
        for relation in relations(report, near, owners, (), lambda each: words[each.id]):
            if relation.overlap.kind == "copy":
                copies.setdefault(report.id, set()).add(relation.other.id)
                copies.setdefault(relation.other.id, set()).add(report.id)
    return copies


def _labelled(
    labels: Sequence[Mapping[str, str]], reports: Mapping[str, Report], owners: Owners
) -> dict[str, float]:
    named = sorted({one[side] for one in labels for side in ("one", "other")})
    copies = judge([reports[name] for name in named], owners)
    hits: Counter[tuple[bool, bool]] = Counter()
    for one in labels:
        found = one["other"] in copies.get(ReportId(one["one"]), ())
        hits[one["verdict"] == "copy", found] += 1
    return _scores("silver", hits)


def _made(reports: Mapping[str, Report], owners: Owners) -> dict[str, float]:
    chance = random.Random(SEED)
    fitting = [one for one in reports.values() if 700 < len(one.text) < 7_000]
    chosen = chance.sample(fitting, BASES + STRANGERS)
    bases, strangers = chosen[:BASES], chosen[BASES:]
    # An agency copies nobody; as a printer of copies it would only confuse who was first.
    printers = sorted({one.outlet for one in chosen if not wire(one)})
    made = make_copies(bases, chance, outlets=printers)
    everything = [*bases, *strangers, *(one.report for one in made)]
    words = {report.id: read_words(report) for report in everything}
    known = {report.id: report for report in everything}
    window = Window()
    for report in everything:
        window.add(report, words[report.id])
    found: Counter[str] = Counter()
    wrong = right = 0
    told: Counter[bool] = Counter()
    untold: Counter[bool] = Counter()
    kin = _kin(bases, made)
    for one in made:
        near = [known[each.report] for each in window.relatives(one.report, words[one.report.id])]
        copied = {
            other.id
            for other in near
            if compare(words[one.report.id], words[other.id]).kind == "copy"
        }
        found[one.operation] += one.origins[0] in copied
        right += len(copied & kin[one.report.id])
        wrong += len(copied - kin[one.report.id])
        if one.origins[0] in copied:
            first = direction(one.report, known[one.origins[0]], owners).first
            (untold if one.told_by == "nothing" else told)[
                first == ("unknown" if one.told_by == "nothing" else "other")
            ] += 1
    return {
        "made_precision": right / max(1, right + wrong),
        "made_recall": found.total() / len(made),
        **{f"made_{name}": found[name] / len(bases) for name in OPERATIONS},
        "direction": told[True] / max(1, told.total()),
        "direction_unknown": untold[True] / max(1, untold.total()),
    }


def _kin(bases: Sequence[Report], made: Sequence[Copy]) -> dict[ReportId, set[ReportId]]:
    """Return for each made copy all that share an origin with it, and its origins."""
    family: dict[ReportId, set[ReportId]] = {base.id: {base.id} for base in bases}
    for one in made:
        for origin in one.origins:
            family.setdefault(origin, {origin}).add(one.report.id)
    return {one.report.id: set().union(*(family[origin] for origin in one.origins)) for one in made}


def _subject(
    labels: Iterable[Mapping[str, str]], reports: Mapping[str, Report]
) -> dict[str, float]:
    hits: Counter[str] = Counter()
    words: dict[str, Words] = {}
    for one in labels:
        if one["verdict"] == "copy":
            continue
        for side in ("one", "other"):
            if one[side] not in words:
                words[one[side]] = read_words(reports[one[side]])
        hits[compare(words[one["one"]], words[one["other"]]).kind] += 1
    return {"subject_pairs": float(hits.total()), "subject_false": float(hits["copy"])}


def _cost(sizes: Sequence[int], reports: Mapping[str, Report]) -> dict[str, float]:
    """Fill a window with reports of random words and let real ones ask of it.

    Time is the process's own, since a machine is rarely alone.
    """
    chance = np.random.default_rng(SEED)
    by_day = sorted(reports.values(), key=lambda one: (one.published, one.id))
    asking = by_day[9_000 : 9_000 + ASKING]
    known = {report.id: report for report in asking}
    owners = default_owners()
    window = Window()
    result: dict[str, float] = {}
    read: dict[ReportId, Words] = {}
    marks = np.zeros(TYPICAL_WORDS, dtype=np.bool_)
    places = np.arange(TYPICAL_WORDS, dtype=np.int32)
    for size in sizes:
        while len(window) < size:
            name = ReportId(f"{len(window):09}")
            filler = Report(id=name, key=name, text="", headline="", outlet=name)
            hashes = chance.integers(0, 1 << 63, TYPICAL_WORDS, dtype=np.uint64)
            window.add(filler, Words(hashes, places, places, marks, marks, marks))
        read.clear()
        began = time.process_time()
        for report in asking:
            read[report.id] = read_words(report)
            near = window.relatives(report, read[report.id])
            others = [known[one.report] for one in near if one.report in read]
            trace(report, others, owners=owners, words=lambda each: read[each.id])
            window.add(report, read[report.id])
        taken = (time.process_time() - began) / len(asking)
        result[f"window_{size}_ms"] = 1_000 * taken
        result[f"window_{size}_mb"] = window.memory / 2**20
        result["reports_a_second"] = 1 / taken
    result["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return result


def _scores(name: str, hits: Mapping[tuple[bool, bool], int]) -> dict[str, float]:
    right, wrong, missed = hits[True, True], hits[False, True], hits[True, False]
    return {
        f"{name}_precision": right / max(1, right + wrong),
        f"{name}_recall": right / max(1, right + missed),
        f"{name}_f1": 2 * right / max(1, 2 * right + wrong + missed),
    }


def _reports(data: Path) -> dict[str, Report]:
    with gzip.open(data / "allsides" / "reports.jsonl.gz", "rt", encoding="utf-8") as file:
        return {told["id"]: _report(told) for told in map(json.loads, file)}


def _report(told: Mapping[str, Any]) -> Report:
    return Report(
        id=ReportId(told["id"]),
        key=told["id"],
        text=told["text"],
        headline=told["title"],
        outlet=told["outlet"],
        url=told["url"],
        published=datetime.fromisoformat(told["date"]).replace(hour=12, tzinfo=UTC),
        language="en",
    )
