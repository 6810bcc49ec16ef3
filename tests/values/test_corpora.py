"""Every phrase of the corpora gives its values, and the negative phrases give none."""
from __future__ import annotations

import pytest

from tests.values.corpora import FINDERS, corpus, found_in

LANGUAGES = ("fr", "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", FINDERS)
def test_each_phrase_gives_its_values(kind: str, language: str) -> None:
    phrases, _ = corpus(kind, language)
    found = found_in(kind, language)
    wrong = {phrase: got for (phrase, wanted), got in zip(phrases, found, strict=False) if got != wanted}
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", FINDERS)
def test_phrases_without_a_value_give_none(kind: str, language: str) -> None:
    phrases, none = corpus(kind, language)
    found = found_in(kind, language)[len(phrases):]
    assert {phrase: got for phrase, got in zip(none, found, strict=True) if got} == {}
