"""What a desk has besides one briefing: rows of its front page, and what a search finds.

Records only; `sayso.commands.stand` fills them, `sayso.render.desk_pages` shows them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sayso.brief.material import Said
from sayso.records import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A page of the desk: an edition, or a story."""

    topic: str  # as in its address: the slug of an edition, the id of a story
    title: str  # the editor's title, or the story's headline as a report printed it
    kind: Literal["edition", "story"]
    reports: int = 0
    first: datetime | None = None
    last: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What holds the words of a search."""

    reports: tuple[Report, ...] = ()  # newest first
    said: tuple[Said, ...] = ()  # of these reports, what was said with all the words
    speakers: tuple[str, ...] = ()  # whose name holds the words
    outlets: tuple[str, ...] = ()
