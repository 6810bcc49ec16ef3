"""Measure the pair model, and any model for natural language inference, on sentence pairs of your own.

    python -m training.sentence_pairs FILE [--nli MODEL]

FILE is tab-separated text with a header line: `premise`, `hypothesis` and `label` (docs/models.md has the labels and
the columns that may stand beside). A value that is marked in both sentences, as `[[…]]`, is the pair model's. Where
none is, the values are found as in an article, and the first two of one kind are taken; where there are no two, each
sentence is one value, an outcome.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from factcheck import pipeline
from factcheck.errors import FactcheckError, InputError
from factcheck.languages import available
from factcheck.linking.nli import load_inference
from factcheck.linking.pair_input import KINDS, Marked
from factcheck.linking.pair_model import load_pair_model
from factcheck.linking.questions import marked as marked_value
from factcheck.model import Article, Paragraph, Sentence, Value
from factcheck.reading.detect import detect
from training.data import marked as read_marks

ENTAILMENT, NEUTRAL, CONTRADICTION = "entailment", "neutral", "contradiction"
LABELS = {
    ENTAILMENT: ENTAILMENT, "agree": ENTAILMENT, "0": ENTAILMENT,
    NEUTRAL: NEUTRAL, "1": NEUTRAL,
    CONTRADICTION: CONTRADICTION, "differ": CONTRADICTION, "2": CONTRADICTION,
}  # fmt: skip
UNLABELLED = ("", "-", "-1")
COLUMNS = {
    "premise": ("premise", "sentence1"),
    "hypothesis": ("hypothesis", "sentence2"),
    "label": ("label", "gold_label"),
}
HOW = ("marked", "found", "whole sentence")
_EITHER, _OPPOSITE = "contradiction or not", "contradiction or entailment"
_TASKS = {_EITHER: (CONTRADICTION, ENTAILMENT, NEUTRAL), _OPPOSITE: (CONTRADICTION, ENTAILMENT)}

Score = NDArray[np.float64]


@dataclass(frozen=True)
class LabelledPair:
    """A line of the file: two texts, one of three labels, and what else it tells (`kind`, `language`)."""

    premise: str
    hypothesis: str
    label: str
    kind: str = "outcome"
    language: str = ""


@dataclass(frozen=True)
class Row:
    """A line of the table: a score, held against one task on some of the pairs."""

    score: str
    task: str
    pairs: str
    number: int
    frequent: float
    accuracy: float
    area: float


def read_pairs(path: Path) -> tuple[list[LabelledPair], int]:
    """The labelled pairs of a file, and how many lines have no label. Raises `InputError`, with the line, for a file
    that is something else."""
    try:
        text = io.StringIO(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(str(path), f"can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(str(path), "is not text in UTF-8") from error
    rows = csv.DictReader(text, delimiter="\t", quoting=csv.QUOTE_NONE)
    names = {name.strip().casefold(): name for name in rows.fieldnames or ()}
    columns = {own: next((names[n] for n in known if n in names), "") for own, known in COLUMNS.items()}
    if lacking := [own for own, name in columns.items() if not name]:
        raise InputError(str(path), f"has no column {' and no column '.join(lacking)} in its first line, which names "
                                    "the columns, with tabs between them")
    columns |= {own: names[own] for own in ("kind", "language") if own in names}
    found = [_pair(path, rows.line_num, {own: (row[name] or "").strip() for own, name in columns.items()})
             for row in rows]
    pairs = [p for p in found if p]
    if len({p.label == CONTRADICTION for p in pairs}) < 2:
        raise InputError(str(path), "needs pairs of both sorts: some labelled contradiction, and some that are not")
    return pairs, len(found) - len(pairs)


def _pair(path: Path, line: int, row: Mapping[str, str]) -> LabelledPair | None:
    """One line as a pair; None where it has no label."""
    label = row["label"].casefold()
    if label in UNLABELLED:
        return None
    kind = row.get("kind") or "outcome"
    for right, wrong in ((label in LABELS, f"no such label: {row['label']!r} (known: {', '.join(LABELS)})"),
                         (row["premise"] and row["hypothesis"], "a sentence is missing"),
                         (kind in KINDS, f"no such kind of value: {kind!r}"),
                         (row.get("language", "") in ("", *available()), f"no such language: {row.get('language')!r}")):
        if not right:
            raise InputError(f"{path}:{line}", wrong)
    return LabelledPair(row["premise"], row["hypothesis"], LABELS[label], kind, row.get("language", ""))


def sides(pair: LabelledPair) -> tuple[str, Marked, Marked]:
    """The two sentences with a value marked in each, and how the values came to be (one of `HOW`)."""
    texts = pair.premise, pair.hypothesis
    codes = [pair.language or detect(plain(text)) or "en" for text in texts]
    if all(text.count("[[") == text.count("]]") == 1 and text.index("[[") + 2 < text.index("]]") for text in texts):
        first, second = (read_marks(text, pair.kind, code) for text, code in zip(texts, codes, strict=True))
        return "marked", first, second
    found = [_values(plain(text), code) for text, code in zip(texts, codes, strict=True)]
    for value, sentence in found[0]:
        for other, beside in found[1]:
            if value.kind == other.kind:
                return ("found", marked_value(sentence, value.start, value.end, value.kind, codes[0]),
                        marked_value(beside, other.start, other.end, other.kind, codes[1]))
    first, second = (Marked(plain(t), 0, len(plain(t)), "outcome", c) for t, c in zip(texts, codes, strict=True))
    return "whole sentence", first, second


def plain(text: str) -> str:
    """A text without marks."""
    return text.replace("[[", "").replace("]]", "")


def _values(text: str, language: str) -> list[tuple[Value, Sentence]]:
    """The values of a text in order of place, each with its sentence."""
    article = Article("text", "-", text, (Paragraph(0, len(text)),), language=language)
    found = [(v, claim.sentence) for claim in pipeline.extract(article) for v in claim.values]
    return sorted(found, key=lambda pair: (pair[0].start, pair[0].end))


def table(labels: Sequence[str], how: Sequence[str], scores: Mapping[str, Score]) -> list[Row]:
    """Every score held against both tasks; the second also on those pairs whose values came to be in one way."""
    parts = [(_EITHER, "all")] if NEUTRAL in labels else []
    parts += [(_OPPOSITE, "all"), *((_OPPOSITE, h) for h in HOW if h in how and set(how) != {h})]
    rows = []
    for task, part in parts:
        chosen = [n for n, label in enumerate(labels) if label in _TASKS[task] and part in ("all", how[n])]
        if chosen:
            right = [labels[n] == CONTRADICTION for n in chosen]
            rows += [_row(name, task, part, right, [float(s[n]) for n in chosen]) for name, s in scores.items()]
    return rows


def _row(score: str, task: str, pairs: str, right: Sequence[bool], chances: Sequence[float]) -> Row:
    """One line: from a chance of 0.5 a pair is taken for a contradiction."""
    share = sum(right) / len(right)
    accuracy = sum(r == (c >= 0.5) for r, c in zip(right, chances, strict=True)) / len(right)
    area = float(roc_auc_score(right, chances)) if 0 < share < 1 else float("nan")
    return Row(score, task, pairs, len(right), max(share, 1 - share), accuracy, area)


def pair_model_scores(marked: Sequence[tuple[Marked, Marked]]) -> dict[str, Score]:
    """What the pair model says: that the answers differ, and that they do and answer one question."""
    found = load_pair_model().score(marked)
    differs, same = np.array([s.differs for s in found]), np.array([s.same_question for s in found])
    return {"pair model: differs": differs, "pair model: one question, and differs": same * differs}


def measure(pairs: Sequence[LabelledPair], nli: str | None,
            progress: Callable[[Sequence[LabelledPair]], Iterator[LabelledPair]] = iter) -> list[Row]:
    """The table for some pairs."""
    inference = load_inference(nli) if nli else None
    laid_out = [sides(pair) for pair in progress(pairs)]
    scores = pair_model_scores([(first, second) for _, first, second in laid_out])
    if inference:
        chances = inference.contradiction([(plain(p.premise), plain(p.hypothesis)) for p in pairs])
        scores |= {"--nli: contradiction": chances, "mean of --nli and differs": (
            chances + scores["pair model: differs"]) / 2}
    return table([p.label for p in pairs], [how for how, _, _ in laid_out], scores)


def show(rows: Sequence[Row]) -> str:
    """The table as text."""
    from tabulate import tabulate

    cells = [[r.pairs, r.task, r.score, r.number, *("" if np.isnan(x) else f"{x:.3f}"
                                                    for x in (r.frequent, r.accuracy, r.area))] for r in rows]
    return tabulate(cells, ["Values", "Task", "Score", "Pairs", "More frequent", "Accuracy", "ROC area"],
                    tablefmt="simple", disable_numparse=True, colalign=("left",) * 3 + ("right",) * 4)


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--nli", metavar="NAME", help="a cross-encoder for inference, by name or folder")
    parser.add_argument("--sample", type=int, metavar="N", help="only N pairs, drawn at random (seeded)")
    args = parser.parse_args()
    try:
        pairs, unlabelled = read_pairs(args.file)
        if unlabelled:
            print(f"{args.file}: {unlabelled} without a label, left out", file=sys.stderr)
        if args.sample and args.sample < len(pairs):
            pairs = random.Random(0).sample(pairs, args.sample)
        print(show(measure(pairs, args.nli, _with_bar)))
    except FactcheckError as error:
        print(error, file=sys.stderr)
        sys.exit(2)


def _with_bar(pairs: Sequence[LabelledPair]) -> Iterator[LabelledPair]:
    from tqdm import tqdm

    return iter(tqdm(pairs, desc="values", file=sys.stderr, leave=False, disable=not sys.stderr.isatty()))


if __name__ == "__main__":
    main()
