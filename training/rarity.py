"""Counts in how many reports of the news each term stands: `src/sayso/thread/data/rarity.tsv`.

    python training/rarity.py --reports FILE.jsonl.gz --out src/sayso/thread/data/rarity.tsv

The table holds stems and counts, no text; a stem in fewer than `FEWEST` reports is left out, so
that no sentence of any report can be told from it.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from pathlib import Path

from sayso.thread.terms import terms

EVERY = 4  # a quarter of some 15,000 reports ranks terms as all of them do
LONGEST = 6_000  # characters: one transcript must not weigh as much as ten reports
FEWEST = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    count = 0
    held: Counter[str] = Counter()
    with gzip.open(args.reports, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file):
            if number % EVERY == 0:
                count += 1
                held.update(set(terms(json.loads(line)["text"][:LONGEST])))
    rows = sorted((term, times) for term, times in held.items() if times >= FEWEST)
    lines = [f"\t{count}", *(f"{term}\t{times}" for term, times in rows)]
    args.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
