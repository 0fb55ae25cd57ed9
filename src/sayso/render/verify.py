"""Whether a published briefing still says what its reports said, to the character.

Three checks, each finding what the others cannot. The briefing's record against the reports:
every quotation, outlet, address, time and headline. The words on the page against the reports,
by the offsets that stand beside them. And the page against the page that its own record makes,
so that nothing around the words was changed either.

A digest tells that a record was changed, not by whom: who forges one convincingly must forge
what is in the reports, and that shows. A name that a "he" or an office was resolved to is no
words of its report; where what the desk found in the reports is at hand, it is held against that.
Faults are returned, never raised.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape

import lxml.html
from lxml import etree

from sayso.brief.records import Briefing, FigurePoint, Line, Quote, TimelineEntry
from sayso.errors import InputError
from sayso.records import Findings, Report, ReportId, Span, Speaker
from sayso.render import briefing_json
from sayso.render.packed import seal, unpack
from sayso.render.page import Served, render_page
from sayso.render.phrases import visible
from sayso.trace.known import name_speakers
from sayso.trace.voices import same_speaker

_RECORD = re.compile(
    r'<script type="application/x-xz" id="briefing" data-seal="([^"]*)">([^<]*)</script>'
)
_SERVED = re.compile(r'<body data-topic="([^"]*)" data-prefix="([^"]*)"')
_PLACE = re.compile(r'\bid="([^"]+)"')
_AT = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")

SAME = 0.9
"""How alike two names are that one person may have: an initial, or a family name alone."""

AROUND = 40
"""Characters shown of what was expected and of what was found."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a published briefing that is not as it was reported or rendered."""

    where: str  # a line's id, or the id of the nearest part of the page
    what: str  # what was expected and what was found

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def verify(
    published: str,
    reports: Mapping[ReportId, Report],
    *,
    findings: Mapping[ReportId, Findings] | None = None,
    maker: str | None = None,
) -> list[Fault]:
    """Return the faults of a published page or of a briefing's JSON; none when it is as reported.

    `findings` are what the desk found in the reports; None: it cannot be known.
    `maker` is the program and its version, as `Briefing.maker` gives it: a page that another
    version made looks otherwise, so only its words and its record are checked, not its look.
    """
    found = _RECORD.search(published)
    try:
        fields = _fields(published)
        briefing = briefing_json.convert(fields)
    except InputError as error:
        return [Fault("briefing", error.reason)]
    faults = list(_record_faults(briefing, reports))
    if findings is not None:
        faults += _speaker_faults(briefing, reports, findings)
    if fields.get("digest") != briefing_json.digest(fields):
        faults.append(Fault("digest", "the record was changed after it was published"))
    if found and not _is_json(published):
        if found[1] != seal(found[2]):
            faults.append(Fault("briefing", "the packed record is not the one that was sealed"))
        faults += _word_faults(published, reports)
        if maker is None or briefing.maker == maker:
            faults += _look_faults(published, briefing)
    return list(dict.fromkeys(faults))


def read_record(published: str) -> Briefing:
    """Return the briefing of a page or of JSON, unchecked. Raises InputError for neither."""
    return briefing_json.convert(_fields(published))


def named_in(briefing: Briefing) -> list[ReportId]:
    """Return the reports that the words of a briefing are cut from, each once."""
    quotes = [line.quote for line in briefing.lines]
    quotes += [carrier.quote for line in briefing.lines for carrier in line.carriers]
    quotes += [point.quote for series in briefing.figures for point in series.points]
    quotes += [entry.quote for day in briefing.timeline for entry in day.entries]
    rows = [row.report for row in briefing.reports]
    return list(dict.fromkeys((*rows, *(quote.report for quote in quotes))))


def _is_json(published: str) -> bool:
    return published.lstrip("\ufeff \t\r\n").startswith("{")


def _fields(published: str) -> dict[str, object]:
    if _is_json(published):
        return briefing_json.load(published)
    found = _RECORD.search(published)
    if found is None:
        raise InputError("briefing", "the page does not hold the record that it was made from")
    return briefing_json.load(unpack(found[2]))


