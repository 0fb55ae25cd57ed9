"""Datelines: "WASHINGTON (AP) —", "LONDON, March 3 (Reuters) - ", "(CNN)".

A dateline ends in a mark that news agencies put there, and what follows begins a
sentence: "NATO — the alliance of thirty —" is no dateline.
"""

from __future__ import annotations

import re
from functools import cache

from sayso.normalise.agencies import a_name, agency, ends_in_agency, find_agencies

_MONTH = r"(?:[A-ZÀ-Þa-zà-þА-Яа-яёії]{3,9}\.?)"
_DATE = rf"(?:(?:le |the )?(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\.?\s+{_MONTH})(?:,?\s+\d{{4}})?)"
_CAPITALS = r"(?:[A-ZÀ-ÖØ-ÞА-ЯЁЇІЄŁŚŻČŠŽ][A-ZÀ-ÖØ-ÞА-ЯЁЇІЄŁŚŻČŠŽ.’'-]+)"
_WORD = r"(?:[A-ZÀ-ÖØ-ÞА-ЯЁЇІЄŁŚŻČŠŽ][\w.’'-]*)"
_SHOUTED = rf"{_CAPITALS}(?:[ /]{_CAPITALS}){{0,3}}(?:, {_WORD}(?: {_WORD}){{0,2}}){{0,2}}"
_SMALL = r"de|del|la|di|am|an der|upon|on"
_PLACE = rf"{_WORD}(?:[ /](?:{_WORD}|{_SMALL})){{0,3}}(?:, {_WORD}(?: {_WORD}){{0,2}}){{0,2}}"
_AGENCY = r"[(/](?P<agency>[^\W\d_][^()\d]{1,38})[)/]"
_MARK = r"\s*(?:[-–—―]{1,3}|\.\s?[-–—]|:)\s+|\s*[—―]\s*"
_BEGINS = r"(?=[\"“”„«‘'’(\[]?[A-ZÀ-ÖØ-ÞА-ЯЁЇІЄŁŚŻČŠŽ\d$€£]|[\"“„«‘'’]|[^\x00-\u024f])"

_WITH_AGENCY = re.compile(
    rf"(?:{_PLACE}\s*)?(?:[,.]?\s*{_DATE}\.?\s*)?{_AGENCY}\.?(?:{_MARK}|\s+){_BEGINS}"
)
_AGENCY_FIRST = re.compile(rf"{_AGENCY}\s*[-–—]\s*{_SHOUTED},\s*{_DATE}\s*[-–—]\s*{_BEGINS}")
_WITH_DATE = re.compile(rf"{_SHOUTED}[,.]?\s+[-–—]?\s*{_DATE}\s*(?:{_MARK}){_BEGINS}")
_SHOUTED_PLACE = re.compile(rf"(?P<place>{_SHOUTED})(?:\s+[-–—―]{{1,3}}\s+|\s*[—―]\s*){_BEGINS}")
_NO_SPACE = re.compile(r"\((?P<agency>[A-Z]{2,6})\)(?=[A-Z“\"])")
# "ORLA, March 3. /HNA/. ": the agencies of some countries have no other mark.
_SLASHED = re.compile(r"\d\.?\s*/[A-ZÀ-ÞА-ЯЁЇІЄ]{2,10}/\.\s*$")
# "Praha 3. března (ČTK) - ", "القاهرة (رويترز) - ": any words for the day, in any script.
_BRACKETED = re.compile(
    r"(?P<before>[^()（）!?:;\"“”«»\n]{0,60}?)\s*[(（](?P<agency>[^()（）]{2,40})[)）]\.?"
    r"(?P<mark>\s*[-–—―:=।]+)?\s*"
)
# "МОСКВА, 3 мар — РИА Новости. ": a day, then the agency's name and a stop or a dash.
_DAY_FIRST = r"(?P<before>[^()!?:;\"“”«»\n]{2,40}\d[^()!?:;\"“”«»\n]{0,14}?)[.,]?\s*[-–—]?\s+"
# "新华社北京3月3日电": the agency, the place and the day, "wire".
_WIRED = (
    r"[（(【]?\s*(?P<agency>{name})[^，。！？、\n]{{0,20}}?\d{{1,2}}日[^，。\s]{{0,4}}?[电電讯訊]"
    r"[）)】]?(?:\s*[（(][^（）()\n]{{0,30}}[）)])?\s*"
)
# "【ワシントン共同】", "［東京 ３日 ロイター］ - ": the place, the day and the agency.
_FRAMED = re.compile(r"[【［\[](?P<inside>[^】］\]\n]{2,30})[】］\]]\s*[-–—－]?\s*")
# "(서울=연합뉴스) 홍길동 기자 = ": the place and the agency, and who wrote it.
_EQUALS = re.compile(
    r"[(\[][^()\[\]=\n]{1,20}=(?P<agency>[^()\[\]=\n]{2,20})[)\]]\s*(?:[^=\n]{2,40}?\s*=\s*)?"
)
_DESK = re.compile(r"/[a-zäöü]{2,4}(?=/|$)")  # "dpa/tmn": the agency's desk
_WRITTEN = re.compile(r"[^\s,.]+")
_LOWER = 2  # words of a date that begin small: the month and the day of the week
# Labels that outlets put before a dash; they are no places.
_LABELS = re.compile(
    r"(?:BREAKING|EXCLUSIVE|UPDATED?|WATCH|VIDEO|ANALYSIS|OPINION|LIVE|NEWS|URGENT|CORRECTED|ALERT"
    r"|FACTBOX|EXPLAINER|TIMELINE|PHOTOS?|INTERVIEW|SPECIAL|DEVELOPING|MORE|NOTE|NATO|NASA|CIA|FBI"
    r"|WHO|COVID|TRUMP|CLAIM|FACT|TRUE|FALSE|STEP|PART|CHAPTER|Q|A|I|II|III|IV|V)\b"
)
_NOT_AN_AGENCY = re.compile(
    r"(?:file|photo|picture|image|video|archive|left|right|center|above|below|see|and|or|the"
    r"|born|aged|also|formerly|now|then|pictured|not|who|which|then)\b",
    re.I,
)


