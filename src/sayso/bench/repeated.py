"""How often a page calls new what its story had told: real stories as a stream, day by day.

Weeks of `allsides` in which much was reported of a few matters are taken in a day at a time. At
the end of each day a reader who looked the day before opens each story that had reports by then;
the lines marked new are looked up among those that were judged by hand
(`bench/labels/repeated.jsonl`: report, characters, verdict). A line is *repeated* when a reader of
the story's earlier reports has read it: the same thing said by the same speaker, in whatever
words, and nothing of weight added. What was not judged counts neither way.

The stream of headlines brings nothing here: no line is cut from a headline.
"""

from __future__ import annotations

import gzip
import itertools
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from sayso.app import make_extractor, open_desk, open_store
from sayso.brief.make import make_briefing
from sayso.brief.records import Edition, Line
from sayso.config import Settings
from sayso.engines.local import LocalEngine
from sayso.normalise.read import parse
from sayso.pipeline import Desk, gather, turn
from sayso.ports import Raw
from sayso.records import Findings, Report, ReportId, Story

REPORTS = Path("allsides") / "reports.jsonl.gz"
LABELS = Path("bench") / "labels" / "repeated.jsonl"

WEEKS = (
    (date(2013, 4, 15), date(2013, 4, 20)),
    (date(2014, 10, 1), date(2014, 10, 8)),
    (date(2020, 1, 2), date(2020, 1, 9)),
)
"""Days in which a few matters ran: a bombing, an epidemic, a killing and its answer."""

EARLIER = 3
"""Reports that a story must have before a day, for anything of that day to be a repetition."""

Extract = Callable[[Report], Findings]


@dataclass(frozen=True, slots=True)
class Shown:
    """A line that a page marks new, and the reports of the story that the reader had seen."""

    line: Line
    story: Story
    earlier: tuple[ReportId, ...]

    @property
    def place(self) -> tuple[str, int, int]:
        """Where it stands: report, first and last character."""
        spans = self.line.quote.spans
        return str(self.line.quote.report), spans[0].start, spans[-1].end


def measure(settings: Settings, data: Path) -> dict[str, float]:
    """Return how many lines were marked new, and how many of those judged are repetitions."""
    # The lines that were judged are those that the rules find; the model's are others.
    settings = replace(settings, finder="rules")
    verdicts = read_verdicts()
    shown = [
        one for week in WEEKS for one in marked_new(week, data, settings, make_extractor(settings))
    ]
    judged = [verdicts[one.place] for one in shown if one.place in verdicts]
    repeated = sum(verdict == "repeated" for verdict in judged)
    return {
        "marked_new": float(len(shown)),
        "judged": float(len(judged)),
        "repeated": float(repeated),
        "repeated_rate": repeated / len(judged) if judged else 0.0,
    }


def table(result: Mapping[str, float]) -> str:
    """Return the measures as a table."""
    lines = [f"{name:<28} {value:>8.0f}" for name, value in result.items() if name[-4:] != "rate"]
    return "\n".join([*lines, f"{'repeated, of those judged':<28} {result['repeated_rate']:>8.3f}"])


def read_verdicts() -> dict[tuple[str, int, int], str]:
    """Return the verdict on each line that was judged, by where it stands."""
    rows = map(json.loads, LABELS.read_text(encoding="utf-8").splitlines())
    return {(row["report"], row["start"], row["end"]): row["verdict"] for row in rows}


def marked_new(
    week: tuple[date, date], data: Path, settings: Settings, extract: Extract
) -> Iterator[Shown]:
    """Take in a week day by day; yield each line that a story's page marks new at a day's end."""
    with tempfile.TemporaryDirectory() as folder, LocalEngine(1) as engine:
        store = open_store(settings, str(Path(folder) / "week.db"))
        desk = open_desk(settings, store, engine)
        desk.extract = extract
        seen: set[ReportId] = set()
        for day, reports in itertools.groupby(read_week(week, data), key=lambda one: one[0]):
            looked = _evening(day) - timedelta(days=1)
            turn(desk, [(report, raw) for _, report, raw in reports], now=_evening(day))
            for story in store.stories(limit=1_000):
                earlier = tuple(one for one in story.reports if one in seen)
                if EARLIER <= len(earlier) < len(story.reports):
                    yield from _fresh(desk, story, earlier, looked)
            seen |= {one.id for one in store.since(datetime.min.replace(tzinfo=UTC))}
        store.close()


def _fresh(
    desk: Desk, story: Story, earlier: tuple[ReportId, ...], looked: datetime
) -> Iterator[Shown]:
    material = gather(desk, story.reports, edition=Edition())
    made = make_briefing(material, Edition(), since=looked)
    lines = {line.id: line for line in made.lines}
    for key in made.fresh:
        yield Shown(lines[key], story, earlier)


def _evening(day: date) -> datetime:
    return datetime.combine(day, time(23), UTC)


def read_week(week: tuple[date, date], data: Path) -> Iterator[tuple[date, Report, Raw]]:
    """Yield the reports of a week in the order of their days, as any reader of the file reads."""
    first, last = week
    kept = []
    with gzip.open(data / REPORTS, "rt", encoding="utf-8") as lines:
        for text in lines:
            row = json.loads(text)
            if first.isoformat() <= row["date"] <= last.isoformat():
                row["published"] = row.pop("date")
                row["headline"] = row.pop("title")
                kept.append(row)
    for row in sorted(kept, key=lambda one: (one["published"], one["id"])):
        raw = Raw(
            place=f"{row['id']}.jsonl",
            body=json.dumps(row).encode(),
            media_type="application/jsonl",
        )
        day = date.fromisoformat(row["published"])
        for report in parse(raw, now=_evening(day)).reports:
            yield day, report, raw
