"""Pack a trained network for the package: ``python -m training.to_onnx CHECKPOINT FOLDER``.

Writes ``pair-reader.onnx`` and ``pair-judge.onnx`` with 8-bit weights, and ``pair.toml`` with their
SHA-256 and the calibration, fitted on the held-out micro-events through the packed files themselves.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import warnings
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from torch import nn

from factcheck.linking.pair_input import Marked
from factcheck.linking.pair_model import load_pair_model

from .data import load_events
from .evaluate import Measured, fit_temperature, measure
from .model import PairNetwork
from .quantize import quantize

OPSET = 17


def load_network(checkpoint: Path) -> PairNetwork:
    """The averaged network of a checkpoint of :mod:`training.train`."""
    network = PairNetwork()
    network.load_state_dict(torch.load(checkpoint, weights_only=True)["average"])
    return network.eval()


def export_graphs(network: PairNetwork) -> dict[str, onnx.ModelProto]:
    """The reader and the judge as ONNX graphs with float32 weights."""
    words, marks, real = torch.randn(3, 20, 384), torch.zeros(3, 20, dtype=torch.long), torch.ones(3, 20).bool()
    marks[:, 4], marks[:, 6] = 3, 15
    side = torch.zeros(3, 40, dtype=torch.long)
    side[:, 20:] = 1
    pair = (torch.randn(3, 40, 384), side, side > 0, torch.tensor([[4, 24]] * 3), torch.rand(3, 2))
    inputs = ["states", "side", "value", "marks", "products"]
    vectors = ["questions", "answers"]
    return {
        "reader": _export(network.reader, (words, marks, real), ["words", "marks", "real"], ["states", *vectors]),
        "judge": _export(network.judge, pair, inputs, ["logits"]),
    }


def _export(
    part: nn.Module, example: tuple[torch.Tensor, ...], inputs: Sequence[str], outputs: Sequence[str]
) -> onnx.ModelProto:
    axes = {
        name: {0: "n", 1: "length"} if value.dim() > 1 else {0: "n"}
        for name, value in zip(inputs, example, strict=True)
    }
    if "products" in inputs:
        axes["marks"] = axes["products"] = {0: "n"}
    stream = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            part, example, stream, input_names=inputs, output_names=outputs,
            dynamic_axes=axes, opset_version=OPSET, dynamo=False,
        )  # fmt: skip
    return onnx.load_from_string(stream.getvalue())


def scorer(folder: Path):  # noqa: ANN201 - a Scorer
    """The packed model's logits, for :func:`training.evaluate.measure`."""
    model = load_pair_model(folder)

    def score(sides: Sequence[Marked], pairs: Sequence[tuple[int, int]]) -> NDArray[np.float32]:
        return model.logits([(sides[i], sides[j]) for i, j in pairs])

    return score


SETTINGS = """\
# The pair model: its files, and the calibration that turns its logits into probabilities.
# Written by training/to_onnx.py; the model's card is docs/pair-model.md.
version = "{version}"

[reader]
file = "pair-reader.onnx"
sha256 = "{reader}"

[judge]
file = "pair-judge.onnx"
sha256 = "{judge}"

[calibration.same_question]
slope = {same[0]:.4f}
offset = {same[1]:.4f}

[calibration.differs]
slope = {differs[0]:.4f}
offset = {differs[1]:.4f}
"""


def write_settings(
    folder: Path, version: str, same: tuple[float, float] = (1.0, 0.0), differs: tuple[float, float] = (1.0, 0.0)
) -> None:
    """Write ``pair.toml`` for the graphs in ``folder``."""
    sums = {
        part: hashlib.sha256((folder / f"pair-{part}.onnx").read_bytes()).hexdigest() for part in ("reader", "judge")
    }
    text = SETTINGS.format(version=version, same=same, differs=differs, **sums)
    (folder / "pair.toml").write_text(text, "utf-8")


def calibrate(pairs: Sequence[Measured]) -> tuple[tuple[float, float], tuple[float, float]]:
    """Calibration of both heads, over pairs of one kind in one event."""
    alike = [p for p in pairs if p.kinds[0] == p.kinds[1]]
    asked = [p for p in pairs if p.same]
    return (
        fit_temperature([p.logits[0] for p in alike], [p.same for p in alike], [p.weight for p in alike]),
        fit_temperature([p.logits[1] for p in asked], [p.differs for p in asked], [p.weight for p in asked]),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pairs", type=Path, default=Path(__file__).with_name("pairs"))
    parser.add_argument("--held-out", nargs="*", default=["08", "17"])
    parser.add_argument("--per-event", type=int, default=24, help="pairs of each sort to calibrate on, an event")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    network = load_network(options.checkpoint)
    for part, graph in export_graphs(network).items():
        if part == "judge":  # the export folds these two numbers into nameless constants
            graph.metadata_props.add(key="start", value=" ".join(map(str, network.judge.start.tolist())))
        onnx.save(quantize(graph), options.folder / f"pair-{part}.onnx")
    version = datetime.now(UTC).strftime("%Y.%m.%d.%H%M")
    write_settings(options.folder, version)
    events = load_events(options.pairs / f"{name}.jsonl" for name in options.held_out)
    write_settings(
        options.folder, version, *calibrate(measure(events, scorer(options.folder), per_event=options.per_event))
    )


if __name__ == "__main__":
    main()
