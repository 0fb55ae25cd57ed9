"""Our own words around the words that were said, the same in every form of a briefing.

Rule: a phrase here is made of what a record holds; it never rewords what somebody said.
All hours are in UTC; a day near the briefing's own is given without its year.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

from sayso.brief.records import Carrier, FigurePoint, Line, Quote
from sayso.records import Independence, Modality

NOT_SAID: dict[Modality, str] = {
    "asserted": "",
    "negated": "reported as not said",
    "hypothetical": "reported as something that might be said",
    "future": "reported as something that will be said",
    "asked": "reported as a question",
}

STATES = {
    "new": "",
    "repeated": "",
    "changed": "changed",
    "disputed": "disputed",
    "corrected": "corrected",
    "withdrawn": "withdrawn",
}

ORIGIN_KINDS = {
    "agency": "agency",
    "owner": "outlets of one owner",
    "copy": "copied from one report",
    "outlet": "outlet",
}

DOUBTS = {
    "undated": "gives no date",
    "future": "dated after it was read",
    "redated": "dated otherwise elsewhere",
    "zoneless": "hour without a zone, taken as UTC",
    "dayless": "hour unknown",
}

BOUNDS: dict[str, Callable[[str, str], str]] = {
    "exactly": lambda low, high: low or high,
    "at_least": lambda low, high: f"at least {low or high}",
    "at_most": lambda low, high: f"{high or low} at most",
    "more_than": lambda low, high: f"more than {low or high}",
    "less_than": lambda low, high: f"less than {high or low}",
    "about": lambda low, high: f"about {low}" if low == high else f"about {low or high}",
    "between": lambda low, high: f"{low} to {high}" if low and high else low or high,
}

WITNESSES = (
    "Several sources of one remark are witnesses that it was said: they do not confirm what was"
    " said."
)

NAMED_ORIGINS = 3
"""Origins named beside a line; the rest are counted there and named in its evidence."""


# Tabs and line ends are read as the space that they print as; a carriage return would be read
# back from a file as another character. Noncharacters are forbidden in HTML.
_BLANK = re.compile("[\t\n\r]")
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)


def visible(text: str) -> str:
    """Return `text` with what no page or terminal may carry shown as U+FFFD.

    Control characters command terminals and end HTML; half a surrogate pair has no UTF-8.
    """
    return _UNSEEN.sub("\ufffd", _BLANK.sub(" ", text))


def count(number: int, one: str, many: str | None = None) -> str:
    """Return "1 report", "23 reports"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def clock(when: datetime | None, *, near: datetime | None = None, dayless: bool = False) -> str:
    """Return the hour, with the day when it is not that of `near`; "undated" for None."""
    if when is None:
        return "undated"
    when = when.astimezone(UTC)
    if dayless:
        return short_day(when.date(), near=near)
    hour = f"{when:%H:%M}"
    if near is not None and when.date() == near.astimezone(UTC).date():
        return hour
    return f"{short_day(when.date(), near=near)} {hour}"


def moment(when: datetime | None, *, dayless: bool = False) -> str:
    """Return day and hour in full, with the zone."""
    if when is None:
        return "undated"
    when = when.astimezone(UTC)
    return long_day(when.date()) if dayless else f"{long_day(when.date())}, {when:%H:%M} UTC"


def updated(when: datetime | None) -> str:
    """Return when a briefing was last moved: "updated 21 September, 14:05 UTC"."""
    return "undated" if when is None else f"updated {moment(when)}"


def stamp(when: datetime) -> str:
    """Return a moment for machines, to the minute: "2022-09-21T14:05Z"."""
    return f"{when.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def short_day(day: date, *, near: datetime | None = None) -> str:
    """Return "21 Sep", with the year when it is not that of `near`."""
    year = "" if near is not None and near.year == day.year else f" {day.year}"
    return f"{day.day} {day:%b}{year}"


def long_day(day: date, *, near: datetime | None = None) -> str:
    """Return "21 September", with the year when it is not that of `near`."""
    year = "" if near is not None and near.year == day.year else f" {day.year}"
    return f"{day.day} {day:%B}{year}"


def sources(independence: Independence) -> str:
    """Return how many independent sources carry a line: "1 independent source", "2 to 4 …"."""
    if independence.low == independence.high:
        return count(independence.low, "independent source")
    return f"{independence.low} to {independence.high} independent sources"


