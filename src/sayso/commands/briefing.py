"""`brief`, `verify`, `explain`, `search`: what readers ask of the desk.

`brief PATH…` keeps the reports in the desk's store, so that `verify`, `explain` and `search`
know them later, and briefs on just those; without a path it briefs on all that the desk keeps.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from sayso import __version__
from sayso.app import load_edition, make_engine, now, open_desk, open_store
from sayso.brief.make import make_briefing
from sayso.brief.records import Briefing, Dropped, Edition, Length
from sayso.cli import FINE, WRONG_INPUT
from sayso.commands.printing import Reader, complain, with_progress
from sayso.config import Settings
from sayso.errors import ConfigError, InputError
from sayso.pipeline import Desk, gather, kept_as, turn
from sayso.ports import Raw, Store
from sayso.records import Cursor, Findings, Report, ReportId
from sayso.render.briefing_json import to_json
from sayso.render.csv import TABLES
from sayso.render.explain import render_explain
from sayso.render.jsonl import report_object, to_line
from sayso.render.markdown import render_markdown
from sayso.render.page import render_page
from sayso.render.plain import (
    short,
    show_attribution,
    show_lineage,
    show_report,
    shown,
    time_words,
)
from sayso.render.terminal import render_terminal
from sayso.render.verify import named_in, read_record
from sayso.render.verify import verify as verify_published

TURN = 200
"""Reports that are kept in one transaction: what a crash makes us do again."""

SHORTEST_ID = 4
"""Characters of an id by which a person may ask: fewer would mean half the desk."""

EVERYTHING = 10_000_000
"""More reports than one store holds."""

MAKER = f"sayso {__version__}"


def brief(args: argparse.Namespace, settings: Settings) -> int:
    """Print a briefing, and write it where asked."""
    edition = load_edition(settings, args.edition)
    looked = _looked(args.since) if args.since else None
    reader = Reader(args.places, settings)
    with make_engine(settings) as engine:
        # Nothing to keep: a store that is not there is an error, not a new one.
        store = open_store(settings, args.store, read_only=not args.places)
        try:
            desk = open_desk(settings, store, engine)
            ids = take_in(desk, reader)
            if not args.places:
                ids = all_kept(store)
            if args.at is not None and args.at > store.cursor():
                raise ConfigError(
                    f"--at: there is no change {args.at} yet; the newest is {store.cursor()}"
                )
            made = make(
                desk,
                ids,
                edition,
                since=when_of(store, looked),
                at=args.at,
                length=args.lines,
                problems=reader.problems,
            )
        finally:
            store.close()
    if args.html:
        write(args.html, render_page(made))
    if args.markdown:
        write(args.markdown, render_markdown(made))
    if args.csv:
        for name, render in TABLES.items():
            write(args.csv / f"{name}.csv", render(made))
    if args.json:
        sys.stdout.write(to_json(made).decode() + "\n")
    else:
        width = shutil.get_terminal_size().columns
        sys.stdout.write(render_terminal(made, colour=_coloured(), width=width, rows=args.rows))
    if args.places and not ids:
        print("sayso: no report could be read", file=sys.stderr)
        return WRONG_INPUT
    return WRONG_INPUT if reader.problems else FINE


def take_in(desk: Desk, reader: Reader) -> list[ReportId]:
    """Take what `reader` reads into the desk, turn by turn; return the ids, each once."""
    ids: dict[ReportId, None] = {}
    batch: list[tuple[Report, Raw]] = []

    def work() -> None:
        turn(desk, batch, now=now())
        ids.update(dict.fromkeys(kept_as(desk.store, (report for report, _ in batch))))
        batch.clear()

    for report, raw in with_progress(reader, "reading and extracting"):
        batch.append((report, raw))
        if len(batch) == TURN:
            work()
    if batch:
        work()
    return list(ids)


def all_kept(store: Store) -> list[ReportId]:
    """Return the ids of all reports that the desk keeps, oldest first."""
    ever = datetime.min.replace(tzinfo=UTC)
    return [report.id for report in store.since(ever, limit=EVERYTHING)]


def make(
    desk: Desk,
    ids: Sequence[ReportId],
    edition: Edition,
    *,
    since: datetime | None = None,
    at: Cursor | None = None,
    length: Length = "page",
    problems: Sequence[Exception] = (),
) -> Briefing:
    """Return the briefing of the kept reports `ids`, as of a cursor."""
    dropped = [Dropped(*_thing_and_reason(error)) for error in problems]
    material = gather(desk, ids, edition=edition, at=at, dropped=dropped)
    return make_briefing(material, edition, since=since, length=length, maker=MAKER)


def _thing_and_reason(error: Exception) -> tuple[str, str]:
    thing = getattr(error, "thing", None) or getattr(error, "source", "")
    return str(thing), str(getattr(error, "reason", error))


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all: a reader never sees half a page.

    What is no file, as a pipe or a device, is written to and stays what it is; a link stays one.
    """
    file = Path(os.path.realpath(path))
    draft = file.parent / f".{file.name}.{os.getpid()}.draft"
    try:
        if path.exists() and not path.is_file():
            path.write_text(text, encoding="utf-8", newline="")
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(text, encoding="utf-8", newline="")
        draft.replace(file)
    except OSError as error:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise InputError(str(path), f"cannot be written: {error.strerror}") from error


