"""Blocking: what is compared stays within bounds."""
from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from factcheck.linking.candidates import MOST, NEAREST, candidates


def asked(articles: int, each: int) -> list[Any]:
    """Dates in several articles, every one in a sentence of its own."""
    return [SimpleNamespace(article=SimpleNamespace(id=f"{a}.txt"),
                            mention=SimpleNamespace(value=SimpleNamespace(kind="date"), claim=SimpleNamespace(
                                attribution=None, sentence=SimpleNamespace(start=100 * n))))
            for a in range(articles) for n in range(each)]


@pytest.mark.parametrize(("articles", "each"), [(5, 8), (60, 4)])
def test_a_mention_meets_its_nearest_and_not_more_than_there_is_time_for(articles: int, each: int) -> None:
    questions = asked(articles, each)
    vectors = np.random.default_rng(1).normal(size=(len(questions), 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    pairs = candidates(questions, vectors)
    assert len(pairs) <= len(questions) * min(MOST, NEAREST * articles)
    chosen = set(pairs)
    near = vectors @ vectors.T
    for i in range(0, len(questions), 7):
        others = [j for j in np.argsort(-near[i]) if questions[j].article.id != questions[i].article.id]
        assert (min(i, others[0]), max(i, others[0])) in chosen
