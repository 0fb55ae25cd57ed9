"""By what channel it was said: "in a televised address to the nation", "on Telegram", "tweeted".

A channel stands outside what is said, with one exception: a message or an address that was
recorded, released or broadcast ends a sentence in which it was said, so it is nobody's words.
"""

from __future__ import annotations

import re

from sayso.extract.around.place import Place
from sayso.extract.rules.phrases import noun_phrase
from sayso.records import Span

_NOUNS = (
    r"statements?|address|speech|interviews?|tweets?|posts?|postings?|letters?|e-?mails?|messages?"
    r"|memos?|videos?|recordings?|briefings?|conferences?|testimony|articles?|op-?eds?|columns?"
    r"|essays?|editorials?|press releases?|releases?|broadcasts?|notes?|filings?|memoirs?|remarks"
    r"|call|phone call|telephone call|monologue|sermon|lecture|podcast|comments|lawsuit|affidavit"
    r"|appearances?|debate|town hall|conversation|communiqu[eé]|telegram|open letter|hearing"
)
_MEDIA = (
    r"Twitter|Facebook|Instagram|Telegram|TikTok|YouTube|Truth Social|Weibo|WhatsApp|LinkedIn"
    r"|Reddit|X|social media"
    r"|(?:state |national |public |local )?(?:television|TV|radio)|air"
    r"|(?:his|her|its|their) (?:blog|website|web site|page|account|show|channel)"
)
_WORD = r"[\w’'.-]+"
# Said of one's words without an article: "in written comments", but not "in debate preparation".
_BARE = (
    r"statements?|comments|remarks|testimony|letters|tweets|posts|postings|interviews|messages"
    r"|e-?mails|memos|speeches|videos|notes|filings|briefings|articles|broadcasts|court filings"
)
_CHANNEL = re.compile(
    rf"\b(?:[Ii]n|[Aa]t|[Dd]uring|[Tt]hrough|[Vv]ia|[Ff]rom)\s+"
    rf"(?:(?:an?|the|his|her|its|their|another|one)\s+(?:{_WORD}\s+){{0,4}}?(?:{_NOUNS})\b"
    rf"|(?:(?!\w+ing\b){_WORD}\s+)?(?:{_BARE})\b)"
    rf"|\b(?:[Oo]n|[Vv]ia|[Oo]ver)\s+(?:{_MEDIA})\b"
    rf"|\b[Bb]y (?:phone|telephone|e-?mail|text message|satellite phone)\b"
    r"|\b[Ss]peaking\s+(?!on (?:the )?condition)"
    r"(?:to|at|in|on|with|before|from|during|via|by)\s+"
    rf"(?:{_WORD}\s*){{1,8}}",
)
_NAMES_ONE = re.compile(rf"\b(?:{_NOUNS}|{_MEDIA}|phone|telephone|e-?mail|[Ss]peaking)\b")
# What may follow the noun and still belong to it: whom it went to, where it was made or shown.
_TAIL = re.compile(
    r"\s+(?:to|with|on|from|at|by|for|before|recorded from|posted on|posted to|released by"
    r"|published (?:in|on|by)|broadcast (?:on|by)|carried by)\s+"
)
_STOP = re.compile(
    r"\s+(?:that|and|but|which|who|as|after|when|while|said|says|told|aired|earlier|late|last"
    r"|(?:on\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|on\s+[A-Z][a-z]+\s+\d+|today|yesterday)\b"
)
_MADE = r"(?:recorded|released|posted|published|broadcast|aired|issued|carried)"
_THERE = (
    r"(?:\s+(?:from|on|by|in|via)\s+(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
    r"(?:(?:the|his|her|its|their|an?)\s+)?"
    r"(?:social media|(?:state|national) (?:television|TV|radio|media)|[\w’'-]+))"
)
_ISSUED = re.compile(
    r"\b[Ii]n an?\s+(?:[\w-]+\s+){0,3}?(?:message|statement|address|video|recording|letter|post)\s+"
    rf"{_MADE}\b{_THERE}{{0,2}}(?:\s+and\s+{_MADE}\b{_THERE}{{0,2}})?"
)
_CUES = re.compile(r"\b(?:re)?tweet(?:s|ed|ing)?\b|\bpost(?:s|ed|ing)\b|\bblogged\b|\be-?mailed\b")


def channel_of(place: Place) -> Span | None:
    """Return the span of the channel, or of the cue where the cue names it ("tweeted")."""
    start, end = place.span.start, place.span.end
    for match in _CHANNEL.finditer(place.text, start, end):
        at = match.start()
        if place.in_content(at) or place.quoted(at) or _inside_source(place, at):
            continue
        found = _trimmed(place, at, match.end())
        if _NAMES_ONE.search(place.text, found.start, found.end):
            return found
    issued = _ISSUED.search(place.text, start, end)
    if issued and not place.quoted(issued.start()):
        return Span(issued.start(), issued.end())
    cue = _CUES.search(place.text, place.cue.start, place.cue.end)
    return Span(cue.start(), cue.end()) if cue else None


def _inside_source(place: Place, at: int) -> bool:
    """ "The minister in charge of television said" names no channel unless commas set it off."""
    source = place.attribution.source
    if source is None or not source.start <= at < source.end:
        return False
    return "," not in place.text[source.start : at]


def _trimmed(place: Place, start: int, end: int) -> Span:
    border = place.span.end
    for content in place.attribution.content:
        if content.start >= end:
            border = min(border, content.start)
    if place.cue.start >= end:
        border = min(border, place.cue.start)
    if place.text[start:end].lower().startswith("speaking"):
        stop = re.compile(r"[,;:.\"“]").search(place.text, start, end)
        end = stop.start() if stop else end
    else:
        tail = _TAIL.match(place.text, end, border)
        end = _named(place, tail.end()) or end if tail else end
    stop_word = _STOP.search(place.text, start, min(end, border))
    end = stop_word.start() if stop_word else min(end, border)
    words = place.text[start:end].rstrip(" ,.;:—–-")
    return Span(start, start + len(words))


def _named(place: Place, start: int) -> int | None:
    """Return the end of the noun phrase that begins at `start`, as of "Radio Orla"."""
    for at, piece in enumerate(place.sentence):
        if piece.start == start:
            end = noun_phrase(place.sentence, at)
            return place.sentence[end - 1].end if end is not None else None
    return None
