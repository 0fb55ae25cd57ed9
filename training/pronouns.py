"""Fit the weights by which a pronoun is given to a speaker; print them, and what they are worth.

    .venv/bin/python training/pronouns.py ../shared/data

A conditional logit: for each labelled pronoun, all who may be meant and nobody at all compete,
and the evidence of `sayso.extract.speakers.scene` decides. It is fitted on all labels, so what it
is worth is told by the crossed figures that it prints, each report judged by weights fitted on
others; `sayso bench speakers` judges labels that it has seen. Numpy alone; some minutes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sayso.bench import speakers as bench
from sayso.extract.speakers import pronouns
from sayso.extract.speakers.scene import Ask, Scene
from sayso.models.attribution import AttributionModel
from sayso.records import Span, Speaker

ROUNDS = 2  # who "he" is decides who the next "he" may be, so the evidence is gathered again
DECAY = 1.5  # of the weights, in the logit
FOLDS = 5
NOBODY = "nobody"

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Question:
    """One labelled pronoun: the evidence for each who may be meant, and who it is."""

    report: str
    evidence: Sequence[Mapping[str, float]]  # the last is nobody
    right: int


def gather(labels: Iterable[bench.Label], data: Path) -> list[Question]:
    """Return the question that each label puts, as the weights in force lead to it."""
    asked: dict[Span, list[tuple[Speaker, Mapping[str, float]]]] = {}
    original = pronouns.candidates

    def note(scene: Scene, ask: Ask) -> list[pronouns.Candidate]:
        found = original(scene, ask)
        asked[ask.source] = [
            (Speaker(name=person.name) if person else speaker or Speaker(name=None), evidence)
            for person, speaker, evidence in found
        ]
        return found

    pronouns.candidates = note
    finder = AttributionModel()
    questions = []
    try:
        for label, _ in bench.resolve_all(finder, data, labels):
            held = asked.get(label.span, [])
            right = next(
                (at for at, (one, _) in enumerate(held) if bench.judge(label, one) == "right"),
                len(held),
            )
            evidence = [found for _, found in held] + [{NOBODY: 1.0}]
            questions.append(Question(label.report, evidence, right))
    finally:
        pronouns.candidates = original
    return questions


def fit(questions: Sequence[Question], names: Sequence[str]) -> Vector:
    """Return the weights of `names` by Newton's method."""
    weights = np.zeros(len(names))
    tables = [table(one, names) for one in questions]
    for _ in range(40):
        slope = DECAY * weights
        bend = DECAY * np.eye(len(names))
        for one, rows in zip(questions, tables, strict=True):
            chance = chances(rows, weights)
            mean = chance @ rows
            slope += mean - rows[one.right]
            bend += (rows * chance[:, None]).T @ rows - np.outer(mean, mean)
        step = np.linalg.solve(bend, slope)
        weights = weights - step
        if np.abs(step).max() < 1e-5:
            break
    return weights


def table(question: Question, names: Sequence[str]) -> Vector:
    """Return the evidence as rows of numbers."""
    return np.array([[found.get(name, 0.0) for name in names] for found in question.evidence])


def chances(rows: Vector, weights: Vector) -> Vector:
    """Return how likely each is."""
    scores: Vector = rows @ weights
    powers: Vector = np.exp(scores - scores.max())
    total: Vector = powers / powers.sum()
    return total


def crossed(questions: Sequence[Question], names: Sequence[str]) -> list[tuple[float, bool]]:
    """Return the chance of the likeliest, and whether it is right, by weights fitted on others."""
    reports = sorted({one.report for one in questions})
    judged = []
    for fold in range(FOLDS):
        left = set(reports[fold::FOLDS])
        weights = fit([one for one in questions if one.report not in left], names)
        for one in questions:
            if one.report in left and len(one.evidence) > 1:
                chance = chances(table(one, names), weights)[:-1]
                judged.append((float(chance.max()), int(chance.argmax()) == one.right))
            elif one.report in left:
                judged.append((0.0, False))
    return judged


def main(data: Path) -> None:
    """Fit and print."""
    labels = bench.read_labels(bench.LABELS)
    for _ in range(ROUNDS):
        questions = gather(labels, data)
        names = sorted({name for one in questions for found in one.evidence for name in found})
        weights = dict(zip(names, fit(questions, names).round(2).tolist(), strict=True))
        pronouns.NOBODY = weights[NOBODY]
        pronouns.WEIGHTS = {name: weight for name, weight in weights.items() if name != NOBODY}
    for name, weight in weights.items():
        print(f"{name:<24} {weight:>6.2f}")
    judged = crossed(questions, names)
    print(f"{'from chance':<12} {'right':>6} {'wrong':>6}   (of {len(judged)}, crossed)")
    for likely in (0.6, 0.65, 0.7, 0.75, 0.8):
        given = [right for chance, right in judged if chance >= likely]
        right = sum(given) / len(judged)
        print(f"{likely:<12} {right:>6.3f} {len(given) / len(judged) - right:>6.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
