"""A desk that watches outlets on loopback, with a clock that a test turns."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape

from sayso.app import make_engine, open_desk
from sayso.commands.rounds import Rounds
from sayso.config import Settings
from sayso.ports import DeskStore
from sayso.records import Change, Report, Subscription, Turn
from sayso.sources.http import HttpSource
from sayso.sources.poller import Poller
from sayso.stores.sqlite import SqliteStore
from tests.build import NOON
from tests.outlets import Behaviour, Server, gives

HOSTS = frozenset(f"127.0.0.{number}" for number in range(1, 60))
"""Every address of 127/8 is this machine: each is an outlet of its own."""


def rss(*headlines: str, at: datetime | None = NOON, site: str = "", inside: str = "") -> bytes:
    """Return a feed with an item for each headline, a minute apart, the first the newest."""
    items = []
    for number, headline in enumerate(headlines):
        dated = ""
        if at is not None:
            dated = f"<pubDate>{format_datetime(at - timedelta(minutes=number))}</pubDate>"
        name = escape(headline.replace(" ", "-"))
        items.append(
            f"<item><title>{escape(headline)}</title><link>{site}/{name}</link>{dated}"
            f"<description>{escape(headline)}, the mayor said.</description></item>"
        )
    return (
        f"<?xml version='1.0'?><rss version='2.0'><channel><title>Orla Gazette</title>{inside}"
        f"{''.join(items)}</channel></rss>"
    ).encode()


def serves(body: bytes, **headers: str) -> Behaviour:
    return gives(200, body, Content_Type="application/rss+xml", **headers)


@dataclass
class Newsdesk:
    server: Server
    store: DeskStore
    rounds: Rounds
    poller: Poller
    time: datetime = NOON
    changes: list[Change] = field(default_factory=list)

    def follow(self, path: str, *, host: str = "127.0.0.1", **told: object) -> str:
        """Follow what the server has at `path`; return its address."""
        url = f"http://{host}:{self.server.server_port}{path}"
        self.store.add_source(Subscription(url=url, added=NOON, **told))  # type: ignore[arg-type]
        return url

    def pass_time(self, **span: float) -> None:
        self.time += timedelta(**span)

    def turn(self) -> list[Turn]:
        """Ask everybody who is due and take all in; return the steps that this took."""
        deadline = time.monotonic() + 30
        steps = [self.rounds.step(wait=0.05)]
        while not self.rounds.idle and steps[-1].error is None:
            assert time.monotonic() < deadline, "the turn does not end"
            steps.append(self.rounds.step(wait=0.05))
        return steps

    def source(self, url: str) -> Subscription:
        [found] = [one for one in self.store.sources() if one.url == url]
        return found

    def asked(self, path: str) -> list[dict[str, str]]:
        """Return the headers of each request for `path`."""
        return [headers for there, headers in self.server.asked if there == path]

    def reports(self) -> Sequence[Report]:
        return self.store.since(datetime.min.replace(tzinfo=NOON.tzinfo))

    @property
    def told(self) -> list[Change]:
        """What was told of whole reports; their statements are told beside them."""
        return [one for one in self.changes if one.development.statement is None]

    @property
    def headlines(self) -> list[str]:
        return sorted(one.headline for one in self.reports())


@contextmanager
def open_newsdesk(
    server: Server, store: DeskStore | None = None, **told: object
) -> Iterator[Newsdesk]:
    """Give a desk that watches, until the end of the block."""
    settings = Settings(finder="rules", **told)  # type: ignore[arg-type]
    kept = store or SqliteStore()
    poller = Poller(
        HttpSource(timeout=5, largest=settings.largest_feed, private_hosts=HOSTS), gap=0.0
    )
    with make_engine(settings) as engine:
        rounds = Rounds(
            open_desk(settings, kept, engine), kept, settings, poller, chance=random.Random(1)
        )
        desk = Newsdesk(server, kept, rounds, poller)
        rounds.clock = lambda: desk.time
        rounds.tell = desk.changes.extend
        try:
            yield desk
        finally:
            poller.close()
            if store is None:
                kept.close()
