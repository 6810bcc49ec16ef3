"""The cache: gives back what was put in, for the same content and the same rules alone, and never stands in the way."""
from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factcheck import pipeline
from factcheck.cache import Cache, plain, store
from factcheck.cache.pairs import RememberedEncoder, RememberedPairModel
from factcheck.linking.pair_input import Marked
from factcheck.linking.pair_model import WIDTH
from factcheck.model import Claim, Evidence, Finding, Interval, Intervals, Names, Value
from tests.conftest import make_article
from tests.reporting.sample import FINDINGS

TEXT = "Hélène Maurel a dirigé la régie de 2019 à 2024. Douze passagers ont été évacués, selon la régie. Elle regrette."
NUMBER = st.integers(-9, 9) | st.floats(allow_nan=False)
POSSIBLE = st.builds(Intervals, st.lists(st.builds(Interval, NUMBER, NUMBER, st.booleans(), st.booleans()),
                                         max_size=3).map(tuple)) | \
    st.builds(Names, st.frozensets(st.text(), max_size=3))
VALUE = st.builds(Value, st.text(), st.text(), st.integers(), st.integers(), POSSIBLE, st.text(),
                  st.lists(st.text(), max_size=2).map(tuple), st.booleans(), st.text())


@pytest.fixture(scope="module")
def claims() -> tuple[Claim, ...]:
    return pipeline.extract(make_article(TEXT))


def test_claims_come_back_as_they_were(claims: tuple[Claim, ...]) -> None:
    assert claims and any(c.values for c in claims)
    assert plain.claims_from_bytes(plain.claims_to_bytes(claims)) == claims


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(VALUE, max_size=3))
def test_values_of_every_kind_come_back(claims: tuple[Claim, ...], values: list[Value]) -> None:
    own = (replace(claims[0], values=tuple(values)),)
    back = plain.claims_from_bytes(plain.claims_to_bytes(own))
    assert back == own
    numbers = [v.possible for v in back[0].values if isinstance(v.possible, Intervals)]
    assert repr(numbers) == repr([v.possible for v in values if isinstance(v.possible, Intervals)])  # 1 is not 1.0


def test_findings_come_back_as_they_were() -> None:
    assert plain.findings_from_bytes(plain.findings_to_bytes(FINDINGS)) == FINDINGS


def test_an_article_is_known_again_and_no_other_one(tmp_path: Path, claims: tuple[Claim, ...]) -> None:
    cache = Cache(tmp_path)
    article = make_article(TEXT)
    assert cache.claims(article) is None
    cache.keep_claims(article, claims)
    assert Cache(tmp_path).claims(article) == claims
    for other in (replace(article, text=TEXT + " "), replace(article, id="b.txt"), replace(article, language="en"),
                  replace(article, outlet="x"), replace(article, paragraphs=())):
        assert cache.claims(other) is None


def test_the_pipeline_reads_an_article_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    article, cache = make_article(TEXT), Cache(tmp_path)
    first = pipeline.extract(article, cache)
    monkeypatch.setattr(pipeline, "_extracted", lambda _: pytest.fail("read again"))
    assert pipeline.extract(article, cache) == first


def test_other_rules_know_nothing_of_it(tmp_path: Path, claims: tuple[Claim, ...],
                                        monkeypatch: pytest.MonkeyPatch) -> None:
    article = make_article(TEXT)
    Cache(tmp_path).keep_claims(article, claims)
    monkeypatch.setattr(store, "version", lambda: "other")
    assert Cache(tmp_path).claims(article) is None


def test_findings_belong_to_their_articles_and_options(tmp_path: Path) -> None:
    cache, one, two = Cache(tmp_path), make_article("One."), make_article("Two.", name="b.txt")
    cache.keep_findings([one, two], "fast", FINDINGS)
    assert cache.findings([one, two], "fast") == FINDINGS
    assert cache.findings([one], "fast") is None
    assert cache.findings([one, two], "slow") is None
    assert cache.findings([one, replace(two, text="Two!")], "fast") is None


