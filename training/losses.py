"""What the attribution model has to learn: tags, roles, and whole paths of roles.

What the second head says is learnt word by word and as a whole path through the window: how
likely one role follows another is learnt with it, so that the ends of a content are weighed
against each other. A shallower head learns from the deepest one besides the gold.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from network import NEVER, WIDTH, Reader
from torch import Tensor
from torch.nn import functional
from windows import Batch

EARLY_COPIES = 0.5  # of what the shallower heads learn is what the deepest says, not the gold
TAG_EVIDENCE = 0.3  # of a word's tag beside its role, on a path: what decoding uses too


class PathLoss(torch.autograd.Function):
    """How unlikely the gold path of each row is among all paths (a linear-chain CRF).

    `scores` is (rows, words, states), `moves` (states, states), `gold` (rows, words), -1 pads.
    Before the first word stands state 0. The gradient is written by hand, from the chances that
    two sweeps give: taking it through hundreds of small steps would cost more than the encoder.
    """

    @staticmethod
    def forward(ctx: Any, scores: Tensor, moves: Tensor, gold: Tensor) -> Tensor:
        rows, words, states = scores.shape
        real = gold >= 0
        top = scores.amax(-1, keepdim=True)
        here = (scores - top).exp()
        step = moves.exp()
        ahead = torch.empty_like(here)
        behind = torch.ones_like(here)
        total = torch.zeros(rows)
        now = torch.zeros(rows, states)
        now[:, 0] = 1
        for at in range(words):
            made = (now @ step) * here[:, at]
            size = made.sum(1, keepdim=True)
            live = real[:, at, None]
            now = torch.where(live, made / size, now)
            total += torch.where(live, size.log() + top[:, at], 0)[:, 0]
            ahead[:, at] = now
        for at in range(words - 1, 0, -1):
            made = (behind[:, at] * here[:, at]) @ step.T
            made = made / made.sum(1, keepdim=True)
            behind[:, at - 1] = torch.where(real[:, at, None], made, behind[:, at])
        chances = ahead * behind
        chances /= chances.sum(-1, keepdim=True)
        chosen = functional.one_hot(gold.clamp(min=0), states) * real[..., None]
        pairs = ahead[:, :-1, :, None] * step * (behind * here)[:, 1:, None, :]
        pairs /= pairs.sum((2, 3), keepdim=True)
        follows = real[:, 1:, None, None]
        moved = (pairs * follows).sum(1)
        moved[:, 0] += chances[:, 0]
        went = torch.einsum("nts,ntu->nsu", chosen[:, :-1].float(), chosen[:, 1:].float())
        went[:, 0] += chosen[:, 0]
        best = (scores * chosen).sum((1, 2))
        before = functional.pad(gold.clamp(min=0), (1, 0))[:, :-1]
        best += (moves[before, gold.clamp(min=0)] * real).sum(1)
        ctx.save_for_backward(chances * real[..., None] - chosen, moved - went)
        return total - best

    @staticmethod
    def backward(ctx: Any, *above: Tensor) -> tuple[Tensor, Tensor, None]:
        of_scores, of_moves = ctx.saved_tensors
        rows = above[0][:, None, None]
        return rows * of_scores, (rows * of_moves).sum(0), None


@dataclass
class Loss:
    """Of one reader: of the tags, a word; of the roles, a word that has one; and what it said."""

    tags: Tensor
    roles: Tensor
    said: tuple[Tensor, Tensor]
    scores: Tensor  # of every word of every cue's path


def losses_of(
    reader: Reader, states: Tensor, batch: Batch, teacher: tuple[Tensor, Tensor] | None
) -> Loss:
    """Return the losses of one reader; with what a `teacher` said, to the gold and to that."""
    states = reader.dropout(states.gather(1, batch.places[:, :, None].expand(-1, -1, WIDTH)))
    tags = reader.tags(states)
    tagged = tags[batch.tags >= 0]
    tag_loss = functional.cross_entropy(tagged, batch.tags[batch.tags >= 0])
    if teacher:
        tag_loss = mixed(tag_loss, tagged, teacher[0], len(tagged))
    roles = reader.roles(states, batch.cues, batch.places, batch.paragraphs)
    real = batch.roles >= 0
    paired = roles[real]
    marked = (batch.roles > 0).sum() + 1
    role_loss = functional.cross_entropy(paired, batch.roles[real], reduction="sum") / marked
    if teacher:
        role_loss = mixed(role_loss, paired, teacher[1], marked)
    evidence = tags.detach().log_softmax(-1).clamp(min=-7)[..., [0, 1, 2, 5, 6]] * TAG_EVIDENCE
    evidence[..., 0] = 0
    evidence[..., [2, 4]] += batch.borders[..., None] * NEVER
    asked = real.any(2)
    scores = (roles + evidence[:, None])[asked]
    return Loss(tag_loss, role_loss, (tagged.detach(), paired.detach()), scores)


def mixed(loss: Tensor, scores: Tensor, teacher: Tensor, count: Tensor | int) -> Tensor:
    apart = functional.kl_div(
        scores.log_softmax(-1), teacher.log_softmax(-1), reduction="sum", log_target=True
    )
    return (1 - EARLY_COPIES) * loss + EARLY_COPIES * apart / count
