"""The day on which it was said, where a time expression says so.

A time inside the content is the day of what is told, not of the telling; a time that stands with
the cue or with the channel is the day of the telling. With two candidates of different days that
stand equally near there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sayso.extract.around.place import Place
from sayso.records import Attribution, Span, TimeExpression

_BREAKS = frozenset("who which when after before because where since and but".split())
NEAR = 60  # characters between the cue or the channel and its time: about ten words


def day_of(
    place: Place,
    channel: Span | None,
    times: Sequence[TimeExpression],
    others: Sequence[Attribution],
) -> date | None:
    """Return the day that the sentence gives for the telling; None where it gives none.

    `others` are the report's attributions: a time that stands nearer to another cue, or inside
    what another one tells, is theirs.
    """
    anchors = [place.cue] + ([channel] if channel is not None else [])
    near: list[tuple[int, date]] = []
    span = place.span
    for time in times:
        if not span.holds(time.span):
            continue
        day = _day(time)
        if day is None:
            continue
        if place.in_content(time.span.start) or place.quoted(time.span.start):
            continue
        distance = min(_gap(anchor, time.span) for anchor in anchors)
        if distance <= NEAR and not (
            _other_clause(place, anchors, time.span)
            or _is_theirs(place, time.span, distance, others)
        ):
            near.append((distance, day))
    near.sort()
    if not near or (len(near) > 1 and near[0][0] == near[1][0] and near[0][1] != near[1][1]):
        return None
    return near[0][1]


def _day(time: TimeExpression) -> date | None:
    if time.type not in ("DATE", "TIME") or "W" in time.value:
        return None  # a week is no day, though ISO 8601 lets it stand for its Monday
    try:
        return date.fromisoformat(time.value[:10])
    except ValueError:
        return None  # a month, "PAST_REF"


def _gap(one: Span, other: Span) -> int:
    if one.meets(other):
        return 0
    return other.start - one.end if other.start >= one.end else one.start - other.end


def _is_theirs(place: Place, time: Span, distance: int, others: Sequence[Attribution]) -> bool:
    for other in others:
        if other.cue is None or other.cue == place.cue or not place.span.holds(other.cue):
            continue
        if any(span.holds(time) for span in other.content) or _gap(other.cue, time) < distance:
            return True
    return False


def _other_clause(place: Place, anchors: list[Span], time: Span) -> bool:
    """A relative clause or a conjunction stands between: "Ames, who left on Monday, said"."""
    nearest = min(anchors, key=lambda anchor: _gap(anchor, time))
    start, end = sorted((nearest, time), key=lambda span: span.start)
    between = place.text[start.end : end.start].lower()
    words = set(between.replace(",", " ").split())
    if words & _BREAKS:
        return True
    if time.end <= nearest.start:
        lead = place.text[place.span.start : time.start].lower().replace(",", " ").split()
        return bool({"who", "which", "after", "before", "since"} & set(lead))
    return False
