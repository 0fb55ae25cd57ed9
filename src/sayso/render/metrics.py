"""The desk's health as Prometheus reads it: text exposition format 0.0.4.

Names end in what they are measured in; counters begin anew when the watching does, as
Prometheus expects. An address is a label only of what is wrong or late, so that a desk of
a thousand sources does not make a thousand series of each measure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from sayso.records import Health, Subscription

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"

LATE_SECONDS = 300
"""A source that was due this long ago and not asked: the desk is behind, or nobody watches."""


def render_metrics(health: Health) -> str:
    """Return `health` as text for Prometheus."""
    return "\n".join([*_sources(health), *_logbook(health), *_desk(health)]) + "\n"


def _sources(health: Health) -> Iterator[str]:
    sources = health.sources
    failing = [one for one in sources if one.failing_since is not None and not one.paused]
    states = [
        ("fine", sum(1 for one in sources if _is_fine(one))),
        ("failing", len(failing)),
        ("paused", sum(1 for one in sources if one.paused)),
        ("new", sum(1 for one in sources if one.last_polled is None and not one.paused)),
    ]
    yield from _family(
        "sayso_sources", "gauge", "Sources that the desk follows, by how they are.",
        ((f'{{state="{state}"}}', count) for state, count in states),
    )  # fmt: skip
    yield from _family(
        "sayso_source_failing_seconds", "gauge", "For how long a source has been failing.",
        ((_source(one), _seconds(one.failing_since, health.at)) for one in failing),
    )  # fmt: skip
    late = [
        (one, seconds)
        for one in sources
        if not one.paused
        and one.due is not None
        and (seconds := _seconds(one.due, health.at)) > LATE_SECONDS
    ]
    yield from _family(
        "sayso_source_late_seconds", "gauge", "For how long a source should have been asked.",
        ((_source(one), seconds) for one, seconds in late),
    )  # fmt: skip
    yield from _family(
        "sayso_source_dropped_items", "gauge", "Items of its last answer that were not read.",
        ((_source(one), len(one.dropped)) for one in sources if one.dropped),
    )  # fmt: skip


def _logbook(health: Health) -> Iterator[str]:
    book = health.logbook
    if book is None:
        return
    for name, value, help in (
        ("turns", book.turns, "Turns of the desk."),
        ("turns_failed", book.failed_turns, "Turns of which nothing was kept; they are repeated."),
        ("polls", book.polled, "Polls that were answered or failed."),
        ("polls_failed", book.failed, "Polls that failed."),
        ("polls_unchanged", book.unchanged, "Polls that brought nothing new."),
        ("reports_read", book.reports, "Reports read, whether known or not."),
        ("items_dropped", book.dropped, "Items that could not be read."),
        ("changes", book.changes, "Developments that readers heard of."),
    ):
        yield from _family(f"sayso_{name}_total", "counter", help, [("", value)])
    for name, gauge, help in (
        ("watching_since_timestamp_seconds", book.since.timestamp(), "When watching began."),
        ("queue", book.queue, "Questions to outlets that wait or are under way."),
    ):
        yield from _family(f"sayso_{name}", "gauge", help, [("", gauge)])
    if book.last is None:
        return
    for name, gauge, help in (
        ("timestamp_seconds", book.last.began.timestamp(), "When the last turn began."),
        ("duration_seconds", book.last.seconds, "How long the last turn took."),
        ("ok", int(book.last.error is None), "1: the last turn was kept."),
    ):
        yield from _family(f"sayso_last_turn_{name}", "gauge", help, [("", gauge)])


def _desk(health: Health) -> Iterator[str]:
    yield from _family(
        "sayso_cursor", "gauge", "The cursor of the newest change.", [("", health.cursor)]
    )
    if health.version:
        label = f'{{version="{_escaped(health.version)}"}}'
        yield from _family("sayso_info", "gauge", "Which sayso this is.", [(label, 1)])


def _family(name: str, kind: str, help: str, samples: Iterable[tuple[str, float]]) -> Iterator[str]:
    yield f"# HELP {name} {help}"
    yield f"# TYPE {name} {kind}"
    for labels, value in samples:
        yield f"{name}{labels} {value:.10g}"


def _is_fine(one: Subscription) -> bool:
    return not one.paused and one.failing_since is None and one.last_polled is not None


def _source(one: Subscription) -> str:
    return f'{{source="{_escaped(one.url)}"}}'


def _escaped(text: str) -> str:
    whole = text.encode("utf-8", "replace").decode()
    return whole.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _seconds(since: datetime | None, now: datetime) -> float:
    return max((now - since).total_seconds(), 0.0) if since is not None else 0.0
