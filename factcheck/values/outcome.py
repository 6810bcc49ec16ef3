"""Outcomes: what became of something, found by phrases, and how two outcomes lie to each other.

A phrase of the language's data stands for a *state* in a *dimension* (`ruling:rejected`); the states, which of them
exclude each other and which follow each other are the same for all languages (`outcome_states.toml`). A predicate that
no phrase knows makes a *generic* outcome, `other:<lemma>`, for a judge that reads sentences.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import product

from factcheck.languages import load
from factcheck.model import Names, Sentence, Value
from factcheck.values.context import Comparison, Context
from factcheck.values.phrases import Lexicon, Match, find, lexicon, phrase, plain, split
from factcheck.values.predicates import (
    Grammar,
    Polarity,
    Tree,
    denies_itself,
    grammar,
    group_start,
    modality,
    polarity,
    theme,
    tree,
)

GENERIC = "generic"
_OTHER = "other"
_FAVOUR = "favour:"
# Phrases of the data that tell no outcome: they keep the words they hold from other phrases (`open an email`).
_PASSING = "passing:nothing"
_LONGEST = 8
# How far apart two outcomes are: opposed in so many words, opposed by what they entail, or only not the same.
_OPPOSED, _ENTAILED = 0.0, 0.5


@dataclass(frozen=True)
class Dimension:
    """What can become of one sort of thing: which states exclude each other, follow each other and deny each other, and
    what a state that is left open amounts to."""

    group: dict[str, int]
    together: frozenset[frozenset[str]]
    denied: dict[str, str]
    party: bool
    plan: bool
    then: frozenset[tuple[str, str]]
    unsettled: dict[str, str]


@dataclass(frozen=True)
class States:
    """All dimensions, the pairs of states across two of them that exclude each other, say much the same or follow each
    other, and the states that a participle with an agent does not tell of."""

    dimensions: dict[str, Dimension]
    opposed: frozenset[frozenset[str]]
    alike: frozenset[frozenset[str]]
    then: frozenset[tuple[str, str]]
    by_whom: frozenset[str]


@cache
def states() -> States:
    """The dimensions and states of outcomes (`outcome_states.toml`)."""
    data = tomllib.loads(
        resources.files("factcheck.values").joinpath("outcome_states.toml").read_text(encoding="utf-8")
    )
    across, by_whom = data.pop("across"), frozenset(data.pop("by_whom"))
    dimensions = {
        name: Dimension(
            {state: i for i, group in enumerate(d["groups"]) for state in group},
            frozenset(map(frozenset, d.get("together", ()))),
            d.get("not", {}),
            d.get("party", False),
            d.get("plan", False),
            frozenset((a, b) for a, b in d.get("then", ())),
            d.get("unsettled", {}),
        )
        for name, d in data.items()
    }
    opposed, alike = (frozenset(map(frozenset, across[key])) for key in ("opposed", "alike"))
    return States(dimensions, opposed, alike, frozenset((a, b) for a, b in across["then"]), by_whom)


@cache
def _lexicon(language: str) -> Lexicon:
    data = load(language, "outcomes")
    return lexicon(
        phrase(text, f"{dimension}:{state}", language)
        for dimension, table in data.items()
        for state, texts in table.items()
        for text in split(texts)
    )


def find_outcomes(sentences: Sequence[Sentence], context: Context) -> list[Value]:
    """The outcomes an article tells, in order: one value a predicate.

    `possible` holds the states the words may stand for, `unit` the lemma of what is in that state, `qualifiers` what
    limits it (`negated`, `ended`, `yet`, `future`, `possible`, `reported`, `conditional`), and `generic` where no
    phrase of the data knows the predicate.
    """
    rules, phrases = grammar(context.language), _lexicon(context.language)
    return [value for sentence in sentences for value in _in_sentence(sentence, phrases, rules)]


def _in_sentence(sentence: Sentence, phrases: Lexicon, rules: Grammar) -> list[Value]:
    if not sentence.tokens:
        return []
    parsed = tree(sentence)
    kept = [
        (places, labels)
        for places, labels in _best(parsed, (m for m in find(sentence.tokens, phrases) if not _cuts(parsed, m, rules)))
        if labels != {_PASSING} and _tells(parsed, places, rules) and not _says_whose(parsed, places, labels)
    ]
    values = [
        _value(sentence, parsed, places, labels, rules, _behind_verb(parsed, places, kept)) for places, labels in kept
    ]
    taken = {i for places, _ in kept for i in range(places[0], places[-1] + 1)}
    generic = [_generic(sentence, parsed, i, rules) for i in _other_predicates(parsed, taken, rules)]
    return sorted(_apart(values + generic), key=lambda v: (v.start, v.end))


def _cuts(parsed: Tree, match: Match, rules: Grammar) -> bool:
    """Whether a phrase ends with a denial that belongs to a word behind it (`says no letter came`, `n'a rien vu`)."""
    end, word = parsed.tokens[match.last], parsed.words[match.last]
    return end.pos in ("DET", "PRON") and end.head > match.last and word in rules.negation["subjects"]


def _stops(parsed: Tree, match: Match) -> bool:
    """Whether a phrase ends with an auxiliary, or an adverb, of a verb behind it."""
    end = parsed.tokens[match.last]
    behind = parsed.tokens[match.last + 1 : match.last + 2]
    governs = end.pos == "AUX" and any(t.head == match.last and t.pos == "VERB" for t in behind)
    return governs or (end.pos in ("AUX", "ADV") and end.head > match.last)


def _best(parsed: Tree, matches: Iterable[Match]) -> list[tuple[tuple[int, ...], frozenset[str]]]:
    """The phrases to keep where several overlap, the longest first; the states of one stretch of words together.

    A word that met another phrase's condition (`signed the deal`) tells nothing of its own, and a phrase that stops
    before the verb (`jure n'avoir`) gives way to one that has it.
    """
    kept: list[tuple[Match, set[str]]] = []
    for match in sorted(matches, key=lambda m: (_stops(parsed, m), -m.weight, m.last - m.first, m.first)):
        clash = next((k for k in kept if k[0].first <= match.last and match.first <= k[0].last), None)
        met = [(k[0].near,) for k in kept if k[0].label != _PASSING]
        if clash is None and match.tokens not in met:
            kept.append((match, {match.label}))
        elif clash and clash[0].tokens == match.tokens and clash[0].weight == match.weight:
            clash[1].add(match.label)
    found = [(match.tokens, frozenset(labels)) for match, labels in sorted(kept, key=lambda k: k[0].first)]
    return [(places, labels - {_PASSING} or labels) for places, labels in found]


def _tells(parsed: Tree, places: tuple[int, ...], rules: Grammar) -> bool:
    """Whether a phrase tells what became of something, and is no passing word: a lone noun or participle in a side role
    (`the closure of`, `the injured man`) tells nothing that a clause of the article does not, nor does one that ends
    with the `there` of `there was`."""
    if len(places) > 1:
        return parsed.tokens[places[-1]].dep != "expl"
    token = parsed.tokens[places[0]]
    if token.dep not in rules.labels["passing"] or (token.pos == "ADJ" and token.dep != "amod"):
        return True
    return token.pos == "VERB" and any(parsed.tokens[c].pos not in ("DET", "PUNCT") for c in parsed.children[places[0]])


def _says_whose(parsed: Tree, places: tuple[int, ...], labels: frozenset[str]) -> bool:
    """Whether a participle says who runs a thing rather than that it runs (`a ferry operated by Northern Lines`)."""
    run_by = any(parsed.tokens[c].dep in ("agent", "obl:agent") for c in parsed.children[places[0]])
    return labels <= states().by_whom and run_by and parsed.tokens[places[0]].dep in ("acl", "amod")


def _behind_verb(parsed: Tree, places: tuple[int, ...], kept: Iterable[tuple[tuple[int, ...], frozenset[str]]]) -> int:
    """Where an adverbial that tells something may start: behind the verb it follows where that tells something of its
    own (`were paid in full`)."""
    if parsed.tokens[places[0]].pos not in ("ADV", "ADP"):
        return 0
    before = [other[-1] for other, _ in kept if other[-1] < places[0] and parsed.tokens[other[-1]].pos == "VERB"]
    return max(before, default=-1) + 1


def _value(
    sentence: Sentence,
    parsed: Tree,
    places: tuple[int, ...],
    labels: Iterable[str],
    rules: Grammar,
    first: int,
) -> Value:
    start = max(group_start(parsed, places[0], rules), first)
    denied = polarity(parsed, places, start, rules)
    possible = frozenset(_denied(label) for label in labels) if denied.negated else frozenset(labels)
    of = theme(parsed, places, rules)
    flags = _flags(denied) or (("negated",) if denies_itself(parsed, places, rules) else ())
    if any(label.startswith(_FAVOUR) for label in labels):
        # The party found for stands after the phrase: `a donné raison à la commune`.
        after = range(places[-1] + 1, min(places[-1] + 4, len(parsed.tokens)))
        of = next((i for i in after if parsed.tokens[i].pos in ("NOUN", "PROPN")), None)
    qualifiers = flags + modality(parsed, places, start, rules)
    if not flags and "conditional" in qualifiers:
        possible = frozenset(map(_unsettled, possible))
    return _made(sentence, parsed, (start, places[-1]), possible, of, qualifiers)


def _made(
    sentence: Sentence,
    parsed: Tree,
    span: tuple[int, int],
    possible: frozenset[str],
    of: int | None,
    qualifiers: tuple[str, ...],
) -> Value:
    begin, end = parsed.tokens[span[0]].start, parsed.tokens[span[1]].end
    text = sentence.text[begin - sentence.start : end - sentence.start]
    return Value(
        "outcome", text, begin, end, Names(possible), "" if of is None else plain(parsed.tokens[of].lemma), qualifiers
    )


def _flags(denied: Polarity) -> tuple[str, ...]:
    named = (("negated", denied.negated), ("ended", denied.ended), ("yet", denied.yet))
    return tuple(name for name, holds in named if holds)


def _denied(label: str) -> str:
    """The state that denying a state amounts to."""
    dimension, state = label.split(":", 1)
    if state.startswith("not "):
        return f"{dimension}:{state[4:]}"
    known = states().dimensions.get(dimension)
    return f"{dimension}:{known.denied.get(state, f'not {state}') if known else f'not {state}'}"


def _unsettled(label: str) -> str:
    """What a state amounts to that is left open (`whether to appeal`): itself, where the data say nothing else."""
    dimension, state = label.split(":", 1)
    known = states().dimensions.get(dimension)
    return f"{dimension}:{known.unsettled.get(state, state) if known else state}"


def _other_predicates(parsed: Tree, taken: set[int], rules: Grammar) -> list[int]:
    """The predicates of clauses that no phrase covers, verbs of saying left out."""
    found = []
    for i, token in enumerate(parsed.tokens):
        if i in taken or token.dep not in rules.labels["clauses"] or token.pos not in ("VERB", "ADJ", "AUX", "NOUN"):
            continue
        if plain(token.lemma) not in rules.group["speech"] and _finite(parsed, i, rules):
            found.append(i)
    return found


def _finite(parsed: Tree, i: int, rules: Grammar) -> bool:
    """Whether a clause's head is a finite predicate: a finite verb, or a word with a subject of its own."""
    labels = {parsed.tokens[c].dep for c in parsed.children[i]}
    has_subject = bool(labels & rules.labels["subject"])
    token = parsed.tokens[i]
    if token.pos in ("VERB", "AUX"):
        return has_subject or "VerbForm=Fin" in token.morph or token.dep == "conj"
    # A participle the tagger takes for a noun still has its auxiliary.
    return has_subject and bool(labels & (rules.labels["predicative"] | rules.labels["auxiliary"]))


