"""The briefing as it is read: what leads, in which section, whether it verifies, how fast.

`newsroom`: the invented newsroom is taken in up to each of four moments, as `--at` shows it; its
key lines are those that an editor marked at that moment (`examples/newsroom/gold`), its sections
those of `bench/labels/sections.jsonl`. `allsides`: six stories of real reports, each as a desk
without an edition has it; its key lines were marked, before the program had chosen any, as
sentences of reports (`bench/labels/keylines.jsonl`). A key line counts as kept when it is a
marked one; two key lines are the same when they were marked as one.
"""

from __future__ import annotations

import gzip
import itertools
import json
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sayso.app import load_edition, make_engine, now, open_desk, open_store, read_places
from sayso.bench.newsroom import EDITION, ROOM, match_reports, pair_up
from sayso.brief.make import make_briefing
from sayso.brief.material import Material
from sayso.brief.records import Briefing, Edition, Line
from sayso.config import Settings
from sayso.errors import SaysoError
from sayso.pipeline import Desk, gather, kept_as, turn
from sayso.records import AttributionId, Report, ReportId, Span, StatementId
from sayso.render.page import render_page
from sayso.render.verify import verify

LABELS = Path("bench") / "labels"
MAKER = "sayso bench"

SHARED = 0.5
"""Share of the shorter of a line and a marked sentence that makes the two one."""

Row = dict[str, Any]
Marks = Mapping[StatementId, frozenset[str]]
"""Statement to the names under which an editor marked it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A briefing of one story at one moment, and the marks of an editor who would make it."""

    name: str
    material: Material
    edition: Edition
    marks: Marks
    wanted: frozenset[str]  # the marks that may lead


@dataclass(slots=True)
class Score:
    """Key lines counted over several briefings."""

    kept: int = 0
    shown: int = 0
    same: int = 0

    def add(self, case: Case, briefing: Briefing) -> None:
        marks = [marks_of(line, case.marks) for line in key_lines(briefing)]
        self.kept += sum(bool(one & case.wanted) for one in marks)
        self.shown += len(marks)
        self.same += sum(bool(a & b) for a, b in itertools.combinations(marks, 2))


def measure(settings: Settings, data: Path | None = None) -> dict[str, float]:
    """Return key lines kept, how many say the same, sections, faults, and the time taken."""
    result: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder, make_engine(settings) as engine:
        store = open_store(settings, str(Path(folder) / "newsroom.db"))
        cases = newsroom_cases(open_desk(settings, store, engine), settings)
        store.close()
        score, took = Score(), []
        for case in cases:
            began = time.process_time()
            briefing = make_briefing(case.material, case.edition, maker=MAKER)
            took.append(time.process_time() - began)
            score.add(case, briefing)
        result["newsroom_key_lines"] = score.kept / max(score.shown, 1)
        result["newsroom_same"] = score.same
        result["newsroom_sections"] = score_sections(cases[-1], briefing)
        began = time.process_time()
        page = render_page(briefing)
        result["page_seconds"] = time.process_time() - began
        result["page_kilobytes"] = len(page.encode()) / 1000
        result["page_lines"] = len(briefing.lines)
        reports = {report.id: report for report in cases[-1].material.reports}
        result["faults"] = len(verify(page, reports, maker=MAKER))
        result["brief_seconds"] = statistics.median(took)
        if data is not None:
            store = open_store(settings, str(Path(folder) / "allsides.db"))
            score = Score()
            for case in allsides_cases(open_desk(settings, store, engine), settings, data, folder):
                score.add(case, make_briefing(case.material, case.edition, maker=MAKER))
            store.close()
            result["allsides_key_lines"] = score.kept / max(score.shown, 1)
            result["allsides_same"] = score.same
    return result


def table(result: Mapping[str, float]) -> str:
    """Return the measures as a table."""
    return "\n".join(f"{name:<24} {value:>8.3f}" for name, value in result.items())


def key_lines(briefing: Briefing) -> list[Line]:
    """Return the lines that lead."""
    lines = {line.id: line for line in briefing.lines}
    return [lines[one] for one in briefing.key]


def marks_of(line: Line, marks: Marks) -> frozenset[str]:
    """Return the names under which an editor marked what `line` says."""
    return marks.get(line.statement, frozenset())


def score_sections(case: Case, briefing: Briefing) -> float:
    """Return the share of the marked lines that stand in a section where an editor has them."""
    accepted = {row["statement"]: row["sections"] for row in read_rows(LABELS / "sections.jsonl")}
    place = {line: one.name for one in briefing.sections for line in one.lines}
    right = marked = 0
    for line in briefing.lines:
        wanted = [name for one in marks_of(line, case.marks) for name in accepted.get(one, ())]
        if wanted and line.id in place:
            marked += 1
            right += place[line.id] in wanted
    return right / max(marked, 1)


