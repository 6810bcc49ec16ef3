"""Links into facts: groups of mentions that hold together as a whole, never a chain of doubtful links."""
from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

# The chance that two mentions answer one question, where blocking did not even propose the pair.
_UNPROPOSED = 0.02

Pairs = Mapping[tuple[int, int], float]


def group(members: Sequence[int], probability: Pairs, agree: float, differ: float,
          opposed: Set[tuple[int, int]] = frozenset(), apart: Set[tuple[int, int]] = frozenset(),
          voices: Set[tuple[int, int]] = frozenset(), source: Mapping[int, str] | None = None) -> list[list[int]]:
    """Groups of two members or more, by average linkage (Sokal and Michener 1958).

    `probability` has a pair's chance of one question, keyed with the smaller index first; `opposed` are the pairs whose
    answers can't both be right, `apart` the pairs that never share a group. Two groups are joined, the surest first,
    while the average over all their pairs is at least `agree`, or `differ` where most of those pairs are opposed:
    answers that differ are rarely as alike in their sentences as answers that agree. Where `source`, each member's
    article, would then stand on both sides, it takes `agree` too: an article seldom contradicts itself, save that it
    sets the word of one party against another's (`voices`, pairs).
    """
    groups: dict[int, list[int]] = {m: [m] for m in members}
    average = {pair: p for pair, p in probability.items() if pair not in apart}
    while average:
        (a, b), best = max(average.items(), key=lambda item: (item[1], -item[0][0], -item[0][1]))
        del average[a, b]
        crossing = _crossing(groups[a], groups[b])
        if best < min(agree, differ):
            break
        against = 2 * sum(p in opposed for p in crossing) > len(crossing)
        if best < (differ if against and (voices & set(crossing) or not _itself(groups[a], groups[b], source))
                   else agree):
            continue
        groups[a] += groups.pop(b)
        average = {pair: p for pair, p in average.items() if a not in pair and b not in pair}
        for other in groups:
            pairs = _crossing(groups[a], groups[other])
            if other != a and not any(p in apart for p in pairs) and any(p in probability for p in pairs):
                average[min(a, other), max(a, other)] = _mean(pairs, probability)
    return [sorted(g) for g in groups.values() if len(g) > 1]


def _itself(first: Sequence[int], second: Sequence[int], source: Mapping[int, str] | None) -> bool:
    """Whether one article would stand on both sides."""
    return source is not None and bool({source[i] for i in first} & {source[i] for i in second})


def _crossing(first: Sequence[int], second: Sequence[int]) -> list[tuple[int, int]]:
    return [(min(i, j), max(i, j)) for i in first for j in second]


def _mean(pairs: Sequence[tuple[int, int]], probability: Pairs) -> float:
    return sum(probability.get(p, _UNPROPOSED) for p in pairs) / len(pairs)
