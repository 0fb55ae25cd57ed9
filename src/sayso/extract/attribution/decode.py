"""From the scores of the model to relations: which words are whose cue, source and content.

A cue is a run of words that are likely of one. Each cue has its own best path through the
window, on which every word is outside, source or content: so two cues may share a source.
A paragraph is a hard border for every run; a headline joins nothing below it, nor that a headline.
Content belongs to one cue: nothing is nested.
A quotation that nobody got is given to the likeliest cue, even one that alone would be too
doubtful: words in quotation marks are said by somebody more often than a verb is a cue.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sayso.extract.attribution.certainty import log_odds, weigh
from sayso.extract.attribution.layout import PLACES, Layout
from sayso.extract.attribution.paths import NEVER, best_paths
from sayso.records import Span

Scores = NDArray[np.float32]

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
ROLES = ("O", "B-source", "I-source", "B-content", "I-content")
CERTAINTY = {"always": -1.2, "cue": 0.75, "source": 0.25, "named": 0.25}
_HEADLINE = PLACES.index("headline")
_SOURCE = slice(1, 3)
_CUE = slice(3, 5)
_CONTENT = slice(3, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """What was tuned on dev; the model's card holds the values in use."""

    cue: float = 0.4  # a word is of a cue from this probability
    confidence: float = 0.45  # a relation counts from this confidence
    doubtful_cue: float = 0.05  # from here, if it takes a quotation that nobody else has
    tags: float = 0.3  # how much the tag of a word counts beside its role to the cue
    source: float = 0.0  # added to every word's score as source
    content: float = 0.0  # added to every word's score as content
    piece: float = -0.5  # added for every piece of content
    certainty: Mapping[str, float] = field(default_factory=lambda: dict(CERTAINTY))
    quotation_words: int = 5  # fewer words in quotation marks may be a title or a scare quote


@dataclass(frozen=True, slots=True)
class WindowScores:
    """What the model says of one window: logarithms of probabilities.

    `tags` is (words, TAGS); `roles` gives (words, ROLES) for each word that may be of a cue,
    by its place in the report.
    """

    words: range
    tags: Scores
    roles: Mapping[int, Scores]


@dataclass(frozen=True, slots=True)
class Found:
    """One relation, in words of the layout."""

    cue: range
    source: range | None
    content: tuple[range, ...]
    confidence: float
    facts: tuple[float, ...] = ()  # what the confidence was weighed from


@dataclass(frozen=True, slots=True)
class _Question:
    """One cue that the model was asked about, with what it says of the words of its window."""

    cue: range
    likely: float  # the chance that this is a cue
    first: int  # the first word of the window
    chances: Scores  # (words, ROLES)
    scores: Scores  # the same with all other evidence, as logarithms


def decode(layout: Layout, windows: Sequence[WindowScores], thresholds: Thresholds) -> list[Found]:
    """Return the relations of a report, in the order of their cues."""
    return choose(layout, find_candidates(layout, windows, thresholds), thresholds)


def find_candidates(
    layout: Layout, windows: Sequence[WindowScores], thresholds: Thresholds
) -> list[Found]:
    """Return a relation for every cue that may be one, however doubtful."""
    asked = [q for window in windows for q in _ask(layout, window, thresholds)]
    return list(_answer(layout, asked, thresholds))


def choose(layout: Layout, found: Sequence[Found], thresholds: Thresholds) -> list[Found]:
    """Return those that are sure enough, in the order of their cues; content is said once."""
    kept: list[Found] = []
    doubtful: list[Found] = []
    taken: set[int] = set()  # words of content that somebody has said already
    for one in sorted(found, key=lambda one: -one.confidence):
        words = {word for piece in one.content for word in piece}
        if one.confidence < thresholds.confidence:
            doubtful.append(one)
        elif 2 * len(words & taken) < len(words):
            kept.append(one)
            taken |= words
    for quotation in quotations(layout):
        quoted = {word for word in quotation if layout.shapes[word]}
        if len(quoted) < thresholds.quotation_words or quoted & taken:
            continue
        for one in doubtful:
            words = {word for piece in one.content for word in piece}
            if 2 * len(words & quoted) >= len(quoted) and 2 * len(words & taken) < len(words):
                kept.append(one)
                taken |= words
                break
    return sorted(kept, key=lambda one: (one.cue.start, one.cue.stop))


