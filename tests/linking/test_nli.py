"""Natural language inference: what it is asked, what its word changes, and what is said of a model that won't do."""
from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from factcheck.errors import ModelError
from factcheck.judging.sides import sides
from factcheck.linking import nli
from factcheck.linking.nli import CrossEncoderInference, contradiction_label, load_inference, with_inference
from factcheck.model import Article, Fact, Link
from factcheck.pipeline import Options, check_articles
from tests.judging.facts import mention, source

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORT_CIRCUIT = (source("first", "The fire was caused by a short circuit."), "short circuit")
WIRING = (source("second", "The fire was caused by faulty wiring."), "faulty wiring")
ARSON = (source("third", "The fire was caused by an arsonist."), "arsonist")


class Stub:
    """Says that sentences contradict each other where one of them has a certain word in it, and keeps what it was
    asked."""

    def __init__(self, word: str = "arsonist", chance: float = 0.9) -> None:
        self.word, self.chance = word, chance
        self.asked: list[tuple[str, str]] = []

    def contradiction(self, pairs):
        self.asked += pairs
        return np.array([self.chance if any(self.word in text for text in pair) else 0.1 for pair in pairs])


def fact(kind: str, *told: tuple[Article, str], differs: float | None = None) -> Fact:
    mentions = tuple(mention(article, kind, text) for article, text in told)
    links = tuple(Link(i, j, 0.9, differs=differs) for i, j in combinations(range(len(mentions)), 2))
    return Fact(kind, "", mentions, links)


@pytest.mark.parametrize(("pair_model", "beside", "expected"), [
    (0.5, False, 0.9), (0.5, True, 0.7), (0.2, True, 0.55), (None, True, 0.9), (None, False, 0.9)])
def test_its_word_is_averaged_with_the_pair_models_or_stands_alone(pair_model, beside, expected):
    told = with_inference([fact("cause", SHORT_CIRCUIT, ARSON, differs=pair_model)], Stub(), beside)
    assert told[0].links[0].differs == pytest.approx(expected)


def test_each_pair_of_sentences_is_asked_about_once():
    stub, one = Stub(), fact("cause", SHORT_CIRCUIT, WIRING, ARSON)
    with_inference([one, one], stub, False)
    assert stub.asked == [(SHORT_CIRCUIT[0].text, WIRING[0].text), (SHORT_CIRCUIT[0].text, ARSON[0].text),
                          (WIRING[0].text, ARSON[0].text)]


def test_answers_that_are_figures_are_left_to_arithmetic():
    figures = fact("count", (source("a", "The blast injured 22 people."), "22"),
                   (source("b", "The blast injured 41 people."), "41"), differs=0.5)
    stub = Stub("blast")
    assert with_inference([figures], stub, False) == [figures] and stub.asked == []


def test_sides_follow_its_word_where_words_cant_be_compared():
    told = with_inference([fact("cause", SHORT_CIRCUIT, WIRING, ARSON, differs=0.5)], Stub(), False)
    assert sides(told[0]) == [[0, 1], [2]]
    assert sides(with_inference(told, Stub("nothing"), False)[0]) == [[0, 1, 2]]


def test_a_run_asks_the_model_that_is_named(monkeypatch):
    stub = Stub()
    monkeypatch.setattr(nli, "load_inference", lambda name: stub if name == "some/model" else None)
    articles = [source("a", "The fire in the depot was caused by a short circuit.", 3),
                source("b", "The fire in the depot was caused by an arsonist.", 3)]
    check_articles(articles, Options(nli="some/model"))
    asked = len(stub.asked)
    assert asked
    check_articles(articles, Options())
    assert len(stub.asked) == asked


@pytest.mark.parametrize(("labels", "place"), [
    ({0: "contradiction", 1: "entailment", 2: "neutral"}, 0), ({0: "ENTAILMENT", 1: "NEUTRAL", 2: "CONTRADICTION"}, 2),
    ({0: "entails", 1: " Contradicts "}, 1)])
def test_the_label_is_found_by_its_name(labels, place):
    assert contradiction_label("m", labels) == place