def _speaker_faults(
    briefing: Briefing, reports: Mapping[ReportId, Report], findings: Mapping[ReportId, Findings]
) -> Iterator[Fault]:
    """Yield where a line has another speaker than was found in its report."""
    held = {one: found for one, found in findings.items() if one in reports}
    known = name_speakers([reports[one] for one in held], held)
    for line in briefing.lines:
        # As its own report names the speaker, or as the other reports do.
        told = [
            one.speaker
            for found in (held.get(line.quote.report), known.get(line.quote.report))
            for one in (found.attributions if found is not None else ())
            if one.id == line.attribution
        ]
        if not told:
            yield Fault(line.id, "nobody was found to say this in its report")
        elif not any(_is_speaker(line.speaker, one) for one in told):
            name = line.speaker.name if line.speaker else None
            yield Fault(line.id, f"speaker: “{visible(name or '')}” is not who was found to say it")


def _is_speaker(shown: Speaker | None, found: Speaker | None) -> bool:
    """Say whether a line names the one who was found.

    Which of two spellings of a name a page has depends on all that the desk had read, so one that
    is known to be the same will do; what stands in no report is a fault anyhow.
    """
    if shown is None or found is None:
        return shown is found
    if (shown.name, shown.role, shown.country) == (found.name, found.role, found.country):
        return True
    if not shown.name or not found.name or shown.kind != found.kind:
        return False
    return same_speaker(shown, found) >= SAME


def _record_faults(briefing: Briefing, reports: Mapping[ReportId, Report]) -> Iterator[Fault]:
    for line in briefing.lines:
        yield from _line_faults(line, reports)
    if briefing.headline is not None:
        yield from _quote_faults("headline", briefing.headline, reports)
    for section in briefing.sections:
        if section.quote is not None:
            yield from _quote_faults(f"section {section.name}", section.quote, reports)
            yield from _differs("sections", "name", " … ".join(section.quote.words), section.name)
    for number, series in enumerate(briefing.figures, start=1):
        for point in series.points:
            yield from _quote_faults(f"figure-{number}", point.quote, reports)
            yield from _printed_faults(f"figure-{number}", point, reports)
    for day in briefing.timeline:
        for entry in day.entries:
            yield from _quote_faults(f"timeline {day.day}", entry.quote, reports)
            yield from _printed_faults(f"timeline {day.day}", entry, reports)
    for row in briefing.reports:
        report = reports.get(row.report)
        where = f"report {row.report}"
        if report is None:
            yield Fault(where, "not among the reports at hand")
            continue
        for quote in row.beside:
            yield from _quote_faults(where, quote, reports)
        yield from _differs(where, "outlet", report.outlet, row.outlet)
        yield from _differs(where, "headline", report.headline, row.headline)
        yield from _differs(where, "address", report.url, row.url)
        yield from _differs(where, "time", report.published, row.published)


def _line_faults(line: Line, reports: Mapping[ReportId, Report]) -> Iterator[Fault]:
    for quote in (line.quote, line.source, line.cue, line.addressee, line.channel):
        if quote is not None:
            yield from _quote_faults(line.id, quote, reports)
    yield from _printed_faults(line.id, line, reports)
    report = reports.get(line.quote.report)
    if report is not None:
        yield from _differs(line.id, "headline", report.headline, line.headline)
        yield from _context_faults(line, report)
        yield from _name_faults(line, report, reports)
    for carrier in line.carriers:
        yield from _quote_faults(line.id, carrier.quote, reports)
        carried = reports.get(carrier.quote.report)
        if carried is not None:
            yield from _differs(line.id, "carrier’s outlet", carried.outlet, carrier.outlet)
            yield from _differs(line.id, "carrier’s address", carried.url, carrier.url)
            yield from _differs(line.id, "carrier’s time", carried.published, carrier.published)


def _name_faults(line: Line, report: Report, reports: Mapping[ReportId, Report]) -> Iterator[Fault]:
    """Yield where a speaker's name is not cut from the report that has the speaker say it.

    A name that a pronoun or an office was resolved to stands elsewhere in the report, or, marked
    as inferred, in another of the reports; any other shares a word with the words that name the
    speaker.
    """
    speaker = line.speaker
    if speaker is None or speaker.name is None:
        return
    name = speaker.name.split()
    # What is inferred may be known from another report, whose spelling the name then has.
    told = [report, *(reports.values() if speaker.inferred else ())]
    # The capital of a sentence's first word is no part of a name, nor is a line break within it.
    whole = " ".join(name).casefold()
    if not any(whole in " ".join(one.text.split()).casefold() for one in told):
        yield Fault(line.id, f"speaker: “{visible(speaker.name)}” stands nowhere in the report")
    elif line.source is not None and not speaker.inferred:
        named = " ".join(line.source.words).casefold()
        if not any(word.casefold() in named for word in name):
            yield Fault(line.id, f"speaker: “{visible(speaker.name)}” is not whom the words name")


