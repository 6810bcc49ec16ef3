"""Reading ahead gives what reading gives, begins by itself, and tells what went wrong."""
from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from factcheck import pipeline
from factcheck.errors import ModelError
from factcheck.linking.ahead import ReadAhead
from factcheck.linking.pair_input import Marked
from factcheck.linking.pair_model import WIDTH
from factcheck.linking.questions import questions
from tests.conftest import make_article

ARTICLE = make_article("Douze passagers ont été évacués mardi. La régie a perdu 3 millions d'euros en deux ans.")


class Model:
    """Makes of a side a row of its value's start, and notes what it read."""

    def __init__(self) -> None:
        self.read: list[list[Marked]] = []
        self.began = threading.Event()

    def begin(self, sides: Sequence[Marked]) -> Callable[[], NDArray[np.float32]]:
        self.read.append(list(sides))
        self.began.set()
        return lambda: np.array([[side.start] * WIDTH for side in sides], np.float32).reshape(-1, WIDTH)


def test_mentions_are_read_before_anybody_asks_and_once():
    model = Model()
    claims = pipeline.extract(ARTICLE)
    sides = [q.marked for q in questions([ARTICLE], claims)]
    assert len(sides) > 2
    with ReadAhead(lambda: model) as ahead:  # type: ignore[arg-type,return-value]
        ahead.begin(ARTICLE, claims)
        assert model.began.wait(20)
        found = ahead.vectors([*reversed(sides), sides[0]])
    assert found[:, 0].tolist() == [*(s.start for s in reversed(sides)), sides[0].start]
    assert [side for read in model.read for side in read] == sides


def test_what_was_not_begun_is_read_when_asked_for():
    model, side = Model(), Marked("en 2019", 3, 7, "date", "fr")
    with ReadAhead(lambda: model) as ahead:  # type: ignore[arg-type,return-value]
        assert ahead.vectors([side]).shape == (1, WIDTH)
        assert ahead.vectors([]).shape == (0, WIDTH)
    assert model.read[0] == [side]


def test_a_model_that_cannot_be_loaded_is_told_when_it_is_asked():
    def load():  # type: ignore[no-untyped-def]
        raise ModelError("the pair model is missing")

    with ReadAhead(load) as ahead:
        ahead.load()
        ahead.begin(ARTICLE, pipeline.extract(ARTICLE))
        with pytest.raises(ModelError, match="missing"):
            ahead.vectors([Marked("en 2019", 3, 7, "date", "fr")])
