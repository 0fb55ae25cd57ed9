"""From the poll that saw an item to when its line is kept for readers, at ten reports a second.

The rounds are the real ones; the outlets answer at once, each with its last twenty items in full.
Time is counted by the processor: the clock goes on while the desk computes and jumps ahead when
it has nothing to do, so that a busy machine gives the same figures as an idle one.

Then the same from end to end and by the clock on the wall, as a short `soak`: a real `watch` polls
outlets on loopback, a real `serve` tells readers, and each report is timed from the poll that saw
it to the event on each open page. A busy machine shows in these figures.
"""

from __future__ import annotations

import gzip
import itertools
import json
import math
import random
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import Any

from sayso.app import load_finder, make_engine, open_desk
from sayso.bench import soak
from sayso.bench.keeping import Inventor
from sayso.commands.rounds import Rounds
from sayso.config import Settings
from sayso.ports import Raw
from sayso.records import Change, Subscription
from sayso.sources.http import Answer
from sayso.sources.poller import Question, Reply
from sayso.stores.sqlite import SqliteStore

RATE = 10.0
"""Reports a second: the world's online news."""

OUTLETS = 50
SHOWN = 20
PATIENCE = 600
"""Seconds after which a desk is too slow for what comes in."""

BEFORE = 2 * OUTLETS
"""Items that are there when the desk begins, so that it sees a rhythm; they are not timed."""

READ_BEFORE = 400
"""Items that outlets on loopback have at first: ten of each show how often it publishes."""

PARTS = ("p50", "p95", "worst")
OPEN_PAGE = {f"{name}_{part}" for name in ("heard", "whole") for part in PARTS}

START = datetime(2031, 5, 1, tzinfo=UTC)


@dataclass(slots=True)
class Wire:
    """Outlets that publish ten reports a second together, and the clock of it all."""

    texts: Sequence[tuple[str, str]]  # headline and body
    skipped: float  # seconds that the clock jumped ahead, less the processor's at the beginning
    read: dict[str, float] = field(default_factory=dict)  # when a poll saw each item, by its link
    begun: float | None = None  # when what is timed begins
    _replies: list[Reply] = field(default_factory=list)

    @property
    def waiting(self) -> int:
        return len(self._replies)

    def seconds(self) -> float:
        return time.process_time() + self.skipped

    def ask(self, question: Question) -> None:
        outlet = int(question.url.rpartition("/")[2])
        items = list(range(outlet, self._published(), OUTLETS))[-SHOWN:]
        etag = f'"{items[-1]}"' if items else '"none"'
        raw = None
        if question.etag != etag:
            raw = Raw(place=question.url, body=self._feed(outlet, items), url=question.url)
            for number in items:
                self.read.setdefault(_link(number), self.seconds())
        self._replies.append(Reply(question, Answer(raw=raw, etag=etag)))

    def replies(self, *, wait: float) -> list[Reply]:
        told, self._replies = self._replies, []
        if not told:
            self.skipped += min(wait, 1 / RATE)
        return told

    def _published(self) -> int:
        if self.begun is None:
            return BEFORE
        return min(BEFORE + int((self.seconds() - self.begun) * RATE), len(self.texts))

    def _feed(self, outlet: int, numbers: Sequence[int]) -> bytes:
        items = []
        for number in reversed(numbers):
            headline, body = self.texts[number]
            paragraphs = "".join(f"<p>{escape(part)}</p>" for part in body.split("\n") if part)
            dated = format_datetime(START + timedelta(seconds=(number - BEFORE) / RATE))
            items.append(
                f"<item><title>{escape(headline)}</title><link>{_link(number)}</link>"
                f"<pubDate>{dated}</pubDate><description>{escape(paragraphs)}</description></item>"
            )
        title = f"<title>Outlet {outlet}</title>"
        return f"<rss version='2.0'><channel>{title}{''.join(items)}</channel></rss>".encode()


