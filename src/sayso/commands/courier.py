"""Tells those who follow a story, a speaker or a search what happened, by webhook or mail.

How far each was told is kept in the store, after it was told: over a crash nothing is lost, and a
delivery that was made twice carries the same id. One whose server fails is tried again, later and
later; the others are told meanwhile. Who begins to follow hears of what comes from then on.

Rule: a notice that fails again and again is set aside only when a later one is taken. Then it is
the notice that cannot be told; as long as none is taken it is the way there that is blocked, and
nothing is given up, for however long. What was set aside is kept and shown on the health page.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol
from urllib.parse import quote

from sayso.brief.follows import Follow
from sayso.errors import SaysoError, SourceError, StoreError
from sayso.ports import DeskStore
from sayso.records import Attribution, Cursor, Findings, Following, Report, Utterance
from sayso.render.notices import (
    Notice,
    notice_json,
    notice_subject,
    notice_text,
    worth_telling,
)
from sayso.render.page import path_of
from sayso.thread.told import statement_id
from sayso.web.newsstand import Newsstand, Told, topic_key

log = logging.getLogger(__name__)

LONGEST_PAUSE = 3_600.0
FIRST_PAUSE = 5.0

TRIES = 8
"""Times that a notice fails before those after it are tried: about ten minutes."""

PROBES = 4
"""Notices tried after one that failed so often; more would only knock at a closed door."""

ASIDE = "-aside"
"""Stands behind a follow's id where the last notice that was set aside is noted."""


class Poster(Protocol):
    """Sends JSON to an address. Raises SourceError when it is not taken."""

    def post(self, url: str, body: bytes, headers: dict[str, str]) -> None: ...


class Mail(Protocol):
    """Sends a mail. Raises SourceError when it is not taken."""

    def send(self, to: str, *, id: str, subject: str, text: str) -> None: ...


