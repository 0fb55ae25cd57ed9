"""The whole program against the gold of the invented newsroom (`examples/newsroom/gold`).

Everything goes the reader's way: the outlets' files are read, taken into a desk and briefed; what
comes out is compared with what a careful reader marked. Relations are matched as on PolNeAR
(`sayso.bench.attribution`, overlap); headlines and bylines carry no labels, so what is found
there is neither right nor wrong. Stories by BCubed; statements by pairs of attributions; lineage
by pairs of reports.

The smaller newsrooms in `bench/rooms` are of other matters; what was chosen on the large one is
checked on them (`rooms_…`: their developments and series, taken together).
"""

from __future__ import annotations

import itertools
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sayso.app import load_edition, make_engine, now, open_desk, open_store, read_places
from sayso.bench.attribution import Ruler, Tally, as_relation, match
from sayso.bench.polnear import Relation
from sayso.bench.stories import bcubed
from sayso.bench.unfolding import (
    Figured,
    Steps,
    figured_in,
    given_findings,
    score_developments,
    score_series,
    steps_of,
    true_order,
)
from sayso.brief.make import make_briefing
from sayso.brief.material import Material
from sayso.brief.records import Briefing, Edition
from sayso.config import Settings
from sayso.errors import SaysoError
from sayso.pipeline import gather, kept_as, turn
from sayso.records import (
    Attribution,
    AttributionId,
    Findings,
    Lineage,
    Report,
    ReportId,
    Span,
    Utterance,
)

ROOM = Path("examples") / "newsroom"
EDITION = Path("examples") / "flood.toml"
SMALL = Path("bench") / "rooms"

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """A report as sayso read it, and what its gold says."""

    report: Report
    key: str  # of the gold
    starts: tuple[int | None, ...]  # where each gold paragraph stands in the text
    gold: tuple[Row, ...]  # its attributions

    def span(self, place: Row) -> Span | None:
        start = self.starts[place["paragraph"]]
        return None if start is None else Span(start + place["start"], start + place["end"])


@dataclass(frozen=True, slots=True)
class Taken:
    """A newsroom as a desk took it in, beside its gold."""

    room: Path
    told: Sequence[Told]
    findings: Mapping[ReportId, Findings]
    lineages: Mapping[ReportId, Lineage]
    placed: Mapping[ReportId, str]
    material: Material


def measure(settings: Settings) -> dict[str, float]:
    """Return F1 of attributions, speakers, lineage, stories and statements, and key lines hit."""
    edition = load_edition(settings, str(EDITION))
    large = take_in(ROOM, settings, edition)
    pairs = pair_up(large.told, large.findings)
    briefing = make_briefing(large.material, edition)
    stories = score_stories(large.told, large.placed)
    small = [
        take_in(path.parent, settings, Edition()) for path in sorted(SMALL.glob("*/cast.toml"))
    ]
    others = score_unfolding(small, [pair_up(one.told, one.findings) for one in small])
    return {
        "reports_read": len(large.told) / len(_rows("reports")),
        **score_attributions(large.told, large.findings, pairs),
        **score_lineage(large.told, large.lineages),
        **{f"stories_{name}": value for name, value in stories.items()},
        **score_statements(large.material.statements, pairs),
        **score_key_lines(briefing, pairs),
        **score_unfolding([large], [pairs]),
        **{f"rooms_{name}": value for name, value in others.items()},
    }


def take_in(room: Path, settings: Settings, edition: Edition) -> Taken:
    """Return what a fresh desk makes of the outlets' files of `room`, when all have come."""
    last = max(datetime.fromisoformat(row["published"]) for row in _rows("reports", room))
    moment = max(now(), last)  # some are of years to come
    with tempfile.TemporaryDirectory() as folder, make_engine(settings) as engine:
        store = open_store(settings, str(Path(folder) / "newsroom.db"))
        desk = open_desk(settings, store, engine)
        read = [
            one
            for one in read_places([str(room / "wire")], settings, now=moment)
            if not isinstance(one, SaysoError)
        ]
        turn(desk, read, now=moment)
        ids = kept_as(store, (report for report, _ in read))
        taken = Taken(
            room,
            told=match_reports(store.reports(ids), room),
            findings={one.report: one for one in store.findings(ids)},
            lineages={one.report: one for one in store.lineages(ids)},
            placed={one.report: str(one.story) for one in store.placements(ids)},
            material=gather(desk, ids, edition=edition),
        )
        store.close()
    return taken


def table(result: Mapping[str, float]) -> str:
    """Return the measures as a table."""
    return "\n".join(f"{name:<28} {value:>7.3f}" for name, value in result.items())


