"""Causes: phrases that say why something happened, found by the words that introduce them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from factcheck.languages import load
from factcheck.model import Names, Sentence, Value
from factcheck.values.context import Comparison, Context
from factcheck.values.phrases import Lexicon, Match, find, lexicon, phrase, plain, split
from factcheck.values.predicates import Grammar, Tree, grammar, group_start, head_of, modality, polarity, subtree, tree

_CONTENT = {"NOUN", "PROPN", "ADJ", "VERB", "NUM"}
_NAMED = {"NOUN", "PROPN"}
_LONGEST, _CLAUSE = 12, 18
_BREAKS = {",", ".", ";", ":", "!", "?", "…", "(", ")", "»", "”", "—", "–"}


@dataclass(frozen=True)
class _Words:
    """The words of one language that tell causes."""

    markers: Lexicon
    cleft: frozenset[tuple[str, ...]]
    by: frozenset[str]
    ends: frozenset[str]
    empty: frozenset[str]


@cache
def _words(language: str) -> _Words:
    data = load(language, "causes")
    markers = lexicon(
        phrase(text, way, language) for way in ("after", "clause", "before", "fronted") for text in split(data[way])
    )
    return _Words(
        markers,
        frozenset(map(tuple, data["cleft"])),
        frozenset(data["by"]),
        frozenset(data["ends"]),
        frozenset(data["empty"]),
    )


def find_causes(sentences: Sequence[Sentence], context: Context) -> list[Value]:
    """The causes an article gives, in order.

    `possible` holds the lemmas of the phrase's content words, `unit` the lemma of the effect where it is found,
    `qualifiers` `negated` (`n'est pas dû à`) and how surely it is said.
    """
    return [value for sentence in sentences if sentence.tokens for value in _in_sentence(sentence, context.language)]


def _in_sentence(sentence: Sentence, language: str) -> list[Value]:
    words, rules, parsed = _words(language), grammar(language), tree(sentence)
    values: list[Value] = []
    matches = _longest(find(sentence.tokens, words.markers)) + _clefts(parsed, words) + _agents(parsed, rules, words)
    for match in matches:
        span = _cause_span(parsed, match, rules, words)
        if span is None or any(
            v.start < parsed.tokens[span[1]].end and parsed.tokens[span[0]].start < v.end for v in values
        ):
            continue
        if value := _value(sentence, parsed, match, span, rules, words):
            values.append(value)
    return sorted(values, key=lambda v: v.start)


def _longest(matches: Iterable[Match]) -> list[Match]:
    """Markers that do not overlap, the longest first."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (-m.weight, m.first)):
        if all(match.last < k.first or k.last < match.first for k in kept):
            kept.append(match)
    return kept


def _cause_span(parsed: Tree, match: Match, rules: Grammar, words: _Words) -> tuple[int, int] | None:
    """The first and last token of the cause a marker introduces."""
    if match.label == "before":
        return _subject(parsed, match, rules)
    if match.label == "cleft":
        return _trimmed(parsed, (match.first + 2, match.last - 1))
    if match.label == "fronted":
        return _presented(parsed, match, words)
    return _following(
        parsed,
        match.last + 1,
        _CLAUSE if match.label == "clause" else _LONGEST,
        words.ends if match.label == "after" else frozenset(),
    )


def _clefts(parsed: Tree, words: _Words) -> list[Match]:
    """The places of `c'est X qui`, `it was X that`: what stands between is put forward as the cause."""
    found = []
    for i in range(len(parsed.words) - 3):
        for first, second, third in words.cleft:
            if parsed.words[i : i + 2] == (first, second) and third in parsed.words[i + 3 : i + 3 + _LONGEST]:
                found.append(Match("cleft", (i, i + 1, parsed.words.index(third, i + 3)), 3.0))
                break
    return found


def _agents(parsed: Tree, rules: Grammar, words: _Words) -> list[Match]:
    """The places of `par` and `by` after a passive participle, for their noun is what did it."""
    return [
        Match("after", (i,), 1.0)
        for i, word in enumerate(parsed.words)
        if word in words.by
        and i
        and parsed.tokens[i - 1].pos in ("VERB", "ADJ", "ADV")
        and i + 1 < len(parsed.words)
        and parsed.tokens[i + 1].pos in ("DET", "NOUN", "ADJ", "NUM")
    ]


def _presented(parsed: Tree, match: Match, words: _Words) -> tuple[int, int] | None:
    """What a phrase at the head of a sentence presents: what follows the next comma, colon or linking verb."""
    if match.first > 2:
        return None
    for i in range(match.last + 1, min(match.last + _LONGEST, len(parsed.words) - 1)):
        if (
            parsed.words[i] in (",", ":")
            or parsed.tokens[i].pos == "AUX"
            and parsed.tokens[i + 1].pos in ("DET", "NOUN", "ADJ")
        ):
            return _following(parsed, i + 1, _LONGEST, words.ends)
    return None


