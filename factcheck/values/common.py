"""Noun phrases whose head is a common noun of the data: where they start and end, and what they are told to be of.

Places (`spot.py`) and bodies (`body.py`) told by a common noun share them: `the school's dining hall` is a dining
hall of a school, `camping des Peupliers` a campsite whose complement is a name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from factcheck.extraction.entities import fold
from factcheck.languages import available, load
from factcheck.model import Names, Sentence, Value
from factcheck.values.context import Comparison, Context
from factcheck.values.name import is_slip
from factcheck.values.numerals import parse_numerals
from factcheck.values.phrases import THINGS, Lexicon, Match, find, lexicon, phrase, plain, split
from factcheck.values.predicates import Tree

#: The qualifier of a value that is a common noun, not a proper name.
COMMON = "common"
_RELATIONS = ("equal", "within", "around", "overlap", "disjoint")
_LONGEST = 14
# The most words of a noun that a proper name opens or ends with.
_NOUN = 4
_NOMINAL = ("NOUN", "PROPN")
_MODIFIERS = ("DET", "ADJ", "NUM", "NOUN", "PROPN", "PRON", "X")
_NO_MODIFIERS = ("nsubj", "ROOT", "mark", "expletive")
_POSSESSIVE = ("'s", "'")
_OWNER = re.compile(r"(?<=\w)('s?)(?=\s|$)")


@dataclass(frozen=True)
class Nouns:
    """The nouns of one language on one topic: their phrases, what only looks like them, the data as it is."""

    phrases: Lexicon
    idioms: Lexicon
    data: dict[str, Any]


@dataclass(frozen=True)
class Head:
    """A noun of the data in a sentence: the tokens of its phrase, the one that governs them, its ids."""

    tokens: tuple[int, ...]
    top: int
    ids: frozenset[str]


@dataclass(frozen=True)
class NounPhrase:
    """A head with what stands around it: `edge` is its first token, the article included, `first` without it.

    `rest` has the ids of the nouns of the data in its complement, nearest first, `name` the proper names there, folded.
    """

    head: Head
    edge: int
    first: int
    last: int
    rest: tuple[str, ...]
    name: str


@dataclass(frozen=True)
class Form:
    """A common noun's form taken apart: its id and those of what it is in or of, and its proper name."""

    path: tuple[str, ...]
    name: str


@cache
def nouns(language: str, topic: str) -> Nouns:
    """The nouns of a topic (`places`, `bodies`) in a language, ready for look-up."""
    data = load(language, topic)
    named = [
        phrase(_OWNER.sub(r" \1", text), name, language, THINGS)
        for name, texts in data[topic].items()
        for text in split(texts)
    ]
    return Nouns(lexicon(named), lexicon([phrase(text, "", language) for text in data["idioms"]]), data)


def heads(parsed: Tree, words: Nouns, proper: Collection[int]) -> list[Head]:
    """The nouns of the data in a sentence, in order: the longest phrases, no idiom and no part of a proper name."""
    idioms = [i for i in find(parsed.tokens, words.idioms) if i.last - i.first == len(i.tokens) - 1]
    found: list[tuple[Match, set[str]]] = []
    for match in sorted(find(parsed.tokens, words.phrases), key=lambda m: (-m.weight, -len(m.tokens), m.first)):
        if any(i in proper for i in match.tokens) or any(_covers(idiom, match) for idiom in idioms):
            continue
        clash = next((f for f in found if f[0].first <= match.last and match.first <= f[0].last), None)
        if clash is None:
            if _nominal(parsed, match):
                found.append((match, {match.label}))
        elif clash[0].tokens == match.tokens:
            clash[1].add(match.label)
    return [
        Head(match.tokens, top_of(parsed, match.tokens), frozenset(ids))
        for match, ids in sorted(found, key=lambda f: f[0].first)
    ]


def _covers(idiom: Match, match: Match) -> bool:
    return idiom.weight >= match.weight and idiom.first <= match.last and match.first <= idiom.last


