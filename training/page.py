"""Write the figures of docs/accuracy.md anew: ``python -m training.page tests/events/annotated``.

Both ways of running are cross-validated by event; the tables between the page's marks are replaced, and the curve is
drawn. What the figures mean is written by hand around them.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tabulate import tabulate

from factcheck.model import LEAST, Finding
from training.accuracy import folders, measured, prepared_events, scorer, to_fit_on, totals
from training.linking import Event

PAGE = Path("docs/accuracy.md")
CURVE = Path("docs/images/accuracy.svg")
OTHERS = "fitting"
"""The folder of events that the weights are fitted on, the pair model never; they are measured beside."""
_LEVELS = [n / 20 for n in range(19)]
_WAYS = ("`--fast`", "`--thorough`")
_SHOWN = {"precision": "precision", "recall": "recall", "f1": "F1", "label": "right label", "update": "updates found",
          "dispute": "disputes found", "agreement": "agreements found"}
_WRONG = {"agreement": "the sources agree: the values are read or compared wrongly, or one of another fact joined them",
          "nothing": "nothing annotated: mostly answers to two questions",
          "decoy": "a decoy: two facts that look like one",
          "update": "a change over time taken for a contradiction",
          "dispute": "two parties' word against each other taken for a contradiction",
          "again": "found before"}
Counts = Mapping[str, Counter[str]]


@dataclass(frozen=True)
class Measured:
    """One way of running, measured: its events and each one's findings, made with weights that never saw it."""

    prepared: Sequence[Event]
    found: Sequence[Sequence[Finding]]

    def of(self, wanted: Callable[[Event], bool]) -> Measured:
        """The same, of some of the events."""
        chosen = [(e, f) for e, f in zip(self.prepared, self.found, strict=True) if wanted(e)]
        return Measured([e for e, _ in chosen], [f for _, f in chosen])

    def counts(self, least: float, wanted: Callable[[Event], bool] = lambda event: True) -> Counts:
        """The scorer's counts over the wanted events, from a confidence on."""
        own = self.of(wanted)
        total: Counts = totals(own.prepared, own.found, least)
        return total


def all_measured(events: Sequence[Path], fast: bool, kept: Path | None) -> Measured:
    """One way of running, measured on all events."""
    prepared = prepared_events(events, fast, kept)
    return Measured(prepared, measured(prepared))


def main() -> None:
    """Measure, and rewrite the page and its curve."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("roots", nargs="+", type=Path)
    parser.add_argument("--also", nargs="*", type=Path, default=[], help="events to fit on too, not to be measured")
    parser.add_argument("--prepared", type=Path, nargs=2, help="two files of prepared events: fast, thorough")
    args = parser.parse_args()
    wanted = folders(args.roots)
    kept = args.prepared or (None, None)
    events = [[*wanted, *to_fit_on(args.also, fast)] for fast in (True, False)]
    with ProcessPoolExecutor(2) as pool:
        both = list(pool.map(all_measured, events, (True, False), kept))
    asked = {folder.resolve() for folder in wanted}
    ways = [way.of(lambda e: e.folder.resolve() in asked) for way in both]
    others = [way.of(lambda e: e.folder.parent.name == OTHERS) for way in both]
    text = PAGE.read_text(encoding="utf-8")
    for name, table in {**tables(ways), "others": overall(others)}.items():
        text = replaced(text, name, table)
    PAGE.write_text(text, encoding="utf-8")
    draw(ways, CURVE)


def tables(ways: Sequence[Measured]) -> dict[str, str]:
    """The page's tables, by the name of their place."""
    return {"overall": overall(ways), "kinds": by_kind(ways), "languages": by_language(ways), "levels": by_level(ways),
            "wrong": by_cause(ways)}


def overall(ways: Sequence[Measured]) -> str:
    """The scorer's figures at the default confidence."""
    figures = [scorer.summary(way.counts(LEAST)) for way in ways]
    return _table([[label, *(_share(f[name]) for f in figures)] for name, label in _SHOWN.items()], ["", *_WAYS])


def by_kind(ways: Sequence[Measured]) -> str:
    """How many contradictions and variants are annotated and found, kind by kind."""
    found = [way.counts(LEAST) for way in ways]
    kinds = sorted(name for name in found[0] if name.startswith("kind "))
    rows = [[k[5:], sum(found[0][k].values()), *(counts[k]["found"] for counts in found)] for k in kinds]
    return _table(rows, ["kind", "annotated", *_WAYS])


