"""A series of figures as marks on a small plot: where each stands and how far its bound goes.

One mark a figure, in the order of the days, evenly apart: a plot to scale would lay the figures
of one morning over each other. Places are per cent of the width, so that the plot fits any
page while its letters keep their size. The template draws; nothing is drawn here.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from sayso.brief.records import FigurePoint, FigureSeries
from sayso.render.phrases import number

HEIGHT = 150
"""Pixels from the top of the plot to its base line."""

TOP = 16
"""Pixels kept free above, for the mark's number and for a bar that goes on upwards."""

MOST = 24
"""Marks that can be told apart at the width of a telephone; the table holds them all."""

LEFT = 9.0
"""Per cent of the width kept free on the left, where the levels are written."""

NARROW = 10.0
"""Per cent of the width that the name of a day takes on a telephone."""

SMALLEST, LARGEST = 1e-300, 1e300
"""Beyond these no round step fits between nought and the figure; no news is counted so."""

Shape = Literal["dot", "square", "diamond", "ring", "up", "down", "range"]

SHAPES: dict[str, Shape] = {
    "exactly": "dot",
    "about": "ring",
    "at_least": "up",
    "more_than": "up",
    "at_most": "down",
    "less_than": "down",
    "between": "range",
}


CHARACTERS: dict[Shape, str] = {"square": "■", "diamond": "□"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One figure of the plot; `number` is its row in the table."""

    number: int
    x: float  # per cent
    low: float  # pixels from the top; a bar runs from `high` to `low`
    high: float
    shape: Shape


@dataclass(frozen=True, slots=True)
class Tick:
    """A level of the value axis, or a day of the time axis with where it begins and ends."""

    label: str
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """All that the template needs to draw a series."""

    marks: tuple[Mark, ...]
    levels: tuple[Tick, ...]
    days: tuple[Tick, ...]
    legend: tuple[tuple[str, str], ...]  # marks as characters, and whose they are
    left_out: int  # earlier figures that only the table holds
    height: int = HEIGHT


def make_plot(series: FigureSeries) -> Plot | None:
    """Return the plot of `series`; None where there are not two numbers to compare."""
    numbered = [
        (number, point)
        for number, point in enumerate(series.points, start=1)
        if point.low is not None or point.high is not None
    ]
    if len(numbered) < 2:
        return None
    shown = numbered[-MOST:]
    steps = _levels(max(_top(point) for _, point in shown))
    ceiling = steps[-1] or 1.0

    voices = _voices(series)

    def y(value: float) -> float:
        return round(HEIGHT - (HEIGHT - TOP) * max(0.0, value) / ceiling, 1)

    def mark(place: int, row: int, point: FigurePoint) -> Mark:
        shape = voices.get(point.speaker, "dot") if point.bound == "exactly" else "dot"
        shape = SHAPES[point.bound] if SHAPES.get(point.bound, "dot") != "dot" else shape
        if shape == "range" and (point.low is None or point.high is None):
            shape = "dot"
        top, bottom = _top(point), _bottom(point)
        return Mark(
            number=row,
            x=_middle(place, len(shown)),
            low=HEIGHT if shape == "down" else y(bottom),
            high=4 if shape == "up" else y(top),
            shape=shape,
        )

    return Plot(
        marks=tuple(mark(i, row, point) for i, (row, point) in enumerate(shown)),
        levels=tuple(Tick(number(step), y(step), y(step)) for step in steps),
        days=_days([point for _, point in shown]),
        legend=_legend(series, voices),
        left_out=len(numbered) - len(shown),
    )


def _voices(series: FigureSeries) -> dict[str | None, Shape]:
    """Return the mark of each voice of a series that two dispute; all dots in any other."""
    if not series.disputed:
        return {}
    counted = Counter(point.speaker for point in series.points if point.speaker)
    others = sorted(counted, key=lambda name: (-counted[name], name))[1:]
    return {name: "square" if place == 0 else "diamond" for place, name in enumerate(others)}


def _legend(
    series: FigureSeries, voices: Mapping[str | None, Shape]
) -> tuple[tuple[str, str], ...]:
    """Return whose marks are whose; nothing where they are all alike."""
    if not voices:
        return ()
    first = sorted({one.speaker for one in series.points if one.speaker} - voices.keys())
    by_shape: dict[Shape, list[str]] = {"square": [], "diamond": []}
    for name, shape in voices.items():
        by_shape[shape].append(name or "")
    told = [("●", ", ".join([*first, "outlets themselves"]))]
    told += [(CHARACTERS[shape], ", ".join(names)) for shape, names in by_shape.items() if names]
    return tuple(told)


def _days(points: list[FigurePoint]) -> tuple[Tick, ...]:
    ticks = []
    place = 0
    for day, group in groupby(points, key=lambda point: point.as_of):
        size = len(list(group))
        start, end = _edge(place, len(points)), _edge(place + size, len(points))
        label = "no day" if day is None else f"{day.day} {day:%b}"
        # A label that the next one would stand on is left to the table.
        ticks.append(Tick(label if end - start >= NARROW else "", start, end))
        place += size
    return tuple(ticks)


def _edge(place: int, places: int) -> float:
    return round(LEFT + (100 - LEFT) * place / places, 2)


def _middle(place: int, places: int) -> float:
    return round(LEFT + (100 - LEFT) * (place + 0.5) / places, 2)


def _top(point: FigurePoint) -> float:
    return max(_given(point))


def _bottom(point: FigurePoint) -> float:
    return min(_given(point))


def _given(point: FigurePoint) -> list[float]:
    return [value for value in (point.low, point.high) if value is not None]


def _levels(most: float) -> tuple[float, ...]:
    """Return round levels from 0 to at least `most`: three or four steps of 1, 2 or 5."""
    if not SMALLEST < most < LARGEST:
        return (0.0, most if most >= LARGEST else 1.0)
    raw = most / 3
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= raw)
    return tuple(step * i for i in range(math.ceil(most / step) + 1))