@dataclass(slots=True, kw_only=True)
class Courier:
    """Goes round the follows, one step at a time."""

    follows: Sequence[Follow]
    store: DeskStore
    newsstand: Newsstand
    poster: Poster
    mail: Mail | None
    secret: str
    public: str = ""
    timer: Callable[[], float] = time.monotonic
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    _failures: dict[str, int] = field(default_factory=dict)
    _reasons: dict[str, str] = field(default_factory=dict)
    _since: dict[str, datetime] = field(default_factory=dict)
    _not_before: dict[str, float] = field(default_factory=dict)

    def step(self) -> int:
        """Tell every follow what it has not heard; return how many notices were delivered."""
        return sum(
            self._tell(follow)
            for follow in self.follows
            if self._not_before.get(follow.id, 0.0) <= self.timer()
        )

    def run(self, ended: threading.Event, *, every: float = 1.0) -> None:
        """Go round until `ended` is set."""
        while not ended.wait(every):
            try:
                self.step()
            except SaysoError as error:  # the store is busy or full: the next round may do
                log.warning("followers not told, tried again: %s", error)
            except Exception:  # a bug: the thread must not end, nobody would be told any more
                log.exception("followers not told, tried again")

    def state(self) -> tuple[Following, ...]:
        """Return how the telling of each follow goes. Raises StoreError."""
        return tuple(
            Following(
                about=one.about,
                by="webhook" if one.webhook else "mail",
                told=self.store.told_up_to(one.id),
                failing_since=self._since.get(one.id),
                reason=self._reasons.get(one.id),
                set_aside=self.store.told_up_to(one.id + ASIDE),
            )
            for one in self.follows
        )

    def _tell(self, follow: Follow) -> int:
        after = self.store.told_up_to(follow.id)
        if after is None:
            self.store.note_told(follow.id, self.newsstand.cursor())
            return 0
        delivered = 0
        noted = passed = after
        stuck: list[Told] = []
        for told in self._following(after):
            try:
                if not self._told(follow, told):
                    passed = told.change.cursor
                    continue
            except StoreError:
                raise
            except Exception as error:  # of the way there, or of this one notice: see the rule
                stuck.append(told)
                self._reasons[follow.id] = _reason(error)
                if self._failures.get(follow.id, 0) + 1 < TRIES or len(stuck) > PROBES:
                    break
                continue
            for one in stuck:
                log.error("set aside: follow=%s change=%d", follow.about, one.change.cursor)
                self.store.note_told(follow.id + ASIDE, one.change.cursor)
            stuck.clear()
            self._well(follow)
            delivered += 1
            noted = passed = told.change.cursor
            self.store.note_told(follow.id, noted)
        if stuck:
            passed = Cursor(stuck[0].change.cursor - 1)
            self._put_off(follow)
        # What was only passed over is noted once: each note is a write to the disk.
        if passed > noted:
            self.store.note_told(follow.id, passed)
        return delivered

    def _following(self, after: Cursor) -> Iterator[Told]:
        """Yield every change after a cursor."""
        while some := self.newsstand.changes(after=after):
            yield from some
            after = some[-1].change.cursor

    def _told(self, follow: Follow, told: Told) -> bool:
        """Tell a follow of a change; say whether there was anything to tell."""
        notice = self._notice(follow, told)
        if notice is not None:
            self._deliver(follow, notice)
        return notice is not None

    def _notice(self, follow: Follow, told: Told) -> Notice | None:
        """Return what a follow is told of a change; None where it does not bear on it."""
        step = told.change.development
        if not worth_telling(step) or not told.of(follow.topic or None):
            return None
        found = self.newsstand.report(step.report)
        if found is None:  # it was pruned before anybody could be told
            return None
        report, findings = found
        said = _said(report, findings, step.statement)
        if follow.search and not _holds(report, said, follow.search):
            return None
        if follow.topic.startswith("speaker/") and said is not None:
            name = (said.speaker.name if said.speaker else None) or ""
            if topic_key(f"speaker/{name}") != topic_key(follow.topic):
                return None
        path = path_of(follow.topic) if follow.topic else f"/search?q={quote(follow.search)}"
        return Notice(
            id=f"{follow.id}-{told.change.cursor}",
            about=follow.about,
            change=told.change,
            report=report,
            said=said,
            page=self.public.rstrip("/") + path if self.public else "",
        )

    def _deliver(self, follow: Follow, notice: Notice) -> None:
        if follow.webhook:
            body = notice_json(notice)
            self.poster.post(follow.webhook, body, signed(body, self.secret, notice))
        elif self.mail is not None:
            subject, text = notice_subject(notice), notice_text(notice)
            self.mail.send(follow.mail, id=notice.id, subject=subject, text=text)

    def _put_off(self, follow: Follow) -> None:
        failures = self._failures[follow.id] = self._failures.get(follow.id, 0) + 1
        self._since.setdefault(follow.id, self.clock())
        pause = min(FIRST_PAUSE * 2 ** min(failures - 1, 12), LONGEST_PAUSE)
        self._not_before[follow.id] = self.timer() + pause
        reason = self._reasons[follow.id]
        log.warning("%s: not told, tried again in %d s: %s", follow.about, pause, reason)

    def _well(self, follow: Follow) -> None:
        self._failures.pop(follow.id, None)
        self._reasons.pop(follow.id, None)
        self._since.pop(follow.id, None)


def _reason(error: Exception) -> str:
    """Return why a notice was not taken, without the address: readers see this."""
    return error.reason if isinstance(error, SourceError) else f"a bug: {type(error).__name__}"


def signed(body: bytes, secret: str, notice: Notice) -> dict[str, str]:
    """Return the headers that prove a webhook: delivery, time, and an HMAC-SHA256 of all three.

    The signature is over `id.time.body`, so that neither can be put on another delivery.
    """
    at = str(int(notice.change.at.timestamp()))
    message = b".".join((notice.id.encode(), at.encode(), body))
    digest = hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()
    return {
        "Sayso-Delivery": notice.id,
        "Sayso-Time": at,
        "Sayso-Signature": f"sha256={digest}",
    }


def _said(report: Report, findings: Findings, statement: str | None) -> Attribution | None:
    """Return the attribution of `report` that made a statement."""
    if statement is None:
        return None
    for one in findings.attributions:
        if statement_id(Utterance(report.id, one.id)) == statement:
            return one
    return None


def _holds(report: Report, said: Attribution | None, words: str) -> bool:
    """Say whether what is told holds all of `words`: the statement, or else the report."""
    spans = [*said.content, *([said.source] if said.source else [])] if said else []
    text = " ".join(report.cut(span) for span in spans) if said else report.headline + report.text
    return all(word in text.casefold() for word in words.casefold().split())
