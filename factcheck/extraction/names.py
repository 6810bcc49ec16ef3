"""The names that stand in an article, and what each is likely to name.

Small named-entity recognizers find the edges of names well enough and mislabel invented or rare ones; so the edges
come from capitals, and the recognizer's label is one vote beside the words around (`Mme`, `la société`, `à`).
"""
from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from factcheck.extraction.trees import tokens_between
from factcheck.languages import load
from factcheck.model import Sentence, Token

_WORD = r"(?:[A-ZÀ-ÖØ-Þ][\w]*|[A-ZÀ-ÖØ-Þ]\.)(?:[-’'&][^\W_]+)*"
_ELIDED = re.compile(r"^(?:[dlDLnsjmcNSJMC]|[Qq]u)[’'](?=\w)")
_POSSESSIVE = re.compile(r"[’']s?$")

_QUOTES = ("\"", "“", "«", "‘")
# What a preposition of place right before a name or above it says, a little more than the recognizer; one that is both.
_IN, _IN_TOO = 1.25, 0.75

_COMMON = frozenset({"NOUN", "VERB", "ADJ", "ADV", "AUX", "ADP", "DET"})


@dataclass(frozen=True)
class NameMention:
    """A name as written, and the votes for what it names."""

    text: str
    start: int
    end: int
    sentence: int
    votes: tuple[tuple[str, float], ...]
    initial: bool = False


@cache
def _data(language: str) -> dict[str, frozenset[str]]:
    return {key: frozenset(words) for key, words in load(language, "names").items()}


@cache
def _pattern(language: str) -> re.Pattern[str]:
    particles = "|".join(sorted((re.escape(p) for p in load(language, "names")["particles"]), key=len, reverse=True))
    word = rf"(?:[dlDL][’'])?{_WORD}"
    return re.compile(rf"(?<![\w’'-]){word}(?:\s(?:(?:{particles})\s?){{0,2}}{word})*")


def find_names(sentences: Sequence[Sentence], language: str) -> list[NameMention]:
    """The names of an article, in order: spans of capitalized words, trimmed of words that are no names.

    A single capitalized word at the start of a sentence counts where the tagger calls it a proper noun, or the same
    word stands with its capital inside a sentence.
    """
    data = _data(language)
    found = [m for i, s in enumerate(sentences) if not _shouted(s.text) for m in _names_in(s, i, language, data)]
    inside = {m.text for m in found if not m.initial}
    known = {word for name in inside for word in name.split()}
    return [m for m in found if not m.initial or m.text in known or len(m.text.split()) > 1
            or dict(m.votes).get("proper") and len(m.votes) > 1]


