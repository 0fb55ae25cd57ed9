"""The grammar of time expressions: one regular expression over the classes of the words.

Each token is written as one character that stands for its class, so a report becomes a string
of a thousand characters, which one compiled expression scans once; the name of the branch that
matched says which rule reads the phrase. No branch repeats without a bound, so the scan is linear.
The order matters: what comes first takes the words, the longer readings therefore first.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from sayso.extract.times import lengths, points, relative, seasons
from sayso.extract.times.phrase import Phrase, Told
from sayso.records import TimeExpression

Rule = Callable[[Phrase, Told], list[TimeExpression] | None]

_MONTH = "(month|maymonth) dot?"
_EDGE = "((early|late|mid|earlier|later) hyphen? in?)?"
_EDGE_OF = "((the? (start|end|mid) of)|((early|late|mid|earlier|later) hyphen? in?))?"
_ABOUT = "(about? (more than|at least|up to|about))?"
_COUNT = (
    "(num (and a half)?|a couple of?|couple of?|a some|some|half a|a half|a|num (to|or|hyphen) num)"
)
_CLOCK = "(clock ampm? dot? zone?|num ampm dot? zone?|noon)"
_SIDE = "(last|past|this|next|coming|previous|following|that|same|reference)"
_UNIT = "(unit|units|quarter|quarters)"

RULES: tuple[tuple[str, str, Rule], ...] = (
    ("iso", "iso", points.iso),
    ("slash", "slash", points.slash),
    (
        "clock",
        f"{_CLOCK} (comma? on? (weekday|dayref))?|(weekday|dayref) (comma|at)? {_CLOCK}",
        points.clock,
    ),
    (
        "week_of",
        f"the unit of {_MONTH} num",
        relative.week_of,
    ),
    (
        "month_day",
        f"((weekday|sun) dot? comma?)? {_EDGE} (last|this|next|past)? {_MONTH} (num|ord)"
        f"(comma? of? year|(hyphen|to) num (comma year)?|(comma num)? and num (comma year)?)?"
        f"|((weekday|sun) dot? comma?)? the? (num|ord) ((hyphen|and|to) (num|ord))? of? {_MONTH}"
        "(comma? year)?",
        points.month_day,
    ),
    (
        "month",
        f"{_EDGE_OF} (the? (last|past|this|next|coming))? {_MONTH} (comma? of? year)"
        f"|{_EDGE_OF} {_MONTH} of? (last|this|next) unit"
        f"|{_EDGE_OF} (the? (last|past|this|next|coming))? {_MONTH}",
        points.month,
    ),
    (
        "every",
        "(each|every) (other|num|ord)? (unit|units|quarter|weekday|part|season|weekend)",
        lengths.every,
    ),
    ("every_part", "weekdays|weekday hyphen? parts", lengths.every),
    (
        "weekday_of_week",
        "weekday of? (last|past|this|next|coming) unit",
        points.weekday_of_week,
    ),
    (
        "weekday",
        f"{_EDGE} (the? (last|past|this|next|coming|previous|following))? weekday"
        "((early|late|mid)? hyphen? (part|noon))?",
        points.weekday,
    ),
    (
        "dayref",
        "(early|late|mid)? hyphen? part dayref"
        f"|{_EDGE} dayref ((early|late|mid)? hyphen? (part|noon))?",
        points.dayref,
    ),
    (
        "part_of_day",
        f"{_EDGE} (this|that|last|the (next|following|previous|same)|the) (early|late|mid)? hyphen?"
        " part|overnight",
        points.part_of_day,
    ),
    ("day_beside", "the unit (before|after) dayref|the unit (before|after)", relative.day_beside),
    (
        "quarter",
        "(the|its|this|a|at)? (year|(this|last|next) unit mark s|unit hyphen? (ago|earlier))?"
        " fiscal? hyphen? ord hyphen? (quarter|half) (of? (fiscal? year|(last|this|next) unit))?"
        "|q (comma? of? year)?|year q",
        relative.quarter,
    ),
    (
        "known_quarter",
        "(the|its) (latest|year|corresponding|unit hyphen? (ago|earlier))? (quarter|period)"
        "((of)? (last unit|year))?",
        relative.known_quarter,
    ),
    ("year_end", "unit hyphen? end", relative.year_end),
    ("year_ago", "unit hyphen (ago|earlier)", relative.year_ago),
    (
        "ago",
        f"{_ABOUT} {_COUNT} {_UNIT} (ago|earlier|later|before now|from (now|dayref))|{_UNIT} (ago)",
        relative.ago,
    ),
    (
        "past_span",
        f"(the|this)? (last|past|next|coming|previous|following|ord) {_COUNT} (more|adjective)?"
        f" {_UNIT}",
        lengths.duration,
    ),
    (
        "recent_units",
        "the? (reference|past|last|coming|next|previous|following) (units|quarters)",
        lengths.vague_units,
    ),
    (
        "relative_unit",
        f"{_EDGE_OF} the? {_SIDE} (same|full|fiscal|reference)? (unit|quarter|weekend)",
        relative.relative_unit,
    ),
    ("these_days", "these units|future (units|quarters)", relative.reference),
    ("century", f"the? {_EDGE} ord hyphen? unit", relative.century),
    ("decade", f"the? {_EDGE} decade", seasons.decade),
    (
        "season",
        f"{_EDGE_OF} (the|last|past|this|next|coming){{0,2}} season"
        "(of? (year|(last|this|next) unit))?",
        seasons.season,
    ),
    ("holiday", "(last|this|next|past|coming)? holiday eve? year?", seasons.holiday),
    (
        "year",
        f"({_EDGE_OF} fiscal?|the unit) year (hyphen year)?",
        points.year,
    ),
    ("short_year", "mark num", points.short_year),
    ("one_unit", "(a|per) (unit|quarter)(?!and a half|hyphen (ago|earlier))", lengths.one_unit),
    (
        "duration",
        "the? (latest|unit hyphen (ago|earlier)) num adjective? units"
        "|the num (more|full|adjective)? units"
        f"|{_ABOUT} {_COUNT} (more|full|adjective)? hyphen? {_UNIT} (?!hyphen (ago|earlier))"
        "(and a half)?",
        lengths.duration,
    ),
    ("the_unit", "the (full|fiscal)? (unit(?!hyphen? (ago|earlier))|weekend)", relative.the_unit),
    ("bare_units", "units", lengths.bare_units),
    ("rate", "rate", lengths.rate),
    ("reference", "the near? (future|past)|the near term|now|reference", relative.reference),
)


def _symbols() -> dict[str, str]:
    names = sorted({name for _, pattern, _ in RULES for name in re.findall("[a-z]+", pattern)})
    return {name: chr(0x100 + place) for place, name in enumerate(names)}


def _compiled(pattern: str) -> str:
    in_symbols = re.sub("[a-z]+", lambda name: _SYMBOL[name[0]], pattern)
    return re.sub(r"\((?!\?)", "(?:", in_symbols.replace(" ", ""))


_SYMBOL = _symbols()
_NO_CLASS = "\x00"
_GRAMMAR = re.compile("|".join(f"(?P<{name}>{_compiled(pattern)})" for name, pattern, _ in RULES))
_RULE = {name: rule for name, _, rule in RULES}
# Every expression holds one of these classes; where none stands, the grammar need not look.
_TELLING = (
    "unit units quarter quarters weekend weekday weekdays month maymonth year decade season holiday"
    " dayref part parts noon overnight reference now future past rate clock iso slash q num"
).split()
_STRETCH = re.compile(f"[^{_NO_CLASS}]+")
_HOLDS = re.compile("[" + "".join(_SYMBOL[name] for name in _TELLING) + "]")


def scan(phrase: Phrase, told: Told) -> list[TimeExpression]:
    """Return the time expressions of `phrase`, in text order."""
    symbols = "".join([_SYMBOL.get(name, _NO_CLASS) for name in phrase.classes])
    found: list[TimeExpression] = []
    for stretch in _STRETCH.finditer(symbols):
        here, end = stretch.span()
        while _HOLDS.search(symbols, here, end) and (match := _GRAMMAR.search(symbols, here, end)):
            assert match.lastgroup is not None
            here = match.end()
            made = _RULE[match.lastgroup](phrase.part(match.start(), match.end()), told)
            if made is None:
                here = match.start() + 1  # a shorter phrase may begin within
            else:
                found.extend(made)
    return found
