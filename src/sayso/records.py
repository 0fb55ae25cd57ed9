"""The shared language: what every part of sayso hands to the next.

Rule 1: a record is frozen; a change is a new record.
Rule 2: words are never stored twice; a `Span` points at them and `Report.cut` cuts them.
Rule 3: a time is aware and in UTC; a day is a `date`; None means that nobody said.

Nothing here computes, reads or writes; ids are made in `sayso.ids`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, NewType

ReportId = NewType("ReportId", str)
AttributionId = NewType("AttributionId", str)
FigureId = NewType("FigureId", str)
StoryId = NewType("StoryId", str)
StatementId = NewType("StatementId", str)
LineId = NewType("LineId", str)

Cursor = NewType("Cursor", int)
"""The ever-growing number of a change, by which a reader resumes."""

PartKind = Literal[
    "headline",
    "standfirst",
    "byline",
    "dateline",
    "body",
    "heading",  # a crosshead, or the time stamp of a live-blog entry
    "caption",
    "promotion",
    "see-also",
    "credit",
    "correction",
    "note",  # an editor's note that corrects nothing
]
Doubt = Literal[
    "undated",  # no date was given
    "future",  # dated after it was read
    "redated",  # the page, the feed or an earlier version gives another day
    "zoneless",  # a time without a zone, taken as UTC
    "dayless",  # a day without a time
]
Manner = Literal["direct", "indirect", "mixed"]
Modality = Literal["asserted", "negated", "hypothetical", "future", "asked"]
SpeakerKind = Literal["person", "organisation", "state", "document", "unnamed"]
Bound = Literal["exactly", "at_least", "at_most", "more_than", "less_than", "about", "between"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
OriginKind = Literal["agency", "owner", "copy", "outlet"]
OverlapKind = Literal["copy", "quotation", "boilerplate", "none"]
DevelopmentKind = Literal["new", "repeated", "changed", "disputed", "corrected", "withdrawn"]
TopicKind = Literal["story", "outlet", "speaker"]
Verdict = Literal[
    "copied",  # `report` was copied from `other`
    "separate",  # neither was copied from the other
    "together",  # both are of one story
    "apart",  # they are of two stories
    "undecided",  # an earlier ruling on the two is taken back
]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters [start, end) of one report's text, in Unicode code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def holds(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a report with a kind. Parts do not overlap and stand in text order."""

    kind: PartKind
    span: Span