def _generic(sentence: Sentence, parsed: Tree, i: int, rules: Grammar) -> Value:
    """An outcome for a predicate the data does not know: the verb group with the head of its first complement."""
    start = group_start(parsed, i, rules)
    start = min(
        [start, *(c for c in parsed.children[i] if parsed.tokens[c].dep in rules.labels["predicative"] and c < i)]
    )
    after = [
        c for c in parsed.children[i] if parsed.tokens[c].dep in rules.labels["complement"] and i < c < i + _LONGEST
    ]
    last = min(after[0] if after else i, i + _LONGEST)
    if after and parsed.tokens[last].pos == "ADP":
        last = max([c for c in parsed.children[last] if c < i + _LONGEST] or [last])
    denied = polarity(parsed, (i,), start, rules)
    name = plain(parsed.tokens[i].lemma)
    if after and name in rules.group["light"]:
        name += " " + plain(parsed.tokens[after[0]].lemma)
    label = f"{_OTHER}:not {name}" if denied.negated else f"{_OTHER}:{name}"
    qualifiers = (GENERIC, *_flags(denied), *modality(parsed, (i,), start, rules))
    return _made(sentence, parsed, (start, max(last, i)), frozenset([label]), theme(parsed, (i,), rules), qualifiers)


def _apart(values: Iterable[Value]) -> list[Value]:
    """Values whose spans do not overlap, those that a phrase knows before the generic ones."""
    kept: list[Value] = []
    for value in sorted(values, key=lambda v: (GENERIC in v.qualifiers, v.start, -v.end)):
        if all(value.end <= k.start or k.end <= value.start for k in kept):
            kept.append(value)
    return kept


