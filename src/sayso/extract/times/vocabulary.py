"""The words that time expressions are made of, each with its class.

A class is a word of the grammar; a token gets one class, and "other" when it is no such word.
What a word means beyond its class (which month, which unit) is in the tables here.

It does not decide whether a word in its place is about time: "May" may be a month.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.extract.numerals import Token

WEEKDAYS = {
    word: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tue tues",
            "wednesday wed",
            "thursday thu thur thurs",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for word in names.split()
}
MONTHS = {
    word: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for word in names.split()
}
UNITS = {
    word: code
    for code, names in {
        "S": "seconds sec secs",
        "TM": "minute minutes min mins",
        "H": "hour hours hr hrs",
        "D": "day days",
        "W": "week weeks",
        "2W": "fortnight fortnights",
        "M": "month months",
        "Q": "quarter quarters",
        "Y": "year years yr yrs",
        "10Y": "decade decades",
        "100Y": "century centuries",
    }.items()
    for word in names.split()
}
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
PARTS = {
    word: code
    for code, names in {
        "MO": "morning mornings dawn daybreak sunrise",
        "AF": "afternoon afternoons",
        "EV": "evening evenings dusk sunset",
        "NI": "night nights overnight",
        "T12:00": "noon midday",
        "T24:00": "midnight",
        "DT": "daytime",
    }.items()
    for word in names.split()
}
DAYS_FROM_TODAY = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
REFERENCES = {
    word: value
    for value, names in {
        "PRESENT_REF": "now currently current nowadays presently",
        "PAST_REF": "recently recent lately",
        "FUTURE_REF": "soon",
    }.items()
    for word in names.split()
}
RATES = {
    "hourly": "PT1H",
    "daily": "P1D",
    "nightly": "P1D",
    "weekly": "P1W",
    "fortnightly": "P2W",
    "monthly": "P1M",
}

UNIT = ("unit", "units", "quarter", "quarters")
"""The classes whose words are keys of `UNITS`."""

_CLASSES = {
    word: name
    for name, words in {
        "the": "the",
        "a": "a an",
        "this": "this",
        "these": "these",
        "that": "that those",
        "last": "last",
        "past": "past",
        "previous": "previous prior preceding",
        "next": "next",
        "coming": "coming upcoming",
        "following": "following ensuing",
        "same": "same",
        "each": "each every",
        "other": "other",
        "early": "early",
        "late": "late",
        "mid": "mid middle",
        "start": "start beginning",
        "end": "end",
        "ago": "ago",
        "earlier": "earlier",
        "later": "later",
        "before": "before",
        "after": "after",
        "from": "from",
        "some": "several few many some",
        "couple": "couple",
        "of": "of",
        "in": "in during",
        "for": "for",
        "on": "on",
        "at": "at",
        "prep": "by since until till through within throughout toward towards over",
        "and": "and",
        "or": "or",
        "to": "to through",
        "about": "about around almost nearly approximately roughly over under",
        "more": "more less fewer",
        "than": "than",
        "least": "least most",
        "full": "full entire whole",
        "fiscal": "fiscal financial",
        "half": "half",
        "ampm": "am pm a.m p.m",
        "zone": "est edt et gmt utc bst cet cest pst pdt pt cst cdt msk local",
        "period": "period",
        "latest": "latest",
        "corresponding": "corresponding comparable",
        "weekend": "weekend weekends",
        "old": "old",
        "times": "times",
        "per": "per",
        "holiday": "christmas easter thanksgiving halloween",
        "eve": "eve",
        "s": "s",
        "near": "near short foreseeable distant not-too-distant",
        "term": "term",
        "adjective": "trading business working consecutive straight additional calendar extra long",
        "its": "its their his her our",
        "once": "once twice",
        "q": "q1 q2 q3 q4 h1 h2",
    }.items()
    for word in words.split()
}
_CLASSES |= {word: "units" if word.endswith("s") else "unit" for word in UNITS}
_CLASSES |= {"quarter": "quarter", "quarters": "quarters"}
_CLASSES |= dict.fromkeys(SEASONS, "season")
_CLASSES |= {word: "parts" if word.endswith("s") else "part" for word in PARTS}
_CLASSES |= dict.fromkeys(("noon", "midday", "midnight"), "noon")
_CLASSES["overnight"] = "overnight"
_CLASSES |= dict.fromkeys(DAYS_FROM_TODAY, "dayref")
_CLASSES |= dict.fromkeys(REFERENCES, "reference")
_CLASSES["now"] = "now"
_CLASSES["future"] = "future"
_CLASSES |= dict.fromkeys(RATES, "rate")
_SIGNS = {
    "-": "hyphen",
    "‐": "hyphen",
    "‑": "hyphen",
    "–": "hyphen",
    "—": "hyphen",
    ",": "comma",
    ".": "dot",
    "'": "mark",
    "’": "mark",
    "`": "mark",
}
_NAMES = MONTHS.keys() | WEEKDAYS.keys() | {day + "s" for day in WEEKDAYS if day.endswith("day")}
_FULL_MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)
# Names of days and months that are other words too; they need a sign that a day is meant.
_DOUBTFUL_DAYS = frozenset(("mon", "wed", "sat", "sun", "fri", "tue", "thu"))
_DOUBTFUL_MONTHS = frozenset(("may", "march", "mar", "august"))


def classes_of(tokens: Sequence[Token], text: str) -> list[str]:
    """Return the class of each token; "other" for what no time expression holds."""
    classes = [
        _CLASSES.get(token.word, "other")
        if token.kind == "word" and token.word not in _NAMES
        else _special_class(token, text)
        for token in tokens
    ]
    for place, name in enumerate(classes):
        if name == "dot" and place and tokens[place - 1].word in _FULL_MONTHS:
            classes[place] = "stop"  # after a full name it ends the sentence
        elif name == "num" and place and _tells_year(tokens[place - 1], classes[place - 1]):
            value = tokens[place].value
            if value and 1990 <= value <= 2050:
                classes[place] = "year"  # "the year two thousand", "May two thousand and five"
    return classes


def _tells_year(before: Token, name: str) -> bool:
    return before.word == "year" or name in ("month", "maymonth")


def _special_class(token: Token, text: str) -> str:
    """Return the class of a name of a day or month, a number or a sign."""
    if token.kind == "word":
        word = token.word
        if not text[token.start].isupper():
            return _CLASSES.get(word, "other")
        if word in MONTHS:
            return "maymonth" if word in _DOUBTFUL_MONTHS else "month"
        if word in WEEKDAYS:
            return "sun" if word in _DOUBTFUL_DAYS else "weekday"
        return "weekdays"
    if token.kind == "number":
        return "year" if is_year(token, text) else "num"
    if token.kind == "ordinal":
        return "ord"
    return _SIGNS.get(token.word, "other") if token.kind == "sign" else token.kind


def is_year(token: Token, text: str) -> bool:
    """Whether `token` looks like a year: four bare digits, or two words as in "nineteen ten"."""
    if token.value is None or not 1000 <= token.value <= 2100 or token.value % 1:
        return False
    written = text[token.start : token.end]
    if token.spelled:
        return "hundred" not in written.lower() and "thousand" not in written.lower()
    return written.isascii() and written.isdigit() and not touches_sign(token, text)


def touches_sign(token: Token, text: str) -> bool:
    """Whether a currency sign or a letter stands right before the number, as in "$2000"."""
    before = text[max(0, token.start - 2) : token.start].strip()[-1:]
    return (before in "$£€¥#" and before != "") or text[token.start - 1 : token.start].isalpha()
