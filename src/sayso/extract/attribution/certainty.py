"""How certain a relation is: a few facts about it, weighed as the model's card says.

The weights were fitted on labelled articles (`training/certainty.py`), so that of relations
with confidence 0.7 about seven in ten are right. Nothing here looks at words, only at scores.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

FACTS = (
    "always",
    "cue",  # how likely the cue is one, as log odds
    "source",  # how likely the words of the source are, as log odds; 0 without one
    "named",  # it has a source
    "open",  # without a source: how unlikely it is that there should be one
    "mark",  # the cue is a colon or a dash
    "headline",
)

SURELY = 0.999  # nothing is more certain than this, or less than its opposite


def weigh(facts: Sequence[float], weights: Mapping[str, float]) -> float:
    """Return the chance that a relation with these facts is right."""
    total = sum(weights.get(name, 0.0) * fact for name, fact in zip(FACTS, facts, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def log_odds(chance: float) -> float:
    kept = min(max(chance, 1 - SURELY), SURELY)
    return math.log(kept / (1 - kept))
