"""Makes the ONNX files of a training run, with eight-bit weights: one for each reading.

    python training/export.py --weights RUN/epoch4.pt --out FOLDER

Needs torch, onnx and onnxruntime. The graphs are written by hand, operator by operator, so that
they hold onnxruntime's fused attention, norms and activations and nothing that a tracer left.

`model.onnx` reads with the first three layers, `deeper.onnx` goes on from its states with the
other three: who wants the swift reading pays for half.

Inputs of both: `words` (rows, words: the place of each word's first piece, 0 pads) and
`paragraphs` (rows, words). Of the first: `pieces` and `features` (rows, length); of the second:
`states` (rows, length, width).
Outputs of both: `tags` (rows, words, 7), `asked` (cues, 2: row and word of each word that may be
of a cue), `roles` (cues, 5, words), both scores as logarithms of probabilities. Of the first
besides: `states`.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from network import (
    FARTHEST,
    HEADS,
    LAYERS,
    PARAGRAPHS_AWAY,
    ROLE_WIDTH,
    ROLES,
    TAGS,
    WIDTH,
)
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

ASKED = 0.02
"""A word that is of a cue with less probability is not asked for its roles."""

SWIFT = 3
"""Layers of the swift reading: two lose seven points of F1, four gain half a point."""

REACH = 511  # pieces between two words of a window, at most


class Graph:
    """Nodes and weights as they are added; every method returns the name of what it made."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, value: object) -> str:
        array = value.detach().numpy() if isinstance(value, torch.Tensor) else np.asarray(value)
        self.weights.append(numpy_helper.from_array(array.copy(order="C"), name))
        return name

    def ints(self, *values: int) -> str:
        return self.weight(f"ints{len(self.weights)}", np.array(values, np.int64))

    def add(
        self, kind: str, *inputs: str, out: str | None = None, domain: str = "", **given: object
    ) -> str:
        name = out or f"{kind}{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, domain=domain, **given))
        return name

    def linear(self, x: str, name: str, w: torch.Tensor, b: torch.Tensor | None) -> str:
        made = self.add("MatMul", x, self.weight(f"{name}.w", w.T))
        return made if b is None else self.add("Add", made, self.weight(f"{name}.b", b))


def build_swift(state: dict[str, torch.Tensor]) -> onnx.ModelProto:
    """Return the graph of the first layers and the heads that hang there."""
    g = Graph()
    # The three features and the encoder's own segment are one table: one look-up, one sum.
    shapes, quoted, places = (state[f"{n}.weight"] for n in ("shapes", "quoted", "places"))
    features = shapes[:, None, None] + quoted[None, :, None] + places[None, None, :]
    features = features.reshape(-1, WIDTH) + state["kind"]
    length = g.add("Gather", g.add("Shape", "pieces"), g.weight("one", np.array(1, np.int64)))
    last = g.add("Unsqueeze", length, g.ints(0))
    positions = g.add("Slice", g.weight("positions", state["positions.weight"]), g.ints(0), last)
    x = g.add("Gather", g.weight("words_table", state["words.weight"]), "pieces")
    x = g.add("Add", x, g.add("Gather", g.weight("features_table", features), "features"))
    x = g.add("Add", x, positions)
    x = g.add(
        "LayerNormalization",
        x,
        g.weight("norm.w", state["norm.weight"]),
        g.weight("norm.b", state["norm.bias"]),
        epsilon=1e-12,
    )
    for at in range(SWIFT):
        x = layer(g, x, f"layers.{at}.", state, out="states" if at + 1 == SWIFT else None)
    heads(g, x, SWIFT, state)
    whole = [
        value("pieces", TensorProto.INT64, "rows", "length"),
        value("features", TensorProto.INT64, "rows", "length"),
    ]
    return model_of(g, whole, [STATES])


def build_deeper(state: dict[str, torch.Tensor]) -> onnx.ModelProto:
    """Return the graph that goes on from `states` to the last layer and its heads."""
    g = Graph()
    x = "states"
    for at in range(SWIFT, LAYERS):
        x = layer(g, x, f"layers.{at}.", state)
    heads(g, x, LAYERS, state)
    return model_of(g, [STATES], [])


def value(name: str, kind: int, *shape: str | int) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, kind, shape)


STATES = value("states", TensorProto.FLOAT, "rows", "length", WIDTH)


def layer(
    g: Graph, x: str, name: str, state: dict[str, torch.Tensor], out: str | None = None
) -> str:
    fused = {"domain": "com.microsoft"}
    seen = g.add(
        "Attention",
        x,
        g.weight(f"{name}qkv.w", state[f"{name}qkv.weight"].T),
        g.weight(f"{name}qkv.b", state[f"{name}qkv.bias"]),
        num_heads=HEADS,
        **fused,
    )

    def joined(made: str, before: str, norm: str, bias: str, out: str | None = None) -> str:
        # Plain sums and a plain norm: the fused operator takes several times as long.
        made = g.add("Add", made, g.weight(f"{name}{bias}.b", state[f"{name}{bias}.bias"]))
        return g.add(
            "LayerNormalization",
            g.add("Add", made, before),
            g.weight(f"{name}{norm}.w", state[f"{name}{norm}.weight"]),
            g.weight(f"{name}{norm}.b", state[f"{name}{norm}.bias"]),
            out=out,
            epsilon=1e-12,
        )

    x = joined(g.linear(seen, f"{name}out", state[f"{name}out.weight"], None), x, "norm1", "out")
    wide = g.linear(x, f"{name}up", state[f"{name}up.weight"], None)
    wide = g.add("BiasGelu", wide, g.weight(f"{name}up.b", state[f"{name}up.bias"]), **fused)
    made = g.linear(wide, f"{name}down", state[f"{name}down.weight"], None)
    return joined(made, x, "norm2", "down", out)


