"""An answer in its sentence, a phrase made around it, and questions to the tree it stands in."""
from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from factcheck.extraction.entities import fold
from factcheck.extraction.trees import children, span_head, subtree, tokens_between
from factcheck.model import Article, Mention, Sentence, Token

CONTENT = ("NOUN", "PROPN", "VERB", "ADJ")
VERBAL = ("VERB", "AUX")
NOMINAL = ("NOUN", "PROPN", "NUM", "SYM", "X")


@dataclass(frozen=True)
class Place:
    """An answer in its sentence: the tokens it is made of, the one that governs them, and the stretch of tokens around
    it from which a label may take words."""

    mention: Mention
    language: str
    value: frozenset[int]
    head: int
    stretch: range

    @property
    def sentence(self) -> Sentence:
        """The sentence it stands in."""
        return self.mention.claim.sentence

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens of the sentence."""
        return self.sentence.tokens


@dataclass(frozen=True)
class Phrase:
    """A part of a sentence: the tokens kept, the one all hang on, its subject, and the names put for pronouns."""

    place: Place
    kept: frozenset[int]
    anchor: int
    subject: int | None = None
    renamed: Mapping[int, str] = field(default_factory=dict)


@cache
def data() -> dict[str, Any]:
    """The data of the labels: `label.toml`."""
    text = resources.files(__package__).joinpath("label.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def place_of(mention: Mention, articles: Mapping[str, Article]) -> Place | None:
    """An answer in its sentence, or None where no word of the sentence is its."""
    sentence, value = mention.claim.sentence, mention.value
    head = span_head(sentence, value.start, value.end)
    if head is None:
        return None
    inside = frozenset(tokens_between(sentence, value.start, value.end))
    return Place(mention, articles[mention.claim.article].language, inside, head, _stretch(sentence, inside))


def _stretch(sentence: Sentence, inside: frozenset[int]) -> range:
    """The tokens around an answer up to the nearest semicolon, colon, dash or end of a quotation: a parser often ties
    words across these that have little to do with each other."""
    tokens, start, end = sentence.tokens, 0, len(sentence.tokens)
    marks = data()["marks"]
    for i, token in enumerate(tokens):
        after = tokens[i + 1].text if i + 1 < len(tokens) else ""
        spoken = token.text in marks["quotes"] and after in marks["pauses"] or (
            token.text in marks["pauses"] and after in marks["quotes"])
        if token.text in marks["breaks"] or spoken:
            if i < min(inside):
                start = i + 1
            elif i > max(inside):
                return range(start, i)
    return range(start, end)


def clausal(place: Place, index: int) -> bool:
    """Whether a word heads a clause: a verb, or the predicate of a copula."""
    token, deps = place.tokens[index], data()["dependencies"]
    below = {place.tokens[c].dep for c in children(place.sentence, index)}
    return token.pos in VERBAL and token.dep in deps["clausal"] or "cop" in below or bool(below & set(deps["subject"]))


def subject_of(place: Place, index: int) -> int | None:
    """The head of a clause's subject: its own, that of the verb it is coordinated with, or the noun it narrows."""
    subjects = data()["dependencies"]["subject"]
    own = [c for c in children(place.sentence, index) if place.tokens[c].dep in subjects]
    own = [c for c in own if c in place.stretch]
    if own:
        return own[-1] if place.tokens[own[0]].dep == "expl:subj" and len(own) > 1 else own[0]
    token = place.tokens[index]
    if token.dep == "conj" and token.head in place.stretch and token.head != index:
        joins = [i for i in range(token.head + 1, index) if place.tokens[i].dep == "cc"]
        if place.tokens[token.head].dep in data()["dependencies"]["relative"] and joins and (
                place.tokens[joins[-1] - 1].text == ","):
            return None  # `…, which did this, and does that` goes back beyond the relative clause
        return subject_of(place, token.head)
    marked = any(place.tokens[c].dep in ("mark", "case") for c in children(place.sentence, index))  # `en demandant`
    if token.dep == "acl" and _participle(token) and not marked and token.head in place.stretch:
        return token.head
    return None


def _participle(token: Token) -> bool:
    return "VerbForm=Part" in token.morph


def relative_of(place: Place, anchor: int, subject: int) -> int | None:
    """The relative pronoun that opens a clause: its subject, or another word before its verb."""
    words = data()["pronouns"]["relative"]
    if place.tokens[subject].pos == "PRON" and place.tokens[subject].text.lower() in words:
        return subject
    whole = place.tokens[anchor].dep in data()["dependencies"]["relative"]
    near = subtree(place.sentence, anchor) if whole else children(place.sentence, subject)  # `whose arches`
    return next((i for i in near if i < min(anchor, subject) and place.tokens[i].text.lower() in words), None)


def antecedent(place: Place, anchor: int, relative: int) -> int | None:
    """The noun a relative pronoun stands for: the clause's governor, else what stands right before it."""
    tokens, deps = place.tokens, data()["dependencies"]
    head = tokens[anchor].head
    if tokens[anchor].dep in deps["relative"] and tokens[head].pos in (*NOMINAL, "PRON") and head < relative:
        return head
    at = relative - 1 - (relative > 0 and tokens[relative - 1].text == ",")
    if at not in place.stretch or tokens[at].pos not in NOMINAL:
        return None
    while tokens[at].dep in deps["inner"] and tokens[at].head in place.stretch and tokens[at].head < at:
        at = tokens[at].head
    return at


def fused(place: Place) -> dict[str, str]:
    """Prepositions that have an article in them, with the article."""
    return dict(data()["fused"].get(place.language, {}))


def answers(place: Place, token: Token) -> bool:
    """Whether a word is part of another answer of the kind."""
    own = place.mention.value
    return any(v.kind == own.kind and v != own and v.start <= token.start < v.end for v in place.mention.claim.values)


def said(place: Place, token: Token) -> bool:
    """Whether a word belongs to who says it."""
    source = place.mention.claim.attribution
    return source is not None and source.start <= token.start < source.end


def stem(token: Token) -> str:
    """A word as it is compared: its dictionary form without case and accents."""
    return fold(token.lemma)
