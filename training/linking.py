"""Annotated events made ready for fitting, and the fit of the evidence for links.

Each event's candidate pairs are labelled by its gold file: one question where both mentions stand in the same
annotated fact. Agreements are annotated only in part, so an unannotated pair whose values agree counts little.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from factcheck.linking.link import pairs_of
from factcheck.linking.metric import METRIC, Metric, columns
from factcheck.linking.names import name_facts
from factcheck.linking.pair_model import load_pair_model
from factcheck.linking.questions import Question, questions
from factcheck.linking.weights import GROUP_OF, Weights
from factcheck.model import Article, Claim, Fact
from factcheck.pipeline import extract
from factcheck.reading import read_all

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "evaluate"))
import score as scorer  # noqa: E402
from events import load  # noqa: E402

_SAME = ("contradiction", "variant", "update", "dispute", "agreement")
_UNSURE = 0.2
# How much a step of its spread a column of the pair model's readings is worth to the penalty, beside other evidence.
_READING = 0.03
# Events written by other hands than ours are few, and nearer to what the program will meet: they count more in a fit.
_OTHER_HANDS = 3.0
_TESTS = Path(__file__).resolve().parents[1] / "tests"
# Kinds that annotators and finders part differently.
_NEAR_KINDS = {"count": ("percent", "measure"), "percent": ("count",), "measure": ("count",), "time": ("duration",),
               "person": ("role",), "role": ("person",)}


@dataclass(frozen=True)
class Event:
    """An event ready to be linked: its questions, candidate pairs, and the pairs' labels and weights in the fit."""

    folder: Path
    gold: dict[str, Any]
    articles: Sequence[Article]
    claims: Sequence[Claim]
    asked: Sequence[Question]
    pairs: Sequence[Any]
    labels: np.ndarray
    importance: np.ndarray
    names: Sequence[Fact]
    read: NDArray[np.float32] | None
    """The rows that the pair model made of the questions, where it was asked."""

    @property
    def counts(self) -> float:
        """What the event counts in a fit."""
        return _OTHER_HANDS if self.folder.resolve().is_relative_to(_TESTS) else 1.0


def prepare(folder: Path, fast: bool) -> Event:
    """Read, extract and pair one event, and label its pairs."""
    from factcheck.linking.encoder import load_encoder

    articles = articles_of(folder)
    claims = [c for a in articles for c in extract(a)]
    asked = questions(articles, claims)
    pairs, read = pairs_of(asked, None if fast else load_pair_model(), load_encoder())
    gold = load(folder)
    standing = [hits(q, gold["facts"]) for q in asked]
    labels, importance = [], []
    for pair in pairs:
        shared = standing[pair.first] & standing[pair.second]
        relations = {f["relation"] for f in gold["facts"] if f["id"] in shared}
        same = bool(relations & set(_SAME))
        unsure = not same and bool(pair.evidence["values agree"])
        labels.append(same)
        importance.append(0.0 if "debatable" in relations and not same else _UNSURE if unsure else 1.0)
    return Event(
        folder,
        gold,
        articles,
        claims,
        asked,
        pairs,
        np.array(labels),
        np.array(importance),
        name_facts(articles, claims),
        read,
    )


def articles_of(folder: Path) -> Sequence[Article]:
    """The articles of an event."""
    return read_all([p for p in sorted(folder.iterdir()) if p.name not in ("gold.json", "README.md")])[0]


def hits(question: Question, facts: Sequence[dict[str, Any]]) -> frozenset[str]:
    """The annotated facts that a mention stands in: by the scorer's rule, of one kind, and with words in common (the
    scorer takes any words of the sentence for an outcome or a cause)."""
    kind = question.mention.value.kind
    value = {
        "article": question.article.id,
        "text": question.mention.value.text,
        "quote": question.mention.claim.sentence.text,
    }
    return frozenset(
        f["id"]
        for f in facts
        if f["kind"] in (kind, *_NEAR_KINDS.get(kind, ()))
        for s in f["sides"]
        for m in s["mentions"]
        if scorer.same_place(value, m, "any")
    )


def stands(question: Question, fact: dict[str, Any], side: dict[str, Any]) -> bool:
    """Whether a mention stands on one side of an annotated fact, by the rule of `hits`."""
    return bool(hits(question, [{**fact, "sides": [side]}]))


def fit(prepared: Sequence[Event], strength: float = 1.0) -> Weights:
    """Weights by logistic regression with a ridge penalty: shared ones, what each group of kinds adds, and an
    intercept a kind."""
    names = sorted({n for e in prepared for p in e.pairs for n in p.evidence})
    kinds, groups = sorted(GROUP_OF), sorted(set(GROUP_OF.values()))
    of = [e.asked[p.first].mention.value.kind for e in prepared for p in e.pairs]
    pairs = [p for e in prepared for p in e.pairs]
    rows = np.array([_row(k, p.evidence, names, kinds, groups) for k, p in zip(of, pairs, strict=True)], np.float32)
    read, scale = _readings(prepared, of, groups)
    model = LogisticRegression(C=strength, max_iter=3000)
    model.fit(
        np.hstack([rows, read]),
        np.concatenate([e.labels for e in prepared]),
        sample_weight=np.concatenate([e.counts * e.importance for e in prepared]),
    )
    found = model.coef_[0]
    weights = _weights(float(model.intercept_[0]), list(map(float, found[: rows.shape[1]])), names, kinds, groups)
    return _with_metric(weights, found[rows.shape[1] :], scale, groups) if read.size else weights


