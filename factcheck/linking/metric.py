"""What two readings of the pair model tell for one question, number by number: a metric learnt on events the model
never saw.

The model's own product counts every number of its vectors alike, as its training events asked for. Which of them tell
the questions of other events apart, and which only its own, is learnt with the weights of the other evidence: a
diagonal metric (Xing et al., "Distance metric learning, with application to clustering with side-information", 2002),
of a product in place of a distance. The sum of the two readings tells what they are about: whether it is of the sort
that several articles tell (how many died, when the court ruled), or a thing said in passing.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

METRIC = "vectors of the pair model"
"""The name of this evidence."""
_ROWS = ("product", "sum")


@dataclass(frozen=True)
class Metric:
    """What each number of the product of two vectors, and of their sum, weighs in log-odds (2 x numbers), and what a
    group of kinds adds."""

    shared: NDArray[np.float32]
    groups: Mapping[str, NDArray[np.float32]]

    def likeness(self, group: str, first: NDArray[np.float32], second: NDArray[np.float32]) -> float:
        """What two rows of `PairModel.vectors` tell for one question, of a kind of a group, in log-odds."""
        product, both = (self.shared + self.groups[group]).astype(np.float64)
        return float((first * second) @ product + (first + second) @ both)


def columns(vectors: NDArray[np.float32], pairs: Sequence[tuple[int, int]]) -> NDArray[np.float32]:
    """What a metric weighs of pairs of rows: the numbers of their product, then those of their sum (pairs x twice the
    numbers)."""
    first, second = (vectors[[pair[n] for pair in pairs]] for n in (0, 1))
    return np.hstack([first * second, first + second]).astype(np.float32)


def read_metric(path: Path) -> Metric:
    """A metric from a TOML file with a table for what all kinds share and one for each group, each with a list for the
    product and one for the sum."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    tables = {name: np.array([table[row] for row in _ROWS], dtype=np.float32) for name, table in data.items()}
    return Metric(tables.pop("shared"), tables)


def write_metric(metric: Metric, path: Path, about: str) -> None:
    """A metric as the TOML file that `read_metric` reads, with a line that says what it is."""
    tables = {"shared": metric.shared, **metric.groups}
    text = "".join(f"\n[{name}]\n{_lists(table)}" for name, table in tables.items())
    path.write_text(f"# {about}, in log-odds; fitted by training/accuracy.py.\n{text}", encoding="utf-8")


def _lists(table: NDArray[np.float32], width: int = 14) -> str:
    """A table's two lists, some numbers to a line."""
    text = ""
    for name, row in zip(_ROWS, table, strict=True):
        cut = [row[n : n + width] for n in range(0, len(row), width)]
        text += f"{name} = [\n" + "".join("  " + " ".join(f"{x:.3f}," for x in some) + "\n" for some in cut) + "]\n"
    return text
