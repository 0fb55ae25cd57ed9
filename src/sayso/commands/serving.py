"""`serve`: the desk's pages, and the thread that keeps them up to date."""

from __future__ import annotations

import argparse
import dataclasses
import logging
import threading
import time
from collections.abc import Sequence

from sayso.app import (
    desk_health,
    load_edition,
    load_follows,
    make_engine,
    make_http,
    make_mailer,
    make_poller,
    now,
    open_desk,
    open_store,
)
from sayso.cli import FINE
from sayso.commands.briefing import take_in
from sayso.commands.courier import Courier
from sayso.commands.desk import tell
from sayso.commands.polling import terminable
from sayso.commands.printing import Reader
from sayso.commands.rounds import Rounds
from sayso.commands.ruling import whole_ids
from sayso.commands.stand import DeskStand
from sayso.config import Settings
from sayso.errors import ConfigError, SaysoError, StoreError
from sayso.pipeline import rule
from sayso.ports import DeskStore
from sayso.records import Health, Ruling
from sayso.sources.websub import Subscriber
from sayso.web.app import make_app
from sayso.web.server import bind
from sayso.web.server import serve as answer
from sayso.web.websub import Hubs

log = logging.getLogger(__name__)

HUBS_SECONDS = 1.0
"""Between two looks at which hubs should tell the desk of changes."""


def serve(args: argparse.Namespace, settings: Settings) -> int:
    """Take in what is given and what the sources bring, again and again, and answer readers.

    Pages that take seconds to make hold up the polls of the same process; with `--no-watch` a
    `sayso watch` beside it does the polling.
    """
    edition = load_edition(settings, args.edition)
    follows = load_follows(settings)
    mailer = make_mailer(settings)
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
    with make_engine(settings) as engine, make_poller(settings) as poller:
        store = open_store(settings, args.store)
        desk = open_desk(settings, store, engine)
        take_in(desk, Reader(args.places, settings))
        reading = open_store(settings, args.store, read_only=True)
        writing = threading.Lock()  # a ruling waits for the turn under way

        def keep(ruling: Ruling) -> Ruling:
            with writing:
                whole = whole_ids(store, ruling)
                rule(desk, whole, now=now())
            return whole

        rounds = Rounds(
            desk, store, settings, poller, lambda changes: tell(desk, changes), writing=writing
        )

        def health() -> Health:
            known = desk_health(reading, now=now()) if args.no_watch else rounds.health()
            return dataclasses.replace(known, follows=courier.state())

        stand = DeskStand(open_desk(settings, reading, engine), [edition], keep, health)
        courier = Courier(
            follows=follows,
            store=store,
            newsstand=stand,
            poster=make_http(settings, largest=settings.largest_feed),
            mail=mailer,
            secret=settings.webhook_secret,
            public=settings.public,
        )
        hubs: Hubs | None = None
        threads = []
        if settings.public and not args.no_watch:
            subscriber = Subscriber(
                make_http(settings, largest=settings.largest_feed), settings.public
            )
            rounds.hubs = subscriber
            hubs = Hubs(subscriber, settings.largest_feed)
            threads.append(threading.Thread(target=_subscribe, args=(subscriber, store, ended)))
        if not args.no_watch:
            threads.append(threading.Thread(target=_watch, args=(rounds, args.places, ended)))
        if follows:
            threads.append(threading.Thread(target=courier.run, args=(ended,)))
        for one in threads:
            one.start()
        port = listening.getsockname()[1]
        print(f"sayso: http://{settings.host}:{port}/ (Ctrl-C ends)", flush=True)
        try:
            app = make_app(
                stand,
                public=settings.public,
                token=settings.token,
                frames=settings.frames,
                more=hubs.routes() if hubs is not None else (),
            )
            with terminable():
                answer(app, listening)
        finally:
            ended.set()
            for one in threads:
                one.join()
            reading.close()
            store.close()
    return FINE


def _subscribe(subscriber: Subscriber, store: DeskStore, ended: threading.Event) -> None:
    """Keep up what hubs tell of, until `ended` is set."""
    while not ended.wait(HUBS_SECONDS):
        try:
            subscriber.keep_up(store.sources())
        except StoreError as error:
            log.warning("hubs not asked, done again: %s", error)


def _watch(rounds: Rounds, places: Sequence[str], ended: threading.Event) -> None:
    """Poll the sources as each wants, and read `places` every so often, until `ended` is set."""
    every = rounds.settings.turn_seconds
    read = time.monotonic()
    while not ended.is_set():
        try:
            if places and time.monotonic() - read >= every:
                read = time.monotonic()
                with rounds.writing:
                    take_in(rounds.desk, Reader(places, rounds.settings))
            step = rounds.step(wait=1.0)
            if step.error is not None:
                ended.wait(rounds.pause)
        except SaysoError as error:
            # A full disk or a held lock: the pages go on, the turn is done again.
            log.warning("turn failed, done again: %s", error)
            ended.wait(every)
        except Exception:
            # A bug, and one report may bring it out: the desk must not go on telling old news.
            log.exception("turn failed, done again")
            rounds.desk.memory = None
            ended.wait(every)
    log.info("turns ended: at=%s", now().isoformat())