def _nominal(parsed: Tree, match: Match) -> bool:
    """Whether a phrase is a noun in small letters, the start of a sentence aside."""
    top = parsed.tokens[top_of(parsed, match.tokens)]
    if top.pos not in _NOMINAL:
        return False
    inside = [parsed.tokens[i].text for i in match.tokens if i > 0]
    return all(text.isupper() or not text[:1].isupper() for text in inside)


def top_of(parsed: Tree, tokens: Sequence[int]) -> int:
    """The token of a phrase that governs the others: a noun where one does."""
    outer = [i for i in tokens if parsed.tokens[i].head not in tokens or parsed.tokens[i].head == i]
    return next((i for i in outer if parsed.tokens[i].pos in _NOMINAL), (outer or list(tokens))[0])


def proper_tokens(sentence: Sentence, context: Context) -> frozenset[int]:
    """The tokens of a sentence that are part of a proper name the article is known to use."""
    spans = [(m.start, m.end) for m in context.entities if m.how in ("name", "alias", "acronym")]
    return frozenset(
        i for i, t in enumerate(sentence.tokens) if any(start < t.end and t.start < end for start, end in spans)
    )


def is_modifier(parsed: Tree, head: Head) -> bool:
    """Whether a noun only narrows another after it (`school` in `school bus`)."""
    token = parsed.tokens[head.top]
    return token.dep in ("compound", "amod", "poss", "nmod") and token.head > head.tokens[-1]


def is_counted(parsed: Tree, head: Head) -> bool:
    """Whether a figure stands before a noun (`850 pompiers`): that is a count."""
    edge = _left_edge(parsed, head)
    figures = [i for i in range(edge, head.tokens[0]) if parsed.tokens[i].pos == "NUM"]
    return any(parsed.words[i + 1] != "-" for i in figures)  # `a five-member commission` is none


def noun_phrase(parsed: Tree, head: Head, others: Iterable[Head], words: Nouns, language: str) -> NounPhrase:
    """The whole phrase of a head; `others` are the nouns of the data that may be part of its complement."""
    others = [o for o in others if o != head]
    edge = _left_edge(parsed, head)
    last = _right_end(parsed, head, {i for o in others for i in o.tokens}, words, language)
    owner = any(parsed.words[i] in _POSSESSIVE for i in range(edge, head.tokens[0]))
    first = edge
    while not owner and first < head.tokens[0] and parsed.tokens[first].pos in ("DET", "PRON", "ADV"):
        first += 1
    inside = [o for o in others if first <= o.tokens[0] and o.tokens[-1] <= last]
    after = [o for o in inside if o.tokens[0] > head.tokens[-1]]
    before = [o for o in reversed(inside) if o.tokens[-1] < head.tokens[0]]
    named = [i for i in range(first, last + 1) if i not in head.tokens and is_name(parsed, i, language)]
    _, number = _number(parsed, head, words, language)
    name = fold(" ".join([*(parsed.tokens[i].text for i in named), number]))
    return NounPhrase(head, edge, first, last, tuple(min(o.ids) for o in [*before, *after]), name)


def _number(parsed: Tree, head: Head, words: Nouns, language: str) -> tuple[int, str]:
    """The number that tells a thing from its likes (`pier six`, `le pylône numéro 7`): its last token, and it
    in digits; the end of the head and "" where there is none."""
    end = head.tokens[-1]
    i = end + 1
    if i + 1 < len(parsed.tokens) and parsed.words[i] in words.data["grammar"]["numbers"]:
        i += 1
    several = "Number=Plur" in parsed.tokens[head.top].morph  # `between towers 7 and 8`
    if several or i >= len(parsed.tokens) or parsed.tokens[i].pos != "NUM":
        return end, ""
    if not head.tokens[0] <= parsed.tokens[i].head < i:
        return end, ""
    told = parse_numerals(parsed.tokens[i].text, language)
    if len(told) != 1 or told[0].form == "fraction" or told[0].value != int(told[0].value):
        return end, ""
    return i, str(int(told[0].value))


def is_name(parsed: Tree, i: int, language: str) -> bool:
    """Whether a token is a word of a proper name: a capital, and neither a day, a month nor a small word."""
    token = parsed.tokens[i]
    if not token.text[:1].isupper() or i == 0 and token.pos != "PROPN":
        return False
    return token.pos in ("PROPN", "NOUN", "X") and plain(token.text) not in _not_names(language)


