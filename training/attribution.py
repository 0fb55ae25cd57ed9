"""Trains the attribution model: who said what, from PolNeAR, on two ordinary cores.

    python training/attribution.py --encoder FOLDER --data FOLDER --out FOLDER
        [--start WEIGHTS --rate 0.6] [--reports FILE --read FILE]

Needs torch, safetensors and numpy beside the package itself. FOLDER of the encoder holds
`model.safetensors` and `vocab.txt` of all-MiniLM-L6-v2 (Apache-2.0); nothing else of it is read.
A run that was stopped goes on where its last checkpoint stood. The log says every `LOG_EVERY`
steps what was lost and how long the rest will take. `training/export.py` makes the ONNX file.

A second run starts from the weights of a first, and learns beside PolNeAR from reports that
nobody labelled: FILE of `--reports` holds them, FILE of `--read` what the first run's model
found in them (`training/read_unlabelled.py`).

The model: a six-layer encoder; three small embeddings for what an uncased vocabulary loses;
one head that tags every word (outside, begin or inside of source, cue, content); one head that,
for every word of a cue, says of every other word what it is to that cue. The second is why two
cues may share a source. What it says is learnt word by word and as a whole path through the
window: how likely one role follows another is learnt with it, so that the ends of a content are
weighed against each other. Both heads also hang on earlier layers, so that the same run gives
shallower and faster models.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, distributed, multiprocessing, nn
from torch.nn import functional

from sayso.bench.polnear import Article, Relation, read_articles
from sayso.extract.attribution.layout import (
    PLACES,
    QUOTED,
    SHAPES,
    WINDOW_PIECES,
    Layout,
    Vocabulary,
    cut_windows,
    lay_out,
    split_paragraphs,
)
from sayso.records import Span

SEED = 1
EPOCHS = 4  # of a first run; three of a second
WINDOWS_A_STEP = 8
WORKERS = 2  # processes of one thread each: faster than one of two, and patient neighbours
ENCODER_RATE = 1.5e-4
HEAD_RATE = 1e-3
WEIGHT_DECAY = 0.01
WARM_UP_STEPS = 100
AVERAGE = 0.995  # of the weights that are kept, as a moving average over steps
EARLY_LAYERS = (2, 3, 4)  # the layers the shallower heads hang on
EARLY_WEIGHT = 0.2
EARLY_COPIES = 0.5  # of what the shallower heads learn is what the deepest says, not the gold
ROLE_WEIGHT = 0.5
TAG_EVIDENCE = 0.3  # of a word's tag beside its role, on a path: what decoding uses too
REPORTS_AN_EPOCH = 600  # of those that nobody labelled, others in each epoch
HEAD_DROPOUT = 0.1
HIDDEN_WORDS = 0.05  # of all words, masked, so that context is read too
HIDDEN_NAMES = 0.08  # of words with a capital, besides: PolNeAR is one campaign of one year
NO_FULL_STOP = 0.5  # of headlines: PolNeAR ends them with one, the world does not
FIRST_WINDOW = (96, WINDOW_PIECES)  # how long the first window may be: it moves all borders
LOG_EVERY = 20
SAVE_EVERY = 100

LAYERS, WIDTH, HEADS = 6, 384, 12
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


@dataclass
class Example:
    """One window: pieces with the encoder's start and end, features, and gold for its words.

    `places` are the first pieces of the words; `tags` is -1 where a word is in doubt; `cues` are
    the words of cues, `roles` what each word is to each of them.
    """

    pieces: list[int]
    features: list[tuple[int, int, int]]
    places: list[int]
    paragraphs: list[int]
    tags: list[int]
    cues: list[int]
    roles: list[list[int]]


def lay_out_article(text: str, vocabulary: Vocabulary) -> Layout:
    paragraphs = split_paragraphs(text, Span(0, len(text)))
    return lay_out(text, paragraphs, [at == 0 for at in range(len(paragraphs))], vocabulary)


def make_examples(
    text: str,
    relations: tuple[Relation, ...],
    unsure: tuple[Span, ...],
    vocabulary: Vocabulary,
    chance: random.Random,
) -> Iterator[Example]:
    """Yield the windows of an article; `chance` moves their borders and hides words."""
    headline = text.split("\n", 1)[0]
    if headline.endswith(".") and chance.random() < NO_FULL_STOP:
        at = len(headline) - 1
        text = text[:at] + " " + text[at + 1 :]
    layout = lay_out_article(text, vocabulary)
    tags, roles = label(layout, relations)
    for piece in words_of(layout, unsure):
        for word in piece:
            tags[word] = tags[word] or -1
    for window in cut_windows(layout, first=chance.randint(*FIRST_WINDOW)):
        first = window.start
        borders = {w - first for w in window if _begins_paragraph(layout, w)}
        made = Example([vocabulary.start], [(0, 0, 0)], [], [], [], [], [])
        for word in window:
            made.places.append(len(made.pieces))
            pieces = layout.pieces[word]
            if layout.shapes[word]:
                capital = layout.shapes[word] in (2, 3, 5)
                if chance.random() < HIDDEN_WORDS + (HIDDEN_NAMES if capital else 0):
                    pieces = (vocabulary.mask,) * len(pieces)
            made.pieces.extend(pieces)
            feature = (layout.shapes[word], layout.quoted[word], layout.places[word])
            made.features.extend([feature] * len(pieces))
            made.paragraphs.append(layout.paragraphs[word] - layout.paragraphs[first])
        made.pieces.append(vocabulary.end)
        made.features.append((0, 0, 0))
        made.tags = begin_anew(tags[first : window.stop], borders)
        for cue, row in roles:
            if cue in window:
                made.cues.append(cue - first)
                made.roles.append(begin_anew(row[first : window.stop], borders))
        yield made


def begin_anew(row: list[int], borders: set[int]) -> list[int]:
    """Return labels in which every inside (an even one) has its beginning before it.

    A window, a paragraph or a cue in the middle may have cut it off.
    """
    made: list[int] = []
    for at, one in enumerate(row):
        inside = one > 0 and one % 2 == 0
        cut = inside and (at in borders or not made or made[-1] not in (one - 1, one))
        made.append(one - 1 if cut else one)
    return made


def _begins_paragraph(layout: Layout, word: int) -> bool:
    return word == 0 or layout.paragraphs[word] != layout.paragraphs[word - 1]


def label(
    layout: Layout, relations: tuple[Relation, ...]
) -> tuple[list[int], list[tuple[int, list[int]]]]:
    """Return the tag of every word, and for every word of a cue the role of every word."""
    tags = [0] * len(layout)
    roles: list[tuple[int, list[int]]] = []
    found = [
        (words_of(layout, r.source), words_of(layout, r.cue), words_of(layout, r.content))
        for r in relations
    ]
    # Where two relations meet, a cue is worth more than a source, a source more than a content.
    for role, tag in ((2, 5), (0, 1), (1, 3)):
        for relation in found:
            for piece in relation[role]:
                mark(tags, piece, tag)
    for source, cue, content in found:
        row = [0] * len(layout)
        for piece in content:
            mark(row, piece, 3)
        for piece in source:
            mark(row, piece, 1)
        for piece in cue:
            for word in piece:
                row[word] = 0
        roles.extend((word, row) for piece in cue for word in piece)
    return tags, roles


def mark(row: list[int], piece: range, begin: int) -> None:
    for word in piece:
        row[word] = begin if word == piece[0] else begin + 1


def words_of(layout: Layout, spans: tuple[Span, ...]) -> list[range]:
    """Return the words that each span touches; marks at its edges are no part of it.

    A cue may be nothing but a mark, as the colon of a headline.
    """
    found: list[range] = []
    for span in spans:
        first = last = bisect_left(layout.ends, span.start + 1)
        while last < len(layout) and layout.starts[last] < span.end:
            last += 1
        touched = range(first, last)
        while first < last and layout.shapes[first] == 0:
            first += 1
        while first < last and layout.shapes[last - 1] == 0:
            last -= 1
        if touched:
            found.append(range(first, last) if first < last else touched)
    return found


@dataclass
class Batch:
    """Examples side by side; -1 pads gold, 0 everything else."""

    pieces: Tensor
    features: Tensor
    places: Tensor
    paragraphs: Tensor
    tags: Tensor
    cues: Tensor
    roles: Tensor  # (rows, cue words, words)
    borders: Tensor  # where a paragraph begins


def stack(examples: list[Example]) -> Batch:
    rows, length = len(examples), max(len(e.pieces) for e in examples)
    words = max(len(e.places) for e in examples)
    cues = max(1, *(len(e.cues) for e in examples))
    made = Batch(
        pieces=torch.zeros(rows, length, dtype=torch.long),
        features=torch.zeros(rows, length, 3, dtype=torch.long),
        places=torch.zeros(rows, words, dtype=torch.long),
        paragraphs=torch.zeros(rows, words, dtype=torch.long),
        tags=torch.full((rows, words), -1),
        cues=torch.zeros(rows, cues, dtype=torch.long),
        roles=torch.full((rows, cues, words), -1),
        borders=torch.zeros(rows, words, dtype=torch.bool),
    )
    for at, e in enumerate(examples):
        made.pieces[at, : len(e.pieces)] = torch.tensor(e.pieces)
        made.features[at, : len(e.pieces)] = torch.tensor(e.features)
        n = len(e.places)
        made.places[at, :n] = torch.tensor(e.places)
        made.paragraphs[at, :n] = torch.tensor(e.paragraphs)
        made.tags[at, :n] = torch.tensor(e.tags)
        made.borders[at, 1:n] = made.paragraphs[at, 1:n] != made.paragraphs[at, : n - 1]
        if e.cues:
            made.cues[at, : len(e.cues)] = torch.tensor(e.cues)
            made.roles[at, : len(e.cues), :n] = torch.tensor(e.roles)
    return made


@dataclass
class Loss:
    """Of one reader: of the tags, a word; of the roles, a word that has one; and what it said."""

    tags: Tensor
    roles: Tensor
    said: tuple[Tensor, Tensor]
    scores: Tensor  # of every word of every cue's path


def losses(
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


@dataclass
class Unlabelled:
    """A report that nobody labelled, and what an earlier model read in it."""

    text: str
    relations: tuple[Relation, ...]
    unsure: tuple[Span, ...]


def read_unlabelled(reports: Path, read: Path) -> list[Unlabelled]:
    """Return the reports of one file that the other has findings of, in the order of those."""
    with gzip.open(reports, "rt", encoding="utf-8") as lines:
        records = (json.loads(line) for line in lines)
        texts = {r["id"]: f"{r['title']}\n{r['text']}" for r in records}
    found: list[Unlabelled] = []
    for line in read.read_text("utf-8").splitlines():
        record = json.loads(line)
        relations = tuple(
            Relation(**{role: tuple(Span(*s) for s in spans) for role, spans in one.items()})
            for one in record["relations"]
        )
        unsure = tuple(Span(*s) for s in record["unsure"])
        found.append(Unlabelled(texts[record["id"]], relations, unsure))
    return found


def batches(
    articles: list[Article], unlabelled: list[Unlabelled], vocabulary: Vocabulary, epoch: int
) -> list[list[Example]]:
    """Return the batches of an epoch: windows of about one length together, in chance order."""
    chance = random.Random(SEED * 1000 + epoch)
    examples: list[Example] = []
    for article in articles:
        # Of several annotators one is drawn for each epoch: together they are soft labels.
        relations = chance.choice(article.relations)
        examples.extend(make_examples(article.text, relations, (), vocabulary, chance))
    first = epoch * REPORTS_AN_EPOCH
    for report in unlabelled[first : first + REPORTS_AN_EPOCH]:
        examples.extend(
            make_examples(report.text, report.relations, report.unsure, vocabulary, chance)
        )
    chance.shuffle(examples)
    made: list[list[Example]] = []
    shelf = WINDOWS_A_STEP * 16
    for at in range(0, len(examples), shelf):
        some = sorted(examples[at : at + shelf], key=lambda e: len(e.pieces))
        made.extend(some[b : b + WINDOWS_A_STEP] for b in range(0, len(some), WINDOWS_A_STEP))
    chance.shuffle(made)
    return made


def rate(step: int, steps: int) -> float:
    if step < WARM_UP_STEPS:
        return (step + 1) / WARM_UP_STEPS
    return max(0.02, 1 - (step - WARM_UP_STEPS) / max(1, steps - WARM_UP_STEPS))


def train(worker: int, given: argparse.Namespace) -> None:
    """Train as one of `WORKERS` processes that see the same batches and share each of them."""
    out: Path = given.out
    torch.manual_seed(SEED + worker)
    torch.set_num_threads(1)
    # A file to meet at, so that no port is needed.
    place = f"file://{(out / 'meeting').resolve()}"
    distributed.init_process_group("gloo", init_method=place, rank=worker, world_size=WORKERS)
    vocabulary = Vocabulary((given.encoder / "vocab.txt").read_text("utf-8").split("\n")[:30522])
    articles = list(read_articles(given.data / "train.jsonl.gz"))
    unlabelled = read_unlabelled(given.reports, given.read) if given.read else []
    model = Attributor(30522)
    if given.start:
        model.go_on_from(given.start)
    else:
        model.load_encoder(given.encoder / "model.safetensors")
    model.words.weight.requires_grad_(False)
    average = {n: p.detach().clone() for n, p in model.named_parameters() if p.requires_grad}
    heads = [
        p
        for n, p in model.named_parameters()
        if n.startswith(("readers", "shapes", "quoted", "places", "moves"))
    ]
    chosen = {id(p) for p in heads}
    rest = [p for p in model.parameters() if p.requires_grad and id(p) not in chosen]
    optimiser = torch.optim.AdamW(
        [
            {"params": rest, "peak": ENCODER_RATE * given.rate},
            {"params": heads, "peak": HEAD_RATE * given.rate},
        ],
        lr=ENCODER_RATE,
        weight_decay=WEIGHT_DECAY,
        fused=True,
    )
    step = 0
    checkpoint = out / "checkpoint.pt"
    if checkpoint.exists():
        kept = torch.load(checkpoint)
        model.load_state_dict(kept["model"])
        optimiser.load_state_dict(kept["optimiser"])
        average, step = kept["average"], kept["step"]
        if not worker:
            print(f"resumed: step={step}", flush=True)
    model.train()

    def save(path: Path) -> None:
        state = {
            "model": model.state_dict(),
            "optimiser": optimiser.state_dict(),
            "average": average,
            "step": step,
        }
        torch.save(state, path.with_suffix(".part"))
        path.with_suffix(".part").replace(path)

    seen = 0
    for epoch in range(given.epochs):
        made = batches(articles, unlabelled, vocabulary, epoch)
        steps = (
            len(made) * given.epochs
        )  # each epoch differs by a few windows: near enough for the rate
        began, done = time.monotonic(), 0
        summed = [0.0] * (2 * len(EARLY_LAYERS) + 3)
        for examples in made:
            seen += 1
            if seen <= step:
                continue
            for group in optimiser.param_groups:
                group["lr"] = group["peak"] * rate(step, steps)
            batch = stack(examples[worker::WORKERS] or examples[:1])
            states = list(model.encode(batch.pieces, batch.features))
            loss = torch.zeros(())
            parts: list[float] = []
            deepest: tuple[Tensor, Tensor] | None = None
            weighed: list[Tensor] = []
            for layer in (LAYERS, *EARLY_LAYERS):
                one = losses(model.readers[str(layer)], states[layer - 1], batch, deepest)
                deepest = deepest or one.said
                weight = 1.0 if layer == LAYERS else EARLY_WEIGHT
                loss = loss + weight * (one.tags + ROLE_WEIGHT * one.roles)
                parts += [one.tags.item(), one.roles.item()]
                weighed.append(one.scores)
            gold = batch.roles[(batch.roles >= 0).any(2)]
            weights = torch.tensor([1.0] + [EARLY_WEIGHT] * len(EARLY_LAYERS))
            paths = PathLoss.apply(
                torch.cat(weighed), model.allowed_moves(), gold.repeat(len(weights), 1)
            )
            path_loss = (paths.view(len(weights), -1).sum(1) * weights).sum()
            path_loss = path_loss / ((gold > 0).sum() + 1)
            loss = loss + ROLE_WEIGHT * path_loss
            parts.append(path_loss.item())
            optimiser.zero_grad()
            loss.backward()
            share_gradients(model)
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            step += 1
            done += 1
            keep = min(AVERAGE, (1 + step) / (10 + step))
            with torch.no_grad():
                for name, p in model.named_parameters():
                    if p.requires_grad:
                        average[name].lerp_(p, 1 - keep)
            summed = [a + b for a, b in zip(summed, parts, strict=True)]
            if worker:
                continue
            if step % LOG_EVERY == 0:
                pace = (time.monotonic() - began) / done
                left = pace * (steps - step) / 60
                shown = " ".join(f"{s / min(done, LOG_EVERY):.4f}" for s in summed)
                print(
                    f"{time.strftime('%H:%M:%S')} epoch={epoch} step={step}/{steps} "
                    f"losses={shown} seconds={pace:.2f} minutes_left={left:.0f}",
                    flush=True,
                )
                summed = [0.0] * (2 * len(EARLY_LAYERS) + 3)
            if step % SAVE_EVERY == 0:
                save(checkpoint)
        if done and not worker:
            save(checkpoint)
            torch.save({**model.state_dict(), **average}, out / f"epoch{epoch + 1}.pt")
            print(f"epoch done: epoch={epoch + 1}", flush=True)


def share_gradients(model: nn.Module) -> None:
    """Give every worker the mean of all gradients, in one message."""
    # A worker whose windows hold no cue has none for some: all must send the same.
    gradients = []
    for p in model.parameters():
        if p.requires_grad:
            p.grad = torch.zeros_like(p) if p.grad is None else p.grad
            gradients.append(p.grad)
    flat = torch.cat([g.flatten() for g in gradients])
    distributed.all_reduce(flat)
    flat /= WORKERS
    for gradient, part in zip(gradients, flat.split([g.numel() for g in gradients]), strict=True):
        gradient.copy_(part.view_as(gradient))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="the folder of PolNeAR")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--start", type=Path, help="weights of an earlier run to go on from")
    parser.add_argument("--rate", type=float, default=1.0, help="times the learning rates")
    parser.add_argument("--reports", type=Path, help="reports that nobody labelled")
    parser.add_argument("--read", type=Path, help="what read_unlabelled.py found in them")
    given = parser.parse_args()
    print(
        json.dumps(
            {k: v for k, v in globals().items() if k.isupper() and not isinstance(v, type)},
            default=str,
        ),
        flush=True,
    )
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "meeting").unlink(missing_ok=True)
    multiprocessing.spawn(train, args=(given,), nprocs=WORKERS)


if __name__ == "__main__":
    main()
