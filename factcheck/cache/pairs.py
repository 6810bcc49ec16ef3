"""Models with a memory: what they made of a sentence they give again without being run."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from factcheck.cache.store import Cache, key
from factcheck.linking.encoder import Encoder
from factcheck.linking.link import PairReader
from factcheck.linking.pair_input import Marked
from factcheck.linking.pair_model import WIDTH

_FLOAT = np.dtype("<f4")


class RememberedPairModel:
    """Stands in for a `PairModel`, which is loaded only when it is shown something new."""

    def __init__(self, load: Callable[[], PairReader], cache: Cache) -> None:
        self._load, self._cache = load, cache

    @cached_property
    def _model(self) -> PairReader:
        return self._load()

    def vectors(self, sides: Sequence[Marked]) -> NDArray[np.float32]:
        """As `PairModel.vectors`."""
        keys = [key(b"side", _side(side)) for side in sides]
        return _remembered(self._cache, keys, WIDTH, lambda new: self._model.vectors([sides[k] for k in new]))


class RememberedEncoder:
    """Stands in for an `Encoder`, which is loaded only when something new is asked."""

    def __init__(self, load: Callable[[], Encoder], cache: Cache) -> None:
        self._load, self._cache = load, cache

    @cached_property
    def _encoder(self) -> Encoder:
        return self._load()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """As `Encoder.encode`."""
        keys = [key(b"text", text.encode("utf-8", "surrogatepass")) for text in texts]
        return _remembered(self._cache, keys, None, lambda new: self._encoder.encode([texts[k] for k in new]))


def _remembered(cache: Cache, keys: Sequence[bytes], width: int | None,
                work: Callable[[Sequence[int]], NDArray[np.float32]]) -> NDArray[np.float32]:
    """One row a key: those kept, and the others worked out and kept from now on."""
    rows = {k: np.frombuffer(v, _FLOAT) for k, v in cache.many(list(dict.fromkeys(keys))).items() if len(v) % 4 == 0}
    width = width or max((len(r) for r in rows.values()), default=0)
    rows = {k: r for k, r in rows.items() if len(r) == width}
    new = list({k: n for n, k in enumerate(keys) if k not in rows}.values())
    if new:
        made = np.asarray(work(new), dtype=_FLOAT)
        rows |= {keys[n]: row for n, row in zip(new, made, strict=True)}
        cache.keep({keys[n]: row.tobytes() for n, row in zip(new, made, strict=True)})
    return np.stack([rows[k] for k in keys]).astype(np.float32) if keys else np.zeros((0, width), np.float32)


def _side(side: Marked) -> bytes:
    words = (text.encode("utf-8", "surrogatepass") for text in (side.text, side.lead))
    return key(*words, f"{side.start} {side.end} {side.kind}".encode())
