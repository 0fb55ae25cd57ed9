"""`replay`, `prune`, `settings`: a desk that is tried out, tidied, and what it was told."""

from __future__ import annotations

import argparse
import dataclasses
import itertools
import math
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sayso.app import Read, make_engine, now, open_desk, open_store
from sayso.cli import FINE, WRONG_INPUT
from sayso.commands.printing import Reader
from sayso.config import SECRETS, Settings
from sayso.errors import ConfigError
from sayso.pipeline import Desk, by_time, turn
from sayso.records import Change, Report, ReportId
from sayso.render.jsonl import to_line
from sayso.render.plain import short, shown

LONGEST_SLEEP = 86_400.0
"""Seconds that a replay waits at most: nobody replays a silent year in real time."""


def tell(desk: Desk, changes: Sequence[Change]) -> None:
    """Print each report on a line, with how much of what it says is new, changed or disputed."""
    reports = desk.store.reports([change.development.report for change in changes])
    by_id = {report.id: report for report in reports}
    brought: dict[ReportId, Counter[str]] = defaultdict(Counter)
    for change in changes:
        if change.development.statement is not None:
            brought[change.development.report][change.development.kind] += 1
    for change in changes:
        step = change.development
        if step.statement is not None:
            continue
        report = by_id[step.report]
        news = ", ".join(f"{count} {kind}" for kind, count in sorted(brought[report.id].items()))
        told = f"{shown(report.outlet)}: {short(report.headline)}{f' ({news})' if news else ''}"
        print(f"{change.cursor:>6}  {step.kind:<9}  {told}", flush=True)


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


def prune(args: argparse.Namespace, settings: Settings) -> int:
    """Take out what is too old, a little at a time, so that nobody waits for it."""
    days = args.days or settings.keep_days
    if not days:
        raise ConfigError("nothing is too old: set keep_days, or give --days")
    if days <= settings.story_days:
        raise ConfigError(f"--days: {days} is not above story_days, {settings.story_days}")
    store = open_store(settings, args.store)
    try:
        moment = now()
        gone = 0
        while some := store.prune(before=moment - timedelta(days=days), now=moment):
            gone += some
        print("1 report pruned" if gone == 1 else f"{gone} reports pruned")
    finally:
        store.close()
    return FINE


def settings(args: argparse.Namespace, settings: Settings) -> int:
    """Print the settings in force, each with what it means."""
    told = dataclasses.asdict(settings)
    told |= {name: "set, not shown" for name in SECRETS if told[name]}
    if args.json:
        print(to_line(told))
        return FINE
    for field in dataclasses.fields(settings):
        value = told[field.name]
        changed = "" if value == field.default else f" (default: {field.default!r})"
        print(f"{field.name} = {value!r}{changed}\n    {field.metadata['help']}")
    return FINE
