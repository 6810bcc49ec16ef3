"""Whole pages, with all the mess around the text: what of them is the article, and what their heads tell."""
from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from factcheck.model import Article
from factcheck.reading import read

PAGES = Path(__file__).parent / "pages"
EXPECTED = tomllib.loads((PAGES / "expected.toml").read_text(encoding="utf-8"))


def own_words(article: Article) -> list[str]:
    return [" ".join(article.text[p.start:p.end].split()) for p in article.paragraphs]


def printed(article: Article) -> str | None:
    date = article.published
    if date is None:
        return None
    return date.iso if date.time is None else f"{date.iso} {date.time // 60:02d}:{date.time % 60:02d}"


@pytest.mark.parametrize("name", EXPECTED)
def test_a_page_gives_its_own_words_and_nothing_else(name: str) -> None:
    found, starts = own_words(read(PAGES / name)), EXPECTED[name]["own"]
    assert [w[:len(s)] for w, s in zip(found, starts, strict=False)] == starts
    assert found[len(starts):] == []


@pytest.mark.parametrize("name", EXPECTED)
def test_a_page_gives_its_title_outlet_date_and_language(name: str) -> None:
    article, expected = read(PAGES / name), EXPECTED[name]
    assert {"title": article.title, "outlet": article.outlet, "published": printed(article),
            "language": article.language} == {k: expected.get(k) for k in ("title", "outlet", "published", "language")}
