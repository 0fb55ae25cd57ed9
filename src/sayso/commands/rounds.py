"""The watching: who is due is asked, what comes is taken in, how it went is noted; and again.

Rule 1: a poll is noted after what it brought was kept, never before: a process that is killed
in between asks again, and what it is told again changes nothing.
Rule 2: nobody waits for the slowest: answers are taken in as they come, in turns of about a
second, so that a reader sees a line moments after its poll. The last two hours' reports come first
and in order, since later ones are placed anew for one that is late; then what is older, the newest
first.
Rule 3: whatever one source sends is that source's trouble. What a turn could not keep (the disk
full, the store locked) is held and tried again, and nobody is asked for more meanwhile.
"""

from __future__ import annotations

import dataclasses
import logging
import random
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from sayso.app import desk_health, now
from sayso.commands.visits import Item, Visit, read_page_of, receive, wanted_pages
from sayso.config import Settings
from sayso.errors import SaysoError, SourceError
from sayso.ids import words_id
from sayso.normalise.known import Known
from sayso.pipeline import Desk, forget_pruned, turn
from sayso.ports import DeskStore
from sayso.records import Change, Health, Logbook, Poll, Subscription, Turn
from sayso.sources.http import Answer, Refused, Unreachable
from sayso.sources.poller import HeldBack, Question, Reply
from sayso.sources.schedule import after_answer, after_failure, host_of, is_due
from sayso.thread.threads import WINDOW

log = logging.getLogger(__name__)

TURN_SECONDS = 1.0
"""How long a turn should take: readers see a line about so long after it was read."""

MOST_A_TURN = 200
FIRST_TURN = 8
"""Reports of the first turn, before it is known how long one takes."""

MOST_HELD = 4_000
"""Reports that wait to be taken in; with more, nobody is asked."""

LONGEST_PAUSE = 30.0
"""Seconds after which a turn that failed is tried again, at most."""


PRUNE_EVERY = timedelta(days=1)

TOLD_EVERY = timedelta(hours=2)
"""Between two polls of a feed of which a hub tells: hubs forget."""


class Asker(Protocol):
    """What the rounds need of a poller."""

    @property
    def waiting(self) -> int: ...

    def ask(self, question: Question) -> None: ...

    def replies(self, *, wait: float) -> list[Reply]: ...


class Hubs(Protocol):
    """What the rounds need of who is told of changes."""

    def replies(self) -> list[Reply]: ...

    def is_told(self, url: str) -> bool: ...