def _rows(name: str, room: Path = ROOM) -> list[Row]:
    lines = (room / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def match_reports(reports: Sequence[Report], room: Path = ROOM) -> list[Told]:
    """Return each gold report that was read, with its labels."""
    labels: dict[str, list[Row]] = defaultdict(list)
    for row in _rows("attributions", room):
        labels[row["report"]].append(row)
    told = []
    for row in _rows("reports", room):
        file = str(room / row["file"])
        best: tuple[int, Report, tuple[int | None, ...]] | None = None
        for report in reports:
            if not report.source.startswith(file):
                continue
            starts = _starts(report.text, row["paragraphs"])
            found = sum(start is not None for start in starts)
            if best is None or found > best[0]:
                best = (found, report, starts)
        if best is not None and best[0] > len(row["paragraphs"]) / 2:
            told.append(Told(best[1], row["report"], best[2], tuple(labels[row["report"]])))
    return told


def _starts(text: str, paragraphs: Iterable[Row]) -> tuple[int | None, ...]:
    found: list[int | None] = []
    after = 0
    for paragraph in paragraphs:
        at = text.find(paragraph["text"], after)
        found.append(None if at < 0 else at)
        after = at + len(paragraph["text"]) if at >= 0 else after
    return tuple(found)


Pairs = dict[str, tuple[Report, Attribution]]
"""Gold attribution id to what was found for it."""

Place = tuple[ReportId, AttributionId]


def _relation(told: Told, row: Row) -> Relation | None:
    content = [told.span(place) for place in row["content"]]
    source = told.span(row["source"]) if row["source"] else None
    cue = told.span(row["cue"]) if row["cue"] else None
    if any(span is None for span in content):
        return None
    return Relation(
        source=(source,) if source else (),
        cue=(cue,) if cue else (),
        content=tuple(span for span in content if span),
    )


def _counted(told: Told, attribution: Attribution) -> bool:
    """Say whether an attribution stands where gold was marked."""
    first = attribution.content[0] if attribution.content else attribution.cue
    unmarked = told.report.spans("headline", "heading", "byline", "dateline", "credit")
    return first is not None and not any(span.meets(first) for span in unmarked)


def pair_up(told: Sequence[Told], findings: Mapping[ReportId, Findings]) -> Pairs:
    """Return for each gold attribution the one that was found for it, by overlap."""
    pairs: Pairs = {}
    for one in told:
        ruler = Ruler(one.report.text)
        gold = [(row, relation) for row in one.gold if (relation := _relation(one, row))]
        found = [a for a in findings[one.report.id].attributions if _counted(one, a)]
        ours = [ruler.roles(as_relation(a)) for a in found]
        for mine, theirs in match(ours, [ruler.roles(r) for _, r in gold], "overlap"):
            pairs[gold[theirs][0]["id"]] = (one.report, found[mine])
    return pairs


def score_attributions(
    told: Sequence[Told], findings: Mapping[ReportId, Findings], pairs: Pairs
) -> dict[str, float]:
    """Return F1 of attributions, and of the paired ones how many have the right speaker."""
    gold = {row["id"]: row for one in told for row in one.gold}
    found = sum(sum(_counted(one, a) for a in findings[one.report.id].attributions) for one in told)
    tally = Tally(len(pairs), found, len(gold))
    right = wrong = manner = modality = countries = country_right = 0
    for name, (_, attribution) in pairs.items():
        row = gold[name]
        manner += attribution.manner == row["manner"]
        modality += attribution.modality == row["modality"]
        wanted = row["speaker"] or {}
        speaker = attribution.speaker
        if wanted.get("country"):
            countries += 1
            country_right += speaker is not None and speaker.country == wanted["country"]
        if wanted.get("name") and speaker is not None and speaker.name is not None:
            names = [wanted["name"], *wanted.get("spellings", [])]
            if any(_same_name(speaker.name, one) for one in names):
                right += 1
            else:
                wrong += 1
    named = sum(1 for name in pairs if (gold[name]["speaker"] or {}).get("name"))
    return {
        "attribution_precision": tally.precision,
        "attribution_recall": tally.recall,
        "attribution_f1": tally.f1,
        "speaker_right": right / named if named else 0.0,
        "speaker_wrong": wrong / named if named else 0.0,
        "manner_right": manner / len(pairs) if pairs else 0.0,
        "modality_right": modality / len(pairs) if pairs else 0.0,
        "country_right": country_right / countries if countries else 0.0,
    }


def _same_name(one: str, other: str) -> bool:
    a, b = one.casefold().split(), other.casefold().split()
    return bool(a and b) and (a == b or a[-1] == b[-1] or set(a) <= set(b) or set(b) <= set(a))


def score_lineage(told: Sequence[Told], lineages: Mapping[ReportId, Lineage]) -> dict[str, float]:
    """Return F1 of which report is a copy, and how many of those found name the right origin."""
    key_of = {one.report.id: one.key for one in told}
    gold = {row["report"]: row for row in _rows("lineage")}
    right = found = wanted = origin = 0
    for one in told:
        lineage = lineages[one.report.id]
        row = gold[one.key]
        is_copy, said = bool(row["origin"]), lineage.origin is not None
        found += said
        wanted += is_copy
        right += is_copy and said
        if is_copy and said and lineage.origin is not None:
            origin += key_of.get(lineage.origin) in {row["origin"], row["other"]}
    tally = Tally(right, found, wanted)
    return {
        "copies_precision": tally.precision,
        "copies_recall": tally.recall,
        "copies_f1": tally.f1,
        "origin_right": origin / right if right else 0.0,
    }


def score_stories(told: Sequence[Told], placed: Mapping[ReportId, str]) -> dict[str, float]:
    """Return BCubed precision, recall and F1."""
    gold = {row["report"]: row["story"] for row in _rows("stories")}
    return bcubed(placed, {one.report.id: gold[one.key] for one in told})


def score_statements(statements: Iterable[Any], pairs: Pairs) -> dict[str, float]:
    """Return pairwise F1: two attributions of one statement, in gold and as grouped."""
    group = {
        utterance: statement.id for statement in statements for utterance in statement.utterances
    }
    ours = {
        name: group.get(Utterance(report.id, attribution.id))
        for name, (report, attribution) in pairs.items()
    }
    right = found = wanted = 0
    by_gold = {
        name: row["statement"]
        for row in _rows("statements")
        for name in row["attributions"]
        if name in ours
    }
    for one, other in itertools.combinations(sorted(by_gold), 2):
        same = by_gold[one] == by_gold[other]
        joined = ours[one] is not None and ours[one] == ours[other]
        right += same and joined
        found += joined
        wanted += same
    tally = Tally(right, found, wanted)
    return {
        "statements_precision": tally.precision,
        "statements_recall": tally.recall,
        "statements_f1": tally.f1,
    }


def score_unfolding(rooms: Sequence[Taken], pairs: Sequence[Pairs]) -> dict[str, float]:
    """Return F1 of developments by kind, found and given, and how the series of figures are.

    Of several newsrooms all is counted together; `pairs` are of each in turn.
    """
    wanted: dict[str, str] = {}
    found_in: dict[str, Place] = {}
    given_in: dict[str, Place] = {}
    found: Steps = {}
    known: Steps = {}
    figured: Figured = {}
    for taken, own in zip(rooms, pairs, strict=True):
        wanted |= {
            row["attribution"]: row["kind"]
            for row in _rows("developments", taken.room)
            if "attribution" in row
        }
        by_key = {one.key: one for one in taken.told}
        times = {
            by_key[row["report"]].report.id: row["published"]
            for row in _rows("reports", taken.room)
        }
        reports = true_order((one.report for one in taken.told), times)
        counted = {
            one.report.id: replace(
                taken.findings[one.report.id],
                attributions=tuple(
                    each
                    for each in taken.findings[one.report.id].attributions
                    if _counted(one, each)
                ),
            )
            for one in taken.told
        }
        found_in |= {name: (report.id, each.id) for name, (report, each) in own.items()}
        found |= steps_of(reports, counted, taken.placed)
        given = {
            one.report.id: given_findings(
                one.report, one.gold, one.span, taken.findings[one.report.id]
            )
            for one in taken.told
        }
        stories = {
            by_key[row["report"]].report.id: row["story"] for row in _rows("stories", taken.room)
        }
        given_in |= {
            each.id: (id_, each.id) for id_, one in given.items() for each in one.attributions
        }
        known |= steps_of(reports, given, stories)
        labels: dict[ReportId, list[tuple[Span, str]]] = defaultdict(list)
        for row in _rows("figures", taken.room):
            span = by_key[row["report"]].span(row["place"])
            if span is not None:
                labels[by_key[row["report"]].report.id].append((span, row["counts"]))
        figured |= figured_in(reports, taken.findings, taken.placed, labels)
    return {
        **score_developments("developments", wanted, found_in, found),
        **score_developments("given", wanted, given_in, known),
        **score_series(figured),
    }


def score_key_lines(briefing: Briefing, pairs: Pairs) -> dict[str, float]:
    """Return the share of key lines that an editor would keep at the last moment."""
    rows = _rows("keylines")
    last = max(row["at"] for row in rows)
    kept = {row["statement"] for row in rows if row["at"] == last}
    of_statement = {
        name: row["statement"] for row in _rows("statements") for name in row["attributions"]
    }
    statement_of = {
        (report.id, attribution.id): of_statement[name]
        for name, (report, attribution) in pairs.items()
        if name in of_statement
    }
    lines = {line.id: line for line in briefing.lines}
    keys = [lines[one] for one in briefing.key]
    right = sum(statement_of.get((line.quote.report, line.attribution)) in kept for line in keys)
    return {"key_lines_kept": right / len(keys) if keys else 0.0}
