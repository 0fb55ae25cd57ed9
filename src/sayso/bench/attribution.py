"""Scores a finder of attributions against PolNeAR.

A token is a word or a single mark; a role is the set of tokens of its spans.
Relations are matched one to one, as many as can be. They agree
- *overlap* where source, cue and content each share a token with the gold,
- *half* where the Jaccard of each role's tokens is at least one half,
- *exact* where each role is the same but for marks at the edges of its pieces;
a missing source must be missing in both.
Speed is that of the whole finder in as many processes as asked, on the machine at hand.
"""

from __future__ import annotations

import itertools
import re
import time
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from sayso.bench.polnear import Article, Relation, read_articles
from sayso.extract.rules.quotations import find_quotations
from sayso.ports import Finder
from sayso.records import Attribution, Report, ReportId, Span

Tokens = frozenset[int]

_finder: Finder | None = None
_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Roles:
    """One relation as tokens: `source`, `cue`, `content` whole, and trimmed of edge marks."""

    whole: tuple[Tokens, Tokens, Tokens]
    trimmed: tuple[Tokens, Tokens, Tokens]
    direct: bool  # the content is nothing but quotation


@dataclass(frozen=True, slots=True)
class Tally:
    """What was found, what there was to find, and how much of it agrees."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.found + other.found, self.gold + other.gold)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0


def measure(
    finder: Finder, data_dir: Path, *, limit: int | None = None, workers: int = 2
) -> dict[str, float]:
    """Return the measures of `finder` on PolNeAR dev; `data_dir` is the folder of all data.

    `limit` reads only so many articles: for a quick look, not for a figure to report.
    """
    articles = list(itertools.islice(read_articles(data_dir / "polnear" / "dev.jsonl.gz"), limit))
    reports = [make_report(article) for article in articles]
    found, seconds = find_all(finder, reports, workers)
    relations = [[as_relation(a) for a in some] for some in found]
    return {
        **score(articles, relations),
        **compare_with_people(articles, relations),
        "reports_a_second": round(len(reports) / max(seconds, 1e-9), 2),
    }


def find_all(
    finder: Finder, reports: Sequence[Report], workers: int
) -> tuple[list[Sequence[Attribution]], float]:
    """Return what the finder finds in each report, and how many seconds reading took.

    Each worker is a process with a finder of its own. Starting them and loading the model is
    not counted: it is done once a morning.
    """
    if workers < 2:
        finder.find(reports[0])
        began = time.perf_counter()
        found = [finder.find(report) for report in reports]
        return found, time.perf_counter() - began
    with ProcessPoolExecutor(workers, get_context("spawn"), _take, (finder, reports[0])) as pool:
        list(pool.map(_find, [reports[0]] * workers * 2))
        began = time.perf_counter()
        found = list(pool.map(_find, reports, chunksize=2))
        return found, time.perf_counter() - began


def _take(finder: Finder, first: Report) -> None:
    """Keep the finder of this worker, warm."""
    global _finder
    _finder = finder
    finder.find(first)


def _find(report: Report) -> Sequence[Attribution]:
    assert _finder is not None
    return _finder.find(report)


def score(articles: Sequence[Article], found: Sequence[Sequence[Relation]]) -> dict[str, float]:
    """Return the measures of what was found, against the first annotator."""
    names = ("overlap", "half", "exact")
    relations = dict.fromkeys(names, Tally())
    spans = dict.fromkeys(("source", "cue", "content"), Tally())
    quotations = Tally()
    quoted = Tally()
    for article, some in zip(articles, found, strict=True):
        ruler = Ruler(article.text)
        gold = [ruler.roles(r) for r in article.relations[0]]
        ours = [ruler.roles(r) for r in some]
        for name in names:
            relations[name] += Tally(len(match(ours, gold, name)), len(ours), len(gold))
        for at, role in enumerate(spans):
            one = {r.trimmed[at] for r in ours if r.trimmed[at]}
            other = {r.trimmed[at] for r in gold if r.trimmed[at]}
            spans[role] += Tally(len(one & other), len(one), len(other))
        direct = {at for at, r in enumerate(gold) if r.direct}
        matched = {theirs for _, theirs in match(ours, gold, "overlap")}
        quotations += Tally(len(direct & matched), 0, len(direct))
        covered: Tokens = frozenset(itertools.chain.from_iterable(r.whole[2] for r in ours))
        half = sum(
            2 * len(gold[at].trimmed[2] & covered) >= len(gold[at].trimmed[2]) for at in direct
        )
        quoted += Tally(half, 0, len(direct))
    measures: dict[str, float] = {}
    for name, tally in relations.items():
        measures[f"relation_{name}_f1"] = tally.f1
        measures[f"relation_{name}_precision"] = tally.precision
        measures[f"relation_{name}_recall"] = tally.recall
    for role, tally in spans.items():
        measures[f"{role}_exact_f1"] = tally.f1
    measures["direct_recall"] = quotations.recall
    measures["direct_content_recall"] = quoted.recall
    measures["relations"] = relations["overlap"].gold
    measures["reports"] = len(articles)
    return {name: round(value, 4) for name, value in measures.items()}


def compare_with_people(
    articles: Sequence[Article], found: Sequence[Sequence[Relation]]
) -> dict[str, float]:
    """Return relation F1 between annotators, and between the finder and each of them.

    Only articles with several annotators count, and each pair of readings weighs the same.
    """
    measures: dict[str, float] = {}
    for name in ("overlap", "half", "exact"):
        people: list[float] = []
        finder: list[float] = []
        for article, some in zip(articles, found, strict=True):
            if len(article.relations) < 2:
                continue
            ruler = Ruler(article.text)
            readings = [[ruler.roles(r) for r in reading] for reading in article.relations]
            ours = [ruler.roles(r) for r in some]
            people += [_f1(a, b, name) for a, b in itertools.combinations(readings, 2)]
            finder += [_f1(ours, reading, name) for reading in readings]
        if people:
            measures[f"people_{name}_f1"] = round(sum(people) / len(people), 4)
            measures[f"beside_people_{name}_f1"] = round(sum(finder) / len(finder), 4)
    return measures


def table(measures: dict[str, float]) -> str:
    """Return the measures as a table for a terminal."""
    width = max(len(name) for name in measures)
    return "\n".join(f"{name:<{width}}  {value:>9.3f}" for name, value in measures.items())


def make_report(article: Article) -> Report:
    """Return an article as a report that nobody has cut into parts."""
    return Report(
        id=ReportId(article.id),
        key=article.id,
        text=article.text,
        headline=article.text.partition("\n")[0],
        outlet="",
        language="en",
    )


def as_relation(attribution: Attribution) -> Relation:
    return Relation(
        source=(attribution.source,) if attribution.source else (),
        cue=(attribution.cue,) if attribution.cue else (),
        content=attribution.content,
    )


class Ruler:
    """Lays spans of one text against its tokens."""

    def __init__(self, text: str) -> None:
        self._text = text
        matches = list(_TOKEN.finditer(text))
        self._starts = [m.start() for m in matches]
        self._ends = [m.end() for m in matches]
        self._word = [m.group()[0].isalnum() for m in matches]
        self._quoted: set[int] = set()
        for line in re.finditer(r"[^\n]+", text):
            for quotation in find_quotations(text, line.start(), line.end()):
                self._quoted.update(self._touched(Span(quotation.start, quotation.end)))

    def roles(self, relation: Relation) -> Roles:
        """Return a relation as tokens."""
        pieces = [[self._touched(s) for s in role] for role in _roles(relation)]
        source, cue, content = (frozenset(itertools.chain.from_iterable(p)) for p in pieces)
        short = [frozenset(itertools.chain.from_iterable(map(self._trim, p))) for p in pieces]
        return Roles(
            (source, cue, content),
            (short[0], short[1], short[2]),
            bool(short[2]) and short[2] <= self._quoted,
        )

    def _touched(self, span: Span) -> range:
        first = bisect_left(self._ends, span.start + 1)
        last = bisect_left(self._starts, span.end)
        return range(first, max(first, last))

    def _trim(self, piece: range) -> range:
        first, last = piece.start, piece.stop
        while first < last and not self._word[first]:
            first += 1
        while first < last and not self._word[last - 1]:
            last -= 1
        return range(first, last)


def match(ours: Sequence[Roles], gold: Sequence[Roles], name: str) -> list[tuple[int, int]]:
    """Return the largest one-to-one matching of relations that agree (augmenting paths)."""
    agreeing = [[g for g, other in enumerate(gold) if _agree(one, other, name)] for one in ours]
    taken: dict[int, int] = {}

    def place(one: int, tried: set[int]) -> bool:
        for other in agreeing[one]:
            if other not in tried:
                tried.add(other)
                if other not in taken or place(taken[other], tried):
                    taken[other] = one
                    return True
        return False

    for one in range(len(ours)):
        place(one, set())
    return [(one, other) for other, one in taken.items()]


def _agree(one: Roles, other: Roles, name: str) -> bool:
    if name == "exact":
        # A cue that is a mark, as a colon, has no other edge than itself.
        return all(
            a == b and (bool(a) or c == d or not at)
            for at, (a, b, c, d) in enumerate(
                zip(one.trimmed, other.trimmed, one.whole, other.whole, strict=True)
            )
        )
    enough = _share_a_token if name == "overlap" else _share_half
    return all(
        enough(a, b) if a and b else at == 0 and not a and not b
        for at, (a, b) in enumerate(zip(one.whole, other.whole, strict=True))
    )


def _share_a_token(one: Tokens, other: Tokens) -> bool:
    return not one.isdisjoint(other)


def _share_half(one: Tokens, other: Tokens) -> bool:
    return 2 * len(one & other) >= len(one | other)


def _f1(ours: Sequence[Roles], gold: Sequence[Roles], name: str) -> float:
    return Tally(len(match(ours, gold, name)), len(ours), len(gold)).f1


def _roles(relation: Relation) -> Iterable[tuple[Span, ...]]:
    return (relation.source, relation.cue, relation.content)
