"""Figures to series: which figures count the same thing, and how each moves its series.

A figure goes on with a series of the same state or noun and unit where something ties it to it:
the place, who gives it, the same number on the same day. Where a place or a site parts them, or
nothing ties them, it begins a series of its own: two indicators in one curve are worse than one
indicator in two. The figures come in the order of their time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from sayso.records import ReportId
from sayso.thread.counts import Count, lands_of
from sayso.thread.terms import terms
from sayso.trace.voices import same_speaker

Move = Literal["first", "same", "rose", "fell", "conflict"]

TELLING = 13
"""A number from which two that are the same are no chance: a dozen is said of anything."""

NEAR = 2
"""Days within which a figure is of the same moment: yesterday's toll is in today's paper."""

ALIKE = 0.5
"""Share of the fewer words of two clauses that must be the same where no state is known."""

LEAP = 4.0
"""How many times more or less a figure may be than the last one, where only the state ties it."""

LATELY = 12
"""Figures of a series to which a new one is compared: the last of each of its sources."""

GROWING = frozenset({"dead"})
"""States that nobody leaves: a lower count is a revision, another's count, or another thing."""

MOST = 40
"""Series of one key that are looked at, those begun last."""


@dataclass(slots=True)
class Series:
    """The same thing counted, by one or several, as it came."""

    counts: list[Count] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)

    @property
    def first(self) -> Count:
        return self.counts[0]

    @property
    def last(self) -> Count:
        return self.counts[-1]

    @property
    def lately(self) -> Sequence[Count]:
        return self.counts[-LATELY:]

    def last_of(self, count: Count) -> Count | None:
        """Return the last figure of the source that gave `count`."""
        return next((one for one in reversed(self.lately) if same_source(one, count)), None)

    def add(self, count: Count) -> None:
        self.counts.append(count)
        self.places |= count.places
        if count.source:
            self.sources.add(count.source)


def same_source(one: Count, other: Count) -> bool:
    """Say whether two figures are of the same source: a service's head speaks for the service."""
    if not one.source or not other.source:
        return False
    if one.source == other.source or same_speaker(one.speaker, other.speaker) > 0:
        return True
    return len(_office(one) & _office(other)) > 1


class AllSeries:
    """The series of one story."""

    def __init__(self) -> None:
        self.all: list[Series] = []
        self._of_key: dict[tuple[object, ...], list[Series]] = defaultdict(list)
        self._lands: dict[str, set[str]] = defaultdict(set)  # of speakers, as some report tells

    def add(self, count: Count) -> tuple[Series, Move, Count | None] | None:
        """Take in one figure; return its series, how it moves it, and what it moves it from.

        None: it is no count of its own.
        """
        self._lands[count.source] |= lands_of(count.speaker, count.source)
        if count.partial or count.unsure:
            return None
        series = self._same_number(count) if not count.state else None
        if series is None:
            if not (count.state or count.kind or count.unit):
                return None
            series = self._nearest(count)
        if series is None:
            if _is_event(count):
                return None
            series = Series()
            self.all.append(series)
            self._of_key[_key(count)].append(series)
            series.add(count)
            return series, "first", None
        move, before = _move(series, count)
        series.add(count)
        return series, move, before

    def leave(self, report: ReportId) -> list[Count]:
        """Forget the figures of `report`, and return them."""
        left = []
        for series in [one for one in self.all if any(c.report == report for c in one.counts)]:
            self._of_key[_key(series.first)].remove(series)
            left += [one for one in series.counts if one.report == report]
            counts = [one for one in series.counts if one.report != report]
            series.counts, series.places, series.sources = [], set(), set()
            for count in counts:
                series.add(count)
            if counts:
                self._of_key[_key(series.first)].append(series)
            else:
                self.all.remove(series)
        return left

    def _nearest(self, count: Count) -> Series | None:
        candidates = self._of_key[_key(count)][-MOST:]
        known = any(series.last_of(count) for series in candidates)
        ties = [
            (self._tie(series, count, main=number == 0, known=known), -number, series)
            for number, series in enumerate(candidates)
        ]
        tie, _, best = max(ties, key=lambda one: one[:2], default=(0.0, 0, None))
        if best is None or tie <= 0:
            return None
        for other in candidates:
            if other is best:
                continue
            again = _says_again(other, count) and _says_again(best, count)
            if again or _in_the_same_words(other, count):
                self._join(best, other)
        return best

    def _join(self, series: Series, other: Series) -> None:
        """Make one series of two in which one source gave one number on one day."""
        series.counts = sorted([*series.counts, *other.counts], key=_order)
        series.places |= other.places
        series.sources |= other.sources
        self.all.remove(other)
        self._of_key[_key(other.first)].remove(other)

    def _same_number(self, count: Count) -> Series | None:
        """Return the one series that has this telling number, of people or money, on this day."""
        if count.kind or count.unit == "percent" or _value(count) < TELLING:
            return None
        found = [
            series
            for series in self.all
            if series.first.state
            and series.first.unit == count.unit
            and any(_equal(one, count) and days_between(one, count) < NEAR for one in series.lately)
        ]
        return found[0] if len(found) == 1 else None

    def _tie(self, series: Series, count: Count, *, main: bool, known: bool) -> float:
        """Return how strongly `count` is tied to `series`; not at all from 0 downwards."""
        equal = [
            one for one in series.lately if _equal(one, count) and days_between(one, count) <= NEAR
        ]
        earlier = series.last_of(count)
        tie = _by_place(series, count, self._lands[count.source])
        tie += _by_sentence(series, count)
        if equal:
            tie += (
                3.0 if count.unit != "percent" and (_value(count) >= TELLING or count.unit) else 1.0
            )
            tie += 2.0 if any(one.report == count.report for one in equal) else 0.0
        if earlier is not None:
            tie += 1.5
        elif count.own and not equal:
            tie -= 3.0
        elif known and not (equal and _value(count) >= TELLING):
            tie -= 1.5  # its source counts something else
        if not count.state or count.unit:
            return tie + _by_words(series, count, bool(equal), earlier is not None)
        tie += 0.5 if main or earlier is not None else 0.2
        if not equal and earlier is None and _leap(series.last, count) > LEAP:
            tie -= 1.5
        if not equal and count.state in GROWING and _falls(series, count):
            tie -= 3.0
        return tie


