"""`serve`: the desk's pages, and the thread that keeps them up to date."""

from __future__ import annotations

import argparse
import dataclasses
import logging
import re
import threading
from collections.abc import Sequence
from datetime import datetime

from sayso.app import load_edition, make_engine, now, open_desk, open_store
from sayso.brief.records import Briefing, Edition
from sayso.cli import FINE
from sayso.commands.briefing import all_kept, make, take_in
from sayso.commands.desk import poll
from sayso.commands.printing import Reader
from sayso.config import Settings
from sayso.errors import ConfigError, SaysoError
from sayso.pipeline import Desk
from sayso.ports import DeskStore
from sayso.records import Change, Cursor, Findings, Report, ReportId
from sayso.web.app import make_app
from sayso.web.server import bind
from sayso.web.server import serve as answer

log = logging.getLogger(__name__)

KEPT_BRIEFINGS = 16
"""Briefings kept ready: the newest and those that readers look back at."""


class DeskStand:
    """Briefings of one desk, made when they are first asked for and kept by their cursor."""

    def __init__(self, desk: Desk, edition: Edition) -> None:
        self._desk = desk
        self._edition = edition
        self._made: dict[tuple[Cursor, datetime | None], Briefing] = {}
        self._lock = threading.Lock()

    def briefings(self) -> Sequence[tuple[str, str]]:
        title = self._edition.title or "Briefing"
        return [(slug(title), title)]

    def briefing(self, slug: str, *, since: datetime | None, at: Cursor | None) -> Briefing | None:
        if slug != self.briefings()[0][0]:
            return None
        newest = self._desk.store.cursor()
        key = (newest if at is None else min(at, newest), since)
        # One at a time: a hundred readers of a new cursor want the same briefing.
        with self._lock:
            if key not in self._made:
                ids = all_kept(self._desk.store)
                self._made[key] = make(self._desk, ids, self._edition, since=since, at=key[0])
                if len(self._made) > KEPT_BRIEFINGS:
                    del self._made[next(iter(self._made))]
            return self._made[key]

    def report(self, report: ReportId) -> tuple[Report, Findings] | None:
        kept = self._desk.store.reports([report])
        found = self._desk.store.findings([report])
        return (kept[0], found[0]) if kept and found else None

    def search(self, words: str) -> Sequence[Report]:
        return self._desk.store.search(words)

    def changes(self, slug: str | None, *, after: Cursor) -> Sequence[Change]:
        del slug  # one edition: all that changes bears on it
        return self._desk.store.changes(after=after)

    def cursor(self) -> Cursor:
        return self._desk.store.cursor()


def slug(title: str) -> str:
    """Return what stands for `title` in an address."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:100] or "briefing"


def serve(args: argparse.Namespace, settings: Settings) -> int:
    """Take in what is given and what the sources bring, again and again, and answer readers."""
    edition = load_edition(settings, args.edition)
    settings = dataclasses.replace(
        settings,
        host=args.host or settings.host,
        port=settings.port if args.port is None else args.port,
    )
    try:
        listening = bind(settings.host, settings.port)
    except OSError as error:
        raise ConfigError(f"{settings.host}:{settings.port}: {error.strerror}") from error
    ended = threading.Event()
    with make_engine(settings) as engine:
        store = open_store(settings, args.store)
        desk = open_desk(settings, store, engine)
        take_in(desk, Reader(args.places, settings))
        reading = open_store(settings, args.store, read_only=True)
        stand = DeskStand(open_desk(settings, reading, engine), edition)
        turning = threading.Thread(target=_turn, args=(desk, store, args.places, settings, ended))
        turning.start()
        port = listening.getsockname()[1]
        print(f"sayso: http://{settings.host}:{port}/ (Ctrl-C ends)", flush=True)
        try:
            answer(make_app(stand), listening)
        finally:
            ended.set()
            turning.join()
            reading.close()
            store.close()
    return FINE


def _turn(
    desk: Desk,
    store: DeskStore,
    places: Sequence[str],
    settings: Settings,
    ended: threading.Event,
) -> None:
    """Read the places and the sources every so often, until `ended` is set."""
    while not ended.wait(settings.turn_seconds):
        try:
            take_in(desk, Reader(places, settings))
            poll(desk, store, settings)
        except SaysoError as error:
            # A full disk or a held lock: the pages go on, the turn is done again.
            log.warning("turn failed, done again in %d s: %s", settings.turn_seconds, error)
        except Exception:
            # A bug, and one report may bring it out: the desk must not go on telling old news.
            log.exception("turn failed, done again in %d s", settings.turn_seconds)
            desk.memory = None
    log.info("turns ended: at=%s", now().isoformat())
