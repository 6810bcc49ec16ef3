"""Annotated events as the program itself reads them: ``python -m training.extracted FILE``.

Writes one JSON line an event: the mentions that the extraction finds, each in its sentence, with the annotated fact and
side it stands for. So the pair model also learns from the spans and sentences it will be asked about. A mention that
stands for no annotated fact has a fact of its own, below nought: it answers another question than any annotated
mention, but two of them may well answer one, and are never paired.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path

from factcheck.linking.weights import link_weights
from training.data import ANNOTATED
from training.linking import Event, hits, prepare, stands

_STRANGERS = 60
"""Mentions of no annotated fact that are kept of each event: those of an annotated one's kind in its sentence, then
those most alike to annotated ones."""


def lines(event: Event) -> list[dict]:
    """The mentions of an event that are worth training on, as JSON objects."""
    facts = [f for f in event.gold["facts"] if f["relation"] != "debatable"]
    number = {f["id"]: 100 * n for n, f in enumerate(facts)}
    found, strange = {}, []
    for place, question in enumerate(event.asked):
        own = hits(question, facts)
        sides = [(f, n) for f in facts if f["id"] in own for n, s in enumerate(f["sides"]) if stands(question, f, s)]
        if len(sides) == 1:
            fact, side = sides[0]
            # The sides of a decoy are answers to two questions.
            found[place] = (number[fact["id"]] + side * (fact["relation"] == "decoy"), side)
        elif not own:
            strange.append(place)
    near, sides = _nearness(event, found), [(q.marked.text, q.marked.kind) for q in event.asked]
    beside = {sides[place] for place in found}
    for place in sorted(strange, key=lambda p: (sides[p] not in beside, -near[p]))[:_STRANGERS]:
        found[place] = (-1 - place, 0)
    return [
        {**asdict(event.asked[place].marked), "fact": fact, "side": side}
        for place, (fact, side) in sorted(found.items())
    ]


def _nearness(event: Event, annotated: dict) -> dict[int, float]:
    """For every mention, its highest chance to answer an annotated mention's question, by the cheap evidence."""
    weights = link_weights(fast=True)
    near: dict[int, float] = defaultdict(float)
    for pair in event.pairs:
        chance = weights.probability(event.asked[pair.first].mention.value.kind, pair.evidence)
        for own, other in ((pair.first, pair.second), (pair.second, pair.first)):
            if other in annotated:
                near[own] = max(near[own], chance)
    return near


def main() -> None:
    """Read every event below the folder and write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--annotated", type=Path, default=ANNOTATED, help="folder of annotated events")
    args = parser.parse_args()
    records = []
    for gold in sorted(args.annotated.rglob("gold.json")):
        records.append(json.dumps({"event": gold.parent.name, "mentions": lines(prepare(gold.parent, fast=True))},
                                  ensure_ascii=False))  # fmt: skip
    args.file.parent.mkdir(parents=True, exist_ok=True)
    args.file.write_text("\n".join(records) + "\n", "utf-8")


if __name__ == "__main__":
    main()
