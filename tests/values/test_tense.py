"""How the clause around some words stands in time, by the form of its verb."""
from __future__ import annotations

import pytest

from factcheck.values.tense import verb_form_at
from tests.values.corpora import sentences_of

FORMS = [
    ("en", "The road is closed to lorries.", "closed", "present"),
    ("en", "The court rejected the request.", "rejected", "past"),
    ("en", "The company has appealed against the fine.", "appealed", "perfect"),
    ("en", "The inspectors had warned the owner.", "warned", "pluperfect"),
    ("en", "The bridge will reopen in May.", "reopen", "ahead"),
    ("fr", "La route est fermée aux camions.", "fermée", "present"),
    ("fr", "La route était fermée aux camions.", "fermée", "imperfect"),
    ("fr", "Le tribunal a rejeté la requête.", "rejeté", "perfect"),
    ("fr", "Le tribunal avait rejeté la requête.", "rejeté", "pluperfect"),
    ("fr", "Le pont rouvrira en mai.", "rouvrira", "ahead"),
    ("fr", "Un mardi de pluie.", "pluie", ""),
]


@pytest.mark.parametrize(("language", "text", "words", "form"), FORMS)
def test_the_form_of_a_verb_is_told(language: str, text: str, words: str, form: str) -> None:
    sentence = sentences_of((text,), language)[0][0]
    start = sentence.start + sentence.text.index(words)
    assert verb_form_at(sentence, start, start + len(words)) == form
