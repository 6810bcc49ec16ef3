"""How sure a finding is: signals of its links and sides, weighed by what annotated events taught."""
from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from factcheck.judging.relation import Judgement
from factcheck.linking.evidence import width
from factcheck.linking.weights import Weights, logit, read_weights
from factcheck.model import FLAGGED, Fact, Intervals, Link, Value

# Sentences more alike than this are hardly met in annotated events: more likeness tells no more.
_MOST = {"vectors": 0.5}
# A value without an end is taken for one of so many steps.
_OPEN = 100.0
# Names have no links: the longer the name two sources share, the surer that it is one name with a slip.
_NAMES = {1: 0.75, 2: 0.95}


@dataclass(frozen=True)
class ConfidenceWeights:
    """The weights of the signals: of contradictions and variants, and of updates and disputes, which other signals
    speak for (an article that has both answers, say)."""

    flagged: Weights
    told: Weights

    def of(self, relation: str) -> Weights:
        """Those for a relation."""
        return self.flagged if relation in FLAGGED else self.told


@cache
def confidence_weights(fast: bool = False) -> ConfidenceWeights:
    """The shipped weights, for links made with the pair model or without it."""
    folder, end = Path(__file__).parent, "_fast.toml" if fast else ".toml"
    return ConfidenceWeights(read_weights(folder / f"confidence{end}"), read_weights(folder / f"confidence_told{end}"))


def confidence(fact: Fact, judgement: Judgement, weights: ConfidenceWeights | None = None) -> float:
    """The chance that a finding is right (0 to 1, four decimals): that its mentions answer one question, and differ or
    agree as its relation says."""
    if not fact.links:
        words = min(len(min(m.value.possible.forms).split()) for m in fact.mentions)  # type: ignore[union-attr]
        return _NAMES[min(words, 2)]
    if len(judgement.sides) == 1:
        return round(max(k.probability for k in fact.links), 4)
    own = (weights or confidence_weights()).of(judgement.relation)
    return round(own.probability(fact.kind, signals(fact, judgement)), 4)


def signals(fact: Fact, judgement: Judgement) -> dict[str, float]:
    """What a finding with two sides or more is judged by, that is told as a relation."""
    sides = judgement.sides
    side_of = {i: n for n, side in enumerate(sides) for i in side}
    across = [k for k in fact.links if side_of[k.first] != side_of[k.second]] or list(fact.links)
    within = [k for k in fact.links if side_of[k.first] == side_of[k.second]]
    articles = [{fact.mentions[i].claim.article for i in side} for side in sides]
    both = sum(a in other for n, own in enumerate(articles) for a in own for other in articles[n + 1:])
    chance = [k.probability for k in across]
    return {
        "best link": logit(max(chance)),
        "mean link": logit(sum(chance) / len(chance)),
        "weakest link": logit(min(chance)),
        "surer within": logit(sum(k.probability for k in within) / len(within)) - logit(sum(chance) / len(chance))
        if within else 0.0,
        "links across": math.log(len(chance)),
        "larger side": math.log(max(map(len, articles))),
        "smaller side": math.log(min(map(len, articles))),
        "sides agree within": sum(k.probability for k in within) / len(within) if within else 0.0,
        "articles": math.log(len(set().union(*articles))),
        "an article on both sides": float(both > 0),
        "more than two sides": float(len(sides) > 2),
        "denied or supposed": _share(fact, lambda m: m.claim.modality in ("possible", "hearsay", "future")),
        "somebody's word": _share(fact, lambda m: m.claim.attribution is not None),
        "approximate": _share(fact, lambda m: m.value.approximate),
        "vaguest side": max(min(_vagueness(fact.mentions[i].value) for i in side) for side in sides),
        "differs in words": sum((k.differs or 0.5) for k in across) / len(across),
        "a dispute": float(judgement.relation == "dispute"),
        "a later state": judgement.change,
        "answers": math.log(len(fact.mentions)),
        "compared": len(across) / sum(len(a) * len(b) for n, a in enumerate(sides) for b in sides[n + 1:]),
        **_evidence(across),
    }


def _evidence(across: Sequence[Link]) -> dict[str, float]:
    """Each piece of evidence over the links between the sides: its mean, the highest and the lowest. One link that
    every piece speaks for is worth more than many that are likely by one."""
    found: dict[str, float] = {}
    for name in sorted({name for k in across for name in k.measured}):
        values = [min(k.measured[name], _MOST.get(name, math.inf)) for k in across if name in k.measured]
        found |= {f"{name}, mean": sum(values) / len(values), f"{name}, highest": max(values),
                  f"{name}, lowest": min(values)}
    return found


def _vagueness(value: Value) -> float:
    """How many steps that newspapers tell apart a value leaves open, as a logarithm: nothing for a day, much for a
    month, or for `in the morning`."""
    if not isinstance(value.possible, Intervals):
        return 0.0
    return math.log1p(min(_OPEN, width(value.kind, value.possible)))


def _share(fact: Fact, holds) -> float:  # type: ignore[no-untyped-def]
    return sum(map(holds, fact.mentions)) / len(fact.mentions)