def _key(count: Count) -> tuple[object, ...]:
    if count.state:
        return count.state, count.kind if count.unit is None else frozenset(), count.unit
    return "", frozenset() if count.unit else count.kind, count.unit


def _by_place(series: Series, count: Count, lands: set[str]) -> float:
    sites = {place for place in count.places if place.startswith("at ")}
    places = count.places - sites
    theirs = {place for place in series.places if not place.startswith("at ")}
    tie = 0.0
    if count.state != "sheltered" and sites != series.places - theirs:
        tie -= 3.0
    if places & theirs:
        tie += 2.0
    elif places and theirs:
        tie -= 2.5
    elif not places and lands & theirs:
        tie += 1.5
    return tie


def _by_sentence(series: Series, count: Count) -> float:
    """Weigh what else the same sentence counts: "27 there and two here" are two counts."""
    beside = [
        one
        for one in series.lately
        if one.report == count.report and one.sentence == count.sentence and not _meet(one, count)
    ]
    if not beside:
        return 0.0
    two_places = any(
        one.places and count.places and not one.places & count.places for one in beside
    )
    two_voices = {one.source for one in beside} != {count.source}
    return 1.5 if two_voices and not two_places else -3.0


def _by_words(series: Series, count: Count, equal: bool, earlier: bool) -> float:
    """Weigh the words around, where no state says what is counted."""
    alike = max(_alike(one.about, count.about) for one in series.lately)
    noun = bool(count.kind) and count.kind == series.first.kind
    if count.unit and not count.state:
        return _by_owner(series, count, alike, equal=equal, earlier=earlier)
    if count.state:  # money that was promised: by whom is all that matters
        return (1.0 if alike >= ALIKE or earlier or equal else -2.0) - (
            1.5 if not equal and not earlier and _leap(series.last, count) > LEAP else 0.0
        )
    if equal:
        return 0.5 if alike or earlier or noun else -3.5
    if earlier:
        return 1.0 if noun or alike >= ALIKE else -3.0
    return 0.5 if alike >= ALIKE and (noun or not count.kind) else -3.0


def _by_owner(series: Series, count: Count, alike: float, *, equal: bool, earlier: bool) -> float:
    """Weigh whose share or sum it is: two who stand for office have each a share of the votes."""
    kinds = {one.kind for one in series.lately if one.kind}
    if count.kind and kinds and not any(count.kind & kind for kind in kinds):
        return -3.5
    far = _leap(series.last, count) > LEAP and not equal
    if count.unit != "percent" and (far or not (equal or earlier or alike >= ALIKE)):
        return -3.5  # two lengths or sums of one thing are told by one, or in the same words
    owners = [one.whose for one in series.lately if one.whose]
    if count.whose and owners:
        shared = max(len(count.whose & one) / min(len(count.whose), len(one)) for one in owners)
        if shared >= ALIKE:
            return 1.0
        return 0.5 if equal and alike else -3.0
    if equal:
        bare = not count.kind and not count.whose
        return 0.5 if alike or (count.kind and kinds) or (bare and earlier) else -3.5
    return 1.0 if alike >= ALIKE or (earlier and not count.whose and not owners) else -3.0


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    fewer = min(len(one), len(other))
    shared = len(one & other)
    return shared / fewer if shared > 1 else 0.0


