"""Reading the corpora of phrases: a sentence each, with the values it must give."""
from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from factcheck.extraction.parse import parse
from factcheck.model import Article, Paragraph, Sentence, Value
from factcheck.values import canonical
from factcheck.values.context import Context
from factcheck.values.count import find_counts
from factcheck.values.measure import find_measures
from factcheck.values.money import find_money
from factcheck.values.percent import find_percents

FINDERS = {"count": find_counts, "money": find_money, "percent": find_percents, "measure": find_measures}
_FOLDER = Path(__file__).parent / "corpus"


@cache
def corpus(kind: str, language: str) -> tuple[tuple[tuple[str, tuple[tuple[str, str], ...]], ...], tuple[str, ...]]:
    """The phrases of a kind with the words and the canonical form of each value, and the phrases that give none."""
    data = tomllib.loads((_FOLDER / f"{kind}_{language}.toml").read_text(encoding="utf-8"))
    phrases = tuple((p[0], tuple(zip(p[1::2], p[2::2], strict=True))) for p in data["phrases"])
    return phrases, tuple(data["none"])


def sentences_of(phrases: tuple[str, ...], language: str) -> list[tuple[Sentence, ...]]:
    """The sentences of each phrase, parsed as paragraphs of one article."""
    text, paragraphs = "", []
    for phrase in phrases:
        paragraphs.append(Paragraph(len(text), len(text) + len(phrase)))
        text += phrase + "\n\n"
    parsed = parse(Article("corpus", "corpus", text, tuple(paragraphs), language=language))
    return [tuple(s for s in parsed if s.paragraph == i) for i in range(len(phrases))]


@cache
def found_in(kind: str, language: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    """What is found in each phrase of a corpus, the negative ones behind: words and canonical form of each value."""
    phrases, none = corpus(kind, language)
    parsed = sentences_of((*(p for p, _ in phrases), *none), language)
    return tuple(tuple((v.text, canonical(v)) for v in values(kind, s, language)) for s in parsed)


def values(kind: str, sentences: tuple[Sentence, ...], language: str) -> list[Value]:
    """The values of a kind in sentences, in order."""
    return FINDERS[kind](sentences, Context(language))


def values_in(kind: str, text: str, language: str) -> list[Value]:
    """The values of a kind in one sentence."""
    return values(kind, sentences_of((text,), language)[0], language)
