"""A briefing shows only words that stand in a report, each with whoever said them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date

import pytest

from sayso.brief.make import MOST_LINES, make_briefing
from sayso.brief.material import Material
from sayso.brief.records import Briefing, Edition, Length, Line, Quote, Section
from sayso.extract.figures import find_figures
from sayso.ids import make_id
from sayso.records import (
    Attribution,
    Cursor,
    Figure,
    FigureId,
    Findings,
    Lineage,
    Part,
    Passage,
    Report,
    ReportId,
    Span,
    Speaker,
    Statement,
    StatementId,
    StoryId,
    TimeExpression,
    Utterance,
)
from sayso.thread.threads import make_story
from sayso.trace.owners import Owners
from tests import build

MAYOR = Speaker(name="Ilse Maro", role="mayor of Vesk", country="FR")
EARLY = build.report(
    ["The dam above Vesk will hold through the night, Mayor Ilse Maro said.", "Rain fell."],
    headline="Dam will hold, mayor says",
    outlet="Orla Gazette",
    published=build.at("09:00"),
)
COPY = build.report(
    ["The dam above Vesk will hold through the night, Mayor Ilse Maro said."],
    headline="Mayor: dam holds",
    outlet="Valley Post",
    published=build.at("11:00"),
)
DENIAL = build.report(
    ["Engineer Tom Reyk denied that the dam above Vesk will hold through the night."],
    headline="Engineer doubts dam",
    outlet="Courier",
    published=build.at("12:00"),
)
HOLDS = "The dam above Vesk will hold through the night"


def claim(report: Report) -> Attribution:
    return build.said(report, HOLDS, source="Mayor Ilse Maro", cue="said", speaker=MAYOR)


def denial(report: Report = DENIAL) -> Attribution:
    return build.said(
        report,
        "that the dam above Vesk will hold through the night",
        source="Engineer Tom Reyk",
        cue="denied",
        speaker="Tom Reyk",
    )


def statement(*said: tuple[Report, Attribution]) -> Statement:
    utterances = tuple(Utterance(report.id, one.id) for report, one in said)
    return Statement(id=StatementId(make_id("statement", utterances)), utterances=utterances)


def material(
    reports: Sequence[Report], found: Sequence[Findings], *statements: Statement, **fields: object
) -> Material:
    plain = Material(
        reports=tuple(reports),
        findings={report.id: Findings(report=report.id) for report in reports}
        | {one.report: one for one in found},
        lineages={report.id: Lineage(report=report.id) for report in reports},
        statements=statements,
        owners=Owners(),
        cursor=Cursor(3),
    )
    return dataclasses.replace(plain, **fields)  # type: ignore[arg-type]


def quotes_of(thing: object) -> list[Quote]:
    """Return every Quote anywhere in a briefing."""
    if isinstance(thing, Quote):
        return [thing]
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        return [
            quote
            for field in dataclasses.fields(thing)
            for quote in quotes_of(getattr(thing, field.name))
        ]
    if isinstance(thing, tuple):
        return [quote for one in thing for quote in quotes_of(one)]
    return []


def test_every_word_shown_stands_in_its_report() -> None:
    said = claim(EARLY)
    briefing = make_briefing(
        material([EARLY], [build.findings(EARLY, said)], statement((EARLY, said))), Edition()
    )
    quotes = quotes_of(briefing)
    assert len(quotes) >= 4  # headline, words, source, cue
    for quote in quotes:
        assert quote.words == tuple(EARLY.cut(span) for span in quote.spans)


def brief(*reports: Report, edition: Edition | None = None, **fields: object) -> Briefing:
    """Brief on the mayor's claim in each of `reports`, as one statement."""
    said = [(report, claim(report)) for report in reports]
    found = [build.findings(report, one) for report, one in said]
    return make_briefing(material(reports, found, statement(*said), **fields), edition or Edition())


