"""Natural language inference as evidence: does one sentence contradict the other?

Any cross-encoder that sentence-transformers loads will do, if one of its labels is contradiction. It is asked of linked
mentions whose answers are words, where arithmetic can't tell whether two answers differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from factcheck.errors import ModelError
from factcheck.linking.named_model import load_named
from factcheck.model import Fact, Mention

# Kinds whose answers are words.
KINDS = frozenset({"outcome", "cause", "quotation", "role"})

Texts = tuple[str, str]


class Inference(Protocol):
    """What is asked of a model for natural language inference."""

    def contradiction(self, pairs: Sequence[Texts]) -> NDArray[np.float64]:
        """The chance, one a pair, that the two texts contradict each other, whichever comes first."""


class CrossEncoderInference:
    """A cross-encoder of sentence-transformers, by name or folder."""

    def __init__(self, name: str) -> None:
        self._model: Any = load_named("--nli", "CrossEncoder", name)
        self._label = contradiction_label(name, self._model.config.id2label)

    def contradiction(self, pairs: Sequence[Texts]) -> NDArray[np.float64]:
        """As `Inference.contradiction`: the mean of the chances both ways round."""
        if not pairs:
            return np.zeros(0)
        from torch.nn import Identity

        both = [*pairs, *((second, first) for first, second in pairs)]
        logits = self._model.predict(both, activation_fn=Identity(), show_progress_bar=False)
        powers = np.exp(np.asarray(logits, np.float64) - np.max(logits, axis=1, keepdims=True))
        chances: NDArray[np.float64] = (powers / powers.sum(axis=1, keepdims=True))[:, self._label]
        return chances.reshape(2, -1).mean(axis=0)


@lru_cache(maxsize=1)
def load_inference(name: str) -> Inference:
    """The model of that name or folder. Raises `ModelError` where it can't be loaded or knows no contradiction."""
    return CrossEncoderInference(name)


def contradiction_label(name: str, labels: Mapping[int, str]) -> int:
    """The number of the label that says contradiction, by a model's own list of labels. Raises `ModelError` where there
    is none, or only one label."""
    found = [number for number, label in labels.items() if label.strip().casefold().startswith("contradict")]
    if len(found) != 1 or len(labels) < 2:
        raise ModelError(f"{name}: --nli needs a model with a label contradiction; id2label in its config.json has "
                         f"{', '.join(labels.values()) or 'none'}")
    return int(found[0])


def with_inference(facts: Sequence[Fact], model: Inference, beside_pair_model: bool) -> list[Fact]:
    """The facts, with the model's word on whether linked answers differ: the mean of its chance of contradiction and
    what the pair model says, or the former alone where there is no pair model."""
    pairs = {(_sentence(f.mentions[k.first]), _sentence(f.mentions[k.second])): 0.0
             for f in facts if f.kind in KINDS for k in f.links}
    pairs = dict(zip(pairs, map(float, model.contradiction(list(pairs))), strict=True))
    return [_told(f, pairs, beside_pair_model) if f.kind in KINDS else f for f in facts]


def _told(fact: Fact, chances: Mapping[Texts, float], beside_pair_model: bool) -> Fact:
    links = []
    for link in fact.links:
        chance = chances[_sentence(fact.mentions[link.first]), _sentence(fact.mentions[link.second])]
        mean = beside_pair_model and link.differs is not None
        links.append(replace(link, differs=(chance + (link.differs or 0.0)) / 2 if mean else chance))
    return replace(fact, links=tuple(links))


def _sentence(mention: Mention) -> str:
    return " ".join(mention.claim.sentence.text.split())
