"""Bodies told by a common noun: `la police judiciaire`, `the staff union`, `une équipe de pompiers`, `a drone crew`.

A proper name of a body is a matter of `name.py`; here are the comparisons of the two as well.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import product

from factcheck.languages import load
from factcheck.model import Names, Sentence, Value
from factcheck.values.common import (
    COMMON,
    Head,
    NounPhrase,
    Nouns,
    as_common,
    closest,
    common_ids,
    compare_proper,
    form,
    heads,
    is_counted,
    is_cut_off,
    is_modifier,
    noun_phrase,
    nouns,
    proper_tokens,
    shares_word,
    taken_apart,
    value_of,
)
from factcheck.values.context import Comparison, Context
from factcheck.values.name import compare_names
from factcheck.values.phrases import plain, split
from factcheck.values.predicates import Tree, grammar, tree
from factcheck.values.spot import find_spots, places

_MINISTRY = "ministry"
# An acronym has no more letters.
_ACRONYM = 5


@dataclass(frozen=True)
class Bodies:
    """How bodies lie to each other: the ids under a broader one, and pairs that may be one body."""

    broader: dict[str, frozenset[str]]
    alike: frozenset[frozenset[str]]
    sorts: frozenset[str]


@cache
def bodies() -> Bodies:
    """The table of bodies."""
    data = tomllib.loads(resources.files("factcheck.values").joinpath("bodies.toml").read_text(encoding="utf-8"))
    broader = {k: frozenset(v) for k, v in data["broader"].items()}
    return Bodies(broader, frozenset(map(frozenset, data["alike"])), frozenset(data["sorts"]))


def find_bodies(sentences: Sequence[Sentence], context: Context) -> list[Value]:
    """The bodies an article tells by a common noun, in order; a team of firefighters is the fire service.

    `possible` holds the common id (a ministry's with what it is for) and the proper names of the complement
    (`ministry/transport`, `police (lille)`), `qualifiers` is `common`.
    """
    words, spots, found = nouns(context.language, "bodies"), nouns(context.language, "places"), []
    where = [(v.start, v.end) for v in find_spots(sentences, context)]
    for sentence in sentences:
        if not sentence.tokens:
            continue
        parsed, proper = tree(sentence), proper_tokens(sentence, context)
        known, buildings = heads(parsed, words, proper), heads(parsed, spots, proper)
        free = [h for h in known if not (is_modifier(parsed, h) or is_counted(parsed, h))]
        free = [h for h in free if not _in_building(sentence, h, buildings, where)]
        for head in _teams_joined(parsed, free, words):
            if _acts(parsed, head, buildings, words, context.language):
                one = noun_phrase(parsed, head, (), words, context.language)
                if is_cut_off(parsed, one):
                    continue
                found.append(value_of("organization", sentence, one, _forms(parsed, one, context.language)))
    return found


def _in_building(
    sentence: Sentence, head: Head, buildings: Sequence[Head], where: Sequence[tuple[int, int]]
) -> bool:
    """Whether a noun is part of a place: of its longer phrase (`police station`), or of a place found."""
    if any(set(head.tokens) < set(b.tokens) for b in buildings):
        return True
    token = sentence.tokens[head.top]
    return any(start <= token.start < end for start, end in where)


def _teams_joined(parsed: Tree, known: Sequence[Head], words: Nouns) -> list[Head]:
    """The bodies, a team and whose it is (`une équipe de pompiers`) as one."""
    grammar = words.data["grammar"]
    joined: list[Head] = []
    for one in known:
        team = joined[-1] if joined else None
        if (
            team
            and team.tokens[-1] + 1 < one.tokens[0] <= team.tokens[-1] + 3
            and plain(parsed.tokens[team.top].lemma) in grammar["teams"]
            and parsed.words[team.tokens[-1] + 1] in grammar["complements"]
        ):
            joined[-1] = Head((*team.tokens, *one.tokens), team.top, one.ids)
        else:
            joined.append(one)
    return joined


def _acts(parsed: Tree, head: Head, buildings: Sequence[Head], words: Nouns, language: str) -> bool:
    """Whether a noun stands for a body: what could be a building as well must act or speak."""
    token, start = parsed.tokens[head.top], head.tokens[0]
    if plain(token.lemma) in words.data["grammar"]["communities"]:
        return _decides(parsed, head, words, language)
    if not any(set(head.tokens) <= set(b.tokens) for b in buildings):
        return True
    near = parsed.words[max(0, start - 3) : start]
    labels = grammar(language).labels
    acting = token.dep in labels["subject"] - labels["passive_subject"]
    return acting or any(w in words.data["grammar"]["agents"] for w in near)


def _decides(parsed: Tree, head: Head, words: Nouns, language: str) -> bool:
    """Whether a town, a region or the like does what a body does (`la région a promis`, `owned by the town`)."""
    token, rules = parsed.tokens[head.top], words.data["grammar"]
    case = next((parsed.words[i] for i in parsed.children[head.top] if parsed.tokens[i].dep == "case"), "")
    governor = parsed.tokens[token.head]
    if token.dep == "pobj":
        case, governor = plain(governor.text), parsed.tokens[governor.head]
    verb = plain(governor.lemma)
    if governor.pos != "VERB" or verb not in rules["deciding"] or "Number=Plur" in token.morph:
        return False
    labels = grammar(language).labels
    does = token.dep in labels["subject"] - labels["passive_subject"]
    return does or case in rules["owners"].get(verb, rules["doers"])


def _forms(parsed: Tree, one: NounPhrase, language: str) -> list[str]:
    portfolio = _portfolio(parsed, one, language) if _MINISTRY in one.head.ids else ""
    return [form((i, portfolio), "") if i == _MINISTRY and portfolio else form((i,), one.name) for i in one.head.ids]


def _portfolio(parsed: Tree, one: NounPhrase, language: str) -> str:
    """What a ministry is for, by the id that ministers have."""
    known = _portfolios(language)
    for i in range(one.first, one.last + 1):
        if found := known.get(" ".join(parsed.words[i : i + 2])) or known.get(parsed.words[i]):
            return found
    return ""


@cache
def _portfolios(language: str) -> dict[str, str]:
    return {word: name for name, texts in load(language, "roles")["portfolios"].items() for word in split(texts)}


def compare_bodies(a: Value, b: Value) -> Comparison:
    """How two bodies lie to each other, each a proper name or a common noun.

    Two common nouns are `equal` with one id and no names that exclude each other, `within` where one is a sort of
    the other (the judicial police is police), `overlap` where they may be one body in two words (employer and
    company), else `disjoint`. A common noun and a proper name `overlap` where they share a word; they are `disjoint`
    where the name tells that it is of another sort (`Brannes Institute`), or of another place, else `incomparable`.
    """
    assert isinstance(a.possible, Names) and isinstance(b.possible, Names)
    if COMMON not in (*a.qualifiers, *b.qualifiers):
        compared = compare_names(a, b)
        return _generic(a.possible.forms, b.possible.forms) or compared if compared.relation == "disjoint" else compared
    both = COMMON in a.qualifiers and COMMON in b.qualifiers
    relate = _relation if both else _named
    return closest({relate(x, y) for x, y in product(a.possible.forms, b.possible.forms)})


def _generic(first: Collection[str], second: Collection[str]) -> Comparison | None:
    """How two names lie to each other where one is but a noun with a capital (`Cour suprême`, `the Union`): as one body
    where both are, and mean the same in any language; a word by itself may abbreviate the other's name. None else."""
    a, b = ({i for form in forms for i in common_ids(form, "bodies")} for forms in (first, second))
    if a & b:
        return Comparison("equal", 0.0)
    for name, other in product(first, second):
        for short, long in ((name, other), (other, name)):
            if " " not in short and common_ids(short, "bodies") and _may_be(short, long):
                return Comparison("incomparable", None)
    return None


def _may_be(short: str, long: str) -> bool:
    """Whether a noun may stand for a name: for initials with its letter (`Union`, `UFS`), or what is of its sort."""
    if " " not in long:
        return len(long) <= _ACRONYM and short[0] in long
    sort = as_common(long, "bodies")
    return sort is not None and any(same_body(i, sort.path[0]) != "disjoint" for i in common_ids(short, "bodies"))


def _named(x: str, y: str) -> str:
    """How a common noun and a proper name lie to each other, in either order."""
    first, second = (one.name or " ".join(one.path) for one in map(taken_apart, (x, y)))
    if shares_word(first, second, places().empty):
        return "overlap"
    a, b = (as_common(one, "bodies") for one in (x, y))
    if a is None or b is None or not {a.path[0], b.path[0]} <= bodies().sorts:
        return "incomparable"
    ids = same_body(a.path[0], b.path[0])
    return "disjoint" if ids == "disjoint" or ids == "equal" and a.name and b.name else "incomparable"


def _relation(x: str, y: str) -> str:
    a, b = taken_apart(x), taken_apart(y)
    ids = same_body(a.path[0], b.path[0])
    if ids == "equal" and a.path != b.path:
        return "disjoint" if len(a.path) == len(b.path) else "within" if len(a.path) > len(b.path) else "around"
    if ids == "disjoint":
        return ids
    named = compare_proper(a.name, b.name, places().empty)
    if named == "disjoint":
        return named
    return named if ids == "equal" else ids


def same_body(x: str, y: str) -> str:
    """How two ids lie to each other."""
    table = bodies()
    if x == y:
        return "equal"
    if x in table.broader.get(y, ()):
        return "within"
    if y in table.broader.get(x, ()):
        return "around"
    return "overlap" if frozenset((x, y)) in table.alike else "disjoint"