def only(briefing: Briefing) -> Line:
    assert len(briefing.lines) == 1
    return briefing.lines[0]


def test_one_statement_is_one_line_with_all_its_carriers() -> None:
    line = only(brief(EARLY, COPY))
    assert [carrier.outlet for carrier in line.carriers] == ["Orla Gazette", "Valley Post"]
    assert line.independence.carriers == 2


def test_a_copy_adds_a_carrier_but_no_source() -> None:
    shared = Passage(Span(0, 40), Span(0, 40))
    copied = Lineage(
        report=COPY.id,
        other=EARLY.id,
        origin=EARLY.id,
        shared=0.9,
        overlap="copy",
        passages=(shared,),
        reasons=("the same words two hours later",),
    )
    line = only(brief(EARLY, COPY, lineages={EARLY.id: Lineage(report=EARLY.id), COPY.id: copied}))
    assert (line.independence.low, line.independence.carriers) == (1, 2)
    assert line.carriers[1].copied_from == EARLY.id
    assert line.carriers[1].passages == (shared,)


def test_the_paragraph_stands_around_the_words() -> None:
    line = only(brief(EARLY))
    assert line.before == ""
    assert line.after == ", Mayor Ilse Maro said."


def test_what_was_not_said_is_no_line_and_is_counted() -> None:
    asked = dataclasses.replace(claim(EARLY), modality="asked")
    briefing = make_briefing(
        material([EARLY], [build.findings(EARLY, asked)], statement((EARLY, asked))), Edition()
    )
    assert briefing.lines == ()
    assert [one.reason for one in briefing.dropped] == ["reported as asked"]


def test_a_headline_makes_no_line() -> None:
    said = build.said(EARLY, "Dam will hold, mayor says", speaker=MAYOR)
    briefing = make_briefing(
        material([EARLY], [build.findings(EARLY, said)], statement((EARLY, said))), Edition()
    )
    assert briefing.lines == ()


def test_a_denial_and_its_claim_point_at_each_other() -> None:
    said, denied = claim(EARLY), denial()
    briefing = make_briefing(
        material(
            [EARLY, DENIAL],
            [build.findings(EARLY, said), build.findings(DENIAL, denied)],
            statement((EARLY, said)),
            statement((DENIAL, denied)),
        ),
        Edition(),
    )
    assert len(briefing.disputed) == 2
    for line in briefing.lines:
        assert line.state == "disputed"
        assert line.disputes == tuple(one.id for one in briefing.lines if one is not line)


@pytest.mark.parametrize(
    "words, day",
    [
        pytest.param(
            "the engine drivers were asked to walk the line", "01", id="two-words-by-chance"
        ),
        pytest.param(
            "the stationmasters were asked to drive the night trains", "05", id="afterwards"
        ),
    ],
)
def test_a_denial_answers_only_what_was_said_before_and_is_the_same(words: str, day: str) -> None:
    words_denied = "that stationmasters had been asked to drive the night trains"
    denied = build.report(
        [f"Tom Reyk denied {words_denied}."], outlet="Courier", published=build.at("02T10:00")
    )
    other = build.report(
        [f"Clara Vos said {words}."], outlet="Gazette", published=build.at(f"{day}T10:00")
    )
    first = build.said(denied, words_denied, source="Tom Reyk", cue="denied", speaker="Tom Reyk")
    second = build.said(other, words, source="Clara Vos", cue="said", speaker="Clara Vos")
    briefing = make_briefing(
        material(
            [denied, other],
            [build.findings(denied, first), build.findings(other, second)],
            statement((denied, first)),
            statement((other, second)),
        ),
        Edition(),
    )
    assert len(briefing.lines) == 2
    assert briefing.disputed == ()