def heads(g: Graph, x: str, depth: int, state: dict[str, torch.Tensor]) -> None:
    name = f"readers.{depth}."
    fused = {"domain": "com.microsoft"}

    def linear(x: str, part: str, bias: bool = True) -> str:
        b = state[f"{name}{part}.bias"] if bias else None
        return g.linear(x, f"{name}{part}", state[f"{name}{part}.weight"], b)

    rows = g.add("Unsqueeze", "words", g.ints(2))
    x = g.add("GatherND", x, rows, batch_dims=1)  # first pieces only: rows, words, WIDTH
    inner = g.add(
        "BiasGelu",
        linear(x, "tag1", bias=False),
        g.weight(f"{name}tag1.b", state[f"{name}tag1.bias"]),
        **fused,
    )
    tags = g.add("LogSoftmax", linear(inner, "tag2"), out="tags", axis=-1)

    cue = g.add("Slice", g.add("Exp", tags), g.ints(3), g.ints(5), g.ints(2))
    likely = g.add(
        "Greater",
        g.add("ReduceSum", cue, g.ints(2), keepdims=0),
        g.weight("asked_from", np.array(ASKED, np.float32)),
    )
    real = g.add("Greater", "words", g.weight("zero", np.array(0, np.int64)))
    found = g.add("NonZero", g.add("And", likely, real))
    places = g.add("Transpose", found, perm=[1, 0], out="asked")

    # (rows, 1, words, D) by (rows, ROLES, D, words): every word as a cue, cheaper than choosing.
    query = g.add("Gelu", linear(x, "cue"), **fused)
    query = g.add("Mul", query, g.weight("scale", np.array(ROLE_WIDTH**-0.5, np.float32)))
    query = g.add("Unsqueeze", query, g.ints(1))
    words = g.add("Reshape", linear(x, "word"), g.ints(0, 0, len(ROLES), ROLE_WIDTH))
    words = g.add("Transpose", words, perm=[0, 2, 3, 1])
    pairs = g.add("Transpose", g.add("MatMul", query, words), perm=[0, 2, 1, 3])
    scores = g.add("GatherND", pairs, places)  # cues, ROLES, words

    row = g.add("Gather", found, g.weight("first", np.array(0, np.int64)), axis=0)
    alone = g.add("Transpose", linear(x, "alone"), perm=[0, 2, 1])
    scores = g.add("Add", scores, g.add("Gather", alone, row, axis=0))
    away = torch.arange(-REACH, REACH + 1)
    far = torch.log2(away.abs().clamp(min=1).float()).floor().long().clamp(max=FARTHEST) + 1
    distance = state[f"{name}distance.weight"][torch.sign(away) * far + FARTHEST + 1]
    for given, reach, table in (
        ("words", REACH, distance),
        ("paragraphs", PARAGRAPHS_AWAY, state[f"{name}paragraph.weight"]),
    ):
        own = g.add("Unsqueeze", g.add("GatherND", given, places), g.ints(1))
        between = g.add("Sub", g.add("Gather", given, row, axis=0), own)
        bounds = [g.weight(f"{given}{b}", np.array(b, np.int64)) for b in (-reach, reach)]
        between = g.add("Add", g.add("Clip", between, *bounds), bounds[1])
        bias = g.add("Gather", g.weight(f"{given}_bias", table), between)
        scores = g.add("Add", scores, g.add("Transpose", bias, perm=[0, 2, 1]))
    g.add("LogSoftmax", scores, axis=1, out="roles")


def model_of(
    g: Graph, inputs: list[onnx.ValueInfoProto], outputs: list[onnx.ValueInfoProto]
) -> onnx.ModelProto:
    inputs = [
        *inputs,
        value("words", TensorProto.INT64, "rows", "words"),
        value("paragraphs", TensorProto.INT64, "rows", "words"),
    ]
    outputs = [
        value("tags", TensorProto.FLOAT, "rows", "words", len(TAGS)),
        value("asked", TensorProto.INT64, "cues", 2),
        value("roles", TensorProto.FLOAT, "cues", len(ROLES), "words"),
        *outputs,
    ]
    graph = helper.make_graph(g.nodes, "attribution", inputs, outputs, g.weights)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9)


def quantise(model: onnx.ModelProto, out: Path) -> None:
    """Write the model with eight-bit weights.

    By channel and in a reduced range: on processors without VNNI the default sums overflow.
    The heads stay as they are: they are small, and boundaries are decided there.
    """
    chosen = [
        node.name
        for node in model.graph.node
        if any(name.startswith("layers.") or name == "words_table" for name in node.input)
    ]
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        onnx.save(model, whole)
        quantize_dynamic(
            whole,
            out,
            op_types_to_quantize=["MatMul", "Attention", "Gather"],
            nodes_to_quantize=chosen,
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            extra_options={"DefaultTensorType": TensorProto.FLOAT},  # of fused operators
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="the folder to write to")
    given = parser.parse_args()
    state = torch.load(given.weights)
    for name, graph in (("model", build_swift(state)), ("deeper", build_deeper(state))):
        file = given.out / f"{name}.onnx"
        quantise(graph, file)
        print(f"written: file={file.name} bytes={file.stat().st_size}")


if __name__ == "__main__":
    main()
