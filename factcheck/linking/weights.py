"""The weights of the evidence: a logistic model, fitted on annotated events, kept as a readable file."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from factcheck.linking.metric import Metric, read_metric
from factcheck.model import Evidence

_FOLDER = Path(__file__).parent

# Evidence counts differently for figures, for points and lengths of time, and for words.
GROUP_OF = {
    **dict.fromkeys(("count", "money", "percent", "measure"), "figures"),
    **dict.fromkeys(("date", "time", "duration"), "times"),
    **dict.fromkeys(("person", "role", "organization", "place", "outcome", "cause", "quotation"), "words"),
}


@dataclass(frozen=True)
class Weights:
    """A weight a piece of evidence, in log-odds, what each group of kinds adds to it, an intercept, and each kind's
    own; and, of links made with the pair model, what each number of its vectors weighs."""

    intercept: float
    evidence: Mapping[str, float]
    kinds: Mapping[str, float]
    groups: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    metric: Metric | None = None

    def of(self, kind: str, name: str) -> float:
        """The weight of a piece of evidence for values of a kind."""
        return self.evidence.get(name, 0.0) + self.groups.get(GROUP_OF[kind], {}).get(name, 0.0)

    def explain(self, kind: str, evidence: Mapping[str, float]) -> tuple[Evidence, ...]:
        """The evidence as summands in log-odds, the prior first, then the heaviest."""
        prior = Evidence(
            "prior", self.intercept + self.kinds.get(kind, 0.0), f"how often two {kind} values are one question's"
        )
        parts = [Evidence(name, self.of(kind, name) * x, f"{x:.2f}") for name, x in evidence.items()]
        return (prior, *sorted((p for p in parts if p.weight), key=lambda p: -abs(p.weight)))

    def probability(self, kind: str, evidence: Mapping[str, float]) -> float:
        """The probability that two mentions of a kind answer one question."""
        total = self.intercept + self.kinds.get(kind, 0.0)
        total += sum(self.of(kind, name) * x for name, x in evidence.items())
        return 1 / (1 + math.exp(-max(-40.0, min(40.0, total))))


def logit(p: float, edge: float = 1e-4) -> float:
    """The log-odds of a chance, which is kept `edge` away from 0 and 1."""
    p = min(max(p, edge), 1 - edge)
    return math.log(p / (1 - p))


def read_weights(path: Path) -> Weights:
    """Weights from a TOML file with `intercept`, `[evidence]` and `[kinds]`."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Weights(data["intercept"], data["evidence"], data.get("kinds", {}), data.get("groups", {}))


@cache
def link_weights(fast: bool = False) -> Weights:
    """The shipped weights for links: with the pair model, or without it."""
    if fast:
        return read_weights(_FOLDER / "link_fast.toml")
    return replace(read_weights(_FOLDER / "link.toml"), metric=read_metric(_FOLDER / "metric.toml"))
