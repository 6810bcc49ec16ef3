"""A decision outlasts what is not new: another article that repeats an answer, one that no longer gives it."""
from __future__ import annotations

from dataclasses import replace

import pytest

from factcheck.model import Finding, FindingValue
from factcheck.review.decisions import Decision, Decisions
from factcheck.review.places import holding, places
from tests.reporting.sample import FINDINGS

DATE = FINDINGS[0]  # three articles on one side, one on the other
DISMISSED = Decisions((Decision(DATE.id, "dismissed", places=places(DATE)),))


def again(*values: FindingValue, decisions: Decisions = DISMISSED) -> str | None:
    """What holds for the finding with other values, and so with another id."""
    held = holding(decisions, replace(DATE, id="another", values=values))
    return held.decision if held else None


def joined(side: int, value: str) -> FindingValue:
    """A value of another article."""
    return FindingValue("new.txt", "ce jour-là", "La cabine s'est bloquée ce jour-là.", 24, 34, 1, value, side=side)


def test_an_article_that_repeats_an_answer_is_nothing_new() -> None:
    assert again(*DATE.values, joined(0, DATE.values[0].value)) == "dismissed"
    assert again(*DATE.values, joined(1, DATE.values[-1].value)) == "dismissed"


def test_an_article_that_drops_out_is_nothing_new() -> None:
    assert again(*DATE.values[1:]) == "dismissed"


def test_another_answer_is_new() -> None:
    assert again(*DATE.values, joined(2, "2032-02-01")) is None
    assert again(*DATE.values, joined(0, "2032-01")) is None
    assert again(*DATE.values[:-1], replace(DATE.values[-1], value="2032-01-12")) is None


def test_another_question_is_new() -> None:
    last = DATE.values[-1]
    assert again(*DATE.values[:-1], replace(last, quote="C'est dimanche que la ligne a rouvert.")) is None


def test_one_side_alone_was_never_decided_on() -> None:
    assert again(*DATE.values[:-1], joined(1, "2032-01-12")) is None


def test_a_later_word_on_the_same_answers_holds() -> None:
    reopened = Decisions((*DISMISSED.lines, Decision("another", "reopened", places=places(DATE))))
    assert again(*DATE.values[1:], decisions=reopened) == "reopened"


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda f: f.relation)
def test_a_line_that_moves_or_is_wrapped_anew_stays_the_same_place(finding: Finding) -> None:
    moved = [replace(v, line=v.line + 3, start=v.start + 90, end=v.end + 90, quote=v.quote.replace(" ", "\n"),
                     text=v.text.replace(" ", "\n")) for v in finding.values]
    assert places(replace(finding, values=tuple(moved))) == places(finding)


def test_a_decision_without_places_holds_for_its_id_alone() -> None:
    old = Decisions((Decision(DATE.id, "dismissed"),))
    assert holding(old, DATE) is not None
    assert again(*DATE.values, decisions=old) is None
