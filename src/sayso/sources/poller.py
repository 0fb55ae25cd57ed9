"""Asks many outlets at once, and each of them as one polite reader would.

Rule 1: one question to a host at a time, and a pause between two of them.
Rule 2: a host that asks to be left alone (429, 503) is asked nothing more; what was still to be
asked of it comes back as HeldBack, which is no failure of anyone's.
Rule 3: answers wait only until there are `MOST_WAITING`; then asking waits, so that a desk that
reads slowly does not fill its memory.

Decides neither when a source is due (see `schedule`) nor what its bytes mean.
"""

from __future__ import annotations

import heapq
import itertools
import logging
import queue
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from datetime import timedelta

from sayso.errors import SourceError
from sayso.sources.http import Answer, HttpSource, Refused
from sayso.sources.robots import LONGEST_DELAY
from sayso.sources.schedule import LONGEST, host_of

log = logging.getLogger(__name__)

AT_ONCE = 16
"""Questions under way: with a slow second each, a thousand feeds in a minute."""

GAP_SECONDS = 1.0
"""Between two questions to one host, at least."""

MOST_WAITING = 16
"""Answers that wait to be read."""

_LEAVE_ALONE = (429, 503)
_ALONE_FOR = timedelta(minutes=5)  # when the host does not say for how long


class HeldBack(SourceError):
    """The host asked to be left alone before this was asked."""

    def __init__(self, source: str, reason: str, *, for_seconds: float) -> None:
        super().__init__(source, reason)
        self.left_alone = timedelta(seconds=for_seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What to ask of a server."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    is_page: bool = False  # True: only if robots.txt allows it, and as slowly as it says


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a question."""

    question: Question
    outcome: Answer | SourceError


@dataclass(slots=True)
class _Host:
    name: str
    questions: deque[Question] = field(default_factory=deque)
    ready_at: float = 0.0
    reason: str | None = None  # why it is to be left alone until then
    busy: bool = False  # asked now, or in the line of those that will be


class Poller:
    """Asks over a few threads, which end when it is closed."""

    def __init__(
        self, source: HttpSource, *, at_once: int = AT_ONCE, gap: float = GAP_SECONDS
    ) -> None:
        self._source = source
        self._gap = gap
        self._hosts: dict[str, _Host] = {}
        self._line: list[tuple[float, int, _Host]] = []  # hosts with questions, by when they may
        self._order = itertools.count()
        self._change = threading.Condition()
        self._replies: queue.Queue[Reply] = queue.Queue(MOST_WAITING)
        self._held_back: list[Reply] = []
        self._waiting = 0
        self._closed = False
        # They may be in the middle of a slow answer when the program ends, and must not hold it up.
        for number in range(at_once):
            threading.Thread(target=self._work, name=f"poller-{number}", daemon=True).start()

    @property
    def waiting(self) -> int:
        """How many questions have not been replied to."""
        with self._change:
            return self._waiting

    def ask(self, question: Question) -> None:
        """Put a question in the line of its host."""
        with self._change:
            name = host_of(question.url)
            host = self._hosts.setdefault(name, _Host(name))
            host.questions.append(question)
            self._waiting += 1
            self._hold_back(host)
            self._line_up(host)

    def replies(self, *, wait: float) -> list[Reply]:
        """Return the replies that are there; wait up to `wait` seconds for the first."""
        with self._change:
            found, self._held_back = self._held_back, []
        wait = 0.0 if found else wait
        try:
            found.append(self._replies.get(block=wait > 0, timeout=max(wait, 0)))
            while True:
                found.append(self._replies.get_nowait())
        except queue.Empty:
            pass
        with self._change:
            self._waiting -= len(found)
        return found

    def close(self) -> None:
        """Ask nothing more."""
        with self._change:
            self._closed = True
            self._change.notify_all()

    def _line_up(self, host: _Host) -> None:
        if not host.busy and host.questions:
            host.busy = True
            heapq.heappush(self._line, (host.ready_at, next(self._order), host))
            self._change.notify()

    def _work(self) -> None:
        while (host := self._next_host()) is not None:
            question = host.questions.popleft()
            pause, reply = self._ask(question)
            with self._change:
                host.ready_at, host.reason = time.monotonic() + pause, None
                if reply is None:
                    host.questions.appendleft(question)
                else:
                    self._leave_alone(host, reply.outcome)
                host.busy = False
                self._line_up(host)
                self._forget_idle()
            if reply is not None:
                self._hand_over(reply)

    def _next_host(self) -> _Host | None:
        with self._change:
            while not self._closed:
                now = time.monotonic()
                if self._line and self._line[0][0] <= now:
                    return heapq.heappop(self._line)[2]
                self._change.wait(self._line[0][0] - now if self._line else None)
        return None

    def _ask(self, question: Question) -> tuple[float, Reply | None]:
        """Return the pause that the host is owed, and the reply; None: it has to be asked again."""
        try:
            if not question.is_page:
                return self._gap, Reply(
                    question,
                    self._source.get(
                        question.url, etag=question.etag, last_modified=question.last_modified
                    ),
                )
            if not self._source.knows_rules(question.url):
                self._source.allows(question.url)
                # A site that asks for more is not asked at all, so nobody has to wait for it.
                delay = self._source.delay(question.url)
                return max(self._gap, delay if delay < LONGEST_DELAY else 0.0), None
            delay = self._source.delay(question.url)
            if delay >= LONGEST_DELAY:
                reason = f"its robots.txt asks for {delay:g} s between two pages"
                return 0.0, Reply(question, SourceError(question.url, reason))
            answer = self._source.page(question.url)
            return max(self._gap, delay), Reply(question, answer)
        except SourceError as error:
            return self._gap, Reply(question, error)
        except Exception as error:
            # A bug, and one server's answer brought it out: the others must go on being asked.
            log.exception("asking failed: url=%s", question.url)
            reason = f"could not be asked: {type(error).__name__}: {error}"
            return self._gap, Reply(question, SourceError(question.url, reason))

    def _leave_alone(self, host: _Host, outcome: Answer | SourceError) -> None:
        """Ask nothing more of a host that asks for it."""
        if isinstance(outcome, Refused) and outcome.status in _LEAVE_ALONE:
            alone = min(outcome.retry_after or _ALONE_FOR, LONGEST)
            host.ready_at = max(host.ready_at, time.monotonic() + alone.total_seconds())
            host.reason = f"{host.name} asks to be left alone: {outcome.reason}"
            self._hold_back(host)

    def _hold_back(self, host: _Host) -> None:
        """Send back what cannot be asked of a host for now."""
        left = host.ready_at - time.monotonic()
        if host.reason is None or left <= 0:
            return
        for one in host.questions:
            error = HeldBack(one.url, host.reason, for_seconds=left)
            self._held_back.append(Reply(one, error))
        host.questions.clear()

    def _forget_idle(self) -> None:
        """Drop the hosts that nobody waits for, so that a desk left alone does not grow."""
        if len(self._hosts) > 1_000:
            now = time.monotonic()
            idle = [one.name for one in self._hosts.values() if not one.busy and one.ready_at < now]
            for name in idle:
                del self._hosts[name]

    def _hand_over(self, reply: Reply) -> None:
        while not self._closed:
            try:
                self._replies.put(reply, timeout=1)
                return
            except queue.Full:
                continue
