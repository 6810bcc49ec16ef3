"""8-bit weights for the packed model, and the way back to a network.

Weights are quantized by output, activations by row as they come: ``x W`` becomes an integer product,
scaled back by row and by column. ONNX Runtime's own dynamic quantization is faster still, but takes
one scale for a whole batch of activations: a mention's vectors would then depend on its company.

A few columns of a transformer's activations are far larger than the others and would take up the whole
scale. So each column is divided by a number, and the weights that it meets are multiplied by it
(SmoothQuant: Xiao et al., ICML 2023); the numbers follow from the activations of some sentences.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

CONSTANTS: dict[str, NDArray[np.generic]] = {
    "quantize_127": np.array(127.0, dtype=np.float32),
    "quantize_least": np.array(1e-9, dtype=np.float32),
    "quantize_middle": np.array(128.5, dtype=np.float32),
    "quantize_zero": np.array(128, dtype=np.uint8),
}
LARGEST = 64
"""Largest byte of a weight. Processors without VNNI add two products of bytes in 16 bits, which larger
weights would overflow: scores would then differ from machine to machine."""
LARGE = 10_000
"""Tensors of more numbers than this are stored in half precision where they aren't quantized."""


Inputs = Mapping[str, NDArray[np.generic]]
"""What a graph takes in, by name."""


def quantize(model: onnx.ModelProto, samples: Sequence[Inputs]) -> onnx.ModelProto:
    """Turn products with constant weights into integer products; changes ``model``. ``samples`` are inputs such as it
    will get."""
    graph = model.graph
    weights = {tensor.name: tensor for tensor in graph.initializer}
    shares = _shares(model, weights, samples)
    rows: dict[str, tuple[str, str]] = {}
    nodes: list[onnx.NodeProto] = []
    used: set[str] = set()
    smooth_of: dict[str, str] = {}
    added = [numpy_helper.from_array(value, name) for name, value in CONSTANTS.items()]
    for node in graph.node:
        if node.op_type != "MatMul" or node.input[1] not in weights:
            nodes.append(node)
            continue
        states, old = node.input
        name = node.name.strip("/").replace("/", ".").removesuffix("MatMul") + "weight"  # as in the network
        if states not in rows:
            rows[states] = (states + "_row8", states + "_rowscale")
            smooth = name + "_smooth"
            added.append(numpy_helper.from_array(1.0 / shares[states], smooth))
            nodes.append(helper.make_node("Mul", [states, smooth], [states + "_smooth"]))
            nodes += _quantize_rows(states + "_smooth", *rows[states])
        model.metadata_props.add(key=name, value=smooth_of.setdefault(states, name + "_smooth"))
        packed, scales = quantize_matrix(numpy_helper.to_array(weights[old]) * shares[states][:, None])
        added.append(numpy_helper.from_array(packed, name + "_8"))
        added.append(numpy_helper.from_array(scales, name + "_scale"))
        nodes += _integer_product(*rows[states], name, node.output[0])
        used.add(old)
    kept = [tensor for tensor in graph.initializer if tensor.name not in used]
    casts = [_halve(tensor) for tensor in kept if tensor.data_type == TensorProto.FLOAT and _size(tensor) > LARGE]
    del graph.initializer[:]
    graph.initializer.extend(kept + added)
    del graph.node[:]
    graph.node.extend(casts + nodes)
    return model


def _shares(
    model: onnx.ModelProto, weights: Mapping[str, TensorProto], samples: Sequence[Inputs]
) -> dict[str, NDArray[np.float32]]:
    """What each column of the states that meet weights is divided by."""
    meets: dict[str, list[NDArray[np.float32]]] = defaultdict(list)
    for node in model.graph.node:
        if node.op_type == "MatMul" and node.input[1] in weights:
            meets[node.input[0]].append(np.abs(numpy_helper.to_array(weights[node.input[1]])).max(1))
    seen = _largest(model, list(meets), samples)
    found = {}
    for states, matrices in meets.items():
        share = np.sqrt(np.maximum(seen[states], 1e-5) / np.maximum(np.max(matrices, axis=0), 1e-5))
        found[states] = (share / np.exp(np.log(share).mean())).astype(np.float32)
    return found