@dataclass(slots=True)
class Rounds:
    """One desk's watching. One thread makes the steps; others may ask for the health."""

    desk: Desk
    store: DeskStore
    settings: Settings
    poller: Asker
    tell: Callable[[Sequence[Change]], None] = lambda _: None
    clock: Callable[[], datetime] = now
    timer: Callable[[], float] = time.monotonic
    chance: random.Random = field(default_factory=random.Random)
    writing: threading.Lock = field(default_factory=threading.Lock)
    hubs: Hubs | None = None
    _visits: dict[str, Visit] = field(default_factory=dict)  # by the address that was asked
    _pages: dict[str, list[Item]] = field(default_factory=dict)  # items that wait for their page
    _known: Known = field(default_factory=Known)  # items that need not be read again
    _inbox: deque[Reply] = field(default_factory=deque)
    _brought: list[Reply] = field(default_factory=list)  # by hubs
    _held: list[Item] = field(default_factory=list)
    _heard: datetime | None = None  # when anybody answered last
    _a_turn: int = FIRST_TURN
    _logbook: Logbook | None = None
    _pruned: datetime | None = None  # when there was nothing left to prune
    _failures: int = 0

    def run(self, ended: threading.Event) -> None:
        """Make steps until `ended` is set."""
        while not ended.is_set():
            step = self.step(wait=1.0)
            if step.error is not None:
                ended.wait(self.pause)

    def step(self, *, wait: float) -> Turn:
        """Ask who is due, take in what came within `wait` seconds, and note how it went."""
        began, clock = self.clock(), self.timer()
        told = Turn(began=began)
        try:
            # While the store keeps nothing, nobody is asked for more.
            if not self._failures and len(self._held) < MOST_HELD:
                self._ask()
                told = self._listen(told, wait=0.0 if self._held else wait)
            clock = self.timer()  # how long outlets took is no part of the turn
            told = dataclasses.replace(told, changes=self._take_in())
            self._prune(began)
        except SaysoError as error:
            log.warning("turn failed, done again: %s", error)
            told = dataclasses.replace(told, error=str(error))
        told = self._note(dataclasses.replace(told, seconds=self.timer() - clock))
        self._failures = self._failures + 1 if told.error else 0
        return told

    @property
    def pause(self) -> float:
        """Seconds until a turn that failed should be tried again."""
        return float(min(2 ** min(self._failures, 10), LONGEST_PAUSE))

    @property
    def idle(self) -> bool:
        """Whether nothing is under way: nobody asked, nothing held."""
        return not self._visits and not self._inbox

    def health(self) -> Health:
        """Return how the desk is, also of turns that the store could not note."""
        health = desk_health(self.store, now=self.clock())
        return dataclasses.replace(health, logbook=self._logbook or health.logbook)

    def _ask(self) -> None:
        moment = self.clock()
        for source in self.store.sources():
            if source.url not in self._visits and is_due(source, now=moment):
                self._visits[source.url] = Visit(source)
                self.poller.ask(
                    Question(url=source.url, etag=source.etag, last_modified=source.last_modified)
                )

    def _listen(self, told: Turn, *, wait: float) -> Turn:
        """Take the replies that are there; return what they add to the turn."""
        polled = failed = unchanged = reports = dropped = 0
        if self.hubs is not None:
            self._hear_hubs(self.hubs)
        self._inbox += self.poller.replies(wait=0.0 if self._inbox else wait)
        while self._inbox:
            reply = self._inbox[0]
            if not isinstance(reply.outcome, Unreachable | HeldBack):
                self._heard = self.clock()
            if reply.question.is_page:
                self._hear_page(reply)
                self._inbox.popleft()
                continue
            source = self._visits[reply.question.url].source
            if isinstance(reply.outcome, HeldBack):
                until = self.clock() + reply.outcome.left_alone
                self.store.put_off([source.url], until=until)
                del self._visits[source.url]
                self._inbox.popleft()
                continue
            # Read anew where the store failed in the middle: the reply is still there then.
            is_told = self._visits[source.url].is_told
            visit = self._visits[source.url] = Visit(source, is_told=is_told)
            self._hear(visit, reply.outcome)
            visit.answered = True
            self._inbox.popleft()
            polled += 1
            failed += visit.error is not None
            unchanged += visit.error is None and not visit.pending
            reports += visit.read
            dropped += len(visit.dropped)
        return dataclasses.replace(
            told, polled=polled, failed=failed, unchanged=unchanged, reports=reports,
            dropped=dropped,
        )  # fmt: skip

    def _hear_hubs(self, hubs: Hubs) -> None:
        """Take what hubs brought as if it had been asked for."""
        if not self._brought:  # else there is no room for more
            self._brought = hubs.replies()
        if not self._brought:
            return
        followed = {one.url: one for one in self.store.sources() if not one.paused}
        waiting = []
        for reply in self._brought:
            source = followed.get(reply.question.url)
            if reply.question.url in self._visits:
                waiting.append(reply)  # its poll is under way
            elif source is not None and isinstance(reply.outcome, Answer):
                # The server's own marks stand: what it says of the whole feed a hub does not know.
                answer = dataclasses.replace(
                    reply.outcome, etag=source.etag, last_modified=source.last_modified
                )
                self._visits[source.url] = Visit(source, is_told=True)
                self._inbox.append(Reply(reply.question, answer))
        self._brought = waiting

    def _hear(self, visit: Visit, outcome: Answer | SourceError) -> None:
        if isinstance(outcome, Refused):
            self._leave_alone(visit.source, outcome)
        items = receive(visit, outcome, now=self.clock(), known=self._known)
        if not items:
            return
        # By its words, since the store may give an edited report the id of a new version.
        unseen = {
            (one.key, words_id(one))
            for one in self.desk.store.unseen([item.report for item in items])
        }
        versions = self.desk.store.versions({item.report.key for item in items})
        fresh = [item for item in items if (item.report.key, words_id(item.report)) in unseen]
        pages = wanted_pages(visit, fresh, versions)
        for item in fresh:
            if item.report.url and item in pages:
                visit.pending += 1
                if item.report.url not in self._pages:  # else it was asked for another source
                    self.poller.ask(Question(url=item.report.url, is_page=True))
                self._pages.setdefault(item.report.url, []).append(item)
            elif not visit.source.pages or item.report.key not in versions:
                visit.pending += 1
                self._held.append(item)

    def _hear_page(self, reply: Reply) -> None:
        for item in self._pages.pop(reply.question.url, []):
            self._held.append(read_page_of(item, reply.outcome, now=self.clock()))

    def _leave_alone(self, source: Subscription, refused: Refused) -> None:
        """Put off the other sources of a host that asks to be left alone."""
        if refused.status not in (429, 503) or refused.retry_after is None:
            return
        host = host_of(source.url)
        others = [
            one.url
            for one in self.store.sources()
            if one.url != source.url and host_of(one.url) == host
        ]
        if others:
            self.store.put_off(others, until=self.clock() + refused.retry_after)

    def _take_in(self) -> int:
        """Take in the first of what is held; return how much changed."""
        if not self._held:
            return 0
        moment = self.clock()
        self._held.sort(key=lambda item: _turn_of(item, moment))
        batch = self._held[: self._a_turn]
        began = self.timer()
        with self.writing:
            changes = [change for some in self._turns(batch) for change in some]
        each = (self.timer() - began) / len(batch)
        # Half way to what would have taken a second, so that one slow report does not slow us.
        wanted = (self._a_turn + TURN_SECONDS / max(each, 1e-4)) / 2
        self._a_turn = max(1, min(round(wanted), MOST_A_TURN))
        del self._held[: len(batch)]
        for item in batch:
            item.visit.pending -= 1
        self.tell(changes)
        return len(changes)

    def _prune(self, moment: datetime) -> None:
        """Take out what is too old, once a day and then a little with each turn."""
        days = self.settings.keep_days
        if not days or (self._pruned is not None and abs(moment - self._pruned) < PRUNE_EVERY):
            return
        with self.writing:
            before = moment - timedelta(days=days)
            gone = self.store.prune(before=before, now=moment)
            if gone:
                forget_pruned(self.desk, before=before)
        if gone:
            log.info("pruned: reports=%d", gone)
        else:
            self._pruned = moment

    def _turns(self, batch: Sequence[Item]) -> Iterator[list[Change]]:
        """Take a batch in; where that brings a bug out, all of it but the report that does."""
        remembered = self.desk.memory is not None
        try:
            yield turn(self.desk, [(item.report, item.raw) for item in batch], now=self.clock())
        except SaysoError:
            raise
        except Exception as error:
            self.desk.memory = None  # it may hold half of what was decided
            if len(batch) > 1:
                middle = len(batch) // 2
                yield from self._turns(batch[:middle])
                yield from self._turns(batch[middle:])
                return
            if remembered:  # the memory may be at fault and not the report: once more without it
                yield from self._turns(batch)
                return
            [item] = batch
            log.exception("report left out: source=%s", item.visit.source.url)
            item.visit.drop(f"{item.report.headline}: left out: {type(error).__name__}: {error}")

    def _note(self, told: Turn) -> Turn:
        """Note the polls of which everything is kept, and the turn."""
        done = [visit for visit in self._visits.values() if visit.answered and not visit.pending]
        polls = [self._poll_of(visit) for visit in done]
        if not (polls or told.changes or told.error or self._logbook is None):
            return told
        logbook = self._add(told)
        try:
            with self.writing:
                self.store.note_polls(polls, logbook=logbook)
        except SaysoError as error:
            log.warning("polls not noted, done again: %s", error)
            told = dataclasses.replace(told, error=told.error or str(error))
            logbook = self._add(told)
            done = []
        self._logbook = logbook
        for visit in done:
            del self._visits[visit.source.url]
        log.info(
            "turn done: polled=%d failed=%d unchanged=%d reports=%d dropped=%d changes=%d"
            " seconds=%.2f held=%d queue=%d",
            told.polled, told.failed, told.unchanged, told.reports, told.dropped, told.changes,
            told.seconds, len(self._held), logbook.queue,
        )  # fmt: skip
        return told

    def _poll_of(self, visit: Visit) -> Poll:
        """Return how a visit went, and when its source is asked again."""
        source, answer, moment = visit.source, visit.answer, self.clock()
        floor = timedelta(seconds=self.settings.turn_seconds)
        if visit.error is not None or answer is None:
            error = visit.error
            gone = isinstance(error, Unreachable) and (
                self._heard is None
                or (source.failing_since is not None and self._heard < source.failing_since)
            )
            due = after_failure(
                source.rhythm,
                now=moment,
                failures=source.failures + 1,
                retry_after=error.retry_after if isinstance(error, Refused) else None,
                network_gone=gone,
                floor=floor,
                chance=self.chance.random(),
            )
            return Poll(
                url=source.url,
                at=moment,
                due=due,
                error=error.reason if error is not None else "",
                stop=error.reason if isinstance(error, Refused) and error.status == 410 else None,
            )
        told = self.hubs is not None and self.hubs.is_told(source.url)
        due = after_answer(
            visit.rhythm,
            now=moment,
            lifetime=answer.lifetime,
            floor=max(floor, TOLD_EVERY) if told else floor,
            chance=self.chance.random(),
        )
        if visit.is_told and source.due is not None:
            due = source.due  # what hubs bring does not put off what they may have forgotten
        return Poll(
            url=source.url,
            at=moment,
            due=due,
            # Not modified: what was sent back still holds where the server says nothing new.
            etag=answer.etag or (source.etag if answer.raw is None else None),
            last_modified=answer.last_modified
            or (source.last_modified if answer.raw is None else None),
            rhythm=visit.rhythm,
            dropped=tuple(visit.dropped),
            moved_to=answer.moved_to,
        )

    def _add(self, told: Turn) -> Logbook:
        """Return the logbook with a turn added."""
        book = self._logbook or Logbook(since=told.began)
        return Logbook(
            since=book.since,
            turns=book.turns + 1,
            failed_turns=book.failed_turns + (told.error is not None),
            polled=book.polled + told.polled,
            failed=book.failed + told.failed,
            unchanged=book.unchanged + told.unchanged,
            reports=book.reports + told.reports,
            dropped=book.dropped + told.dropped,
            changes=book.changes + told.changes,
            queue=self.poller.waiting,
            last=told,
        )


def _turn_of(item: Item, now: datetime) -> tuple[bool, float]:
    """Order what is held: the news in its order, then what is older, the newest first."""
    at = item.report.published or now  # what has no time is taken for new
    is_old = now - at > WINDOW
    return is_old, -at.timestamp() if is_old else at.timestamp()
