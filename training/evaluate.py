"""Measuring the pair model on micro-events it hasn't seen.

All figures are areas under the ROC curve: how often a pair that should score higher does.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from factcheck.linking.pair_input import KINDS, Marked

from .data import Event, languages, other_fact, same_fact

ACROSS = 60
"""How many pairs of two kinds are drawn of an event."""
Scorer = Callable[[Sequence[Marked], Sequence[tuple[int, int]]], NDArray[np.float32]]
"""Sides, and pairs of their places, into logits (n x 2): same question, differs."""


@dataclass(frozen=True)
class Measured:
    """One scored pair."""

    kinds: tuple[str, str]
    languages: str
    same: bool
    differs: bool
    weight: float
    """How many pairs of the event it stands for, since pairs across kinds are sampled."""
    logits: tuple[float, float]


def measure(events: Sequence[Event], scorer: Scorer, seed: int = 0) -> list[Measured]:
    """Score the pairs of held-out events: all of one fact and of one kind; of pairs across kinds (easy, and most of all
    pairs) some an event are drawn and weighted up."""
    found: list[Measured] = []
    for event in events:
        alike = [*same_fact(event), *other_fact(event, same_kind=True)]
        across = other_fact(event, same_kind=False)
        drawn = random.Random(f"{seed}/{event.name}").sample(across, min(ACROSS, len(across)))
        pairs = [*alike, *drawn]
        weights = [1.0] * len(alike) + [len(across) / max(1, len(drawn))] * len(drawn)
        logits = scorer([sentence.marked for sentence in event.sentences], pairs)
        found += [_measured(event, pair, weight, row) for pair, weight, row in zip(pairs, weights, logits, strict=True)]
    return found


def _measured(event: Event, pair: tuple[int, int], weight: float, logits: NDArray[np.float32]) -> Measured:
    first, second = (event.sentences[k] for k in pair)
    same = first.fact == second.fact
    return Measured(
        (first.marked.kind, second.marked.kind),
        languages(first, second),
        same,
        same and first.side != second.side,
        weight,
        (float(logits[0]), float(logits[1])),
    )


def area(pairs: Sequence[Measured], answer: bool = False) -> float:
    """Area under the curve of ``same question``, or with ``answer`` of ``differs``; NaN if undefined."""
    labels = [pair.differs if answer else pair.same for pair in pairs]
    if len(set(labels)) < 2:
        return float("nan")
    scores = [pair.logits[answer] for pair in pairs]
    return float(roc_auc_score(labels, scores, sample_weight=[pair.weight for pair in pairs]))


def table(pairs: Sequence[Measured]) -> dict[str, float]:
    """All figures by name: over all pairs, within each kind, by languages; questions and answers."""
    same = [pair for pair in pairs if pair.same]
    figures = {"question": area(pairs), "answer": area(same, answer=True)}
    alike = [pair for pair in pairs if pair.kinds[0] == pair.kinds[1]]
    figures["question within kinds"] = area(alike)
    for kind in KINDS:
        figures[f"question {kind}"] = area([p for p in alike if p.kinds[0] == kind])
    for kind in KINDS:
        figures[f"answer {kind}"] = area([p for p in same if p.kinds[0] == kind], answer=True)
    for both in ("fr-fr", "en-fr", "en-en"):
        figures[f"question {both}"] = area([p for p in alike if p.languages == both])
        figures[f"answer {both}"] = area([p for p in same if p.languages == both], answer=True)
    return figures


def fit_temperature(logits: Sequence[float], labels: Sequence[bool], weights: Sequence[float]) -> tuple[float, float]:
    """Slope and offset of Platt's calibration (1999): the logistic regression of labels on logits."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e6).fit(np.array(logits)[:, None], labels, sample_weight=weights)
    return float(model.coef_[0, 0]), float(model.intercept_[0])