def test_who_reports_a_denial_disputes_nothing() -> None:
    words = 'the plan for the Vesk dam as "sand against a whole river"'
    denied = build.report([f"Engineer Tom Reyk dismissed {words}."], outlet="Courier")
    told = f"The engineer has scorned {words.replace('as', 'by calling it')}"
    reported = build.report([f"{told}, the Lowland Agency reports."], outlet="Valley Post")
    said = build.said(
        denied, words, source="Engineer Tom Reyk", cue="dismissed", speaker="Tom Reyk"
    )
    again = build.said(reported, told, cue="reports", speaker="Lowland Agency")
    briefing = make_briefing(
        material(
            [denied, reported],
            [build.findings(denied, said), build.findings(reported, again)],
            statement((denied, said)),
            statement((reported, again)),
        ),
        Edition(),
    )
    assert len(briefing.lines) == 2
    assert briefing.disputed == ()


def version(body: str | list[str]) -> Report:
    """Return a later version of the mayor's report."""
    return build.report(body, outlet="Orla Gazette", published=build.at("10:00"))


def edited(later: Report, *found: Attribution) -> Briefing:
    """Brief on the mayor's claim in a report that `later` replaced."""
    said = claim(EARLY)
    return make_briefing(
        material(
            [EARLY, later],
            [build.findings(EARLY, said), build.findings(later, *found)],
            statement((EARLY, said)),
            *(statement((later, one)) for one in found),
            replaced={EARLY.id: later.id},
        ),
        Edition(),
    )


def test_other_words_of_the_same_speaker_take_the_place_of_the_old_ones() -> None:
    later = version("The dam above Vesk will not hold through the night, Mayor Ilse Maro said.")
    now = build.said(later, "The dam above Vesk will not hold through the night", speaker=MAYOR)
    briefing = edited(later, now)
    (old,) = [line for line in briefing.lines if line.struck]
    (new,) = [line for line in briefing.lines if not line.struck]
    assert (old.state, old.replaced_by) == ("changed", new.id)
    assert "Orla Gazette" in (old.struck or "")
    assert briefing.corrected == (old.id,)
    assert briefing.key == (new.id,)
    assert all(old.id not in section.lines for section in briefing.sections)


def test_what_a_printed_correction_is_about_is_crossed_out_with_its_words() -> None:
    note = "Correction: an earlier version said that the dam above Vesk will hold."
    later = version(["The mayor was not reached.", note])
    later = dataclasses.replace(
        later, parts=(*later.parts[:-1], Part("correction", later.parts[-1].span))
    )
    line = only(edited(later))
    assert line.state == "corrected"
    assert note in (line.struck or "")


@pytest.mark.parametrize(
    "note, is_struck",
    [
        ("Correction: we said that the dam above Vesk will hold through the night.", True),
        ("Correction: we gave the wrong age of the dam.", False),
    ],
    ids=["about these words", "about others"],
)
def test_a_correction_in_a_report_of_its_own_crosses_out_what_it_is_about(
    note: str, is_struck: bool
) -> None:
    later = version(["The mayor was not reached.", note])
    later = dataclasses.replace(
        later, parts=(*later.parts[:-1], Part("correction", later.parts[-1].span))
    )
    said = claim(EARLY)
    found = [build.findings(EARLY, said), build.findings(later)]
    line = only(make_briefing(material([EARLY, later], found, statement((EARLY, said))), Edition()))
    assert (line.struck is not None) == is_struck


def test_a_page_that_moved_on_has_taken_nothing_back() -> None:
    line = only(edited(version("Trains run again.")))
    assert line.struck is None


def test_a_line_that_another_outlet_still_carries_stands() -> None:
    later = version("The dam above Vesk will not hold through the night, Mayor Ilse Maro said.")
    said = [(report, claim(report)) for report in (EARLY, COPY)]
    now = build.said(later, "The dam above Vesk will not hold through the night", speaker=MAYOR)
    found = [build.findings(report, one) for report, one in said]
    briefing = make_briefing(
        material(
            [EARLY, COPY, later],
            [*found, build.findings(later, now)],
            statement(*said),
            replaced={EARLY.id: later.id},
        ),
        Edition(),
    )
    line = only(briefing)
    assert line.struck is None
    assert line.outlet == "Valley Post"