def canonical_outcome(value: Value) -> str:
    """The states an outcome may stand for, as short text: `ruling rejected`, `operation closed|permission banned`."""
    assert isinstance(value.possible, Names)
    named = sorted(form.removeprefix(f"{_OTHER}:").replace(":", " ") for form in value.possible.forms)
    return "|".join(named)


def compare_outcomes(a: Value, b: Value) -> Comparison:
    """How two outcomes lie to each other, by the data on their states.

    `equal`: the same state. `overlap`: states that go together, or that say much the same in different dimensions.
    `disjoint`: states that exclude each other, at a distance of 0 in one dimension and 0.5 across two.
    `incomparable`: anything else, states of two parties where a dimension is about parties (who won), and a state
    against one that is to follow on it (closed, will reopen), but where both speak of what is planned (jobs are safe,
    jobs will go).
    """
    found = _compared(a, b)
    if found.relation == "disjoint" and (_is_to_follow(a, b) or _is_to_follow(b, a)):
        return Comparison("incomparable")
    return found


def _is_to_follow(now: Value, later: Value) -> bool:
    if "future" not in later.qualifiers or "future" in now.qualifiers or not succession(now, later):
        return False
    assert isinstance(now.possible, Names)
    return not any(dimension.plan for dimension in _dimensions(now.possible.forms))


