"""How figures compare, what they count, and how they are written."""
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.model import Value
from factcheck.values import canonical, compare, sets
from factcheck.values.count import counted_class
from tests.values.corpora import values_in

SENTENCES = {
    "count": {"fr": "Il y avait {} personnes sur place.", "en": "There were {} people on site."},
    "money": {"fr": "Le chantier a coûté {} au total.", "en": "The work cost {} in all."},
    "percent": {"fr": "Cela concerne {} des foyers.", "en": "It affects {} of homes."},
    "measure": {"fr": "Cela fait {} au total.", "en": "It measures {} in all."},
}
AGREE = [
    # `nearly` a round figure or a fraction is put for what lies a tenth below it, too.
    ("count", ("en", "nearly 5,000"), ("en", "4,700")),
    ("count", ("fr", "près de 200"), ("fr", "180")),
    ("percent", ("en", "nearly a quarter"), ("en", "23%")),
    ("count", ("fr", "84"), ("fr", "un peu plus de quatre-vingts")),
    ("count", ("fr", "298"), ("fr", "près de 300")),
    ("count", ("en", "210"), ("en", "more than 200")),
    ("count", ("fr", "22 000"), ("en", "upwards of 20,000")),
    ("count", ("en", "118"), ("en", "roughly 120")),
    ("count", ("fr", "1 840"), ("en", "some 1,800")),
    ("count", ("en", "6"), ("en", "half a dozen")),
    ("count", ("fr", "9"), ("fr", "une dizaine de")),
    ("count", ("fr", "400 000"), ("fr", "moins de 400 000")),
    ("count", ("en", "210"), ("en", "a couple of hundred")),
    ("money", ("en", "$480 million"), ("en", "just under half a billion dollars")),
    ("money", ("fr", "4,5 millions d'euros"), ("fr", "4 500 000 euros")),
    ("money", ("fr", "312,4 millions d'euros"), ("en", "312 million euros")),
    ("money", ("en", "$152 million"), ("en", "a little over $150 million")),
    ("percent", ("fr", "72 %"), ("en", "nearly three quarters")),
    ("percent", ("en", "41%"), ("en", "41.3%")),
    ("percent", ("fr", "32 %"), ("fr", "près d'un tiers")),
    ("measure", ("fr", "48 kilomètres"), ("en", "30 miles")),
    ("measure", ("en", "about six feet"), ("fr", "1,8 mètre")),
    ("measure", ("en", "about six feet"), ("en", "nearly two metres")),
    ("measure", ("fr", "1,8 mètre"), ("en", "nearly two metres")),
    ("measure", ("fr", "612 mètres"), ("en", "a little over 2,000 feet")),
    ("measure", ("fr", "4,2 hectares"), ("fr", "42 000 mètres carrés")),
    ("measure", ("fr", "6,40 mètres"), ("en", "21 feet")),
    ("measure", ("en", "0.3 g"), ("fr", "300 mg")),
    ("measure", ("fr", "240 mm"), ("en", "nine and a half inches")),
    ("measure", ("fr", "une quarantaine de kilomètres"), ("en", "some 25 miles")),
    ("measure", ("fr", "52 kilomètres"), ("fr", "cinquante kilomètres")),
    ("money", ("fr", "3,4 millions d'euros"), ("fr", "trois millions et demi d'euros")),
    ("percent", ("en", "two in five"), ("en", "41.8%")),
]
CONTRADICT = [
    ("count", ("fr", "140"), ("en", "ninety")),
    ("count", ("fr", "2 000"), ("fr", "1 200")),
    ("count", ("fr", "300"), ("fr", "298")),
    ("count", ("fr", "plus de 100"), ("fr", "une vingtaine de")),
    ("count", ("fr", "des dizaines de"), ("fr", "plus de 100")),
    ("money", ("fr", "4,7 millions d'euros"), ("fr", "7,4 millions d'euros")),
    ("money", ("en", "€312.4 million"), ("en", "€321.4 million")),
    ("money", ("fr", "14 millions de dollars"), ("en", "$40 million")),
    ("count", ("en", "nearly 5,000"), ("en", "4,300")),
    ("count", ("en", "nearly 5,000"), ("en", "5,100")),
    ("percent", ("fr", "la moitié"), ("fr", "30 %")),
    ("percent", ("en", "nearly a quarter"), ("en", "20%")),
    ("percent", ("fr", "2 %"), ("fr", "3,2 %")),
    ("percent", ("en", "two in five"), ("en", "44%")),
    ("measure", ("fr", "52 kilomètres"), ("fr", "50 kilomètres")),
    ("measure", ("fr", "1,8 mètre"), ("en", "just under two feet")),
    ("measure", ("en", "112 kilometres"), ("en", "45 miles")),
    ("measure", ("fr", "6,40 mètres"), ("fr", "6,38 mètres")),
    ("measure", ("en", "about 400 metres"), ("en", "three-quarters of a mile")),
]