def by_language(ways: Sequence[Measured]) -> str:
    """Precision and recall over events of French, of English and of mixed articles."""
    rows = []
    for name, languages in (("French", {"fr"}), ("English", {"en"}), ("mixed", {"fr", "en"})):
        figures = [scorer.summary(way.counts(LEAST, lambda e, w=languages: {a.language for a in e.articles} == w))
                   for way in ways]
        rows.append([name, *(_share(f[n]) for f in figures for n in ("precision", "recall"))])
    return _table(rows, ["events", *(f"{way}: precision | recall" for way in _WAYS)])


def by_level(ways: Sequence[Measured]) -> str:
    """Precision and recall by `--min-confidence`."""
    rows = []
    for level in _LEVELS:
        figures = [scorer.summary(way.counts(level)) for way in ways]
        rows.append([f"{level:.2f}", *(_share(f[n]) for f in figures for n in ("precision", "recall"))])
    return _table(rows, ["from", *(f"{way}: precision | recall" for way in _WAYS)])


def by_cause(ways: Sequence[Measured]) -> str:
    """What the wrong findings are, the most frequent cause first."""
    wrong = [way.counts(LEAST)["wrong"] for way in ways]
    names = sorted(_WRONG, key=lambda n: -wrong[-1][n])
    return _table([[_WRONG[n], *(w[n] for w in wrong)] for n in names], ["a wrong finding is", *_WAYS])


def _table(rows: Sequence[Sequence[object]], headers: Sequence[str]) -> str:
    """A Markdown table, figures to the right; a header may stand for two columns (`a | b`)."""
    heads = [h for header in headers for h in header.split(" | ")]
    aligned = ["left"] + ["right"] * (len(heads) - 1)
    return tabulate(rows, heads, tablefmt="pipe", colalign=aligned, disable_numparse=True)


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def replaced(text: str, name: str, table: str) -> str:
    """A page's text with the table between the marks of a name replaced.

    Raises `ValueError` where the page has no such marks.
    """
    begin, end = f"<!-- figures: {name} -->", f"<!-- end of {name} -->"
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    if not pattern.search(text):
        raise ValueError(f"the page has no place for {name}")
    return pattern.sub(lambda _: f"{begin}\n{table}\n{end}", text)


def draw(ways: Sequence[Measured], path: Path) -> None:
    """The curve of precision against recall over the confidence, and how often a finding of a confidence is right."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "factcheck", "svg.fonttype": "none", "font.size": 10})
    from matplotlib import pyplot

    figure, (curve, calibration) = pyplot.subplots(1, 2, figsize=(9, 4), layout="constrained")
    for way, name, style in zip(ways, ("--fast", "--thorough"), ("o--", "s-"), strict=True):
        figures = [scorer.summary(way.counts(level)) for level in _LEVELS]
        points = [(f["recall"], f["precision"]) for f in figures if f["precision"] is not None]
        curve.plot([r for r, _ in points], [p for _, p in points], style, markersize=3, label=name)
        bins = right_by_confidence(way)
        calibration.plot(list(bins), [right / n for right, n in bins.values()], style, markersize=4, label=name)
    curve.set(xlabel="recall", ylabel="precision", xlim=(0, 1), ylim=(0, 1.02), title="over --min-confidence")
    calibration.plot([0, 1], [0, 1], ":", color="grey")
    calibration.set(xlabel="confidence", ylabel="share that is right", xlim=(0, 1), ylim=(0, 1.02))
    calibration.set_title("what a confidence means")
    for axes in (curve, calibration):
        axes.grid(alpha=0.3)
        axes.legend()
    figure.savefig(path, metadata={"Date": None})


def right_by_confidence(way: Measured, width: float = 0.2) -> dict[float, tuple[int, int]]:
    """How many flagged findings are right, and how many there are, by the middle of their confidence's interval."""
    bins: dict[float, list[int]] = defaultdict(lambda: [0, 0])
    edges = [n * width for n in range(round(1 / width) + 1)]
    for low, high in zip(edges, edges[1:], strict=False):
        above, beyond = way.counts(low)["flagged"], way.counts(high)["flagged"]
        right, wrong = above["right"] - beyond["right"], above["wrong"] - beyond["wrong"]
        if right + wrong > 0:
            bins[round(low + width / 2, 3)] = [right, right + wrong]
    return {middle: (right, n) for middle, (right, n) in sorted(bins.items())}


if __name__ == "__main__":
    main()