@pytest.mark.parametrize("damage", [b"", b"SQLite format 3\0 and then nothing of the kind" * 90, b"\x80\x04pickle"])
def test_a_damaged_file_is_no_error(tmp_path: Path, claims: tuple[Claim, ...], damage: bytes) -> None:
    article = make_article(TEXT)
    Cache(tmp_path).keep_claims(article, claims)
    (file,) = tmp_path.glob("*.sqlite")
    file.write_bytes(damage)
    cache = Cache(tmp_path)
    assert cache.claims(article) is None
    cache.keep_claims(article, claims)


def test_a_damaged_entry_is_as_good_as_none(tmp_path: Path, claims: tuple[Claim, ...]) -> None:
    article, cache = make_article(TEXT), Cache(tmp_path)
    cache.keep({store._article_key(article): b'[[], [[0, ["x"]]]]'})
    assert cache.claims(article) is None


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path: Path, claims: tuple[Claim, ...]) -> None:
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file" / "cache")
    cache.keep_claims(make_article(TEXT), claims)
    assert cache.claims(make_article(TEXT)) is None


def _fill(folder: Path, who: int) -> None:
    cache = Cache(folder)
    for number in range(40):
        cache.keep({store.key(bytes([who, number])): bytes([number]) * 3000})


def test_two_runs_share_it(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    runs = [context.Process(target=_fill, args=(tmp_path, who)) for who in (1, 2)]
    for run in runs:
        run.start()
    for run in runs:
        run.join(60)
    cache = Cache(tmp_path)
    found = cache.many([store.key(bytes([who, n])) for who in (1, 2) for n in range(40)])
    assert sorted(v[0] for v in found.values()) == sorted([*range(40)] * 2)


class FakeModel:
    """A pair model that counts what it is shown; its vectors follow from the texts."""

    def __init__(self) -> None:
        self.shown = 0

    def vectors(self, sides: Sequence[Marked]) -> np.ndarray:
        self.shown += len(sides)
        values = [len(side.text) + side.start / 10 + len(side.lead) / 100 for side in sides]
        return np.array([np.full(WIDTH, value) for value in values], dtype=np.float32)


def test_the_pair_model_reads_a_mention_once(tmp_path: Path) -> None:
    model = FakeModel()
    sides = [Marked(f"{'x' * n} 12 y", n + 1, n + 3, "count", "en") for n in range(5)]
    expected = FakeModel().vectors(sides)
    first = RememberedPairModel(lambda: model, Cache(tmp_path))
    assert np.array_equal(first.vectors(sides[:3] * 2), np.vstack([expected[:3]] * 2))
    assert model.shown == 3
    again = RememberedPairModel(lambda: model, Cache(tmp_path))
    assert np.array_equal(again.vectors(sides[:3]), expected[:3])
    assert model.shown == 3
    assert np.array_equal(again.vectors(sides), expected)
    assert model.shown == 5
    moved = [replace(side, lead="Before it.") for side in sides]
    assert np.array_equal(again.vectors(moved), FakeModel().vectors(moved))
    assert model.shown == 10


def test_evidence_is_kept_with_a_finding() -> None:
    finding = replace(FINDINGS[0], evidence=(Evidence("names", 1.5, "x"),))
    (back,) = plain.findings_from_bytes(plain.findings_to_bytes([finding]))
    assert isinstance(back, Finding) and back.evidence == finding.evidence


class FakeEncoder:
    """An encoder that keeps what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.asked += texts
        return np.array([[len(t), ord(t[0])] for t in texts], dtype=np.float32)


def test_the_encoder_is_asked_once_for_a_text(tmp_path: Path) -> None:
    encoder = FakeEncoder()
    texts = ["one", "three", "one"]
    expected = FakeEncoder().encode(texts)
    assert np.array_equal(RememberedEncoder(lambda: encoder, Cache(tmp_path)).encode(texts), expected)
    assert np.array_equal(RememberedEncoder(lambda: encoder, Cache(tmp_path)).encode(texts + ["four"])[:3], expected)
    assert encoder.asked == ["one", "three", "four"]
