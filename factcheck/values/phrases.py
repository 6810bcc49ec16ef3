"""Phrases of a language's data, found in parsed sentences whatever the inflection.

A phrase is written in dictionary form, its words separated by spaces. A word stands for its inflected forms (made
by the rules of `languages/*/predicates.toml`, and what the parser takes for its lemma); `a|b` is either word, `=word`
this form only, `word/v` (`/n`, `/a`) a verb (noun, adjective) only. `..` leaves room for up to six words. `@a|b` asks
for one of these words close by, before or after, without being part of what is found. A phrase that starts with `!`
goes before others of its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from factcheck.languages import load
from factcheck.model import Token

_GAP, _NEAR, _SLACK = 6, 9, 3
# What an auxiliary, and a condition met, add to a phrase's weight, next to 1 for a full word.
_AUXILIARY, _CONDITION = 0.2, 0.5
_POS = {"v": {"VERB", "AUX", "ADJ"}, "n": {"NOUN", "PROPN"}, "a": {"ADJ", "VERB", "ADV", "NOUN"}}
# What may stand unsaid between two words of a phrase.
_SKIPPED = {"ADV", "PART", "DET", "AUX", "PRON"}
_STOPS = {".", ";", "!", "?", ":", "…"}
_EX = "ex-"
_ELIDED = re.compile(r"\b(qu|jusqu|[cdjlmnst])'(?=\w)", re.IGNORECASE)

# The tables of inflection whose forms a word stands for: any word, a noun for a thing, a noun for what somebody is.
ANY, THINGS, PERSONS = ("inflection", "plural", "feminine"), ("plural",), ("plural", "feminine")

Keys = frozenset[str]


@dataclass(frozen=True)
class Step:
    """One word of a phrase: the forms it may have, the parts of speech it may be, and how far off it may stand."""

    forms: Keys
    exact: bool = False
    pos: frozenset[str] = frozenset()
    gap: bool = False


@dataclass(frozen=True, eq=False)
class Phrase:
    """A phrase made ready: its words, the words it needs close by, and what it stands for."""

    label: str
    steps: tuple[Step, ...]
    near: Keys
    bonus: float = 0.0


@dataclass(frozen=True)
class Match:
    """A phrase found: the indices of its tokens in the sentence, what it stands for, and how much it says.

    `near` is the token that met its condition, -1 where it has none.
    """

    label: str
    tokens: tuple[int, ...]
    weight: float
    near: int = -1

    @property
    def first(self) -> int:
        """The index of its first token."""
        return self.tokens[0]

    @property
    def last(self) -> int:
        """The index of its last token."""
        return self.tokens[-1]


@dataclass(frozen=True)
class Lexicon:
    """Phrases by the forms of their first word."""

    by_first: Mapping[str, tuple[Phrase, ...]]


@cache
def _rules(language: str, tables: tuple[str, ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    data = load(language, "predicates")
    # `str.format` fills in a template many times faster than `re` does.
    return tuple((re.compile(pattern), re.sub(r"\\(\d)", r"{\1}", made)) for t in tables for pattern, made in data[t])


@cache
def forms(word: str, language: str, tables: tuple[str, ...] = ANY) -> Keys:
    """The inflected forms a word of the data stands for, itself included: those of some tables of inflection."""
    same = load(language, "predicates")["same"].get(word)
    if same is not None:
        return frozenset([word, *same])
    found = {word}
    for pattern, made in _rules(language, tables):
        if match := pattern.fullmatch(word):
            found.update(made.format(word, *match.groups("")).split())
    return frozenset(found)


def keys(token: Token) -> Keys:
    """What a token can be looked up by: the word as written, in lower case, its lemma, and either without `ex-`."""
    words: tuple[str, ...] = (plain(token.text), plain(token.lemma))
    if words[0].startswith(_EX):
        words += (words[0].removeprefix(_EX), words[1].removeprefix(_EX))
    return frozenset(words)


def plain(word: str) -> str:
    """A word in lower case with straight apostrophes."""
    return word.lower().replace("’", "'")


def split(text: str) -> list[str]:
    """The phrases of a comma-separated list of the data."""
    return [phrase.strip() for phrase in text.replace("\n", " ").split(",") if phrase.strip()]


@cache
def phrase(text: str, label: str, language: str, tables: tuple[str, ...] = ANY) -> Phrase:
    """A phrase of the data made ready for matching. One of nouns (`THINGS`, `PERSONS`) is found by its written forms,
    not by what the parser takes for a lemma (`fromage`, of `fromager`), nor in the forms of a verb (`prêt`, of
    `prêtre`)."""
    steps: list[Step] = []
    near: set[str] = set()
    gap, first = False, text.startswith("!")
    apart = load(language, "predicates")["hyphens_apart"]
    for word in _ELIDED.sub(r"\1' ", text.removeprefix("!")).split():
        if apart and "-" in word.strip("-") and not word.startswith("@") and "|" not in word:
            *parts, end = word.replace("-", " - ").split()
            steps += [_step(f"={part.lstrip('=')}", gap and not i, language, tables) for i, part in enumerate(parts)]
            word, gap = end, False
        if word == "..":
            gap = True
        elif word.startswith("@"):
            near.update(*(forms(w, language) for w in word[1:].split("|")))
        else:
            steps.append(_step(word, gap, language, tables))
            gap = False
    return Phrase(label, tuple(steps), frozenset(near), float(first))


def _step(word: str, gap: bool, language: str, tables: tuple[str, ...]) -> Step:
    if word.startswith("=") and len(word) > 1:
        return Step(frozenset([word[1:]]), True, frozenset(), gap)
    wanted: set[str] = set()
    pos: set[str] = set()
    for choice in word.split("|"):
        base, _, mark = choice.partition("/")
        wanted |= forms(base, language, tables)
        pos |= _POS.get(mark, set())
    return Step(frozenset(wanted), tables != ANY, frozenset(pos), gap)


def lexicon(phrases: Iterable[Phrase]) -> Lexicon:
    """An index of phrases by what their first word may look like."""
    index: dict[str, list[Phrase]] = {}
    for one in phrases:
        for form in one.steps[0].forms:
            index.setdefault(form, []).append(one)
    return Lexicon({form: tuple(found) for form, found in index.items()})


def find(tokens: tuple[Token, ...], lexicon: Lexicon) -> list[Match]:
    """Every phrase found in a sentence, overlapping ones and all, in order of first token."""
    known = [keys(token) for token in tokens]
    present = frozenset().union(*known)
    found = []
    for start, words in enumerate(known):
        ones = [one for word in words for one in lexicon.by_first.get(word, ()) if _possible(one, present)]
        for one in dict.fromkeys(ones) if len(words) > 1 else ones:
            if match := _match(one, tokens, known, start):
                found.append(match)
    return found


def _possible(one: Phrase, present: Keys) -> bool:
    """Whether a sentence of these words can hold a phrase: the quick test before the exact one."""
    return all(not step.forms.isdisjoint(present) for step in one.steps[1:]) and (
        not one.near or not one.near.isdisjoint(present)
    )


def _match(one: Phrase, tokens: tuple[Token, ...], known: list[Keys], start: int) -> Match | None:
    if not _fits(one.steps[0], tokens[start], known[start]):
        return None
    places = [start]
    for step in one.steps[1:]:
        place = _next(step, tokens, known, places[-1])
        if place is None:
            return None
        places.append(place)
    weight = one.bonus + sum(_AUXILIARY if tokens[i].pos == "AUX" else 1.0 for i in places)
    if not one.near:
        return Match(one.label, tuple(places), weight)
    near = _near(one.near, tokens, known, places)
    return None if near < 0 else Match(one.label, tuple(places), weight + _CONDITION, near)


def _fits(step: Step, token: Token, known: Keys) -> bool:
    if step.pos and token.pos not in step.pos:
        return False
    if step.exact:
        written = plain(token.text)
        return written in step.forms or written.removeprefix(_EX) in step.forms
    return not step.forms.isdisjoint(known)


def _next(step: Step, tokens: tuple[Token, ...], known: list[Keys], after: int) -> int | None:
    """Where the next word of a phrase stands, within the room the phrase leaves."""
    reach = _GAP + 1 if step.gap else _SLACK
    for place in range(after + 1, min(after + 1 + reach, len(tokens))):
        if _fits(step, tokens[place], known[place]):
            return place
        if tokens[place].text in _STOPS or (not step.gap and tokens[place].pos not in _SKIPPED):
            return None
    return None


def _near(words: Keys, tokens: tuple[Token, ...], known: list[Keys], places: list[int]) -> int:
    """Where one of the words stands close by, or -1."""
    for step, begin in ((-1, places[0] - 1), (1, places[0] + 1)):
        for place in range(begin, begin + step * _NEAR, step):
            if not 0 <= place < len(tokens) or tokens[place].text in _STOPS:
                break
            if place not in places and words & known[place]:
                return place
    return -1
