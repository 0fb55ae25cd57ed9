"""How rare a term is in the news at large, from a table that comes with sayso.

The table (`data/rarity.tsv`, made by `training/rarity.py`) tells in how many of some thousand
reports each stem stands. Rarity is not counted from the stream: a story that fills a day with
ninety reports would then make its own names common, and fall apart for it.
"""

from __future__ import annotations

import math
from functools import lru_cache
from importlib import resources

FEWEST = 2
"""In how many reports a term is taken to stand that the table leaves out: fewer than it lists."""


@lru_cache(maxsize=1)
def _table() -> tuple[int, dict[str, int]]:
    file = resources.files("sayso.thread").joinpath("data", "rarity.tsv")
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]
    return int(rows[0][1]), {term: int(count) for term, count in rows[1:]}


@lru_cache(maxsize=200_000)
def background_rarity(term: str) -> float:
    """Return the inverse document frequency of a term in the news at large."""
    count, held = _table()
    return math.log((2 + count) / (1 + held.get(term, FEWEST)))
