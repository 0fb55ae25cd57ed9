"""The best way through scores, word by word: Viterbi over many rows at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

NEVER = -1e4


def best_paths(scores: NDArray[np.float32], moves: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return for each row the sequence of states of the greatest sum.

    `scores` is (rows, words, states); `moves` is (states, states): what it costs to go from
    one state to the next. A row starts in state 0's neighbourhood: as if 0 had come before.
    """
    rows, words, states = scores.shape
    back = np.zeros((words, rows, states), np.int64)
    best = np.ascontiguousarray(scores[:, 0] + moves[0])
    for at in range(1, words):
        reached = best[:, :, None] + moves  # rows, from, to
        back[at] = reached.argmax(1)
        best = reached.max(1) + scores[:, at]
    path = np.zeros((rows, words), np.int64)
    path[:, -1] = best.argmax(1)
    for at in range(words - 1, 0, -1):
        path[:, at - 1] = back[at][np.arange(rows), path[:, at]]
    return path
