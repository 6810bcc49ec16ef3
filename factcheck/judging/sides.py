"""The mentions of a fact into sides: those whose answers can be the same stand together."""
from __future__ import annotations

from collections.abc import Sequence

from factcheck.linking.opposition import opposed
from factcheck.model import Fact, Intervals
from factcheck.values import compare
from factcheck.values.sets import hull


def sides(fact: Fact) -> list[list[int]]:
    """Indexes of a fact's mentions by side, the best supported side first, then in order of place.

    The most precise answers found the sides; a vaguer one joins the side it fits best, and founds one of its own only
    where it fits none. Answers that can't be compared (two currencies) are taken to agree.
    """
    agrees = _agreement(fact)
    order = sorted(range(len(fact.mentions)), key=lambda i: (_width(fact, i), i))
    found: list[list[int]] = []
    for i in order:
        fits = [side for side in found
                if agrees[i][side[0]] > 0 and 2 * sum(agrees[i][j] > 0 for j in side) >= len(side)]
        if fits:
            max(fits, key=lambda side: (sum(agrees[i][j] == 2 for j in side), len(side))).append(i)
        else:
            found.append([i])
    return sorted((sorted(s) for s in found), key=lambda s: (-_support(fact, s), s[0]))


def _agreement(fact: Fact) -> list[list[int]]:
    """For every two mentions: 2 where the answers are the same, 1 where they can be, 0 where they can't."""
    size = len(fact.mentions)
    differs = {(k.first, k.second): k.differs for k in fact.links}
    table = [[2] * size for _ in range(size)]
    for i in range(size):
        for j in range(i):
            table[i][j] = table[j][i] = _agree(fact, j, i, differs.get((j, i)))
    return table


def _agree(fact: Fact, i: int, j: int, differs: float | None) -> int:
    compared = compare(fact.mentions[i].value, fact.mentions[j].value)
    return 2 if compared.relation == "equal" else int(not opposed(fact.kind, compared, differs))


def _support(fact: Fact, side: Sequence[int]) -> int:
    """How many articles stand on a side."""
    return len({fact.mentions[i].claim.article for i in side})


def _width(fact: Fact, i: int) -> float:
    possible = fact.mentions[i].value.possible
    if not isinstance(possible, Intervals) or not possible.parts:
        return 0.0
    around = hull(possible)
    return around.high - around.low
