"""The pair model: its interface, its files' safety, its symmetry, and some pairs it must get right."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from factcheck.errors import ModelError
from factcheck.linking.pair_input import QUESTION
from factcheck.linking.pair_model import WEIGHTS, WIDTH, Marked, PairModel, PairScore, load_pair_model


def marked(text: str, kind: str, language: str) -> Marked:
    """A side whose value stands in [[…]]."""
    start = text.index("[[")
    end = text.index("]]") - 2
    return Marked(text.replace("[[", "").replace("]]", ""), start, end, kind, language)


def pair(kind: str, first: str, second: str, languages: str = "fr-en") -> tuple[Marked, Marked]:
    one, other = languages.split("-")
    return marked(first, kind, one), marked(second, kind, other)


SAME = [
    pair("count", "L'explosion a fait [[douze]] blessés.", "[[Fourteen]] people were injured in the blast."),
    pair("money", "L'amende s'élève à [[3 millions d'euros]].", "The company was fined [[€2.5 million]]."),
    pair("date", "Le tribunal a rendu son verdict [[lundi]].", "The verdict was handed down on [[Tuesday]]."),
    pair("person", "[[Anne Lorrain]] dirige l'usine depuis 2015.", "the plant's manager, [[Anna Lorain]], said"),
    pair("duration", "L'évacuation a duré [[deux heures]].", "It took [[three hours]] to evacuate the building."),
]
"""Pairs of one question, all with answers that differ."""

OTHER = [
    pair("count", "L'explosion a fait [[douze]] blessés.", "[[Fourteen]] fire engines were sent to the scene."),
    pair("money", "L'amende s'élève à [[3 millions d'euros]].", "Its turnover was [[€90 million]] last year."),
    pair("date", "Le tribunal a rendu son verdict [[lundi]].", "The complaint was lodged on [[3 March]]."),
    pair("person", "[[Anne Lorrain]] dirige l'usine depuis 2015.", "the mayor, [[Paul Vidal]], said"),
    pair("duration", "L'évacuation a duré [[deux heures]].", "The plant has been running for [[thirty years]]."),
]
"""Pairs of the same kind and affair that ask different things."""

AGREE = [
    pair("outcome", "Le juge [[a rejeté la plainte]] du syndicat.", "The judge [[dismissed the union's complaint]]."),
    pair("outcome", "Les députés [[ont adopté]] la loi mardi soir.", "The bill [[was passed]] by the lower house."),
    pair("cause", "Le feu est parti d'[[un court-circuit]].", "The fire was started by [[an electrical fault]]."),
]
DIFFER = [
    pair("outcome", "Le juge [[a rejeté la plainte]] du syndicat.", "The judge [[upheld the union's complaint]]."),
    pair("outcome", "Les députés [[ont adopté]] la loi mardi soir.", "The bill [[was voted down]] by the lower house."),
    pair("cause", "Le feu est parti d'[[un court-circuit]].", "The fire was started [[on purpose]], police say."),
]


@pytest.fixture(scope="module")
def model() -> Iterator[PairModel]:
    yield load_pair_model(threads=1)


def test_scores_are_probabilities_in_the_pairs_order(model: PairModel) -> None:
    scores = model.score(SAME + OTHER)
    assert len(scores) == len(SAME + OTHER)
    assert all(isinstance(score, PairScore) for score in scores)
    assert all(0.0 <= p <= 1.0 for score in scores for p in (score.same_question, score.differs))
    alone = model.score([OTHER[2]])[0]
    assert alone.same_question == pytest.approx(scores[len(SAME) + 2].same_question, abs=0.02)


def test_a_mention_is_read_alike_in_any_company(model: PairModel) -> None:
    sides = [side for both in SAME + OTHER for side in both]
    together, alone = model.vectors(sides), model.vectors(sides[3:4])
    assert together.shape == (len(sides), WIDTH)
    assert np.allclose(np.linalg.norm(together[:, :QUESTION], axis=1), 1, atol=1e-4)
    assert float(together[3] @ alone[0]) == pytest.approx(2, abs=0.01)


def test_no_pairs_no_scores(model: PairModel) -> None:
    assert model.score([]) == []


def test_both_ways_round_score_alike(model: PairModel) -> None:
    pairs = SAME + OTHER + DIFFER
    assert model.score(pairs) == model.score([(second, first) for first, second in pairs])


def test_scores_stay_the_same(model: PairModel) -> None:
    assert model.score(SAME) == model.score(SAME)


@pytest.mark.parametrize("number", range(5))
def test_tells_the_same_question_from_another(model: PairModel, number: int) -> None:
    same, other = model.score([SAME[number], OTHER[number]])
    assert same.same_question > other.same_question + 0.05


def test_tells_agreement_from_difference(model: PairModel) -> None:
    agree = [score.differs for score in model.score(AGREE)]
    differ = [score.differs for score in model.score(DIFFER)]
    assert all(low < high for low, high in zip(agree, differ, strict=True)), (agree, differ)


def test_the_mark_matters(model: PairModel) -> None:
    text = "Fourteen people were injured and [[three]] were killed in the blast."
    other = "[[Fourteen]] people were injured and three were killed in the blast."
    asked = marked("L'explosion a tué [[trois]] personnes.", "count", "fr")
    right, wrong = model.score([(asked, marked(text, "count", "en")), (asked, marked(other, "count", "en"))])
    assert right.same_question > wrong.same_question


def test_what_stands_before_a_sentence_tells_what_it_points_to(model: PairModel) -> None:
    asked = marked("The ferry company was fined [[€40,000]].", "money", "en")
    side = marked("It comes to [[€25,000]].", "money", "en")
    fine, repairs = (replace(side, lead=lead) for lead in (
        "The judges also set the fine that the ferry company must pay.", "The harbour has to repair its gangway."))
    told, untold = model.score([(asked, fine), (asked, repairs)])
    assert told.same_question > untold.same_question + 0.05


def test_what_stands_before_a_sentence_does_not_drown_it(model: PairModel) -> None:
    for (first, second), (_, other) in zip(SAME, OTHER, strict=True):
        lead = "The council met for two hours on Monday and asked the mayor to report in May."
        same, not_same = model.score([(first, replace(second, lead=lead)), (first, replace(other, lead=lead))])
        assert same.same_question > not_same.same_question + 0.05


def test_long_leads_are_cut(model: PairModel) -> None:
    side = SAME[0][1]
    near = "The kiln had been fired up again that morning after a break of three weeks. " * 3
    longer = [replace(side, lead=lead) for lead in (near, "Much was said before. " * 400 + near)]
    vectors = model.vectors(longer)
    assert np.allclose(vectors[0], vectors[1], atol=0.02)


def test_long_sentences_are_cut_around_the_value(model: PairModel) -> None:
    long = "Selon le rapport, " + "et après bien des péripéties, " * 60
    side = marked(long + "l'amende s'élève à [[3 millions d'euros]].", "money", "fr")
    assert len(model.score([(side, SAME[1][1])])) == 1


@pytest.mark.parametrize(("start", "end", "kind"), [(3, 3, "date"), (0, 99, "date"), (0, 2, "colour")])
def test_a_side_must_make_sense(start: int, end: int, kind: str) -> None:
    with pytest.raises(ValueError):
        Marked("le 3 mai", start, end, kind, "fr")


def copy(folder: Path) -> Path:
    shutil.copytree(WEIGHTS, folder / "model")
    return folder / "model"


@pytest.mark.parametrize("name", ["pair.toml", "pair.onnx"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    folder = copy(tmp_path)
    (folder / name).unlink()
    with pytest.raises(ModelError, match=rf"missing: cannot read .*{name}"):
        load_pair_model(folder)


def test_a_damaged_file_is_noticed(tmp_path: Path) -> None:
    folder, name = copy(tmp_path), "pair.onnx"
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    with pytest.raises(ModelError, match=rf"damaged: .*{name} has another SHA-256"):
        load_pair_model(folder)


@pytest.mark.parametrize("content", ["version = ", 'version = "1"\n'])
def test_damaged_settings_are_noticed(tmp_path: Path, content: str) -> None:
    folder = copy(tmp_path)
    (folder / "pair.toml").write_text(content)
    with pytest.raises(ModelError, match="damaged: .*pair.toml"):
        load_pair_model(folder)


def test_packed_weights_fit_the_package() -> None:
    assert sum(path.stat().st_size for path in WEIGHTS.iterdir()) < 25 * 2**20
