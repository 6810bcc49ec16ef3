"""One training step's material: the mentions of some events, each as the pipeline might hand it over."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from factcheck.linking.pair_input import Marked

from .data import AS_READ, Event, Sentence, distractor, roughen

MOST = 70
"""How many mentions of an event are taken at once."""
STRANGERS = 24
"""How many of them may be of no annotated fact."""
BESIDE = 14
"""How many of those are first sought beside the annotated ones, in the same sentences: two dates of one sentence are
the hardest to tell apart."""
DISTRACTORS = 8
"""Sentences of an event that are also shown with another thing marked in them."""
HIDDEN_VALUE = 0.15
"""How often a sentence's value is hidden, so that the question is read off the rest."""


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
    batch = Batch([], [], [], [], [])
    for number, event in enumerate(events):
        sentences = list(event.sentences) if len(event.sentences) <= MOST else chosen(event, rng)
        all_sides = [sentence.marked for sentence in sentences]
        for sentence in sentences:
            side = roughen(sentence.marked, rng, all_sides)
            side = hide_value(side) if rng.random() < HIDDEN_VALUE else side
            known = sentence.fact >= 0
            fact = 10_000 * number + sentence.fact if known else -1 - len(batch.sides)
            _add(batch, side, number, fact, sentence.side, not known)
        for side in _mismarked(sentences, rng):
            _add(batch, side, number, -1 - len(batch.sides), 0, False)
    return batch


def chosen(event: Event, rng: random.Random) -> list[Sentence]:
    """Whole facts of a large event, in as far as there is room, and some mentions of no annotated fact, of which some
    stand beside theirs."""
    by_fact: dict[int, list[Sentence]] = defaultdict(list)
    for sentence in event.sentences:
        by_fact[sentence.fact].append(sentence)
    known, strange = [f for f in by_fact if f >= 0], [f for f in by_fact if f < 0]
    rng.shuffle(known)
    rng.shuffle(strange)
    found: list[Sentence] = []
    for fact in known:
        if len(found) >= MOST - min(STRANGERS, len(strange)):
            break
        found += by_fact[fact]
    found = found[:MOST]
    known_at = {(s.marked.text, s.marked.kind) for s in found}
    others = [by_fact[f][0] for f in strange]
    beside = [s for s in others if (s.marked.text, s.marked.kind) in known_at][:BESIDE]
    rest = [s for s in others if s not in beside]
    return [*found, *[*beside, *rest][: MOST - len(found)]]


def _add(batch: Batch, side: Marked, event: int, fact: int, answer: int, strange: bool) -> None:
    batch.sides.append(side)
    batch.events.append(event)
    batch.facts.append(fact)
    batch.answers.append(answer)
    batch.strange.append(strange)


def _mismarked(sentences: Sequence[Sentence], rng: random.Random) -> Iterator[Marked]:
    """Sentences with another thing of the kind marked: without them, a model could leave the mark unread."""
    for sentence in rng.sample(sentences, min(DISTRACTORS, len(sentences))):
        other = distractor(sentence.marked, rng)
        if other is not None:
            yield other


def hide_value(side: Marked) -> Marked:
    """The side with its value replaced by an ellipsis."""
    text = side.text[: side.start] + "…" + side.text[side.end :]
    return replace(side, text=text, end=side.start + 1)
