"""`read`, `extract`, `trace`, `thread`: the pipeline cut at successive points.

They keep nothing: reports in, records out.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from sayso.app import load_owners, make_engine, make_extractor
from sayso.cli import FINE, WRONG_INPUT
from sayso.commands.printing import Reader, with_progress
from sayso.config import Settings
from sayso.records import Findings, Report
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
    reports: list[Report] = []

    def remembered() -> Iterator[Report]:
        for report, _ in reader:
            reports.append(report)
            yield report

    with make_engine(settings) as engine:
        found = engine.map(make_extractor(settings), remembered())
        for number, one in enumerate(with_progress(found, "extracting")):
            print(_findings(reports[number], one, json=args.json))
            sys.stdout.flush()
    return _code(reader)


def _findings(report: Report, found: Findings, *, json: bool) -> str:
    if json:
        return to_line(findings_object(report, found))
    return plain.show_findings(report, found)


def trace(args: argparse.Namespace, settings: Settings) -> int:
    """Print each report's lineage, then the groups of one origin."""
    reader = Reader(args.places, settings)
    reports = [report for report, _ in with_progress(reader, "reading")]
    result = trace_all(reports, owners=load_owners(settings, reports))
    by_id = {report.id: report for report in reports}
    for lineage in result.lineages:
        report = by_id[lineage.report]
        print(
            to_line(lineage_object(report, lineage))
            if args.json
            else plain.show_lineage(report, lineage, by_id)
        )
    for origin in result.groups:
        print(to_line(origin_object(origin)) if args.json else plain.show_origin(origin, by_id))
    return _code(reader)


def thread(args: argparse.Namespace, settings: Settings) -> int:
    """Print the stories that the reports make."""
    reader = Reader(args.places, settings)
    reports = [report for report, _ in with_progress(reader, "reading")]
    result = trace_all(reports, owners=load_owners(settings, reports))
    stories, placements = thread_all(reports, result.lineages)
    by_id = {report.id: report for report in reports}
    reasons = {str(one.report): one.reasons for one in placements}
    for story in stories:
        mine = {str(one): reasons[one] for one in story.reports}
        print(to_line(story_object(story, mine)) if args.json else plain.show_story(story, by_id))
    return _code(reader)


def _code(reader: Reader) -> int:
    return WRONG_INPUT if reader.problems else FINE
