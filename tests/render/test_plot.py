from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.brief.records import FigurePoint, FigureSeries, Quote
from sayso.records import Bound, ReportId
from sayso.render.phrases import value
from sayso.render.plot import HEIGHT, MOST, make_plot

BOUNDS: list[Bound] = [
    "exactly", "at_least", "at_most", "more_than", "less_than", "about", "between",
]  # fmt: skip


def point(
    low: float | None, high: float | None, bound: str = "exactly", day: int | None = 2
) -> FigurePoint:
    return FigurePoint(
        quote=Quote(ReportId("r"), (), ("so many",)), low=low, high=high, bound=bound,
        as_of=date(2031, 5, day) if day else None, speaker=None, outlet="Gazette", url=None,
        published=None, line=None,
    )  # fmt: skip


def series(*points: FigurePoint) -> FigureSeries:
    return FigureSeries(counts="the dead", unit=None, points=points)


@pytest.mark.parametrize(
    "given_bound, low, high, shape, rises",
    [
        ("exactly", 30, 30, "dot", False),
        ("about", 30, 30, "ring", False),
        ("at_least", 30, None, "up", True),
        ("more_than", 30, None, "up", True),
        ("at_most", None, 30, "down", True),
        ("less_than", None, 30, "down", True),
        ("between", 10, 30, "range", True),
    ],
)
def test_a_bound_is_drawn_as_far_as_it_goes(
    given_bound: str, low: float | None, high: float | None, shape: str, rises: bool
) -> None:
    plot = make_plot(series(point(low, high, given_bound), point(20, 20)))
    assert plot is not None
    mark = plot.marks[0]
    assert mark.shape == shape
    assert (mark.low > mark.high) is rises
    if shape == "down":
        assert mark.low == HEIGHT


def test_one_figure_needs_no_plot() -> None:
    assert make_plot(series(point(30, 30))) is None


def test_a_figure_without_a_number_keeps_its_row_but_has_no_mark() -> None:
    plot = make_plot(series(point(1, 1), point(None, None), point(2, 2)))
    assert plot is not None
    assert [mark.number for mark in plot.marks] == [1, 3]


def test_days_stand_under_their_figures() -> None:
    plot = make_plot(series(point(1, 1, day=2), point(2, 2, day=2), point(3, 3, day=3)))
    assert plot is not None
    assert [day.label for day in plot.days] == ["2 May", "3 May"]
    first, second = plot.days
    assert first.start < plot.marks[0].x < plot.marks[1].x < first.end
    assert second.start < plot.marks[2].x < second.end


def test_figures_too_many_for_a_phone_are_left_to_the_table() -> None:
    plot = make_plot(series(*(point(n, n) for n in range(1, MOST + 6))))
    assert plot is not None
    assert len(plot.marks) == MOST
    assert plot.left_out == 5
    assert plot.marks[-1].number == MOST + 5


NUMBERS = st.none() | st.floats(allow_nan=False, allow_infinity=False, width=32)


@given(st.lists(st.builds(point, NUMBERS, NUMBERS, st.sampled_from(BOUNDS)), max_size=30))
def test_every_mark_lies_within_the_plot(points: list[FigurePoint]) -> None:
    plot = make_plot(series(*points))
    for mark in plot.marks if plot else ():
        assert 0 < mark.x < 100
        assert 0 <= mark.high <= HEIGHT
        assert 0 <= mark.low <= HEIGHT


@pytest.mark.parametrize(
    "given_point, unit, shown",
    [
        (point(300000, 300000), None, "300,000"),
        (point(None, 300000, "at_most"), None, "300,000 at most"),
        (point(12, None, "at_least"), None, "at least 12"),
        (point(4.5, 4.5, "about"), "percent", "about 4.5 percent"),
        (point(2, 3, "between"), "USD", "2 to 3 USD"),
        (point(None, 20, "less_than"), None, "less than 20"),
        (point(20, None, "more_than"), None, "more than 20"),
        (point(None, None, "about"), None, "so many"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_figure_is_told_with_its_bound_and_unit(
    given_point: FigurePoint, unit: str | None, shown: str
) -> None:
    assert value(given_point, unit) == shown


def test_a_figure_of_a_bound_that_is_not_known_is_told_as_a_number() -> None:
    assert value(dataclasses.replace(point(5, 5), bound="perhaps"), None) == "5"


def test_a_legend_says_whose_mark_is_whose_where_two_dispute() -> None:
    points = [
        dataclasses.replace(point(n, n), speaker=name)
        for n, name in ((33, "Ana"), (34, "Ana"), (9, "Bor"), (8, "Cyd"))
    ]
    disputed = dataclasses.replace(series(*points), disputed=True)
    plot = make_plot(disputed)
    assert plot is not None
    assert plot.legend == (("●", "Ana, outlets themselves"), ("■", "Bor"), ("□", "Cyd"))
    calm = make_plot(series(*points))
    assert calm is not None
    assert calm.legend == ()
