"""Places and bodies told by a common noun: the corpora's phrases give them, and they compare as told."""

from __future__ import annotations

import tomllib
from importlib import resources
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.extraction import gazetteer
from factcheck.languages import available, load
from factcheck.linking.names import name_facts
from factcheck.model import Article, Claim, Names, Sentence, Value
from factcheck.values import canonical, compare
from factcheck.values.body import bodies, find_bodies, same_body
from factcheck.values.context import Context
from factcheck.values.origins import regions
from factcheck.values.spot import find_origins, find_spots, places, same_spot
from tests.values.corpora import sentences_of
from tests.values.test_words import LANGUAGES, unmarked

KINDS = {"place": (find_spots, find_origins), "organization": (find_bodies,)}
TOPICS = {"place": "places", "organization": "bodies"}


def corpus(kind: str, language: str) -> dict[str, Any]:
    path = Path(__file__).parent / "corpus" / f"{kind}_{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def found(kind: str, sentences: tuple[Sentence, ...], language: str) -> list[Value]:
    return [v for finder in KINDS[kind] for v in finder(sentences, Context(language))]


def marked(kind: str, phrase: str, sentences: tuple[Sentence, ...], language: str) -> list[Value]:
    """The values of a kind that stand exactly where the brackets are."""
    spans = {(sentences[0].start + a, sentences[0].start + b) for a, b in unmarked(phrase)[1]}
    return [v for v in found(kind, sentences, language) if (v.start, v.end) in spans]


def value(kind: str, phrase: str, language: str) -> Value:
    return marked(kind, phrase, sentences_of((unmarked(phrase)[0],), language)[0], language)[0]


def named(kind: str, name: str) -> Value:
    return Value(kind, name, 0, len(name), Names(frozenset([name])))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_marked_words_have_the_form_told(kind: str, language: str) -> None:
    cases = corpus(kind, language)["cases"]
    parsed = sentences_of(tuple(unmarked(phrase)[0] for phrase, _ in cases), language)
    wrong = {
        phrase: [(v.text, canonical(v)) for v in found(kind, sentences, language)]
        for (phrase, wanted), sentences in zip(cases, parsed, strict=True)
        if not any(
            isinstance(v.possible, Names) and wanted in v.possible.forms and v.qualifiers == ("common",)
            for v in marked(kind, phrase, sentences, language)
        )
    }
    assert not wrong, "\n".join(f"{phrase} {values}" for phrase, values in wrong.items())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_phrases_without_a_value_give_none(kind: str, language: str) -> None:
    none = corpus(kind, language)["none"]
    parsed = sentences_of(tuple(none), language)
    values = {p: [v.text for v in found(kind, s, language)] for p, s in zip(none, parsed, strict=True)}
    assert not {phrase: texts for phrase, texts in values.items() if texts}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_two_values_lie_to_each_other_as_told(kind: str, language: str) -> None:
    back = {"within": "around", "around": "within"}
    for first, second, relation in corpus(kind, language)["pairs"]:
        a, b = value(kind, first, language), value(kind, second, language)
        assert compare(a, b).relation == relation, (first, second)
        assert compare(b, a).relation == back.get(relation, relation), (second, first)


@pytest.mark.parametrize(
    ("kind", "french", "english", "relation"),
    [
        ("place", "Il dort dans le [gymnase de Marval].", "He sleeps in the [gym in Marval].", "equal"),
        ("place", "Il dort dans la [cantine].", "He sleeps in [the school's dining hall].", "around"),
        ("place", "Il est passé par une [fenêtre].", "He came through the [back door].", "disjoint"),
        ("place", "Un marin [écossais] a gagné.", "The [Scottish] sailor won.", "equal"),
        ("organization", "Le [ministère de la Santé] a réagi.", "The [health ministry] reacted.", "equal"),
        ("organization", "Les [pompiers] ont réagi.", "The [coastguard] reacted.", "disjoint"),
    ],
)
def test_they_compare_across_languages(kind: str, french: str, english: str, relation: str) -> None:
    assert compare(value(kind, french, "fr"), value(kind, english, "en")).relation == relation


