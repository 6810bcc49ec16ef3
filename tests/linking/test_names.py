"""Near-identical names of one entity are told from names of two."""
import pytest

from factcheck.linking.names import name_facts
from factcheck.pipeline import extract
from factcheck.values.name import is_slip


@pytest.mark.parametrize("a, b", [
    ("john matz", "john matze"), ("clara eklund", "clara ecklund"), ("hugo tavernier", "hugo taverniez"),
    ("ingrid solly", "ingrid sollie"), ("grandpre", "grandprez"),
])
def test_slips(a, b):
    assert is_slip(a, b)


@pytest.mark.parametrize("a, b", [
    ("anna roux", "paul roux"), ("paris", "madrid"), ("clara eklund", "clara ferrand"), ("norvalis", "norvalis group"),
    ("share", "shares"), ("lot 12", "lot 13"), ("ann lee", "ann low park"), ("tremaynes", "isabel tremayne"),
])
def test_other_names(a, b):
    assert not is_slip(a, b)


def facts(article, *texts):
    articles = [article(text, "fr", name=f"{n}.txt") for n, text in enumerate(texts)]
    return name_facts(articles, [c for a in articles for c in extract(a)])


def test_a_slip_across_articles_is_one_fact(article):
    found = facts(article, "La maire, Odile Tavernier, a signé.", "Odile Tavernié, la maire, a signé hier.")
    assert [{m.value.text for m in f.mentions} for f in found] == [{"Odile Tavernier", "Odile Tavernié"}]


def test_two_persons_of_one_article_stay_two(article):
    both = "Le maire Paul Moret et l'adjoint Paul Morel ont signé avec Paul Moret."
    assert all(len({m.value.text for m in f.mentions}) == 1 for f in facts(article, both, "Paul Moret a signé."))


def test_a_name_taken_for_two_kinds_is_one_fact_of_one_kind(article):
    found = facts(article, "La maire, Odile Tavernier, a signé.", "Le groupe Odile Tavernié a signé hier.")
    assert [({m.value.kind for m in f.mentions}, len({m.value.text for m in f.mentions})) for f in found] == [
        ({f.kind for f in found}, 2)]
