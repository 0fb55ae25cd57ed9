"""Attributions within one sentence: which words report, who is the source, where the content runs.

Two passes: first the forms that stand after or inside their content ("…", she said; …,
according to the town), because what they enclose holds no attribution of its own; then
the forms that stand before it, from left to right.
"""

from __future__ import annotations

from sayso.extract.rules.enclosed import according, enclosed, quoted_as
from sayso.extract.rules.extent import Clause, within
from sayso.extract.rules.lexicon import frame
from sayso.extract.rules.preposed import preposed
from sayso.extract.rules.words import Sentence


def read_clauses(sentence: Sentence) -> list[Clause]:
    """Return the attributions of a sentence, in the order of their cues."""
    found: list[Clause] = []
    cues = [at for at, piece in enumerate(sentence) if piece.kind == "word" and frame(piece.low)]
    done = 0  # content of an enclosing form starts after the one before it
    for at in cues:
        if at < done:
            continue
        clause = enclosed(sentence, at, done) or quoted_as(sentence, at, done)
        if clause is not None:
            found.append(clause)
            done = max(
                clause.cue[1], clause.source[1] if clause.source else 0, clause.content[-1][1]
            )
    found.extend(according(sentence, found))
    for at in cues:
        if any(within(at, clause) for clause in found):
            continue
        if any(clause.source == (at + 1, clause.cue[0] - 1) for clause in found):
            continue  # "quoted Ames as saying", read as what Ames said
        clause = preposed(sentence, at, found)
        if clause is not None and not any(_clash(clause, other) for other in found):
            found.append(clause)
    return sorted(found, key=lambda clause: clause.cue)


def _clash(one: Clause, other: Clause) -> bool:
    return any(a < d and c < b for a, b in one.content for c, d in other.content)
