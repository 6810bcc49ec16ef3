"""One training step's material: the mentions of some events, each as the pipeline hands it over or might."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.linking.pair_input import Marked

from .data import AS_READ, Event, Sentence, distractor, roughen

MOST = 70
"""How many sentences of an event are taken at once; of whole passages all are."""
DISTRACTORS = 8
"""Sentences of an event that are also shown with another thing marked in them."""
HIDDEN_VALUE = 0.15
"""How often a value is hidden."""


@dataclass(frozen=True)
class Batch:
    """Sides to be read; for each the event it is of, its fact and its side of that fact. Facts are numbered across
    the events; those below nought are each asked by one side alone, as far as is known."""

    sides: list[Marked]
    events: list[int]
    facts: list[int]
    answers: list[int]
    strange: list[bool]
    """Of no annotated fact: two such in one event may well answer one question."""
    hidden: list[bool]
    """Whether the value is to be hidden, so that the question is read off the rest."""


class Sampler:
    """Draws batches of some events each."""

    def __init__(self, events: Sequence[Event], size: int, seed: int) -> None:
        self.events, self.size, self.seed = list(events), size, seed

    def batch(self, step: int) -> Batch:
        """The batch of one step; the same for the same seed and step, whatever came before."""
        turn, place = divmod(step, len(self.events) // self.size)
        order = list(range(len(self.events)))
        random.Random(f"{self.seed}/{turn}").shuffle(order)
        drawn = [self.events[k] for k in order[place * self.size : (place + 1) * self.size]]
        # An event that is drawn twice is taken once: its mentions would answer other questions than themselves.
        events = {event.name.removesuffix(AS_READ): event for event in drawn}
        return build(list(events.values()), random.Random(f"{self.seed}/{turn}/{place}"))


def build(events: Sequence[Event], rng: random.Random) -> Batch:
    """Some events' mentions as a batch."""
    batch = Batch([], [], [], [], [], [])
    for number, event in enumerate(events):
        sentences, sides = _as_read(event) if event.read else _roughened(event, rng)
        for sentence, side in zip(sentences, sides, strict=True):
            known = sentence.fact >= 0
            fact = 10_000 * number + sentence.fact if known else -1 - len(batch.sides)
            _add(batch, side, number, fact, sentence.side, not known, rng.random() < HIDDEN_VALUE)
        for side in () if event.read else _mismarked(sentences, rng):
            _add(batch, side, number, -1 - len(batch.sides), 0, False, False)
    return batch


def _as_read(event: Event) -> tuple[list[Sentence], list[Marked]]:
    """All mentions as they are: they are cut as the pipeline cuts them, and mentions of no fact stand beside them."""
    return list(event.sentences), [sentence.marked for sentence in event.sentences]


def _roughened(event: Event, rng: random.Random) -> tuple[list[Sentence], list[Marked]]:
    sentences = chosen(event, rng)
    given = [sentence.marked for sentence in sentences]
    return sentences, [roughen(side, rng, given) for side in given]


def chosen(event: Event, rng: random.Random) -> list[Sentence]:
    """The sentences of an event; of a large one whole facts, in as far as there is room."""
    if len(event.sentences) <= MOST:
        return list(event.sentences)
    by_fact: dict[int, list[Sentence]] = defaultdict(list)
    for sentence in event.sentences:
        by_fact[sentence.fact].append(sentence)
    facts = list(by_fact)
    rng.shuffle(facts)
    found: list[Sentence] = []
    for fact in facts:
        if len(found) >= MOST:
            break
        found += by_fact[fact]
    return found[:MOST]


def _add(batch: Batch, side: Marked, event: int, fact: int, answer: int, strange: bool, hidden: bool) -> None:
    batch.sides.append(side)
    batch.events.append(event)
    batch.facts.append(fact)
    batch.answers.append(answer)
    batch.strange.append(strange)
    batch.hidden.append(hidden)


def _mismarked(sentences: Sequence[Sentence], rng: random.Random) -> Iterator[Marked]:
    """Sentences with another thing of the kind marked: without them, a model could leave the mark unread."""
    for sentence in rng.sample(sentences, min(DISTRACTORS, len(sentences))):
        other = distractor(sentence.marked, rng)
        if other is not None:
            yield other