@pytest.mark.parametrize(
    ("kind", "phrase", "name", "relation"),
    [
        ("place", "Il dort dans le [gymnase de Marval].", "marval", "overlap"),
        ("place", "Il dort dans le [gymnase de Marval].", "corbe", "incomparable"),
        ("place", "Il dort dans le [gymnase].", "marval", "incomparable"),
        ("place", "Il dort à la [clinique de Saint-Ouen].", "saint denis", "incomparable"),
        ("place", "Un marin [breton] a gagné.", "bretagne", "equal"),
        ("place", "Un marin [breton] a gagné.", "france", "within"),
        ("place", "Un marin [breton] a gagné.", "normandie", "disjoint"),
        ("organization", "Le [parquet de Rennes] a réagi.", "parquet de rennes", "overlap"),
        ("organization", "Le [parquet de Rennes] a réagi.", "orvalis", "incomparable"),
        ("organization", "Le [parquet de Rennes] a réagi.", "parquet national financier", "disjoint"),
        ("organization", "L'[école vétérinaire de Corbe] a réagi.", "marval institute", "disjoint"),
        ("organization", "L'[entreprise] a réagi.", "orvalis institute", "incomparable"),
        ("place", "Il dort à l'[hôpital de Corbe].", "chu de marval", "disjoint"),
        ("place", "Il dort à l'[hôpital].", "chu de marval", "incomparable"),
    ],
)
def test_a_common_noun_meets_a_proper_name(kind: str, phrase: str, name: str, relation: str) -> None:
    assert compare(value(kind, phrase, "fr"), named(kind, name)).relation == relation


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        ("anvers", "antwerp", "equal"),
        ("lisbonne", "lisbon", "equal"),
        ("limoges", "haute vienne", "within"),
        ("brest", "france", "within"),
        ("china", "beijing", "around"),
        ("uk", "scotland", "around"),
        ("brest", "lorient", "disjoint"),
        ("corse", "sardinia", "disjoint"),
        ("marval", "corbe", "disjoint"),
    ],
)
def test_well_known_places_lie_to_each_other_as_they_do(first: str, second: str, relation: str) -> None:
    assert compare(named("place", first), named("place", second)).relation == relation


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        ("cour supreme", "supreme court", "equal"),
        ("union", "ufs", "incomparable"),
        ("union", "norvalis", "disjoint"),
        ("norvalis", "orvane", "disjoint"),
    ],
)
def test_a_name_that_is_but_a_noun_names_nobody(first: str, second: str, relation: str) -> None:
    assert compare(named("organization", first), named("organization", second)).relation == relation


def test_what_a_well_known_place_lies_in_is_known() -> None:
    known = {place for ids in gazetteer.named().values() for place in ids} | set(regions())
    assert {larger for names in gazetteer.lies_in().values() for larger in names} <= known


@pytest.mark.parametrize("kind", KINDS)
def test_every_language_has_the_same_ids_and_the_tables_know_no_other(kind: str) -> None:
    topic = TOPICS[kind]
    ids = [set(load(language, topic)[topic]) for language in available()]
    assert all(i == ids[0] for i in ids)
    data = tomllib.loads(resources.files("factcheck.values").joinpath(f"{topic}.toml").read_text(encoding="utf-8"))
    tables = [*data["broader"].values(), *data.get("scale", {}).values(), *data.get("alike", []), data["broader"]]
    assert {name for table in tables for name in table} <= ids[0]


def test_every_language_has_the_same_regions() -> None:
    known = [set(load(language, "origins")["origins"]) for language in available()]
    assert all(k == known[0] for k in known)
    assert {*places().part_of, *places().part_of.values()} <= known[0] == set(regions())


@given(*[st.sampled_from(sorted(load("en", "places")["places"]))] * 2)
def test_places_compare_alike_both_ways(a: str, b: str) -> None:
    back = {"within": "around", "around": "within"}
    assert same_spot(b, a) == back.get(same_spot(a, b), same_spot(a, b))


def test_bodies_compare_alike_both_ways() -> None:
    back = {"within": "around", "around": "within"}
    known = sorted({*bodies().broader, *(name for names in bodies().broader.values() for name in names)})
    for a, b in product(known, known):
        assert same_body(b, a) == back.get(same_body(a, b), same_body(a, b)), (a, b)


@pytest.mark.parametrize(("first", "second", "relation"), [
    ("agence europeenne", "european forecast agency", "around"),
    ("european agency", "european anglers", "disjoint"),
    ("agence norden", "forecast agency", "disjoint"),
    ("nmc", "north marsh council", "around"),
    ("north marsh council", "nmd", "disjoint"),
    ("federation libre des postes", "flp", "within"),
])  # fmt: skip
def test_a_translated_name_may_be_cut_short(first: str, second: str, relation: str) -> None:
    assert compare(named("organization", first), named("organization", second)).relation == relation


def test_names_are_not_linked_through_common_nouns() -> None:
    claims, articles = [], []
    for article in ("a", "b"):
        sentence = sentences_of(("La police a fermé la gare.",), "fr")[0][0]
        values = (*find_bodies([sentence], Context("fr")), *find_spots([sentence], Context("fr")))
        assert len(values) == 2
        articles.append(Article(article, article, sentence.text, (), language="fr"))
        claims.append(Claim(f"{article}#1", article, sentence.text, 0, 9, sentence, values=values))
    assert name_facts(articles, claims) == []
