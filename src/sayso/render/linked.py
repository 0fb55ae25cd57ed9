"""A briefing as linked data: a schema.org `LiveBlogPosting` whose updates hold a `Quotation` each.

Search engines and archives read it. Addresses in it are those of the reports, and fragments of
the page itself, so that it is the same wherever the page is. Only the lines that a reader sees
first are in it: what matters now and what is new.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sayso.brief.records import Briefing, Line
from sayso.records import SpeakerKind
from sayso.render import phrases

MOST_UPDATES = 30
KINDS: dict[SpeakerKind, str] = {
    "person": "Person",
    "organisation": "Organization",
    "state": "Country",
    "document": "CreativeWork",
    "unnamed": "Person",
}


def linked(briefing: Briefing) -> dict[str, Any]:
    """Return the linked data of `briefing`, ready to be written as JSON."""
    first = dict.fromkeys((*briefing.key, *briefing.fresh))
    lines = {line.id: line for line in briefing.lines}
    shown = [lines[one] for one in first if one in lines][:MOST_UPDATES]
    times = [row.published for row in briefing.reports if row.published]
    return _without_nothing(
        {
            "@context": "https://schema.org",
            "@type": "LiveBlogPosting",
            "headline": briefing.title,
            "description": briefing.belongs or None,
            "coverageStartTime": _time(min(times, default=None)),
            "dateModified": _time(briefing.updated),
            "liveBlogUpdate": [_update(line) for line in shown],
        }
    )


def _update(line: Line) -> dict[str, Any]:
    words = " … ".join(line.quote.words)
    speaker = line.speaker
    quotation = {
        "@type": "Quotation",
        "text": words,
        "spokenByCharacter": _without_nothing(
            {
                "@type": KINDS[speaker.kind] if speaker else "Person",
                "name": phrases.who(line),
                "jobTitle": speaker.role if speaker and speaker.kind == "person" else None,
            }
        )
        if speaker or line.source
        else None,
        "dateCreated": line.said_on.isoformat() if line.said_on else None,
    }
    return _without_nothing(
        {
            "@type": "BlogPosting",
            "@id": f"#{line.id}",
            "headline": f"{phrases.who(line)}: {words}"[:110],
            "datePublished": _time(line.at or line.published),
            "citation": _without_nothing(
                {
                    "@type": "NewsArticle",
                    "headline": line.headline,
                    "url": line.url,
                    "publisher": {"@type": "Organization", "name": line.outlet},
                    "datePublished": _time(line.published),
                }
            ),
            "hasPart": _without_nothing(quotation),
        }
    )


def _time(when: datetime | None) -> str | None:
    return when.isoformat() if when else None


def _without_nothing(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
