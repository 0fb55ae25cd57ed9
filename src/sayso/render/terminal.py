"""A briefing for a terminal, in the order of the page.

A bar stands before words that were printed by an outlet; what is ours has none. Each line ends
with a short id, by which `sayso explain` shows the proof. Colour adds nothing that cannot be
read without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sayso.brief.records import Briefing, FigureSeries, Line, Quote
from sayso.records import LineId
from sayso.render import phrases
from sayso.render.layout import Block, Layout, lay_out
from sayso.render.typewriter import Piece, columns, safe, wrap

BAR = "  │ "
INDENT = "    "

SHORTEST = 4
"""Characters of an id that are shown when they are enough to tell the lines apart."""


def render_terminal(
    briefing: Briefing, *, colour: bool = False, width: int = 80, rows: int | None = None
) -> str:
    """Return `briefing` in `width` columns; at most `rows` rows of it, if that is given."""
    ids = short_ids([line.id for line in briefing.lines])
    form = _Terminal(layout=lay_out(briefing), ids=ids, colour=colour, width=width)
    made = list(form.rows())
    if rows is not None and len(made) > rows:
        kept = max(rows - 1, 0)
        made = [*made[:kept], f"… {phrases.count(len(made) - kept, 'more row')}"][:rows]
    return "\n".join(made) + "\n"


def short_ids(ids: list[LineId]) -> dict[LineId, str]:
    """Return for each id its beginning, as long as it takes to tell all of them apart."""
    size = SHORTEST
    while len({each[:size] for each in ids}) < len(set(ids)):
        size += 1
    return {each: each[:size] for each in ids}


def words(line: Line) -> str:
    """Return a line's words as printed, with gaps and with our marks around bare speech."""
    shown = " … ".join(line.quote.words)
    if phrases.bare(line):
        shown = f"“{shown}”"
    opening = "… " if phrases.opens(line) else ""
    return f"{opening}{shown}{' …' if phrases.closes(line) else ''}"


def who(line: Line, layout: Layout) -> list[Piece]:
    """Return who said it, in what office, how, through whom and on what day."""
    pieces: list[Piece] = []
    speaker = line.speaker
    if speaker is not None and speaker.name and speaker.inferred:
        resolved = f" (inferred from “{_joined(line.source)}”)" if line.source else " (inferred)"
        pieces += [(speaker.name, "inferred"), (resolved, "plain")]
    else:
        pieces.append((phrases.who(line), "bold"))
    if speaker is not None and speaker.name and speaker.role and speaker.role != speaker.name:
        pieces.append((f", {speaker.role}", "plain"))
    if phrases.said_how(line):
        pieces.append((f" · {phrases.said_how(line)}", "plain"))
    if line.via:
        pieces.append((f" · passed on by {', then '.join(line.via)}", "plain"))
    if line.said_on is not None:
        day = phrases.long_day(line.said_on, near=layout.briefing.updated)
        pieces.append((f" · {day}", "plain"))
    return pieces


def printed(line: Line, layout: Layout) -> str:
    """Return the outlet and when it printed the words."""
    dayless = layout.dayless(line.quote.report)
    when = phrases.clock(line.published, near=layout.briefing.updated, dayless=dayless)
    return f"{line.outlet} {when}"


def support(line: Line) -> str:
    """Return how many independent sources carry the line, which, and in how many reports."""
    carried = line.independence.carriers
    counted = phrases.sources(line.independence)
    named = phrases.origins(line.independence)
    return (
        counted
        + (f" ({named})" if named else "")
        + (f" · carried by {carried}" if carried > 1 else "")
    )


def tags(line: Line) -> list[Piece]:
    """Return what a reader must know of a line before reading it."""
    pieces: list[Piece] = [("new", "news")] if line.fresh else []
    for each in (phrases.state(line), phrases.modality(line)):
        if each:
            pieces += [(" · ", "plain")] if pieces else []
            pieces.append((each, "bold"))
    return pieces


