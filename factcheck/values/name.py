"""Persons, organizations and places: the names of the article's entities as values."""
from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import DamerauLevenshtein

from factcheck.extraction.entities import fold
from factcheck.model import Names, Sentence, Value
from factcheck.values.context import Comparison, Context


def find_persons(sentences: Sequence[Sentence], context: Context) -> list[Value]:
    """The names of persons in an article, each with its full form as the possibility."""
    return _find("person", context)


def find_organizations(sentences: Sequence[Sentence], context: Context) -> list[Value]:
    """The names of organizations in an article; names of what can't be told are taken for one."""
    return _find("organization", context, "thing")


def find_places(sentences: Sequence[Sentence], context: Context) -> list[Value]:
    """The names of places in an article."""
    return _find("place", context)


def _find(kind: str, context: Context, *like: str) -> list[Value]:
    return [Value(kind, m.text, m.start, m.end, Names(frozenset({fold(m.entity.name)})))
            for m in context.entities if m.entity.kind in (kind, *like) and m.how != "pronoun"]


def canonical_name(value: Value) -> str:
    """The name folded: no case, accents or hyphens; several possibilities with `|` between."""
    assert isinstance(value.possible, Names)
    return "|".join(sorted(value.possible.forms))


def compare_names(a: Value, b: Value) -> Comparison:
    """How two names lie to each other: `equal`, `within` where one abbreviates the other, `overlap` where they share a
    word, else `disjoint` with the Damerau-Levenshtein distance in letters."""
    first, second = canonical_name(a), canonical_name(b)
    if first == second:
        return Comparison("equal", 0)
    words, others = set(first.split()), set(second.split())
    if others < words:
        return Comparison("within", 0)
    if words < others:
        return Comparison("around", 0)
    return Comparison("disjoint", DamerauLevenshtein.distance(first, second))
