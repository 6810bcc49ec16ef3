"""Which decision holds for a finding: the one on its id, or one that people took on the same answers.

A finding's id changes when an article joins in or drops out. What was decided still holds where nothing new is said:
where each of its answers was before the person who decided, or repeats, on the same side, one that was.
"""
from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from factcheck.extraction.entities import fold
from factcheck.model import Finding, FindingValue
from factcheck.review.decisions import Decision, Decisions

_NAMED = ("person", "organization", "place")


def places(finding: Finding) -> tuple[str, ...]:
    """A short digest of each answer of a finding: the file's name, the value, and the sentence without it."""
    return tuple(sorted({_place(finding, value) for value in finding.values}))


def holding(decisions: Decisions, finding: Finding) -> Decision | None:
    """The last decision that holds for a finding; a reopening counts as one."""
    return holding_each(decisions, [finding]).get(finding.id)


def holding_each(decisions: Decisions, findings: Iterable[Finding]) -> dict[str, Decision]:
    """The decision that holds for each finding that has one, by the finding's id."""
    taken = defaultdict(list)  # which decisions were taken on an answer
    for number, decision in enumerate(decisions.lines):
        for place in decision.places:
            taken[place].append(number)
    found = {f.id: decisions.last(f.id) or _on_the_same_answers(decisions, f, taken) for f in findings}
    return {i: decision for i, decision in found.items() if decision}


def _on_the_same_answers(decisions: Decisions, finding: Finding, taken: Mapping[str, list[int]]) -> Decision | None:
    """The last decision taken on a finding's answers, though the finding had another id."""
    if not taken:
        return None
    answers = [(v.side, v.value, _place(finding, v)) for v in finding.values]
    numbers = sorted({n for *_, place in answers for n in taken.get(place, ())}, reverse=True)
    return next((d for d in map(decisions.lines.__getitem__, numbers) if _same(answers, frozenset(d.places))), None)


def _same(answers: Sequence[tuple[int, str, str]], known: frozenset[str]) -> bool:
    """Whether nothing among answers (side, value, place) is new to those who know some places."""
    seen = {(side, value) for side, value, place in answers if place in known}
    sides = {side for side, *_ in answers}
    return all((side, value) in seen for side, value, _ in answers) and {side for side, _ in seen} == sides


def _place(finding: Finding, value: FindingValue) -> str:
    # A name asks no question of its own: wherever it stands, its spelling is what was decided on.
    question = "" if finding.kind in _NAMED else fold(value.quote.replace(value.text, " ", 1))
    told = (value.article.rpartition("/")[2], finding.kind, value.value, question)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:10]
