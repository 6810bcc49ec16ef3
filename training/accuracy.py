"""Fit all weights on annotated events, cross-validated by event, and measure what they buy.

    python -m training.accuracy tests/events/annotated            cross-validated figures and the curve
    python -m training.accuracy tests/events/annotated --write    also fit on all events and write the weights

The events are put into ten parts; those of each part are linked with weights fitted on the others. The findings teach
the weights of the confidence, again without the part that is measured.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import factcheck.judging
import factcheck.linking
from factcheck.judging.confidence import ConfidenceWeights, signals
from factcheck.judging.findings import finding, findings
from factcheck.judging.relation import judge
from factcheck.linking.link import AGREE, DIFFER, facts_of, weighed
from factcheck.linking.metric import write_metric
from factcheck.linking.weights import Weights
from factcheck.model import FLAGGED, LEAST, Fact, Finding
from training.changes import fit_changes
from training.data import ANNOTATED
from training.linking import Event, fit, fit_signals, prepare, write

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "evaluate"))
import score as scorer  # noqa: E402
from events import events  # noqa: E402

FOLDS = 10
"""Into how many parts the events are put for cross-validation, each measured with weights fitted on the others."""
STRENGTH = 0.3
"""Inverse of the ridge penalty of the links' weights."""
CONFIDENCE_STRENGTH = 0.03
"""That of the confidence's weights."""
_FLAT = ConfidenceWeights(Weights(0.0, {}, {}), Weights(0.0, {}, {}))
_LEVELS = [n / 20 for n in range(20)]


def folds(count: int) -> list[tuple[list[int], list[int]]]:
    """The indexes of the events of each fold, and of all others."""
    number = min(FOLDS, count)
    return [([i for i in range(count) if i % number == k], [i for i in range(count) if i % number != k])
            for k in range(number)]  # fmt: skip


def out_of_fold(prepared: Sequence[Event], strength: float, agree: float, differ: float) -> list[list[Fact]]:
    """The facts of each event, linked with weights fitted on the events of other folds."""
    found: list[list[Fact]] = [[] for _ in prepared]
    for own, rest in folds(len(prepared)):
        weights = fit([prepared[i] for i in rest], strength)
        for i in own:
            event = prepared[i]
            pairs = weighed(event.asked, event.pairs, event.read, weights.metric)
            found[i] = facts_of(event.asked, pairs, weights, agree, differ)
    return found


def fit_confidence(
    prepared: Sequence[Event], facts: Sequence[Sequence[Fact]], changes: Weights, strength: float = CONFIDENCE_STRENGTH
) -> ConfidenceWeights:
    """Weights of the signals: which findings that differ stand in the gold files as what they are told to be."""
    rows: dict[bool, list[tuple[str, dict[str, float]]]] = {True: [], False: []}
    labels: dict[bool, list[bool]] = {True: [], False: []}
    counts: dict[bool, list[float]] = {True: [], False: []}
    for event, found in zip(prepared, facts, strict=True):
        by_id = {a.id: a for a in event.articles}
        for fact in found:
            judgement = judge(fact, by_id, changes)
            if judgement.relation != "agreement" and fact.links:
                label = _right(event, asdict(finding(fact, by_id, _FLAT, changes)))
                if label is not None:
                    flagged = judgement.relation in FLAGGED
                    rows[flagged].append((fact.kind, signals(fact, judgement)))
                    labels[flagged].append(label)
                    counts[flagged].append(event.counts)
    return ConfidenceWeights(*(fit_signals(rows[f], labels[f], strength, True, counts[f]) for f in (True, False)))


def _right(event: Event, found: Mapping[str, Any]) -> bool | None:
    """Whether a finding lies across two sides of an annotated fact of its relation (a contradiction may be annotated as
    a variant, and the other way round); None where that is debatable."""
    hit = {f["relation"] for f in event.gold["facts"] if len(scorer.sides_hit(found, f)) >= 2}
    wanted = set(FLAGGED) if found["relation"] in FLAGGED else {found["relation"]}
    if hit & wanted:
        return True
    return None if "debatable" in hit else False


def measured(
    prepared: Sequence[Event], strength: float = STRENGTH, agree: float = AGREE, differ: float = DIFFER
) -> list[list[Finding]]:
    """Cross-validated findings of every event."""
    facts = out_of_fold(prepared, strength, agree, differ)
    found: list[list[Finding]] = [[] for _ in prepared]
    for own, rest in folds(len(prepared)):
        others = [prepared[i] for i in rest]
        changes = fit_changes(others)
        weights = fit_confidence(others, [facts[i] for i in rest], changes)
        for i in own:
            found[i] = findings([*facts[i], *prepared[i].names], prepared[i].articles, weights, changes)
    return found


