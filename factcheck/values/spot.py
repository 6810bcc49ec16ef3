"""Places told by a common noun or an adjective of origin: `in the school's dining hall`, `par une fenêtre`, `breton`.

A proper name of a place is a matter of `name.py`; here are the comparisons of the two as well.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import product

from factcheck.extraction import gazetteer
from factcheck.extraction.entities import fold
from factcheck.languages import load
from factcheck.model import Names, Sentence, Value
from factcheck.values.common import (
    COMMON,
    Form,
    Head,
    Nouns,
    as_common,
    closest,
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
from factcheck.values.origins import origins, regions, regions_named
from factcheck.values.phrases import find, plain
from factcheck.values.predicates import Tree, grammar, tree

_SPOTS = "spots"
_CONTEXT = 5


@dataclass(frozen=True)
class Places:
    """How places lie to each other: the scale of each id, the ids under a broader one, what region is in what."""

    scale: dict[str, str]
    broader: dict[str, frozenset[str]]
    empty: frozenset[str]
    part_of: dict[str, str]


@cache
def places() -> Places:
    """The table of places."""
    data = tomllib.loads(resources.files("factcheck.values").joinpath("places.toml").read_text(encoding="utf-8"))
    return Places(
        {name: scale for scale, names in data["scale"].items() for name in names},
        {name: frozenset(names) for name, names in data["broader"].items()},
        frozenset(data["empty"]),
        data["part_of"],
    )


@cache
def _known(written: str) -> frozenset[str]:
    """The ids of the places that everybody knows by a folded name."""
    region = regions_named().get(written)
    return gazetteer.named().get(written, frozenset()) | ({region} if region else frozenset())


def find_spots(sentences: Sequence[Sentence], context: Context) -> list[Value]:
    """The places an article tells by a common noun, where the noun says where something is or is done, in order.

    `possible` holds the common id of the place and of what it is in, and the proper names of its complement
    (`dining-hall/school`, `campsite (peupliers)`), `qualifiers` is `common`.
    """
    words, acting, found = nouns(context.language, "places"), nouns(context.language, "bodies"), []
    for sentence in sentences:
        if not sentence.tokens:
            continue
        parsed = tree(sentence)
        proper, end = proper_tokens(sentence, context), -1
        bodies = heads(parsed, acting, proper)
        known = [h for h in heads(parsed, words, proper) if not any(set(h.tokens) < set(b.tokens) for b in bodies)]
        also_bodies = {i for b in bodies for i in b.tokens}
        for head in known:
            narrows = is_modifier(parsed, head) and not _of_event(parsed, head, words)
            if head.top <= end or is_counted(parsed, head) or narrows:
                continue
            one = noun_phrase(parsed, head, known, words, context.language)
            if is_cut_off(parsed, one):
                continue
            if _tells_where(parsed, head, one.edge, words, known, context.language, also_bodies):
                end = one.last
                found.append(value_of("place", sentence, one, (form((i, *one.rest), one.name) for i in head.ids)))
    return found


def find_origins(sentences: Sequence[Sentence], context: Context) -> list[Value]:
    """The adjectives of origin of an article (`breton`, `Scottish`), each with the names of its region in every
    language as the possibilities."""
    words, found = origins(context.language), []
    for sentence in sentences:
        idioms = {i for m in find(sentence.tokens, words.idioms) for i in m.tokens}
        end = -1
        for match in sorted(find(sentence.tokens, words.adjectives), key=lambda m: (m.first, -m.last)):
            token = sentence.tokens[match.last]
            if match.first <= end or set(match.tokens) & idioms or token.pos not in ("ADJ", "PROPN", "NOUN"):
                continue
            named = sentence.tokens[token.head]
            if named.start > token.end and named.text[:1].isupper():
                continue  # `the European Union`
            modifies = token.pos == "ADJ" or token.pos == "PROPN" and token.dep in ("compound", "amod")
            if not modifies and not _of_people(sentence, match.first, match.last):
                continue
            end, start = match.last, sentence.tokens[match.first].start
            text = sentence.text[start - sentence.start : token.end - sentence.start]
            found.append(Value("place", text, start, token.end, Names(regions()[match.label]), qualifiers=(COMMON,)))
    return found


def _of_people(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a word of origin stands for who comes from there (`the Danes`, `six Irlandais`)."""
    token = sentence.tokens[last]
    beside = [sentence.tokens[i] for i in (first - 1, last + 1) if 0 <= i < len(sentence.tokens)]
    if not token.text[:1].isupper() or any(t.text[:1].isupper() or t.text == "-" for t in beside):
        return False
    before = sentence.tokens[first - 1] if first else None
    if "Number=Plur" not in token.morph and fold(token.text) in regions_named():
        return False  # `la Suisse` is the country
    return "Number=Plur" in token.morph or before is not None and before.pos in ("DET", "NUM", "PRON", "ADJ")