def _subject(parsed: Tree, match: Match, rules: Grammar) -> tuple[int, int] | None:
    head = head_of(parsed, match.tokens)
    if len(match.tokens) == 1 and not _acts(parsed, head, rules):
        return None
    governor = parsed.tokens[head].head
    for verb in (head, governor):
        for child in parsed.children[verb]:
            if parsed.tokens[child].dep not in rules.labels["subject"] or child >= match.first:
                continue
            if (
                parsed.words[child] in rules.labels["relatives"]
                and parsed.tokens[parsed.tokens[verb].head].pos in _NAMED
            ):
                child = parsed.tokens[verb].head
            if parsed.tokens[child].pos not in _NAMED:
                return None
            phrase_tokens = [i for i in subtree(parsed, child) if i < match.first]
            return _trimmed(parsed, _unbroken(parsed, phrase_tokens, child))
    return None


def _acts(parsed: Tree, verb: int, rules: Grammar) -> bool:
    """Whether a verb of causing has something it brings about, an object or a clause."""
    wanted = rules.labels["object"] | {"xcomp", "ccomp"}
    return any(parsed.tokens[c].dep in wanted for c in parsed.children[verb])


def _unbroken(parsed: Tree, tokens: list[int], around: int) -> tuple[int, int]:
    """The part of a phrase around its head without a break, at most `_LONGEST` tokens."""
    first = last = around
    while first - 1 in tokens and parsed.tokens[first - 1].text not in _BREAKS:
        first -= 1
    while last + 1 in tokens and parsed.tokens[last + 1].text not in _BREAKS and last - first < _LONGEST:
        last += 1
    return first, last


def _following(parsed: Tree, first: int, longest: int, ends: frozenset[str]) -> tuple[int, int] | None:
    last = first - 1
    for i in range(first, min(first + longest, len(parsed.tokens))):
        token = parsed.tokens[i]
        if token.text in _BREAKS or (i > first and (parsed.words[i] in ends or "VerbForm=Fin" in token.morph and ends)):
            break
        last = i
    return _trimmed(parsed, (first, last)) if last >= first else None


def _trimmed(parsed: Tree, span: tuple[int, int]) -> tuple[int, int] | None:
    """A span without the small words at its ends, or None where nothing else is left."""
    first, last = span
    while first <= last and parsed.tokens[first].pos in ("DET", "ADP", "PUNCT", "SCONJ", "CCONJ", "SPACE"):
        first += 1
    while last >= first and parsed.tokens[last].pos in ("DET", "ADP", "PUNCT", "CCONJ", "SCONJ", "PRON", "AUX", "ADV"):
        last -= 1
    return (first, last) if first <= last else None


def _value(
    sentence: Sentence, parsed: Tree, match: Match, span: tuple[int, int], rules: Grammar, words: _Words
) -> Value | None:
    lemmas = {plain(t.lemma) for t in parsed.tokens[span[0] : span[1] + 1] if t.pos in _CONTENT} - words.empty
    if not any(t.pos in _NAMED or match.label == "clause" for t in parsed.tokens[span[0] : span[1] + 1]) or not lemmas:
        return None
    start = group_start(parsed, match.first, rules)
    qualifiers = ("negated",) if polarity(parsed, match.tokens, start, rules).negated else ()
    begin, end = parsed.tokens[span[0]].start, parsed.tokens[span[1]].end
    return Value(
        "cause",
        sentence.text[begin - sentence.start : end - sentence.start],
        begin,
        end,
        Names(frozenset(lemmas)),
        _effect(parsed, match, span, rules),
        qualifiers + modality(parsed, match.tokens, start, rules),
    )


def _effect(parsed: Tree, match: Match, span: tuple[int, int], rules: Grammar) -> str:
    """The lemma of what the cause brought about: the object of a verb of causing, else what the marker hangs on."""
    head = head_of(parsed, match.tokens)
    if match.label == "before":
        wanted, after = rules.labels["object"] | rules.labels["noun_complement"], True
    else:
        wanted, after = rules.labels["subject"] | rules.labels["object"], False
    for child in parsed.children[head]:
        if (
            parsed.tokens[child].dep in wanted
            and parsed.tokens[child].pos in _NAMED
            and not span[0] <= child <= span[1]
        ):
            return plain(parsed.tokens[child].lemma)
    governor = parsed.tokens[head].head
    for _ in range(3):
        if (
            not span[0] <= governor <= span[1]
            and governor not in match.tokens
            and parsed.tokens[governor].pos in _CONTENT
        ):
            return plain(parsed.tokens[governor].lemma) if governor != head or after else ""
        governor = parsed.tokens[governor].head
    return ""


def canonical_cause(value: Value) -> str:
    """The words of a cause as written, in lower case, white space plain."""
    return " ".join(plain(value.text).split())


def compare_causes(a: Value, b: Value) -> Comparison:
    """How two causes lie to each other, by their content words.

    `equal`: the same words. `within`/`around`: one has all the words of the other. `overlap`: they share some.
    `disjoint`: a cause and its denial (distance 0), or no word in common (distance 1: other words may mean the same,
    and words of two languages never meet).
    """
    assert isinstance(a.possible, Names) and isinstance(b.possible, Names)
    first, second = a.possible.forms, b.possible.forms
    if not first & second:
        return Comparison("disjoint", 1.0)
    if ("negated" in a.qualifiers) != ("negated" in b.qualifiers):
        return Comparison("disjoint", 0.0)
    if first == second:
        return Comparison("equal", 0.0)
    if first > second:
        return Comparison("within", 0.0)
    return Comparison("around" if first < second else "overlap", 0.0)
