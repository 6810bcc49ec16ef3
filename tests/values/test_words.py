"""Values in words: the corpora's phrases give their outcomes, roles, causes and quotations, and compare as told."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.languages import load
from factcheck.model import Names, Sentence, Value
from factcheck.values import canonical, compare
from factcheck.values.cause import find_causes
from factcheck.values.cause_words import cause_words
from factcheck.values.context import Context
from factcheck.values.offices import compare_offices, offices
from factcheck.values.outcome import GENERIC, find_outcomes, states, succession
from factcheck.values.phrases import find, lexicon, phrase
from factcheck.values.quotation import find_quotations
from factcheck.values.role import find_holders, find_roles
from tests.values.corpora import sentences_of

LANGUAGES = ("fr", "en")
FINDERS = {"outcome": find_outcomes, "role": find_roles, "cause": find_causes, "quotation": find_quotations}
_MARKED = re.compile(r"\[([^\]]*)\]")


@cache
def corpus(kind: str, language: str) -> dict[str, Any]:
    path = Path(__file__).parent / "corpus" / f"{kind}_{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def unmarked(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """A phrase without its brackets, and the spans they held."""
    spans, text = [], ""
    at = 0
    for match in _MARKED.finditer(marked):
        text += marked[at : match.start()]
        spans.append((len(text), len(text) + len(match[1])))
        text += match[1]
        at = match.end()
    return text + marked[at:], spans


@cache
def parsed(kind: str, language: str, key: str) -> list[tuple[Sentence, ...]]:
    return sentences_of(
        tuple(unmarked(case if isinstance(case, str) else case[0])[0] for case in corpus(kind, language)[key]), language
    )


def touching(kind: str, sentences: tuple[Sentence, ...], spans: list[tuple[int, int]], language: str) -> list[Value]:
    """The values of a kind that share words with the marked spans of a phrase."""
    base = sentences[0].start
    return [
        value
        for value in FINDERS[kind](sentences, Context(language))
        if any(value.start < base + end and base + start < value.end for start, end in spans)
    ]


def forms(values: Iterable[Value]) -> set[str]:
    return {form for value in values if isinstance(value.possible, Names) for form in value.possible.forms}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["outcome", "role", "cause"])
def test_the_marked_words_have_the_meaning_told(kind: str, language: str) -> None:
    wrong = {}
    for case, sentences in zip(corpus(kind, language)["cases"], parsed(kind, language, "cases"), strict=True):
        marked, wanted, *rest = case
        found = touching(kind, sentences, unmarked(marked)[1], language)
        fits = [v for v in found if wanted in forms([v])]
        if kind != "cause" and rest:
            fits = [v for v in fits if v.unit == rest[0]]
        fits = [v for v in fits if set(rest[kind != "cause" :]) <= set(v.qualifiers)]
        if not fits:
            wrong[marked] = [(v.text, sorted(forms([v])), v.unit, v.qualifiers) for v in found]
    assert not wrong, "\n".join(f"{marked} {found}" for marked, found in wrong.items())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", FINDERS)
def test_phrases_without_a_value_give_none(kind: str, language: str) -> None:
    found = {
        case: [v.text for v in FINDERS[kind](sentences, Context(language)) if GENERIC not in v.qualifiers]
        for case, sentences in zip(corpus(kind, language)["none"], parsed(kind, language, "none"), strict=True)
    }
    assert not {case: values for case, values in found.items() if values}


@pytest.mark.parametrize("language", LANGUAGES)
def test_quotations_are_found_with_their_speakers(language: str) -> None:
    for (text, quoted, speaker), sentences in zip(
        corpus("quotation", language)["cases"], parsed("quotation", language, "cases"), strict=True
    ):
        assert [(v.text, v.unit) for v in find_quotations(sentences, Context(language))] == [(quoted, speaker)], text


@pytest.mark.parametrize("language", LANGUAGES)
def test_quotations_compare_word_by_word(language: str) -> None:
    for first, second, relation in corpus("quotation", language)["pairs"]:
        a, b = (
            find_quotations(sentences_of((f"“{said}”",), language)[0], Context(language))[0] for said in (first, second)
        )
        assert compare(a, b).relation == relation, (first, second)


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_roles_lie_to_each_other_as_told(language: str) -> None:
    for first, second, relation in corpus("role", language)["pairs"]:
        found = []
        for marked in (first, second):
            text, spans = unmarked(marked)
            found.append(touching("role", sentences_of((text,), language)[0], spans, language)[0])
        assert compare(*found).relation == relation, (first, second)


def outcome(text: str, language: str) -> Value:
    return next(
        v for v in find_outcomes(sentences_of((text,), language)[0], Context(language)) if GENERIC not in v.qualifiers
    )


@pytest.mark.parametrize(
    ("french", "english", "relation"),
    [
        ("Le tribunal a rejeté la requête.", "The court granted the request.", "disjoint"),
        ("Le tribunal a rejeté la requête.", "The request was turned down.", "equal"),
        ("Le pont est fermé.", "The bridge is open.", "disjoint"),
        ("Le pont n'est plus fermé.", "The bridge is closed.", "disjoint"),
        ("Le conducteur est indemne.", "The driver was injured.", "disjoint"),
        ("Le conducteur a été blessé.", "The driver was taken to hospital.", "overlap"),
        ("Le ministre a démissionné.", "The minister refused to resign.", "disjoint"),
        ("Le concert est annulé.", "The concert will go ahead.", "disjoint"),
        ("Le musée restera fermé.", "The museum has reopened.", "disjoint"),
        ("Le musée est fermé.", "The museum will reopen.", "incomparable"),
        ("Aucun emploi ne sera supprimé.", "Forty jobs will be cut.", "disjoint"),
        ("Le groupe étudie la question.", "The company sued the city.", "disjoint"),
        ("Le ministre a démissionné.", "The water is safe to drink.", "incomparable"),
        ("Marie Blanchard a gagné.", "Tom Fenwick won the race.", "incomparable"),
        ("Le sauveteur est mort.", "The rescuer is trapped.", "incomparable"),
        ("L'alerte a été donnée à temps.", "The alert came too late.", "disjoint"),
        ("Le festival est suspendu.", "The festival took place.", "disjoint"),
    ],
)
def test_outcomes_compare_across_languages(french: str, english: str, relation: str) -> None:
    a, b = outcome(french, "fr"), outcome(english, "en")
    assert compare(a, b).relation == relation
    assert compare(b, a).relation == relation


def test_a_later_state_may_follow_an_earlier_one_and_not_the_other_way() -> None:
    shut, again = outcome("La ligne est fermée.", "fr"), outcome("The line has reopened.", "en")
    assert succession(shut, again)
    missing, found = outcome("Un marin est porté disparu.", "fr"), outcome("The sailor was found.", "en")
    assert succession(missing, found)
    assert not succession(found, missing)


def test_an_office_that_opens_its_sentence_is_of_nothing_that_follows() -> None:
    text = "Mayor Ellen Brooks opened the village meeting."
    found = touching("role", sentences_of((text,), "en")[0], [(0, len("Mayor"))], "en")
    assert [v.qualifiers for v in found] == [()]


def test_one_office_may_have_two_holders() -> None:
    a, b = (
        find_holders(sentences_of((text,), "fr")[0], Context("fr"))[0]
        for text in ("Le maire, Paul Garnier, est venu.", "Le maire, Luc Berger, est venu.")
    )
    assert (a.kind, a.unit, a.text) == ("person", "mayor", "Paul Garnier")
    assert a.unit == b.unit
    assert compare(a, b).relation == "disjoint"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_causes_of_a_sentence_are_the_marked_words(language: str) -> None:
    wrong = {}
    for marked, sentences in zip(corpus("cause", language)["exact"], parsed("cause", language, "exact"), strict=True):
        text, spans = unmarked(marked)
        found = [v.text for v in find_causes(sentences, Context(language))]
        if found != [text[start:end] for start, end in spans]:
            wrong[marked] = found
    assert not wrong


def cause(text: str, language: str) -> Value:
    return find_causes(sentences_of((text,), language)[0], Context(language))[0]


def test_causes_compare_by_kind_across_languages_and_by_word() -> None:
    path = Path(__file__).parent / "corpus" / "cause_pairs.toml"
    for first, a, second, b, relation in tomllib.loads(path.read_text(encoding="utf-8"))["pairs"]:
        assert compare(cause(a, first), cause(b, second)).relation == relation, (a, b)


def test_a_cause_and_its_denial_are_further_apart_than_two_kinds() -> None:
    leak, spark, denied = (
        cause(text, "en")
        for text in (
            "The blast was caused by a gas leak.",
            "The blast was caused by a spark.",
            "The blast was not caused by a gas leak.",
        )
    )
    assert (compare(leak, spark).relation, compare(leak, spark).distance) == ("disjoint", 0.5)
    assert compare(leak, leak).relation == "equal"
    assert (compare(leak, denied).relation, compare(leak, denied).distance) == ("disjoint", 0.0)


def test_every_kind_of_cause_has_words_in_both_languages() -> None:
    kinds = [
        {name for table in ("kinds", "parts") for name in load(language, "causes")[table]} for language in LANGUAGES
    ]
    assert kinds[0] == kinds[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_families_of_kinds_are_kinds_that_there_are(language: str) -> None:
    words = cause_words(language)
    known = {name for table in ("kinds", "parts") for name in load(language, "causes")[table]}
    assert all(any(k.startswith(kind) for k in known) for kinds in words.only.values() for kind in kinds)
    assert set(load(language, "causes")["only"]) == set(words.only)


def test_canonical_forms_are_short_text() -> None:
    assert canonical(outcome("Le tribunal a rejeté la requête.", "fr")) == "ruling rejected"
    role = find_roles(
        sentences_of(("Anne Rouvray, ancienne ministre des Transports, est venue.",), "fr")[0], Context("fr")
    )[0]
    assert canonical(role) == "minister/transport (former)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_and_office_of_the_data_is_known_to_the_tables(language: str) -> None:
    known = states().dimensions
    data = {name: table for name, table in load(language, "outcomes").items() if name != "passing"}
    assert set(data) == set(known)
    assert {name: set(table) for name, table in data.items()} == {name: set(d.group) for name, d in known.items()}
    words = set(load(language, "roles")["offices"])
    assert {office for office in offices().groups if office in words}
    for pair in offices().together | states().opposed | states().alike:
        assert len(pair) == 2


ALL_STATES = [f"{name}:{state}" for name, d in states().dimensions.items() for state in d.group]


def value_of(*possible: str) -> Value:
    return Value("outcome", "x", 0, 1, Names(frozenset(possible)))


@given(st.sampled_from(ALL_STATES), st.sampled_from(ALL_STATES))
def test_comparison_is_symmetric_and_a_state_equals_only_itself(a: str, b: str) -> None:
    there, back = compare(value_of(a), value_of(b)), compare(value_of(b), value_of(a))
    assert there == back
    assert (there.relation == "equal") == (a == b)


@given(st.sampled_from(sorted(offices().groups)), st.sampled_from(sorted(offices().groups)))
def test_offices_compare_alike_both_ways(a: str, b: str) -> None:
    assert compare_offices([a], [b]) == compare_offices([b], [a])
    assert (compare_offices([a], [b]) == "equal") == (a == b)


@pytest.mark.parametrize(
    ("text", "language", "sentence", "there"),
    [
        ("gain de cause", "fr", "Ils ont eu gain de cause.", True),
        ("mettre .. terme", "fr", "Elle a mis hier soir un terme à sa carrière.", True),
        ("lever/v @embargo", "fr", "L'embargo sur les armes a été levé.", True),
        ("lever/v @embargo", "fr", "Le soleil s'est levé.", False),
        ("throw/v .. out", "en", "The judge threw the whole case out.", True),
        ("=closed", "en", "They close at noon.", False),
        ("vice-president", "en", "The vice-president resigned.", True),
    ],
)
def test_phrases_match_inflected_words_with_gaps_and_conditions(
    text: str, language: str, sentence: str, there: bool
) -> None:
    tokens = sentences_of((sentence,), language)[0][0].tokens
    assert bool(find(tokens, lexicon([phrase(text, "label", language)]))) == there


def test_every_pair_of_opposed_states_excludes() -> None:
    for a, b in product(ALL_STATES, ALL_STATES):
        if frozenset((a, b)) in states().opposed:
            assert compare(value_of(a), value_of(b)).relation == "disjoint"
