"""Fit what tells an update from a contradiction, on annotated events.

Each annotated discrepancy is taken as if it had been linked without fault: its mentions as the program reads them, side
by side. So the weights don't depend on how well links are found.
"""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.judging.changes import change_signals
from factcheck.linking.weights import Weights
from factcheck.model import Mention
from training.linking import Event, fit_signals, stands

_RELATIONS = ("update", "contradiction")


def fit_changes(prepared: Sequence[Event], strength: float = 0.5) -> Weights:
    """Weights by logistic regression with a ridge penalty; an intercept a kind, and weights that its group adds."""
    rows = [row for event in prepared for row in _rows(event)]
    return fit_signals([(kind, told) for kind, told, _ in rows], [label for *_, label in rows], strength, grouped=True)


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
    return [q.mention for q in event.asked if q.mention.value.kind == fact["kind"] and stands(q, fact, side)]