def test_new_is_what_came_after_the_reader_last_looked() -> None:
    arrived = {EARLY.id: (Cursor(1), build.at("09:30"))}
    said = claim(EARLY)
    one = material(
        [EARLY], [build.findings(EARLY, said)], statement((EARLY, said)), arrived=arrived
    )
    assert len(make_briefing(one, Edition(), since=build.at("09:00")).fresh) == 1
    assert make_briefing(one, Edition(), since=build.at("10:00")).fresh == ()
    assert make_briefing(one, Edition()).fresh == ()


SECTIONS = Edition(
    sections=(
        Section(name="The dam", about="Whether the dam above Vesk holds.", terms=("dam", "hold")),
        Section(name="Trains", about="Which railways run.", terms=("train", "railway")),
    )
)


def test_a_line_stands_in_the_section_that_is_about_it() -> None:
    briefing = brief(EARLY, edition=SECTIONS)
    assert [(one.name, len(one.lines)) for one in briefing.sections] == [
        ("The dam", 1),
        ("Trains", 0),
    ]


def test_what_fits_no_section_stands_elsewhere() -> None:
    trains = dataclasses.replace(SECTIONS, sections=SECTIONS.sections[1:])
    briefing = brief(EARLY, edition=trains)
    assert [(one.name, len(one.lines)) for one in briefing.sections] == [
        ("Trains", 0),
        ("Elsewhere in this story", 1),
    ]


def test_no_two_key_lines_say_the_same() -> None:
    again = build.report(
        "The dam above Vesk will surely hold through the whole night, the minister said.",
        outlet="Courier",
    )
    said = claim(EARLY)
    same = build.said(
        again,
        "The dam above Vesk will surely hold through the whole night",
        speaker="Ana Brun",
    )
    briefing = make_briefing(
        material(
            [EARLY, again],
            [build.findings(EARLY, said), build.findings(again, same)],
            statement((EARLY, said)),
            statement((again, same)),
        ),
        Edition(),
    )
    assert len(briefing.lines) == 2
    assert len(briefing.key) == 1


def test_a_row_of_the_table_gives_the_country_only_where_the_words_do() -> None:
    briefing = brief(EARLY)
    assert [(row.place, row.country) for row in briefing.reactions] == [("France", "FR")]
    nameless = dataclasses.replace(claim(EARLY), speaker=Speaker(name="Ilse Maro"))
    briefing = make_briefing(
        material([EARLY], [build.findings(EARLY, nameless)], statement((EARLY, nameless))),
        Edition(),
    )
    assert [(row.place, row.country) for row in briefing.reactions] == [("not said", None)]


def toll(report: Report, words: str, number: float, speaker: str) -> tuple[Figure, Attribution]:
    said = build.said(report, words, speaker=speaker)
    span = build.span(report, str(int(number)))
    figure = Figure(
        id=FigureId(make_id("figure", report.id, span.start)),
        span=span,
        low=number,
        high=number,
        bound="exactly",
        unit=None,
        counts="people dead",
        as_of=date(2025, 3, 4),
        attribution=said.id,
    )
    return figure, said


def test_two_counts_of_one_day_that_exclude_each_other_are_disputed() -> None:
    a = build.report("Police said 12 people are dead in the valley.", outlet="Gazette")
    b = build.report("The clinic said 17 people are dead in the valley.", outlet="Courier")
    first, by_police = toll(a, "12 people are dead in the valley", 12, "Vesk police")
    second, by_clinic = toll(b, "17 people are dead in the valley", 17, "Vesk clinic")
    briefing = make_briefing(
        material(
            [a, b],
            [
                Findings(report=a.id, attributions=(by_police,), figures=(first,)),
                Findings(report=b.id, attributions=(by_clinic,), figures=(second,)),
            ],
            statement((a, by_police)),
            statement((b, by_clinic)),
        ),
        Edition(),
    )
    assert [(one.counts, one.disputed, len(one.points)) for one in briefing.figures] == [
        ("people dead", True, 2)
    ]


