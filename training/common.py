"""Words that the news writes small: `src/sayso/extract/data/common.txt`.

    python training/common.py --reports FILE.jsonl.gz --out src/sayso/extract/data/common.txt

By them a capital that only opens a sentence or a headline is told from a name.
The list holds single words and no counts, so that no sentence of any report can be told from it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from pathlib import Path

FEWEST = 12  # reports: what stands in fewer may be a slip or a name
SMALL = 0.85  # of a word's places inside sentences, where it is written small

# A capital after a full stop tells nothing.
_INSIDE = re.compile(r"(?<=[a-z,] )[A-Za-z][a-z]{2,}(?![\w'’-])")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    held: Counter[str] = Counter()
    with gzip.open(args.reports, "rt", encoding="utf-8") as file:
        for line in file:
            words = _INSIDE.findall(json.loads(line)["text"])
            small.update(word for word in words if word.islower())
            capital.update(word.lower() for word in words if not word.islower())
            held.update({word for word in words if word.islower()})
    kept = sorted(
        word
        for word, reports in held.items()
        if reports >= FEWEST and small[word] >= SMALL * (small[word] + capital[word])
    )
    args.out.write_text("\n".join(kept) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
