"""When to ask each source again: pure rules, from what is known of it and a given chance.

Rule 1: a source is asked as often as it publishes, and no oftener; the longer it has been
silent, the longer it is left alone. A feed that does not change costs its outlet fewer than
24 requests a day, which is what the usual feed readers send.
Rule 2: what a server or a feed asks for (Retry-After, cache lifetime, ttl, skipHours) is given,
up to a day: more than that is a slip of its maker's.
Rule 3: a clock that jumps delays nothing: what is due in a future that no rule makes is due now.

Fetches nothing, reads no clock and rolls no dice.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from sayso.records import Rhythm, Subscription

USUAL = timedelta(hours=1)
"""Between two polls of a feed that shows nothing of its rhythm: as the usual readers have it."""

PATIENT = timedelta(hours=2)
"""Between two polls of a feed that has been silent for hours, but not for a day."""

LONGEST = timedelta(days=1)
SHARE_OF_SILENCE = 2
SHARE_OF_LONG_SILENCE = 12

FIRST_BACK_OFF = timedelta(minutes=1)
LONGEST_BACK_OFF = timedelta(hours=6)

LONGEST_WITHOUT_NETWORK = timedelta(minutes=5)
"""While nobody at all can be reached it is not the outlets that fail: look often, it is cheap."""

JITTER = 0.1
"""Share by which polls are spread, so that a thousand sources do not stay in step."""
FAILING_JITTER = 0.5

CLOCK_SLIP = timedelta(minutes=1)
"""A clock is set back by so much every day, and nothing is to follow from it."""
_NEVER_SO_FAR = timedelta(days=8)  # a day, and a week in which six days are skipped


def is_due(source: Subscription, *, now: datetime) -> bool:
    """Say whether `source` is to be asked now."""
    if source.paused:
        return False
    if source.due is None or source.due <= now or source.due > now + _NEVER_SO_FAR:
        return True
    # Polled in the future: the clock went back, so that `due` means nothing.
    return source.last_polled is not None and source.last_polled > now + CLOCK_SLIP


def after_answer(
    rhythm: Rhythm,
    *,
    now: datetime,
    lifetime: timedelta | None = None,
    floor: timedelta,
    chance: float,
) -> datetime:
    """Return when to ask a source again that answered well `now`.

    `lifetime` is what the answer's headers said; `floor` is the least time between two polls;
    `chance` is from [0, 1).
    """
    wait = _wait(rhythm, now=now, lifetime=lifetime, floor=floor)
    return _allowed(rhythm, now + wait * (1 + JITTER * chance))


def after_failure(
    rhythm: Rhythm,
    *,
    now: datetime,
    failures: int,
    retry_after: timedelta | None = None,
    network_gone: bool = False,
    floor: timedelta,
    chance: float,
) -> datetime:
    """Return when to ask a source again that failed `now`, for the `failures`-th time in a row."""
    doubled = FIRST_BACK_OFF * 2.0 ** min(max(failures - 1, 0), 20)
    spread = min(doubled, LONGEST_BACK_OFF) * (1 - FAILING_JITTER + 2 * FAILING_JITTER * chance)
    if network_gone:
        return now + min(max(spread, floor), LONGEST_WITHOUT_NETWORK)
    wait = max(spread, floor)
    if rhythm != Rhythm():
        # A source that fails is not asked oftener than one that answers.
        wait = max(wait, _wait(rhythm, now=now, lifetime=None, floor=floor))
    if retry_after is not None:
        wait = max(wait, min(retry_after, LONGEST) * (1 + JITTER * chance))
    return _allowed(rhythm, now + wait)


def host_of(url: str) -> str:
    """Return the host that one must not press: the name, whatever the port and the case."""
    try:
        return (urlsplit(url).hostname or url).lower()
    except ValueError:
        return url


def _wait(
    rhythm: Rhythm, *, now: datetime, lifetime: timedelta | None, floor: timedelta
) -> timedelta:
    known = sorted((one for one in rhythm.published if one <= now), reverse=True)
    wait = rhythm.period or USUAL
    if len(known) > 1:
        wait = (known[0] - known[-1]) / (len(known) - 1)
    if known:
        wait = max(wait, _patience(now - known[0]))
    asked = (wait, floor, lifetime or timedelta(0), rhythm.lifetime or timedelta(0))
    return min(max(asked), max(LONGEST, floor))


def _patience(silence: timedelta) -> timedelta:
    """Return how long to leave a feed alone that has been silent for so long."""
    soon = min(silence / SHARE_OF_SILENCE, PATIENT)
    return max(soon, silence / SHARE_OF_LONG_SILENCE)


def _allowed(rhythm: Rhythm, due: datetime) -> datetime:
    """Return `due`, or the end of the hours and days in which the feed asks not to be asked."""
    if len(set(rhythm.skip_hours)) >= 24 or len(set(rhythm.skip_days)) >= 7:
        return due  # never: a slip of its maker's
    due = due.astimezone(UTC)
    while due.weekday() in rhythm.skip_days or due.hour in rhythm.skip_hours:
        # Each feed keeps its minute, so that they do not all come back on the hour.
        due += timedelta(hours=1)
    return due