def _tells_where(
    parsed: Tree,
    head: Head,
    edge: int,
    words: Nouns,
    known: Sequence[Head],
    language: str,
    bodies: Collection[int],
    depth: int = 0,
) -> bool:
    """Whether a noun says where: after a preposition of place, or as what a verb or noun of the data is about."""
    rules, token = words.data["grammar"], parsed.tokens[head.top]
    before = _before(parsed, edge, rules["contracted"])
    governor = parsed.tokens[token.head]
    verb = governor.head if token.dep == "pobj" else token.head
    if _base(parsed, verb) in rules["owned"]:
        return False
    if _ends_with(before, _prepositions(language)):
        return True
    if before and before[-1] in rules["agents"] and head.top not in bodies:
        return True
    if before and before[-1] in rules["bound"] and _base(parsed, verb) in rules["departing"]:
        return True
    if before and before[-1] in rules["sources"] and _base(parsed, token.head) in rules["leaving"]:
        return True
    if token.head != head.top and _about(parsed, head, rules["verbs"], language) or _of_event(parsed, head, words):
        return True
    if token.dep == "conj" and depth < 3:
        first = next((h for h in known if h.top == token.head), None)
        if first is not None:
            start = noun_phrase(parsed, first, (), words, language).edge
            return _tells_where(parsed, first, start, words, known, language, bodies, depth + 1)
    return governor == token and not any(t.pos in ("VERB", "AUX") for t in parsed.tokens)


def _before(parsed: Tree, edge: int, contracted: dict[str, str]) -> list[str]:
    """The words before a token, contractions of prepositions with an article undone."""
    found = [contracted.get(w, w) for w in parsed.words[max(0, edge - _CONTEXT) : edge]]
    article = contracted.get(parsed.words[edge]) if edge < len(parsed.words) else None
    return [*found, article] if article else found


@cache
def _prepositions(language: str) -> frozenset[str]:
    """The prepositions of place of a language, contractions in them undone (`au fond`)."""
    rules = load(language, "places")["grammar"]
    contracted = rules["contracted"]
    return frozenset(" ".join(contracted.get(w, w) for w in text.split()) for text in rules["prepositions"])


def _ends_with(before: list[str], phrases: Collection[str]) -> bool:
    """Whether one of the phrases stands right before, a `de` or `of` after it left out."""
    tails = [before, before[:-1]] if before and before[-1] in ("de", "of") else [before]
    for tail in tails:
        for size in range(1, min(len(tail), _CONTEXT) + 1):
            if " ".join(tail[-size:]) in phrases:
                return True
    return False


def _base(parsed: Tree, i: int) -> str:
    return plain(parsed.tokens[i].lemma)


def _about(parsed: Tree, head: Head, verbs: Sequence[str], language: str) -> bool:
    labels = grammar(language).labels
    token = parsed.tokens[head.top]
    if token.dep in labels["subject"] - labels["passive_subject"]:  # `the bridge closed`, not `the council closed it`
        fits = not any(parsed.tokens[i].dep in labels["object"] for i in parsed.children[token.head])
    else:
        fits = token.dep in labels["passive_subject"] | labels["object"]
    return fits and _base(parsed, token.head) in verbs


def _of_event(parsed: Tree, head: Head, words: Nouns) -> bool:
    """Whether a noun stands for where a named event was (`incendie d'un supermarché`, `the supermarket fire`)."""
    token = parsed.tokens[head.top]
    event, at = token.head, head.tokens[0]
    if token.dep == "pobj" and parsed.words[event] in words.data["grammar"]["complements"]:
        event = parsed.tokens[event].head
    if _base(parsed, event) not in words.data["grammar"]["events"] or parsed.tokens[event].pos != "NOUN":
        return False
    return event == head.tokens[-1] + 1 if event > at else token.dep in ("nmod", "pobj")