def length(words: str) -> int:
    """Return how many characters of a first paragraph are its dateline; 0: it has none."""
    if _LABELS.match(words):
        return 0
    listed = listed_agency(words)
    return max(_marked(words), listed[2] if listed else 0)


def _marked(words: str) -> int:
    for pattern in (_AGENCY_FIRST, _WITH_AGENCY, _WITH_DATE, _SHOUTED_PLACE):
        found = pattern.match(words)
        if found is None:
            continue
        named = found.groupdict().get("agency")
        if named is not None and not _names_agency(named, found[0]):
            continue
        return found.end()
    unspaced = _NO_SPACE.match(words)
    return unspaced.end() if unspaced else 0


def listed_agency(words: str) -> tuple[int, int, int] | None:
    """Return where a listed agency is named in a dateline of any language, and its length.

    These forms need no capitals and no dash where a listed agency stands in them.
    """
    bracketed = _BRACKETED.match(words)
    if bracketed and _is_listed(bracketed["agency"]) and _is_place(bracketed):
        return (*bracketed.span("agency"), bracketed.end())
    for pattern in (_day_first(), _wired()):
        if found := pattern.match(words):
            return (*found.span("agency"), found.end())
    equals = _EQUALS.match(words)
    if equals and _is_listed(equals["agency"]):
        return (*equals.span("agency"), equals.end())
    framed = _FRAMED.match(words)
    start = ends_in_agency(framed["inside"]) if framed else None
    if framed and start:
        return framed.start("inside") + start, framed.end("inside"), framed.end()
    return None


def _is_listed(names: str) -> bool:
    names = _DESK.sub("", names)
    found = list(find_agencies(names))
    return bool(found) and sum(end - start for _, start, end in found) >= len(names.strip()) - 3 * (
        len(found) - 1
    )


def _is_place(found: re.Match[str]) -> bool:
    """Tell whether a place and a day stand before an agency in brackets, and a mark behind it."""
    written = _WRITTEN.findall(found["before"])
    small = [word for word in written if word[0].islower()]
    dated = any(letter.isdigit() for letter in found["before"])
    cased = any(letter.isupper() or letter.islower() for letter in found["before"])
    if small and (not dated or len(small) > _LOWER):
        return False
    return found["mark"] is not None or (bool(written) and not cased)


@cache
def _day_first() -> re.Pattern[str]:
    return re.compile(rf"{_DAY_FIRST}(?P<agency>{a_name()})(?:\.|\s+[-–—])(?:\s+|\Z)")


@cache
def _wired() -> re.Pattern[str]:
    return re.compile(_WIRED.format(name=a_name()))


def _names_agency(named: str, whole: str) -> bool:
    if _NOT_AN_AGENCY.match(named) or len(named.split()) > 4:
        return False
    if all(agency(name) for name in re.split(r"\s*[/,]\s*", named)):
        return True
    # An unknown name needs the mark; "Novak (Greens) Told" would otherwise be a dateline.
    marked = re.search(r"[-–—―:]\s*$", whole) is not None or _SLASHED.search(whole) is not None
    return marked and named[0].isupper()