def test_the_timeline_goes_by_the_day_that_the_words_name() -> None:
    report = build.report(
        "The dam above Vesk was closed for repairs on 1 March. Rain fell in the night."
    )
    time = TimeExpression(build.span(report, "on 1 March"), "DATE", "2025-03-01")
    briefing = make_briefing(
        material([report], [Findings(report=report.id, times=(time,))]), Edition()
    )
    assert [day.day for day in briefing.timeline] == [date(2025, 3, 1)]
    entry = briefing.timeline[0].entries[0]
    assert entry.quote.words == ("The dam above Vesk was closed for repairs on 1 March.",)


def test_what_is_said_to_come_stands_by_the_day_it_was_said() -> None:
    report = build.report("The dam above Vesk will be opened again on 9 March, it was said.")
    time = TimeExpression(build.span(report, "on 9 March"), "DATE", "2025-03-09")
    briefing = make_briefing(
        material([report], [Findings(report=report.id, times=(time,))]), Edition()
    )
    assert [day.day for day in briefing.timeline] == [date(2025, 3, 4)]


def test_nothing_read_is_an_empty_briefing() -> None:
    briefing = make_briefing(material([], []), Edition())
    assert briefing.lines == ()
    assert briefing.independent == 0
    assert briefing.headline is None


def test_the_order_of_the_reports_does_not_matter() -> None:
    one, other = brief(EARLY, COPY), brief(COPY, EARLY)
    assert [line.quote for line in one.lines] == [line.quote for line in other.lines]


def test_an_undated_report_is_shown_without_a_date() -> None:
    undated = dataclasses.replace(EARLY, published=None, id=ReportId("undated"), key="undated")
    line = only(brief(undated))
    assert line.published is None


def many(number: int) -> Material:
    """Return a report with `number` statements."""
    report = build.report(
        [f"Item {n} of the long list was read out, A said." for n in range(number)]
    )
    said = [build.said(report, f"Item {n} of the long list was read out") for n in range(number)]
    return material(
        [report], [build.findings(report, *said)], *(statement((report, one)) for one in said)
    )


@pytest.mark.parametrize(
    "length, lines, left",
    [
        pytest.param("page", MOST_LINES, ["7 lines"], id="a-page"),
        pytest.param("all", MOST_LINES + 7, [], id="all"),
    ],
)
def test_a_page_is_no_longer_than_asked_and_says_what_it_left_out(
    length: Length, lines: int, left: list[str]
) -> None:
    briefing = make_briefing(many(MOST_LINES + 7), Edition(), length=length)
    assert len(briefing.lines) == lines
    assert [one.thing for one in briefing.dropped] == left
    assert briefing.length == length


def test_the_shortest_briefing_is_the_lines_that_lead_and_nothing_else() -> None:
    page, short = (make_briefing(many(5), Edition(), length=one) for one in ("page", 1))
    assert [line.id for line in short.lines] == list(short.key) == [page.key[0]]
    assert [*short.sections, *short.reactions, *short.timeline, *short.see_also] == []
    assert [row.report for row in short.reports] == [row.report for row in page.reports]
    assert [one.thing for one in short.dropped] == ["4 lines"]


def test_every_line_that_anything_refers_to_is_there() -> None:
    briefing = make_briefing(many(MOST_LINES + 7), Edition())
    held = {line.id for line in briefing.lines}
    referred = {one for section in briefing.sections for one in section.lines}
    referred |= {row.line for row in briefing.reactions} | set(briefing.key)
    assert referred <= held


