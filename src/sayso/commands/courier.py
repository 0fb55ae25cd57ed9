"""Tells those who follow a story, a speaker or a search what happened, by webhook or mail.

How far each was told is kept in the store, after it was told: over a crash nothing is lost, and a
delivery that was made twice carries the same id. One whose server fails is tried again, later and
later; the others are told meanwhile. Who begins to follow hears of what comes from then on.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import quote

from sayso.brief.follows import Follow
from sayso.errors import SaysoError, SourceError
from sayso.ports import DeskStore
from sayso.records import Attribution, Findings, Report, Utterance
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
    _failures: dict[str, int] = field(default_factory=dict)
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

    def _tell(self, follow: Follow) -> int:
        after = self.store.told_up_to(follow.id)
        if after is None:
            self.store.note_told(follow.id, self.newsstand.cursor())
            return 0
        delivered = 0
        noted = cursor = after
        for told in self.newsstand.changes(after=after):
            notice = self._notice(follow, told)
            if notice is not None:
                try:
                    self._deliver(follow, notice)
                except SourceError as error:
                    self._put_off(follow, error)
                    break
                delivered += 1
                self._failures.pop(follow.id, None)
                noted = told.change.cursor
                self.store.note_told(follow.id, noted)
            cursor = told.change.cursor
        # What was only passed over is noted once: each note is a write to the disk.
        if cursor > noted:
            self.store.note_told(follow.id, cursor)
        return delivered

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

    def _put_off(self, follow: Follow, error: SourceError) -> None:
        failures = self._failures[follow.id] = self._failures.get(follow.id, 0) + 1
        pause = min(FIRST_PAUSE * 2 ** min(failures - 1, 12), LONGEST_PAUSE)
        self._not_before[follow.id] = self.timer() + pause
        log.warning("not told, tried again in %d s: %s", pause, error)


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