def _move(series: Series, count: Count) -> tuple[Move, Count]:
    mine = series.last_of(count) or next(
        (one for one in reversed(series.lately) if one.source and _one_side(one, count)), None
    )
    same = [one for one in series.lately if _equal(one, count)]
    if same and (mine is None or _equal(mine, count) or _equal(series.last, count)):
        return "same", same[-1]
    against = mine or series.last
    if mine is None and count.source:
        others = [one for one in series.lately if one.source and days_between(one, count) == 0]
        if others and not _meet(others[-1], count):
            return "conflict", others[-1]
    if _value(count) == _value(against):
        return "same", against
    return ("rose" if _value(count) > _value(against) else "fell"), against


def _in_the_same_words(series: Series, count: Count) -> bool:
    """Say whether its source has said the same of this series with another number."""
    earlier = series.last_of(count)
    shared = earlier.about & count.about if earlier is not None else frozenset()
    return len(shared) >= 3 and shared in (count.about, earlier.about if earlier else None)


def _one_side(one: Count, other: Count) -> bool:
    """Say whether both speak for the authorities of one land, as far as is told."""
    lands = lands_of(one.speaker, one.source), lands_of(other.speaker, other.source)
    apart = bool(lands[0] and lands[1] and not lands[0] & lands[1])
    return not apart and all(_official(each) for each in (one, other))


def _official(count: Count) -> bool:
    speaker = count.speaker
    told = f"{speaker.role or ''} {speaker.name or ''}" if speaker is not None else ""
    state = speaker is not None and speaker.kind == "state"
    return state or bool(OFFICIAL.search(f"{told} {count.source}"))


OFFICIAL = re.compile(
    r"\b(?:president|minister|ministry|ministries|government|governor|mayor|police|official"
    r"|officials|authorit(?:y|ies)|service|agency|department|civil protection|military|army"
    r"|spokes(?:man|woman|person)|chief|commissioner|prime|state|national|defen[cs]e)\b",
    re.IGNORECASE,
)


def _falls(series: Series, count: Count) -> bool:
    """Say whether a count that can only grow is lower, and neither revised nor another's."""
    against = series.last_of(count) or series.last
    if _value(count) >= _value(against) or count.revised:
        return False
    if _is_event(count):
        return True
    rival = bool(count.source) and series.last_of(count) is None and bool(series.sources)
    return not (rival and _leap(against, count) < LEAP)


def _is_event(count: Count) -> bool:
    """Say whether a few were found, which is no toll: "six bodies were found overnight"."""
    return count.state in GROWING and bool(count.about & _FOUND) and count.figure.bound == "exactly"


_FOUND = frozenset(terms("found recovered pulled washed"))


def _office(count: Count) -> frozenset[str]:
    told = (count.speaker.role or "") if count.speaker is not None else ""
    if count.speaker is None or count.speaker.kind != "person":
        told = f"{told} {count.source}"
    return frozenset(terms(told)) - _RANKS


_RANKS = frozenset(
    terms("head chief director minister president prime spokeswoman spokesman deputy")
)


def _value(count: Count) -> float:
    return count.high if count.high is not None else count.low or 0.0


def _order(count: Count) -> tuple[str, str, int]:
    published = count.published.isoformat() if count.published else ""
    return published, count.report, count.figure.span.start


def _says_again(series: Series, count: Count) -> bool:
    """Say whether the source of `count` gave the same number for this series on the same day."""
    earlier = series.last_of(count)
    return earlier is not None and _equal(earlier, count) and days_between(earlier, count) < NEAR


def _equal(one: Count, other: Count) -> bool:
    return _value(one) == _value(other)


def _leap(one: Count, other: Count) -> float:
    a, b = _value(one) or 1.0, _value(other) or 1.0
    return max(a, b) / min(a, b)


def _meet(one: Count, other: Count) -> bool:
    """Say whether a number lies within the bounds of both."""
    low = max(one.low or 0.0, other.low or 0.0)
    high = min(
        one.high if one.high is not None else float("inf"),
        other.high if other.high is not None else float("inf"),
    )
    return low <= high


def days_between(one: Count, other: Count) -> int:
    """Return how many days apart two figures hold; 0 where one has no day."""
    days = [
        each.day or (each.published.date() if each.published else None) for each in (one, other)
    ]
    return abs((days[0] - days[1]).days) if days[0] and days[1] else 0
