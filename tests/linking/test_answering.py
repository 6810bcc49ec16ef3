"""Names that answer a question are kept, and names that only belong to another word are not."""
from __future__ import annotations

from collections.abc import Callable

import pytest

from factcheck.linking.answering import NAMED, answers
from factcheck.model import Article
from factcheck.pipeline import extract


def answering(article: Article) -> set[str]:
    return {v.text for c in extract(article) for v in c.values
            if v.kind in NAMED and "common" not in v.qualifiers and answers(v, c)}


@pytest.mark.parametrize(("language", "text", "name"), [
    ("fr", "La capture de Paul Garnier, vendredi à Dijon, clôt l'affaire.", "Dijon"),
    ("fr", "Un tribunal fédéral de Boston a refusé de trancher.", "Boston"),
    ("fr", "C'est elle, Nadia Belkacem, qui a appelé les pompiers.", "Nadia Belkacem"),
    ("fr", "Son nom ? Nadia Belkacem.", "Nadia Belkacem"),
    ("fr", "« C'est normal », a plaisanté un agent de Transvia, l'exploitant de la ligne.", "Transvia"),
    ("fr", "Une étude de l'Université de Brannes l'a établi.", "Université de Brannes"),
    ("en", "The barge was towed to Port Marden on Friday.", "Port Marden"),
    ("en", "Step forward Neil Harker, 38, who cooked them all.", "Neil Harker"),
])
def test_a_name_that_says_who_or_where(article: Callable[..., Article], language: str, text: str, name: str) -> None:
    assert name in answering(article(text, language))


@pytest.mark.parametrize(("language", "text", "name"), [
    ("fr", "Le maire de Dijon a ouvert la séance.", "Dijon"),
    ("fr", "La plage de l'Atlantique est fermée.", "Atlantique"),
    ("fr", "Le directeur de Transvia a ouvert la séance.", "Transvia"),
    ("en", "The Marden refinery was closed.", "Marden"),
])
def test_a_name_that_only_says_whose(article: Callable[..., Article], language: str, text: str, name: str) -> None:
    assert name not in answering(article(text, language))
