"""Datelines: "WASHINGTON (AP) —", "LONDON, March 3 (Reuters) - ", "(CNN)".

A dateline ends in a mark that news agencies put there, and what follows begins a
sentence: "NATO — the alliance of thirty —" is no dateline.
"""

from __future__ import annotations

import re

from sayso.normalise.agencies import agency

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
    for pattern in (_AGENCY_FIRST, _WITH_AGENCY, _WITH_DATE, _SHOUTED_PLACE):
        found = pattern.match(words)
        if found is None or _LABELS.match(words):
            continue
        named = found.groupdict().get("agency")
        if named is not None and not _names_agency(named, found[0]):
            continue
        return found.end()
    unspaced = _NO_SPACE.match(words)
    return unspaced.end() if unspaced else 0


def _names_agency(named: str, whole: str) -> bool:
    if _NOT_AN_AGENCY.match(named) or len(named.split()) > 4:
        return False
    if all(agency(name) for name in re.split(r"\s*[/,]\s*", named)):
        return True
    # An unknown name needs the mark; "Novak (Greens) Told" would otherwise be a dateline.
    marked = re.search(r"[-–—―:]\s*$", whole) is not None or _SLASHED.search(whole) is not None
    return marked and named[0].isupper()
