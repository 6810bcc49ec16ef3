"""The losses of the pair model: over all pairs of the sides of a batch at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from factcheck.linking.pair_input import KINDS
from factcheck.linking.weights import GROUP_OF

from .batches import Batch

SAME_KIND, OTHER_KIND, STRANGER = 2.0, 0.3, 0.1
"""What a pair of one event counts, of one kind or two, and a pair of one kind and two events."""
POSITIVE = 0.35
"""The share of the pairs of one question in the loss, however few they are."""
TEMPERATURE = 0.07
FIGURES = 0.2
"""What a pair of figures, dates or times counts in the loss of the answers: whether those agree is worked out by
arithmetic, and asked of the model only for answers in words."""


def question_loss(logits: Tensor, batch: Batch) -> Tensor:
    """Over all pairs of the sides: is the question one? (A sigmoid loss, as SigLIP's: Zhai et al., ICCV 2023.)"""
    pairs = _pairs(batch)
    weight = torch.where(pairs.event, torch.where(pairs.kind, SAME_KIND, OTHER_KIND), STRANGER * pairs.kind)
    weight = weight * pairs.known
    loss = functional.binary_cross_entropy_with_logits(logits, pairs.same.float(), reduction="none")
    same, other = (_mean(loss, weight * part) for part in (pairs.same, ~pairs.same))
    return POSITIVE * same + (1.0 - POSITIVE) * other


def contrastive_loss(products: Tensor, batch: Batch) -> Tensor:
    """How surely each side tells another of its question from all others of its kind (InfoNCE: van den Oord et al.,
    2018; with more than one right answer, as SupCon: Khosla et al., NeurIPS 2020)."""
    pairs = _pairs(batch)
    scores = products / TEMPERATURE
    others = torch.logsumexp(scores.masked_fill(~(pairs.kind & pairs.known & ~pairs.same), -1e4), 1)
    right = pairs.same & pairs.known
    return (torch.logaddexp(scores, others[:, None].expand_as(scores)) - scores)[right].mean()


def answer_loss(logits: Tensor, batch: Batch) -> Tensor:
    """Over all pairs of one question: do the answers agree?"""
    pairs = _pairs(batch)
    answers = torch.tensor(batch.answers)
    right = pairs.same & pairs.known
    agree = (answers[:, None] == answers[None]).float()
    counts = torch.tensor([1.0 if GROUP_OF[side.kind] == "words" else FIGURES for side in batch.sides])
    weight = torch.minimum(counts[:, None], counts[None])
    loss = functional.binary_cross_entropy_with_logits(logits[right], agree[right], reduction="none")
    return _mean(loss, weight[right])


@dataclass(frozen=True)
class _Pairs:
    """Which pairs of sides are of one event, one kind, one question, and of which that is known."""

    event: Tensor
    kind: Tensor
    same: Tensor
    known: Tensor


def _pairs(batch: Batch) -> _Pairs:
    def equal(column: Sequence[int]) -> Tensor:
        values = torch.tensor(column)
        return values[:, None] == values[None]

    event, strange = equal(batch.events), torch.tensor(batch.strange)
    unknown = event & strange[:, None] & strange[None]
    alone = torch.eye(len(batch.sides), dtype=torch.bool)
    kind = equal([KINDS.index(side.kind) for side in batch.sides])
    return _Pairs(event, kind, equal(batch.facts), ~unknown & ~alone)


def _mean(values: Tensor, weight: Tensor) -> Tensor:
    return (values * weight).sum() / weight.sum().clamp(min=1.0)
