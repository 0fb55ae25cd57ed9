"""The benches of issue 4 run on what the project wrote, and their makers keep their word."""

from __future__ import annotations

import random

import pytest

from sayso.bench import statements
from sayso.bench.copies import OPERATIONS, make_copies
from sayso.bench.distortions import distortions
from tests.build import at, report
from tests.trace.texts import FERRY, MINE


def test_the_same_seed_makes_the_same_copies() -> None:
    bases = [report(list(FERRY), published=at("08:00")), report(list(MINE), outlet="Karst Echo")]
    outlets = ["Brinmouth Post", "Tern Times"]
    made = make_copies(bases, random.Random(3), outlets=outlets)
    assert made == make_copies(bases, random.Random(3), outlets=outlets)
    assert len(made) == len(bases) * len(OPERATIONS)
    assert all(one.report.outlet in outlets for one in made)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("number", "at least 40 people were aboard"),
        ("number", "twelve sailors were aboard"),
        ("polarity", "the ferry was safe"),
        ("polarity", "the ferry was not safe"),
        ("tense", "the tug will come"),
        ("object", "the letter was a forgery"),
        ("name", "the tug left Brinmouth at dawn"),
        ("bound", "at least 40 people were aboard"),
        ("unit", "it cost 40 million euros"),
        ("weekday", "the tug comes on Monday"),
        ("ordinal", "it was the second gale"),
        ("office", "the minister signed the order"),
        ("denied", "she was aboard"),
        ("agent", "the captain warned the mayor"),
        ("not only", "it sank because of the gale"),
    ],
)
def test_a_distortion_changes_the_words(kind: str, words: str) -> None:
    changed = dict(distortions(words, random.Random(1)))
    assert changed[kind] != words


def test_no_distortion_of_the_newsroom_is_merged() -> None:
    result = statements.measure()
    assert result["distorted"] >= 1_000
    assert result["distorted_merged"] == 0
    assert result["labelled_f1"] >= 0.9
    assert "0 of" in statements.table(result)
