"""What a report is found under besides its own words: its outlet, its speakers, what was said.

A store keeps this beside its records so that a reader's question costs the same among a hundred
reports and among a million. It is made of the records alone and can be made again from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sayso.records import Attribution, AttributionId, Findings, Report, ReportId, Topic
from sayso.stores.lexemes import Asked, all_stand_in, asked_in, lexemes_of
from sayso.thread.terms import beginning, terms

LOOKED_AT = 300
"""Reports in which all the words were said, perhaps apart, of which the statements are read."""


def folded(topic: Topic) -> str:
    """Return the name of a topic as it is compared."""
    return topic.name.casefold()


def topics_of(report: Report, found: Findings) -> list[Topic]:
    """Return the outlet and the speakers of a report, each once."""
    every = [Topic("outlet", report.outlet)] if report.outlet else []
    for one in found.attributions:
        if one.speaker is not None and one.speaker.name:
            every.append(Topic("speaker", one.speaker.name))
    return list({(one.kind, folded(one)): one for one in reversed(every)}.values())[::-1]


def said_lexemes(report: Report, found: Findings) -> list[str]:
    """Return the words of all that was said in a report and of who is named for it, each once."""
    return list(dict.fromkeys(word for one in found.attributions for word in _said(report, one)))


def said_with(report: Report, found: Findings, asked: Iterable[Asked]) -> list[AttributionId]:
    """Return what of a report was said with all the words asked for."""
    asked = list(asked)
    return [one.id for one in found.attributions if all_stand_in(asked, set(_said(report, one)))]


def choose_said(
    entries: Iterable[tuple[Report, Findings]], asked: Sequence[Asked], limit: int
) -> list[tuple[ReportId, AttributionId]]:
    """Return what was said with all the words asked for, at most so much.

    Of `entries`, in which they stand somewhere, no more is read than is needed.
    """
    chosen: list[tuple[ReportId, AttributionId]] = []
    for report, found in entries:
        chosen += [(report.id, one) for one in said_with(report, found, asked)]
        if len(chosen) >= limit:
            break
    return chosen[:limit]


def _said(report: Report, one: Attribution) -> Iterable[str]:
    spans = [*one.content, *([one.source] if one.source else [])]
    return lexemes_of(" ".join(report.cut(span) for span in spans))


def beginnings(term: str) -> list[Asked]:
    """Return how the words of an edition's term begin, however they are inflected."""
    return [asked for one in terms(term) for asked in asked_in(beginning(one), begins=True)]
