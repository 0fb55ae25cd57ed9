"""Where a finder's roles hold more than they should: a day in the cue, a channel in what is said.

Rule: words are only taken away, and names made whole; whose words they are is told elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sayso.extract.around.passed import as_inner
from sayso.extract.rules.lexicon import frame
from sayso.records import Attribution, Report, Span, TimeExpression

_LOOSE = re.compile(r"(?:\s+(?:on|in|at|late|early|earlier|the|an?))+$", re.IGNORECASE)
_ARTICLE = re.compile(r"\s+(?:the|an?)$")
_JOINED = re.compile(r",?\s+(?:and|but|while)\s+(an?|the|his|her|its|their)$")
_SUBJECT = re.compile(
    r"\s+(?P<who>[\w’'-]+(?:\s+[\w’'-]+){0,4}?)\s+"
    r"(?P<cue>(?:(?:has|have|had)\s+)?(?P<verb>\w+)(?:\s+(?:for|on|to|that))?)\s+"
)
_LAW = re.compile(
    r"\b(?:laws?|bills?|acts?|decrees?|orders?|rules?|treaty|legislation)\s+(?:that|which)$"
)

_NAMELESS = re.compile(
    r"(?:(?:on )?not (?:to be |being |be )?(?:named|identified|quoted)(?: by name)?"
    r"|(?:for |to (?:be|remain|stay|go) |remaining )?(?:anonymous|anonymity|unnamed)"
    r"|(?:that )?(?:his|her|their|the) (?:full |last )?names? (?:(?:not )?be withheld"
    r"|not (?:to )?be (?:used|published|printed|given)))"
    r"(?:,? (?:because|as|since|so|citing|for fear|given|out of|while|when)\b.*)?",
    re.IGNORECASE | re.DOTALL,
)


def tidied(
    report: Report, attribution: Attribution, times: Sequence[TimeExpression]
) -> Attribution:
    """Return the attribution with a cue that holds no day and ends with no article."""
    cue = attribution.cue
    if cue is None:
        return attribution
    end = min((one.span.start for one in times if cue.start < one.span.start < cue.end), default=0)
    words = report.text[cue.start : end or cue.end].rstrip()
    # "said on | Friday": the preposition belongs to the day that follows.
    before_day = end or any(0 <= one.span.start - cue.end <= 1 for one in times)
    kept = (_LOOSE if before_day else _ARTICLE).sub("", words)
    if not kept or len(kept) == len(cue):
        return attribution
    return replace(attribution, cue=Span(cue.start, cue.start + len(kept)))


def parted(report: Report, attribution: Attribution) -> tuple[Attribution, ...]:
    """ "Ames slammed the plan and a union has called for talks": two statements, taken for one.

    Between the two pieces stands another subject with a reporting verb of its own, and the first
    piece ends in the middle of that subject.
    """
    if len(attribution.content) != 2 or attribution.cue is None:
        return (attribution,)
    first, second = attribution.content
    tail = _JOINED.search(report.cut(first))
    between = _SUBJECT.fullmatch(report.text[first.end : second.start])
    if tail is None or between is None or not frame(between["verb"].lower()):
        return (attribution,)
    source = Span(first.start + tail.start(1), first.end + between.end("who"))
    cue = Span(first.end + between.start("cue"), first.end + between.end("cue"))
    own = replace(attribution, content=(Span(first.start, first.start + tail.start()),))
    return own, as_inner(report.text, attribution, source, cue, (second,), ())


def tells_of_a_law(report: Report, attribution: Attribution) -> bool:
    """ "Ames signed a law that bars …": the law says it; nobody is reported to have."""
    return attribution.cue is not None and bool(_LAW.search(report.cut(attribution.cue).rstrip()))


def asks_for_no_name(report: Report, attribution: Attribution) -> bool:
    """ "An aide who asked not to be named": that is how it was said, and nothing that was said."""
    words = " ".join(report.cut(piece) for piece in attribution.content)
    return bool(_NAMELESS.fullmatch(words.strip(" ,.")))


def without_day(addressee: Span | None, times: Sequence[TimeExpression]) -> Span | None:
    """Cut off the day on which it was said: "told Congress | last year"."""
    if addressee is None:
        return None
    end = min(
        (one.span.start for one in times if addressee.start < one.span.start < addressee.end),
        default=addressee.end + 1,
    )
    return Span(addressee.start, end - 1)


def with_whole_name(channel: Span | None, addressee: Span | None) -> Span | None:
    """Let a channel end with whoever it names: "in an interview with Channel | Six"."""
    if channel is None or addressee is None or not channel.start < addressee.start < channel.end:
        return channel
    return Span(channel.start, max(channel.end, addressee.end))


def without_channel(content: tuple[Span, ...], channel: Span | None) -> tuple[Span, ...]:
    """Cut off the channel with which what is said ends: "help was near | in a video message"."""
    if channel is None:
        return content
    kept = []
    for piece in content:
        if piece.start < channel.start < piece.end <= channel.end + 1:
            piece = Span(piece.start, channel.start - 1)
        kept.append(piece)
    return tuple(kept)