def _joined(quote: Quote | None) -> str:
    return "" if quote is None else " … ".join(quote.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Terminal:
    layout: Layout
    ids: Mapping[LineId, str]
    colour: bool
    width: int

    def rows(self) -> Iterator[str]:
        briefing, layout = self.layout.briefing, self.layout
        yield from self._masthead()
        yield from self._block(layout.key)
        for block in (*layout.notices, *layout.sections):
            yield from self._block(block)
        yield from self._reactions()
        if briefing.figures:
            yield from self._heading("Figures")
            for series in [*(each for _, each in layout.series), *layout.single]:
                yield from self._series(series)
            if layout.own:
                own = f"{layout.own:,} more given once, by an outlet itself"
                yield ""
                yield from self._wrap([(own, "quiet")], "  ")
        if briefing.timeline:
            yield from self._heading("Timeline, by the day it happened")
            yield from self._timeline()
        if briefing.see_also:
            yield from self._heading("See also")
            for related in briefing.see_also:
                address = f" · {related.url}" if related.url else ""
                yield from self._wrap(
                    [(related.title, "said"), (f" · {related.reason}{address}", "quiet")], "  "
                )
        yield from self._sources()

    def _masthead(self) -> Iterator[str]:
        briefing = self.layout.briefing
        yield from self._wrap([(briefing.title, "bold")], "")
        parts: list[Piece] = [(phrases.updated(briefing.updated), "plain")]
        if briefing.since is not None:
            since = phrases.clock(briefing.since, near=briefing.updated)
            parts.append((" · ", "plain"))
            parts.append((f"{self.layout.news} new", "news" if self.layout.news else "plain"))
            parts.append((f" since {since}", "plain"))
        reports = phrases.count(len(briefing.reports), "report")
        parts.append((f" · {reports}, {briefing.independent} independent", "plain"))
        yield from self._wrap(parts, "")
        yield "─" * self.width

    def _heading(self, name: str, note: str = "") -> Iterator[str]:
        yield ""
        pieces: list[Piece] = [(name, "bold")]
        yield from self._wrap([*pieces, (f" · {note}", "quiet")] if note else pieces, "")

    def _block(self, block: Block) -> Iterator[str]:
        yield from self._heading(block.name, block.about)
        shown = self.layout.shown(block)
        for line in shown:
            yield ""
            in_full = self.layout.in_full(line, block)
            # Under "Disputed" every line is: the word need not stand over each of them.
            yield from self._line(line, in_full, tagged=block.id != "disputed")
            for other in self.layout.against.get(line.id, ()) if block.id == "disputed" else ():
                yield from self._wrap([("disputes", "plain")], INDENT)
                yield from self._line(other, False, tagged=False)
        if len(shown) < len(block.lines):
            yield ""
            left = f"{len(block.lines) - len(shown)} more, in their sections"
            yield from self._wrap([(left, "quiet")], INDENT)
        if not block.lines:
            yield from self._wrap([("Nothing was found.", "quiet")], "  ")

    def _line(self, line: Line, in_full: bool, *, tagged: bool) -> Iterator[str]:
        if tagged and tags(line):
            yield from self._wrap(tags(line), INDENT)
        yield from self._wrap([(words(line), "struck" if line.struck else "said")], BAR)
        where = printed(line, self.layout)
        if not in_full:
            pieces = who(line, self.layout)
            yield from self._wrap([*pieces, (f" · {where} · {self.ids[line.id]}", "quiet")], INDENT)
            return
        yield from self._wrap(who(line, self.layout), INDENT)
        if line.struck:
            yield from self._wrap([(f"crossed out: {line.struck}", "bold")], INDENT)
        proof = f"{support(line)} · {where} · {self.ids[line.id]}"
        yield from self._wrap([(proof, "quiet")], INDENT)

    def _reactions(self) -> Iterator[str]:
        rows = [row for row in self.layout.briefing.reactions if row.line in self.layout.lines]
        if not rows:
            return
        yield from self._heading("Who said what, by country or body")
        # Beside a name, "not said" would read as if it were said of the speaker.
        places = [row.place if row.country or row.body else "no country" for row in rows]
        side = min(max(map(columns, places)), self.width // 4)
        for place, row in zip(places, rows, strict=True):
            line = self.layout.lines[row.line]
            where = f" · {line.outlet} · {self.ids[line.id]}"
            yield from self._beside(
                place,
                [(phrases.who(line), "bold"), (f": {words(line)}", "said"), (where, "quiet")],
                side,
            )

    def _series(self, series: FigureSeries) -> Iterator[str]:
        yield ""
        head: list[Piece] = [(series.counts, "said")]
        if series.unit:
            head.append((f" in {series.unit}", "quiet"))
        if series.disputed:
            head.append((f" · disputed: {'; '.join(series.reasons)}", "plain"))
        yield from self._wrap(head, "  ")
        near = self.layout.briefing.updated
        values = [phrases.value(point, series.unit) for point in series.points]
        side = min(max(columns(value) for value in values), self.width // 3) if values else 0
        for value, point in zip(values, series.points, strict=True):
            day = phrases.short_day(point.as_of, near=near) if point.as_of else "no day"
            speaker = phrases.gave(point, self.layout.lines.get(point.line) if point.line else None)
            yield from self._beside(value, [(f"{speaker} · {day} · {point.outlet}", "plain")], side)

    def _timeline(self) -> Iterator[str]:
        near = self.layout.briefing.updated
        for day in self.layout.briefing.timeline:
            label = phrases.short_day(day.day, near=near)
            for entry in day.entries:
                line = f" · {self.ids[entry.line]}" if entry.line and entry.line in self.ids else ""
                yield from self._beside(
                    label,
                    [(_joined(entry.quote), "said"), (f" · {entry.outlet}{line}", "quiet")],
                    11,
                )
                label = ""

    def _sources(self) -> Iterator[str]:
        briefing = self.layout.briefing
        yield from self._heading("Sources")
        yield from self._wrap([(phrases.WITNESSES, "quiet")], "  ")
        for row in briefing.outlets:
            owner = f", owned by {row.owner}" if row.owner else ""
            copies = f", {row.copies} copied" if row.copies else ""
            reports = phrases.count(row.reports, "report")
            yield from self._wrap(
                [(row.outlet, "plain"), (f"{owner} · {reports}{copies}", "quiet")], "  ", "    "
            )
        for dropped in briefing.dropped:
            yield from self._wrap(
                [("dropped: ", "quiet"), (f"{dropped.thing}: {dropped.reason}", "plain")],
                "  ",
                "    ",
            )

    def _beside(self, label: str, pieces: list[Piece], side: int) -> Iterator[str]:
        """Yield `pieces` in a column of their own, right of `label`."""
        label = safe(label)
        indent = " " * (side + 4)
        if columns(label) <= side:
            beside = f"  {label}{' ' * (side - columns(label) + 2)}"
            yield from self._wrap(pieces, beside, indent)
        else:
            yield from self._wrap([(label, "plain")], "  ")
            yield from self._wrap(pieces, indent)

    def _wrap(self, pieces: list[Piece], first: str, rest: str | None = None) -> list[str]:
        return wrap(pieces, width=self.width, colour=self.colour, first=first, rest=rest)