def _looked(text: str) -> datetime | Cursor:
    """Return the time or the cursor of the page that was looked at last."""
    if text.isascii() and text.isdecimal():
        return Cursor(int(text))
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ConfigError(
            f"--since: {text!r} is neither a time like 2022-09-21T09:40 nor a cursor"
        ) from error
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)


def when_of(store: Store, looked: datetime | Cursor | None) -> datetime | None:
    """Return the time of the turn that a cursor is of: what it brought stood on that page."""
    if looked is None or isinstance(looked, datetime):
        return looked
    last = min(looked, store.cursor())
    changes = store.changes(after=Cursor(last - 1), limit=1) if last > 0 else []
    return changes[0].at if changes else datetime.min.replace(tzinfo=UTC)


def _coloured() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def verify(args: argparse.Namespace, settings: Settings) -> int:
    """Check every line of a published briefing; print each fault."""
    try:
        published = args.file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(str(args.file), f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(str(args.file), "is no UTF-8, so no page of ours") from error
    reports: dict[ReportId, Report] = {}
    findings: dict[ReportId, Findings] | None = None
    if args.reports:
        reader = Reader(args.reports, settings)
        reports = {report.id: report for report, _ in with_progress(reader, "reading")}
    else:
        store = open_store(settings, args.store, read_only=True)
        try:
            record = read_record(published)
            ids = named_in(record)
            reports = {report.id: report for report in store.reports(ids)}
            findings = {one.report: one for one in store.findings(ids, at=record.cursor)}
        except InputError:
            pass  # it is told with all that is wrong with the page
        finally:
            store.close()
    began = time.monotonic()
    faults = verify_published(published, reports, findings=findings, maker=MAKER)
    for fault in faults:
        print(f"{shown(fault.where)}: {shown(fault.what)}")
    if faults:
        found = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        print(f"sayso: {found} in {args.file}", file=sys.stderr)
        return WRONG_INPUT
    took = time.monotonic() - began
    print(f"{args.file}: every line stands in its report, word for word ({took:.1f} s)")
    return FINE


def explain(args: argparse.Namespace, settings: Settings) -> int:
    """Show what has the id, in its paragraph, with every reason."""
    if len(args.id) < SHORTEST_ID:
        raise ConfigError(f"{args.id!r}: give {SHORTEST_ID} characters of an id or more")
    edition = load_edition(settings, args.edition)
    with make_engine(settings) as engine:
        store = open_store(settings, args.store, read_only=True)
        try:
            desk = open_desk(settings, store, engine)
            ids = all_kept(store)
            made = make(desk, ids, edition, length="all")
            found = False
            reports = {report.id: report for report in store.reports(ids)}
            for line in made.lines:
                if line.id.startswith(args.id) or line.attribution.startswith(args.id):
                    print(render_explain(line, made, reports))
                    found = True
            lines = {line.attribution for line in made.lines}
            for findings in store.findings(ids):
                for one in findings.attributions:
                    if one.id.startswith(args.id) and one.id not in lines:
                        print(show_attribution(reports[findings.report], one))
                        found = True
            for report in [one for one in reports.values() if one.id.startswith(args.id)]:
                print(show_report(report))
                for lineage in store.lineages([report.id]):
                    print(show_lineage(report, lineage, reports))
                found = True
            pruned = store.pruned(ReportId(args.id))
        finally:
            store.close()
    if pruned is not None:
        complain(InputError(args.id, f"a report that was pruned on {time_words(pruned)}"))
        return WRONG_INPUT
    if not found:
        complain(InputError(args.id, "no line, attribution or report has this id"))
        return WRONG_INPUT
    return FINE


def search(args: argparse.Namespace, settings: Settings) -> int:
    """Print reports that hold all the words, newest first."""
    store = open_store(settings, args.store, read_only=True)
    try:
        reports = store.search(" ".join(args.words), limit=args.limit)
    finally:
        store.close()
    for report in reports:
        if args.json:
            print(to_line(report_object(report)))
        else:
            print(f"{report.id}  {time_words(report.published)} · {shown(report.outlet)}")
            print(f"  {short(report.headline)}")
    if not reports:
        print("sayso: no report holds these words", file=sys.stderr)
    return FINE