def as_report(found: Sequence[Finding], least: float = 0.0) -> dict[str, Any]:
    """Findings as the scorer reads them: flagged ones only from a confidence on."""
    return {"findings": [asdict(f) for f in found if f.confidence >= least or f.relation not in FLAGGED]}


def totals(prepared: Sequence[Event], found: Sequence[Sequence[Finding]], least: float, show: bool = False) -> Any:
    """The scorer's counts, summed over events."""
    total: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for event, own in zip(prepared, found, strict=True):
        if show:
            print(event.folder.name)
        for name, counter in scorer.score(event.folder, as_report(own, least), show).items():
            total[name].update(counter)
    return total


def main() -> None:
    """Cross-validate, print the tables, and write the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("roots", nargs="*", type=Path)
    parser.add_argument("--also", nargs="*", type=Path, default=[], help="events to fit on too, not to be measured")
    parser.add_argument("--fast", action="store_true", help="without the pair model")
    parser.add_argument("--agree", type=float, default=AGREE)
    parser.add_argument("--differ", type=float, default=DIFFER)
    parser.add_argument("--least", type=float, default=LEAST, help="leave out flagged findings less certain than this")
    parser.add_argument("--strength", type=float, default=STRENGTH, help="inverse of the ridge penalty of links")
    parser.add_argument("--show", action="store_true", help="print every wrong finding and every miss")
    parser.add_argument("--prepared", type=Path, help="keep the prepared events here, or take them from here")
    parser.add_argument("--write", action="store_true", help="write the weights into the package")
    args = parser.parse_args()
    wanted, more = folders(args.roots), to_fit_on(args.also, args.fast)
    everything = prepared_events([*wanted, *more], args.fast, args.prepared)
    found = measured(everything, args.strength, args.agree, args.differ)[: len(wanted)]
    prepared = everything[: len(wanted)]
    total = totals(prepared, found, args.least, args.show)
    print(f"cross-validated, from {args.least}: " + scorer.row(scorer.summary(total)), json.dumps(total["wrong"]))
    for name in sorted(n for n in total if n.startswith("kind ")):
        print(f"{name[5:]:14} {total[name]['found']} of {sum(total[name].values())}")
    for level in _LEVELS:
        print(f"from {level:.2f}  " + scorer.row(scorer.summary(totals(prepared, found, level))))
    if args.write:
        _write(everything, args)


def folders(roots: Sequence[Path]) -> list[Path]:
    """The folders of all events at or below some roots."""
    return [folder for root in roots for folder in events(root)]


def to_fit_on(roots: Sequence[Path], fast: bool) -> list[Path]:
    """The events to fit on beside those that are measured. What the pair model was trained on it knows too well:
    weights of its word are fitted without that."""
    return [f for f in folders(roots) if fast or f.resolve().parent != ANNOTATED.resolve()]


def prepared_events(folders: Sequence[Path], fast: bool, kept: Path | None = None) -> list[Event]:
    """Events ready to be linked; taken from the file `kept` where it is there, else kept in it."""
    if kept and kept.exists():
        with kept.open("rb") as file:
            known: list[Event] = pickle.load(file)  # noqa: S301 - a file of our own making
            return known
    prepared = [prepare(folder, fast) for folder in folders]
    if kept:
        with kept.open("wb") as file:
            pickle.dump(prepared, file)
    return prepared


def _write(prepared: Sequence[Event], args: argparse.Namespace) -> None:
    """Weights fitted on all events: of links (with or without the pair model), and of the confidence."""
    linking, judging = (Path(str(m.__file__)).parent for m in (factcheck.linking, factcheck.judging))
    name = "link_fast.toml" if args.fast else "link.toml"
    weights = fit(prepared, args.strength)
    write(weights, linking / name, "Weights of the evidence that two mentions answer one question")
    if weights.metric:
        about = "What each number of two vectors' product and sum tells for one question"
        write_metric(weights.metric, linking / "metric.toml", about)
    facts = out_of_fold(prepared, args.strength, args.agree, args.differ)
    changes = fit_changes(prepared)
    if args.fast:  # these have nothing to do with links: fitted on the larger of the two sets of events
        write(changes, judging / "update.toml", "Weights of what tells an update from a contradiction")
    sure, end = fit_confidence(prepared, facts, changes), "_fast.toml" if args.fast else ".toml"
    about = "Weights of what tells that {} is right"
    write(sure.flagged, judging / f"confidence{end}", about.format("a contradiction or a variant"))
    write(sure.told, judging / f"confidence_told{end}", about.format("an update or a dispute"))


if __name__ == "__main__":
    main()
