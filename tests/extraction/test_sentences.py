"""Sentences are told apart by punctuation, also where copying glued them."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.extraction.sentences import sentence_spans


def split(text, language="fr"):
    return [text[a:b] for a, b in sentence_spans(text, language)]


@pytest.mark.parametrize("language, sentences", [
    ("fr", ["Le maire a signé.", "M. Morel n'a rien dit.", "Il part le 3 nov. au soir."]),
    ("fr", ["« C'est non ! » a-t-elle lancé.", "Le Dr. Paul L. Roux approuve."]),
    ("fr", ["La perte s'élève à 3.5 M€.", "Parler.com ne répond plus."]),
    ("en", ["The train left at 9 p.m. Wednesday.", "Mr. Hale was not aboard."]),
    ("en", ['"We waited," she said.', "The U.S. Senate voted.", "It cost $3.5 mln."]),
    ("en", ["They met in the U.S.", "The deal was signed in 1998."]),
])
def test_spaced_sentences(language, sentences):
    assert split(" ".join(sentences), language) == sentences


@pytest.mark.parametrize("text, sentences", [
    ("Le contrat est rompu.Corva a riposté.", ["Le contrat est rompu.", "Corva a riposté."]),
    ("Tout est « fini ».Mais non.", ["Tout est « fini ».", "Mais non."]),
    ("La cour l'a dit à Amazonie.ARS conteste.", ["La cour l'a dit à Amazonie.", "ARS conteste."]),
    ("Rien n'est chez ARS.La plainte tombe.", ["Rien n'est chez ARS.", "La plainte tombe."]),
    ("Voir ARS.Net et la suite.", ["Voir ARS.Net et la suite."]),
    ("Voir Corva.com et la suite.", ["Voir Corva.com et la suite."]),
])
def test_glued_sentences(text, sentences):
    assert split(text) == sentences


@given(st.text(max_size=300), st.sampled_from(["fr", "en"]))
def test_spans_are_ordered_and_keep_every_letter(text, language):
    spans = sentence_spans(text, language)
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert all(first[1] <= second[0] for first, second in zip(spans, spans[1:], strict=False))
    kept = "".join(text[a:b] for a, b in spans)
    assert [c for c in kept if c.isalpha()] == [c for c in text if c.isalpha()]
