"""Names of common words are told as each other's translation; proper names are not."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.extraction.entities import fold
from factcheck.values.translation import translated

WORDS = st.lists(st.sampled_from(
    ["agence", "agency", "europeenne", "european", "halden", "port", "harbour", "north", "nord", "of", "arkwell"]),
    min_size=1, max_size=4).map(" ".join)


@pytest.mark.parametrize("first, second, relation", [
    ("European Safety Agency", "Agence européenne de sécurité", "equal"),
    ("High Court", "Haute Cour", "equal"),
    ("Port de Halden", "Halden Harbour", "equal"),
    ("Food Safety Agency of Halden", "Agence de sécurité alimentaire", "within"),
    ("Agence de sécurité alimentaire", "Food Safety Agency of Halden", "around"),
    ("North Quay", "Quai Sud", ""),
    ("Halden Court", "Tribunal d'Arkwell", ""),
    ("National Bank", "Federal Bank", ""),
    ("Brackley Plating", "Brackley Platings", ""),
    ("Sovalex", "Sovalix", ""),
    ("Arkwell Bank", "Arkwell Bank", ""),
])
def test_translations(first, second, relation):
    assert translated(fold(first), fold(second)) == relation


@given(WORDS, WORDS)
def test_either_order_tells_the_same(first, second):
    turned = {"within": "around", "around": "within"}
    told = translated(first, second)
    assert translated(second, first) == turned.get(told, told)
