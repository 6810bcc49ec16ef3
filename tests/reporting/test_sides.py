import pytest

from factcheck.reporting.meaning import meaning
from factcheck.reporting.sides import sides
from tests.reporting.sample import FINDINGS

MEANINGS = [
    ("date", "jeudi", "2021-01-21", "2021-01-21"),
    ("date", "2021-01-21", "2021-01-21", ""),
    ("date", "mi-janvier", "2021-01-10/2021-01-20", "2021-01-10 to 2021-01-20"),
    ("date", "jeudi", "2021-01-07|2021-01-14", "2021-01-07 or 2021-01-14"),
    ("date", "jeudi", "2021-01-07|2021-01-14|2021-01-21", "one of 3, 2021-01-07 to 2021-01-21"),
    ("count", "32 blessés", "32 blessé", ""),
    ("count", "trente-deux blessés", "32 blessé", "32"),
    ("count", "plus de 100", "(100, inf) mort", "more than 100"),
    ("count", "une vingtaine", "[18, 24] mort", "18 to 24"),
    ("count", "près de 300", "[285, 300)", "285 to under 300"),
    ("count", "moins de cent", "(-inf, 100)", "less than 100"),
    ("money", "1 200 000 euros", "1200000 EUR", ""),
    ("money", "1,2 million d'euros", "1200000 EUR", "1,200,000 EUR"),
    ("money", "quelque 3,5 millions", "[3400000, 3600000] EUR", "3,400,000 to 3,600,000 EUR"),
    ("percent", "42 %", "42 %", ""),
    ("percent", "42,5 %", "42.5 %", ""),
    ("measure", "quarante kilomètres", "40 km", "40 km"),
    ("measure", "nonagénaire", "[90, 99] year", "90 to 99 years"),
    ("time", "7 h 42", "07:42", "07:42"),
    ("duration", "cinq heures", "PT5H", "5 h"),
    ("duration", "deux heures et demie", "PT2H30M", "2 h 30 min"),
    ("duration", "deux à trois mois", "P2M/P3M", "2 months to 3 months"),
    ("duration", "plus d'un jour", "P1D/..", "1 day or more"),
    ("date", "avant mars", "../2032-02-29", "until 2032-02-29"),
    ("date", "depuis mars", "2032-03-01/..", "from 2032-03-01"),
    ("time", "vers midi", "11:45/12:15", "11:45 to 12:15"),
    ("person", "Hélène MAUREL", "hélène maurel", ""),
    ("outcome", "a rejeté la requête", "rejeter requête", ""),
]


@pytest.mark.parametrize(("kind", "text", "value", "shown"), MEANINGS)
def test_the_meaning_is_shown_only_where_the_words_leave_it_open(kind, text, value, shown):
    assert meaning(kind, text, value) == shown


def test_all_possibilities_are_spelled_out_on_request():
    assert meaning("date", "jeudi", "2021-01-07|2021-01-14|2021-01-21", most=5) == \
        "2021-01-07, 2021-01-14 or 2021-01-21"


def test_articles_with_the_same_words_share_a_wording_and_the_minority_comes_last():
    maurel, morel = sides(FINDINGS[1])
    assert [(w.text, [p.article for p in w.places]) for w in maurel.wordings] == [
        ("Hélène Maurel", ["agence-alpine.txt", "le-courrier-des-cimes.html"])]
    assert (maurel.mark, morel.mark) == ("", "alone")
