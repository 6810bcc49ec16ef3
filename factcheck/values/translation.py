"""Names that are each other's translation: `European Forecast Agency`, `l'Agence européenne de prévision`.

Names made of common words are translated from language to language, proper ones are not. A glossary of such words tells
what each may mean; a word that stands in none of its entries means itself.
"""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from functools import cache, lru_cache
from importlib import resources

# A word beyond the glossary and its translation often share their first letters (`orbital`, `orbitaire`).
_STEM = 5
_TURNED = {"within": "around", "around": "within"}


@lru_cache(maxsize=4096)
def translated(first: str, second: str) -> str:
    """How a folded name lies to what may be its translation: `equal`, `within` (the first says more), `around`, or
    `overlap` where half of the words of each are the other's. "" where the glossary has no word of one as the
    translation of a word of the other."""
    if second < first:
        told = translated(second, first)
        return _TURNED.get(told, told)
    own, other = _words(first), _words(second)
    pairs = _matched(own, other)
    if not any(a.rstrip("s") != b.rstrip("s") and _senses(a) & _senses(b) for a, b in pairs):
        return ""
    if len(pairs) == len(own) == len(other):
        return "equal"
    if len(pairs) == min(len(own), len(other)) > 1:
        return "within" if len(own) > len(other) else "around"
    return "overlap" if 2 * len(pairs) >= max(len(own), len(other)) > 1 and len(pairs) > 1 else ""


def _words(name: str) -> list[str]:
    return [w for w in name.split() if w not in _table()[1]]


def _matched(own: list[str], other: list[str]) -> list[tuple[str, str]]:
    """The words of two names that mean the same, each taken once."""
    same = Counter(own) & Counter(other)
    pairs = [(word, word) for word in same.elements()]
    left = list((Counter(other) - same).elements())
    for word in (Counter(own) - same).elements():
        if found := next((w for w in left if _mean_alike(word, w)), None):
            left.remove(found)
            pairs.append((word, found))
    return pairs


def _mean_alike(a: str, b: str) -> bool:
    if _senses(a) & _senses(b):
        return True
    return not (_senses(a) and _senses(b)) and min(len(a), len(b)) > _STEM and a[:_STEM] == b[:_STEM]


@cache
def _senses(word: str) -> frozenset[str]:
    """The entries of the glossary that have a word, in the singular or the plural."""
    senses = _table()[0]
    return senses.get(word, frozenset()) | senses.get(word.rstrip("s"), frozenset())


@cache
def _table() -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    text = resources.files("factcheck.values").joinpath("glossary.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    found: dict[str, set[str]] = defaultdict(set)
    for entry, words in data["words"].items():
        for word in (entry, *words.split(", ")):
            found[word].add(entry)
    return {word: frozenset(entries) for word, entries in found.items()}, frozenset(data["grammar"]["small"])