def value(kind: str, language: str, words: str) -> Value:
    """The one value of a kind in a sentence around the words."""
    found = values_in(kind, SENTENCES[kind][language].format(words), language)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(("kind", "first", "second"), AGREE)
def test_figures_that_agree_have_a_possibility_in_common(kind: str, first: tuple[str, str],
                                                         second: tuple[str, str]) -> None:
    assert compare(value(kind, *first), value(kind, *second)).relation in ("equal", "within", "around", "overlap")


@pytest.mark.parametrize(("kind", "first", "second"), CONTRADICT)
def test_figures_that_contradict_each_other_are_disjoint(kind: str, first: tuple[str, str],
                                                         second: tuple[str, str]) -> None:
    comparison = compare(value(kind, *first), value(kind, *second))
    assert comparison.relation == "disjoint"
    assert comparison.distance and comparison.distance > 0


@pytest.mark.parametrize(("kind", "first", "second"), [
    ("money", ("en", "$5 million"), ("en", "£5 million")),
    ("percent", ("fr", "2 %"), ("fr", "2 points de pourcentage")),
    ("measure", ("fr", "3 kilos"), ("fr", "3 litres")),
])
def test_figures_on_different_scales_are_incomparable(kind: str, first: tuple[str, str],
                                                      second: tuple[str, str]) -> None:
    assert compare(value(kind, *first), value(kind, *second)).relation == "incomparable"


@pytest.mark.parametrize(("language", "sentence", "place", "wanted"), [
    ("fr", "Le bilan est de 31 blessés, dont six graves.", 0, "injured"),
    ("fr", "Le bilan est de 31 blessés, dont six graves.", 1, "injured"),
    ("fr", "Trois personnes ont été tuées.", 0, "dead"),
    ("fr", "Le nombre de personnes blessées est passé à 12.", 0, "injured"),
    ("fr", "Douze voyageurs attendaient.", 0, "passenger"),
    ("fr", "Quelque 120 sapeurs-pompiers luttent.", 0, "firefighter"),
    ("en", "Thirty-one people were injured.", 0, "injured"),
    ("en", "The blaze killed three people.", 0, "dead"),
    ("en", "Seven people are missing.", 0, "missing"),
    ("en", "The company employs 200 workers.", 0, "employee"),
    ("en", "Some 300 doughnuts were sold.", 0, None),
])
def test_what_is_counted_has_one_class_in_both_languages(language: str, sentence: str, place: int,
                                                         wanted: str | None) -> None:
    assert counted_class(values_in("count", sentence, language)[place], language) == wanted


def test_a_count_without_a_noun_counts_what_was_counted_before() -> None:
    first, second = values_in("count", "Le bilan est de 31 blessés, dont six graves.", "fr")
    assert (second.unit, second.qualifiers) == (first.unit, ("grave",))


def test_offsets_are_true_where_a_line_breaks_in_a_figure() -> None:
    text = "Le drame a fait deux\nmorts et quelque\n22\u202f000\nsinistrés."
    found = values_in("count", text, "fr")
    assert [text[v.start:v.end] for v in found] == [v.text for v in found] == ["deux", "quelque\n22\u202f000"]


@pytest.mark.parametrize(("kind", "words", "wanted"), [
    ("count", "près de 300", "près de 300 → [285, 300) personne"),
    ("count", "120", ""),
    ("percent", "la moitié", "moitié → 50 %"),
])
def test_how_a_figure_was_worked_out_is_told_where_it_is_not_plain(kind: str, words: str, wanted: str) -> None:
    assert value(kind, "fr", words).how == wanted


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_comparing_is_symmetric(first: int, second: int) -> None:
    a, b = (Value("count", str(n), 0, 1, sets.point(n), "personne") for n in (first, second))
    there, back = compare(a, b), compare(b, a)
    assert there.distance == back.distance
    assert {there.relation, back.relation} in ({"equal"}, {"disjoint"})


@given(st.floats(0.001, 1e9, allow_nan=False), st.sampled_from(["km", "mi", "ft", "ha", "kg", "lb", "°F", "mph"]))
def test_a_measure_equals_itself_in_any_unit(number: float, unit: str) -> None:
    a = Value("measure", str(number), 0, 1, sets.point(number), unit)
    assert compare(a, a).relation == "equal"
    assert canonical(a).split(" ")[0] not in ("inf", "nan")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", SENTENCES)
@pytest.mark.parametrize("text", ["", "...", "0", "12", "€", "12 € 14 €", "% 12 %", "about", "environ 0", "nearly 0 km",
                                  "1,200 or so about 12", "un une deux", "- - 12 - -", "½½", "a a a mile"])
def test_odd_text_gives_values_that_stand_in_it_and_apart(kind: str, language: str, text: str) -> None:
    found = values_in(kind, text, language)
    ends = [0, *(v.end for v in found)]
    assert all(end <= v.start and text[v.start:v.end] == v.text for end, v in zip(ends, found, strict=False))
    assert all(canonical(v) and compare(v, v).relation == "equal" for v in found)
