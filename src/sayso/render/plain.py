"""Records to a few lines of plain text, for people at a terminal.

Everything that comes from a report passes `shown`: a report must not move the cursor, change the
colours or write the title of somebody's terminal.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime

from sayso.records import (
    Attribution,
    Findings,
    Lineage,
    Origin,
    Report,
    ReportId,
    Speaker,
    Story,
)
from sayso.render.compared import marked
from sayso.render.phrases import count

WIDEST = 88

MOST_PASSAGES = 3
"""Shared passages that are shown; the rest is told by number."""

LONGEST_PASSAGE = 600
"""Characters of a passage: enough to see that it is the same."""


def shown(text: str) -> str:
    """Return `text` on one line, without control characters and direction overrides."""
    kept = (
        " " if character.isspace() else character
        for character in text
        if character.isspace() or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co"}
    )
    return " ".join("".join(kept).split())


def short(text: str, width: int = WIDEST) -> str:
    """Return `text` on one line, cut to `width` characters with an ellipsis."""
    text = shown(text)
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def time_words(when: datetime | None) -> str:
    """Return a time as "21 September 2022 13:10 UTC"; "no date" for None."""
    return "no date" if when is None else f"{when.day} {when:%B %Y %H:%M} UTC"


def show_report(report: Report) -> str:
    """Return a report: who, when, and each part with its kind."""
    lines = [
        f"{report.id}  {shown(report.outlet)} · {time_words(report.published)}",
        f"  {short(report.headline)}",
    ]
    if report.url:
        lines.append(f"  {shown(report.url)}")
    if report.doubts:
        lines.append(f"  doubts: {', '.join(report.doubts)}")
    for credit in report.credits:
        lines.append(f"  credit: {shown(credit.name)} ({shown(credit.reason)})")
    for part in report.parts:
        lines.append(f"  {part.kind:>10}  {short(report.cut(part.span), WIDEST - 12)}")
    return "\n".join(lines) + "\n"


def show_findings(report: Report, found: Findings) -> str:
    """Return what was found in a report."""
    lines = [
        f"{report.id}  {shown(report.outlet)} · {time_words(report.published)}",
        f"  {short(report.headline)}",
    ]
    for one in found.attributions:
        lines.append(f"  {one.id}  {who(report, one)} · {how(report, one)}")
        for span in one.content:
            lines.append(f"      {short(report.cut(span), WIDEST - 6)}")
    for figure in found.figures:
        counts = f" · counts {shown(figure.counts)}" if figure.counts else ""
        lines.append(f"  figure  {shown(report.cut(figure.span))}{counts} · {figure.bound}")
    for time in found.times:
        lines.append(f"  time    {shown(report.cut(time.span))} · {time.type} {time.value}")
    return "\n".join(lines) + "\n"


def show_attribution(report: Report, one: Attribution) -> str:
    """Return one attribution with its words, and why its speaker is who it is."""
    lines = [
        f"{one.id}  {shown(report.outlet)} · {time_words(report.published)}",
        f"  {short(report.headline)}",
        f"  {who(report, one)} · {how(report, one)} · confidence {one.confidence:.2f}",
    ]
    lines += [f"      {shown(report.cut(span))}" for span in one.content]
    reasons = one.speaker.reasons if one.speaker is not None else ()
    lines += [f"  because: {shown(reason)}" for reason in reasons]
    return "\n".join(lines)


def who(report: Report, one: Attribution) -> str:
    """Return the speaker as a reader wants it: name, role and country, and what is inferred."""
    if one.speaker is not None:
        return speaker_words(one.speaker)
    if one.source is not None:
        return f"“{shown(report.cut(one.source))}”, not resolved"
    return "the report does not say who"


def speaker_words(speaker: Speaker) -> str:
    """Return a speaker's name, role and country."""
    words = [shown(word) for word in (speaker.name, speaker.role) if word]
    if speaker.name is None:
        words = [f"{word} (unnamed)" for word in words] or ["unnamed"]
    if speaker.country:
        words.append(speaker.country)
    return ", ".join(words) + (" (inferred)" if speaker.inferred else "")


def how(report: Report, one: Attribution) -> str:
    """Return cue, manner, and the circumstances that the report gives."""
    words = [shown(report.cut(one.cue)) if one.cue else "no cue", one.manner]
    if one.modality != "asserted":
        words.append(one.modality)
    if one.addressee is not None:
        words.append(f"to: {shown(report.cut(one.addressee))}")
    # It brings its own preposition; and a cue that holds it has said it.
    if one.channel is not None and not (one.cue and one.cue.holds(one.channel)):
        words.append(shown(report.cut(one.channel)))
    if one.said_on is not None:
        words.append(f"on {one.said_on.isoformat()}")
    words.extend(f"via {shown(link.name)}" for link in one.via)
    return " · ".join(words)


def show_lineage(report: Report, lineage: Lineage, reports: Mapping[ReportId, Report]) -> str:
    """Return where a report comes from, with the first shared passage as proof."""
    lines = [f"{report.id}  {shown(report.outlet)} · {short(report.headline, 60)}"]
    if lineage.origin is not None:
        origin = reports.get(lineage.origin)
        outlet = shown(origin.outlet) if origin else "a report kept earlier"
        lines.append(
            f"  copied from {lineage.origin} ({outlet}), {lineage.shared:.0%} of its words"
        )
    elif lineage.other is not None:
        lines.append(f"  shares {lineage.shared:.0%} with {lineage.other}: {lineage.overlap}")
    lines.extend(f"  because: {shown(reason)}" for reason in lineage.reasons)
    if lineage.doubt:
        lines.append("  in doubt: it counts as dependent in the lower bound, not in the upper")
    lines += _passages(report, lineage, reports)
    return "\n".join(lines)


def _passages(
    report: Report, lineage: Lineage, reports: Mapping[ReportId, Report]
) -> Iterator[str]:
    """Yield the longest shared passages, what differs marked as in a proof."""
    other = reports.get(lineage.other) if lineage.other else None
    longest = sorted(lineage.passages, key=lambda one: (-len(one.here), one.here))[:MOST_PASSAGES]
    for passage in sorted(longest, key=lambda one: one.here):
        words = report.cut(passage.here)
        if other is not None:
            words = marked(other.cut(passage.there), words)
        at = f"{passage.here.start}-{passage.here.end} as {passage.there.start}-{passage.there.end}"
        yield f"  {at}: “{short(words, LONGEST_PASSAGE)}”"
    left = len(lineage.passages) - len(longest)
    if left:
        yield f"  and {left} more"


def show_origin(origin: Origin, reports: Mapping[ReportId, Report]) -> str:
    """Return a group of reports of one origin."""
    lines = [
        f"one source: {shown(origin.name)} ({origin.kind}), {count(len(origin.reports), 'report')}"
    ]
    for one in origin.reports:
        if one in reports:
            lines.append(f"  {one}  {shown(reports[one].outlet)}")
    return "\n".join(lines)


def show_story(story: Story, reports: Mapping[ReportId, Report]) -> str:
    """Return a story and its reports."""
    lines = [f"{story.id}  {short(story.headline)} · {count(len(story.reports), 'report')}"]
    for one in story.reports:
        if one in reports:
            report = reports[one]
            lines.append(
                f"  {one}  {time_words(report.published)} · {shown(report.outlet)}"
                f" · {short(report.headline, 50)}"
            )
    return "\n".join(lines) + "\n"
