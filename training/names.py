"""Fit what names name: ``python -m training.names EVENTS… [--write]``.

The names of annotated events are labelled by the facts that ask who, which body or where; an entity is all of a name's
mentions in one article. Prints how many of each kind are told right, cross-validated by event, and writes
``factcheck/extraction/name_kinds.toml`` where asked.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

import factcheck.extraction
from factcheck.extraction.entities import KINDS, acronyms, fold, groups, strengths
from factcheck.extraction.names import find_names
from factcheck.extraction.parse import parse
from factcheck.model import Sentence
from training.accuracy import folds
from training.linking import articles_of

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "evaluate"))
from events import events, load  # noqa: E402
from score import overlaps, plain  # noqa: E402

STRENGTH = 1.0
"""Inverse of the ridge penalty."""
RAREST = 5
"""A cue of fewer entities is left out."""
WEIGHTS = Path(str(factcheck.extraction.__file__)).with_name("name_kinds.toml")


@dataclass(frozen=True)
class Entity:
    """An annotated name of one article: its cues, and the kind of what it names."""

    event: str
    cues: dict[str, float]
    kind: str


def entities(folder: Path) -> list[Entity]:
    """The annotated names of one event."""
    facts = [f for f in load(folder)["facts"] if f["kind"] in KINDS]
    mentions = [(m["article"], plain(m["quote"]), plain(m["text"]), f["kind"])
                for f in facts for s in f["sides"] for m in s["mentions"]]
    return [entity for article in articles_of(folder)
            for entity in _labelled(folder.name, parse(article), article.language,
                                    [m[1:] for m in mentions if m[0] == article.id])]


def _labelled(
    event: str, sentences: Sequence[Sentence], language: str, mentions: Sequence[tuple[str, str, str]]
) -> list[Entity]:
    names = find_names(sentences, language)
    target = groups(names, acronyms(sentences, names))
    cues: dict[str, Counter[str]] = defaultdict(Counter)
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        own, quote, text = target[fold(name.text)], plain(sentences[name.sentence].text), plain(name.text)
        cues[own].update(name.cues)
        kinds[own].update(kind for cited, value, kind in mentions
                          if (cited in quote or quote in cited) and text and overlaps(text, value))
    return [Entity(event, strengths(cues[own]), found.most_common(1)[0][0]) for own, found in kinds.items() if found]


def fit(rows: Sequence[Entity], names: Sequence[str]) -> LogisticRegression:
    """The multinomial logistic regression of kinds on cues; each kind counts alike."""
    model = LogisticRegression(C=STRENGTH, max_iter=3000, class_weight="balanced")
    model.fit(matrix(rows, names), [r.kind for r in rows])
    return model


def matrix(rows: Sequence[Entity], names: Sequence[str]) -> NDArray[np.float64]:
    """The cues of entities (entities x cues)."""
    return np.array([[row.cues.get(name, 0.0) for name in names] for row in rows])


def cross_validated(rows: Sequence[Entity], names: Sequence[str]) -> list[str]:
    """The kind of each entity, told with weights fitted on other events."""
    events_of = sorted({r.event for r in rows})
    found = [""] * len(rows)
    for indexes, _ in folds(len(events_of)):
        own = {events_of[i] for i in indexes}
        places = [i for i, r in enumerate(rows) if r.event in own]
        model = fit([r for r in rows if r.event not in own], names)
        for i, kind in zip(places, model.predict(matrix([rows[i] for i in places], names)), strict=True):
            found[i] = str(kind)
    return found


def main() -> None:
    """Fit, print the cross-validated figures, and write the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("roots", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true", help="write the weights into the package")
    args = parser.parse_args()
    rows = [e for root in args.roots for folder in events(root) for e in entities(folder)]
    counted = Counter(cue for row in rows for cue in row.cues)
    names = sorted(cue for cue, n in counted.items() if n >= RAREST)
    found = Counter(zip((r.kind for r in rows), cross_validated(rows, names), strict=True))
    for (kind, told), n in sorted(found.items()):
        print(f"{kind:13} told as {told:13} {n}")
    if args.write:
        write(fit(rows, names), names)


def write(model: LogisticRegression, names: Sequence[str]) -> None:
    """Write the weights, the heaviest cues first."""
    lines = ["# Weights of the cues to what a name names (`name_cues.py`), in log-odds; fitted by training/names.py."]
    for kind, offset, weights in zip(model.classes_, model.intercept_, model.coef_, strict=True):
        lines += ["", f"[{kind}]", f"offset = {offset:.3f}", "", f"[{kind}.cues]"]
        heaviest = sorted(zip(names, weights, strict=True), key=lambda cue: -abs(cue[1]))
        lines += [f'"{name}" = {weight:.3f}' for name, weight in heaviest]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
