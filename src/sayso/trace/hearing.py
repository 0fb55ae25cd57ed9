"""Where a report has what somebody said: was it there, or did another outlet hear it?

Rule: an outlet was there where it says so: on an occasion that it names ("told reporters", "in a
televised address"), in its own ear ("told this newspaper"), or as an agency whose trade it is to
be there. Whoever says that another heard it has it from that other, and whoever says nothing may
have it from anybody: doubt, which lowers the lower bound of independence and nothing else.

What is read is what extraction found around the words: addressee, channel, chain. Whose words
were copied is for `sayso.trace.lineage`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.normalise.agencies import find_agencies
from sayso.records import Attribution, Report, Speaker
from sayso.trace.credits import wire
from sayso.trace.owners import Owners
from sayso.trace.voices import same_speaker

_OCCASION = re.compile(
    r"\b(?:reporters|journalists|correspondents|(?:news|press) conference|conference|briefing"
    r"|statements?|communiqu[ée]|press release|address|speech|remarks|parliament|lawmakers"
    r"|assembly|council|senate|congress|committee|court|hearing|inquest|rally|crowd|ceremony"
    r"|summit|meeting|mass|sermon|letter|decree|tweet(?:ed|s)?|post(?:ed|s)?|twitter|facebook"
    r"|instagram|social media|telegram|truth social|televised|live ?stream)\b",
    re.IGNORECASE,
)
_MEDIUM = re.compile(
    r"\b(?:newspaper|paper|daily|weekly|magazine|tabloid|broadsheet|broadcaster|radio|television"
    r"|tv|channel|station|network|(?:news )?agency|newswire|wire service|news service|outlet"
    r"|news (?:web)?site|portal|podcast|programme|program|show|state media|news|times|post|journal"
    r"|gazette|tribune|herald|guardian|observer|mirror|chronicle|courier|sentinel|interview)\b",
    re.IGNORECASE,
)
_OURSELVES = re.compile(
    r"\b(?:this|our|the present) (?:news)?(?:paper|station|broadcaster|programme|program|agency"
    r"|magazine|site|website|reporters?|correspondents?|colleagues?|outlet|channel)\b"
    r"|^(?:us|me|our\b.*)$",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-ZÀ-ÞА-Я][\w.’'&-]*(?: (?:of|and|&|the|de|da|del|[A-ZÀ-ÞА-Я][\w.’'&-]*))*")
_POSSESSIVE = re.compile(r"^\w+[’']s? ")
_BY_WAY_OF = re.compile(
    r"\b(?:speaking|talking|spoke|talked) (?:to|with)|\binterview(?:ed)? (?:with|to|by|for|on|in)"
    r"|\b(?:comments|remarks) to|\b(?:quoted|cited|reported|carried) by|\baccording to"
)
_PAST = re.compile(
    r"\b(?:\w+ed|said|told|wrote|spoke|made|gave|put|thought|swore)\b", re.IGNORECASE
)
_LOOKS_BACK = re.compile(r"\b(?:has|have|had|is|are)\b|[’']d\b", re.IGNORECASE)
_AUXILIARY = 10  # characters before a cue in which its auxiliary stands: "had earlier said"
_NEAR = 90  # characters around the cue in which a sentence names whom it has its words from


@dataclass(frozen=True, slots=True)
class Hearing:
    """Whether an outlet shows that it heard the words itself, and from whom it has them."""

    there: bool = False
    signed: bool = False  # a reporter of its own tells it as news, without saying how it was heard
    relays: tuple[str, ...] = ()  # who heard them, in the report's words or as listed
    reason: str = ""


def hearing(
    report: Report,
    attribution: Attribution,
    others: Iterable[Attribution] = (),
    *,
    owners: Owners,
) -> Hearing:
    """Return how `report` has the words of `attribution`; `others` are its other attributions.

    What is told once of a speaker ("she told a news conference") holds for the report.
    """
    mine = _told(report, attribution, owners)
    if mine.relays or mine.there:
        return mine
    kin = [
        _told(report, other, owners)
        for other in others
        if other.id != attribution.id and _one_voice(attribution.speaker, other.speaker)
    ]
    relays = tuple(dict.fromkeys(name for each in kin for name in each.relays))
    if relays:
        return Hearing(relays=relays, reason=f"has it from {' and '.join(relays)}")
    if (agency := wire(report)) and not report.credits:
        return Hearing(there=True, reason=f"{agency} is a news agency")
    there = next((each for each in kin if each.there), None)
    return there or Hearing(
        signed=_signed(report, attribution), reason="does not say where it has it"
    )


def _signed(report: Report, attribution: Attribution) -> bool:
    """Tell whether a named reporter of the outlet reports the words, and does not look back.

    News is told in the past ("said"); surveys and explainers tell what is known in the present
    ("says"), and what others had before in the pluperfect ("had said earlier").
    """
    if attribution.cue is None or not report.authors or report.credits:
        return False
    before = report.text[max(0, attribution.cue.start - _AUXILIARY) : attribution.cue.start]
    cue = before + report.cut(attribution.cue)
    return _PAST.search(cue) is not None and _LOOKS_BACK.search(cue) is None


def _told(report: Report, attribution: Attribution, owners: Owners) -> Hearing:
    """Return what the words around one attribution tell."""
    relays = tuple(link.name for link in attribution.via)
    if relays:
        return Hearing(relays=relays, reason=f"has it from {' and '.join(relays)}")
    around = [
        report.cut(span)
        for span in (attribution.addressee, attribution.channel, attribution.cue)
        if span is not None
    ]
    for words in around:
        if _OURSELVES.search(words) or _own_name(words, report.outlet):
            return Hearing(there=True, reason=f"{report.outlet} was told itself")
    for words in (
        *around[: len(around) - (attribution.cue is not None)],
        *_beside(report, attribution),
    ):
        name = _other_outlet(words, owners)
        if name:
            return Hearing(relays=(name,), reason=f"has it from {name}")
    for words in around:
        if found := _OCCASION.search(words):
            return Hearing(there=True, reason=f"names the occasion: {found[0]}")
    return Hearing()


def _beside(report: Report, attribution: Attribution) -> list[str]:
    """Return what the words beside the cue say of a way that the words have come."""
    at = attribution.cue or attribution.source
    if at is None:
        return []
    start, end = max(0, at.start - _NEAR), min(len(report.text), at.end + _NEAR)
    for content in attribution.content:
        if content.end <= at.start:
            start = max(start, content.end)
        elif content.start >= at.end:
            end = min(end, content.start)
    found = []
    for piece in re.split(r"[.!?]\s|\n", report.text[start:end]):
        for way in _BY_WAY_OF.finditer(piece):
            found.append(re.split(r"[,;:“\"]", piece[way.end() :])[0])
    return found


def _other_outlet(words: str, owners: Owners) -> str | None:
    """Return the outlet other than its own that `words` name."""
    for agency, _, _ in find_agencies(words):
        return agency
    names = [_POSSESSIVE.sub("", match[0]).rstrip(".’'&-") for match in _NAME.finditer(words)]
    listed = next((name for name in names if owners.lists(name)), None)
    if listed:
        return listed
    if _OCCASION.search(words) or not _MEDIUM.search(words):
        return None
    return max(names, key=len, default=None)


def _own_name(words: str, outlet: str) -> bool:
    """Tell whether `words` name `outlet`, whole or short: "the Courier" of the Selmonte Courier."""
    own = _plain(outlet)
    return any(
        name[-1] == own[-1] and set(name) <= set(own)
        for match in _NAME.finditer(words)
        if (name := _plain(match[0])) and own
    )


def _plain(name: str) -> Sequence[str]:
    return [word for word in re.findall(r"[^\W_]+", name.casefold()) if word not in ("the", "s")]


def _one_voice(one: Speaker | None, other: Speaker | None) -> bool:
    return same_speaker(one, other) > 0