def _shouted(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return sum(c.isupper() for c in letters) > 0.6 * len(letters) > 6


def _names_in(sentence: Sentence, index: int, language: str, data: dict[str, frozenset[str]]) -> list[NameMention]:
    names = []
    spans = [span for match in _pattern(language).finditer(sentence.text)
             for span in _split(sentence.text, _past_common_noun(sentence, *match.span()), match.end(), data)]
    for start, end in _institutions(sentence, spans, data):
        tokens = [sentence.tokens[i] for i in tokens_between(sentence, sentence.start + start, sentence.start + end)]
        initial = not any(c.isalnum() for c in sentence.text[:start])
        names.append(NameMention(sentence.text[start:end], sentence.start + start, sentence.start + end, index,
                                 _votes(sentence, tokens, start, end, data), initial))
    return names


def _institutions(sentence: Sentence, spans: Sequence[tuple[int, int]],
                  data: dict[str, frozenset[str]]) -> list[tuple[int, int]]:
    """The spans of names, each that opens with what an institution is drawn on over the adjectives after it and what it
    is of (`Institut agronomique de Brannes`)."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and sentence.text[found[-1][1]:start].strip() in data["joints"] and _was_drawn(sentence, found[-1]):
            found[-1] = (found[-1][0], end)
        elif any(c.isalnum() for c in sentence.text[:start]) and sentence.text[start:end].lower() in data[
                "organization_openings"]:
            found.append((start, _past_adjectives(sentence, start, end)))
        else:
            found.append((start, end))
    return found


def _was_drawn(sentence: Sentence, span: tuple[int, int]) -> bool:
    """Whether a span ends in a small letter's word: adjectives were added to it."""
    return sentence.text[span[0]:span[1]].split()[-1][:1].islower()


def _past_adjectives(sentence: Sentence, start: int, end: int) -> int:
    """Where a name ends once the adjectives right after it are part of it."""
    inside = set(tokens_between(sentence, sentence.start + start, sentence.start + end))
    i = max(inside, default=len(sentence.tokens)) + 1
    while i < len(sentence.tokens) and sentence.tokens[i].pos == "ADJ" and sentence.tokens[i].text.islower() \
            and sentence.tokens[i].dep == "amod" and sentence.tokens[i].head in inside:
        end = sentence.tokens[i].end - sentence.start
        i += 1
    return end


def _past_common_noun(sentence: Sentence, start: int, end: int) -> int:
    """Where a run starts once a common noun that only opens the sentence is left out (`Accident de Rive-Haute`)."""
    first = next((t for t in sentence.tokens if t.end > sentence.start + start), None)
    opens = not any(c.isalnum() for c in sentence.text[:start])
    if first and opens and first.pos in _COMMON and first.end < sentence.start + end and not _forename(sentence, first):
        return first.end - sentence.start
    return start


def _forename(sentence: Sentence, first: Token) -> bool:
    """Whether the parser takes the word after a sentence's first one for the rest of a person's name."""
    at = sentence.tokens.index(first)
    return any(t.dep == "flat:name" and t.head == at for t in sentence.tokens[at + 1:at + 2])


def _split(text: str, start: int, end: int, data: dict[str, frozenset[str]]) -> list[tuple[int, int]]:
    """The spans of names in a run of capitalized words: cut at words that are none, without titles and elisions."""
    words = [(start + m.start(), start + m.end()) for m in re.finditer(r"\S+", text[start:end])]
    runs: list[list[tuple[int, int]]] = [[]]
    for a, b in words:
        if elided := _ELIDED.match(text[a:b]):
            a += elided.end()
            runs.append([])
            if not text[a].isupper():
                continue
        if _is_title(text[a:b], data) and not runs[-1]:
            continue
        if text[a:b].strip(".").lower() in data["not_names"] and (not runs[-1] or text[a:b][:1].isupper()):
            runs.append([])
        elif not runs[-1] and not text[a:b][:1].isupper():
            continue
        else:
            runs[-1].append((a, b))
            if _POSSESSIVE.search(text[a:b]):
                runs.append([])
    spans = []
    for run in runs:
        while run and text[run[-1][0]:run[-1][1]] in data["particles"]:
            run.pop()
        if run:
            a, b = run[0][0], run[-1][1]
            b -= len(m.group()) if (m := _POSSESSIVE.search(text[a:b])) else 0
            if b - a > 1 and any(c.isalpha() for c in text[a:b]):
                spans.append((a, b))
    return spans


def _is_title(word: str, data: dict[str, frozenset[str]]) -> bool:
    """Whether a capitalized word before a name is a title or an office (`Mayor`, `PDG`), no part of the name."""
    return word.lower() in data["person_titles"] or word.lower() in data["person_nouns"]


def _votes(sentence: Sentence, tokens: list[Token], start: int, end: int,
           data: dict[str, frozenset[str]]) -> tuple[tuple[str, float], ...]:
    """Votes for each kind of entity, from the recognizer and from the words around."""
    votes: defaultdict[str, float] = defaultdict(float)
    for label in {t.entity[2:] for t in tokens if t.entity}:
        votes[label] += 1.0
    if tokens and sum(t.pos == "PROPN" for t in tokens) * 2 > len(tokens):
        votes["proper"] += 1.0
    before = re.findall(r"[\w.’'-]+", sentence.text[:start].lower())[-3:]
    last = before[-1].split("’")[-1].split("'")[-1] if before else ""
    near = {w.split("’")[-1].split("'")[-1] for w in before}
    words = sentence.text[start:end].lower().split()
    votes["person"] += 3.0 * (last in data["person_titles"]) + 2.0 * (last in data["person_nouns"])
    votes["organization"] += 2.0 * bool(near & data["organization_nouns"])
    votes["organization"] += 3.0 * (words[-1] in data["organization_endings"] and len(words) > 1)
    votes["place"] += 1.5 * bool(near & data["place_nouns"]) + _IN * (last in data["place_prepositions"])
    if governed := _by_preposition(sentence, tokens, data):
        votes[governed] += _IN_TOO if last in data["place_prepositions"] else _IN
    votes["organization"] += 2.5 * (words[0] in data["organization_openings"])
    votes["place"] += 2.0 * (sentence.text[start - 1:start] not in _QUOTES and _names_place(words, data))
    for kind in _beside(sentence, tokens, data):
        votes[kind] += 2.0
    if re.match(r",\s+(?:\d\d\b|aged?\b)", sentence.text[end:]):
        votes["person"] += 3.0
    if len(words) == 1 and sentence.text[start:end].isupper():
        votes["organization"] += 1.0
    if 2 <= len(words) <= 3 and all(w[:1].isalpha() for w in words):
        votes["person"] += 0.5
    return tuple(sorted((k, v) for k, v in votes.items() if v))


def _names_place(words: Sequence[str], data: dict[str, frozenset[str]]) -> bool:
    """Whether a name opens or ends with what a place is (`Mont Arvel`, `Pont-Maray`, `Ashby Bridge`)."""
    if len(words) == 1:
        opening = words[0].split("-")[0]
        return opening in data["place_openings"] and opening != words[0]
    return words[0] in data["place_openings"] or words[-1] in data["place_endings"]


def _by_preposition(sentence: Sentence, tokens: Sequence[Token], data: dict[str, frozenset[str]]) -> str:
    """What the preposition that governs a name tells it to be: a place (`in`, and `to` after a verb of going), or who
    somebody works for (`an agent at Norva`)."""
    inside = {t.start for t in tokens}
    governors = [sentence.tokens[t.head] for t in tokens if t.dep == "pobj"]
    for preposition in (g for g in governors if g.start not in inside):
        word, governor = preposition.text.lower(), sentence.tokens[preposition.head].lemma.lower()
        if word in data["workplaces"] and _is_person(governor, data):
            return "organization"
        there = word in data["place_prepositions"] and governor not in data["not_places"]
        if there or word in data["towards"] and governor in data["going"]:
            return "place"
    return ""


def _beside(sentence: Sentence, tokens: Sequence[Token], data: dict[str, frozenset[str]]) -> list[str]:
    """What the nouns in apposition to a name tell it to be (`X, a maker of tiles`, `X, the yard's foreman`)."""
    starts = {t.start for t in tokens}
    beside = [t for t in sentence.tokens
              if t.dep == "appos" and t.pos == "NOUN" and "Number=Plur" not in t.morph
              and sentence.tokens[t.head].start in starts and t.start not in starts]
    found = []
    for lemma in (t.lemma.lower() for t in beside):
        body, person = lemma in data["organization_nouns"] | data["descriptions"], _is_person(lemma, data)
        if body != person:  # an owner may be either
            found.append("organization" if body else "person")
    return found


def _is_person(lemma: str, data: dict[str, frozenset[str]]) -> bool:
    """Whether a noun is one for a person: a known one, or by its ending (`scaffolder`)."""
    if lemma in data["person_nouns"]:
        return True
    things = data["organization_nouns"] | data["descriptions"] | data["not_persons"]
    return len(lemma) > 4 and lemma not in things and lemma.endswith(tuple(data["person_endings"]))