@dataclass(frozen=True, slots=True)
class Credit:
    """An agency or outlet named as origin, and the words that name it."""

    name: str  # as normalised: "AP", "Reuters"
    span: Span | None  # None: named in the feed or in the page's metadata, not in the text
    reason: str  # in an editor's words: "dateline", "With reporting by", "RSS source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Who published a report, as a folder, a source list or an edition tells it."""

    name: str
    url: str | None = None
    owner: str | None = None
    country: str | None = None  # ISO 3166-1 alpha-2
    language: str | None = None  # BCP 47


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """What a feed says of itself, and shows, about how often it is worth asking."""

    lifetime: timedelta | None = None  # its own word (ttl): not worth asking again before
    period: timedelta | None = None  # its own word (sy:updatePeriod): it changes this often
    skip_hours: tuple[int, ...] = ()  # of the day in UTC, when it does not change
    skip_days: tuple[int, ...] = ()  # of the week, Monday is 0
    published: tuple[datetime, ...] = ()  # when its last items were, newest first
    hub: str | None = None  # who tells of changes, by WebSub
    topic: str | None = None  # what the hub knows the feed by: its rel="self"
    digest: str = ""  # of the bytes that it gave last: the same again need not be read


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A source that the desk follows: what an editor says of it, and how its polls went."""

    url: str  # where it is polled
    name: str = ""  # as the editor or the feed calls it
    outlet: Outlet | None = None  # None: each of its reports says who published it
    added: datetime
    paused: bool = False
    etag: str | None = None  # as the server sent it, to be sent back as it stands
    last_modified: str | None = None  # the same
    last_polled: datetime | None = None
    failing_since: datetime | None = None  # None: the last poll went well, or there was none
    last_error: str | None = None
    pages: bool = False  # True: the pages of its items may be read for their full text
    stopped: str | None = None  # why the desk itself asks no more, as "answered 410 Gone"
    due: datetime | None = None  # when it is asked next; None: as soon as can be
    failures: int = 0  # polls that failed, one after the other
    rhythm: Rhythm = Rhythm()
    dropped: tuple[str, ...] = ()  # what of its last answer could not be read, and why


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """How the poll of one source went, and what follows from it."""

    url: str
    at: datetime
    due: datetime | None = None  # when to ask again
    error: str | None = None  # None: it went well
    etag: str | None = None
    last_modified: str | None = None
    rhythm: Rhythm = Rhythm()
    dropped: tuple[str, ...] = ()
    moved_to: str | None = None  # where it is from now on
    stop: str | None = None  # why it must not be asked again


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """How one turn of the desk went."""

    began: datetime
    seconds: float = 0.0
    polled: int = 0  # sources that answered or failed
    failed: int = 0
    unchanged: int = 0  # sources that had nothing new
    reports: int = 0  # read, whether they were known or not
    dropped: int = 0  # items that could not be read
    changes: int = 0
    error: str | None = None  # why nothing of it was kept; it is done again


@dataclass(frozen=True, slots=True, kw_only=True)
class Logbook:
    """How the watching goes: since it was begun, and lately."""

    since: datetime
    turns: int = 0
    failed_turns: int = 0
    polled: int = 0
    failed: int = 0
    unchanged: int = 0
    reports: int = 0
    dropped: int = 0
    changes: int = 0
    queue: int = 0  # questions to outlets that wait or are under way
    last: Turn | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """How the telling of one who follows something goes; nothing of where it is sent."""

    about: str  # what is followed
    by: Literal["webhook", "mail"]
    told: Cursor | None = None  # up to which change; None: nothing yet
    failing_since: datetime | None = None  # None: the last notice was taken, or there was none
    reason: str | None = None  # why it was not
    set_aside: Cursor | None = None  # the last change that could not be told, and never was


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How the desk is, for readers and for those who run it."""

    at: datetime
    sources: tuple[Subscription, ...]
    logbook: Logbook | None = None  # None: nobody has watched yet
    follows: tuple[Following, ...] = ()
    cursor: Cursor
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One version of one dispatch as one outlet published it."""

    id: ReportId
    key: str  # what stays the same when the dispatch is edited: its address, guid or given id
    text: str  # every character as published; spans count in it
    headline: str
    outlet: str
    url: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    language: str = "und"  # BCP 47; "und": could not be told
    authors: tuple[str, ...] = ()
    credits: tuple[Credit, ...] = ()
    see_also: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    source: str = ""  # where it was read: the file or the address of the feed or page
    publisher: Outlet | None = None  # what the folder or the source list tells of the outlet

    def cut(self, span: Span) -> str:
        """Return the words of `span`, exactly as published."""
        return self.text[span.start : span.end]

    def spans(self, *kinds: PartKind) -> tuple[Span, ...]:
        """Return the stretches of the parts of `kinds`, in text order."""
        return tuple(part.span for part in self.parts if part.kind in kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who the source span names, as far as the report tells."""

    name: str | None  # None: unnamed ("a senior official")
    role: str | None = None  # as the report words it: "Russian Defense Minister"
    country: str | None = None  # ISO 3166-1 alpha-2; only where the words say it
    kind: SpeakerKind = "person"
    inferred: bool = False  # True: a pronoun or a role was resolved to this name
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain between a speaker and the report: who passed the words on."""

    name: str  # "RBC"
    source: Span
    cue: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Somebody is reported to have said, written, ordered, promised or thought something."""

    id: AttributionId
    cue: Span | None  # None: a dash or a label joins source and content, no word does
    content: tuple[Span, ...]  # one statement, perhaps in pieces
    source: Span | None  # None: the report does not say who
    manner: Manner
    modality: Modality = "asserted"  # anything else must never be shown as said
    confidence: float
    maker: str  # the extractor and its version, as in "rules/1"
    speaker: Speaker | None = None
    addressee: Span | None = None
    channel: Span | None = None
    said_on: date | None = None
    via: tuple[Link, ...] = ()  # from the speaker outwards


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number that a report gives, with what the words say of its bound."""

    id: FigureId
    span: Span
    low: float | None
    high: float | None
    bound: Bound
    unit: str | None  # ISO 4217 for money, "percent", SI or plain words; None: a count
    counts: str | None  # what is counted, in the report's words
    as_of: date | None
    attribution: AttributionId | None  # None: the outlet's own figure


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression and its TIMEX3 type and value."""

    span: Span
    type: TimeType
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """All that was found in one report."""

    report: ReportId
    attributions: tuple[Attribution, ...] = ()
    figures: tuple[Figure, ...] = ()
    times: tuple[TimeExpression, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch that two reports share: `here` in the copy, `there` in the other."""

    here: Span
    there: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """What a report was copied from, and the passages that show it."""

    report: ReportId
    other: ReportId | None = None  # the nearest earlier relative in the window
    origin: ReportId | None = None  # the report it was copied from; None: its own work, or unknown
    origin_name: str | None = None  # the agency or outlet it comes from, where that is known
    owner: str | None = None  # who owns the outlet
    shared: float = 0.0  # share of this report's words that stand in `other` too
    overlap: OverlapKind = "none"
    doubt: bool = False  # perhaps rewritten from `other`: too little is shared to call it a copy
    ruled: bool = False  # an editor ruled that it was copied from `other`
    separate: tuple[ReportId, ...] = ()  # those of which an editor ruled that it was not
    passages: tuple[Passage, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Reports that count as one source, and why."""

    name: str  # "AP", "Courier group", or the outlet alone
    kind: OriginKind
    reports: tuple[ReportId, ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Independence:
    """How many independent sources carry something: doubt lowers `low`, never raises it."""

    low: int
    high: int
    carriers: int  # reports
    origins: tuple[Origin, ...]
    note: str = ""  # what several sources of one statement show, and what they do not


@dataclass(frozen=True, slots=True)
class Utterance:
    """One attribution in one report: the reference that statements are made of."""

    report: ReportId
    attribution: AttributionId


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """How a further utterance of a statement is worded, beside those it was recognised by."""

    utterance: Utterance
    kind: Literal["identical", "trimmed", "paraphrased"]
    confidence: float  # that it is the same thing said; each wording has its own
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The same thing said by the same speaker, across all the reports that carry it."""

    id: StatementId
    utterances: tuple[Utterance, ...]  # the first is the one shown
    alike: tuple[Alike, ...] = ()  # one for each utterance but the first
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A report's place in a story, with the reasons an editor would give."""

    report: ReportId
    story: StoryId
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One unfolding matter, as of some cursor."""

    id: StoryId
    headline: str  # one of its reports' own headlines
    reports: tuple[ReportId, ...]  # by time
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True, slots=True)
class Topic:
    """What a reader may follow through many reports."""

    kind: TopicKind
    name: str  # of a story its id; of a speaker or an outlet as reports print it, in any case


@dataclass(frozen=True, slots=True, kw_only=True)
class Development:
    """One step in a story."""

    story: StoryId
    kind: DevelopmentKind
    report: ReportId
    statement: StatementId | None = None
    replaces: ReportId | None = None  # the version that a correction or an edit takes the place of
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A development as readers hear of it."""

    cursor: Cursor
    at: datetime
    development: Development


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What later reports are compared with of a report: numbers and terms, without its text.

    It is made of the report and of nothing else, and can be made again.
    """

    report: ReportId
    maker: str  # one that was made otherwise is made again
    outlet: str
    publisher: Outlet | None
    published: datetime | None  # None: it does not say, or cannot be trusted
    shingles: bytes  # 32-bit numbers, as `sayso.trace.copies` reads them
    terms: tuple[str, ...]  # the weightiest first
    weights: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """An editor's word on two reports: it wins over what the program finds, for ever.

    On lineage ("copied", "separate") and on stories ("together", "apart") the newest word on a
    pair counts; "undecided" takes both back.
    """

    report: ReportId
    other: ReportId
    verdict: Verdict
    reason: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """All that one turn writes, in one transaction."""

    reports: tuple[Report, ...] = ()
    findings: tuple[Findings, ...] = ()
    lineages: tuple[Lineage, ...] = ()
    placements: tuple[Placement, ...] = ()
    developments: tuple[Development, ...] = ()
    rulings: tuple[Ruling, ...] = ()  # with all that they change
    sketches: tuple[Sketch, ...] = ()
