"""One training step's material: the sentences of an event, and a choice of pairs among them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from factcheck.linking.pair_input import Marked

from .data import (
    OPEN_KINDS,
    Event,
    Pair,
    Sentence,
    answer_weight,
    distractor,
    languages,
    other_fact,
    roughen,
    same_fact,
)

SAME, SAME_KIND, OTHER_KIND, STRANGERS, DISTRACTORS = 26, 22, 5, 5, 8
"""Pairs in a step: of one question; of two, alike in kind; of two kinds; of two events; mismarked."""
HIDDEN_VALUE = 0.1
"""How often a sentence's value is hidden, so that the question is read off the rest."""


@dataclass(frozen=True)
class Batch:
    """Sides to be read, pairs to be judged, and which sides stand for which fact (-1: none)."""

    sides: list[Marked]
    facts: list[int]
    hidden: list[bool]
    pairs: list[Pair]
    answered: list[tuple[int, int]]
    """All pairs of one question whose values show, whether they differ, and their weights."""
    differing: list[bool]
    weights: list[float]


class Sampler:
    """Draws batches, one event each with a few sentences of another."""

    def __init__(self, events: Sequence[Event], weights: dict[tuple[str, bool], float], seed: int) -> None:
        self.events = list(events)
        self.weights = weights
        self.seed = seed

    def batch(self, step: int) -> Batch:
        """The batch of one step; the same for the same seed and step, whatever came before."""
        turn, place = divmod(step, len(self.events))
        order = list(range(len(self.events)))
        random.Random(f"{self.seed}/{turn}").shuffle(order)
        rng = random.Random(f"{self.seed}/{turn}/{place}")
        stranger = self.events[order[(place + 1) % len(order)]]
        return self._build(self.events[order[place]], stranger, rng)

    def _build(self, event: Event, stranger: Event, rng: random.Random) -> Batch:
        all_sides = [sentence.marked for sentence in event.sentences]
        hidden = [rng.random() < HIDDEN_VALUE for _ in all_sides]
        sides = [roughen(side, rng, all_sides) for side in all_sides]
        facts = [sentence.fact for sentence in event.sentences]
        positives = self._positives(event, rng)
        pairs = [self._same(event, hidden, i, j) for i, j in positives]
        pairs += self._different(event, positives, rng)
        for side, partner in self._mismarked(event, rng):
            pairs.append(Pair(len(sides), partner, False, None))
            sides.append(side)
        for sentence, partner in self._strangers(event, stranger, rng):
            pairs.append(Pair(len(sides), partner, False, None))
            sides.append(sentence.marked)
        extra = len(sides) - len(facts)
        answered = [(i, j) for i, j in same_fact(event) if not (hidden[i] or hidden[j])]
        return Batch(
            sides,
            facts + [-1] * extra,
            hidden + [False] * extra,
            pairs,
            answered,
            [event.sentences[i].side != event.sentences[j].side for i, j in answered],
            [self._weight(event, i, j) for i, j in answered],
        )

    def _weight(self, event: Event, i: int, j: int) -> float:
        first, second = event.sentences[i], event.sentences[j]
        weight = self.weights[languages(first, second), first.side != second.side]
        return weight * answer_weight(first.marked.kind)

    @staticmethod
    def _same(event: Event, hidden: Sequence[bool], i: int, j: int) -> Pair:
        differs = event.sentences[i].side != event.sentences[j].side
        return Pair(i, j, True, None if hidden[i] or hidden[j] else differs)

    def _positives(self, event: Event, rng: random.Random) -> list[tuple[int, int]]:
        """Pairs of one question, balanced by language and answer, open kinds somewhat oftener."""
        found = same_fact(event)
        weights = []
        for i, j in found:
            kind = event.sentences[i].marked.kind
            often = 1.5 if kind in OPEN_KINDS else 1.0
            weights.append(self._weight(event, i, j) / answer_weight(kind) * often)
        return _draw(found, weights, SAME, rng)

    @staticmethod
    def _different(event: Event, positives: Sequence[tuple[int, int]], rng: random.Random) -> list[Pair]:
        """Pairs of two questions, in the positives' proportion of languages."""
        sentences = event.sentences
        share: dict[str, float] = {}
        for i, j in positives:
            key = languages(sentences[i], sentences[j])
            share[key] = share.get(key, 0.0) + 1.0
        chosen: list[tuple[int, int]] = []
        for same_kind, size in ((True, SAME_KIND), (False, OTHER_KIND)):
            found = other_fact(event, same_kind)
            keys = [languages(sentences[i], sentences[j]) for i, j in found]
            weights = [share.get(key, 0.1) / keys.count(key) for key in keys] if len(found) < 400 else None
            if weights is None:
                found = rng.sample(found, 400)
                weights = [1.0] * len(found)
            chosen += _draw(found, weights, size, rng)
        return [Pair(i, j, False, None) for i, j in chosen]

    @staticmethod
    def _mismarked(event: Event, rng: random.Random) -> list[tuple[Marked, int]]:
        """Sentences with another thing of the kind marked, each against one of its own fact."""
        found: list[tuple[Marked, int]] = []
        for place in rng.sample(range(len(event.sentences)), len(event.sentences)):
            sentence = event.sentences[place]
            other = distractor(sentence.marked, rng)
            partners = [
                k for k, s in enumerate(event.sentences)
                if s.fact == sentence.fact and not _shares_value(other, s.marked)
            ]  # fmt: skip
            if other is not None and partners:
                found.append((other, rng.choice(partners)))
                if len(found) == DISTRACTORS:
                    break
        return found

    @staticmethod
    def _strangers(event: Event, stranger: Event, rng: random.Random) -> list[tuple[Sentence, int]]:
        """Sentences of another event, each against one of its kind in this event."""
        found: list[tuple[Sentence, int]] = []
        for sentence in rng.sample(stranger.sentences, min(3 * STRANGERS, len(stranger.sentences))):
            alike = [k for k, s in enumerate(event.sentences) if s.marked.kind == sentence.marked.kind]
            if alike and len(found) < STRANGERS:
                found.append((sentence, rng.choice(alike)))
        return found


def hide_value(side: Marked) -> Marked:
    """The side with its value replaced by an ellipsis."""
    text = side.text[: side.start] + "…" + side.text[side.end :]
    return replace(side, text=text, end=side.start + 1)


def _shares_value(first: Marked | None, second: Marked) -> bool:
    if first is None:
        return False
    value = first.text[first.start : first.end].casefold()
    return value in second.text[second.start : second.end].casefold()


def _draw(
    found: Sequence[tuple[int, int]], weights: Sequence[float], size: int, rng: random.Random
) -> list[tuple[int, int]]:
    """Weighted drawing without replacement (Efraimidis and Spirakis, 2006)."""
    keyed = sorted(
        ((rng.random() ** (1.0 / weight), pair) for pair, weight in zip(found, weights, strict=True)),
        reverse=True,
    )
    return [pair for _, pair in keyed[:size]]
