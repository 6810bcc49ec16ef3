"""Reading mentions with the pair model while other articles are still parsed: parsing keeps one core busy, and a
mention's vectors depend on its own sentence alone."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from factcheck.linking.pair_input import Marked
from factcheck.linking.pair_model import WIDTH, PairModel
from factcheck.linking.questions import questions
from factcheck.model import Article, Claim

Wait = Callable[[], NDArray[np.float32]]


class ReadAhead:
    """Stands in for a `PairModel`: loaded beside other work, it begins to read before it is asked. To be used in a
    `with` statement, whose end drops what nobody asked for."""

    def __init__(self, load: Callable[[], PairModel]) -> None:
        self._load = load
        self._one = ThreadPoolExecutor(1, thread_name_prefix="pair-model-ahead")
        self._begun: dict[Marked, tuple[Future[Wait], int]] = {}

    def __enter__(self) -> ReadAhead:
        return self

    def __exit__(self, *_: object) -> None:
        self._one.shutdown(cancel_futures=True)

    @cached_property
    def _model(self) -> Future[PairModel]:
        return self._one.submit(self._load)

    def load(self) -> None:
        """Begin to load the model, if that has not begun; comes back at once."""
        self._model  # noqa: B018

    def begin(self, article: Article, claims: Sequence[Claim]) -> None:
        """Begin to read the mentions of an article; comes back at once."""
        self._begin([question.marked for question in questions([article], claims)])

    def _begin(self, sides: Sequence[Marked]) -> None:
        new = [side for side in dict.fromkeys(sides) if side not in self._begun]
        if not new:
            return
        model = self._model
        begun = self._one.submit(lambda: model.result().begin(new))
        self._begun |= {side: (begun, row) for row, side in enumerate(new)}

    def vectors(self, sides: Sequence[Marked]) -> NDArray[np.float32]:
        """As `PairModel.vectors`. Raises what loading the model raised."""
        self._begin(sides)
        read: dict[Future[Wait], NDArray[np.float32]] = {}
        found = np.zeros((len(sides), WIDTH), dtype=np.float32)
        for place, side in enumerate(sides):
            begun, row = self._begun[side]
            if begun not in read:
                read[begun] = begun.result()()
            found[place] = read[begun][row]
        return found
