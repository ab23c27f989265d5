"""Write a trained reader as the ONNX file that voicemock reads with: int8 weights, one window at a time.

    python benchmarks/reader/export.py WEIGHTS.npz voicemock/reading/reader/reader.onnx

The graph takes ids, kinds (1 where the answer is) and says (0 where it is, -1e9 elsewhere), and returns log odds: of
each word piece's spans and proofs, and of the whole answer's signals. Products of matrices run in int8 with one scale a
column; the word table is kept in int8 with one scale a row; the heads stay whole.
"""

from __future__ import annotations

import argparse
import math
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from model import HEADS, LAYERS, WIDTH
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

Array = NDArray[Any]


class Graph:
    """A graph under construction; calling it adds a node."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, value: Array) -> str:
        """Keep a value, and return its name."""
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def __call__(self, kind: str, *inputs: str | Array, name: str = "", **settings: Any) -> str:
        """Add a node of some kind, and return the name of what it computes."""
        names = [given if isinstance(given, str) else self.constant(given) for given in inputs]
        result = name or f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, names, [result], f"{kind}_{len(self.nodes)}", **settings))
        return result


def build(weights: dict[str, Array]) -> onnx.ModelProto:
    """Return the graph of trained weights, named as ``train.py --out`` writes them."""
    g = Graph()

    def at(*path: str | int) -> Array:
        found = weights["".join(f"[{part!r}]" for part in path)]
        return found.astype(np.float32)

    def norm(x: str, *path: str | int) -> str:
        return g("LayerNormalization", x, at(*path, 0), at(*path, 1), epsilon=1e-12)

    table = at("embedding", "word")
    scale = np.abs(table).max(axis=1, keepdims=True) / 127
    rows = g("Cast", g("Gather", np.round(table / scale).astype(np.int8), "ids"), to=TensorProto.FLOAT)
    words = g("Mul", rows, g("Gather", scale, "ids"))
    length = g("Shape", "ids", start=1)
    zero, one = np.array([0], np.int64), np.array([1], np.int64)
    place = g("Slice", at("embedding", "place"), zero, length, zero)
    kinds = g("Gather", at("embedding", "kind"), "kinds")
    x = norm(g("Add", g("Add", words, place), kinds), "embedding", "norm")
    split = np.array([0, -1, HEADS, WIDTH // HEADS], np.int64)
    for n in range(LAYERS):
        qkv = g("Add", g("MatMul", x, at("layers", n, "qkv")), at("layers", n, "qkv_bias"))
        parts = []
        for part in range(3):
            own = g("Slice", qkv, zero + part * WIDTH, zero + (part + 1) * WIDTH, one + 1)
            parts.append(g("Transpose", g("Reshape", own, split), perm=[0, 2, 3, 1] if part == 1 else [0, 2, 1, 3]))
        odds = g("Mul", g("MatMul", parts[0], parts[1]), np.float32(1 / math.sqrt(WIDTH // HEADS)))
        seen = g("Transpose", g("MatMul", g("Softmax", odds, axis=-1), parts[2]), perm=[0, 2, 1, 3])
        seen = g("Reshape", seen, np.array([0, -1, WIDTH], np.int64))
        out = g("Add", g("MatMul", seen, at("layers", n, "out")), at("layers", n, "out_bias"))
        x = norm(g("Add", x, out), "layers", n, "norm_1")
        up = g("Add", g("MatMul", x, at("layers", n, "up")), at("layers", n, "up_bias"))
        bent = g("Mul", up, g("Add", g("Erf", g("Mul", up, np.float32(math.sqrt(0.5)))), np.float32(1)))
        down = g("MatMul", g("Mul", bent, np.float32(0.5)), at("layers", n, "down"))
        x = norm(g("Add", x, g("Add", down, at("layers", n, "down_bias"))), "layers", n, "norm_2")
    g("Add", g("MatMul", x, at("heads", "spans"), name="spans_whole"), at("heads", "spans_bias"), name="spans")
    proofs = g("Add", g("MatMul", x, at("heads", "proofs"), name="proofs_whole"), at("heads", "proofs_bias"))
    g("Identity", proofs, name="proofs")
    said = g("Add", proofs, g("Unsqueeze", "says", np.array([2], np.int64)))
    share = g("Transpose", g("Softmax", said, axis=1), perm=[0, 2, 1])
    where = g("ReduceSum", g("Mul", g("MatMul", share, x), at("heads", "signals")), np.array([2], np.int64), keepdims=0)
    strongest = g("ReduceLogSumExp", g("Mul", said, np.float32(2)), np.array([1], np.int64), keepdims=0)
    strongest = g("Mul", strongest, at("heads", "strongest") / 2)
    g("Add", g("Add", where, at("heads", "signals_bias")), strongest, name="signals")

    def whole(name: str, *shape: int | str, kind: int = TensorProto.FLOAT) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, kind, shape)

    ids = [whole(name, 1, "words", kind=TensorProto.INT64) for name in ("ids", "kinds")]
    outputs = [whole("spans", 1, "words", 5), whole("proofs", 1, "words", 30), whole("signals", 1, 30)]
    graph = helper.make_graph(g.nodes, "reader", [*ids, whole("says", 1, "words")], outputs, g.constants)
    # Read by onnxruntime 1.14 and newer, which is what faster-whisper asks for.
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=8)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--whole", action="store_true", help="leave the products of matrices in 32 bits")
    options = parser.parse_args()
    model = build(dict(np.load(options.weights)))
    onnx.checker.check_model(model)
    if options.whole:
        options.out.write_bytes(model.SerializeToString())
        return
    heads = [n.name for n in model.graph.node if n.output[0] in ("spans_whole", "proofs_whole")]
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        whole.write_bytes(model.SerializeToString())
        quantize_dynamic(
            whole,
            options.out,
            op_types_to_quantize=["MatMul"],
            nodes_to_exclude=heads,
            per_channel=True,
            weight_type=QuantType.QInt8,
            extra_options={"MatMulConstBOnly": True},
        )


if __name__ == "__main__":
    main()
