"""Dates and lengths of two articles, compared."""
from __future__ import annotations

from dataclasses import replace

import pytest

from factcheck.model import PartialDate, Value
from factcheck.pipeline import extract
from factcheck.values import compare
from tests.conftest import make_article


def value(kind: str, text: str, language: str = "en", published: tuple[int, int, int] = (2025, 10, 7)) -> Value:
    """The first value of a kind in an article of one sentence."""
    article = replace(make_article(text, language), published=PartialDate(*published))
    return next(v for claim in extract(article) for v in claim.values if v.kind == kind)


def test_a_month_without_a_year_is_the_same_whichever_way_it_is_looked_at():
    ahead = value("date", "The inquiry will report in March.")
    back = value("date", "Its findings came in March, the ministry said.")
    assert ahead.possible != back.possible
    assert compare(ahead, back).relation == compare(back, ahead).relation == "overlap"


@pytest.mark.parametrize("other", ["Its findings came in March 2025.", "Its findings came in April, it said."])
def test_a_year_that_is_told_counts_and_so_does_the_month(other):
    ahead = value("date", "The inquiry will report in March.")
    assert compare(ahead, value("date", other)).relation == "disjoint"


@pytest.mark.parametrize(("first", "second", "relation"), [
    ("La prise d'otages a duré cinq heures.", "La prise d'otages a duré 5 h 15.", "equal"),
    ("Le vol a duré quatre minutes.", "Le vol a duré 4 minutes et 12 secondes.", "equal"),
    ("La fouille a pris trois jours.", "La fouille a pris 70 heures.", "equal"),
    ("La fouille a pris trois jours.", "La fouille a pris 62 heures.", "disjoint"),
    ("Le vol a duré sept minutes.", "Le vol a duré cinq minutes.", "disjoint"),
])
def test_a_length_in_whole_units_may_be_a_finer_one_rounded(first, second, relation):
    assert compare(value("duration", first, "fr"), value("duration", second, "fr")).relation == relation


def test_a_modifier_belongs_to_the_length_after_it():
    assert value("duration", "Il avait 51 ans et plus de quatre mille heures de vol.", "fr").text.startswith("plus de")


def test_a_country_is_one_in_every_language():
    italy, italie = value("place", "They were made in Italy."), value("place", "Faites en Italie, elles cèdent.", "fr")
    germany = value("place", "They were made in Germany.")
    assert compare(italy, italie).relation == "equal"
    assert compare(germany, italie).relation == "disjoint"
