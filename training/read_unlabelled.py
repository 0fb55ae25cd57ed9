"""Lets the shipped model read reports that nobody labelled, for the next training run.

    python training/read_unlabelled.py --data FOLDER --out FILE

A line of FILE holds the id of a report, its sure relations and the stretches in doubt, as places
in its text; the text stays where it is. Training learns from the sure relations, nothing from
what is in doubt, and takes the rest for text in which nobody says anything.

What is sure: what the thresholds of the model's card let through. What is in doubt: every other
relation that half of those thresholds would let through.
"""

from __future__ import annotations

import argparse
import dataclasses
import gzip
import json
import random
from collections.abc import Iterator
from multiprocessing import Pool
from pathlib import Path

from sayso.extract.attribution.decode import Found, Thresholds, decode
from sayso.extract.attribution.layout import Layout, lay_out, split_paragraphs
from sayso.models.attribution import AttributionModel
from sayso.records import Span

SEED = 7
REPORTS = 2400
LENGTHS = (1200, 9000)  # characters: a stub teaches little, a long one much of the same
WORKERS = 2


def read_reports(file: Path) -> Iterator[tuple[str, str]]:
    """Yield id and text, the headline as the first paragraph."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield record["id"], f"{record['title']}\n{record['text']}"


def choose(file: Path) -> list[tuple[str, str]]:
    """Return reports drawn by chance, of every year and outlet as they come."""
    some = [(at, text) for at, text in read_reports(file) if LENGTHS[0] < len(text) < LENGTHS[1]]
    return random.Random(SEED).sample(some, min(REPORTS, len(some)))


def read(report: tuple[str, str]) -> str:
    """Return the line of one report."""
    model = _models.setdefault("model", AttributionModel())
    name, text = report
    paragraphs = split_paragraphs(text, Span(0, len(text)))
    headlines = [at == 0 for at in range(len(paragraphs))]
    layout = lay_out(text, paragraphs, headlines, model.vocabulary)
    scores = model.scores(layout)
    strict = Thresholds(**model.card["thresholds"]["careful"])
    loose = dataclasses.replace(
        strict, cue=strict.cue / 2, confidence=strict.confidence / 2, doubtful_cue=1
    )
    sure = decode(layout, scores, strict)
    cues = {word for one in sure for word in one.cue}
    doubt = [one for one in decode(layout, scores, loose) if cues.isdisjoint(one.cue)]
    unsure = [piece for one in doubt for piece in (one.cue, *_sides(one))]
    return json.dumps(
        {
            "id": name,
            "relations": [
                {
                    "source": [_places(layout, one.source)] if one.source else [],
                    "cue": [_places(layout, one.cue)],
                    "content": [_places(layout, piece) for piece in one.content],
                }
                for one in sure
            ],
            "unsure": [_places(layout, piece) for piece in unsure],
        }
    )


_models: dict[str, AttributionModel] = {}


def _sides(one: Found) -> list[range]:
    return [*([one.source] if one.source else []), *one.content]


def _places(layout: Layout, words: range) -> tuple[int, int]:
    return layout.starts[words.start], layout.ends[words.stop - 1]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="gzipped JSON lines of reports")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    chosen = choose(given.data)
    with Pool(WORKERS) as pool, given.out.open("w", encoding="utf-8") as out:
        for done, line in enumerate(pool.imap(read, chosen, chunksize=8), 1):
            out.write(line + "\n")
            if done % 100 == 0:
                print(f"read: reports={done} of={len(chosen)}", flush=True)


if __name__ == "__main__":
    main()
