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

The network is in `network.py`, what it learns from in `windows.py`, what it loses in `losses.py`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
from dataclasses import dataclass
from pathlib import Path

import losses
import network
import torch
import windows
from losses import PathLoss, losses_of
from network import EARLY_LAYERS, LAYERS, Attributor
from torch import Tensor, distributed, multiprocessing, nn
from windows import Example, make_examples, stack

from sayso.bench.polnear import Article, Relation, read_articles
from sayso.extract.attribution.layout import Vocabulary
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
EARLY_WEIGHT = 0.2
ROLE_WEIGHT = 0.5
REPORTS_AN_EPOCH = 600  # of those that nobody labelled, others in each epoch
LOG_EVERY = 20
SAVE_EVERY = 100


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
                one = losses_of(model.readers[str(layer)], states[layer - 1], batch, deepest)
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
            {
                name: value
                for settings in (globals(), vars(network), vars(windows), vars(losses))
                for name, value in settings.items()
                if name.isupper()
            },
            default=str,
        ),
        flush=True,
    )
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "meeting").unlink(missing_ok=True)
    multiprocessing.spawn(train, args=(given,), nprocs=WORKERS)


if __name__ == "__main__":
    main()
