"""Names are found, told apart from common words, and gathered under one head."""
import pytest

from factcheck.extraction.entities import resolve
from factcheck.extraction.names import find_names


def names(sentences, text, language="fr"):
    parsed = sentences(text, language)
    mentions = resolve(parsed, find_names(parsed, language), language)
    return {(m.text, m.entity.name) for m in mentions if m.how != "pronoun"}


@pytest.mark.parametrize("language, text, expected", [
    ("fr", "Le maire, Odile Tavernier, a parlé. Mme Tavernier n'a rien promis.",
     {("Odile Tavernier", "Odile Tavernier"), ("Tavernier", "Odile Tavernier")}),
    ("fr", "L'entreprise Norvalis conteste. D'après Norvalis, tout va bien.", {("Norvalis", "Norvalis")}),
    ("fr", "Accident de Rive-Haute : le bilan s'alourdit.", {("Rive-Haute", "Rive-Haute")}),
    ("en", "Mayor Helen Prior spoke on Tuesday. Prior promised nothing.",
     {("Helen Prior", "Helen Prior"), ("Prior", "Helen Prior")}),
    ("en", "The Coastal Safety Board (CSB) met. The CSB said no.",
     {("Coastal Safety Board", "Coastal Safety Board"), ("CSB", "Coastal Safety Board")}),
    ("en", "Norway's Fjordal Systems declined.", {("Norway", "Norway"), ("Fjordal Systems", "Fjordal Systems")}),
])
def test_names_and_their_heads(sentences, language, text, expected):
    assert names(sentences, text, language) == expected


@pytest.mark.parametrize("language, text", [
    ("fr", "Lundi matin, rien ne bougeait. Mais le calme est revenu."),
    ("en", "On Tuesday nothing moved. However, calm returned in March."),
])
def test_days_and_first_words_are_no_names(sentences, language, text):
    assert names(sentences, text, language) == set()