def _readings(
    prepared: Sequence[Event], kinds: Sequence[str], groups: Sequence[str]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """What a metric weighs of the pair model's rows, scaled so that the penalty holds it back more than the evidence,
    for all kinds and for each group (pairs x columns); and the scale. No columns where the model wasn't asked."""
    read = [e.read for e in prepared if e.read is not None]
    if len(read) < len(prepared):
        return np.zeros((len(kinds), 0), np.float32), np.zeros(0, np.float32)
    chosen = [[(p.first, p.second) for p in e.pairs] for e in prepared]
    found = np.vstack([columns(rows, pairs) for rows, pairs in zip(read, chosen, strict=True)])
    scale = _READING / np.maximum(found.std(0), 1e-6)
    found *= scale
    group = np.array([groups.index(GROUP_OF[k]) for k in kinds])
    return np.hstack([found, *(found * (group == g)[:, None] for g in range(len(groups)))]), scale


def _with_metric(weights: Weights, found: NDArray[Any], scale: NDArray[np.float32], groups: Sequence[str]) -> Weights:
    """Weights with the metric that the columns of `_readings` were given."""
    tables = (found.reshape(1 + len(groups), -1) * scale).astype(np.float32).reshape(1 + len(groups), 2, -1)
    metric = Metric(tables[0], dict(zip(groups, tables[1:], strict=True)))
    return replace(weights, evidence={**weights.evidence, METRIC: 1.0}, metric=metric)


def _row(
    kind: str, evidence: Mapping[str, float], names: Sequence[str], kinds: Sequence[str], groups: Sequence[str]
) -> list[float]:
    shared = [evidence.get(n, 0.0) for n in names]
    own = [x if GROUP_OF[kind] == g else 0.0 for g in groups for x in shared]
    return shared + own + [float(kind == k) for k in kinds]


def _weights(
    intercept: float, found: Sequence[float], names: Sequence[str], kinds: Sequence[str], groups: Sequence[str]
) -> Weights:
    """The weights that the columns of `_row` were given."""
    shared, rest = dict(zip(names, found, strict=False)), found[len(names) :]
    own = {g: dict(zip(names, rest[i * len(names) :], strict=False)) for i, g in enumerate(groups)}
    return Weights(intercept, shared, dict(zip(kinds, rest[len(groups) * len(names) :], strict=True)), own)


def fit_signals(
    rows: Sequence[tuple[str, Mapping[str, float]]],
    labels: Sequence[bool],
    strength: float,
    scaled: bool = False,
    counts: Sequence[float] | None = None,
    grouped: bool = False,
) -> Weights:
    """Weights of named signals by logistic regression with a ridge penalty, and an intercept a kind; a row is a kind
    and its signals, and counts as much as `counts` says. With `scaled` the penalty is on what a signal's spread is
    worth, whatever its unit; with `grouped` each group of kinds adds weights of its own."""
    names, kinds = sorted({n for _, signals in rows for n in signals}), sorted(GROUP_OF)
    groups = sorted(set(GROUP_OF.values())) if grouped else []
    table = np.array([_row(kind, signals, names, kinds, groups) for kind, signals in rows])
    spread = np.maximum(table.std(0), 1e-6) if scaled else np.ones(table.shape[1])
    middle = table.mean(0) if scaled else np.zeros(table.shape[1])
    model = LogisticRegression(C=strength, max_iter=3000)
    model.fit((table - middle) / spread, labels, sample_weight=counts)
    found = list(map(float, model.coef_[0] / spread))
    return _weights(float(model.intercept_[0] - middle @ (model.coef_[0] / spread)), found, names, kinds, groups)


def write(weights: Weights, path: Path, about: str) -> None:
    """Weights as the TOML file that `factcheck.linking.weights` reads, with a line that says what they are; those that
    come to nothing are left out."""
    lines = [
        f"# {about}, in log-odds; fitted by training/accuracy.py.",
        f"intercept = {weights.intercept:.4f}",
        "",
        "[evidence]",
        *_told(dict(sorted(weights.evidence.items(), key=lambda x: -abs(x[1])))),
        "",
        "[kinds]",
        *(f"{k} = {w:.4f}" for k, w in weights.kinds.items()),
    ]
    for group, own in weights.groups.items():
        lines += ["", f"[groups.{group}]", *_told(own)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _told(weights: Mapping[str, float]) -> list[str]:
    return [f'"{name}" = {weight:.4f}' for name, weight in weights.items() if round(weight, 4)]
