"""Fit what tells an update from a contradiction, on annotated events.

Each annotated discrepancy is taken as if it had been linked without fault: its mentions as the program reads them, side
by side. So the weights don't depend on how well links are found.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from factcheck.judging.changes import change_signals
from factcheck.linking.weights import GROUP_OF, Weights
from factcheck.model import Mention
from training.linking import Event, hits

_RELATIONS = ("update", "contradiction")


def fit_changes(prepared: Sequence[Event], strength: float = 0.5) -> Weights:
    """Weights by logistic regression with a ridge penalty; an intercept a kind."""
    rows = [row for event in prepared for row in _rows(event)]
    names, kinds = sorted({n for _, told, _ in rows for n in told}), sorted(GROUP_OF)
    table = np.array([[told[n] for n in names] + [float(kind == k) for k in kinds] for kind, told, _ in rows])
    model = LogisticRegression(C=strength, max_iter=3000).fit(table, [label for *_, label in rows])
    found = list(map(float, model.coef_[0]))
    return Weights(
        float(model.intercept_[0]),
        dict(zip(names, found, strict=False)),
        dict(zip(kinds, found[len(names) :], strict=True)),
    )


def _rows(event: Event) -> list[tuple[str, dict[str, float], bool]]:
    """The signals of every annotated update and contradiction whose sides came out one after the other."""
    by_id = {a.id: a for a in event.articles}
    found = []
    for fact in event.gold["facts"]:
        if fact["relation"] not in _RELATIONS:
            continue
        sides = [_mentions(event, fact, side) for side in fact["sides"][:2]]
        for earlier, later in (sides, sides[::-1]):
            told = change_signals(earlier, later, by_id) if earlier and later else None
            if told is not None:
                found.append((fact["kind"], told, fact["relation"] == "update"))
    return found


def _mentions(event: Event, fact: dict, side: dict) -> list[Mention]:
    """A side's mentions, as the program reads them."""
    only = [{**fact, "id": "it", "sides": [side]}]
    return [q.mention for q in event.asked if q.mention.value.kind == fact["kind"] and hits(q, only)]
