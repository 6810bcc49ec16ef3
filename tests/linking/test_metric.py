"""The metric over the pair model's vectors: what it tells of two readings, how it is kept, what a fit makes of it."""
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from factcheck.linking.evidence import Pair
from factcheck.linking.link import weighed
from factcheck.linking.metric import METRIC, Metric, columns, read_metric, write_metric
from factcheck.linking.pair_model import WIDTH
from factcheck.linking.weights import GROUP_OF, link_weights
from factcheck.values import Comparison
from training.linking import Event, fit

METRIC_OF_TWO = Metric(
    np.array([[1.0, 2.0], [0.5, 0.0]], np.float32),
    {"figures": np.array([[0.0, 0.0], [0.0, 1.0]], np.float32), "times": np.zeros((2, 2), np.float32),
     "words": np.array([[-1.0, -2.0], [-0.5, 0.0]], np.float32)},
)
ROWS = np.array([[1.0, 0.0], [1.0, 1.0], [0.0, -1.0]], np.float32)
NUMBERS = st.floats(-4, 4, width=32)


@pytest.mark.parametrize(("group", "first", "second", "told"), [
    ("times", 0, 1, 1 + 0.5 * 2), ("times", 1, 2, -2 + 0.5), ("figures", 0, 1, 1 + 0.5 * 2 + 1),
    ("words", 0, 1, 0), ("words", 1, 2, 0)])
def test_products_and_sums_are_weighed_and_a_group_adds_its_own(group, first, second, told):
    assert METRIC_OF_TWO.likeness(group, ROWS[first], ROWS[second]) == pytest.approx(told)


@given(arrays(np.float32, (2, 5), elements=NUMBERS), arrays(np.float32, (2, 5), elements=NUMBERS))
def test_either_order_tells_the_same_and_so_do_the_columns_of_a_fit(rows, weights):
    metric = Metric(weights, {"times": np.zeros((2, 5), np.float32)})
    told = metric.likeness("times", rows[0], rows[1])
    assert told == metric.likeness("times", rows[1], rows[0])
    assert told == pytest.approx(float(columns(rows, [(0, 1)])[0] @ weights.reshape(-1)), rel=1e-3, abs=1e-3)


@given(st.dictionaries(st.sampled_from(["figures", "times", "words"]), arrays(np.float32, (2, 7), elements=NUMBERS)),
       arrays(np.float32, (2, 7), elements=NUMBERS))
def test_a_metric_is_read_as_it_was_written(tmp_path_factory, groups, shared):
    path = tmp_path_factory.mktemp("metric") / "metric.toml"
    write_metric(Metric(shared, groups), path, "What is written")
    read = read_metric(path)
    assert np.allclose(read.shared, shared, atol=6e-4)
    assert read.groups.keys() == groups.keys()
    assert all(np.allclose(read.groups[g], groups[g], atol=6e-4) for g in groups)


def test_the_shipped_metric_fits_the_pair_model_and_counts_in_full():
    weights = link_weights()
    assert weights.metric is not None
    assert weights.metric.shared.shape == (2, WIDTH)
    assert {g: w.shape for g, w in weights.metric.groups.items()} == dict.fromkeys(GROUP_OF.values(), (2, WIDTH))
    assert all(weights.of(kind, METRIC) == 1 for kind in GROUP_OF)


def test_fast_links_have_no_metric():
    assert link_weights(fast=True).metric is None
    assert METRIC not in link_weights(fast=True).evidence


def question(kind: str) -> SimpleNamespace:
    return SimpleNamespace(mention=SimpleNamespace(value=SimpleNamespace(kind=kind)))


def pair(first: int, second: int) -> Pair:
    return Pair(first, second, Comparison("disjoint"), {"words near": 0.5})


def test_pairs_get_what_the_metric_tells_beside_their_evidence():
    found = weighed([question("date")] * 3, [pair(0, 1), pair(1, 2)], ROWS, METRIC_OF_TWO)
    assert [p.evidence for p in found] == [{"words near": 0.5, METRIC: 2.0}, {"words near": 0.5, METRIC: -1.5}]


@pytest.mark.parametrize(("rows", "metric"), [(None, METRIC_OF_TWO), (ROWS, None)])
def test_without_the_pair_model_pairs_stay_as_they_are(rows, metric):
    pairs = [pair(0, 1)]
    assert weighed([question("date")] * 2, pairs, rows, metric) == pairs


def event(seed: int) -> Event:
    """Forty mentions of which the first number tells the question, and the others nothing."""
    random = np.random.default_rng(seed)
    rows = random.normal(size=(40, 6)).astype(np.float32)
    rows[:, 0] = np.sign(rows[:, 0])
    pairs = [pair(i, j) for i in range(40) for j in range(i)]
    same = np.array([rows[p.first, 0] == rows[p.second, 0] for p in pairs])
    return Event(Path("training/fitting/made-up"), {}, (), (), [question("count")] * 40, pairs, same,
                 np.ones(len(pairs)), (), rows)


def test_a_fit_finds_the_number_that_tells():
    metric = fit([event(1), event(2)]).metric
    assert metric is not None
    product, both = metric.shared + metric.groups["figures"]
    assert product[0] > 5 * np.abs(product[1:]).max()
    assert product[0] > 5 * np.abs(both).max()
