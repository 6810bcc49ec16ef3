"""8-bit weights for the packed model, and the way back to a network.

Weights are quantized by output, activations by row as they come: ``x W`` becomes an integer product,
scaled back by row and by column. ONNX Runtime's own dynamic quantization is faster still, but takes
one scale for a whole batch of activations: a pair's score would then depend on its company.
"""

from __future__ import annotations

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


def quantize(model: onnx.ModelProto) -> onnx.ModelProto:
    """Turn products with constant weights into integer products; changes ``model``."""
    graph = model.graph
    weights = {tensor.name: tensor for tensor in graph.initializer}
    rows: dict[str, tuple[str, str]] = {}
    nodes: list[onnx.NodeProto] = []
    used: set[str] = set()
    added = [numpy_helper.from_array(value, name) for name, value in CONSTANTS.items()]
    for node in graph.node:
        if node.op_type != "MatMul" or node.input[1] not in weights:
            nodes.append(node)
            continue
        states, old = node.input
        name = node.name.strip("/").replace("/", ".").removesuffix("MatMul") + "weight"  # as in the network
        if states not in rows:
            rows[states] = (states + "_row8", states + "_rowscale")
            nodes += _quantize_rows(states, *rows[states])
        packed, scales = quantize_matrix(numpy_helper.to_array(weights[old]))
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


def load_packed(folder: Path) -> dict[str, torch.Tensor]:
    """The weights of a packed model as a network's state, for training to start from.

    Only ``scale``, which serves the training's loss alone, isn't packed.
    """
    found: dict[str, torch.Tensor] = {}
    for part in ("reader", "judge"):
        model = onnx.load(folder / f"pair-{part}.onnx")
        arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
        for name, array in arrays.items():
            if name.endswith("_8"):
                plain = name.removesuffix("_8")
                matrix = array.astype(np.float32) * arrays[plain + "_scale"]
                found[f"{part}.{plain}"] = torch.from_numpy(np.ascontiguousarray(matrix.T))
            elif name.endswith("_16"):
                found[f"{part}.{name.removesuffix('_16')}"] = torch.from_numpy(array.astype(np.float32))
            elif not name.startswith(("onnx::", "quantize_")) and not name.endswith("_scale"):
                found[f"{part}.{name}"] = torch.from_numpy(array.copy())
        for entry in model.metadata_props:
            if entry.key == "start":
                found[f"{part}.start"] = torch.tensor([float(number) for number in entry.value.split()])
    return found
