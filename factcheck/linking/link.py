"""Claims of several articles into facts: candidates, evidence, probabilities, groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from factcheck.linking.candidates import candidates, counterclaims
from factcheck.linking.encoder import Encoder, masked
from factcheck.linking.evidence import Pair, gather
from factcheck.linking.grouping import group
from factcheck.linking.pair_input import Marked
from factcheck.linking.questions import Question, questions, rarity
from factcheck.linking.weights import Weights
from factcheck.model import Article, Claim, Fact, Link

# The average chance of one question from which mentions that agree, and that differ, are held together (see
# docs/accuracy.md).
AGREE, DIFFER = 0.5, 0.12
# A chance from which an article is believed to contradict itself.
_ITSELF = 0.7


class PairScorer(Protocol):
    """What is asked of the pair model (`PairModel`, or one with a memory)."""

    def logits(self, pairs: Sequence[tuple[Marked, Marked]]) -> NDArray[np.float32]:
        """As `PairModel.logits`."""

    def question_vectors(self, sides: Sequence[Marked]) -> NDArray[np.float32]:
        """As `PairModel.question_vectors`."""


def link(
    articles: Sequence[Article],
    claims: Sequence[Claim],
    weights: Weights,
    pair_model: PairScorer | None,
    encoder: Encoder | None,
) -> list[Fact]:
    """The facts that two mentions or more answer.

    The pair model reads and judges where there is one; else the encoder's vectors of masked sentences stand in.
    """
    asked = questions(articles, claims)
    return facts_of(asked, pairs_of(asked, pair_model, encoder), weights)


def facts_of(
    asked: Sequence[Question], pairs: Sequence[Pair], weights: Weights, agree: float = AGREE, differ: float = DIFFER
) -> list[Fact]:
    """The groups of questions that hold together, kind by kind."""
    chance = {(p.first, p.second): weights.probability(asked[p.first].mention.value.kind, p.evidence) for p in pairs}
    by_pair = {(p.first, p.second): p for p in pairs}
    opposed = {place for place, p in by_pair.items() if p.comparison.relation == "disjoint"}
    apart = {p for p in opposed if asked[p[0]].article.id == asked[p[1]].article.id and chance[p] < _ITSELF
             and not counterclaims(asked[p[0]], asked[p[1]])}
    members: dict[str, list[int]] = defaultdict(list)
    for i, question in enumerate(asked):
        members[question.mention.value.kind].append(i)
    facts = []
    for kind, indexes in members.items():
        inside = set(indexes)
        own = {pair: p for pair, p in chance.items() if pair[0] in inside}
        groups = group(indexes, own, agree, differ, opposed, apart)
        facts += [_fact(kind, g, asked, own, by_pair, weights) for g in groups]
    return facts


def pairs_of(asked: Sequence[Question], pair_model: PairScorer | None, encoder: Encoder | None) -> list[Pair]:
    """The candidate pairs of questions with their evidence."""
    if not asked:
        return []
    vectors = question_vectors(asked, pair_model, encoder)
    chosen = candidates(asked, vectors)
    judged = None
    if pair_model is not None and chosen:
        logits = pair_model.logits([(asked[i].marked, asked[j].marked) for i, j in chosen])
        judged = [(float(same), float(differs)) for same, differs in logits]
    return gather(asked, chosen, rarity(asked), vectors, judged)


def question_vectors(
    asked: Sequence[Question], pair_model: PairScorer | None, encoder: Encoder | None
) -> NDArray[np.float32]:
    """One unit vector a question, near each other where the questions are."""
    if encoder is not None:
        return encoder.encode([masked(q) for q in asked])
    assert pair_model is not None
    return pair_model.question_vectors([q.marked for q in asked])


def _fact(
    kind: str,
    indexes: Sequence[int],
    asked: Sequence[Question],
    chance: dict[tuple[int, int], float],
    by_pair: dict[tuple[int, int], Pair],
    weights: Weights,
) -> Fact:
    """One group as a fact, its links renumbered to its own mentions."""
    place = {i: n for n, i in enumerate(indexes)}
    links = tuple(
        Link(place[i], place[j], p, weights.explain(kind, by_pair[i, j].evidence), by_pair[i, j].differs)
        for (i, j), p in sorted(chance.items())
        if i in place and j in place
    )
    return Fact(kind, "", tuple(asked[i].mention for i in indexes), links)
