"""`watch`: the desk's sources are polled as each of them wants, until somebody ends it."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from sayso.app import make_engine, make_poller, open_desk, open_store
from sayso.cli import FINE, WRONG_INPUT
from sayso.commands.desk import tell
from sayso.commands.rounds import Rounds
from sayso.config import Settings
from sayso.errors import ConfigError, StoreError
from sayso.render.plain import shown, time_words


def watch(args: argparse.Namespace, settings: Settings) -> int:
    """Poll the desk's sources until it is ended; print each change."""
    with make_engine(settings) as engine, make_poller(settings) as poller:
        store = open_store(settings, args.store)
        try:
            if not store.sources():
                raise ConfigError("no source to poll; 'sayso sources add URL' adds one")
            desk = open_desk(settings, store, engine)
            rounds = Rounds(desk, store, settings, poller, lambda changes: tell(desk, changes))
            if args.once:
                return _once(rounds)
            with ending() as ended:
                rounds.run(ended)
            return FINE
        finally:
            store.close()


def _once(rounds: Rounds) -> int:
    """Ask who is due, take in all that comes of it, and say who failed."""
    failed = 0
    while True:
        step = rounds.step(wait=1.0)
        if step.error is not None:
            raise StoreError(step.error)
        failed += step.failed
        if rounds.idle:
            break
    health = rounds.health()
    for source in health.sources:
        if source.failing_since is not None and not source.paused:
            print(f"sayso: {shown(source.url)}: {shown(source.last_error or '')}", file=sys.stderr)
    if health.logbook and not health.logbook.polled:
        due = min((one.due for one in health.sources if one.due and not one.paused), default=None)
        if due is not None:
            print(f"sayso: nobody is due before {time_words(due)}", file=sys.stderr)
    return WRONG_INPUT if failed else FINE


@contextmanager
def ending() -> Iterator[threading.Event]:
    """Give an event that SIGTERM or Ctrl-C sets, once; a second one ends the program at once."""
    ended = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        del frame
        ended.set()
        signal.signal(number, before[number])

    before = {int(one): signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT)}
    for number in before:
        signal.signal(number, end)
    try:
        yield ended
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def terminable() -> Iterator[None]:
    """Let SIGTERM end the block as Ctrl-C does, so that the store is closed behind it."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread hears signals
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