@cache
def _not_names(language: str) -> frozenset[str]:
    return frozenset(load(language, "names")["not_names"])


def _left_edge(parsed: Tree, head: Head) -> int:
    """Where a noun phrase starts: its article, adjectives, the nouns and owners before it."""
    edge = head.tokens[0]
    while edge > 0:
        token = parsed.tokens[edge - 1]
        owner = parsed.words[edge - 1] in _POSSESSIVE
        hyphen = token.text == "-" and _joined(parsed, edge - 1)  # `the north-east coast`
        inside = owner or hyphen or edge - 1 < token.head <= head.tokens[-1]
        degree = token.pos == "ADV" and parsed.tokens[token.head].pos in ("ADJ", "VERB") and token.head < head.tokens[0]
        participle = token.pos == "VERB" and token.dep == "amod"  # `a disused quarry`
        modifies = owner or hyphen or degree or participle or token.pos in _MODIFIERS
        if not inside or not modifies or token.dep in _NO_MODIFIERS:
            break
        edge -= 1
    return edge + 1 if parsed.words[edge] == "-" else edge


def is_cut_off(parsed: Tree, one: NounPhrase) -> bool:
    """Whether a hyphen joins a noun phrase to what goes before (`an out-of-court settlement`)."""
    return one.edge > 0 and parsed.words[one.edge - 1] == "-" and _joined(parsed, one.edge - 1)


def _joined(parsed: Tree, i: int) -> bool:
    """Whether no space stands around a token."""
    if not 0 < i < len(parsed.tokens) - 1:
        return False
    return parsed.tokens[i - 1].end == parsed.tokens[i].start and parsed.tokens[i].end == parsed.tokens[i + 1].start


def _right_end(parsed: Tree, head: Head, known: Collection[int], words: Nouns, language: str) -> int:
    """The last token of a noun phrase: names and adjectives right after its head, and what it is of or in."""
    end, _ = _number(parsed, head, words, language)
    while end - head.tokens[0] < _LONGEST:
        step = _adjectives(parsed, head, end, language)
        if step == end:
            step = _complement(parsed, end, known, words, language)
        if step == end:
            break
        end = step
    return end


def _adjectives(parsed: Tree, head: Head, end: int, language: str) -> int:
    """The end of a run of adjectives and names right after a token."""
    i = end + 1
    while i < len(parsed.tokens):
        token = parsed.tokens[i]
        if joins(parsed, i, language):
            i += 2
            continue
        adjective = token.pos == "ADJ" and token.dep == "amod" and head.tokens[0] <= token.head <= end
        if not adjective and not (is_name(parsed, i, language)):
            break
        if not adjective and token.dep in ("nsubj", "nsubj:pass", "nsubjpass", "ROOT", "appos"):
            break
        i += 1
    return i - 1


def _complement(parsed: Tree, end: int, known: Collection[int], words: Nouns, language: str) -> int:
    """The end of what stands after `of`, or after `in` and the like where that is a place or a name."""
    grammar, at = words.data["grammar"], end + 1
    if at + 1 >= len(parsed.tokens):
        return end
    word, start = parsed.words[at], at + 1
    while start < len(parsed.tokens) - 1 and (
        parsed.words[start] in grammar.get("determiners", ()) or parsed.tokens[start].pos in ("DET", "ADJ", "NUM")
    ):
        start += 1
    stop = start
    while stop < len(parsed.tokens) and _continues(parsed, stop, language):
        stop += 2 if joins(parsed, stop, language) else 1
    while stop > start and parsed.tokens[stop - 1].pos not in _NOMINAL:
        stop -= 1
    if stop == start:
        return end
    if word in grammar["complements"]:
        return stop - 1 if is_name(parsed, start, language) or not _of_verb(parsed, start, at) else end
    near = not _of_verb(parsed, stop - 1, at)
    there = any(i in known and near or is_name(parsed, i, language) for i in range(start, stop))
    return stop - 1 if word in grammar.get("locations", ()) and there else end


