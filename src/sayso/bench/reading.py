"""Reading measured: the main text of real pages, odd feeds, and how fast reports are read.

Pages: as the article extraction benchmark does it, words in fours are compared with the gold
text; precision and recall are averaged over the pages. The headline, captions, promotions and
bylines that we keep as parts are left out, because the gold leaves them out.
Feeds have no gold: it is counted what is read and what is refused.
"""

from __future__ import annotations

import gzip
import itertools
import json
import re
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sayso.app import now
from sayso.errors import InputError
from sayso.normalise.read import Reading, parse
from sayso.ports import Raw
from sayso.records import PartKind

PAGES = Path("pages") / "article_extraction_benchmark.jsonl.gz"
FEEDS = Path("feeds") / "rss_parser.jsonl.gz"
REPORTS = Path("allsides") / "reports.jsonl.gz"

# What the gold text of a page holds.
_STORY: tuple[PartKind, ...] = (
    "dateline", "body", "heading", "see-also", "credit", "correction", "note",
)  # fmt: skip
_WORD = re.compile(r"\w+")
_IN_FOURS = 4


def measure(data: Path, *, limit: int = 1_000) -> dict[str, float]:
    """Return how well pages are read, what feeds give, and reports a second of processor time."""
    return {
        **_measure_pages(data / PAGES),
        **_measure_feeds(data / FEEDS),
        **_measure_reports(data / REPORTS, limit),
    }


def table(result: Mapping[str, float]) -> str:
    """Return the measures as a table."""
    return "\n".join(
        [
            f"pages    {result['pages']:>6.0f}  precision {result['page_precision']:.3f}"
            f"  recall {result['page_recall']:.3f}  F1 {result['page_f1']:.3f}"
            f"  without an article {result['pages_without_article']:.0f}"
            f"  {result['pages_a_second']:.0f} a second",
            f"feeds    {result['feeds']:>6.0f}  refused {result['feeds_refused']:.0f}"
            f"  items {result['feed_items']:.0f}  items without words"
            f" {result['feed_items_refused']:.0f}  {result['feed_items_a_second']:.0f} a second",
            f"reports  {result['reports']:>6.0f}  paragraphs that are body"
            f" {result['body_share']:.1%}  {result['reports_a_second']:.0f} a second",
        ]
    )


def score(gold: str, read: str) -> tuple[float, float]:
    """Return precision and recall of a text, counted in runs of four words."""
    wanted, found = _in_fours(gold), _in_fours(read)
    right = sum((wanted & found).values())
    precision = right / found.total() if found else float(not wanted)
    recall = right / wanted.total() if wanted else 1.0
    return precision, recall


def _measure_pages(path: Path) -> dict[str, float]:
    scores = []
    without = 0
    began = time.process_time()
    for page in _lines(path):
        reading = _read(page["id"], page["html"], media_type="text/html", url=page["url"])
        text = ""
        for report in reading.reports:
            text = "\n".join(report.cut(span) for span in report.spans(*_STORY))
        without += not reading.reports
        scores.append(score(page["gold"], text))
    spent = time.process_time() - began
    precision, recall = (sum(one) / len(scores) for one in zip(*scores, strict=True))
    return {
        "pages": len(scores),
        "page_precision": precision,
        "page_recall": recall,
        "page_f1": 2 * precision * recall / (precision + recall),
        "pages_without_article": without,
        "pages_a_second": len(scores) / spent,
    }


def _measure_feeds(path: Path) -> dict[str, float]:
    counted: Counter[str] = Counter()
    began = time.process_time()
    for feed in _lines(path):
        reading = _read(feed["name"], feed["feed"], media_type="application/xml")
        counted["feeds"] += 1
        counted["feeds_refused"] += not reading.reports
        counted["feed_items"] += len(reading.reports)
        counted["feed_items_refused"] += len(reading.problems)
    spent = time.process_time() - began
    return {**counted, "feed_items_a_second": counted["feed_items"] / spent}


def _measure_reports(path: Path, limit: int) -> dict[str, float]:
    kinds: Counter[str] = Counter()
    number = 0
    lines = [json.dumps(line) for line in itertools.islice(_lines(path), limit)]
    began = time.process_time()
    for line in lines:
        for report in _read("report", line, media_type="application/x-ndjson").reports:
            number += 1
            kinds.update(part.kind for part in report.parts if part.kind != "dateline")
    spent = time.process_time() - began
    return {
        "reports": number,
        "body_share": kinds["body"] / kinds.total(),
        "reports_a_second": number / spent,
    }


def _read(place: str, text: str, **told: Any) -> Reading:
    try:
        return parse(Raw(place=place, body=text.encode("utf-8", "replace"), **told), now=now())
    except InputError as error:
        return Reading(problems=(error,))


def _in_fours(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return Counter(
        tuple(words[start : start + _IN_FOURS])
        for start in range(max(min(len(words), 1), len(words) - _IN_FOURS + 1))
    )


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