def quotations(layout: Layout) -> Iterator[range]:
    """Yield the words of each quotation, with its marks."""
    start: int | None = None
    for at, state in enumerate(layout.quoted):
        if start is not None and (state in (0, 1) or _starts_paragraph(layout, at)):
            yield range(start, at)
            start = None
        if state == 1:
            start = at
        elif state == 3 and start is not None:
            yield range(start, at + 1)
            start = None
    if start is not None:
        yield range(start, len(layout))


def span_of(layout: Layout, words: range, *, marks: bool) -> Span:
    """Return the characters of a run of words; with `marks`, of the quotation marks around too."""
    first, last = words.start, words.stop - 1
    if marks:
        if first and layout.quoted[first - 1] == 1 and not _starts_paragraph(layout, first):
            first -= 1
        ahead = last
        # The full stop or comma within the closing mark comes along with it.
        while ahead + 1 < len(layout) and ahead - last < 3 and not layout.shapes[ahead + 1]:
            ahead += 1
            if layout.quoted[ahead] == 3 and not _starts_paragraph(layout, ahead):
                last = ahead
                break
    return Span(layout.starts[first], layout.ends[last])


def close_brackets(text: str, span: Span) -> Span:
    """Return a span with the bracket that it opens and leaves open, as in "(R-Orla.)"."""
    cut = text[span.start : span.end]
    if cut.count("(") > cut.count(")"):
        for end in range(span.end, min(span.end + 3, len(text))):
            if text[end] == ")":
                return Span(span.start, end + 1)
            if text[end] != ".":
                break
    return span


def _ask(layout: Layout, window: WindowScores, thresholds: Thresholds) -> Iterator[_Question]:
    likely = np.exp(window.tags[:, _CUE])
    cues = list(_cues(layout, window, likely, thresholds.cue))
    if thresholds.doubtful_cue < thresholds.cue:
        # A doubtful run may be longer than the sure run within it: the sure one counts.
        held = {word for cue in cues for word in cue}
        doubtful = _cues(layout, window, likely, thresholds.doubtful_cue)
        cues += [cue for cue in doubtful if held.isdisjoint(cue)]
    if not cues:
        return
    first = window.words.start
    roles = np.stack([np.mean([window.roles[word] for word in cue], axis=0) for cue in cues])
    sure = [float(likely[[word - first for word in cue]].sum(1).max()) for cue in cues]
    scores = _weigh(layout, window, roles, cues, sure, thresholds)
    for cue, chance, row, weighed in zip(cues, sure, np.exp(roles), scores, strict=True):
        yield _Question(cue, chance, first, row, weighed)


def _answer(layout: Layout, asked: Sequence[_Question], thresholds: Thresholds) -> Iterator[Found]:
    """Yield the relation of each cue that has a content."""
    if not asked:
        return
    together = np.full((len(asked), max(len(q.scores) for q in asked), 5), NEVER, np.float32)
    together[:, :, 0] = 0
    for row, question in enumerate(asked):
        together[row, : len(question.scores)] = question.scores
    moves = np.zeros((len(ROLES), len(ROLES)), np.float32)
    for inside in (2, 4):  # is entered from its own beginning or from itself
        moves[[s for s in range(5) if s not in (inside - 1, inside)], inside] = NEVER
    moves[:, 3] = thresholds.piece
    quoted = list(quotations(layout))
    for question, path in zip(asked, best_paths(together, moves), strict=True):
        content = _join(layout, _runs(layout, path, question.first, 3))
        if not content:
            continue
        content = _join(layout, [_whole(layout, run, quoted) for run in content])
        weights = [
            (float(_chances(question, [run], _SOURCE).sum()), run)
            for run in _join(layout, _runs(layout, path, question.first, 1))
        ]
        source = max(weights, key=lambda pair: pair[0])[1] if weights else None
        facts = _facts(layout, question, source)
        confidence = round(weigh(facts, thresholds.certainty), 3)
        yield Found(question.cue, source, tuple(content), confidence, facts)


def _facts(layout: Layout, question: _Question, source: range | None) -> tuple[float, ...]:
    """Return what is known of a relation, in the order of `certainty.FACTS`."""
    if source:
        known = log_odds(float(_chances(question, [source], _SOURCE).mean()))
        unlikely = 0.0
    else:
        known = 0.0
        unlikely = 1 - float(question.chances[:, _SOURCE].sum(1).max())
    return (
        1.0,
        log_odds(question.likely),
        known,
        float(source is not None),
        unlikely,
        float(not layout.shapes[question.cue.start]),
        float(layout.places[question.cue.start] >= _HEADLINE),
    )


