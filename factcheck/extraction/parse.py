"""Articles into parsed sentences: spaCy's tokens, lemmas, dependencies and names, as plain dataclasses."""
from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from factcheck.errors import FactcheckError
from factcheck.extraction.sentences import sentence_spans
from factcheck.languages import load
from factcheck.model import Article, Paragraph, Sentence, Token

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SPACES = re.compile(r"\s")


@cache
def pipeline(language: str) -> Any:
    """The spaCy pipeline of a language, loaded once.

    Raises `FactcheckError` where the language's package is not installed.
    """
    import spacy

    data = load(language, "pipeline")
    package = data["package"]
    # Where the language's own rules were loaded, those that the package brings need not be compiled once more.
    exclude = ["tokenizer"] if _load_rules(data) else []
    try:
        return spacy.load(package, exclude=exclude)
    except OSError as error:
        raise FactcheckError(f"the language package {package} is not installed: install it with pip") from error


def _load_rules(data: dict[str, Any]) -> bool:
    """Load a language's rules of tokens with its own letters alone, where the data name them.

    spaCy's rules for French are one pattern of some two hundred alternatives, most of which have the letters of every
    script in them: compiling that took half of the time that loading takes. With Latin letters alone the tokens are the
    same (tests/extraction/test_parse.py).
    """
    letters = data.get("letters")
    if not letters:
        return False
    from spacy.lang import char_classes

    whole = {name: getattr(char_classes, name) for name in letters["of"]}
    try:
        for name, own in letters["of"].items():
            setattr(char_classes, name, own)
        import_module(letters["rules"])
    finally:
        for name, every in whole.items():
            setattr(char_classes, name, every)
    return True


def parse(article: Article) -> tuple[Sentence, ...]:
    """The sentences of an article's own words, in order, each parsed on its own."""
    places = [(start + p.start, end + p.start, index, p)
              for index, p in enumerate(article.paragraphs)
              for start, end in sentence_spans(article.text[p.start:p.end], article.language)]
    # Line breaks inside a sentence are layout; a space of the same width keeps the offsets.
    texts = [_SPACES.sub(" ", article.text[start:end]) for start, end, _, _ in places]
    docs = pipeline(article.language).pipe(texts)
    data = load(article.language, "pipeline")
    return tuple(_sentence(article, doc, start, end, index, paragraph, data)
                 for doc, (start, end, index, paragraph) in zip(docs, places, strict=True))


def _sentence(article: Article, doc: Doc, start: int, end: int, index: int, paragraph: Paragraph,
              data: dict[str, dict[str, str]]) -> Sentence:
    labels = data["entities"]
    words = [t for t in doc if not t.is_space]
    place = {t.i: i for i, t in enumerate(words)}
    tokens = tuple(
        Token(text=t.text, lemma=_lemma(t, data["verb_endings"]), pos=t.pos_, dep=t.dep_, head=_head(t, place),
              start=start + t.idx, end=start + t.idx + len(t.text), morph=str(t.morph),
              entity=labels.get(t.ent_type_, "") and f"{t.ent_iob_}-{labels[t.ent_type_]}")
        for t in words)
    return Sentence(article.text[start:end], start, end, index, tokens, paragraph.role)


def _lemma(token: Any, verb_endings: dict[str, str]) -> str:
    """A token's lemma, in small letters; a verb that was left as it stood gets the ending of its infinitive."""
    lemma = str(token.lemma_).lower()
    if token.pos_ == "VERB":
        for left, right in verb_endings.items():
            if lemma.endswith(left) and not lemma.endswith(right) and lemma == token.lower_:
                return lemma.removesuffix(left) + right
    return lemma


def _head(token: Any, place: dict[int, int]) -> int:
    """The index of the nearest governor that is a word (white space can govern nothing we keep)."""
    head = token.head
    while head.i not in place and head.head.i != head.i:
        head = head.head
    return place.get(head.i, place[token.i])
