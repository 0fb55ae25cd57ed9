"""The network of the attribution model: an encoder and the heads that read its states.

A six-layer encoder; three small embeddings for what an uncased vocabulary loses; one head that
tags every word (outside, begin or inside of source, cue, content); one head that, for every word
of a cue, says of every other word what it is to that cue. The second is why two cues may share a
source. Both heads also hang on earlier layers, so that one run gives shallower and faster models.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from sayso.extract.attribution.layout import PLACES, QUOTED, SHAPES

LAYERS, WIDTH, HEADS = 6, 384, 12
EARLY_LAYERS = (2, 3, 4)  # the layers the shallower heads hang on
HEAD_DROPOUT = 0.1
TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
ROLES = ("O", "B-source", "I-source", "B-content", "I-content")
ROLE_WIDTH = 64  # of the bilinear form, for each role
FARTHEST = 8  # distances are told apart by powers of two, up to 2 ** 8 pieces
PARAGRAPHS_AWAY = 2
NEVER = -1e4


class Layer(nn.Module):
    """One layer of BERT, as it was trained: attention, feed forward, norms behind both."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, 4 * WIDTH)
        self.down = nn.Linear(4 * WIDTH, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, blocked: Tensor) -> Tensor:
        rows, length, _ = x.shape
        q, k, v = self.qkv(x).view(rows, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=blocked)
        x = self.norm1(x + self.out(seen.transpose(1, 2).reshape(rows, length, WIDTH)))
        return self.norm2(x + self.down(functional.gelu(self.up(x))))


class Reader(nn.Module):
    """The two heads."""

    def __init__(self) -> None:
        super().__init__()
        self.dropout = nn.Dropout(HEAD_DROPOUT)
        self.tag1 = nn.Linear(WIDTH, WIDTH)
        self.tag2 = nn.Linear(WIDTH, len(TAGS))
        self.cue = nn.Linear(WIDTH, ROLE_WIDTH)
        self.word = nn.Linear(WIDTH, len(ROLES) * ROLE_WIDTH)
        self.alone = nn.Linear(WIDTH, len(ROLES))
        self.distance = nn.Embedding(2 * FARTHEST + 3, len(ROLES))
        self.paragraph = nn.Embedding(2 * PARAGRAPHS_AWAY + 1, len(ROLES))
        nn.init.zeros_(self.distance.weight)
        nn.init.zeros_(self.paragraph.weight)

    def tags(self, x: Tensor) -> Tensor:
        """Return the score of every tag for every word: (rows, words, TAGS)."""
        return self.tag2(self.dropout(functional.gelu(self.tag1(x))))

    def roles(self, x: Tensor, cues: Tensor, places: Tensor, paragraphs: Tensor) -> Tensor:
        """Return what every word of `x` is to each cue word: (rows, cue words, words, ROLES).

        `cues` says which words ask; `places` are the pieces that the words begin with.
        """
        rows, length, _ = x.shape
        chosen = x.gather(1, cues[:, :, None].expand(-1, -1, WIDTH))
        words = self.word(x).view(rows, length, len(ROLES), ROLE_WIDTH)
        asked = functional.gelu(self.cue(chosen)) / ROLE_WIDTH**0.5
        pairs = torch.einsum("bqd,btrd->bqtr", asked, words)
        away = places[:, None, :] - places.gather(1, cues)[:, :, None]
        far = torch.log2(away.abs().clamp(min=1).float()).floor().long().clamp(max=FARTHEST) + 1
        bias = self.distance(torch.sign(away) * far + FARTHEST + 1)
        borders = paragraphs[:, None, :] - paragraphs.gather(1, cues)[:, :, None]
        borders = borders.clamp(-PARAGRAPHS_AWAY, PARAGRAPHS_AWAY) + PARAGRAPHS_AWAY
        return pairs + self.alone(x)[:, None] + bias + self.paragraph(borders)


class Attributor(nn.Module):
    """Encoder and heads. Inputs are piece ids and features; 0 pads."""

    def __init__(self, vocabulary_size: int) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary_size, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.shapes = nn.Embedding(len(SHAPES), WIDTH)
        self.quoted = nn.Embedding(len(QUOTED), WIDTH)
        self.places = nn.Embedding(len(PLACES), WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.readers = nn.ModuleDict({str(at): Reader() for at in (*EARLY_LAYERS, LAYERS)})
        self.moves = nn.Parameter(torch.zeros(len(ROLES), len(ROLES)))  # from one role to the next
        for features in (self.shapes, self.quoted, self.places):
            nn.init.normal_(features.weight, std=0.005)

    def encode(self, pieces: Tensor, features: Tensor) -> Iterator[Tensor]:
        """Yield the states behind each layer. `features` is (rows, length, 3)."""
        x = self.words(pieces) + self.positions.weight[: pieces.shape[1]] + self.kind
        x = x + self.shapes(features[..., 0]) + self.quoted(features[..., 1])
        x = self.norm(x + self.places(features[..., 2]))
        blocked = ((pieces == 0).float() * -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, blocked)
            yield x

    def go_on_from(self, file: Path) -> None:
        """Load the weights of an earlier run; heads it had not begin as its shallowest."""
        kept = torch.load(file)
        had = sorted({int(name.split(".")[1]) for name in kept if name.startswith("readers.")})
        for depth in self.readers:
            if int(depth) not in had:
                for name, weight in list(kept.items()):
                    if name.startswith(f"readers.{had[0]}."):
                        kept[name.replace(f".{had[0]}.", f".{depth}.", 1)] = weight.clone()
        self.load_state_dict({"moves": self.moves.detach(), **kept})

    def allowed_moves(self) -> Tensor:
        """Return `moves` with what can never be: an inside that nothing began."""
        barred = torch.zeros(len(ROLES), len(ROLES))
        for inside in (2, 4):
            barred[[s for s in range(len(ROLES)) if s not in (inside - 1, inside)], inside] = NEVER
        return self.moves + barred

    def load_encoder(self, file: Path) -> None:
        """Take over the weights of all-MiniLM-L6-v2."""
        given = load_file(file)
        given = {name.removeprefix("bert."): tensor for name, tensor in given.items()}
        taken: dict[str, Tensor] = {
            "words.weight": given["embeddings.word_embeddings.weight"],
            "positions.weight": given["embeddings.position_embeddings.weight"],
            "kind": given["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": given["embeddings.LayerNorm.weight"],
            "norm.bias": given["embeddings.LayerNorm.bias"],
        }
        for at in range(LAYERS):
            theirs, ours = f"encoder.layer.{at}.", f"layers.{at}."
            for kind in ("weight", "bias"):
                taken[f"{ours}qkv.{kind}"] = torch.cat(
                    [given[f"{theirs}attention.self.{n}.{kind}"] for n in ("query", "key", "value")]
                )
                for mine, name in (
                    ("out", "attention.output.dense"),
                    ("norm1", "attention.output.LayerNorm"),
                    ("up", "intermediate.dense"),
                    ("down", "output.dense"),
                    ("norm2", "output.LayerNorm"),
                ):
                    taken[f"{ours}{mine}.{kind}"] = given[f"{theirs}{name}.{kind}"]
        missing = self.load_state_dict(taken, strict=False)
        assert not missing.unexpected_keys, missing.unexpected_keys
