"""Reads PolNeAR: articles and who their annotators say said what.

An annotator's relation has one source at most, one cue and one content, each perhaps in pieces.
Attributions that an annotator began and left without a cue or a content are left out.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sayso.records import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """Source, cue and content of one attribution; an empty source is a missing one."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article and the relations of each of its annotators."""

    id: str
    text: str
    annotators: tuple[str, ...]
    relations: tuple[tuple[Relation, ...], ...]  # one for each annotator


def read_articles(path: Path) -> Iterator[Article]:
    """Yield the articles of a gzipped JSON-lines file of PolNeAR."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield Article(
                id=record["id"],
                text=record["text"],
                annotators=tuple(a["annotator"] for a in record["annotations"]),
                relations=tuple(parse_standoff(a["ann"]) for a in record["annotations"]),
            )


def parse_standoff(ann: str) -> tuple[Relation, ...]:
    """Return the relations of one brat stand-off file, by the place of their cue."""
    spans: dict[str, tuple[Span, ...]] = {}
    events: list[str] = []
    for line in ann.split("\n"):
        fields = line.split("\t")
        if line.startswith("T") and len(fields) > 1:
            _, _, places = fields[1].partition(" ")
            spans[fields[0]] = _spans(places)
        elif line.startswith("E") and len(fields) > 1:
            events.append(fields[1])
    relations: list[Relation] = []
    for event in events:
        roles: dict[str, list[Span]] = {"Source": [], "Cue": [], "Content": []}
        for argument in event.split()[1:]:
            role, _, name = argument.partition(":")
            # "Content2" is a second piece of the same content.
            roles[role.rstrip("0123456789")].extend(spans[name])
        if roles["Cue"] and roles["Content"]:
            relations.append(
                Relation(
                    source=tuple(sorted(roles["Source"])),
                    cue=tuple(sorted(roles["Cue"])),
                    content=tuple(sorted(roles["Content"])),
                )
            )
    return tuple(sorted(relations, key=lambda r: (r.cue, r.content)))


def _spans(places: str) -> tuple[Span, ...]:
    return tuple(
        Span(int(start), int(end)) for start, end in (p.split() for p in places.split(";"))
    )