def compare_places(a: Value, b: Value) -> Comparison:
    """How two places lie to each other, each a proper name or a common noun.

    Two common nouns are `equal`, or `within` one another, where both may be one spot: the same id, a broader one, a
    room and its building, names apart that do not exclude each other. They are `disjoint` where both are of one scale
    (door and window, gym and school), or the same id with another name; else (`basement`, `supermarket`)
    `incomparable`, or `overlap` with a name in common. A common noun and a proper name `overlap` where they share a
    word, else they are `incomparable`. Regions lie in their countries.
    """
    assert isinstance(a.possible, Names) and isinstance(b.possible, Names)
    if COMMON not in (*a.qualifiers, *b.qualifiers) and not all(map(_known, a.possible.forms | b.possible.forms)):
        return compare_names(a, b)
    both = COMMON in a.qualifiers and COMMON in b.qualifiers
    return closest({_relation(x, y, both) for x, y in product(a.possible.forms, b.possible.forms)})


def _relation(x: str, y: str, both_common: bool) -> str:
    here, there = _known(x), _known(y)
    if here and there:
        return closest({_regions_relation(one, other) for one, other in product(here, there)}).relation
    a, b = taken_apart(x), taken_apart(y)
    if both_common and not here and not there:
        return _spots_relation(a, b)
    first, second = (one.name or " ".join(one.path) for one in (a, b))
    if shares_word(first, second, places().empty):
        return "overlap"
    return "disjoint" if _like_and_apart(x, y) else "incomparable"


def _like_and_apart(x: str, y: str) -> bool:
    """Whether of two things of one sort, one of them a proper name (`CHU de Lure`), each is told to be elsewhere."""
    a, b = (as_common(one, "places") for one in (x, y))
    if a is None or b is None or same_spot(a.path[0], b.path[0]) == "disjoint":
        return False
    named = all({w for w in one.name.split() if len(w) > 2} - places().empty for one in (a, b))
    return named and same_spot(a.path[0], b.path[0]) in ("equal", "within", "around")


def _regions_relation(a: str, b: str) -> str:
    if a == b:
        return "equal"
    if b in _larger(a):
        return "within"
    return "around" if a in _larger(b) else "disjoint"


@cache
def _larger(region: str) -> frozenset[str]:
    """Whatever a place lies in, directly or not."""
    around = gazetteer.lies_in().get(region, frozenset()) | {places().part_of.get(region, "")} - {""}
    return around.union(*map(_larger, around - {region}))


def _spots_relation(a: Form, b: Form) -> str:
    """How two common nouns lie to each other, by their ids, then by what they are in, then by their names."""
    ids = same_spot(a.path[0], b.path[0])
    if ids == "equal" and a.path[1:] and b.path[1:]:
        ids = "disjoint" if _exclude(a.path[1:], b.path[1:]) else "equal"
    elif ids == "equal" and a.path[1:] != b.path[1:]:
        ids = "within" if a.path[1:] else "around"
    if ids == "disjoint" or ids == "incomparable":
        inner = _nested(a, b)
        if inner:
            ids = inner
        elif _exclude(a.path, b.path):
            return "disjoint"
        else:
            return "overlap" if shares_word(a.name, b.name, places().empty) else "incomparable"
    named = compare_proper(a.name, b.name, places().empty)
    if named == "disjoint":
        # A gorge `of the Alps` and one of an unknown name may be the same.
        return "overlap" if bool(_known(a.name)) != bool(_known(b.name)) else "disjoint"
    return named if ids == "equal" else ids


def same_spot(x: str, y: str) -> str:
    """How two ids lie to each other: `disjoint` where they are two places of one scale."""
    if x == y:
        return "equal"
    table = places()
    if x in table.broader.get(y, ()):
        return "within"
    if y in table.broader.get(x, ()):
        return "around"
    return "disjoint" if table.scale.get(x, _SPOTS) == table.scale.get(y, _SPOTS) else "incomparable"


def _nested(a: Form, b: Form) -> str:
    """`within` where the first is in what the second is, `around` the other way, "" where neither is."""
    near = ("equal", "within", "around")
    if any(same_spot(x, b.path[0]) in near for x in a.path[1:]):
        return "within"
    return "around" if any(same_spot(x, a.path[0]) in near for x in b.path[1:]) else ""


def _exclude(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether two paths have places of one scale that exclude each other, and none in common."""
    found = {same_spot(x, y) for x, y in product(first, second)}
    return "disjoint" in found and not found & {"equal", "within", "around"}
