"""Causes: phrases that say why something happened, found by the words that tell them, and how two of them compare."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from factcheck.model import Names, Sentence, Value
from factcheck.values import cause_spans as spans
from factcheck.values.cause_spans import NAMED, Span
from factcheck.values.cause_words import (
    KIND,
    KNOWN,
    ONLY,
    CauseWords,
    cause_words,
    components,
    content_lemmas,
    ids_in,
    kinds_in,
)
from factcheck.values.context import Comparison, Context
from factcheck.values.phrases import Match, find, plain
from factcheck.values.predicates import Grammar, Tree, grammar, group_start, head_of, modality, polarity, tree

# Which way of telling a cause goes first where two claim the same words.
_RANKS = {"cleft": 0, "identified": 0, "between": 0, "reasons": 0, "breaks": 3, "collides": 3, "deeds": 3}
_WEAK = 2
_CLAUSES = frozenset(("clause", "breaks", "collides", "deeds"))
_WORDLESS = _CLAUSES | {"reasons"}
_BEFORE = frozenset(("before", "blamed", "cleared"))
_NEAR, _SHORT = 3, 4
_DENYING = frozenset(("cleared", "excluded"))
_ENDS_QUESTION = " »”\"’'"


@dataclass(frozen=True)
class _Told:
    """A cause and the words that tell it, as places in a sentence; `frame` is the way it is told.

    `known`: only a cause of a known kind, and of one of the families of kinds named by `only` where there is one.
    """

    frame: str
    match: Match
    span: Span
    known: bool = False
    only: str = ""

    @property
    def rank(self) -> tuple[int, float, int]:
        """What goes first."""
        return _WEAK if self.known else _RANKS.get(self.frame, 1), -self.match.weight, self.match.first


def find_causes(sentences: Sequence[Sentence], context: Context) -> list[Value]:
    """The causes an article gives, in order; what is only asked is none.

    `possible` holds the lemmas of the phrase's content words and, as `kind:…`, the kinds of causes it names; `unit` the
    lemma of the effect where it is found, `qualifiers` `negated` (`n'est pas dû à`) and how surely it is said.
    """
    return [
        value
        for sentence in sentences
        if sentence.tokens and not sentence.text.rstrip(_ENDS_QUESTION).endswith("?")
        for value in _in_sentence(sentence, context.language)
    ]


def _in_sentence(sentence: Sentence, language: str) -> list[Value]:
    words, rules, parsed = cause_words(language), grammar(language), tree(sentence)
    values: list[Value] = []
    for told in _chosen(t for t in _all_told(parsed, rules, words) if _holds(parsed, t, words)):
        if value := _value(sentence, parsed, told, rules, words):
            values.append(value)
    return sorted(values, key=lambda v: v.start)


def _all_told(parsed: Tree, rules: Grammar, words: CauseWords) -> Iterable[_Told]:
    """Every cause some words tell, whatever its kind, overlapping ones and all."""
    for match in spans.clefts(parsed, words):
        if span := spans.in_cleft(parsed, match, words):
            yield _Told("cleft", match, span)
    for match, span in spans.identified(parsed, words):
        yield _Told("identified", match, span)
    for match in find(parsed.tokens, words.frames):
        frame = match.label.rpartition(" ")[2]
        only = match.label.split()[1] if match.label.startswith(ONLY) else ""
        if found := _span(parsed, frame, match, rules, words):
            yield _Told(frame, match, found, bool(only) or match.label.startswith(KNOWN), only)


def _span(parsed: Tree, frame: str, match: Match, rules: Grammar, words: CauseWords) -> Span | None:
    """The first and last token of the cause that a match of a frame tells."""
    if frame in _BEFORE:
        return spans.subject_of(parsed, match, rules) if frame != "before" or spans.acts(parsed, match, rules) else None
    if frame == "between" or (frame == "reasons" and match.last - match.first <= _SHORT):
        return spans.trimmed(parsed, (match.first + 1, match.last - 1))
    if frame == "reasons":
        return None
    if frame == "fronted":
        return spans.presented(parsed, match, words)
    if frame == "breaks":
        return spans.broken(parsed, match, rules, words)
    if frame == "collides":
        return spans.obstacle(parsed, match, words)
    if frame == "deeds":
        return match.first, match.last
    if frame == "finding" and not _inquires(parsed, match, rules, words):
        return None
    if _stray(parsed, frame, match, words):
        return None
    return spans.following(parsed, match.last + 1, words, frame == "clause")


def _stray(parsed: Tree, frame: str, match: Match, words: CauseWords) -> bool:
    """Whether words that tell a cause stand there by chance: `le car`, `due to resume`, words too far apart."""
    last, before = match.last, match.tokens[-2] if len(match.tokens) > 1 else match.last - 1
    if frame == "clause":
        alone = len(match.tokens) == 1 and match.first > 0 and parsed.tokens[match.first - 1].pos in ("DET", "ADJ")
        return alone or before != last - 1
    if parsed.words[last] == "à" and "VerbForm=Inf" in parsed.tokens[min(last + 1, len(parsed.tokens) - 1)].morph:
        return True
    if parsed.words[last] == "par" and len(match.tokens) == 1 and _named_before(parsed, last, words):
        return True  # `une attaque par rançongiciel`: what it is, not why
    return parsed.tokens[last].pos == "PART" or any(parsed.words[i] == "," for i in range(match.first, last))


def _named_before(parsed: Tree, i: int, words: CauseWords) -> bool:
    """Whether a noun other than a measure of time stands right before a token."""
    token = parsed.tokens[max(0, i - 1)]
    return token.pos == "NOUN" and plain(token.lemma) not in words.lists["units"]


def _inquires(parsed: Tree, match: Match, rules: Grammar, words: CauseWords) -> bool:
    """Whether the subject of a verb of finding is an inquiry or who makes it."""
    head = head_of(parsed, match.tokens)
    return any(
        parsed.tokens[c].dep in rules.labels["subject"] and plain(parsed.tokens[c].lemma) in words.lists["inquiries"]
        for c in (*parsed.children[head], *parsed.children[parsed.tokens[head].head])
    )


def _holds(parsed: Tree, told: _Told, words: CauseWords) -> bool:
    """Whether a span can be a cause, and is of a known kind where the words that tell it ask for one."""
    first, last = told.span
    inside = range(first, last + 1)
    kinds = kinds_in(parsed.tokens, first, last, words)
    if told.frame not in _WORDLESS and not kinds and not any(parsed.tokens[i].pos in NAMED for i in inside):
        return False
    head = parsed.tokens[head_of(parsed, inside)]
    opening = parsed.tokens[first]
    if told.frame == "before" and plain(head.lemma) in words.lists["places"]:
        return False
    if told.frame in ("punished", "finding", "by") and (opening.pos in ("NUM", "PROPN") or _person(head.lemma, words)):
        return False
    if told.only:
        near = ids_in(parsed.tokens, first, min(last, first + _NEAR), words)
        return any(i.startswith(words.only[told.only]) for i in near)
    if not told.known or told.frame == "by":
        return not (told.known and head.pos == "PROPN")
    if parsed.words[told.match.first] in words.lists["times"] and _only_dates(parsed, told, words):
        return False
    if told.frame in ("after", "excluded"):
        return any(head_of(parsed, inside) in k.tokens or k.first <= first + 1 for k in kinds)
    return bool(kinds)


def _only_dates(parsed: Tree, told: _Told, words: CauseWords) -> bool:
    """Whether `after X` says when rather than why: so long after it, or after what a number tells apart from others."""
    before = parsed.tokens[max(0, told.match.first - _NEAR) : told.match.first]
    inside = parsed.tokens[told.span[0] : told.span[1] + 1]
    return any(plain(t.lemma) in words.lists["units"] for t in before) or any(t.text.isdigit() for t in inside)


def _person(lemma: str, words: CauseWords) -> bool:
    return plain(lemma) in words.lists["people"]


def _chosen(told: Iterable[_Told]) -> list[_Told]:
    """The causes that share no word, and whose telling words are told of no other, the surest first."""
    kept: list[_Told] = []
    for one in sorted(told, key=lambda t: t.rank):
        if not any(_clash(one, k) for k in kept):
            kept.append(one)
    return kept


def _clash(a: _Told, b: _Told) -> bool:
    if a.frame == "breaks" and 0 < b.match.first - a.span[1] <= _NEAR:
        # `le toit a cédé sous la neige`: what broke is the effect.
        return True
    overlap = a.span[0] <= b.span[1] and b.span[0] <= a.span[1]
    return overlap or not set(a.match.tokens).isdisjoint(b.match.tokens)


def _value(sentence: Sentence, parsed: Tree, told: _Told, rules: Grammar, words: CauseWords) -> Value | None:
    first, last = told.span
    tokens, match = parsed.tokens[first : last + 1], told.match
    lemmas = content_lemmas(tokens, words)
    if not lemmas:
        return None
    start = group_start(parsed, match.first, rules)
    denied = told.frame in _DENYING or _denied(parsed, told, start, rules, words)
    kinds = {KIND + i for i in ids_in(parsed.tokens, first, last, words)}
    return Value(
        "cause",
        sentence.text[tokens[0].start - sentence.start : tokens[-1].end - sentence.start],
        tokens[0].start,
        tokens[-1].end,
        Names(lemmas | kinds),
        _effect(parsed, told, rules),
        (("negated",) if denied else ()) + modality(parsed, match.tokens, start, rules),
    )


def _denied(parsed: Tree, told: _Told, start: int, rules: Grammar, words: CauseWords) -> bool:
    """Whether it is said not to be the cause: by a word within what tells it, or around its verb.

    A connective is denied by the word before it only: in `n'a pas coulé à cause de X`, X is a cause.
    """
    match = told.match
    if told.frame == "cleft":
        return any(parsed.words[i] in words.cleft["denials"] for i in match.tokens)
    if parsed.tokens[match.first].pos in ("ADP", "SCONJ", "CCONJ"):
        return parsed.words[max(0, match.first - 1)] in words.lists["denials"]
    if any(parsed.words[i] in words.lists["denials"] for i in range(match.first, match.last)):
        return True
    return polarity(parsed, told.match.tokens, start, rules).negated


def _effect(parsed: Tree, told: _Told, rules: Grammar) -> str:
    """The lemma of what the cause brought about: the object of a verb of causing, else what its words hang on."""
    match, span = told.match, told.span
    head, before = head_of(parsed, match.tokens), told.frame in _BEFORE
    wanted = rules.labels["object"] | rules.labels["noun_complement" if before else "subject"]
    for child in parsed.children[head]:
        token = parsed.tokens[child]
        if token.dep in wanted and token.pos in NAMED and not span[0] <= child <= span[1]:
            return plain(token.lemma)
    governor = parsed.tokens[head].head
    for _ in range(3):
        token = parsed.tokens[governor]
        if not span[0] <= governor <= span[1] and governor not in match.tokens and token.pos in _EFFECTS:
            return plain(token.lemma)
        governor = token.head
    return ""


_EFFECTS = frozenset(("NOUN", "PROPN", "ADJ", "VERB", "NUM"))


def canonical_cause(value: Value) -> str:
    """The words of a cause as written, in lower case, white space plain."""
    return " ".join(plain(value.text).split())


def compare_causes(a: Value, b: Value) -> Comparison:
    """How two causes lie to each other, by the kinds they name and by their content words.

    `equal`: the same words, or little more than one kind. `within`/`around`: one has all the words of the other, or a
    finer kind. `overlap`: they share a kind or a word. `disjoint`: a cause and its denial (distance 0), or two kinds
    that have nothing to do with each other (distance 0.5). `incomparable`: no word in common, and no kind to tell.
    """
    assert isinstance(a.possible, Names) and isinstance(b.possible, Names)
    first, second = a.possible.forms, b.possible.forms
    kinds, others = _kinds(first), _kinds(second)
    akin = {(x, y) for x in kinds for y in others if _akin(x, y)}
    words, shared = (first - kinds, second - others), (first - kinds) & (second - others)
    if not akin and ((kinds and others and words[0] != words[1]) or not shared):
        return Comparison("disjoint", 0.5) if kinds and others else Comparison("incomparable")
    if ("negated" in a.qualifiers) != ("negated" in b.qualifiers):
        return Comparison("disjoint", 0.0)
    if words[0] == words[1] or (kinds == others and kinds and max(map(len, words)) <= _FEW):
        return Comparison("equal", 0.0)
    if words[0] > words[1] or (len(akin) == 1 and _finer(akin)):
        return Comparison("within", 0.0)
    if words[0] < words[1] or (len(akin) == 1 and _finer((y, x) for x, y in akin)):
        return Comparison("around", 0.0)
    return Comparison("overlap", 0.0)


# How many content words a cause may have that says little more than its kind.
_FEW = 2


def _kinds(forms: frozenset[str]) -> frozenset[str]:
    return frozenset(f for f in forms if f.startswith(KIND))


def _akin(a: str, b: str) -> bool:
    """Whether two kinds are one, or one is a sort of the other (`weather/fog` and `weather`), or a part of it (a pump
    of the steering gear)."""
    return a == b or a.startswith(b + "/") or b.startswith(a + "/") or _part_of(a, b) or _part_of(b, a)


def _part_of(a: str, b: str) -> bool:
    return b.startswith(KIND + "fault/") and b not in components() and a in components()


def _finer(pairs: Iterable[tuple[str, str]]) -> bool:
    return all(a != b and a.startswith(b + "/") for a, b in pairs)