def _dimensions(forms: Iterable[str]) -> list[Dimension]:
    """The dimensions of some states, as far as the data know them."""
    known = states().dimensions
    return [known[name] for name in {form.split(":", 1)[0] for form in forms} if name in known]


def _compared(a: Value, b: Value) -> Comparison:
    assert isinstance(a.possible, Names) and isinstance(b.possible, Names)
    same = a.unit == b.unit or not (a.unit and b.unit)
    found = {_relation(x, y) for x, y in product(a.possible.forms, b.possible.forms) if same or not _of_party(x, y)}
    for relation, distance in (("equal", 0.0), ("disjoint", _OPPOSED), ("overlap", 0.0), ("disjoint", _ENTAILED)):
        if (relation, distance) in found:
            return Comparison(relation, distance)
    return Comparison("incomparable")


def _relation(a: str, b: str) -> tuple[str, float]:
    if a == b:
        return "equal", 0.0
    (dimension, x), (other, y) = a.split(":", 1), b.split(":", 1)
    if dimension == other:
        return _within(dimension, x, y)
    pair = frozenset((a, b))
    if pair in states().opposed:
        return "disjoint", _ENTAILED
    return ("overlap", 0.0) if pair in states().alike else ("incomparable", 0.0)


def _of_party(a: str, b: str) -> bool:
    """Whether two states compare only for one and the same party."""
    return any(dimension.party for dimension in _dimensions((a, b)))


def _within(dimension: str, x: str, y: str) -> tuple[str, float]:
    """How two different states of one dimension lie to each other."""
    if x == f"not {y}" or y == f"not {x}":
        return "disjoint", _OPPOSED
    if dimension == _OTHER:
        return "incomparable", 0.0
    if x.startswith("not ") or y.startswith("not "):
        return "overlap", 0.0
    known = states().dimensions[dimension]
    if known.group[x] == known.group[y] or frozenset((x, y)) in known.together:
        return "overlap", 0.0
    return "disjoint", _OPPOSED


def succession(a: Value, b: Value) -> bool:
    """Whether the state of `b` may well come after that of `a` as time passes (closed, then reopened)."""
    assert isinstance(a.possible, Names) and isinstance(b.possible, Names)
    return any(_follows(x, y) for x, y in product(a.possible.forms, b.possible.forms))


def _follows(a: str, b: str) -> bool:
    (dimension, x), (other, y) = a.split(":", 1), b.split(":", 1)
    if dimension != other:
        return (a, b) in states().then
    if dimension == _OTHER:
        return x == f"not {y}" or y == f"not {x}"
    return x == f"not {y}" or (x, y) in states().dimensions[dimension].then
