"""Which decision holds for a finding: the one on its id, or one that people took on the same answers.

A finding's id changes when an article joins in or drops out. What was decided still holds where nothing new is said:
where each of its answers was before the person who decided, or repeats, on the same side, one that was.
"""
from __future__ import annotations

import hashlib

from factcheck.extraction.entities import fold
from factcheck.model import Finding, FindingValue
from factcheck.review.decisions import Decision, Decisions

_NAMED = ("person", "organization", "place")


def places(finding: Finding) -> tuple[str, ...]:
    """A short digest of each answer of a finding: the file's name, the value, and the sentence without it."""
    return tuple(sorted({_place(finding, value) for value in finding.values}))


def holding(decisions: Decisions, finding: Finding) -> Decision | None:
    """The last decision that holds for a finding; a reopening counts as one."""
    if exact := decisions.last(finding.id):
        return exact
    return next((d for d in reversed(decisions.lines) if d.places and _same(finding, frozenset(d.places))), None)


def _same(finding: Finding, known: frozenset[str]) -> bool:
    """Whether nothing in a finding is new to those who know some places."""
    seen = {(v.side, v.value) for v in finding.values if _place(finding, v) in known}
    sides = {v.side for v in finding.values}
    return all((v.side, v.value) in seen for v in finding.values) and {side for side, _ in seen} == sides


def _place(finding: Finding, value: FindingValue) -> str:
    # A name asks no question of its own: wherever it stands, its spelling is what was decided on.
    question = "" if finding.kind in _NAMED else fold(value.quote.replace(value.text, " ", 1))
    told = (value.article.rpartition("/")[2], finding.kind, value.value, question)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:10]
