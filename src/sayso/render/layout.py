"""Where everything stands: which list shows a line in full and which ones only refer to it.

A line is shown in full once, in the first list that a reader comes to; that place carries its
id, and every other list links to it. Page, terminal and Markdown share this order, so that
they never disagree. Nothing here chooses or words anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sayso.brief.records import Briefing, Carrier, FigureSeries, Line, Quote, ReportRow
from sayso.records import LineId, Origin, ReportId


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A list of lines under one heading."""

    id: str
    name: str
    about: str
    lines: tuple[Line, ...]
    quote: Quote | None = None  # where the name was cut from, when no editor gave one


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A briefing laid out: its blocks in reading order, and what to look things up by."""

    briefing: Briefing
    key: Block
    notices: tuple[Block, ...]  # new, disputed, corrected: those that have lines
    sections: tuple[Block, ...]
    lines: Mapping[LineId, Line]
    rows: Mapping[ReportId, ReportRow]
    homes: Mapping[LineId, str]  # the block that shows the line in full
    placed: Mapping[LineId, tuple[str, tuple[str, ...]]]  # the section of a line, and the reasons
    lineages: Mapping[ReportId, Carrier]  # of the reports of which more than the outlet is known
    against: Mapping[LineId, tuple[Line, ...]]  # in the list of disputes: what a line disputes

    NOTICES: ClassVar[Mapping[str, int]] = {"new": 4, "disputed": 2, "corrected": 3}
    """Lines of a notice before the rest is one click away: a dispute takes the room of two."""

    LINES: ClassVar[int] = 18
    """Lines of a section before the rest is one click away: a screen or two."""

    ROWS: ClassVar[int] = 30
    """Rows of a table before the rest is one click away."""

    CELL: ClassVar[int] = 100
    """Characters of a line's words in a table; the line itself stands in full elsewhere."""

    SERIES: ClassVar[int] = 4
    """Series of figures drawn before the rest is one click away."""

    DAYS: ClassVar[int] = 14
    """Days of the timeline, the last ones, before the earlier ones are one click away."""

    def shown(self, block: Block) -> tuple[Line, ...]:
        """Return the lines of a notice that a form without folds shows.

        Beyond the first few it leaves out what stands in full elsewhere; nothing is lost.
        """
        most = self.NOTICES.get(block.id, len(block.lines))
        return tuple(
            line
            for place, line in enumerate(block.lines)
            if place < most or self.in_full(line, block)
        )

    def in_full(self, line: Line, block: Block) -> bool:
        return self.homes[line.id] == block.id

    def dayless(self, report: ReportId) -> bool:
        """Tell whether the hour of a report's publication is unknown."""
        row = self.rows.get(report)
        return row is not None and "dayless" in row.doubts

    @property
    def series(self) -> list[tuple[int, FigureSeries]]:
        """Return the series that have more than one figure, numbered as the briefing has them."""
        numbered = enumerate(self.briefing.figures, start=1)
        return [(number, each) for number, each in numbered if len(each.points) > 1]

    @property
    def single(self) -> list[FigureSeries]:
        """Return the figures that somebody gave once; an outlet's own are in the JSON."""
        once = [each for each in self.briefing.figures if len(each.points) == 1]
        return [each for each in once if each.points[0].line in self.lines]

    @property
    def own(self) -> int:
        """Return how many figures were given once by nobody but the outlet."""
        return len(self.briefing.figures) - len(self.series) - len(self.single)

    @property
    def news(self) -> int:
        return len(self.briefing.fresh)


def lay_out(briefing: Briefing) -> Layout:
    """Return the layout of `briefing`."""
    lines = {line.id: line for line in briefing.lines}

    def block(
        id: str, name: str, ids: Iterable[LineId], about: str = "", quote: Quote | None = None
    ) -> Block:
        held = tuple(lines[i] for i in ids if i in lines)
        return Block(id=id, name=name, about=about, lines=held, quote=quote)

    key = block("key", "What matters now", briefing.key)
    leading = set(briefing.key)  # what leads is marked as new where it stands
    against = _pair(briefing.disputed, lines)
    notices = (
        block("new", _new_since(briefing.since), [i for i in briefing.fresh if i not in leading]),
        block("disputed", "Disputed", against),
        block("corrected", "Corrected", briefing.corrected),
    )
    sections = [
        block(f"section-{number}", section.name, section.lines, section.about, section.quote)
        for number, section in enumerate(briefing.sections, start=1)
    ]
    homes: dict[LineId, str] = {}
    # The notices come last here although they are read before the sections: they are short
    # lists in the margin, and hold in full only what stands nowhere else (a struck line).
    for each in (key, *sections, *reversed(notices)):
        for line in each.lines:
            homes.setdefault(line.id, each.id)
    homeless = [line.id for line in briefing.lines if line.id not in homes]
    if homeless:
        sections.append(block("section-rest", "Also said", homeless))
        homes |= dict.fromkeys(homeless, "section-rest")
    return Layout(
        briefing=briefing,
        key=key,
        notices=tuple(each for each in notices if each.lines),
        sections=tuple(each for each in sections if each.lines),
        lines=lines,
        rows={row.report: row for row in briefing.reports},
        homes=homes,
        lineages={
            carrier.quote.report: carrier
            for line in briefing.lines
            for carrier in line.carriers
            if carrier.reasons or carrier.passages
        },
        placed={
            line: (section.name, reasons)
            for section in briefing.sections
            for line, reasons in zip(section.lines, section.reasons, strict=False)
        },
        against=against,
    )


def _pair(
    disputed: Iterable[LineId], lines: Mapping[LineId, Line]
) -> dict[LineId, tuple[Line, ...]]:
    """Return each disputed line with what it disputes, two that dispute each other once."""
    pairs: dict[LineId, tuple[Line, ...]] = {}
    told: set[LineId] = set()
    for id in disputed:
        if id not in lines or id in told:
            continue
        pairs[id] = tuple(lines[other] for other in lines[id].disputes if other in lines)
        told |= {id, *lines[id].disputes}
    return pairs


def by_origin(line: Line) -> list[tuple[Origin, list[Carrier]]]:
    """Return the carriers of `line` under the origins that they count as."""
    return [
        (origin, [each for each in line.carriers if each.quote.report in origin.reports])
        for origin in line.independence.origins
    ]


def _new_since(since: datetime | None) -> str:
    return "New" if since is None else "New since you last looked"
