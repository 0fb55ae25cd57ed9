"""Text to numbered words: where each word stands, and a number that is the same for its every case.

Rule: the same word has the same number in every process and on every machine. A text is read as
one array of code points, not word by word: this runs on every report that comes in, and a loop
over its words would cost more than all the rest of tracing.

A number is the sum of its letters' numbers, each times a power of an odd constant that tells its
place (Rabin and Karp's fingerprint), so it can be taken for all words at once.
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int32]

_OTHER, _LETTER, _DIGIT, _ALONE, _JOIN = range(5)  # a join stands inside one number: 1,200.50
_KNOWN = 0x40000  # code points; beyond are tags and private signs, of which no word is made
_LETTERS = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d+")
# Scripts that put no spaces between words are read character by character.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]+"
)
_LONGEST = 64  # characters of a word that are told apart: longer ones are no words
# Odd constants of a full-period mixer (splitmix64).
_ODD = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9))


def split_words(text: str) -> tuple[Hashes, Places, Places]:
    """Return the number of each word of `text`, and where it starts and ends."""
    kinds, values, powers = _tables()
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    if points.max(initial=0) >= _KNOWN:
        points = np.minimum(points, np.uint32(_KNOWN - 1))
    kind = kinds[points]
    joins = np.flatnonzero(kind == _JOIN)
    inner = joins[(joins > 0) & (joins < len(kind) - 1)]
    kind[joins] = _OTHER
    kind[inner[(kind[inner - 1] == _DIGIT) & (kind[inner + 1] == _DIGIT)]] = _DIGIT
    before = np.empty_like(kind)
    before[:1], before[1:] = _OTHER, kind[:-1]
    # "F16" is one word and "16th" two: digits may follow letters, but not the other way.
    starts = (kind == _LETTER) & (before != _LETTER)
    starts |= (kind == _DIGIT) & (before != _LETTER) & (before != _DIGIT)
    starts |= kind == _ALONE
    ends = (before != _OTHER) & (starts | (kind == _OTHER))
    first = np.flatnonzero(starts)
    if not len(first):
        return np.empty(0, np.uint64), np.empty(0, np.int32), np.empty(0, np.int32)
    last = np.flatnonzero(ends)
    if len(last) < len(first):  # the text ends in a word
        last = np.append(last, len(kind))
    lengths = last - first
    begins = np.cumsum(lengths) - lengths  # of each word, among the letters of all words
    place = np.arange(begins[-1] + lengths[-1]) - np.repeat(begins, lengths)
    letters = points[kind != _OTHER]
    hashes = np.add.reduceat(values[letters] * powers[np.minimum(place, _LONGEST)], begins)
    hashes ^= hashes >> np.uint64(31)
    hashes *= _ODD[1]
    hashes ^= hashes >> np.uint64(29)
    return hashes, first.astype(np.int32), last.astype(np.int32)


@cache
def _tables() -> tuple[npt.NDArray[np.uint8], Hashes, Hashes]:
    """Return what each code point is, its number whatever its case, and what a place counts."""
    every = "".join(map(chr, range(_KNOWN)))
    kinds = np.full(_KNOWN, _OTHER, dtype=np.uint8)
    for pattern, kind in ((_LETTERS, _LETTER), (_DIGITS, _DIGIT), (_UNSPACED, _ALONE)):
        for found in pattern.finditer(every):
            kinds[found.start() : found.end()] = kind
    kinds[[ord("."), ord(",")]] = _JOIN
    kinds[-1] = _OTHER  # stands for all beyond
    values = np.arange(_KNOWN, dtype=np.uint64)
    for found in _LETTERS.finditer(every):
        if found[0].casefold() == found[0]:
            continue  # most scripts have no case
        for point, letter in enumerate(found[0], start=found.start()):
            folded = letter.casefold()
            # One that folds to two (ß) stays itself: places are counted before folding.
            if len(folded) == 1:
                values[point] = ord(folded)
    values = (values + np.uint64(1)) * _ODD[0]
    values ^= values >> np.uint64(32)
    powers = np.cumprod(np.full(_LONGEST + 1, _ODD[1] | np.uint64(1)), dtype=np.uint64)
    return kinds, values, powers