def test_a_channel_that_the_cue_names_is_not_told_twice() -> None:
    said = build.said(EARLY, HOLDS, cue="said", channel=build.span(EARLY, "said"))
    one = material([EARLY], [build.findings(EARLY, said)], statement((EARLY, said)))
    assert only(make_briefing(one, Edition())).channel is None


def test_a_report_whose_date_is_in_doubt_adds_no_day() -> None:
    report = build.report(
        "The dam above Vesk was closed for repairs on 1 March, it said.", doubts=("redated",)
    )
    time = TimeExpression(build.span(report, "on 1 March"), "DATE", "2024-03-01")
    one = material([report], [Findings(report=report.id, times=(time,))])
    assert make_briefing(one, Edition()).timeline == ()


@pytest.mark.parametrize("source, named", [("She", "Courier"), ("Lena Ost", "Lena Ost")])
def test_a_pronoun_names_nobody_who_gave_a_figure(source: str, named: str) -> None:
    counts = (("12 people were killed at Vesk", source, "Courier", "09:00"),
              ("30 people were killed at Vesk", "Tom Reyk", "Valley Post", "09:30"))  # fmt: skip
    reports, found, statements = [], [], []
    for words, who, outlet, hour in counts:
        report = build.report(
            [f"{who} said {words}."], outlet=outlet, published=build.at(hour), language="en"
        )
        said = build.said(report, words, source=who, cue="said", speaker=who)
        figures = find_figures(report, (said,), ())
        reports.append(report)
        found.append(dataclasses.replace(build.findings(report, said), figures=figures))
        statements.append(statement((report, said)))
    briefing = make_briefing(material(reports, found, *statements), Edition())
    reasons = " ".join(one for series in briefing.figures for one in series.reasons)
    assert f"{named}: 12" in reasons


@pytest.mark.parametrize(
    "sentence, cue, channel, shown",
    [
        pytest.param(
            "The gate is shut, Ost said in a letter.", "said in", "in a letter",
            ("said in", "a letter"), id="the-cue-has-begun-it",
        ),
        pytest.param(
            "The gate is shut, Ost said in a letter.", "said in", None, ("said", None),
            id="left-out",
        ),
        pytest.param(
            "The gate is shut, Ost said in a letter.", "said", "in a letter",
            ("said", "in a letter"), id="apart",
        ),
    ],
)  # fmt: skip
def test_no_label_stands_with_nothing_after_it(
    sentence: str, cue: str, channel: str | None, shown: tuple[str, str | None]
) -> None:
    report = build.report([sentence])
    where = build.span(report, channel) if channel else None
    said = build.said(report, "The gate is shut", source="Ost", cue=cue, channel=where)
    one = material([report], [build.findings(report, said)], statement((report, said)))
    line = only(make_briefing(one, Edition()))
    assert line.cue is not None
    assert (line.cue.words[0], line.channel.words[0] if line.channel else None) == shown


def test_an_abbreviation_keeps_its_last_stop() -> None:
    report = build.report(["Ost said the gate had failed to open at 2:40 a.m."])
    said = build.said(report, "the gate had failed to open at 2:40 a.m", source="Ost", cue="said")
    one = material([report], [build.findings(report, said)], statement((report, said)))
    assert only(make_briefing(one, Edition())).quote.words[0].endswith("2:40 a.m.")


def test_a_briefing_bears_the_headline_of_its_story() -> None:
    reports = [
        build.report(["Rain fell."], headline=title, outlet=outlet, published=build.at(hour))
        for title, outlet, hour in (
            ("Market opens late", "Courier", "08:00"),
            ("Dam at Vesk holds, mayor says", "Gazette", "09:00"),
            ("Mayor: dam at Vesk holds", "Post", "10:00"),
        )
    ]
    story = make_story(StoryId("dam"), reports)
    briefing = make_briefing(material(reports, []), Edition())
    assert briefing.title == story.headline
    assert briefing.headline is None or briefing.headline.words == (story.headline,)
    assert story.headline in {report.headline for report in reports[1:]}
