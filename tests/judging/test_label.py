"""The label of a finding: what is asked, as an editor reads it."""
from __future__ import annotations

import pytest

from tests.judging.facts import judged, source


def label(kind: str, *told: tuple[str, str], language: str = "en") -> str:
    """The label of the fact whose mentions are these sentences, each with the beginning of its answer."""
    sources = [(source(f"source{n}", text, 20, language), answer) for n, (text, answer) in enumerate(told)]
    return judged(kind, *sources).question


@pytest.mark.parametrize(("kind", "language", "first", "second", "expected"), [
    ("time", "en", ("The alarm went off at 7:40 am.", "7:40"), ("It went off at 8:10 am.", "8:10"),
     "the alarm went off at […]"),
    ("time", "fr", ("L'alarme a retenti à 7 h 40.", "7"), ("Elle a retenti à 8 h 10.", "8"),
     "l'alarme a retenti à […]"),
])
def test_a_plain_sentence_is_its_own_label(kind: str, language: str, first: tuple[str, str], second: tuple[str, str],
                                           expected: str) -> None:
    assert label(kind, first, second, language=language) == expected


def test_the_sentence_that_says_most_is_taken_whichever_side_it_is_on() -> None:
    poor = ("Its price was £3 million.", "£3 million")
    telling = ("The harbour authority paid £2 million for the new crane.", "£2 million")
    expected = "the harbour authority paid […] for the new crane"
    assert label("money", poor, telling) == label("money", telling, poor) == expected


def test_speech_and_clauses_beside_the_answer_are_left_out() -> None:
    assert label("count", ("The ferry company said on Monday that 140 passengers spent the night on board, and "
                           "promised refunds.", "140"),
                 ("They were 200.", "200")) == "[…] passengers spent the night on board"
    assert label("date", ("Although the work took longer, the swimming pool reopened on 3 June 2031, the council said.",
                          "3 June"), ("It reopened on 5 June 2031.", "5 June")) == "the swimming pool reopened on […]"


def test_what_is_said_of_a_part_is_not_said_of_the_whole() -> None:
    asked = label("count", ("Seven hikers died during the storm, four of them in the northern valley.", "Seven"),
                  ("There were nine.", "nine"))
    assert asked == "[…] hikers died during the storm"


def test_a_participle_keeps_the_noun_it_narrows() -> None:
    asked = label("date", ("Les convives sont tombés malades après un repas servi samedi à Hauteville.", "samedi"),
                  ("Il a été servi dimanche.", "dimanche"), language="fr")
    assert asked == "un repas servi […] à Hauteville"


def test_the_party_that_gives_a_figure_is_no_part_of_what_is_asked() -> None:
    asked = label("count", ("Selon la police, 400 personnes ont défilé devant la gare, et la circulation a été coupée.",
                            "400"), ("Ils étaient 900.", "900"), language="fr")
    assert asked == "[…] personnes ont défilé devant la gare"


def test_a_relative_pronoun_gives_way_to_its_noun() -> None:
    asked = label("money", ("Le festival, qui a coûté 3 millions d'euros, a fermé ses portes dimanche.", "3 millions"),
                  ("Il a coûté 4 millions d'euros.", "4 millions"), language="fr")
    assert asked == "le festival a coûté […]"


def test_a_pronoun_gives_way_to_the_name_it_stands_for() -> None:
    asked = label("count", ("Clara Boyle founded the bakery in Hull. She employs 40 bakers.", "40"),
                  ("It employs 60.", "60"))
    assert asked == "Clara Boyle employs […] bakers"


def test_of_two_verbs_the_one_that_governs_the_answer_is_kept() -> None:
    asked = label("money", ("Le club devra payer une amende et rembourser 12 000 euros à la mairie.", "12"),
                  ("Il devra rembourser 15 000 euros.", "15"), language="fr")
    assert asked == "le club devra rembourser […] à la mairie"


@pytest.mark.parametrize(("kind", "language", "text", "answers", "expected"), [
    ("role", "en", "Nora Lindqvist, the {} of Hartwell, opened the fair.", ("mayor", "deputy mayor"),
     "role of Nora Lindqvist"),
    ("role", "fr", "Agnès Perrot, {} de l'usine, a démissionné.", ("directrice", "présidente"),
     "fonction d’Agnès Perrot"),
    ("measure", "fr", "Rémi Marchand, {} ans, dirige la scierie.", ("54", "56"), "âge de Rémi Marchand"),
    ("measure", "en", "Odile Marsh, {}, runs the sawmill.", ("54", "56"), "age of Odile Marsh"),
    ("person", "en", "“It is over,” said {}, the owner of the mill, on Friday.", ("Paul Rennick", "Peter Stanmore"),
     "[…], the owner of the mill"),
])
def test_what_somebody_is_goes_by_the_name(kind: str, language: str, text: str, answers: tuple[str, str],
                                           expected: str) -> None:
    told = [(text.format(answer), answer) for answer in answers]
    assert label(kind, *told, language=language) == expected


def test_a_label_stays_short_and_whole() -> None:
    asked = label("money", ("The regional development agency that was set up by the three northern counties in the "
                            "spring has lent the owners of the old shipyard at Marrow Point 4 million euros for a new "
                            "slipway with a roof, on condition that they hire apprentices.", "4 million"),
                  ("The agency has lent the owners 6 million euros.", "6 million"))
    assert "lent" in asked and "agency" in asked and "[…]" in asked
    assert len(asked) <= 64
    assert not asked.endswith((" of", " for", " at", " and", ",", " with", " a"))


def test_no_quotation_mark_or_bracket_is_left_open() -> None:
    asked = label("duration", ("La préfète (en poste depuis mai) promet que « les travaux du viaduc dureront six "
                               "mois », sans autre précision.", "six"), ("Ils dureront un an.", "un an"), language="fr")
    assert asked == "les travaux du viaduc dureront […]"


def test_without_a_clause_the_words_that_the_sources_share_tell_what_is_asked() -> None:
    assert label("percent", ("Turnout: 40%.", "40"), ("For turnout, 30%!", "30")) == "percentage: Turnout"
    assert label("percent", ("Participation : 40 %.", "40"), ("Participation : 30 % !", "30"),
                 language="fr") == "pourcentage : Participation"
