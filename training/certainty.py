"""Fits how a relation's confidence is weighed from its facts, and tries the thresholds.

    python training/certainty.py --model FOLDER --data FOLDER [--swift]

Reads PolNeAR dev with the model of FOLDER, as the shipped finder does. Prints the weights for the
card, fitted on all articles, and the measures over a grid of thresholds with weights that were
fitted on the other three quarters of the articles: what is printed is what to expect elsewhere.
"""

from __future__ import annotations

import argparse
import dataclasses
import itertools
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sayso.bench.attribution import Ruler, as_relation, make_report, match, score
from sayso.bench.polnear import Article, Relation, read_articles
from sayso.extract.attribution.certainty import FACTS, weigh
from sayso.extract.attribution.decode import (
    Found,
    Thresholds,
    WindowScores,
    choose,
    find_candidates,
)
from sayso.extract.attribution.layout import Layout, lay_out
from sayso.extract.attribution.marked import find_marked
from sayso.extract.attribution.reading import as_attribution, paragraphs_of
from sayso.models.attribution import AttributionModel

PARTS = 4
PULL = 1.0  # towards no weight at all
GRID = {"confidence": (0.4, 0.44, 0.48, 0.52)}
SHOWN = (
    "relation_overlap_f1", "relation_half_f1", "relation_exact_f1", "source_exact_f1",
    "cue_exact_f1", "content_exact_f1", "direct_recall", "relation_overlap_precision",
)  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Read:
    """An article with what the model says of it."""

    article: Article
    layout: Layout
    windows: Sequence[WindowScores]

    def relations(self, found: Sequence[Found]) -> list[Relation]:
        report = make_report(self.article)
        return [as_relation(as_attribution(report, self.layout, one, "")) for one in found]

    def marked(self) -> list[Found]:
        report = make_report(self.article)
        return find_marked(report.text, paragraphs_of(report)[0], self.layout)


def read(model: AttributionModel, article: Article) -> Read:
    report = make_report(article)
    paragraphs, headlines = paragraphs_of(report)
    layout = lay_out(report.text, paragraphs, headlines, model.vocabulary)
    return Read(article, layout, model.scores(layout))


def judge(one: Read, found: Sequence[Found]) -> list[bool]:
    """Return of each relation whether some relation of the first annotator agrees."""
    ruler = Ruler(one.article.text)
    gold = [ruler.roles(relation) for relation in one.article.relations[0]]
    ours = [ruler.roles(relation) for relation in one.relations(found)]
    return [bool(match([roles], gold, "overlap")) for roles in ours]


def fit(facts: NDArray[np.float64], right: NDArray[np.float64]) -> dict[str, float]:
    """Return the weights of a logistic regression (Newton's method)."""
    weights = np.zeros(facts.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-facts @ weights))
        slope = facts.T @ (chance - right) + PULL * weights
        curve = (facts * (chance * (1 - chance))[:, None]).T @ facts + PULL * np.eye(len(weights))
        weights -= np.linalg.solve(curve, slope)
    return dict(zip(FACTS, weights.round(3).tolist(), strict=True))


def learn(
    candidates: Sequence[Sequence[Found]], right: Sequence[Sequence[bool]], held_out: int | None
) -> dict[str, float]:
    """Return the weights that articles outside one part teach."""
    chosen = [at for at in range(len(candidates)) if held_out is None or at % PARTS != held_out]
    facts = [found.facts for at in chosen for found in candidates[at]]
    return fit(np.array(facts), np.array([r for at in chosen for r in right[at]], float))


def tune(every: Sequence[Read], given: Thresholds) -> None:
    for values in itertools.product(*GRID.values()):
        thresholds = dataclasses.replace(given, **dict(zip(GRID, values, strict=True)))
        candidates = [find_candidates(one.layout, one.windows, thresholds) for one in every]
        right = [judge(one, found) for one, found in zip(every, candidates, strict=True)]

        learnt = [learn(candidates, right, part) for part in range(PARTS)]
        kept: list[list[Relation]] = []
        for at, one in enumerate(every):
            weights = learnt[at % PARTS]
            sure = [
                dataclasses.replace(found, confidence=weigh(found.facts, weights))
                for found in candidates[at]
            ]
            kept.append(one.relations(choose(one.layout, sure + one.marked(), thresholds)))
        measures = score([one.article for one in every], kept)
        print(dict(zip(GRID, values, strict=True)), *(f"{measures[n]:.4f}" for n in SHOWN))
        print(json.dumps(learn(candidates, right, None)), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="the folder of PolNeAR")
    parser.add_argument("--swift", action="store_true")
    given = parser.parse_args()
    model = AttributionModel(folder=given.model, swift=given.swift)
    every = [read(model, article) for article in read_articles(given.data / "dev.jsonl.gz")]
    print(*SHOWN)
    tune(every, model.thresholds)


if __name__ == "__main__":
    main()
