"""The adjectives of origin of a language (`breton`, `Scottish`), and the regions that they are of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from factcheck.extraction.entities import fold
from factcheck.languages import available, load
from factcheck.model import Token
from factcheck.values.phrases import Lexicon, find, lexicon, phrase, split


@dataclass(frozen=True)
class Origins:
    """The adjectives of origin of one language, ready for look-up, and the words in which they tell none."""

    adjectives: Lexicon
    idioms: Lexicon


@cache
def origins(language: str) -> Origins:
    """The adjectives of origin of a language."""
    data = load(language, "origins")
    named = [phrase(text, region, language) for region, (_, texts) in data["origins"].items() for text in split(texts)]
    return Origins(lexicon(named), lexicon([phrase(text, "", language) for text in data["idioms"]]))


@cache
def regions() -> dict[str, frozenset[str]]:
    """The names of each region with an adjective of its own, folded, in every language."""
    found: dict[str, set[str]] = {}
    for language in available():
        for region, (name, _) in load(language, "origins")["origins"].items():
            found.setdefault(region, set()).add(fold(name))
    return {region: frozenset(names) for region, names in found.items()}


@cache
def regions_named() -> dict[str, str]:
    """The region of each of those names."""
    return {name: region for region, names in regions().items() for name in names}


def tells_origin(tokens: Sequence[Token], name: str, language: str) -> bool:
    """Whether a name is an adjective of origin and nothing else (`Norwegians`, `the Dutch`), not the region itself."""
    if not tokens or fold(name) in regions_named():
        return False
    return any(len(m.tokens) == len(tokens) for m in find(tuple(tokens), origins(language).adjectives))