def _largest(
    model: onnx.ModelProto, names: Sequence[str], samples: Sequence[Inputs]
) -> dict[str, NDArray[np.float32]]:
    """The largest size of each column of some inner states over the samples."""
    import onnxruntime

    watched = onnx.ModelProto()
    watched.CopyFrom(model)
    watched.graph.output.extend(helper.make_tensor_value_info(n, TensorProto.FLOAT, None) for n in names)
    session = onnxruntime.InferenceSession(watched.SerializeToString(), providers=["CPUExecutionProvider"])
    found: dict[str, NDArray[np.float32]] = {}
    for sample in samples:
        for name, states in zip(names, session.run(list(names), dict(sample)), strict=True):
            largest = np.abs(states).reshape(-1, states.shape[-1]).max(0)
            found[name] = np.maximum(found.get(name, 0.0), largest)
    return found


def _size(tensor: TensorProto) -> int:
    return int(np.prod(tensor.dims))


def _halve(tensor: TensorProto) -> onnx.NodeProto:
    """Store a tensor in half precision, in place; gives the node that makes it float32 again."""
    name = tensor.name
    tensor.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(tensor).astype(np.float16), name + "_16"))
    return helper.make_node("Cast", [name + "_16"], [name], to=TensorProto.FLOAT)


def _quantize_rows(states: str, rows: str, scale: str) -> list[onnx.NodeProto]:
    """Nodes that turn states into bytes around 128, by a scale for each row."""
    make = helper.make_node
    return [
        make("ReduceMax", [states], [rows + "_max"], axes=[-1], keepdims=1),
        make("ReduceMin", [states], [rows + "_min"], axes=[-1], keepdims=1),
        make("Neg", [rows + "_min"], [rows + "_low"]),
        make("Max", [rows + "_max", rows + "_low", "quantize_least"], [rows + "_size"]),
        make("Div", [rows + "_size", "quantize_127"], [scale]),
        make("Div", ["quantize_127", rows + "_size"], [scale + "_inverse"]),
        make("Mul", [states, scale + "_inverse"], [rows + "_scaled"]),
        # The cast cuts off; half more than the middle of the bytes makes that rounding.
        make("Add", [rows + "_scaled", "quantize_middle"], [rows + "_shifted"]),
        make("Cast", [rows + "_shifted"], [rows], to=TensorProto.UINT8),
    ]


def _integer_product(rows: str, scale: str, name: str, output: str) -> list[onnx.NodeProto]:
    """Nodes of the integer product, scaled back by row and by column."""
    make = helper.make_node
    return [
        make("MatMulInteger", [rows, name + "_8", "quantize_zero"], [output + "_integer"]),
        make("Cast", [output + "_integer"], [output + "_float"], to=TensorProto.FLOAT),
        make("Mul", [output + "_float", name + "_scale"], [output + "_columns"]),
        make("Mul", [output + "_columns", scale], [output]),
    ]


def quantize_matrix(matrix: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """A matrix (inputs x outputs) as signed bytes up to LARGEST, and a scale for each output."""
    scales = np.abs(matrix).max(0) / LARGEST
    return np.round(matrix / np.maximum(scales, 1e-12)).astype(np.int8), scales.astype(np.float32)


def load_packed(path: Path) -> dict[str, torch.Tensor]:
    """The weights of a packed graph as a network's state, for training to start from; ``scale`` stands beside it."""
    found: dict[str, torch.Tensor] = {}
    model = onnx.load(path)
    arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    smooth = {entry.key: entry.value for entry in model.metadata_props}
    for name, array in arrays.items():
        if name.endswith("_8"):
            plain = name.removesuffix("_8")
            matrix = array.astype(np.float32) * arrays[plain + "_scale"] * arrays[smooth[plain]][:, None]
            found[plain] = torch.from_numpy(np.ascontiguousarray(matrix.T))
        elif name.endswith("_16"):
            found[name.removesuffix("_16")] = torch.from_numpy(array.astype(np.float32))
        elif not name.startswith(("onnx::", "quantize_")) and not name.endswith(("_scale", "_smooth")):
            found[name] = torch.from_numpy(array.copy())
    return found
