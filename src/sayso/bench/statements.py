"""How well the same thing said is recognised across reports, and distortions kept apart.

`newsroom`: all pairs of the invented newsroom's attributions, by its gold statements, counted
over all and over those of which both are quotations. `labelled`: pairs written and judged by hand
(`bench/labels/statements.jsonl`): wordings of one remark as desks vary them, and look-alikes.
`distorted`: what the newsroom's people said, changed in one place by `sayso.bench.distortions`,
and the look-alikes; one that is merged with anything it was made from is one too many.
"""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

from sayso.bench.distortions import distortions
from sayso.records import AttributionId, ReportId, Speaker, Utterance
from sayso.trace.statements import Said, Statements, same
from sayso.trace.wording import read_wording

GOLD = Path("examples") / "newsroom" / "gold"
LABELS = Path("bench") / "labels" / "statements.jsonl"
SEED = 4
A_KIND = 90  # distortions of each kind at most: no kind drowns the others


def measure() -> dict[str, float]:
    """Return every measure; all of it is on words that the project wrote."""
    gold = _newsroom()
    result = _pairwise(gold)
    merged, made = _distorted(gold)
    labels = [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]
    hits: Counter[tuple[bool, bool]] = Counter()
    for one in labels:
        hits[one["same"], _label_same(one)] += 1
    result |= _scores("labelled", hits)
    result["labelled_pairs"] = float(hits.total())
    result["distorted"] = float(made.total() + hits[False, True] + hits[False, False])
    result["distorted_merged"] = float(merged.total() + hits[False, True])
    result |= {f"distorted_{kind}": float(merged[kind]) for kind in sorted(made)}
    return result


def table(result: Mapping[str, float]) -> str:
    """Return the measures as a table."""
    lines = [f"{'pairs':<28} {'precision':>9} {'recall':>9} {'F1':>9}"]
    for name in ("labelled", "quotations", "newsroom"):
        scores = (result[f"{name}_{one}"] for one in ("precision", "recall", "f1"))
        lines.append(f"{name:<28} " + " ".join(f"{score:>9.3f}" for score in scores))
    lines.append(
        f"distortions merged: {result['distorted_merged']:.0f} of {result['distorted']:.0f}"
    )
    return "\n".join(lines)


def _newsroom() -> list[tuple[Said, str]]:
    """Return the newsroom's utterances and the gold statement of each."""
    times = {
        one["report"]: datetime.fromisoformat(one["published"]) for one in _lines("reports.jsonl")
    }
    return [
        (_said(one, times[one["report"]]), one["statement"]) for one in _lines("attributions.jsonl")
    ]


def _said(told: Mapping[str, Any], published: datetime) -> Said:
    speaker = told["speaker"]
    return Said(
        utterance=Utterance(ReportId(told["report"]), AttributionId(told["id"])),
        speaker=Speaker(
            name=speaker["name"],
            role=speaker["role"],
            country=speaker["country"],
            kind=speaker["kind"],
        )
        if speaker
        else None,
        wording=read_wording(" … ".join(piece["text"] for piece in told["content"])),
        direct=told["manner"] == "direct",
        modality=told["modality"],
        said_on=date.fromisoformat(told["said_on"]) if told["said_on"] else None,
        published=published,
    )


def _pairwise(gold: Sequence[tuple[Said, str]]) -> dict[str, float]:
    placed = {
        utterance: number
        for number, statement in enumerate(Statements(said for said, _ in gold).all())
        for utterance in statement.utterances
    }
    every: Counter[tuple[bool, bool]] = Counter()
    quoted: Counter[tuple[bool, bool]] = Counter()
    for (one, mine), (other, theirs) in combinations(gold, 2):
        outcome = (mine == theirs, placed[one.utterance] == placed[other.utterance])
        every[outcome] += 1
        if one.wording.quoted and other.wording.quoted:
            quoted[outcome] += 1
    return _scores("newsroom", every) | _scores("quotations", quoted)


def _distorted(gold: Sequence[tuple[Said, str]]) -> tuple[Counter[str], Counter[str]]:
    """Return how many distortions of each kind were merged, and how many were made."""
    chance = random.Random(SEED)
    by_statement: dict[str, list[Said]] = defaultdict(list)
    for said, statement in gold:
        by_statement[statement].append(said)
    merged: Counter[str] = Counter()
    made: Counter[str] = Counter()
    sources = list(_lines("attributions.jsonl"))
    chance.shuffle(sources)
    originals = {said.utterance.attribution: said for said, _ in gold}
    speakers = [said.speaker for said, _ in gold if said.speaker and said.speaker.name]
    for told in sources:
        words = " … ".join(piece["text"] for piece in told["content"])
        if len(words.split()) < 5:
            continue
        original = originals[told["id"]]
        changed = [
            (kind, replace(original, wording=read_wording(text)))
            for kind, text in distortions(words, chance)
        ]
        if original.speaker and original.speaker.name:
            others = [one for one in speakers if one.name != original.speaker.name]
            changed.append(("speaker", replace(original, speaker=chance.choice(others))))
        for kind, said in changed:
            if made[kind] < A_KIND:
                made[kind] += 1
                # The others of its statement may say less than it: only those that share what
                # was changed contradict it, and the original is always one of them.
                merged[kind] += same(said, original).same
    return merged, made


def _label_same(told: Mapping[str, Any]) -> bool:
    sides = [
        Said(
            utterance=Utterance(ReportId(side), AttributionId(side)),
            speaker=Speaker(name=told.get("speaker_" + side, told["speaker"])),
            wording=read_wording(told[side]),
            direct=told[side][:1] in '“"«',
            modality="asserted",
            said_on=None,
            published=None,
        )
        for side in ("one", "other")
    ]
    return same(*sides).same


def _scores(name: str, hits: Mapping[tuple[bool, bool], int]) -> dict[str, float]:
    right, wrong, missed = hits[True, True], hits[False, True], hits[True, False]
    return {
        f"{name}_precision": right / max(1, right + wrong),
        f"{name}_recall": right / max(1, right + missed),
        f"{name}_f1": 2 * right / max(1, 2 * right + wrong + missed),
    }


def _lines(name: str) -> Iterable[dict[str, Any]]:
    return map(json.loads, (GOLD / name).read_text("utf-8").splitlines())
