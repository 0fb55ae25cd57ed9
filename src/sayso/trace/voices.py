"""Whether two reports name the same speaker.

Rule: who is not named is nobody in particular; two unnamed officials are never taken for one
person here. A person and an organisation are two speakers, even where the one speaks for the other.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from sayso.records import Speaker

_TITLES = frozenset(
    "mr mrs ms dr sir lord lady dame prof professor president prime minister premier chancellor"
    " king queen prince princess pope general gen colonel col major captain lt lieutenant sergeant"
    " sgt admiral secretary senator sen representative rep governor gov mayor judge justice"
    " spokesman spokeswoman spokesperson foreign defence defense the of deputy vice former acting"
    " pm".split()
)
# Endings that one name takes on its way from one alphabet to another.
_SPELLINGS = (
    (re.compile(r"(?:skyy|skiy|skij|skyj|skyi|skii|ski)$"), "sky"),
    (re.compile(r"(?:yy|iy|ij|yi|ii)$"), "y"),
    (re.compile(r"(?:ov|off|ew)$"), "ov"),
    (re.compile(r"kh"), "h"),
    (re.compile(r"(?:zh|j)"), "zh"),
    (re.compile(r"(?:y|i)(?=[ao])"), "i"),
    (re.compile(r"oo|ou"), "u"),
    (re.compile(r"ph"), "f"),
)


def same_speaker(one: Speaker | None, other: Speaker | None) -> float:
    """Return how sure it is that `one` and `other` are the same: 0 is no, 1 is beyond doubt."""
    if one is None or other is None or "unnamed" in (one.kind, other.kind):
        return 0.0
    if one.country and other.country and one.country != other.country:
        return 0.0
    if one.name is None or other.name is None:
        return _same_role(one, other)
    names = _names(one.name), _names(other.name)
    if not all(names):
        return 0.0
    person = "person" in (one.kind, other.kind)
    if person and one.kind != other.kind:
        return 0.0
    return _same_person(*names) if person else _same_body(*names)


def same_description(one: Speaker | None, other: Speaker | None) -> bool:
    """Tell whether two reports describe a speaker that neither names in the same words.

    "The duty book" of two reports may be two books: only their words can tell.
    """
    if one is None or other is None or one.name or other.name or one.kind != other.kind:
        return False
    if one.country and other.country and one.country != other.country:
        return False
    mine, theirs = (_names(each.role or "", titles=True) for each in (one, other))
    return bool(mine) and mine == theirs


def voice_keys(speaker: Speaker | None) -> tuple[str, ...]:
    """Return keys of which two reports of the same speaker share at least one."""
    if speaker is None or speaker.kind == "unnamed":
        return ("",)
    names = _names(speaker.name or speaker.role or "")
    if speaker.kind == "person" and speaker.name:
        role = _names(speaker.role, titles=True) if speaker.role else ()
        return (names[-1] if names else "", *role[-1:])
    return names or ("",)


def _same_person(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    if one[-1] != other[-1] and not _near(one[-1], other[-1]):
        return 0.0
    mine, theirs = one[:-1], other[:-1]
    if not mine or not theirs:
        return 0.9  # a family name alone
    first, second = mine[0], theirs[0]
    if first == second or _near(first, second):
        return 1.0
    initial = len(first) == 1 or len(second) == 1
    return 0.9 if initial and first[0] == second[0] else 0.0


def _same_body(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    if one == other:
        return 1.0
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) > 1 and set(shorter) <= set(longer):
        return 0.9
    initials = "".join(word[0] for word in longer)
    return 0.9 if len(shorter) == 1 and len(longer) > 1 and shorter[0] == initials else 0.0


def _same_role(one: Speaker, other: Speaker) -> float:
    """Compare where a report gives only an office: sure only with the country."""
    if not (one.role and other.role and one.country and one.country == other.country):
        return 0.0
    mine, theirs = set(_names(one.role, titles=True)), set(_names(other.role, titles=True))
    return 0.8 if mine and theirs and (mine <= theirs or theirs <= mine) else 0.0


def _near(one: str, other: str) -> bool:
    """Tell whether two spellings of a long name differ by one letter."""
    if min(len(one), len(other)) < 6 or one[0] != other[0] or abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) <= 1
    shorter, longer = sorted((one, other), key=len)
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


@lru_cache(maxsize=1 << 12)
def _names(name: str, *, titles: bool = False) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    words = re.findall(r"[^\W\d_]+", re.sub(r"[’']s\b", "", letters))
    kept = [_spelled(word) for word in words if titles or word not in _TITLES]
    return tuple(kept)


def _spelled(word: str) -> str:
    for pattern, instead in _SPELLINGS:
        word = pattern.sub(instead, word)
    return word