def newsroom_cases(desk: Desk, settings: Settings) -> list[Case]:
    """Return the invented newsroom at each moment for which key lines were marked."""
    edition = load_edition(settings, str(EDITION))
    wanted: dict[datetime, set[str]] = defaultdict(set)
    for row in read_rows(ROOM / "gold" / "keylines.jsonl"):
        wanted[datetime.fromisoformat(row["at"]).astimezone(UTC)].add(row["statement"])
    read = [
        one
        for one in read_places([str(ROOM / "wire")], settings, now=now())
        if not isinstance(one, SaysoError)
    ]
    moments = sorted(wanted)
    cursors = []
    for before, moment in zip([None, *moments], moments, strict=False):
        last = moment == moments[-1]
        turn(
            desk,
            [one for one in read if _came(one[0], before, None if last else moment)],
            now=moment,
        )
        cursors.append(desk.store.cursor())
    ids = kept_as(desk.store, (report for report, _ in read))
    marked = _newsroom_marks(desk, ids)
    cases = []
    for moment, cursor in zip(moments, cursors, strict=True):
        material = gather(desk, ids, edition=edition, at=cursor)
        cases.append(
            Case(
                name=moment.isoformat(),
                material=material,
                edition=edition,
                marks=_by_statement(material, marked),
                wanted=frozenset(wanted[moment]),
            )
        )
    return cases


def _came(report: Report, after: datetime | None, until: datetime | None) -> bool:
    """Say whether a report came in the turn; undated ones come in the last."""
    if report.published is None:
        return until is None
    return (after is None or report.published > after) and (
        until is None or report.published <= until
    )


Marked = dict[tuple[ReportId, AttributionId], str]


def _newsroom_marks(desk: Desk, ids: Sequence[ReportId]) -> Marked:
    told = match_reports(desk.store.reports(ids))
    pairs = pair_up(told, {one.report: one for one in desk.store.findings(ids)})
    named = {
        name: row["statement"]
        for row in read_rows(ROOM / "gold" / "statements.jsonl")
        for name in row["attributions"]
    }
    return {
        (report.id, attribution.id): named[name]
        for name, (report, attribution) in pairs.items()
        if name in named
    }


def _by_statement(material: Material, marked: Marked) -> Marks:
    return {
        statement.id: frozenset(
            marked[key]
            for one in statement.utterances
            if (key := (one.report, one.attribution)) in marked
        )
        for statement in material.statements
    }


def allsides_cases(desk: Desk, settings: Settings, data: Path, folder: str) -> Iterable[Case]:
    """Return each marked story of real reports, as a desk without an edition has it."""
    rows = read_rows(LABELS / "keylines.jsonl")
    ids = {one for row in rows for one in row["reports"]}
    told = {}
    with gzip.open(data / rows[0]["set"], "rt", encoding="utf-8") as file:
        for line in file:
            report = json.loads(line)
            if report["id"] in ids:
                told[report["id"]] = report
    for row in rows:
        path = Path(folder) / f"{row['story']}.jsonl"
        path.write_text(
            "".join(json.dumps(_as_feed(told[one])) + "\n" for one in row["reports"]), "utf-8"
        )
        read = [
            one
            for one in read_places([str(path)], settings, now=now())
            if not isinstance(one, SaysoError)
        ]
        turn(desk, read, now=now())
        kept = kept_as(desk.store, (report for report, _ in read))
        material = gather(desk, kept, edition=Edition())
        yield Case(
            name=row["story"],
            material=material,
            edition=Edition(),
            marks=_by_statement(material, _sentence_marks(material, row)),
            wanted=frozenset(str(number) for number in range(len(row["key"]))),
        )


def _as_feed(told: Row) -> Row:
    return {
        "id": told["id"],
        "url": told["url"],
        "outlet": told["outlet"],
        "published": told["date"],
        "headline": told["title"],
        "text": told["text"],
    }


def _sentence_marks(material: Material, row: Row) -> Marked:
    places: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    for number, sentences in enumerate(row["key"]):
        for report, start, end in sentences:
            places[report].append((Span(start, end), str(number)))
    marked: Marked = {}
    for report in material.reports:
        for attribution in material.findings[report.id].attributions:
            for place, name in places[report.key]:
                if any(_much_the_same(place, span) for span in attribution.content):
                    marked.setdefault((report.id, attribution.id), name)
    return marked


def _much_the_same(a: Span, b: Span) -> bool:
    shared = min(a.end, b.end) - max(a.start, b.start)
    return shared >= SHARED * min(len(a), len(b))


def read_rows(path: Path) -> list[Row]:
    """Return the rows of a file of labels."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
