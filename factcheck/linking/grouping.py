"""Links into facts: groups of mentions that hold together as a whole, never a chain of doubtful links."""
from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

# The chance that two mentions answer one question, where blocking did not even propose the pair.
_UNPROPOSED = 0.02

Pairs = Mapping[tuple[int, int], float]


@dataclass(frozen=True)
class Ties:
    """What ties mentions besides their links: pairs (the smaller index first) whose answers can't both be right
    (`opposed`), that never share a group (`apart`), that are two parties' word in one article (`voices`); and each
    mention's article (`source`)."""

    opposed: Set[tuple[int, int]] = frozenset()
    apart: Set[tuple[int, int]] = frozenset()
    voices: Set[tuple[int, int]] = frozenset()
    source: Mapping[int, str] = field(default_factory=dict)


def group(
    members: Sequence[int], probability: Pairs, agree: float, differ: float, ties: Ties = Ties()  # noqa: B008
) -> list[list[int]]:
    """Groups of two members or more, by average linkage (Sokal and Michener 1958).

    `probability` has a pair's chance of one question, keyed with the smaller index first. Two groups are joined, the
    surest first, while the average over all their pairs is at least `agree`, or `differ` where most of those pairs are
    opposed: answers that differ are rarely as alike in their sentences as answers that agree. Where an article would
    then stand on both sides, it takes `agree` too: an article seldom contradicts itself, save that it sets the word of
    one party against another's.
    """
    groups: dict[int, list[int]] = {m: [m] for m in members}
    average = {pair: p for pair, p in probability.items() if pair not in ties.apart}
    while average:
        (a, b), best = max(average.items(), key=lambda item: (item[1], -item[0][0], -item[0][1]))
        del average[a, b]
        crossing = _crossing(groups[a], groups[b])
        if best < min(agree, differ):
            break
        if best < (differ if _may_differ(groups[a], groups[b], crossing, ties) else agree):
            continue
        groups[a] += groups.pop(b)
        average = {pair: p for pair, p in average.items() if a not in pair and b not in pair}
        for other in groups:
            pairs = _crossing(groups[a], groups[other])
            if other != a and not any(p in ties.apart for p in pairs) and any(p in probability for p in pairs):
                average[min(a, other), max(a, other)] = _mean(pairs, probability)
    return [sorted(g) for g in groups.values() if len(g) > 1]


def _may_differ(
    first: Sequence[int], second: Sequence[int], crossing: Sequence[tuple[int, int]], ties: Ties
) -> bool:
    """Whether two groups are two answers: most of their pairs are opposed, and no article but one that sets two parties
    against each other is on both sides."""
    if 2 * sum(p in ties.opposed for p in crossing) <= len(crossing):
        return False
    sources = [{ties.source[i] for i in own if i in ties.source} for own in (first, second)]
    return not sources[0] & sources[1] or bool(ties.voices & set(crossing))


def _crossing(first: Sequence[int], second: Sequence[int]) -> list[tuple[int, int]]:
    return [(min(i, j), max(i, j)) for i in first for j in second]


def _mean(pairs: Sequence[tuple[int, int]], probability: Pairs) -> float:
    return sum(probability.get(p, _UNPROPOSED) for p in pairs) / len(pairs)
