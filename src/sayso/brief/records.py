"""What a briefing is made of: the records between choosing (`brief`) and showing (`render`).

A briefing is a pure function of (edition, cursor). Rule: every word that somebody said, and
every headline, is cut from a report and carries where it was cut (`Quote`); all else on a
page is ours and is set in another face. Nothing here reads, writes or chooses.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sayso.records import (
    AttributionId,
    Cursor,
    DevelopmentKind,
    Independence,
    LineId,
    Manner,
    Modality,
    Passage,
    ReportId,
    Span,
    Speaker,
    StatementId,
    StoryId,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A standing section as the editor describes it."""

    name: str
    about: str  # a sentence
    terms: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory that no list of countries knows, and the words that name it."""

    name: str
    words: tuple[str, ...]  # its own name, its people's, its seats of government


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A briefing as an editor wants it."""

    title: str | None = None  # None: the story's own headline
    belongs: str = ""  # a sentence on what belongs; empty: everything that was read
    terms: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    countries: tuple[Country, ...] = ()
    key_lines: int = 5


@dataclass(frozen=True, slots=True)
class Quote:
    """Words cut from a report, in the pieces in which they stand there."""

    report: ReportId
    spans: tuple[Span, ...]
    words: tuple[str, ...]  # words[i] == report.cut(spans[i]), always


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """One report that carries a line, with the words as it printed them."""

    quote: Quote
    outlet: str
    url: str | None
    published: datetime | None
    origin: str  # the origin it counts under: "AP", "Courier group", the outlet itself
    shared: float = 0.0  # share of its words copied from its origin
    passages: tuple[Passage, ...] = ()  # the copied passages, here -> the origin's report
    copied_from: ReportId | None = None
    reasons: tuple[str, ...] = ()
    wording: Literal["identical", "trimmed", "paraphrased"] | None = None  # None: the one shown
    sure: float = 1.0  # that it is the same thing said, as its wording tells


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One entry of a briefing: words, on whose say-so, and the proof."""

    id: LineId
    statement: StatementId
    quote: Quote  # the words that were said
    attribution: AttributionId
    outlet: str
    url: str | None
    headline: str  # of the report
    published: datetime | None
    speaker: Speaker | None  # None: the report does not say who
    source: Quote | None  # the words that name the speaker, as printed
    cue: Quote | None
    addressee: Quote | None
    channel: Quote | None
    via: tuple[str, ...] = ()
    said_on: date | None = None
    manner: Manner
    modality: Modality = "asserted"
    confidence: float
    before: str = ""  # the paragraph around the words, for reading them in place
    after: str = ""
    between: tuple[str, ...] = ()  # what stands between the pieces of the words, each in turn
    independence: Independence
    carriers: tuple[Carrier, ...]  # the report of `quote` first
    state: DevelopmentKind = "new"
    fresh: bool = False  # came after the reader's cursor
    at: datetime | None = None  # when the desk learnt of it
    disputes: tuple[LineId, ...] = ()  # lines that deny or contradict this one
    replaced_by: LineId | None = None  # the line that corrected it
    struck: str | None = None  # why it is crossed out: corrected or withdrawn, and by whom
    reasons: tuple[str, ...] = ()  # why it stands here, in an editor's words


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionLines:
    """A section of the briefing and its lines, best first."""

    name: str
    about: str
    lines: tuple[LineId, ...]
    reasons: tuple[tuple[str, ...], ...] = ()  # why each of `lines` stands here, in their order
    quote: Quote | None = None  # where the name was cut from, when no editor gave one


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """A row of the table of who said what."""

    line: LineId
    country: str | None  # ISO 3166-1 alpha-2
    body: str | None  # what stands where a country would: "NATO", "United Nations"
    place: str  # as a reader reads it: "Russia", "NATO", "not said"


FigureMove = Literal[
    "first",
    "same",
    "rose",
    "fell",  # fewer than before, or revised down
    "conflict",  # another's count of the same moment, which cannot both be
]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigurePoint:
    """One figure of a series: who gave it, as of when, within what bounds."""

    quote: Quote
    low: float | None
    high: float | None
    bound: str
    as_of: date | None
    speaker: str | None
    outlet: str
    url: str | None
    published: datetime | None
    line: LineId | None
    move: FigureMove = "first"
    moved: str = ""  # the move in words: "up from 9 (Helena Quartim)"


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureSeries:
    """The same thing counted over time, perhaps by several who disagree."""

    counts: str  # words of its figures, with the state that they leave to the sentence
    unit: str | None
    points: tuple[FigurePoint, ...]  # by as_of, then by time of report
    disputed: bool = False
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """Something that a report says happened on a day."""

    quote: Quote
    outlet: str
    url: str | None
    published: datetime | None
    line: LineId | None  # where it was somebody's statement
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day of the timeline."""

    day: date
    entries: tuple[TimelineEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A story, a report or a title to see also, with the reason."""

    title: str
    url: str | None
    reason: str
    report: ReportId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """A report behind the briefing."""

    report: ReportId
    outlet: str
    headline: str
    url: str | None
    published: datetime | None
    updated: datetime | None
    doubts: tuple[str, ...]
    credits: tuple[str, ...]
    origin: str
    copied_from: ReportId | None
    lines: int  # of this briefing that it carries
    replaced_by: ReportId | None = None  # a later version of the same dispatch
    beside: tuple[Quote, ...] = ()  # a copied passage as printed here, and in its origin


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletRow:
    """An outlet that was read: how much, and who owns it."""

    outlet: str
    owner: str | None
    country: str | None
    reports: int
    copies: int  # of them, copied from elsewhere
    last: datetime | None


Length = int | Literal["page", "all"]
"""How much of a briefing is wanted: the few lines that lead, a page, or all that was said."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something that was not used, and why."""

    thing: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """A live briefing as of a cursor, ready to be shown."""

    title: str
    headline: Quote | None  # the story's headline: one of its reports' own
    belongs: str
    story: StoryId | None
    cursor: Cursor
    since: datetime | None  # what "new" is measured from
    updated: datetime | None  # the time of the newest report
    independent: int  # origins behind all that is shown, counted low
    lines: tuple[Line, ...]  # each once; all else refers to them by id
    key: tuple[LineId, ...]  # what matters now
    fresh: tuple[LineId, ...]  # new since last looked
    disputed: tuple[LineId, ...]
    corrected: tuple[LineId, ...]
    sections: tuple[SectionLines, ...]  # the last may be "Elsewhere in this story"
    reactions: tuple[Reaction, ...]
    figures: tuple[FigureSeries, ...]
    timeline: tuple[Day, ...]
    see_also: tuple[Related, ...]
    reports: tuple[ReportRow, ...]  # newest first
    outlets: tuple[OutletRow, ...]
    dropped: tuple[Dropped, ...]
    maker: str = ""  # the program and its version
    length: Length = "page"  # how much of it this is; a number: that many lines, which lead