def _context_faults(line: Line, report: Report) -> Iterator[Fault]:
    start, end = line.quote.spans[0].start, line.quote.spans[-1].end
    before = report.text[max(0, start - len(line.before)) : start]
    after = report.text[end : end + len(line.after)]
    yield from _differs(line.id, "words before", before, line.before)
    yield from _differs(line.id, "words after", after, line.after)
    if line.between:
        pairs = itertools.pairwise(line.quote.spans)
        between = tuple(report.text[one.end : other.start] for one, other in pairs)
        yield from _differs(line.id, "words between", between, line.between)


def _printed_faults(
    where: str, thing: Line | FigurePoint | TimelineEntry, reports: Mapping[ReportId, Report]
) -> Iterator[Fault]:
    report = reports.get(thing.quote.report)
    if report is not None:
        yield from _differs(where, "outlet", report.outlet, thing.outlet)
        yield from _differs(where, "address", report.url, thing.url)
        yield from _differs(where, "time", report.published, thing.published)


def _quote_faults(where: str, quote: Quote, reports: Mapping[ReportId, Report]) -> Iterator[Fault]:
    report = reports.get(quote.report)
    if report is None:
        yield Fault(where, f"report {quote.report} is not among the reports at hand")
        return
    for span, words in zip(quote.spans, quote.words, strict=True):
        if span.end > len(report.text):
            yield Fault(where, f"[{span.start}, {span.end}) is outside report {quote.report}")
        else:
            yield from _differs(where, "words", report.cut(span), words)


def _differs(where: str, name: str, expected: object, found: object) -> Iterator[Fault]:
    if expected == found:
        return
    if isinstance(expected, str) and isinstance(found, str):
        expected, found = _apart(expected, found)
    yield Fault(where, f"{name}: expected {expected!s}, found {found!s}")


def _apart(expected: str, found: str) -> tuple[str, str]:
    """Return both texts quoted, cut to where they begin to differ."""
    start = max(0, _first_difference(expected, found) - AROUND // 2)
    return _quoted(expected, start), _quoted(found, start)


def _quoted(text: str, start: int) -> str:
    opening = "…" if start > 0 else ""
    closing = "…" if len(text) > start + AROUND else ""
    return f"“{opening}{visible(text[start : start + AROUND])}{closing}”"


def _first_difference(one: str, other: str) -> int:
    for place, (here, there) in enumerate(zip(one, other, strict=False)):
        if here != there:
            return place
    return min(len(one), len(other))


def _word_faults(published: str, reports: Mapping[ReportId, Report]) -> Iterator[Fault]:
    """Yield where words on the page are not those at the offsets beside them."""
    try:
        page = lxml.html.document_fromstring(published)
    except (etree.LxmlError, ValueError) as error:
        yield Fault("page", f"not HTML: {error}")
        return
    for element in page.iter():
        if not isinstance(element, lxml.html.HtmlElement):
            continue
        at = element.get("data-at")
        if at is None:
            continue
        # Beside the words, or around all the stretches of one passage.
        holders = (element, *element.iterancestors())
        report_id = next(
            (each.get("data-report") for each in holders if each.get("data-report")), ""
        )
        where = next(
            (str(each.get("id")) for each in element.iterancestors() if each.get("id")), "page"
        )
        report = reports.get(ReportId(str(report_id)))
        offsets = _AT.fullmatch(at)
        span = (int(offsets[1]), int(offsets[2])) if offsets else (1, 0)
        if report is None:
            yield Fault(where, f"report {report_id} is not among the reports at hand")
        elif span[0] > span[1]:
            yield Fault(where, f"“{visible(at)[:AROUND]}” is no span")
        else:
            words = visible(report.cut(Span(*span)))
            yield from _differs(where, "words", words, str(element.text_content()))


def _look_faults(published: str, briefing: Briefing) -> Iterator[Fault]:
    """Yield the first place where the page is not the one that its record makes."""
    body = _SERVED.search(published)
    try:
        served = Served(topic=unescape(body[1]), prefix=unescape(body[2])) if body else None
    except ValueError as error:
        yield Fault("page", str(error))
        return
    # The packed record has its own seal, and other bytes where xz is of another build.
    expected = _RECORD.sub("", render_page(briefing, served=served))
    published = _RECORD.sub("", published, count=1)
    if published == expected:
        return
    at = _first_difference(expected, published)
    places = _PLACE.findall(expected, 0, at)
    wanted, found = _apart(expected, published)
    yield Fault(str(places[-1]) if places else "page", f"page: expected {wanted}, found {found}")
