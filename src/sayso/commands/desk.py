"""`watch`, `serve`, `sources`, `replay`, `settings`: the desk at work."""

from __future__ import annotations

import argparse
import dataclasses
import itertools
import math
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from sayso.app import Read, make_engine, now, open_desk, open_store, read_places
from sayso.cli import FINE, WRONG_INPUT
from sayso.commands.printing import Reader, complain
from sayso.config import Settings
from sayso.errors import ConfigError, InputError, SaysoError
from sayso.normalise.opml import parse_opml
from sayso.normalise.urls import host
from sayso.pipeline import Desk, by_time, turn
from sayso.ports import DeskStore, Raw
from sayso.records import Change, Poll, Report, Subscription
from sayso.render.jsonl import to_line
from sayso.render.opml import render_opml
from sayso.render.plain import short, shown, time_words

LONGEST_SLEEP = 86_400.0
"""Seconds that a replay waits at most: nobody replays a silent year in real time."""


def watch(args: argparse.Namespace, settings: Settings) -> int:
    """Poll the desk's sources, turn by turn, until Ctrl-C; print each change."""
    with make_engine(settings) as engine:
        store = open_store(settings, args.store)
        try:
            desk = open_desk(settings, store, engine)
            while True:
                if not store.sources():
                    raise ConfigError("no source to poll; 'sayso sources add URL' adds one")
                began = time.monotonic()
                failed = poll(desk, store, settings)
                if args.once:
                    return WRONG_INPUT if failed else FINE
                time.sleep(max(0.0, settings.turn_seconds - (time.monotonic() - began)))
        finally:
            store.close()


def poll(desk: Desk, store: DeskStore, settings: Settings) -> int:
    """Read every source once and take in what it brings; return how many failed."""
    failed = 0
    for source in store.sources():
        if source.paused:
            continue
        batch: list[tuple[Report, Raw]] = []
        error: SaysoError | None = None
        for one in read_places([source.url], settings, now=now()):
            if isinstance(one, SaysoError):
                error = one
                complain(one)
            else:
                report, raw = one
                batch.append((dataclasses.replace(report, publisher=source.outlet), raw))
        tell(desk, turn(desk, batch, now=now()))
        # One bad item of a feed is no failure of the feed.
        bad = error is not None and not batch
        failed += bad
        store.note_polls([Poll(url=source.url, at=now(), error=str(error) if bad else None)])
    return failed


def tell(desk: Desk, changes: Sequence[Change]) -> None:
    """Print each change on a line."""
    reports = desk.store.reports([change.development.report for change in changes])
    by_id = {report.id: report for report in reports}
    for change in changes:
        step = change.development
        report = by_id[step.report]
        told = f"{shown(report.outlet)}: {short(report.headline)}"
        print(f"{change.cursor:>6}  {step.kind:<9}  {told}", flush=True)


def sources(args: argparse.Namespace, settings: Settings) -> int:
    """List, add, remove, import or export the feeds that the desk polls."""
    store = open_store(settings, args.store, read_only=args.action in {"list", "export"})
    code = FINE
    try:
        if args.action == "list":
            for one in store.sources():
                print(_source_line(one, as_json=args.json))
        elif args.action == "export":
            print(render_opml(store.sources()))
        elif args.action == "import":
            for name in _needed(args.things, "an OPML file"):
                code = max(code, _told(_import, store, name))
        elif args.action == "add":
            for url in _needed(args.things, "an address"):
                code = max(code, _told(_add, store, url))
        else:
            for url in _needed(args.things, "an address"):
                code = max(code, _told(_remove, store, url))
    finally:
        store.close()
    return code


def _told(work: Callable[[DeskStore, str], None], store: DeskStore, thing: str) -> int:
    """Do one thing; tell what was wrong with it, and let the rest go on."""
    try:
        work(store, thing)
    except InputError as error:
        complain(error)
        return WRONG_INPUT
    return FINE


def _import(store: DeskStore, name: str) -> None:
    for one in parse_opml(_bytes(name), name=name, now=now()):
        store.add_source(one)


def _add(store: DeskStore, url: str) -> None:
    if not url.startswith(("http://", "https://")) or not host(url) or " " in url:
        raise InputError(url, "is not an http or https address")
    store.add_source(Subscription(url=url, added=now()))


def _remove(store: DeskStore, url: str) -> None:
    if not store.remove_source(url):
        raise InputError(url, "is not among the sources")


def _needed(things: Sequence[str], what: str) -> Sequence[str]:
    if not things:
        raise ConfigError(f"give {what}")
    return things


def _bytes(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise InputError(name, f"cannot be read: {error.strerror}") from error


def _source_line(one: Subscription, *, as_json: bool) -> str:
    if as_json:
        return to_line(
            {
                "url": one.url,
                "name": one.name,
                "outlet": one.outlet.name if one.outlet else None,
                "owner": one.outlet.owner if one.outlet else None,
                "country": one.outlet.country if one.outlet else None,
                "paused": one.paused,
                "last_polled": one.last_polled.isoformat() if one.last_polled else None,
                "failing_since": one.failing_since.isoformat() if one.failing_since else None,
                "last_error": one.last_error,
            }
        )
    state = "paused" if one.paused else "not polled yet" if one.last_polled is None else "fine"
    if one.failing_since is not None:
        state = f"failing since {time_words(one.failing_since)}: {shown(one.last_error or '')}"
    return f"{shown(one.url)}  {shown(one.name)}\n  {state}"


def replay(args: argparse.Namespace, settings: Settings) -> int:
    """Take reports in by the time they were published, `speed` times as fast as they came."""
    if not 0 < args.speed < math.inf:
        raise ConfigError(f"--speed: {args.speed} is not a number above 0")
    reader = Reader(args.places, settings)
    read = sorted(reader, key=lambda one: by_time(one[0]))
    with make_engine(settings) as engine:
        store = open_store(settings, args.store)
        try:
            desk = open_desk(settings, store, engine)
            for moment, batch in _moments(read):
                if moment is not None:
                    time.sleep(min(moment[0] / args.speed, LONGEST_SLEEP))
                tell(desk, turn(desk, batch, now=moment[1] if moment else now()))
        finally:
            store.close()
    return WRONG_INPUT if reader.problems else FINE


def _moments(
    read: Sequence[Read],
) -> Iterator[tuple[tuple[float, datetime] | None, list[Read]]]:
    """Group reports by the minute; yield each with the seconds since the last and its time."""
    last: datetime | None = None
    for minute, group in itertools.groupby(read, key=lambda one: _minute(one[0])):
        gap = (minute - last).total_seconds() if minute and last else 0.0
        yield (gap, minute) if minute else None, list(group)
        last = minute or last


def _minute(report: Report) -> datetime | None:
    return report.published.replace(second=0, microsecond=0) if report.published else None


def settings(args: argparse.Namespace, settings: Settings) -> int:
    """Print the settings in force, each with what it means."""
    told = dataclasses.asdict(settings)
    if args.json:
        print(to_line(told))
        return FINE
    for field in dataclasses.fields(settings):
        value = told[field.name]
        changed = "" if value == field.default else f" (default: {field.default!r})"
        print(f"{field.name} = {value!r}{changed}\n    {field.metadata['help']}")
    return FINE
