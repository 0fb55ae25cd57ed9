"""Settings to a desk: the only place that wires nouns together."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sayso import __version__
from sayso.brief.edition import parse_edition
from sayso.brief.follows import Follow, parse_follows
from sayso.brief.records import Edition
from sayso.config import FINDERS, Settings
from sayso.engines.local import LocalEngine
from sayso.errors import ConfigError, InputError, SourceError, StoreError
from sayso.extract.findings import extract
from sayso.extract.rules import RulesFinder
from sayso.normalise.read import parse
from sayso.pipeline import Desk
from sayso.ports import DeskStore, Finder, Raw
from sayso.records import Findings, Health, Outlet, Report
from sayso.sources.files import FileSource
from sayso.stores import places
from sayso.trace.owners import Owners, default_owners

if TYPE_CHECKING:
    from sayso.publishers.mail import Mailer
    from sayso.sources.http import HttpSource
    from sayso.sources.poller import Poller

FEW = 8
"""Reports that one process extracts sooner than another one starts and loads the model."""

Read = tuple[Report, Raw]


def now() -> datetime:
    """Return the time; the commands read the clock here and hand it down."""
    return datetime.now(UTC)


def read_places(
    places: Sequence[str], settings: Settings, *, now: datetime
) -> Iterator[Read | InputError | SourceError]:
    """Read every place in turn and yield its reports, and what could not be read and why."""
    for place in places:
        for piece in _pieces(place, settings):
            if not isinstance(piece, Raw):
                yield piece
                continue
            try:
                reading = parse(piece, now=now)
            except InputError as error:
                yield error
                continue
            for report in reading.reports:
                yield dataclasses.replace(report, publisher=piece.outlet), piece
            yield from reading.problems


def _pieces(place: str, settings: Settings) -> Iterator[Raw | InputError | SourceError]:
    if not place.startswith(("http://", "https://")):
        yield from FileSource(largest=settings.largest_file).pieces(place)
        return
    try:
        yield from make_http(settings, largest=settings.largest_file).fetch(place)
    except (InputError, SourceError) as error:
        yield error


def make_http(settings: Settings, *, largest: int) -> HttpSource:
    """Return what fetches addresses, answers of `largest` bytes at most."""
    from sayso.sources.http import HttpSource

    hosts = frozenset(host.strip() for host in settings.private_hosts.split(",") if host.strip())
    return HttpSource(
        timeout=settings.timeout_seconds,
        largest=largest,
        private_hosts=hosts,
        contact=settings.contact,
    )


@contextmanager
def make_poller(settings: Settings) -> Iterator[Poller]:
    """Give what asks many outlets at once, until the end of the block."""
    from sayso.sources.poller import Poller

    poller = Poller(make_http(settings, largest=settings.largest_feed))
    try:
        yield poller
    finally:
        poller.close()


def store_place(settings: Settings, given: str | None, environment: Mapping[str, str]) -> str:
    """Return where the desk's store is: as given, as set, or in the user's data folder."""
    told = given or settings.store
    if told:
        return told
    home = environment.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return str(Path(home) / "sayso" / "desk.db")


def open_store(settings: Settings, given: str | None, *, read_only: bool = False) -> DeskStore:
    """Open the desk's store, making it when there is none. Raises StoreError."""
    place = store_place(settings, given, os.environ)
    if not read_only and not place.startswith(places.SERVERS):
        try:
            Path(place).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{place}: making its folder: {error.strerror}") from error
    return places.open_store(place, read_only=read_only)


@dataclass(frozen=True, slots=True)
class Extractor:
    """Finds what is in a report. Travels to other processes as a name, not as a model."""

    finder: str

    def __call__(self, report: Report) -> Findings:
        return extract(report, load_finder(self.finder))


@lru_cache(maxsize=len(FINDERS))
def load_finder(name: str) -> Finder:
    """Return the finder of attributions called `name`, loaded once for each process."""
    if name == "rules":
        return RulesFinder()
    from sayso.models.attribution import AttributionModel

    return AttributionModel(swift=name == "swift")


def make_extractor(settings: Settings) -> Extractor:
    """Return the extractor that the settings ask for."""
    return Extractor(settings.finder)


def make_engine(settings: Settings) -> LocalEngine:
    """Return the engine that the settings ask for."""
    return LocalEngine(settings.workers or _processors(), few=FEW)


def _processors() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not Linux
        return os.cpu_count() or 1


def load_owners(settings: Settings, outlets: Iterable[Outlet] = ()) -> Owners:
    """Return outlet to owner: as the user's file says, else as sources do, else as shipped."""
    more = []
    if settings.owners:
        try:
            more.append(Path(settings.owners).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{settings.owners}: cannot be read: {error}") from error
    return default_owners(outlets, more=more)


def load_edition(settings: Settings, given: str | None) -> Edition:
    """Return the edition of the file given or set; without one, everything, unsorted."""
    told = given or settings.edition
    if not told:
        return Edition()
    try:
        body = Path(told).read_bytes()
    except OSError as error:
        raise ConfigError(f"{told}: {error.strerror}") from error
    return parse_edition(body, name=told)


def desk_health(store: DeskStore, *, now: datetime) -> Health:
    """Return how the desk on `store` is."""
    return Health(
        at=now,
        sources=tuple(store.sources()),
        logbook=store.logbook(),
        cursor=store.cursor(),
        version=__version__,
    )


def open_desk(settings: Settings, store: DeskStore, engine: LocalEngine) -> Desk:
    """Return a desk on `store`."""
    return Desk(
        store=store,
        engine=engine,
        extract=make_extractor(settings),
        owners=lambda outlets: load_owners(settings, outlets),
        story_days=settings.story_days,
    )


def load_follows(settings: Settings) -> tuple[Follow, ...]:
    """Return who is told of what. Raises ConfigError where it cannot be done as told."""
    if not settings.follows:
        return ()
    try:
        body = Path(settings.follows).read_bytes()
    except OSError as error:
        raise ConfigError(f"{settings.follows}: {error.strerror}") from error
    follows = parse_follows(body, name=settings.follows)
    if any(one.webhook for one in follows) and not settings.webhook_secret:
        raise ConfigError("webhooks are signed: give a secret in SAYSO_WEBHOOK_SECRET")
    if any(one.mail for one in follows) and not (settings.mail_server and settings.mail_from):
        raise ConfigError("mail needs mail_server and mail_from")
    return follows


def make_mailer(settings: Settings) -> Mailer | None:
    """Return what sends mail; None where the settings name no server."""
    if not settings.mail_server:
        return None
    host, _, port = settings.mail_server.partition(":")
    if not port.isdecimal():
        raise ConfigError(f"mail_server: {settings.mail_server!r} is not host:port")
    from sayso.publishers.mail import Mailer

    return Mailer(
        host=host,
        port=int(port),
        sender=settings.mail_from,
        user=settings.mail_user,
        password=settings.mail_password,
    )
