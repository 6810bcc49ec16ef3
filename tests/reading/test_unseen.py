"""Comments in a text are no part of the article, wherever they stand."""
from pathlib import Path

import pytest

from factcheck.reading import read

TEXT = """<!-- factcheck: ignore-file money -->
Le pont ferme

Le pont de la Brise a été fermé samedi. <!-- factcheck: ignore date -->
Douze personnes attendaient ; la mairie <!-- relire
ce passage --> promet une navette.

<!-- factcheck: ignore -->
Il rouvrira lundi, selon la préfecture.
"""


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_comment_is_in_no_paragraph_and_moves_no_offset(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(TEXT, encoding="utf-8")
    article = read(tmp_path / name)
    words = [article.text[p.start:p.end] for p in article.paragraphs]
    assert article.text == TEXT
    assert not any("<!--" in w or "-->" in w or "factcheck" in w or "relire" in w for w in words)
    for part in ("Le pont ferme", "Le pont de la Brise a été fermé samedi.", "promet une navette.", "Il rouvrira"):
        assert any(part in w for w in words)
    assert article.title == "Le pont ferme"
