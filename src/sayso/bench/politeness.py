"""How often a desk asks an outlet: a day of the real rounds under a clock that jumps ahead.

The outlets are made up and answer as a good server does: with an ETag, and with 304 to who sends
it back. Counted are the requests of a day after the feed was first read, and among them those
that were not conditional. Beside them stand the usual feed readers by their defaults: Miniflux
polls each feed every 60 minutes (POLLING_FREQUENCY), FreshRSS keeps an answer for one hour.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

from sayso.commands.rounds import Rounds
from sayso.config import Settings
from sayso.engines.local import LocalEngine
from sayso.pipeline import Desk
from sayso.ports import Raw
from sayso.records import Findings, Report, Subscription
from sayso.sources.http import Answer
from sayso.sources.poller import Question, Reply
from sayso.stores.sqlite import SqliteStore
from sayso.trace.owners import default_owners

START = datetime(2031, 5, 1, tzinfo=UTC)
DAY = timedelta(days=1)
USUAL_A_DAY = 24
"""Requests a day of Miniflux and of FreshRSS, to every feed alike."""

DAYS = 3


@dataclass(frozen=True, slots=True)
class Outlet:
    """A made-up feed: how it publishes, and what it says of itself."""

    name: str
    gap: timedelta  # between two items, until `silent_since`
    silent_for: timedelta  # before the day begins
    publishes: bool = False  # True: it goes on during the day
    head: str = ""
    dated: bool = True
    lifetime: timedelta | None = None

    def items(self, moment: datetime) -> Iterator[datetime]:
        """Yield the times of its last items, the newest first."""
        last = START - self.silent_for
        if self.publishes:
            last += (moment - last) // self.gap * self.gap
        for number in range(15):
            yield last - self.gap * number


MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
OUTLETS = (
    Outlet("fell silent a minute ago", 2 * MINUTE, MINUTE),
    Outlet("fell silent an hour ago", 10 * MINUTE, HOUR),
    Outlet("an item an hour, silent", HOUR, HOUR),
    Outlet("an item a day, silent", DAY, DAY / 2),
    Outlet("silent for a week", HOUR, 7 * DAY),
    Outlet("silent for a year", DAY, 365 * DAY),
    Outlet("items without times", HOUR, HOUR, dated=False),
    Outlet("ttl of two hours", 10 * MINUTE, HOUR, head="<ttl>120</ttl>"),
    Outlet("cached for six hours", 10 * MINUTE, HOUR, lifetime=6 * HOUR),
    Outlet("an item every 10 minutes", 10 * MINUTE, MINUTE, publishes=True),
    Outlet("an item every half hour", 30 * MINUTE, MINUTE, publishes=True),
    Outlet("an item every 6 hours", 6 * HOUR, MINUTE, publishes=True),
)


@dataclass(slots=True)
class Street:
    """Answers at once for an outlet, as a good server would."""

    outlet: Outlet
    clock: Callable[[], datetime]
    asked: int = 0
    unconditional: int = 0
    seen: dict[datetime, timedelta] = field(default_factory=dict)  # how late each item was read
    _replies: list[Reply] = field(default_factory=list)

    @property
    def waiting(self) -> int:
        return len(self._replies)

    def ask(self, question: Question) -> None:
        moment = self.clock()
        times = list(self.outlet.items(moment))
        etag = f'"{times[0].timestamp()}"'
        self.asked += 1
        self.unconditional += question.etag is None
        for time in times:
            self.seen.setdefault(time, moment - time)
        same = question.etag == etag
        raw = None if same else Raw(place=question.url, body=_feed(self.outlet, times))
        answer = Answer(raw=raw, etag=etag, lifetime=self.outlet.lifetime)
        self._replies.append(Reply(question, answer))

    def replies(self, *, wait: float) -> list[Reply]:
        del wait
        told, self._replies = self._replies, []
        return told


def measure(*, days: int = DAYS) -> dict[str, Any]:
    """Live a day with each outlet, several times over with other chances."""
    rows: list[dict[str, Any]] = []
    for outlet in OUTLETS:
        streets = [_day(outlet, seed) for seed in range(days)]
        late = [one for street in streets for time, one in street.seen.items() if time > START]
        rows.append(
            {
                "outlet": outlet.name,
                "changes": outlet.publishes,
                "requests": max(street.asked for street in streets) - 1,
                "unconditional": max(street.unconditional for street in streets) - 1,
                "late_minutes": sum(late, timedelta(0)) / len(late) / MINUTE if late else None,
            }
        )
    still = [row for row in rows if not row["changes"]]
    return {
        "rows": rows,
        "most_requests": max(row["requests"] for row in still),
        "unconditional": max(row["unconditional"] for row in rows),
        "usual": USUAL_A_DAY,
    }


def _day(outlet: Outlet, seed: int) -> Street:
    """Return the street after a day in which only `outlet` was polled."""
    moment = START
    street = Street(outlet, lambda: moment)
    store = SqliteStore()
    store.add_source(Subscription(url="https://outlet.example/feed", added=START))
    desk = Desk(
        store=store, engine=LocalEngine(1), extract=_nothing, owners=lambda _: default_owners()
    )
    rounds = Rounds(
        desk, store, Settings(), street, clock=lambda: moment, chance=random.Random(seed)
    )
    while moment < START + DAY:
        rounds.step(wait=0.0)
        while not rounds.idle:
            rounds.step(wait=0.0)
        due = store.sources()[0].due
        moment = max(due or moment, moment + timedelta(seconds=1))
    store.close()
    return street


def _nothing(report: Report) -> Findings:
    return Findings(report=report.id)


def _feed(outlet: Outlet, times: list[datetime]) -> bytes:
    items = "".join(
        f"<item><title>Item {time:%d %H%M}</title><guid>{time.timestamp()}</guid>"
        + (f"<pubDate>{format_datetime(time)}</pubDate>" if outlet.dated else "")
        + "</item>"
        for time in times
    )
    return f"<rss version='2.0'><channel>{outlet.head}{items}</channel></rss>".encode()


def table(result: Mapping[str, Any]) -> str:
    """Return the requests of a day to each outlet, beside those of the usual readers."""
    lines = [
        "requests in a day, the most of three days",
        f"{'a feed':<28}{'sayso':>7}{'unconditional':>15}{'Miniflux':>10}{'FreshRSS':>10}"
        f"{'late':>9}",
    ]
    for row in result["rows"]:
        usual = "" if row["changes"] else str(result["usual"])
        late = "" if row["late_minutes"] is None else f"{row['late_minutes']:.0f} min"
        lines.append(
            f"{row['outlet']:<28}{row['requests']:>7}{row['unconditional']:>15}"
            f"{usual:>10}{usual:>10}{late:>9}"
        )
    return "\n".join(lines)
