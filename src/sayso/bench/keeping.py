"""How fast a store keeps and finds reports, and how large it grows.

The reports are invented: words of an invented language, as often as words of a real one are
(the n-th most common one n times rarer than the first), with the findings of a usual report. Half
of them go on with a story of the last hour, whose own words they share, and half begin one.
The same seed gives the same reports, so that two runs compare.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections import deque
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from sayso.ids import make_id
from sayso.ports import Raw
from sayso.records import (
    Attribution,
    AttributionId,
    Cursor,
    Decision,
    Development,
    Findings,
    Lineage,
    Placement,
    Report,
    ReportId,
    Span,
    Speaker,
    StoryId,
)
from sayso.stores.sqlite import SqliteStore
from sayso.thread.sketch import make_sketch

BATCH = 100
"""Reports of one turn: ten seconds of the world's online news."""

SINGLES = 300
"""Turns of one report: enough for a steady figure, each waits for the disk."""

ASKED = 200
"""Questions of each kind."""

WORDS = 350
"""Words of a report: the middle one of a month of world news has about as many."""

VOCABULARY = 60_000

SPEAKERS = 20_000
"""People who speak in the reports, some far more often than others."""

OPEN_STORIES = 1_000
"""Stories that a report may go on with: those of the last minutes."""

OWN_WORDS = 30
"""Words that a story's reports share; one word in four is one of them."""

START = datetime(2031, 5, 1, tzinfo=UTC)


def measure(
    limit: int = 20_000, *, singles: int = SINGLES, asked: int = ASKED, seed: int = 1
) -> dict[str, Any]:
    """Keep `limit` invented reports in a store on the disk, ask it, and throw it away."""
    inventor = Inventor(seed)
    with tempfile.TemporaryDirectory(prefix="sayso-bench-") as folder:
        file = Path(folder) / "desk.db"
        store = SqliteStore(file)
        size = spent = 0.0
        for first in range(0, limit, BATCH):
            batch = [inventor.report(number) for number in range(first, min(first + BATCH, limit))]
            size += sum(len(each.text.encode()) for each in batch)
            spent += keep(store, batch)
        store.close()
        size_ratio = file.stat().st_size / size
        store = SqliteStore(file)
        alone = [inventor.report(limit + number) for number in range(singles)]
        spent_alone = sum(keep(store, [each]) for each in alone)
        result: dict[str, Any] = {
            "reports": limit,
            "bytes_each": round(size / limit),
            "batched_per_second": limit / spent,
            "single_per_second": singles / spent_alone,
            "size_ratio": size_ratio,  # bytes of the store for each byte of text
        }
        for name, question in _questions(store, inventor, limit).items():
            result[f"{name}_ms_p50"], result[f"{name}_ms_p95"] = _latency(question, asked)
        store.close()
    return result


def table(result: Mapping[str, Any]) -> str:
    """Return the measures as a table."""
    lines = [
        f"{result['reports']:,} invented reports of {result['bytes_each']:,} bytes of text",
        "",
        f"{f'kept in turns of {BATCH}':<36}{result['batched_per_second']:>10,.0f} reports/s",
        f"{'kept one by one':<36}{result['single_per_second']:>10,.0f} reports/s",
        f"{'bytes of store a byte of text':<36}{result['size_ratio']:>10.1f}",
        "",
        f"{'milliseconds':<36}{'p50':>10}{'p95':>10}",
    ]
    ending = "_ms_p50"
    for name in (key.removesuffix(ending) for key in result if key.endswith(ending)):
        p50, p95 = result[f"{name}_ms_p50"], result[f"{name}_ms_p95"]
        lines.append(f"{name.replace('_', ' '):<36}{p50:>10.2f}{p95:>10.2f}")
    return "\n".join(lines)


