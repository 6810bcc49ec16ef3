"""Links into facts: groups of mentions that hold together as a whole, never a chain of doubtful links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

# The chance that two mentions answer one question, where blocking did not even propose the pair.
_UNPROPOSED = 0.02


def group(members: Sequence[int], probability: Mapping[tuple[int, int], float], threshold: float) -> list[list[int]]:
    """Groups of two members or more, by average linkage (Sokal and Michener 1958).

    `probability` has a pair's chance of one question, keyed with the smaller index first. Two groups are joined while
    the average over all their pairs is at least `threshold`, the surest first.
    """
    groups: dict[int, list[int]] = {m: [m] for m in members}
    average = {pair: p for pair, p in probability.items() if p >= threshold / 4}
    while average:
        (a, b), best = max(average.items(), key=lambda item: (item[1], -item[0][0], -item[0][1]))
        if best < threshold:
            break
        groups[a] += groups.pop(b)
        average = {pair: p for pair, p in average.items() if a not in pair and b not in pair}
        for other in groups:
            if other != a and (mean := _mean(groups[a], groups[other], probability)) >= threshold / 4:
                average[min(a, other), max(a, other)] = mean
    return [sorted(g) for g in groups.values() if len(g) > 1]


def _mean(first: Sequence[int], second: Sequence[int], probability: Mapping[tuple[int, int], float]) -> float:
    pairs = [(min(i, j), max(i, j)) for i in first for j in second]
    return sum(probability.get(p, _UNPROPOSED) for p in pairs) / len(pairs)


def links_of(group_: Sequence[int], probability: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """The pairs of a group that were judged."""
    return [p for p in combinations(sorted(group_), 2) if p in probability]
