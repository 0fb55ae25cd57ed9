"""Each statement once: what one speaker is reported to have said, in several reporters' words.

`sayso.trace.statements` puts words of one report under another's line and so must never be
wrong; on a page, two lines of one speaker that say the same read as a mistake. Here those are
joined too that share most of what is rare in them, within days, with no number and no denial
that only one of them has. Rule: they were known by likeness alone, so they raise the upper bound
of independent sources and never the lower (`is_joined`).
"""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sayso.brief.material import Said
from sayso.records import Alike, AttributionId, ReportId, Statement, Utterance
from sayso.thread.terms import WORD, rarity, stem

ALIKE = 0.66
"""Share of the shorter one's words, by rarity among what its speaker said, that the other holds."""

LENGTHS = 2.5
"""How many times as long the other may be: a long one that holds a short one says more."""

FEWEST = 4
"""Words of substance below which two are the same by chance."""

APART = timedelta(days=2)
"""A thing that is said again later is said again."""

JOINED = "the same speaker in much the same words"
SURE = 0.85

_NUMBER = re.compile(
    r"\d[\d.,:]*|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif"
    r"|six|seven|eigh|nine)teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred"
    r"|thousand|million|billion|none|half)\b",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\b(?:not|no|never|nobody|nothing|neither|nor|without|den(?:y|ies|ied)|refus\w+)\b|n['’]t\b",
    re.IGNORECASE,
)
# Words of grammar only; what a reporter changes and what he must not is told by the others.
_GRAMMAR = frozenset(
    "the a an this that these those his her its their our my your he she it they we i you who whom "
    "whose which what and or but of in on at to for with by from as is are was were be been being "
    "has have had do does did will would can could should may might must than then so also there "
    "said says say".split()
)

Key = tuple[ReportId, AttributionId]


def join_repeated(
    statements: Sequence[Statement], said: Mapping[Key, Said]
) -> tuple[Statement, ...]:
    """Return `statements` with those joined that say the same; the first keeps its id."""
    by_voice: dict[str, list[int]] = defaultdict(list)
    firsts = [
        next((said[key] for one in each.utterances if (key := _key(one)) in said), None)
        for each in statements
    ]
    for place, one in enumerate(firsts):
        speaker = one.attribution.speaker if one is not None else None
        if speaker is not None and speaker.name:
            by_voice[speaker.name.casefold()].append(place)
    into: dict[int, int] = {}
    for places in by_voice.values():
        held = {place: _words(first) for place in places if (first := firsts[place]) is not None}
        rare = rarity(own.keys for own in held.values())
        kept: list[int] = []
        for place in places:
            mate = next((other for other in kept if _same(held[place], held[other], rare)), None)
            if mate is None:
                kept.append(place)
            else:
                into[place] = mate
    joined = dict(enumerate(statements))
    for place, mate in into.items():
        gone = joined.pop(place)
        joined[mate] = _joined(joined[mate], gone)
    return tuple(joined.values())


def is_joined(alike: Alike | None) -> bool:
    """Say whether an utterance was put to its statement here, by likeness alone."""
    return alike is not None and alike.reason == JOINED


def _key(utterance: Utterance) -> Key:
    return utterance.report, utterance.attribution


@dataclass(frozen=True, slots=True)
class _Held:
    said: Said
    keys: frozenset[str]
    numbers: frozenset[str]
    denies: bool


def _words(said: Said) -> _Held:
    text = " ".join(said.report.cut(span) for span in said.attribution.content)
    words = [word for word in WORD.findall(text.casefold()) if word not in _GRAMMAR]
    return _Held(
        said,
        frozenset(stem(word) for word in words),
        frozenset(one.casefold().rstrip(".,:") for one in _NUMBER.findall(text)),
        bool(_DENIES.search(text)),
    )


def _same(one: _Held, other: _Held, rare: Mapping[str, float]) -> bool:
    short, long = sorted((one, other), key=lambda each: len(each.keys))
    if len(short.keys) < FEWEST or len(long.keys) > LENGTHS * len(short.keys):
        return False
    if one.denies != other.denies or not short.numbers <= long.numbers:
        return False
    when, then = one.said.report.published, other.said.report.published
    if when is not None and then is not None and abs(when - then) > APART:
        return False
    whole = sum(rare[key] for key in sorted(short.keys))
    return sum(rare[key] for key in sorted(short.keys & long.keys)) >= ALIKE * whole


def _joined(kept: Statement, gone: Statement) -> Statement:
    alike = (
        Alike(utterance=one, kind="paraphrased", confidence=SURE, reason=JOINED)
        for one in gone.utterances
    )
    return dataclasses.replace(
        kept,
        utterances=(*kept.utterances, *gone.utterances),
        alike=(*kept.alike, *alike),
    )