def _cues(
    layout: Layout, window: WindowScores, likely: Scores, threshold: float
) -> Iterator[range]:
    """Yield the runs of words that are of one cue."""
    start: int | None = None
    enough = likely.sum(1) >= threshold
    for at, word in enumerate(window.words):
        within = bool(enough[at]) and word in window.roles
        begins = within and (
            start is None or likely[at, 0] > likely[at, 1] or _starts_paragraph(layout, word)
        )
        if start is not None and (begins or not within):
            yield _trim(layout, range(start, word))
            start = None
        if begins:
            start = word
    if start is not None:
        yield _trim(layout, range(start, window.words.stop))


def _weigh(
    layout: Layout,
    window: WindowScores,
    roles: Scores,
    cues: Sequence[range],
    sure: Sequence[float],
    thresholds: Thresholds,
) -> Scores:
    """Return what each word is to each cue, all evidence together: (cues, words, ROLES)."""
    scores = roles.copy()
    tags = np.maximum(window.tags, -7.0)  # one head alone never forbids
    scores[:, :, _SOURCE] += thresholds.tags * tags[:, 1:3] + thresholds.source
    scores[:, :, _CONTENT] += thresholds.tags * tags[:, 5:7] + thresholds.content
    # Nothing is nested: what one cue takes for content is not another's content, nor its source,
    # nor that cue itself. Where several want a word, each gives way to the others.
    wanted = np.exp(roles[:, :, 1:]).sum(2) * np.array(sure, np.float32)[:, None]
    for row, cue in enumerate(cues):
        wanted[row, [word - window.words.start for word in cue]] = sure[row]
    others = np.clip(wanted.sum(0) - wanted, 0, 0.99)
    scores[:, :, _CONTENT] += np.log1p(-others)[:, :, None]
    for at, word in enumerate(window.words):
        if _starts_paragraph(layout, word):
            scores[:, at, [2, 4]] = NEVER
    for row, cue in enumerate(cues):
        if not layout.shapes[cue.start] or layout.places[cue.start] >= _HEADLINE:
            # A colon or a dash that stands for a verb joins what is beside it, no more; a
            # headline is a sentence of its own, whoever is named in the lead.
            own = layout.paragraphs[cue.start]
            for at, word in enumerate(window.words):
                if layout.paragraphs[word] != own:
                    scores[row, at, 1:] = NEVER
        else:
            # The other way about: what the lead repeats of the headline is said in the lead.
            for at, word in enumerate(window.words):
                if layout.places[word] >= _HEADLINE:
                    scores[row, at, 1:] = NEVER
        scores[row, cue.start - window.words.start : cue.stop - window.words.start, 1:] = NEVER
    return scores


def _runs(layout: Layout, path: NDArray[np.int64], first: int, begin: int) -> list[range]:
    """Return the runs of one role on a path, without the marks at their edges."""
    runs: list[range] = []
    for start in np.flatnonzero(path == begin).tolist():
        end = start + 1
        while end < len(path) and path[end] == begin + 1:
            end += 1
        run = _trim(layout, range(first + start, first + end))
        if layout.shapes[run.start]:
            runs.append(run)
    return runs


def _join(layout: Layout, runs: list[range]) -> list[range]:
    """Join pieces with nothing but marks between them, as long as they are of one paragraph."""
    joined: list[range] = []
    for run in runs:
        if joined and layout.paragraphs[joined[-1].start] == layout.paragraphs[run.start]:
            between = range(joined[-1].stop, run.start)
            if not any(layout.shapes[word] for word in between):
                joined[-1] = range(joined[-1].start, run.stop)
                continue
        joined.append(run)
    return joined


def _whole(layout: Layout, run: range, quoted: Sequence[range]) -> range:
    """Return a run with all of the quotations of which it has half: a mark is a better border."""
    for quotation in quoted:
        words = _trim(layout, quotation)
        within = range(max(words.start, run.start), min(words.stop, run.stop))
        if len(words) <= 2 * len(within) < 2 * len(words):
            run = range(min(run.start, words.start), max(run.stop, words.stop))
    return run


def _trim(layout: Layout, words: range) -> range:
    """Return a run without the marks at its edges; a run of marks alone stays as it is."""
    first, last = words.start, words.stop
    while first < last and not layout.shapes[first]:
        first += 1
    while first < last and not layout.shapes[last - 1]:
        last -= 1
    return range(first, last) if first < last else words


def _chances(question: _Question, runs: Sequence[range], role: slice) -> Scores:
    words = [word - question.first for run in runs for word in run]
    chances: Scores = question.chances[words, role].sum(1)
    return chances


def _starts_paragraph(layout: Layout, word: int) -> bool:
    return word == 0 or layout.paragraphs[word] != layout.paragraphs[word - 1]