class Inventor:
    """Invents reports."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        letters = "abdefgiklmnoprstuvz"
        lengths = [2 + number.bit_length() // 2 for number in range(VOCABULARY)]
        self.words = ["".join(self.chance.choices(letters, k=length)) for length in lengths]
        self._weights = list(accumulate(1 / (rank + 1) for rank in range(VOCABULARY)))
        self._stories: deque[tuple[int, list[str]]] = deque(maxlen=OPEN_STORIES)

    def report(self, number: int) -> Report:
        if not self._stories or self.chance.random() < 0.5:
            self._stories.append((number, self.chance.choices(self.words[1_000:], k=OWN_WORDS)))
        story, own = self._stories[self.chance.randrange(len(self._stories))]
        words = self.chance.choices(self.words, cum_weights=self._weights, k=WORDS)
        words[::4] = self.chance.choices(own, k=len(words[::4]))
        paragraphs = [" ".join(words[start : start + 40]) for start in range(0, WORDS, 40)]
        text = "\n\n".join(paragraphs)
        return Report(
            id=ReportId(make_id("invented", number, text)),
            key=f"https://outlet{number % 491}.example/{story}/{number}",
            text=text,
            headline=" ".join(words[:9]),
            outlet=f"Outlet {number % 491}",
            url=f"https://outlet{number % 491}.example/{story}/{number}",
            published=START + timedelta(seconds=number / 10),
            language="en",
            source=f"https://outlet{number % 491}.example/feed",
        )


def keep(store: SqliteStore, reports: list[Report]) -> float:
    """Keep one turn and return the seconds that it took, its making apart."""
    now = START + timedelta(days=1)
    decision = Decision(
        reports=tuple(reports),
        findings=tuple(_findings(each) for each in reports),
        lineages=tuple(Lineage(report=each.id, shared=0.1) for each in reports),
        placements=tuple(
            Placement(report=each.id, story=_story(each), score=0.8, reasons=("same words",))
            for each in reports
        ),
        developments=tuple(
            Development(story=_story(each), kind="new", report=each.id, reasons=("first",))
            for each in reports
        ),
        sketches=tuple(make_sketch(each) for each in reports),
    )
    raws = [(each.id, Raw(place=each.source, body=each.text.encode())) for each in reports]
    began = time.perf_counter()
    store.unseen(reports)
    store.apply(decision, now=now, raws=raws)
    return time.perf_counter() - began


def _findings(report: Report) -> Findings:
    """Return ten attributions, as many as a report of this length has."""
    return Findings(
        report=report.id,
        attributions=tuple(
            Attribution(
                id=AttributionId(make_id("attribution", report.id, start)),
                cue=Span(start, start + 4),
                content=(Span(start + 20, start + 150),),
                source=Span(start + 5, start + 19),
                manner="indirect",
                confidence=0.9,
                maker="invented/1",
                speaker=Speaker(name=_name(report, start // 150), reasons=("named",)),
            )
            for start in range(0, 1_500, 150)
        ),
    )


def _name(report: Report, place: int) -> str:
    """Return who speaks there: the lower of two drawn, so that some speak far more than others."""
    drawn = make_id("speaker", report.id, place)
    number = min(int(drawn[:6], 16), int(drawn[6:], 16)) * SPEAKERS >> 24
    return f"Speaker {make_id('name', number)[:4]} {make_id('family', number)[:6]}"


def _story(report: Report) -> StoryId:
    """Return the story that it goes on with, as its address tells."""
    return StoryId(make_id("story", report.key.split("/")[3]))


def _questions(
    store: SqliteStore, inventor: Inventor, reports: int
) -> dict[str, Callable[[], object]]:
    chance = inventor.chance
    newest = store.since(START, limit=1_000)
    stories = store.stories(limit=100)

    def word(first: int, last: int) -> str:
        return inventor.words[chance.randrange(first, last)]

    return {
        "search_common_word": lambda: store.search(word(10, 100)),
        "search_rare_word": lambda: store.search(word(5_000, 20_000)),
        "search_two_words": lambda: store.search(f"{word(10, 500)} {word(100, 2_000)}"),
        "search_three_letters": lambda: store.search(word(3_000, 9_000)[:3] + "*"),
        "one_report": lambda: store.reports([chance.choice(newest).id]),
        "findings_of_one_report": lambda: store.findings([chance.choice(newest).id]),
        "hundred_newest_reports": lambda: store.since(START, limit=100),
        "hundred_stories": lambda: store.stories(limit=100),
        "one_story": lambda: store.story(chance.choice(stories).id),
        "hundred_changes": lambda: store.changes(
            after=Cursor(chance.randrange(reports)), limit=100
        ),
    }


def _latency(question: Callable[[], object], asked: int) -> tuple[float, float]:
    """Return the milliseconds of the middle one and of the slowest but one in twenty."""
    spent = []
    for _ in range(asked):
        began = time.perf_counter()
        question()
        spent.append(1_000 * (time.perf_counter() - began))
    cuts = statistics.quantiles(spent, n=20)
    return cuts[9], cuts[18]
