"""`read`, `extract`, `trace`, `thread`: the pipeline cut at successive points.

They keep nothing: reports in, records out.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections import deque
from collections.abc import Iterable, Iterator

from sayso.app import load_owners, make_engine, make_extractor
from sayso.cli import FINE, WRONG_INPUT
from sayso.commands.printing import Reader, with_progress
from sayso.config import Settings
from sayso.ids import version_id, words_id
from sayso.records import Findings, Report, ReportId
from sayso.render import plain
from sayso.render.jsonl import (
    findings_object,
    lineage_object,
    origin_object,
    report_object,
    story_object,
    to_line,
)
from sayso.thread.threads import thread_all
from sayso.trace import trace_all


def read(args: argparse.Namespace, settings: Settings) -> int:
    """Print reports with their parts."""
    reader = Reader(args.places, settings)
    for report, _ in with_progress(reader, "reading"):
        print(to_line(report_object(report)) if args.json else plain.show_report(report))
    return _code(reader)


def extract(args: argparse.Namespace, settings: Settings) -> int:
    """Print each report's findings, one report at a time, as soon as it is read."""
    reader = Reader(args.places, settings)
    waiting: deque[Report] = deque()

    def remembered() -> Iterator[Report]:
        for report, _ in reader:
            waiting.append(report)
            yield report

    with make_engine(settings) as engine:
        found = engine.map(make_extractor(settings), remembered())
        for one in with_progress(found, "extracting"):
            print(_findings(waiting.popleft(), one, json=args.json))
            sys.stdout.flush()
    return _code(reader)


def _findings(report: Report, found: Findings, *, json: bool) -> str:
    if json:
        return to_line(findings_object(report, found))
    return plain.show_findings(report, found)


def trace(args: argparse.Namespace, settings: Settings) -> int:
    """Print each report's lineage, then the groups of one origin."""
    reader = Reader(args.places, settings)
    reports = apart(report for report, _ in with_progress(reader, "reading"))
    result = trace_all(
        reports, owners=load_owners(settings, (one.publisher for one in reports if one.publisher))
    )
    by_id = {report.id: report for report in reports}
    for lineage in result.lineages:
        report = by_id[lineage.report]
        print(
            to_line(
                lineage_object(report, lineage, by_id.get(lineage.other) if lineage.other else None)
            )
            if args.json
            else plain.show_lineage(report, lineage, by_id)
        )
    for origin in result.groups:
        print(to_line(origin_object(origin)) if args.json else plain.show_origin(origin, by_id))
    return _code(reader)


def thread(args: argparse.Namespace, settings: Settings) -> int:
    """Print the stories that the reports make."""
    reader = Reader(args.places, settings)
    reports = apart(report for report, _ in with_progress(reader, "reading"))
    result = trace_all(
        reports, owners=load_owners(settings, (one.publisher for one in reports if one.publisher))
    )
    stories, placements = thread_all(reports, result.lineages)
    by_id = {report.id: report for report in reports}
    reasons = {str(one.report): one.reasons for one in placements}
    for story in stories:
        mine = {str(one): reasons[one] for one in story.reports}
        print(to_line(story_object(story, mine)) if args.json else plain.show_story(story, by_id))
    return _code(reader)


def apart(reports: Iterable[Report]) -> list[Report]:
    """Return `reports`, each once, other words under a given id as a version of their own."""
    known: dict[ReportId, Report] = {}
    for report in reports:
        other = known.get(report.id)
        if other is not None and words_id(other) != words_id(report):
            report = dataclasses.replace(report, id=version_id(report))
        known.setdefault(report.id, report)
    return list(known.values())


def _code(reader: Reader) -> int:
    return WRONG_INPUT if reader.problems else FINE