def _continues(parsed: Tree, i: int, language: str) -> bool:
    """Whether a token goes on a run of nouns, owners and what is theirs included (`the building's second floor`)."""
    owner = parsed.words[i] in _POSSESSIVE or parsed.words[i - 1] in _POSSESSIVE
    return owner or parsed.tokens[i].pos in _NOMINAL or joins(parsed, i, language)


def joins(parsed: Tree, i: int, language: str) -> bool:
    """Whether a hyphen joins the tokens around it to one name (`Sainte` `-` `Odile`)."""
    if parsed.words[i] != "-" or not 0 < i < len(parsed.tokens) - 1:
        return False
    before, after = parsed.tokens[i - 1], parsed.tokens[i + 1]
    return before.end + 1 == after.start and is_name(parsed, i + 1, language)


def _of_verb(parsed: Tree, i: int, preposition: int) -> bool:
    """Whether a complement belongs to a verb, not to the noun before it (`vendre à des assureurs des données`)."""
    governor = parsed.tokens[i].head
    if governor == preposition:
        governor = parsed.tokens[governor].head
    return parsed.tokens[governor].pos in ("VERB", "AUX")


def value_of(kind: str, sentence: Sentence, found: NounPhrase, forms: Iterable[str]) -> Value:
    """A noun phrase as a value of a kind."""
    start, end = sentence.tokens[found.first].start, sentence.tokens[found.last].end
    text = sentence.text[start - sentence.start : end - sentence.start]
    return Value(kind, text, start, end, Names(frozenset(forms)), qualifiers=(COMMON,))


def form(path: Iterable[str], name: str) -> str:
    """The form of a common noun: `dining-hall/school`, `campsite (peupliers)`."""
    return "/".join(path) + (f" ({name})" if name else "")


def taken_apart(written: str) -> Form:
    """A form as `form` wrote it, taken apart."""
    path, _, name = written.partition(" (")
    return Form(tuple(path.split("/")), name.removesuffix(")"))


@lru_cache(1 << 14)
def as_common(written: str, topic: str) -> Form | None:
    """A form taken apart, and a proper name by the noun of the topic that it opens or ends with (`Brannes Institute`)
    and the rest of it; None where there is none."""
    if written.split("/")[0].split(" (")[0] in _by_noun(topic).values():
        return taken_apart(written)
    words = written.split()
    for size in range(min(len(words) - 1, _NOUN), 0, -1):
        for noun, rest in ((words[:size], words[size:]), (words[-size:], words[:-size])):
            if found := _by_noun(topic).get(" ".join(noun)):
                return Form((found,), " ".join(rest))
    return None


def is_common(word: str, topic: str) -> bool:
    """Whether a word by itself is a noun of the topic, in any language."""
    return word in _by_noun(topic) or word in _by_noun(topic).values()


def common_ids(name: str, topic: str) -> frozenset[str]:
    """The ids of the topic's noun that a folded name is, in any language; none where it is no noun."""
    found = _by_noun(topic).get(name)
    return frozenset([found]) if found else frozenset()


@cache
def _by_noun(topic: str) -> dict[str, str]:
    """The ids of a topic's nouns, folded, in every language."""
    tables = [load(language, topic)[topic] for language in available()]
    return {fold(text): name for table in tables for name, texts in table.items() for text in split(texts)}


def compare_proper(a: str, b: str, empty: Collection[str]) -> str:
    """How two proper names of the like things lie to each other, either of them perhaps not told."""
    first, second = (frozenset(name.split()) for name in (a, b))
    if first == second or a and b and is_slip(a, b):
        return "equal"
    if first <= second or second <= first:
        return "around" if len(first) < len(second) else "within"
    return "overlap" if shares_word(a, b, empty) else "disjoint"


def closest(found: Collection[str]) -> Comparison:
    """Of the ways in which the forms of two values lie to each other, the closest, as their comparison."""
    relation = next((r for r in _RELATIONS if r in found), "incomparable")
    return Comparison(relation, None if relation == "incomparable" else 0.0 if relation != "disjoint" else 1.0)


def shares_word(a: str, b: str, empty: Collection[str]) -> bool:
    """Whether two proper names, folded, have a word in common that tells something (`saint` does not)."""
    return bool({w for w in a.split() if len(w) > 2} & set(b.split()) - set(empty))
