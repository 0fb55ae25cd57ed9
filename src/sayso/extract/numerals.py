"""The words of a report, with the numbers among them read: what times and figures start from.

A token is a word, a number or a sign; "two hundred and five", "nineteen ninety-six" and
"3.5 million" are one token each, with the number they say.
Every token is a stretch of the text as published; nothing is normalised but its case.

It does not say whether a number is a year, a rank or a toll.
"""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from typing import Literal, NamedTuple, cast

Kind = Literal["word", "number", "ordinal", "iso", "slash", "clock", "decade", "break", "sign"]


class Token(NamedTuple):
    """A word, number or sign of a text. `word` is lower case; `value` is what a number says."""

    start: int
    end: int
    kind: Kind
    word: str
    value: float | None = None
    spelled: bool = False  # said in words throughout: "two hundred"


_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL = {word: float(number) for number, word in enumerate(_UNITS)} | {
    word: 10.0 * number for number, word in enumerate(_TENS, start=2)
}
_ORDINALS = {
    word: float(number)
    for number, word in enumerate(
        (
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
            " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
        ).split(),
        start=1,
    )
} | {word[:-1] + "ieth": 10.0 * number for number, word in enumerate(_TENS, start=2)}
MAGNITUDES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "crore": 1e7,
    "lakh": 1e5,
}
_GLUED = {"m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12, "k": 1e3, "trn": 1e12}
_NUMBER_WORDS = _SMALL | MAGNITUDES
_NUMBERS_IN_WORDS = _NUMBER_WORDS.keys() | _ORDINALS.keys()
_FRACTION_SIGNS = {
    "¼": 0.25,
    "½": 0.5,
    "¾": 0.75,
    "⅓": 1 / 3,
    "⅔": 2 / 3,
    "⅕": 0.2,
    "⅛": 0.125,
}

# Most particular first, but words before all that begins with a digit: they are the most.
# No two repeats stand next to each other over the same characters, so a long run of digits or
# blanks is read once.
_TOKEN = re.compile(
    r"""
      (?P<tens>[TtFfSsEeNn][a-z]{2,4}ty\ ?[-‐‑]\ ?
        (?:one|two|three|four|five|six|seven|eight|nine
          |first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b)
    | (?P<word>[QH][1-4]\b|[^\W\d_¼½¾⅓⅔⅕⅛]+(?:\.[^\W\d_](?![^\W\d_]))*)
    | (?P<iso>\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?)?(?![\d-]))
    | (?P<slash>\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)(?![\d/])|\d{1,2}\.\d{1,2}\.\d{4}(?![\d.]*\d))
    | (?P<clock>(?:[01]?\d|2[0-4])
        (?::[0-5]\d(?::[0-5]\d)?(?![\d:])|\.[0-5]\d(?=\s?[apAP]\.?[mM]\b)))
    | (?P<decade>(?:1[0-9]|20)\d0['’]?s\b|['’`]\d0['’]?s\b)
    | (?P<ordinal>\d{1,3}(?:st|nd|rd|th)\b)
    | (?P<part>(?:\d{1,9}[\ -])?(?:1/[23458]|2/[35]|3/[458]|4/5|[57]/8)(?![\d/]))
    | (?P<number>\d{1,3}(?:[,\u00a0\u202f\u2009]\d{3})+(?:\.\d+)?(?!\d)
        |\d{1,2}(?:,\d\d)+,\d{3}(?!\d)|\d+(?:\.\d+)?|[¼½¾⅓⅔⅕⅛])
    | (?P<break>\n[^\S\n]*\n\s*|\u2029)
    | (?P<sign>[^\s\w]|_)
    """,
    re.VERBOSE,
)
_TENS_WORD = re.compile(r"\W+")
_GROUPING = re.compile("[,\u00a0\u202f\u2009]")
_LONGEST = 12  # words of one number; more is no number but a stuck key
_TIGHT = frozenset(("", " ", "\n", "\u00a0", "\u202f", "\u2009", "-", "\u2010", "\u2011"))


def reads(language: str) -> bool:
    """Whether reports in `language` (BCP 47) are read: English, and what could not be told.

    In others "300.000" is no three hundred, and a wrong number is worse than none.
    """
    return language.partition("-")[0].lower() in ("en", "und")


@lru_cache(maxsize=4)  # times and figures of one report read the same tokens
def read_tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of `text` in order; a number said in several words is one token.

    Words are interned: a desk holds those of many thousand statements.
    """
    raw = [
        Token(*match.span(), "word", word)
        if match.lastgroup == "word"
        and (word := sys.intern(match[0].lower())) not in _NUMBERS_IN_WORDS
        else _special_token(match)
        for match in _TOKEN.finditer(text)
    ]
    tokens: list[Token] = []
    here = 0
    while here < len(raw):
        token = raw[here]
        after = here + 1 if token.value is None else _run_end(raw, here, text)
        tokens.append(token if after == here + 1 else _joined(raw[here:after]))
        here = after
    return tuple(tokens)


def _special_token(match: re.Match[str]) -> Token:
    """Make the token of anything but a plain word."""
    start, end = match.span()
    word = match[0].lower()
    kind = match.lastgroup
    if kind == "tens":
        tens, unit = _TENS_WORD.split(word)
        if tens not in _SMALL:  # "safety-first"
            return Token(start, end, "word", word)
        if unit in _ORDINALS:
            return Token(start, end, "ordinal", word, _SMALL[tens] + _ORDINALS[unit], spelled=True)
        return Token(start, end, "number", word, _SMALL[tens] + _SMALL[unit], spelled=True)
    if kind == "word":
        if (number := _NUMBER_WORDS.get(word)) is not None:
            return Token(start, end, "number", word, number, spelled=True)
        return Token(start, end, "ordinal", word, _ORDINALS[word], spelled=True)
    if kind == "number":
        value = _FRACTION_SIGNS.get(word)
        # Past 300 digits it is no number that anyone reports, and float() would say infinity.
        if value is None and end - start < 300:
            value = float(_GROUPING.sub("", word))
        return Token(start, end, "number", word, value)
    if kind == "ordinal":
        return Token(start, end, "ordinal", word, float(word[:-2]))
    if kind == "part":  # "10 1/2", "3/4"
        *whole, above, below = re.split(r"\D", word)
        value = float(whole[0] if whole else 0) + float(above) / float(below)
        return Token(start, end, "number", word, value)
    return Token(start, end, cast("Kind", kind), word)


def _run_end(raw: list[Token], first: int, text: str) -> int:
    """Return the index after the last token that says one number with `raw[first]`."""
    if not raw[first].spelled or raw[first].kind == "ordinal":
        return _digits_end(raw, first, text)
    here = first
    while here - first < _LONGEST and (after := _next_of_run(raw, here, text)) is not None:
        here = after
    return here + 1


def _digits_end(raw: list[Token], first: int, text: str) -> int:
    """Digits take a fraction sign, a glued letter ("40m") or magnitudes ("3.5 million")."""
    number, after = raw[first], first + 1
    if number.kind == "ordinal" or after == len(raw):
        return after
    follower = raw[after]
    gap = text[number.end : follower.start]
    if follower.word in _FRACTION_SIGNS and gap in _TIGHT:
        return after + 1
    if follower.word in _GLUED and not gap and not _glued_before(text, number.start):
        return after + 1
    while after < min(len(raw), first + _LONGEST) and raw[after].word in MAGNITUDES:
        if text[raw[after - 1].end : raw[after].start] not in _TIGHT:
            break
        after += 1
    return after


def _glued_before(text: str, start: int) -> bool:
    """Whether a letter or digit touches the number from the left, as in "A40m"."""
    return start > 0 and text[start - 1].isalnum()


def _next_of_run(raw: list[Token], here: int, text: str) -> int | None:
    """Return the index of the word that goes on with the spelled number at `here`."""
    after = here + 1
    if after == len(raw):
        return None
    last, follower = raw[here], raw[after]
    tight = text[last.end : follower.start] in _TIGHT
    if not tight:
        return None
    if follower.word == "and" and last.word in MAGNITUDES and after + 1 < len(raw):
        tail = raw[after + 1]
        beyond = raw[after + 2].word if after + 2 < len(raw) else ""
        # "one hundred and two hundred" are two numbers, "one hundred and two" is one.
        small = tail.spelled and tail.kind == "number" and (tail.value or 0) < 100
        return after + 1 if small and beyond not in MAGNITUDES else None
    if not follower.spelled or follower.value is None:
        return None
    if follower.kind == "ordinal":
        return after if _is_tens(last) and follower.value < 10 else None
    if follower.word in MAGNITUDES:
        return after
    assert last.value is not None
    if last.word in MAGNITUDES:
        return after
    if last.value >= 20:
        return after if _is_tens(last) and 0 < follower.value < 10 else None
    # A year in two words: "nineteen ninety". Only a number may not begin so: "three fifteen".
    first_word = here == 0 or not raw[here - 1].spelled
    return after if first_word and last.value >= 13 and follower.value >= 10 else None


def _is_tens(token: Token) -> bool:
    return _SMALL.get(token.word, 0) >= 20


def _joined(run: list[Token]) -> Token:
    """Return the one token that the tokens of `run` say together."""
    total, current = 0.0, None
    for token in run:
        if token.word == "and" or token.value is None:
            continue
        if token.word in _GLUED:
            continue
        if token.word in MAGNITUDES:
            scale = MAGNITUDES[token.word]
            if current is None:
                total = (total or 1.0) * scale
            elif scale == 100:
                current *= scale
            else:
                total += current * scale
                current = None
        elif current is not None and 13 <= current <= 20 and token.value >= 10:
            current = current * 100 + token.value
        else:
            current = (current or 0.0) + token.value
    value = total + (current or 0.0)
    last = run[-1]
    if last.word in _GLUED:
        value *= _GLUED[last.word]
    kind: Kind = "ordinal" if last.kind == "ordinal" else "number"
    return Token(run[0].start, last.end, kind, last.word, value, spelled=run[0].spelled)
