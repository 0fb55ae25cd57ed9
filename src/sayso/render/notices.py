"""One development as a notice: the JSON that a webhook is sent, and a plain mail.

A reader is told once of each development: a statement that is new, changed or disputed, a
correction. An outlet's edit of its own words is none, and neither is one more outlet that carries
what was told, nor a report in which nobody says anything; a withdrawal always is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sayso.records import Attribution, Change, Development, Report
from sayso.render.jsonl import to_line
from sayso.render.phrases import moment, visible

LONGEST_SUBJECT = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What is told of one development."""

    id: str  # of the delivery: whoever gets it twice knows it by this
    about: str  # what is followed
    change: Change
    report: Report
    said: Attribution | None = None  # the statement that the development is about
    page: str = ""  # where to read on; empty: the desk has no public address


def worth_telling(step: Development) -> bool:
    """Say whether readers hear of a development beyond the page itself."""
    if step.kind in ("withdrawn", "corrected"):
        return True
    return step.statement is not None and step.kind != "repeated"


def notice_json(notice: Notice) -> bytes:
    """Return the body that a webhook is sent."""
    step, report, said = notice.change.development, notice.report, notice.said
    whole: dict[str, Any] = {
        "id": notice.id,
        "cursor": notice.change.cursor,
        "at": notice.change.at.isoformat(),
        "about": notice.about,
        "kind": step.kind,
        "reasons": list(step.reasons),
        "story": step.story,
        "statement": step.statement,
        "report": {
            "id": report.id,
            "outlet": report.outlet,
            "headline": report.headline,
            "url": report.url,
            "published": report.published.isoformat() if report.published else None,
        },
        "said": None
        if said is None
        else {
            "speaker": said.speaker.name if said.speaker else None,
            "source": report.cut(said.source) if said.source else None,
            "content": [
                {"start": span.start, "end": span.end, "text": report.cut(span)}
                for span in said.content
            ],
        },
        "page": notice.page or None,
    }
    return to_line(whole).encode()


def notice_subject(notice: Notice) -> str:
    """Return the subject of the mail: what happened, about what, on whose say-so."""
    told = f"{notice.change.development.kind}: {notice.about}: {_who(notice)}"
    return visible(told)[:LONGEST_SUBJECT]


def notice_text(notice: Notice) -> str:
    """Return the mail: the words, who says so, and where they stand."""
    report, said = notice.report, notice.said
    words = " … ".join(report.cut(span) for span in said.content) if said else report.headline
    rows = [
        words,
        "",
        _who(notice),
        f"{report.outlet}, “{report.headline}”, {moment(report.published)}",
        *([report.url] if report.url else []),
        *notice.change.development.reasons,
        "",
        *([f"The briefing: {notice.page}"] if notice.page else []),
        f"Told as change {notice.change.cursor}",
    ]
    return "\n".join(visible(row) for row in rows) + "\n"


def _who(notice: Notice) -> str:
    said = notice.said
    if said is None:
        return notice.report.outlet
    if said.speaker is not None and said.speaker.name:
        return said.speaker.name
    if said.source is not None:
        return notice.report.cut(said.source)
    return f"{notice.report.outlet} does not say who"
