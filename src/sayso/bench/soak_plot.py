"""The picture of a soak: memory, latency, answers and errors over time, as SVG.

Lines differ by their dashes and are named at their end, so that it reads in grey and in print;
a title and a description say the same to who cannot see it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

WIDTH, LEFT, RIGHT = 860, 60, 150
TOP, PANEL, GAP = 94, 120, 46
DASHES = ("", "7 4", "2 3")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a panel: which figure of the samples, and how it is called."""

    name: str
    label: str
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel: lines on one scale, and a level to hold them against."""

    title: str
    lines: tuple[Line, ...]
    target: float | None = None
    least: float = 0.0  # the scale reaches at least so far


PANELS = (
    Panel("Resident memory, MB", (
        Line("memory", "the whole desk"),
        Line("memory_watching", "watch and workers"),
        Line("memory_serving", "serve"),
    )),
    Panel("Seconds to the open page", (
        Line("heard_p95", "after the poll, p95"),
        Line("heard_p50", "after the poll, p50", 1.0),
        Line("poll_p50", "feed to poll, p50"),
    ), target=2.0),
    Panel("Seconds for an answer, p95", (
        Line("page_p95", "a story's page"),
        Line("front_p95", "the front page"),
        Line("search_p95", "a search"),
    )),
    Panel("Reports kept a second; errors", (
        Line("kept_a_second", "kept a second"),
        Line("errors", "errors in a half minute"),
    )),
)  # fmt: skip


def draw(result: Mapping[str, Any]) -> str:
    """Return the picture of a run."""
    samples: Sequence[Mapping[str, Any]] = result["samples"]
    height = TOP + len(PANELS) * (PANEL + GAP)
    last = max(one["minute"] for one in samples)
    errors = sum(one["errors"] for one in samples)
    title = (
        f"A desk over {result['minutes']:g} minutes at {result['rate']:g} reports a second, "
        f"{result['readers']} open pages, finder {result['finder']}"
    )
    told = (
        f"Memory {result['memory_start']:.0f} MB at first, {result['memory_end']:.0f} MB at last;"
        f" from the poll to the open page {result['heard_p50']:.2f} s at the median and"
        f" {result['heard_p95']:.2f} s at the 95th percentile; {errors} errors;"
        f" {result['missing']} of {result['published']:,} items not kept."
    )
    cut = told.index(";", len(told) // 2) + 1  # two rows of about one length
    rows = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"'
        ' aria-labelledby="title desc" font-family="sans-serif" font-size="12" fill="#222">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="desc">{escape(told)}</desc>',
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="16" y="24" font-size="15" font-weight="bold">{escape(title)}</text>',
        *(
            f'<text x="16" y="{44 + 17 * row}">{escape(part)}</text>'
            for row, part in enumerate((told[:cut], told[cut:].lstrip()))
        ),
    ]
    for number, panel in enumerate(PANELS):
        rows += _panel(panel, samples, TOP + number * (PANEL + GAP), last)
    rows.append("</svg>")
    return "\n".join(rows) + "\n"


def _panel(panel: Panel, samples: Sequence[Mapping[str, Any]], top: int, last: float) -> list[str]:
    values = [
        one[line.name] * line.factor for line in panel.lines for one in samples if line.name in one
    ]
    most = _round_up(max([*values, panel.target or 0.0, panel.least, 1e-3]))
    bottom = top + PANEL

    def x(minute: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * minute / last

    def y(value: float) -> float:
        return bottom - PANEL * value / most

    rows = [f'<text x="{LEFT}" y="{top - 8}" font-weight="bold">{escape(panel.title)}</text>']
    for level in (0.0, most / 2, most):
        rows.append(
            f'<path d="M{LEFT} {y(level):.1f}H{WIDTH - RIGHT}" stroke="#ccc" fill="none"/>'
            f'<text x="{LEFT - 6}" y="{y(level) + 4:.1f}" text-anchor="end">{level:g}</text>'
        )
    if panel.target is not None:
        rows.append(
            f'<path d="M{LEFT} {y(panel.target):.1f}H{WIDTH - RIGHT}" stroke="#999"'
            ' stroke-width="3" fill="none"/>'
            f'<text x="{LEFT + 4}" y="{y(panel.target) - 5:.1f}" fill="#555">target</text>'
        )
    step = max(round(last / 6), 1) if last >= 2 else last / 4
    minute = 0.0
    while minute <= last + 1e-6:
        rows.append(
            f'<text x="{x(minute):.1f}" y="{bottom + 15}" text-anchor="middle">{minute:g}</text>'
        )
        minute += step
    rows.append(f'<text x="{WIDTH - RIGHT + 8}" y="{bottom + 15}">minutes</text>')
    return rows + _lines(panel, samples, x, y, bottom)


def _lines(
    panel: Panel, samples: Sequence[Mapping[str, Any]], x: Any, y: Any, bottom: int
) -> list[str]:
    rows = []
    places: list[float] = []
    for line, dash in zip(panel.lines, DASHES, strict=False):
        points = [
            (one["minute"], one[line.name] * line.factor) for one in samples if line.name in one
        ]
        if not points:
            continue
        path = "L".join(f"{x(minute):.1f} {y(value):.1f}" for minute, value in points)
        rows.append(
            f'<path d="M{path}" fill="none" stroke="#000" stroke-width="1.6"'
            + (f' stroke-dasharray="{dash}"' if dash else "")
            + "/>"
        )
        places.append(y(points[-1][1]) + 4)
    # The names stand apart, in the order of the lines' ends.
    order = sorted(range(len(places)), key=lambda one: places[one])
    lowest = float("-inf")
    shown: dict[int, float] = {}
    for one in order:
        shown[one] = lowest = max(places[one], lowest + 14)
    spare = max(0.0, lowest - bottom)
    for one, (line, dash) in enumerate(zip(panel.lines[: len(places)], DASHES, strict=False)):
        at = WIDTH - RIGHT + 6
        rows.append(
            f'<path d="M{at} {shown[one] - spare - 4:.1f}h18" stroke="#000" stroke-width="1.6"'
            + (f' stroke-dasharray="{dash}"' if dash else "")
            + f'/><text x="{at + 22}" y="{shown[one] - spare:.1f}">{escape(line.label)}</text>'
        )
    return rows


def _round_up(value: float) -> float:
    """Return the next round number: 1, 2, 3, 4, 5, 6, 8 or 10 times a power of ten."""
    size = 1.0
    while size * 10 < value:
        size *= 10
    while size > value:
        size /= 10
    return next(size * step for step in (1, 2, 3, 4, 5, 6, 8, 10) if size * step >= value)
