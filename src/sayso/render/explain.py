"""Why a line stands in a briefing: its passage, who carries it, on whose say-so, for what reasons.

For a terminal, without colour: every part of the passage is marked with a letter that the
legend under it names. Nothing is judged here; reasons are shown as they were given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sayso.brief.records import Briefing, Carrier, Line
from sayso.records import Report, ReportId
from sayso.render import phrases
from sayso.render.compared import marked
from sayso.render.layout import Layout, by_origin, lay_out
from sayso.render.passage import Role, passage
from sayso.render.terminal import BAR, INDENT, printed, support, tags, who, words
from sayso.render.typewriter import Piece, wrap

ROLES: dict[Role, str] = {
    "words": "the words",
    "source": "who",
    "cue": "how",
    "addressee": "to whom",
    "channel": "where",
}


def render_explain(
    line: Line,
    briefing: Briefing,
    reports: Mapping[ReportId, Report] | None = None,
    *,
    width: int = 80,
) -> str:
    """Return all that the briefing knows of `line`, in `width` columns.

    With the `reports` at hand, copied passages are shown in words, what differs marked.
    """
    return "\n".join(_Explanation(line, lay_out(briefing), reports or {}, width).rows()) + "\n"


class _Explanation:
    def __init__(
        self, line: Line, layout: Layout, reports: Mapping[ReportId, Report], width: int
    ) -> None:
        self.line = line
        self.layout = layout
        self.reports = reports
        self.width = width

    def rows(self) -> Iterator[str]:
        line = self.line
        yield f"line {line.id}"
        marks = "".join(text for text, _ in tags(line))
        if marks:
            yield from self._wrap(marks, INDENT)
        yield from self._wrap(words(line), BAR)
        yield from self._wrap("".join(text for text, _ in who(line, self.layout)), INDENT)
        yield from self._wrap(f"{support(line)} · {printed(line, self.layout)}", INDENT)
        if line.struck:
            yield from self._wrap(f"crossed out: {line.struck}", INDENT)
        yield from self._passage()
        yield from self._carriers()
        yield from self._reasons()

    def _passage(self) -> Iterator[str]:
        line = self.line
        yield ""
        yield "In its paragraph"
        marked = "".join(
            f"[{ROLES[each.role]}: {each.words}]" if each.role in ROLES else each.words
            for each in passage(line)
        )
        yield from self._wrap(marked, BAR)
        dayless = self.layout.dayless(line.quote.report)
        moment = phrases.moment(line.published, dayless=dayless)
        yield from self._wrap(f"{line.outlet}, “{line.headline}”, {moment}", INDENT)
        if line.url:
            yield from self._wrap(line.url, INDENT)
        spans = ", ".join(f"{span.start} to {span.end}" for span in line.quote.spans)
        yield from self._wrap(f"report {line.quote.report}, characters {spans}", INDENT)

    def _carriers(self) -> Iterator[str]:
        yield ""
        yield f"Who carries it: {phrases.sources(self.line.independence)}"
        if self.line.independence.note:
            yield from self._wrap(self.line.independence.note, "  ")
        for origin, carriers in by_origin(self.line):
            kind = phrases.ORIGIN_KINDS[origin.kind]
            reasons = f": {'; '.join(origin.reasons)}" if origin.reasons else ""
            yield from self._wrap(f"{origin.name}, {kind}{reasons}", "  ", INDENT)
            for carrier in carriers:
                yield from self._carrier(carrier)

    def _carrier(self, carrier: Carrier) -> Iterator[str]:
        layout = self.layout
        when = phrases.clock(
            carrier.published,
            near=layout.briefing.updated,
            dayless=layout.dayless(carrier.quote.report),
        )
        parts = [f"{carrier.outlet} {when}"]
        if carrier.copied_from is not None:
            row = layout.rows.get(carrier.copied_from)
            origin = row.outlet if row is not None else f"report {carrier.copied_from}"
            parts.append(f"{phrases.shared(carrier)} from {origin}")
        parts += carrier.reasons
        yield from self._wrap(" · ".join(parts), INDENT, INDENT + "  ")
        for each in carrier.passages:
            here, there = each.here, each.there
            yield from self._wrap(
                f"characters {here.start} to {here.end} are there at {there.start} to {there.end}",
                INDENT + "  ",
            )
            copy = self.reports.get(carrier.quote.report)
            first = self.reports.get(carrier.copied_from) if carrier.copied_from else None
            if copy is not None and first is not None:
                words = marked(first.cut(there), copy.cut(here))
                yield from self._wrap(words, INDENT + "    ")
        if carrier.quote.report == self.line.quote.report:
            return
        if carrier.quote.words == self.line.quote.words:
            yield from self._wrap("the same words", INDENT + "  ")
        else:
            yield from self._wrap(" … ".join(carrier.quote.words), INDENT + "│ ")

    def _reasons(self) -> Iterator[str]:
        line = self.line
        yield ""
        yield "Why it stands here"
        speaker = line.speaker.reasons if line.speaker is not None else ()
        sure = f"{line.manner} speech; {phrases.confidence(line.confidence)} sure that it was said"
        for reason in (*line.reasons, *speaker, sure):
            yield from self._wrap(reason, "  ", INDENT)
        for other in line.disputes:
            if other in self.layout.lines:
                against = self.layout.lines[other]
                yield from self._wrap(
                    f"disputes {other}, {phrases.who(against)}: {words(against)}", "  ", INDENT
                )
        if line.replaced_by is not None:
            yield f"  in its place: {line.replaced_by}"

    def _wrap(self, text: str, first: str, rest: str | None = None) -> list[str]:
        piece: Piece = (text, "plain")
        return wrap([piece], width=self.width, colour=False, first=first, rest=rest)
