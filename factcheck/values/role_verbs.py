"""Roles told by a verb: who leads something (`who runs the museum`), and by whom it is led (`a group chaired by X`)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from factcheck.extraction.entities import fold
from factcheck.extraction.trees import has_auxiliary
from factcheck.values.people import Person
from factcheck.values.predicates import Tree

_COMPLEMENT, _BRIDGE = 9, 6
_OBJECTS = ("dobj", "obj")

Grammar = Mapping[str, frozenset[str]]
Places = Sequence[tuple[Person, int, int]]


def by_verb(parsed: Tree, tokens: tuple[int, ...], places: Places, grammar: Grammar) -> tuple[int, str, Person | None]:
    """The last token of a verb that tells a role with its object, what the role is of, and who has it."""
    first, last = tokens[0], tokens[-1]
    if parsed.tokens[last].pos not in ("VERB", "AUX", "ADP", "PART", "NOUN"):
        return last, "", None
    if _participle(parsed, first):
        if person := _agent(parsed, last, places, grammar):
            return last, _led(parsed, first), person
        if _passive(parsed, first):
            return last, "", None
    end = _complement_after(parsed, last)
    return end, _nominal(parsed, last + 1, end), _subject(parsed, first, places, grammar)


def running(
    parsed: Tree, places: Places, grammar: Grammar, fields: Collection[str]
) -> Iterator[tuple[int, int, str, Person]]:
    """The verbs that tell of leading by their object alone (`who runs the archive`, no `who runs the marathon`): their
    first and last token, what is led, and by whom."""
    for i, token in enumerate(parsed.tokens):
        if token.pos != "VERB" or token.lemma.lower() not in grammar["runs"]:
            continue
        led = next((c for c in parsed.children[i] if parsed.tokens[c].dep in _OBJECTS and c > i), None)
        if led is None or _participle(parsed, i) and not has_auxiliary(parsed.tokens, parsed.children[i]):
            continue
        relative = any(parsed.words[c] in grammar["relatives"] for c in parsed.children[i] if c < i)
        person = _subject(parsed, i, places, grammar) if relative else None
        if person and _may_be_led(parsed, led, grammar, fields):
            end = _complement_after(parsed, i)
            yield i, max(end, led), _nominal(parsed, i + 1, max(end, led)), person


def _may_be_led(parsed: Tree, led: int, grammar: Grammar, fields: Collection[str]) -> bool:
    token = parsed.tokens[led]
    if token.lemma.lower() in grammar["not_led"] or token.pos not in ("NOUN", "PROPN"):
        return False
    own = {parsed.words[c] for c in parsed.children[led]}
    return token.pos == "PROPN" or bool(own & (grammar["determiners"] | {"'s"})) or parsed.words[led] in fields


def _agent(parsed: Tree, last: int, places: Places, grammar: Grammar) -> Person | None:
    """Who a participle says it is done by, where that is a person's name (`led by Jane Holt`)."""
    if parsed.words[last + 1 : last + 2] and parsed.words[last + 1] in grammar["agents"]:
        return next((person for person, first, _ in places if first == last + 2 and person.sure), None)
    return None


def _led(parsed: Tree, verb: int) -> str:
    """The noun that a participle tells more of."""
    noun = parsed.tokens[parsed.tokens[verb].head]
    return fold(noun.text) if noun.pos in ("NOUN", "PROPN") else ""


def _subject(parsed: Tree, first: int, places: Places, grammar: Grammar) -> Person | None:
    """The person named before a verb, with no more than a comma and a relative between."""
    for person, _, last in reversed(places):
        between = range(last + 1, first)
        if last < first and len(between) <= _BRIDGE and all(_may_stand_between(parsed, i, grammar) for i in between):
            return person
    return None


def _may_stand_between(parsed: Tree, i: int, grammar: Grammar) -> bool:
    return (
        parsed.tokens[i].text in (",", "(")
        or parsed.words[i] in grammar["relatives"] | grammar["ages"]
        or parsed.tokens[i].pos in ("AUX", "ADV", "NUM", "PRON")
    )


def _passive(parsed: Tree, verb: int) -> bool:
    """Whether a verb is a participle that no auxiliary makes a clause: what it says is done to its noun (`la maison X,
    fondée par Y`)."""
    return _participle(parsed, verb) and not has_auxiliary(parsed.tokens, parsed.children[verb])


def _participle(parsed: Tree, verb: int) -> bool:
    morph = parsed.tokens[verb].morph
    return "VerbForm=Part" in morph and "Tense=Past" in morph


def _nominal(parsed: Tree, start: int, end: int) -> str:
    return fold(" ".join(t.text for t in parsed.tokens[start : end + 1] if t.pos in ("NOUN", "PROPN", "ADJ")))


def _complement_after(parsed: Tree, last: int) -> int:
    end = last
    for i in range(last + 1, min(last + 1 + _COMPLEMENT, len(parsed.tokens))):
        if parsed.tokens[i].pos in ("NOUN", "PROPN"):
            end = i
        elif parsed.tokens[i].pos not in ("DET", "ADP", "ADJ", "PART"):
            break
    return end
