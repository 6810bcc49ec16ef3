"""Claims of several articles into facts: candidates, evidence, probabilities, groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from factcheck.linking.candidates import candidates, counterclaims
from factcheck.linking.encoder import Encoder, masked
from factcheck.linking.evidence import Pair, gather
from factcheck.linking.grouping import Ties, group
from factcheck.linking.metric import METRIC, Metric
from factcheck.linking.opposition import opposed
from factcheck.linking.pair_input import QUESTION, Marked
from factcheck.linking.pair_model import logits
from factcheck.linking.questions import Question, questions, rarity
from factcheck.linking.weights import GROUP_OF, Weights
from factcheck.model import Article, Claim, Fact, Link

# The average chance of one question from which mentions that agree, and that differ, are held together (see
# docs/accuracy.md).
AGREE, DIFFER = 0.5, 0.09
# A chance from which an article is believed to contradict itself.
_ITSELF = 0.7


class PairReader(Protocol):
    """What is asked of the pair model (`PairModel`, or one with a memory)."""

    def vectors(self, sides: Sequence[Marked]) -> NDArray[np.float32]:
        """As `PairModel.vectors`."""


def link(
    articles: Sequence[Article],
    claims: Sequence[Claim],
    weights: Weights,
    pair_model: PairReader | None,
    encoder: Encoder,
) -> list[Fact]:
    """The facts that two mentions or more answer."""
    asked = questions(articles, claims)
    pairs, read = pairs_of(asked, pair_model, encoder)
    return facts_of(asked, weighed(asked, pairs, read, weights.metric), weights)


def facts_of(
    asked: Sequence[Question], pairs: Sequence[Pair], weights: Weights, agree: float = AGREE, differ: float = DIFFER
) -> list[Fact]:
    """The groups of questions that hold together, kind by kind."""
    chance = {(p.first, p.second): weights.probability(asked[p.first].mention.value.kind, p.evidence) for p in pairs}
    by_pair = {(p.first, p.second): p for p in pairs}
    against = {place for place, p in by_pair.items() if _against(asked[p.first].mention.value.kind, p)}
    voices = {p for p in against if counterclaims(asked[p[0]], asked[p[1]])}
    apart = {p for p in against - voices
             if asked[p[0]].article.id == asked[p[1]].article.id and chance[p] < _ITSELF}
    ties = Ties(against, apart, voices, {i: q.article.id for i, q in enumerate(asked)})
    members: dict[str, list[int]] = defaultdict(list)
    for i, question in enumerate(asked):
        members[question.mention.value.kind].append(i)
    facts = []
    for kind, indexes in members.items():
        inside = set(indexes)
        own = {pair: p for pair, p in chance.items() if pair[0] in inside}
        groups = group(indexes, own, agree, differ, ties)
        facts += [_fact(kind, g, asked, own, by_pair, weights) for g in groups]
    return facts


def _against(kind: str, pair: Pair) -> bool:
    """Whether the answers of a pair are opposed; by their values alone where no pair model was asked."""
    if "pair model" not in pair.evidence:
        return pair.comparison.relation == "disjoint"
    return opposed(kind, pair.comparison, pair.differs)


def pairs_of(
    asked: Sequence[Question], pair_model: PairReader | None, encoder: Encoder
) -> tuple[list[Pair], NDArray[np.float32] | None]:
    """The candidate pairs of questions with their evidence, and the rows that the pair model made of the questions
    (none where there is no pair model).

    The encoder's vectors of masked sentences choose the candidates, and where there is a pair model its question
    vectors do so too, and it has a word on every pair.
    """
    if not asked:
        return [], None
    vectors = encoder.encode([masked(q) for q in asked])
    if pair_model is None:
        return gather(asked, candidates(asked, vectors), rarity(asked), vectors), None
    read = pair_model.vectors([q.marked for q in asked])
    chosen = candidates(asked, vectors, read[:, :QUESTION])
    return gather(asked, chosen, rarity(asked), vectors, logits(read, chosen)), read


def weighed(
    asked: Sequence[Question], pairs: Sequence[Pair], read: NDArray[np.float32] | None, metric: Metric | None
) -> Sequence[Pair]:
    """The pairs with what a metric makes of the pair model's rows, where there are both."""
    if read is None or metric is None:
        return pairs
    groups = [GROUP_OF[asked[p.first].mention.value.kind] for p in pairs]
    likeness = (metric.likeness(g, read[p.first], read[p.second]) for g, p in zip(groups, pairs, strict=True))
    return [replace(p, evidence={**p.evidence, METRIC: x}) for p, x in zip(pairs, likeness, strict=True)]


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
        Link(place[i], place[j], p, weights.explain(kind, by_pair[i, j].evidence), by_pair[i, j].differs,
             by_pair[i, j].evidence)
        for (i, j), p in sorted(chance.items())
        if i in place and j in place
    )
    return Fact(kind, "", tuple(asked[i].mention for i in indexes), links)
