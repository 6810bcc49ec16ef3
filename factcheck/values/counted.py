"""What a number counts: the noun, what narrows it, and the class of things it belongs to."""
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from factcheck.languages import load
from factcheck.model import Sentence, Token, Value
from factcheck.values.patterns import plain

_REACH = 7
_BREAKS = re.compile(r"[,;:.()!?«»“”\"\[\]]|[–—]")
_PARTITIVE = frozenset({"de", "d'", "d’", "des", "du", "of"})
_PASSED_OVER = frozenset({"ADJ", "ADV", "DET", "NUM"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "nsubj:pass", "csubj"})
_OBJECTS = frozenset({"obj", "dobj", "obl:arg", "obl:agent"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_PLURAL = re.compile(r"[sxz]$")


@dataclass(frozen=True)
class Counted:
    """What a number counts: the lemma of the noun (`unit`), the lemmas that narrow it, and the noun's token index."""

    unit: str
    qualifiers: tuple[str, ...]
    index: int | None


@cache
def classes(language: str) -> dict[str, str]:
    """Words (lemmas and plain forms) and the class of counted things they belong to (`blessé` → `injured`)."""
    data = load(language, "counts")["classes"]
    return {word: name for name, words in data.items() for word in words}


@cache
def _data(language: str) -> dict[str, Any]:
    return load(language, "counts")


def counted_class(value: Value, language: str) -> str | None:
    """The class of what a count counts (`dead`, `injured`, `vehicle` …), the same in every language, if it has one.

    What became of people wins over what they were: `31 personnes blessées` are `injured`.
    """
    known, of = classes(language), _data(language)["classes_of"]
    unit = known.get(value.unit) or known.get(value.unit.split(" ")[0])
    fates = {known[q] for q in value.qualifiers if q in known}
    if unit in of["persons"] or not value.unit:
        for fate in of["fates"]:
            if fate in fates:
                return str(fate)
    return unit


def singular(word: str) -> str:
    """A plain form without its plural ending, as far as spelling tells."""
    word = word.lower()
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def word_class(token: Token, language: str) -> str | None:
    """The class of counted things a word belongs to by its lemma or its form."""
    known = classes(language)
    form = singular(token.text)
    feminine = form[:-1] if form.endswith("ée") else form
    return known.get(token.lemma) or known.get(form) or known.get(feminine)


def lemma_of(sentence: Sentence, index: int, language: str) -> str:
    """The lemma of a noun, hyphenated parts together; a participle that serves as a noun keeps its form."""
    token = sentence.tokens[index]
    lemma = token.lemma if token.pos in ("NOUN", "PROPN") else singular(token.text)
    known = classes(language)
    if token.pos == "NOUN" and lemma.endswith("er") and singular(token.text).endswith("eur"):
        lemma = singular(token.text)
    if lemma not in known and singular(token.text) in known:
        lemma = singular(token.text)
    if token.pos in ("NOUN", "PROPN") and lemma.endswith("er") and token.text.lower().rstrip("es").endswith("é"):
        lemma = singular(token.text)
    parts, last = [lemma], index
    while last + 2 < len(sentence.tokens):
        dash, after = sentence.tokens[last + 1], sentence.tokens[last + 2]
        if dash.text != "-" or dash.start != sentence.tokens[last].end or after.start != dash.end:
            break
        parts.append(after.lemma)
        last += 2
    return "-".join(parts)


def noun_after(sentence: Sentence, end: int, language: str) -> int | None:
    """The index of the noun that is counted by a number that ends at `end` (in the article), if one follows it."""
    tokens = sentence.tokens
    first = next((i for i, t in enumerate(tokens) if t.start >= end), len(tokens))
    previous = end
    for i in range(first, min(first + _REACH, len(tokens))):
        token = tokens[i]
        between = plain(sentence.text[previous - sentence.start:token.start - sentence.start])
        if _BREAKS.search(between) or _BREAKS.fullmatch(token.text):
            return None
        previous = token.end
        if token.text in ("-", "‑") or token.text in _POSSESSIVE:
            continue
        if token.lemma in _PARTITIVE or token.text.lower() in _PARTITIVE:
            if i > first and tokens[i - 1].pos not in ("ADJ", "NUM"):
                return None
            continue
        if i + 1 < len(tokens) and tokens[i + 1].text in _POSSESSIVE and tokens[i + 1].start == token.end:
            continue
        if token.pos == "PROPN" and not _follows_partitive(tokens, first, i) and not _PLURAL.search(token.text):
            return None
        if token.text.lower() in _data(language)["degrees"]["adverbs"]:
            continue
        if token.text.lower() in _data(language)["degrees"]["not_nouns"]:
            if token.pos in _PASSED_OVER:
                continue
            return None
        if token.pos in ("NOUN", "PROPN") or word_class(token, language):
            return i if i == first + 1 and tokens[first].text == "-" else _head(sentence, i)
        if token.pos not in _PASSED_OVER and not _modifies(tokens, i):
            return None
    return None


def _follows_partitive(tokens: tuple[Token, ...], first: int, index: int) -> bool:
    return any(t.lemma in _PARTITIVE or t.text.lower() in _PARTITIVE for t in tokens[first:index])


def _modifies(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a word is a participle before its noun (`two stolen cars`)."""
    token = tokens[index]
    return token.dep in ("amod", "compound") and token.head > index and token.head - index <= 3


def _head(sentence: Sentence, index: int) -> int:
    """The noun that carries the plural in a compound that starts at `index` (`self-service kiosks`), or its head."""
    tokens = sentence.tokens
    for i in range(index, min(index + 5, len(tokens))):
        if tokens[i].pos not in ("NOUN", "ADJ") and tokens[i].text != "-":
            break
        if tokens[i].pos == "NOUN" and "Number=Plur" in tokens[i].morph:
            return i
    while True:
        token = tokens[index]
        step = next((i for i in range(index + 1, min(index + 4, len(tokens))) if tokens[i].text != "-"), None)
        if step is None or tokens[step].pos not in ("NOUN", "PROPN", "ADJ"):
            return index
        if token.dep not in ("compound", "amod", "nmod", "npadvmod") or not index < token.head <= index + 4:
            return index
        if any(_BREAKS.fullmatch(t.text) for t in tokens[index:token.head]) or tokens[token.head].pos not in _NOUNS:
            return index
        index = token.head


def qualifiers(sentence: Sentence, index: int, start: int, language: str) -> tuple[str, ...]:
    """The lemmas that narrow a counted noun: adjectives and participles around it, and what became of it.

    `start` is where the number starts in the article.
    """
    tokens, found = sentence.tokens, []
    for i, token in enumerate(tokens):
        near = index - 5 <= i <= index + 4 and token.start >= start
        if i != index and near and token.head == index and token.pos in ("ADJ", "VERB") and token.dep not in _SUBJECTS:
            if i > index + 1 and _BREAKS.search(sentence.text[tokens[index].end - sentence.start:
                                                              token.start - sentence.start]):
                continue
            found.append(_form(token, language))
    noun = tokens[index]
    if noun.dep in _SUBJECTS | _OBJECTS and noun.head != index:
        governor = tokens[noun.head]
        fate = governor.pos != "NOUN" and word_class(governor, language)
        if fate in _data(language)["classes_of"]["fates"]:
            found.append(_form(governor, language))
    return tuple(dict.fromkeys(found))


def _form(token: Token, language: str) -> str:
    """The lemma of a qualifier; a participle whose form has a class keeps it."""
    form = singular(token.text)
    return form if token.pos == "VERB" and form in classes(language) else token.lemma


def predicate(sentence: Sentence, end: int, language: str) -> tuple[str, ...]:
    """The lemmas of the words right behind a number without a noun (`six graves`, `onze ont été blessées`)."""
    found = []
    for token in [t for t in sentence.tokens if t.start >= end][:6]:
        if _BREAKS.fullmatch(token.text):
            break
        if token.text.lower() in _data(language)["degrees"]["adverbs"]:
            found.append(singular(token.text))
            continue
        if token.pos in ("ADJ", "VERB", "ADV") or (token.pos == "NOUN" and not found):
            found.append(_form(token, language))
        if token.pos in ("VERB", "NOUN"):
            break
    return tuple(dict.fromkeys(found))
