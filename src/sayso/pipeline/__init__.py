"""The order of the steps: read what is needed, decide, write once. Knows no noun."""

from __future__ import annotations

from sayso.pipeline.gathering import ENOUGH_TERMS, belongs, gather, kept_as
from sayso.pipeline.memory import Desk, Memory, forget_pruned, publishers, recall
from sayso.pipeline.ruling import rule
from sayso.pipeline.turning import by_time, decide, turn

__all__ = [
    "ENOUGH_TERMS",
    "Desk",
    "Memory",
    "belongs",
    "by_time",
    "decide",
    "forget_pruned",
    "gather",
    "kept_as",
    "publishers",
    "recall",
    "rule",
    "turn",
]