@pytest.mark.parametrize(("labels", "told"), [
    ({0: "LABEL_0", 1: "LABEL_1", 2: "LABEL_2"}, "LABEL_0, LABEL_1, LABEL_2"), ({0: "entailment", 1: "not_entailment"},
     "entailment, not_entailment"), ({0: "contradiction"}, "contradiction"), ({}, "none")])
def test_a_model_without_the_label_wont_do(labels, told):
    with pytest.raises(ModelError) as raised:
        contradiction_label("some/model", labels)
    assert str(raised.value) == ("some/model: --nli needs a model with a label contradiction; id2label in its "
                                 f"config.json has {told}")


def test_a_folder_that_is_not_there_is_told(no_network):
    with pytest.raises(ModelError, match="^./none: there is no such folder$"):
        load_inference("./none")


def test_a_missing_library_is_told_with_the_remedy(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "sentence_transformers", None)
    with pytest.raises(ModelError, match=r"^--nli needs sentence-transformers: pip install 'factcheck\[models\]'$"):
        load_inference(str(tmp_path))


def tiny(folder: Path, labels: list[str]) -> Path:
    """A cross-encoder of random weights that reads letters."""
    torch, transformers = pytest.importorskip("torch"), pytest.importorskip("transformers")
    tokenizers = pytest.importorskip("tokenizers")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *LETTERS]
    letters = tokenizers.Tokenizer(tokenizers.models.WordLevel({w: n for n, w in enumerate(words)}, unk_token="[UNK]"))
    letters.pre_tokenizer = tokenizers.pre_tokenizers.Split("", "isolated")
    letters.post_processor = tokenizers.processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    torch.manual_seed(7)
    config = transformers.BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=128, initializer_range=0.8, id2label=dict(enumerate(labels)),
        label2id={label: n for n, label in enumerate(labels)})
    transformers.BertForSequenceClassification(config).save_pretrained(folder)
    transformers.PreTrainedTokenizerFast(
        tokenizer_object=letters, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]",
        model_max_length=128).save_pretrained(folder)
    return folder


@pytest.mark.parametrize("labels", [["entailment", "neutral", "contradiction"], ["contradiction", "entailment"]])
def test_a_cross_encoder_in_a_folder_is_asked_both_ways_round(tmp_path, labels, no_network, capfd):
    pytest.importorskip("sentence_transformers")
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    folder = tiny(tmp_path, labels)
    capfd.readouterr()
    pairs = [("le juge a dit non", "the judge said yes"), ("a", "b"), ("long " * 100, "longer " * 100)]
    found = CrossEncoderInference(str(folder)).contradiction(pairs)
    assert capfd.readouterr().err == ""
    model, tokenizer = (kind.from_pretrained(folder) for kind in (AutoModelForSequenceClassification, AutoTokenizer))
    with torch.no_grad():
        for pair, chance in zip(pairs, found, strict=True):
            own = [model(**tokenizer(*way, return_tensors="pt", truncation=True)).logits.softmax(1)[0]
                   for way in (pair, pair[::-1])]
            expected = sum(float(row[labels.index("contradiction")]) for row in own) / 2
            assert chance == pytest.approx(expected, abs=1e-4)
    assert np.ptp(found) > 0.01
    np.testing.assert_allclose(CrossEncoderInference(str(folder)).contradiction([p[::-1] for p in pairs]), found,
                               atol=1e-6)
    assert CrossEncoderInference(str(folder)).contradiction([]).shape == (0,)


def test_a_cross_encoder_for_ranking_is_told_in_a_line(tmp_path, no_network):
    pytest.importorskip("sentence_transformers")
    with pytest.raises(ModelError, match="--nli needs a model with a label contradiction; .* has LABEL_0$"):
        CrossEncoderInference(str(tiny(tmp_path, ["LABEL_0"])))


def test_an_encoder_is_told_in_a_line_and_nothing_else_is_said(tmp_path, no_network, capfd):
    pytest.importorskip("sentence_transformers")
    from sentence_transformers import SentenceTransformer

    SentenceTransformer(str(tiny(tmp_path / "from", ["LABEL_0"]))).save(str(tmp_path / "to"))
    capfd.readouterr()
    with pytest.raises(ModelError, match="--nli needs a model with a label contradiction"):
        CrossEncoderInference(str(tmp_path / "to"))
    assert capfd.readouterr().err == ""
