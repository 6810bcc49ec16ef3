"""Which answers stand together."""
from __future__ import annotations

from tests.judging.facts import judged, sides, source

EXACT = (source("exact", "The blast injured 22 people."), "22")
VAGUE = (source("vague", "The blast injured about twenty people."), "about twenty")
MORE = (source("more", "The blast injured 41 people."), "41")
AGAIN = (source("again", "In all 41 people were injured."), "41")


def test_a_vague_answer_joins_the_precise_one_it_allows() -> None:
    assert sides(judged("count", VAGUE, EXACT)) == [["vague", "exact"]]
    found = judged("count", VAGUE, MORE, EXACT)
    assert sorted(sorted(s) for s in sides(found)) == [["exact", "vague"], ["more"]]


def test_answers_that_cant_both_be_right_make_two_sides() -> None:
    assert sides(judged("count", EXACT, MORE)) == [["exact"], ["more"]]


def test_the_side_of_most_articles_comes_first_and_the_other_is_the_minority() -> None:
    found = judged("count", EXACT, MORE, AGAIN)
    assert sides(found) == [["more", "again"], ["exact"]]
    assert {v.article for v in found.values if v.minority} == {"exact"}


def test_equal_sides_have_no_minority() -> None:
    assert not any(v.minority for v in judged("count", EXACT, MORE).values)


def test_three_answers_make_three_sides() -> None:
    third = (source("third", "The blast injured 70 people."), "70")
    assert len(sides(judged("count", EXACT, MORE, third))) == 3


def test_an_article_that_repeats_itself_counts_once() -> None:
    twice = source("exact", "The blast injured 22 people. Officials confirmed that 22 people were injured.")
    found = judged("count", (twice, "22"), MORE, AGAIN, (twice, "22"))
    assert sides(found)[0] == ["more", "again"]
    assert {v.article for v in found.values if v.minority} == {"exact"}


def test_two_currencies_are_no_contradiction() -> None:
    euros = (source("euros", "The fine came to 3 million euros."), "3 million")
    dollars = (source("dollars", "The fine came to 5 million dollars."), "5 million")
    assert len(sides(judged("money", euros, dollars))) == 1


def test_sums_in_two_currencies_differ_where_no_rate_makes_the_sums_one() -> None:
    euros = (source("euros", "The fine came to 3 million euros."), "3 million")
    dollars = (source("dollars", "The fine came to 9 million dollars."), "9 million")
    found = judged("money", euros, dollars)
    assert found.relation == "contradiction" and "times" not in found.reason


def test_offices_that_the_data_cant_compare_are_two_where_the_pair_model_says_so() -> None:
    one = (source("one", "Samira Belhadi, a biologist, spoke."), "biologist")
    two = (source("two", "Samira Belhadi, a farmer, spoke."), "farmer")
    assert len(sides(judged("role", one, two, differs=0.3))) == 2
    assert len(sides(judged("role", one, two, differs=0.1))) == 1
    assert len(sides(judged("role", one, two))) == 1
    owner = (source("two", "Samira Belhadi, the owner of the shop, spoke."), "owner")
    assert len(sides(judged("role", one, owner, differs=0.9))) == 1
