"""One source's visit: what was asked of it, what it brought, and what of that is still to do.

What a source sends is read here, and nothing of it can do more harm than an error that names
the source. Knows no network and no store.
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sayso.errors import InputError, SourceError
from sayso.normalise.fuller import fuller, is_paid
from sayso.normalise.known import Known
from sayso.normalise.read import parse, parse_feed
from sayso.normalise.rhythm import digest_of, read_rhythm
from sayso.ports import Raw
from sayso.records import Report, Rhythm, Subscription
from sayso.sources.http import Answer

log = logging.getLogger(__name__)

MOST_PAGES = 30
"""Pages that are read of one answer; of a feed with more new items the newest are enough."""

MOST_DROPPED = 20
"""Reasons that are kept of one answer."""

LONGEST_REASON = 300

LONGEST_REPORT = 100_000
LONGEST_HEADLINE = 1_000
"""Characters of what can be a report: the longest that were seen have half of it."""


@dataclass(slots=True)
class Visit:
    """One poll of one source, from the question to when all that it brought is kept."""

    source: Subscription
    is_told: bool = False  # True: a hub brought it, and perhaps only what is new
    answered: bool = False  # True: what it brought is held or kept
    answer: Answer | None = None
    error: SourceError | InputError | None = None
    rhythm: Rhythm = field(default_factory=Rhythm)
    read: int = 0  # reports that it brought, known ones among them
    pending: int = 0  # reports that are not kept yet
    dropped: list[str] = field(default_factory=list)

    def drop(self, reason: str) -> None:
        """Remember why something that it brought was left out."""
        if len(self.dropped) < MOST_DROPPED:
            self.dropped.append(reason[:LONGEST_REASON])


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A report that a visit brought, and the bytes that it came in."""

    visit: Visit
    report: Report
    raw: Raw


def receive(
    visit: Visit, outcome: Answer | SourceError, *, now: datetime, known: Known
) -> list[Item]:
    """Read what came of asking a source; return its reports and note the rest in the visit."""
    visit.rhythm = visit.source.rhythm
    if isinstance(outcome, SourceError):
        visit.error = outcome
        return []
    visit.answer = outcome
    raw = outcome.raw
    # What was read and found good need not be read again where the server cannot tell.
    if raw is None or digest_of(raw) == visit.source.rhythm.digest:
        visit.dropped += visit.source.dropped
        return []
    try:
        reading = parse_feed(raw, now=now, outlet=visit.source.outlet, known=known)
        rhythm = read_rhythm(raw, reading.reports, now=now, before=visit.rhythm)
    except InputError as error:
        visit.error = error
        return []
    except Exception as error:
        # A bug in a parser, and these bytes brought it out: the other sources go on.
        log.exception("feed left out: source=%s", visit.source.url)
        visit.error = InputError(raw.place, f"cannot be read: {type(error).__name__}: {error}")
        return []
    for problem in reading.problems:
        visit.drop(problem.reason if problem.thing == raw.place else str(problem))
    visit.read = len(reading.reports)
    if reading.problems and not reading.reports:
        visit.error = reading.problems[0]
        return []
    if visit.is_told:
        visit.rhythm = visit.source.rhythm  # what is new does not show it
        return [Item(visit, report, raw) for report in reading.reports if _can_be(report, visit)]
    # What the server says of it goes before what stands in it (WebSub, 4).
    visit.rhythm = dataclasses.replace(
        rhythm, hub=outcome.hub or rhythm.hub, topic=outcome.topic or rhythm.topic
    )
    return [Item(visit, report, raw) for report in reading.reports if _can_be(report, visit)]


def _can_be(report: Report, visit: Visit) -> bool:
    """Say whether somebody may have written `report` to be read; drop it where not."""
    if len(report.text) <= LONGEST_REPORT and len(report.headline) <= LONGEST_HEADLINE:
        return True
    visit.drop(f"{report.headline[:60]}…: too long: {len(report.text):,} characters")
    return False


def wanted_pages(
    visit: Visit, items: Sequence[Item], versions: Mapping[str, Sequence[Report]]
) -> Collection[Item]:
    """Return those items whose pages are to be read: new ones, and those that were edited."""
    if not visit.source.pages:
        return ()
    wanted = [
        item
        for item in items
        if item.report.url and _is_news(item.report, versions.get(item.report.key, ()))
    ]
    wanted.sort(key=lambda item: item.report.published or item.raw.fetched or _EVER, reverse=True)
    return wanted[:MOST_PAGES]


_EVER = datetime.fromisoformat("0001-01-01T00:00:00+00:00")


def _is_news(item: Report, kept: Sequence[Report]) -> bool:
    """Say whether the page of an item has not been read since the feed last changed it."""
    if not kept:
        return True
    last = kept[-1].updated or kept[-1].published
    return item.updated is not None and last is not None and item.updated > last


def read_page_of(item: Item, outcome: Answer | SourceError, *, now: datetime) -> Item:
    """Return the item with the words of its page, or as the feed had it."""
    if isinstance(outcome, SourceError):
        item.visit.drop(f"{item.report.url}: {outcome.reason}; the feed's words stand")
        return item
    if outcome.raw is None or is_paid(outcome.raw):
        return item
    try:
        [page] = parse(outcome.raw, now=now, outlet=item.visit.source.outlet).reports or [None]
    except (InputError, ValueError) as error:
        item.visit.drop(f"{item.report.url}: {error}; the feed's words stand")
        return item
    except Exception as error:
        log.exception("page left out: url=%s", item.report.url)
        item.visit.drop(f"{item.report.url}: cannot be read: {type(error).__name__}")
        return item
    report = fuller(item.report, page) if page is not None else None
    return item if report is None else Item(item.visit, report, outcome.raw)
