"""Links into facts: groups of mentions that hold together as a whole, never a chain of doubtful links."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from factcheck.linking.weights import logit

# The chance that two mentions answer one question, where blocking did not even propose the pair.
_UNPROPOSED = 0.02
# How much one pair may speak for two mentions in one group, or against it, and what a pair that was not proposed does
# (log-odds): a single pair decides nothing alone where there are several.
_FOR, _AGAINST, _NOT_PROPOSED = 4.0, 3.0, 1.5
_NEVER = 100.0
# No chance is believed to be nearer than this to 0 or 1.
_EDGE = 1e-3
# Mentions have settled after a few rounds; where two keep changing places, this ends it.
_ROUNDS = 8

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
    """Groups of two members or more: joined by average linkage, and each member then moved to where it fits best.

    `probability` has a pair's chance of one question, keyed with the smaller index first. `agree` is the chance from
    which answers that agree are held together, `differ` that for opposed ones: answers that differ are rarely as alike
    in their sentences as answers that agree. Where an article would stand on both sides, it takes `agree` too: an
    article seldom contradicts itself, save that it sets the word of one party against another's.
    """
    joined = _joined(members, probability, agree, differ, ties)

    def pull(i: int, j: int) -> float:
        pair = (min(i, j), max(i, j))
        if pair in ties.apart:
            return -_NEVER
        if pair not in probability:
            return -_NOT_PROPOSED
        elsewhere = ties.source.get(i, i) != ties.source.get(j, j) or pair in ties.voices
        least = differ if pair in ties.opposed and elsewhere else agree
        return max(-_AGAINST, min(_FOR, logit(probability[pair], _EDGE) - logit(least, _EDGE)))

    return _settled(joined, probability, pull)


def _joined(
    members: Sequence[int], probability: Pairs, agree: float, differ: float, ties: Ties
) -> list[list[int]]:
    """Groups, single members among them, by average linkage (Sokal and Michener 1958): two are joined, the surest
    first, while the average over all their pairs is at least `agree`, or `differ` where most of those pairs are
    opposed."""
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
    return list(groups.values())


def _settled(
    joined: Sequence[Sequence[int]], probability: Pairs, pull: Callable[[int, int], float]
) -> list[list[int]]:
    """Groups after each mention has moved to where it is pulled most, or to one of its own, until none moves (best
    one-element moves: Elsner and Schudy, "Bounding and Comparing Methods for Correlation Clustering Beyond ILP", 2009).

    A join made early can keep a mention from where it belongs: a vague `in the evening` takes 6 p.m. from the 9 p.m.
    that it contradicts.
    """
    groups = {number: set(own) for number, own in enumerate(joined)}
    home = {i: number for number, own in groups.items() for i in own}
    linked: dict[int, set[int]] = defaultdict(set)
    for i, j in probability:
        linked[i].add(j)
        linked[j].add(i)
    for _ in range(_ROUNDS):
        moved = False
        for i in sorted(home):
            pulls = {number: sum(pull(i, j) for j in sorted(groups[number] - {i}))
                     for number in sorted({home[j] for j in linked[i] if j in home} | {home[i]})}
            best = max(pulls, key=lambda number: (pulls[number], -number))
            if pulls[best] < 0 and len(groups[home[i]]) > 1:
                best = max(groups) + 1
            elif pulls[best] <= pulls[home[i]] + 1e-9:
                continue
            groups[home[i]].remove(i)
            groups.setdefault(best, set()).add(i)
            home[i] = best
            moved = True
        if not moved:
            break
    return [sorted(own) for own in groups.values() if len(own) > 1]


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
