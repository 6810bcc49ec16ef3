"""What differs is told once, and what only looks alike is told too."""
from __future__ import annotations

from itertools import combinations

from factcheck.judging.confidence import ConfidenceWeights
from factcheck.judging.findings import findings
from factcheck.linking.weights import Weights
from factcheck.model import Fact, Link
from tests.judging.facts import NONE, mention, source

ONE = source("one.txt", "The fire killed 12 people and hurt 40 people.")
TWO = source("two.txt", "The fire killed 14 people and hurt 45 people.")
THREE = source("three.txt", "The fire killed 12 people and hurt 40 people.")


def fact(*told):  # type: ignore[no-untyped-def]
    mentions = tuple(mention(article, "count", text) for article, text in told)
    return Fact("count", "", mentions, tuple(Link(i, j, 0.9) for i, j in combinations(range(len(mentions)), 2)))


def relations(*facts: Fact) -> list[str]:
    return [f.relation for f in findings(facts, [ONE, TWO, THREE], NONE)]


def test_one_difference_in_two_facts_is_one_finding():
    whole, part = fact((ONE, "12"), (TWO, "14"), (THREE, "12")), fact((ONE, "12"), (TWO, "14"))
    assert relations(whole, part) == ["contradiction"]


def test_what_hardly_belongs_with_those_who_agree_is_left_out():
    doubtful = ConfidenceWeights(Weights(-2.0, {}, {}), Weights(-2.0, {}, {}))
    found, = findings([fact((ONE, "12"), (TWO, "14"), (THREE, "12"))], [ONE, TWO, THREE], doubtful)
    assert found.relation == "agreement"
    assert [v.article for v in found.values] == ["one.txt", "three.txt"]
    assert [f.relation for f in findings([fact((ONE, "12"), (TWO, "14"))], [ONE, TWO], doubtful)] == ["contradiction"]


def test_who_agree_are_told_beside_what_is_less_likely_than_not_to_differ():
    unlikely = ConfidenceWeights(Weights(-0.8, {}, {}), Weights(-0.8, {}, {}))  # a chance of 0.31
    differ, agree = findings([fact((ONE, "12"), (TWO, "14"), (THREE, "12"))], [ONE, TWO, THREE], unlikely)
    assert (differ.relation, agree.relation) == ("contradiction", "agreement")
    assert [v.article for v in agree.values] == ["one.txt", "three.txt"]
    assert differ.id != agree.id
    likely = ConfidenceWeights(Weights(0.8, {}, {}), Weights(0.8, {}, {}))
    assert len(findings([fact((ONE, "12"), (TWO, "14"), (THREE, "12"))], [ONE, TWO, THREE], likely)) == 1


def test_two_differences_are_two_findings():
    assert relations(fact((ONE, "12"), (TWO, "14")), fact((ONE, "40"), (TWO, "45"))) == ["contradiction"] * 2


def test_an_answer_may_stand_in_two_findings_of_other_answers():
    assert relations(fact((ONE, "12"), (TWO, "14")), fact((THREE, "12"), (TWO, "14"))) == ["contradiction"] * 2


def test_agreements_are_all_told():
    assert relations(*[fact((ONE, "12"), (THREE, "12"))] * 2) == ["agreement"] * 2
