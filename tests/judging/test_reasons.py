"""The reason in words."""
from __future__ import annotations

from dataclasses import replace
from math import inf

import pytest

from factcheck.judging.reason import contradiction
from factcheck.model import Article, Claim, Interval, Intervals, Mention, PartialDate, Sentence, Value
from tests.judging.facts import judged, source


def told(name: str, text: str, answer: str, day: int | None = None) -> tuple[Article, str]:
    return source(name, text.format(answer), day), answer


@pytest.mark.parametrize(("kind", "text", "first", "second", "reason"), [
    ("date", "The bridge reopened on {}.", "14 May 2031", "16 May 2031", "2 days apart"),
    ("date", "The bridge reopened on {}.", "14 May 2031", "15 May 2031", "1 day apart"),
    ("date", "The bridge was built in {}.", "2009", "2021", "11 years apart"),
    ("time", "The alarm went off at {}.", "7:40 am", "8:05 am", "25 minutes apart"),
    ("money", "The fine came to {}.", "2 million euros", "6 million euros", "one figure is 3 times the other"),
    ("money", "The fine came to {}.", "20 million euros", "23 million euros", "the figures are 15 % apart"),
    ("measure", "The crack is {} long.", "1.8 metres", "2 feet", "one figure is 3 times the other"),
])
def test_it_says_how_far_apart_two_answers_are(kind: str, text: str, first: str, second: str, reason: str) -> None:
    one, two = told("one", text, first, 20), told("two", text, second, 20)
    assert judged(kind, one, two).reason == reason
    assert judged(kind, two, one).reason == reason


def test_it_says_who_stands_alone() -> None:
    text = "The fine came to {}."
    found = judged("money", told("one", text, "2 million euros"), told("two", text, "2 million euros"),
                   told("three", text, "6 million euros"))
    assert found.reason == "one figure is 3 times the other; three stands alone against 2"


def test_of_three_answers_it_says_how_far_apart_they_are_at_most() -> None:
    text = "The fine came to {}."
    found = judged("money", told("one", text, "2 million euros"), told("two", text, "3 million euros"),
                   told("three", text, "5 million euros"))
    assert found.reason == "one figure is up to 2.5 times the other"


def test_a_party_named_by_a_pronoun_alone_is_not_named() -> None:
    one = source("one", "Ada Holm leads the union. She said 9,000 people marched."), "9,000"
    two = source("two", "According to the police, 4,000 people marched."), "4,000"
    assert judged("count", one, two).reason == "each side is somebody's word"


def test_nobody_stands_alone_one_to_one() -> None:
    text = "The fine came to {}."
    assert "alone" not in judged("money", told("one", text, "2 million euros"),
                                 told("two", text, "6 million euros")).reason


def test_it_names_the_day_that_two_answers_share() -> None:
    sometime = replace(source("one", "The bridge reopened on Monday."), published=PartialDate(2031, 5))
    found = judged("date", (sometime, "Monday"), told("two", "The bridge reopened on {}.", "19 May 2031"))
    assert found.reason == "19 May 2031 is a Monday: all can be the same day"


def test_it_names_the_parties_of_a_dispute() -> None:
    text = "According to the {}, 4,000 people marched."
    found = judged("count", (source("one", text.format("police")), "4,000"),
                   (source("two", text.format("union").replace("4,000", "9,000")), "9,000"))
    assert found.reason == "each side is somebody's word: the police against the union"


@pytest.mark.parametrize("kind", ["date", "duration", "time", "money"])
def test_sides_of_vague_answers_that_touch_have_a_reason_too(kind: str) -> None:
    sentence = Sentence("It was so.", 0, 10, 0, ())
    claim = Claim("a#1", "a", sentence.text, 0, 10, sentence)

    def side(low: float, high: float) -> list[Mention]:
        return [Mention(Value(kind, "so", 7, 9, Intervals((Interval(low, high),))), claim)]

    assert "can't both be true" in contradiction([side(-inf, 20), side(10, inf)])
