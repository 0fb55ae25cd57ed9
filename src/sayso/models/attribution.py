"""The trained finder of attributions, run by onnxruntime.

The model is loaded when it is first used and never sent to another process: a copy that
arrives there loads its own. Everything around the model's scores is `sayso.extract.attribution`.
Speakers are not its business: each attribution says which words are the source, no more.

It reads twice: the first file with three layers, the second, from where the first left off, with
three more. The swift reading is the first alone, at about half of the time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
import onnxruntime as ort

from sayso.extract.attribution.decode import (
    Thresholds,
    WindowScores,
    choose,
    find_candidates,
)
from sayso.extract.attribution.layout import Layout, Vocabulary, cut_windows, lay_out
from sayso.extract.attribution.marked import find_marked
from sayso.extract.attribution.reading import as_attribution, paragraphs_of
from sayso.records import Attribution, Report

FOLDER = "attribution_en"
SCORES = ["tags", "asked", "roles"]


class AttributionModel:
    """Finds the attributions of English reports. Safe to share between threads."""

    def __init__(
        self, threads: int = 1, folder: Traversable | None = None, *, swift: bool = False
    ) -> None:
        self._threads = threads
        self._folder = folder or resources.files("sayso.models") / FOLDER
        self._swift = swift
        self.card: Mapping[str, Any] = json.loads((self._folder / "card.json").read_text("utf-8"))
        reading = "swift" if swift else "careful"
        self.name = f"{self.card['name']}/{self.card['version']}" + ("-swift" if swift else "")
        self.thresholds = Thresholds(**self.card["thresholds"][reading])

    def __reduce__(self) -> tuple[Any, ...]:
        return _make, (self._threads, self._folder, self._swift)

    def find(self, report: Report) -> list[Attribution]:
        """Return the attributions of a report, in the order of their cues."""
        paragraphs, headlines = paragraphs_of(report)
        layout = lay_out(report.text, paragraphs, headlines, self.vocabulary)
        found = find_candidates(layout, self.scores(layout), self.thresholds)
        found += find_marked(report.text, paragraphs, layout)
        found = choose(layout, found, self.thresholds)
        return [as_attribution(report, layout, one, self.name) for one in found]

    def scores(self, layout: Layout) -> list[WindowScores]:
        """Return what the model says of each window, one window a run.

        One by one is fastest on one thread: a window and the weights stay in the cache, and
        nothing is padded.
        """
        return [self._score(layout, window) for window in cut_windows(layout)]

    def _score(self, layout: Layout, window: range) -> WindowScores:
        vocabulary = self.vocabulary
        pieces = [vocabulary.start]
        features = [0]
        words: list[int] = []
        for word in window:
            words.append(len(pieces))
            feature = 16 * layout.shapes[word] + 4 * layout.quoted[word] + layout.places[word]
            pieces.extend(layout.pieces[word])
            features.extend([feature] * len(layout.pieces[word]))
        pieces.append(vocabulary.end)
        features.append(0)
        places = {
            "words": np.array([words], np.int64),
            "paragraphs": np.array([layout.paragraphs[window.start : window.stop]], np.int64),
        }
        ids = {"pieces": np.array([pieces], np.int64), "features": np.array([features], np.int64)}
        if self._swift:
            tags, asked, roles = self._first.run(SCORES, ids | places)
        else:
            [states] = self._first.run(["states"], ids | places, _only_what_is_asked())
            tags, asked, roles = self._second.run(SCORES, {"states": states} | places)
        by_word = {
            window.start + int(word): row.T for (_, word), row in zip(asked, roles, strict=True)
        }
        return WindowScores(window, tags[0], by_word)

    @cached_property
    def _first(self) -> ort.InferenceSession:
        return self._load("model.onnx")

    @cached_property
    def _second(self) -> ort.InferenceSession:
        return self._load("deeper.onnx")

    def _load(self, name: str) -> ort.InferenceSession:
        options = ort.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        file = (self._folder / name).read_bytes()
        # The fused sum and norm takes several times as long as the two one after the other.
        return ort.InferenceSession(
            file,
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],
        )

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary((self._folder / "vocab.txt").read_text("utf-8").splitlines())


def _only_what_is_asked() -> ort.RunOptions:
    options = ort.RunOptions()
    options.only_execute_path_to_fetches = True  # not the heads of the swift reading
    return options


def _make(threads: int, folder: Traversable, swift: bool) -> AttributionModel:
    return AttributionModel(threads, folder, swift=swift)
