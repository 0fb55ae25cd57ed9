"""What find_figures makes of the ways in which reports give numbers."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.figures import find_figures
from sayso.extract.times import find_times
from sayso.records import Attribution, AttributionId, Figure, Report
from tests import build


def figures(report: Report, *attributions: Attribution) -> tuple[Figure, ...]:
    return find_figures(report, attributions, find_times(report))


def read(text: str) -> list[tuple[str, float | None, float | None, str, str | None]]:
    """Return the words, limits, bound and unit of each figure of `text`."""
    report = build.report(text)
    return [
        (report.cut(one.span), one.low, one.high, one.bound, one.unit) for one in figures(report)
    ]


@pytest.mark.parametrize(
    ("text", "words", "low", "high", "bound"),
    [
        pytest.param(
            "Up to 300,000 could be called up.", "Up to 300,000", None, 3e5, "at_most", id="up-to"
        ),
        pytest.param(
            "At least 12 people died.", "At least 12", 12, None, "at_least", id="at-least"
        ),
        pytest.param(
            "More than 40 homes burned.", "More than 40", 40, None, "more_than", id="more-than"
        ),
        pytest.param(
            "Fewer than 40 homes burned.", "Fewer than 40", None, 40, "less_than", id="fewer-than"
        ),
        pytest.param(
            "No fewer than 9 ships sank.", "No fewer than 9", 9, None, "at_least", id="no-fewer"
        ),
        pytest.param(
            "As many as 50 ships sank.", "As many as 50", None, 50, "at_most", id="as-many-as"
        ),
        pytest.param("About 40 homes burned.", "About 40", 40, 40, "about", id="about"),
        pytest.param(
            "An estimated 420,000 fled.",
            "An estimated 420,000",
            42e4,
            42e4,
            "about",
            id="estimated",
        ),
        pytest.param("Nearly 40 homes burned.", "Nearly 40", None, 40, "about", id="nearly"),
        pytest.param(
            "Sixty or more homes burned.", "Sixty or more", 60, None, "at_least", id="or-more"
        ),
        pytest.param("It hurt 300 plus", "300 plus", 300, None, "at_least", id="plus-ends-it"),
        pytest.param("It hurt 500-odd men.", "500-odd", 500, 500, "about", id="odd"),
        pytest.param("Some 28 homes burned.", "Some 28", 28, 28, "about", id="some"),
        pytest.param(
            "Between 40 and 60 people came.", "Between 40 and 60", 40, 60, "between", id="between"
        ),
        pytest.param("It hurt 40 to 60 people.", "40 to 60", 40, 60, "between", id="to"),
        pytest.param("It hurt 40-60 people.", "40-60", 40, 60, "between", id="hyphen"),
        pytest.param("It hurt two or three people.", "two or three", 2, 3, "between", id="or"),
        pytest.param(
            "They need 2-3 million tents.", "2-3 million", 2e6, 3e6, "between", id="lent-scale"
        ),
        pytest.param("Dozens of people died.", "Dozens", 24, None, "at_least", id="dozens"),
        pytest.param("Hundreds of homes burned.", "Hundreds", 200, None, "at_least", id="hundreds"),
        pytest.param(
            "Tens of thousands fled.", "Tens of thousands", 20000, None, "at_least", id="tens-of"
        ),
        pytest.param(
            "Several hundred fled.", "Several hundred", 200, None, "at_least", id="several"
        ),
        pytest.param("Two dozen homes burned.", "Two dozen", 24, 24, "exactly", id="two-dozen"),
        pytest.param(
            "More than a dozen fled.", "More than a dozen", 12, None, "more_than", id="a-dozen"
        ),
        pytest.param(
            "Half a million people fled.", "Half a million", 5e5, 5e5, "exactly", id="half-a"
        ),
        pytest.param(
            "A quarter of a million fled.",
            "A quarter of a million",
            25e4,
            25e4,
            "exactly",
            id="quarter-of-a",
        ),
        pytest.param(
            "One and a half million fled.",
            "One and a half million",
            15e5,
            15e5,
            "exactly",
            id="and-a-half",
        ),
        pytest.param("Twenty-one homes burned.", "Twenty-one", 21, 21, "exactly", id="ends-in-one"),
        pytest.param(
            "It killed one person and hurt no more.", "one", 1, 1, "exactly", id="one-killed"
        ),
    ],
)
def test_bounds_and_counts(
    text: str, words: str, low: float | None, high: float | None, bound: str
) -> None:
    assert read(text) == [(words, low, high, bound, None)]


@pytest.mark.parametrize(
    ("text", "words", "value", "unit"),
    [
        pytest.param("It cost $3.2 billion.", "$3.2 billion", 3.2e9, "USD", id="dollars"),
        pytest.param("It cost €40m.", "€40m", 4e7, "EUR", id="euros-glued"),
        pytest.param("It cost £5,000.", "£5,000", 5000, "GBP", id="pounds"),
        pytest.param("It cost $3bn.", "$3bn", 3e9, "USD", id="bn"),
        pytest.param("It cost A$12 million.", "A$12 million", 12e6, "AUD", id="before-the-sign"),
        pytest.param(
            "It cost 12 million Canadian dollars.",
            "12 million Canadian dollars",
            12e6,
            "CAD",
            id="nation",
        ),
        pytest.param(
            "It cost 40 million euros.", "40 million euros", 4e7, "EUR", id="euros-in-words"
        ),
        pytest.param("It cost 67 cents.", "67 cents", 0.67, "USD", id="cents"),
        pytest.param("It fell 12%.", "12%", 12, "percent", id="sign"),
        pytest.param("It fell half a percent.", "half a percent", 0.5, "percent", id="half-a"),
        pytest.param("It cost 30,000 won.", "30,000 won", 3e4, "KRW", id="won"),
        pytest.param("It cost 5 million pounds.", "5 million pounds", 5e6, "GBP", id="sterling"),
        pytest.param("It weighs 500 pounds.", "500 pounds", 500, "pounds", id="weight"),
        pytest.param("It fell 12 per cent.", "12 per cent", 12, "percent", id="per-cent"),
        pytest.param(
            "It fell 2 percentage points.",
            "2 percentage points",
            2,
            "percentage points",
            id="points",
        ),
        pytest.param("It lay 35 kilometres away.", "35 kilometres", 35, "km", id="km"),
        pytest.param("It covers 9 square miles.", "9 square miles", 9, "square miles", id="square"),
        pytest.param("They sent four tonnes of flour.", "four tonnes", 4, "tonnes", id="tonnes"),
        pytest.param("It ran 10 1/2 miles.", "10 1/2 miles", 10.5, "miles", id="mixed-fraction"),
        pytest.param("It ran at 80 miles an hour.", "80 miles", 80, "mph", id="speed"),
        pytest.param(
            "It fell to minus 12 degrees.", "minus 12 degrees", -12, "degrees", id="minus"
        ),
        pytest.param("Its error is plus or minus 3%.", "3%", 3, "percent", id="margin"),
        pytest.param("It grew (-0.3%).", "-0.3%", -0.3, "percent", id="minus-sign"),
        pytest.param(
            "It cost 40\u202f000 euros.", "40\u202f000 euros", 4e4, "EUR", id="thin-space"
        ),
        pytest.param("It cost ₹12,34,567.", "₹12,34,567", 1234567, "INR", id="indian-commas"),
        pytest.param("The wall stood 5m high.", "5m", 5, "m", id="metres-not-millions"),
        pytest.param("A third of homes burned.", "A third", 1 / 3, "ratio", id="third"),
        pytest.param("Two-thirds of them left.", "Two-thirds", 2 / 3, "ratio", id="two-thirds"),
        pytest.param("One in five voters left.", "One in five", 0.2, "ratio", id="one-in"),
        pytest.param("Nine out of 10 voters left.", "Nine out of 10", 0.9, "ratio", id="out-of"),
    ],
)
def test_units(text: str, words: str, value: float, unit: str) -> None:
    [(said, low, high, bound, named)] = read(text)
    assert (said, bound, named) == (words, "exactly", unit)
    assert low == high == pytest.approx(value)


def test_from_one_number_to_another_is_a_change_of_two_figures() -> None:
    assert [one[0] for one in read("It rose from 40 to 60 percent.")] == ["40", "60 percent"]
    words = [one[0] for one in read("It rose from nearly 200 to 300 last year.")]
    assert words == ["nearly 200", "300"]
    assert [one[0] for one in read("It rose 3 percent to 12 percent.")] == [
        "3 percent",
        "12 percent",
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("On 4 March 2019 at 10:30 he left.", id="day-and-time"),
        pytest.param("It took 20 minutes in 2014.", id="length-and-year"),
        pytest.param("Ada Brenn, 46, said no.", id="age"),
        pytest.param("A 27-year-old man was held.", id="age-with-hyphens"),
        pytest.param("A Boeing 737 and an F-16 of the G7 and Covid-19.", id="names"),
        pytest.param("Article 5 and section 12 hold.", id="parts"),
        pytest.param("He is No. 1 and the first of them.", id="ranks"),
        pytest.param("The vote was 52-48.", id="vote"),
        pytest.param("Orla won 3-2.", id="score"),
        pytest.param("Call 555-0100.", id="telephone"),
        pytest.param("One of the men said so; no one else did.", id="one"),
        pytest.param("The two leaders met.", id="the-two"),
        pytest.param("A 192-nation body and a 1,300-page bill.", id="descriptions"),
        pytest.param("It was on “60 Minutes” and runs on wordOS 26.2.", id="titles"),
        pytest.param("Executive Order 14287 stands.", id="order"),
        pytest.param("It was a one-two punch under H.R. 40.", id="punch-and-bill"),
        pytest.param("Voters of ages 18 to 29 stayed away.", id="ages-from-to"),
        pytest.param("He was warned five times.", id="times"),
        pytest.param("See example.org/3/b7 and room 12.", id="address"),
        pytest.param("They remember 9/11.", id="nine-eleven"),
        pytest.param("The second half was cut in half.", id="half"),
        pytest.param("1. Open the door.", id="list"),
        pytest.param("A mother of four came.", id="mother-of"),
        pytest.param("A million-dollar house burned.", id="million-dollar"),
    ],
)
def test_numbers_that_are_no_figures(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        pytest.param("At least 12 people died.", "people", id="noun"),
        pytest.param("Two full-time employees left.", "full-time employees", id="before-the-noun"),
        pytest.param("It left 3,200 homes without power.", "homes without power", id="without"),
        pytest.param("They found 40 cases of measles there.", "cases of measles", id="of"),
        pytest.param(
            "Hundreds of displaced families came.", "displaced families", id="hundreds-of"
        ),
        pytest.param("Up to 300,000 could be called up.", "called up", id="what-was-done"),
        pytest.param("The blast left 30 wounded.", "wounded", id="state"),
        pytest.param("They sent $3 million in aid.", "aid", id="money-in"),
        pytest.param("They got a $5 million loan.", "loan", id="money-before-noun"),
        pytest.param("It paid a fine of $9 million.", "fine", id="noun-of-money"),
        pytest.param("It won 12 per cent of the vote.", "vote", id="share-of"),
        pytest.param("Two U.S. ships left.", "U.S. ships", id="abbreviation"),
        pytest.param("Police made four more arrests.", "arrests", id="more"),
        pytest.param("They left 7 injured in Orla.", "injured", id="injured-in"),
        pytest.param("Thousands march in Orla.", None, id="thousands-and-a-verb"),
        pytest.param("It killed 44.", None, id="nothing-said"),
    ],
)
def test_what_is_counted_is_in_the_reports_words(text: str, counts: str | None) -> None:
    assert [one.counts for one in figures(build.report(text))] == [counts]


def _said(report: Report, content: str, said_on: date | None) -> Attribution:
    return Attribution(
        id=AttributionId("a1"),
        cue=None,
        content=(build.span(report, content),),
        source=None,
        manner="indirect",
        confidence=1.0,
        maker="test/1",
        said_on=said_on,
    )


def test_a_figure_is_that_of_the_attribution_that_holds_it() -> None:
    report = build.report("The mayor said at least 12 people died. Another 9 are missing.")
    said = _said(report, "at least 12 people died", None)
    assert [one.attribution for one in figures(report, said)] == ["a1", None]


@pytest.mark.parametrize(
    ("text", "said_on", "as_of"),
    [
        pytest.param(
            "He said 12 people died on Monday.", date(2025, 3, 2), date(2025, 3, 3), id="sentence"
        ),
        pytest.param("He said 12 people died.", date(2025, 3, 2), date(2025, 3, 2), id="day-said"),
        pytest.param("He said 12 people died.", None, date(2025, 3, 4), id="published"),
        pytest.param(
            "He said 12 people died in January.", None, date(2025, 1, 31), id="end-of-month"
        ),
        pytest.param("He said 12 people died this year.", None, date(2025, 3, 4), id="so-far"),
    ],
)
def test_a_figure_holds_for_the_day_nearest_to_its_words(
    text: str, said_on: date | None, as_of: date
) -> None:
    report = build.report(text)
    said = _said(report, text.removeprefix("He said ").removesuffix("."), said_on)
    assert [one.as_of for one in figures(report, said)] == [as_of]


def test_an_undated_figure_of_an_undated_report_holds_for_no_day() -> None:
    report = build.report("It killed 44.", published=None)
    assert [one.as_of for one in figures(report)] == [None]


def test_the_same_report_gives_the_same_ids_and_another_report_others() -> None:
    one, same, other = (build.report("It hurt 44 men.", outlet=name) for name in ("A", "A", "B"))
    ids = [[figure.id for figure in figures(report)] for report in (one, same, other)]
    assert ids[0] == ids[1] != ids[2]


def test_only_english_is_read() -> None:
    assert figures(build.report("Es waren 300.000 Menschen.", language="de")) == ()


PIECES = st.sampled_from(
    "up to at least about between and from - – . , $ € % per cent 3 12 300,000 0 00 1.5 m bn"
    " million hundred hundreds dozens of a half third two-thirds one in five people killed ( ) #"
    " No km 2014"
    " 99999999999999999999 ½ 9/11 52-48 Article year-old called up \n\n A$ Rs or more plus".split(
        " "
    )
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=60).map(" ".join)))
def test_any_text_gives_figures_inside_it_that_do_not_overlap(text: str) -> None:
    report = build.report(text)
    times = find_times(report)
    end = 0
    for figure in find_figures(report, (), times):
        assert end <= figure.span.start < figure.span.end <= len(text)
        assert figure.low is not None or figure.high is not None
        assert figure.low is None or figure.high is None or figure.low <= figure.high
        assert figure.counts is None or figure.counts in text
        end = figure.span.end


@pytest.mark.parametrize(
    "piece", ["1", "1,", "1 - ", "hundreds of ", "a half ", "about ", "$", "1 in "]
)
def test_time_taken_grows_with_length_and_no_faster(piece: str) -> None:
    def seconds(pieces: int) -> float:
        report = build.report("x" + piece * pieces)
        taken = []
        for _ in range(3):  # the least of three: in between, Python may clear its memory
            begun = time.process_time()
            find_figures(report, (), ())
            taken.append(time.process_time() - begun)
        return min(taken)

    seconds(100)
    # Eight times as long may take some more than eight times; squared it would be sixty-four.
    assert seconds(4_000) < 32 * max(seconds(500), 0.002)


def test_a_mistyped_year_does_not_date_a_figure() -> None:
    dated = build.report(
        ["At least 12 people died on Monday."],
        published=datetime(2024, 3, 5, tzinfo=UTC),
        url="https://post.example/2025/03/05/flood",
        doubts=("redated",),
    )
    [figure] = find_figures(dated, (), find_times(dated))
    assert figure.as_of == date(2025, 3, 3)