def origins(independence: Independence) -> str:
    """Return the names of the first origins and how many more there are."""
    names = [origin.name for origin in independence.origins]
    named, more = names[:NAMED_ORIGINS], len(names) - NAMED_ORIGINS
    return ", ".join(named) + (f" and {more} more" if more > 0 else "")


def who(line: Line) -> str:
    """Return the speaker's name, or the words that stand for an unnamed one."""
    if line.speaker is not None and line.speaker.name:
        return line.speaker.name
    if line.source is not None:
        return " ".join(line.source.words)
    return f"{line.outlet} does not say who"


def said_how(line: Line) -> str:
    """Return cue, addressee and channel as printed: "told Radio Ashvale in an address"."""
    parts = (line.cue, *beside(line))
    return " ".join(word for part in parts if part is not None for word in part.words)


def beside(line: Line) -> tuple[Quote, ...]:
    """Return addressee and channel in the order of reading, no word of them twice.

    "in an interview with Radio Ashvale" names the addressee already. What stands before the cue
    is read after it: "said" comes first.
    """
    cue = line.cue.spans[0].start if line.cue is not None else 0
    parts = [part for part in (line.addressee, line.channel) if part is not None]
    if len(parts) == 2:
        to, by = parts
        parts = [by] if _within(to, by) else [to] if _within(by, to) else parts
    return tuple(sorted(parts, key=lambda part: (part.spans[0].start < cue, part.spans[0].start)))


def _within(part: Quote, other: Quote) -> bool:
    return part.report == other.report and all(
        any(span.start <= mine.start and mine.end <= span.end for span in other.spans)
        for mine in part.spans
    )


def modality(line: Line) -> str:
    """Return what keeps the line from being shown as said; empty when nothing does."""
    return NOT_SAID[line.modality]


def state(line: Line) -> str:
    """Return what became of the line; empty when nothing did."""
    return STATES[line.state] or ("disputed" if line.disputes else "")


def opens(line: Line) -> bool:
    """Tell whether the words begin inside a sentence, so that a gap must be shown."""
    return bool(line.quote.words) and line.quote.words[0].lstrip("“\"‘'«„")[:1].islower()


def closes(line: Line) -> bool:
    """Tell whether the words break off inside a clause, so that a gap must be shown.

    A comma, a stop or a quotation mark ends the clause; what follows it is not cut off.
    """
    last = line.quote.words[-1][-1:] if line.quote.words else ""
    return last.isalnum() and line.after.lstrip()[:1].isalnum()


def bare(line: Line) -> bool:
    """Tell whether the words are the speaker's own and stand there without quotation marks."""
    first = line.quote.words[0][:1] if line.quote.words else ""
    return line.manner == "direct" and first not in "“\"‘'«„‚‹”’—"


def number(value: float) -> str:
    """Return a number with thousands kept apart and no more decimals than it has."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.10g}"


def value(point: FigurePoint, unit: str | None) -> str:
    """Return a figure with its bound and unit: "300,000 at most", "about 4.5 percent"."""
    low = "" if point.low is None else number(point.low)
    high = "" if point.high is None else number(point.high)
    if not low and not high:
        return " ".join(point.quote.words)
    bounded = BOUNDS[point.bound](low, high) if point.bound in BOUNDS else low or high
    return f"{bounded} {unit}" if unit else bounded


def gave(point: FigurePoint, line: Line | None) -> str:
    """Return who gave a figure: its speaker, the words for an unnamed one, the outlet itself."""
    return point.speaker or (who(line) if line is not None else "the outlet’s own")


def shared(carrier: Carrier) -> str:
    """Return how much of a report was copied; empty when nothing is known to be."""
    if carrier.copied_from is None:
        return ""
    copied = count(len(carrier.passages), "passage") if carrier.passages else ""
    return " in ".join(part for part in (f"{carrier.shared:.0%} copied", copied) if part)


def worded(carrier: Carrier) -> str:
    """Return how a carrier words what was said, and how sure it is that it is the same."""
    if carrier.wording in (None, "identical"):
        return ""
    how = "fewer or more of the words" if carrier.wording == "trimmed" else "in other words"
    return f"{how}, {confidence(carrier.sure)} sure that it is the same"


def place_is_inferred(place: str, line: Line) -> bool:
    """Tell whether no printed word that names the speaker holds the place."""
    source = " ".join(line.source.words) if line.source is not None else ""
    role = line.speaker.role or "" if line.speaker is not None else ""
    return place.casefold() not in f"{source} {role}".casefold()


def confidence(value: float) -> str:
    return f"{value:.0%}"
