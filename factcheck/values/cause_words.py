"""The words that tell causes: one language's data (`languages/*/causes.toml`) made ready, and the kinds of causes."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from factcheck.languages import load
from factcheck.model import Token
from factcheck.values.phrases import Lexicon, Match, Phrase, find, lexicon, phrase, plain, split

#: What opens the ids of kinds among the forms of a cause: `kind:fire/spark`.
KIND = "kind:"
#: Frames that hold only for causes of a known kind, and those that do for some kinds only.
KNOWN = "known "
ONLY = "only "

_LISTS = ("ends", "empty", "inquiries", "people", "places", "denials", "times", "units")


@dataclass(frozen=True)
class CauseWords:
    """The words of one language that tell causes: its frames, its kinds, and its lists of single words."""

    frames: Lexicon
    what: Lexicon
    kinds: Lexicon
    parts: Lexicon
    lists: dict[str, frozenset[str]]
    only: dict[str, tuple[str, ...]]
    cleft: dict[str, frozenset[str]]


@cache
def cause_words(language: str) -> CauseWords:
    """The data of a language, ready for look-up."""
    data = load(language, "causes")
    told = {**data["frames"], "fronted": data["presented"]["fronted"]}
    told |= {name: data["words"][name] for name in ("finding", "breaks", "collides", "deeds")}
    told |= {KNOWN + name: text for name, text in data["known"].items()}
    told |= {f"{ONLY}{which} {name}": text for which, t in data["only"].items() for name, text in t.items()}
    words = {name: frozenset(data["words"][name]) for name in _LISTS}
    words |= {name: frozenset(data["presented"][name]) for name in ("nouns", "link")}
    return CauseWords(
        lexicon(_phrases(told, language)),
        lexicon(_phrases({"what": data["presented"]["what"]}, language)),
        lexicon(_phrases(data["kinds"], language)),
        lexicon(_phrases(data["parts"], language)),
        words,
        {which: tuple(kinds) for which, kinds in _shared()["only"].items()},
        {name: frozenset(found) for name, found in data["cleft"].items()},
    )


@cache
def _shared() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("causes.toml").read_text(encoding="utf-8"))


@cache
def components() -> frozenset[str]:
    """The kinds of parts that many machines have, as forms of a cause."""
    return frozenset(KIND + name for name in _shared()["components"])


def _phrases(table: dict[str, Any], language: str) -> Iterable[Phrase]:
    return (phrase(text, label, language) for label, listed in table.items() for text in split(listed))


def longest(matches: Iterable[Match]) -> list[Match]:
    """Matches that do not overlap, those that say most first."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (-m.weight, m.first)):
        if all(match.last < k.first or k.last < match.first for k in kept):
            kept.append(match)
    return kept


def kinds_in(tokens: Sequence[Token], first: int, last: int, words: CauseWords) -> list[Match]:
    """The kinds of causes named between two tokens of a sentence, by the tokens that name them.

    A word that only describes another noun (`fire` in `fire chief`) names none.
    """
    return longest(_named(tokens, first, last, words.kinds))


def ids_in(tokens: Sequence[Token], first: int, last: int, words: CauseWords) -> frozenset[str]:
    """The ids of what is named between two tokens, kinds and parts, without those that a finer one goes into."""
    kinds = longest(_named(tokens, first, last, words.kinds))
    parts = longest(_named(tokens, first, last, words.parts))
    taken = {i for k in kinds for i in k.tokens}
    found = {m.label for m in (*kinds, *(p for p in parts if taken.isdisjoint(p.tokens)))}
    return frozenset(i for i in found if not any(other.startswith(i + "/") for other in found))


def _named(tokens: Sequence[Token], first: int, last: int, named: Lexicon) -> list[Match]:
    inside = tuple(tokens[first : last + 1])
    moved = (
        Match(m.label, tuple(i + first for i in m.tokens), m.weight) for m in find(inside, named)
    )
    return [m for m in moved if not _describes(tokens, m)]


def _describes(tokens: Sequence[Token], match: Match) -> bool:
    """Whether the last word of a match is part of a compound that goes on behind it."""
    end = tokens[match.last]
    return end.dep == "compound" and end.head > match.last


def part_at(tokens: Sequence[Token], i: int, words: CauseWords) -> bool:
    """Whether a token is (the last word of) a thing that can break."""
    return any(i in m.tokens for m in _named(tokens, max(0, i - 1), i, words.parts))


def content_lemmas(tokens: Iterable[Token], words: CauseWords) -> frozenset[str]:
    """The lemmas of the words that say something, in lower case."""
    kept = ("NOUN", "PROPN", "ADJ", "VERB", "NUM")
    return frozenset(plain(t.lemma) for t in tokens if t.pos in kept) - words.lists["empty"]
