"""Persons, organizations and places: the names of the article's entities as values."""
from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import DamerauLevenshtein

from factcheck.extraction.entities import fold
from factcheck.model import EntityMention, Names, Sentence, Value
from factcheck.values.context import Comparison, Context
from factcheck.values.origins import tells_origin
from factcheck.values.translation import translated

# A slip changes at most this share of a word's letters.
_SLIP = 0.25
# More where the rest of the name is the same.
_SLIP_IN_FULL = 0.34
SHORTEST = 4
# The small words of a name have no more letters.
_SMALL = 3
# A road's number is written in more ways than one (`RD 120`, `D120`).
_ROAD = re.compile(r"^r?([dn]) ?(\d{1,4})$")
# An acronym has so many letters at least.
_LETTERS = 3


def find_persons(sentences: Sequence[Sentence], context: Context) -> list[Value]:
    """The names of persons in an article, each with its full form as the possibility."""
    return _find("person", sentences, context)


def find_organizations(sentences: Sequence[Sentence], context: Context) -> list[Value]:
    """The names of organizations in an article; names of what can't be told are taken for one."""
    return _find("organization", sentences, context, "thing")


def find_places(sentences: Sequence[Sentence], context: Context) -> list[Value]:
    """The names of places in an article."""
    return _find("place", sentences, context)


def _find(kind: str, sentences: Sequence[Sentence], context: Context, *like: str) -> list[Value]:
    return [Value(kind, m.text, m.start, m.end, Names(frozenset({_ROAD.sub(r"\1\2", fold(m.entity.name))})))
            for m in context.entities if m.entity.kind in (kind, *like) and m.how not in ("pronoun", "description")
            and (kind == "person" or not _of_origin(m, sentences, context.language))]


def _of_origin(mention: EntityMention, sentences: Sequence[Sentence], language: str) -> bool:
    """Whether what is taken for a name tells where somebody is from (`the Norwegians`); a matter of `spot.py`."""
    for sentence in sentences:
        if sentence.start <= mention.start < sentence.end:
            inside = [t for t in sentence.tokens if mention.start <= t.start < mention.end]
            return tells_origin(inside, mention.text, language)
    return False


def canonical_name(value: Value) -> str:
    """The name folded: no case, accents or hyphens; several possibilities with `|` between."""
    assert isinstance(value.possible, Names)
    return "|".join(sorted(value.possible.forms))


def compare_names(a: Value, b: Value) -> Comparison:
    """How two names lie to each other: `equal`, `within` where one abbreviates the other, `overlap` where they share a
    word, else `disjoint` with the Damerau-Levenshtein distance in letters."""
    first, second = canonical_name(a), canonical_name(b)
    if first == second or (a.unit and is_slip(first, second)):
        return Comparison("equal", 0)  # of two holders of an office, a slip in the name is the name's own finding
    words, others = set(first.split()), set(second.split())
    if others < words:
        return Comparison("within", 0)
    if words < others:
        return Comparison("around", 0)
    if a.kind == "organization" and (short := _acronym(first, second)):
        return Comparison(short, 0)
    if a.kind != "person" and (relation := translated(first, second)):
        return Comparison(relation, 0)
    return Comparison("disjoint", DamerauLevenshtein.distance(first, second))


def _acronym(first: str, second: str) -> str:
    """Whether one of two folded names is the initials of the other (`ftc`, `federal trade commission`): `around`,
    `within`, or "" where it is not so."""
    if first in _initials(second):
        return "around"
    return "within" if second in _initials(first) else ""


def _initials(name: str) -> set[str]:
    """The initials of a name's words, and of its longer ones, where they are as many as an acronym has."""
    words = name.split()
    told = {"".join(w[0] for w in words), "".join(w[0] for w in words if len(w) > _SMALL)}
    return {letters for letters in told if len(letters) >= _LETTERS}


def is_slip(a: str, b: str) -> bool:
    """Whether two folded names differ by what a slip of the pen explains: `matz` and `matze`."""
    first, second = a.split(), b.split()
    if len(first) == len(second) == 1 and a.rstrip("s") == b.rstrip("s"):
        return False  # one noun in the singular and the plural
    if len(first) != len(second):  # a lone surname beside a full name
        longer, shorter = (first, second) if len(first) > len(second) else (second, first)
        last, lone = longer[-1], shorter[0]
        return len(shorter) == 1 and len(longer) <= 3 and last.rstrip("s") != lone.rstrip("s") and _close(last, lone)
    changed = [(x, y) for x, y in zip(first, second, strict=True) if x != y]
    return len(changed) == 1 and _close(*changed[0], _SLIP_IN_FULL if len(first) > 1 else _SLIP)


def _close(a: str, b: str, share: float = _SLIP) -> bool:
    if min(len(a), len(b)) < SHORTEST or a.isdigit() or b.isdigit():
        return False
    if a[0] != b[0] and a[-3:] != b[-3:]:
        return False
    distance = DamerauLevenshtein.distance(a, b)
    return 0 < distance <= max(1, int(share * max(len(a), len(b))))