def measure(settings: Settings, data: Path | None = None, *, limit: int = 600) -> dict[str, Any]:
    """Let `limit` reports come in at ten a second, twice, and time each of them."""
    minutes = limit / RATE / 60
    soaked = soak.measure(settings, data, minutes=minutes, rate=RATE, before=READ_BEFORE)
    told = {name: value for name, value in soaked.items() if name in OPEN_PAGE}
    return {**in_process(settings, data, limit=limit), **told, "missing": soaked["missing"]}


def in_process(settings: Settings, data: Path | None = None, *, limit: int = 600) -> dict[str, Any]:
    """Let `limit` reports come in by the processor's clock."""
    texts = list(itertools.islice(texts_of(data), BEFORE + limit))
    load_finder(settings.finder)
    began = time.process_time()
    wire = Wire(texts, -began)
    store = SqliteStore()
    for number in range(OUTLETS):
        url = f"https://outlet.example/{number}"
        store.add_source(Subscription(url=url, added=START + timedelta(microseconds=number)))
    kept: dict[str, float] = {}

    def tell(changes: Sequence[Change]) -> None:
        moment = wire.seconds()
        for report in store.reports([change.development.report for change in changes]):
            kept.setdefault(report.url or "", moment)

    settings = Settings(finder=settings.finder, workers=1, turn_seconds=1)
    with make_engine(settings) as engine:
        rounds = Rounds(
            open_desk(settings, store, engine), store, settings, wire, tell,
            clock=lambda: START + timedelta(seconds=wire.seconds()), timer=wire.seconds,
            chance=random.Random(1),
        )  # fmt: skip
        while len(kept) < BEFORE and wire.seconds() < PATIENCE:
            rounds.step(wait=0.1)
        wire.begun, began = wire.seconds(), time.process_time()
        # What was published last is asked for some seconds later.
        while len(kept) < len(texts) and wire.seconds() - wire.begun < limit / RATE + PATIENCE:
            rounds.step(wait=0.1)
    spent, whole = time.process_time() - began, wire.seconds() - wire.begun
    store.close()
    first = {_link(number) for number in range(BEFORE)}
    late = sorted(
        kept[link] - read for link, read in wire.read.items() if link in kept and link not in first
    )
    cuts = statistics.quantiles(late, n=20)
    return {
        "finder": settings.finder,
        "reports": limit,
        "kept": len(late),
        "rate": RATE,
        "p50_seconds": cuts[9],
        "p95_seconds": cuts[18],
        "worst_seconds": late[-1],
        "busy": min(spent / whole, 1.0),
    }


def table(result: Mapping[str, Any]) -> str:
    """Return the seconds from the poll to the kept line."""
    return "\n".join(
        [
            f"{result['kept']:,} of {result['reports']:,} reports at {result['rate']:g} a second,"
            f" finder {result['finder']}, one processor",
            "",
            f"{'seconds from poll to line':<28}{'p50':>8}{'p95':>8}{'worst':>8}",
            f"{'':<28}{result['p50_seconds']:>8.2f}{result['p95_seconds']:>8.2f}"
            f"{result['worst_seconds']:>8.2f}",
            f"{'share of the processor used':<28}{result['busy']:>8.0%}",
            "",
            "by the clock on the wall, real processes",
            *(
                f"{title:<28}"
                + "".join(f"{result.get(f'{name}_{part}', math.nan):>8.2f}" for part in PARTS)
                for name, title in (
                    ("heard", "from poll to open page"),
                    ("whole", "from feed to open page"),
                )
            ),
            f"{'not kept':<28}{result['missing']:>8}",
        ]
    )


def texts_of(data: Path | None) -> Iterator[tuple[str, str]]:
    """Yield headlines and bodies: of real reports where there are some, else invented ones."""
    file = data / "allsides" / "reports.jsonl.gz" if data else None
    if file is not None and file.exists():
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                yield record["title"], record["text"]
        return
    inventor = Inventor(1)
    for number in itertools.count():
        report = inventor.report(number)
        yield report.headline, report.text


def _link(number: int) -> str:
    return f"https://outlet.example/item/{number}"
