"""The algebra of sets of possibilities: what two answers can both mean."""
from __future__ import annotations

from collections.abc import Iterable
from math import inf

from factcheck.model import Interval, Intervals


def point(x: float) -> Intervals:
    """The set of one number."""
    return Intervals((Interval(x, x),))


def between(low: float, high: float) -> Intervals:
    """The closed range from `low` to `high`."""
    return Intervals((Interval(min(low, high), max(low, high)),))


def more_than(low: float) -> Intervals:
    """Every number above `low`."""
    return Intervals((Interval(low, inf, True, True),))


def at_least(low: float) -> Intervals:
    """`low` and every number above."""
    return Intervals((Interval(low, inf, False, True),))


def less_than(high: float, low: float = -inf) -> Intervals:
    """Every number below `high`, down to and with `low` where that is finite."""
    return Intervals((Interval(low, high, low == -inf, True),))


def at_most(high: float, low: float = -inf) -> Intervals:
    """`high` and every number below, down to and with `low` where that is finite."""
    return Intervals((Interval(low, high, low == -inf, False),))


def is_empty(interval: Interval) -> bool:
    """Whether no number lies in the interval."""
    if interval.low > interval.high:
        return True
    return interval.low == interval.high and (interval.low_open or interval.high_open)


def normal(parts: Iterable[Interval]) -> Intervals:
    """The parts sorted, the empty ones dropped, the touching ones merged."""
    kept: list[Interval] = []
    for part in sorted((p for p in parts if not is_empty(p)), key=lambda p: (p.low, p.low_open)):
        if kept and _touch(kept[-1], part):
            kept[-1] = _hull(kept[-1], part)
        else:
            kept.append(part)
    return Intervals(tuple(kept))


def _touch(first: Interval, second: Interval) -> bool:
    """Whether `second`, which starts no earlier, leaves no gap after `first`."""
    if second.low != first.high:
        return second.low < first.high
    return not (first.high_open and second.low_open)


def _hull(first: Interval, second: Interval) -> Interval:
    """The smallest interval around two, of which `second` starts no earlier."""
    if second.high > first.high:
        high, high_open = second.high, second.high_open
    elif second.high < first.high:
        high, high_open = first.high, first.high_open
    else:
        high, high_open = first.high, first.high_open and second.high_open
    return Interval(first.low, high, first.low_open, high_open)


def union(a: Intervals, b: Intervals) -> Intervals:
    """What lies in either set."""
    return normal(a.parts + b.parts)


def intersection(a: Intervals, b: Intervals) -> Intervals:
    """What lies in both sets."""
    return normal(_overlap(p, q) for p in a.parts for q in b.parts)


def _overlap(p: Interval, q: Interval) -> Interval:
    if p.low != q.low:
        low, low_open = max((p.low, p.low_open), (q.low, q.low_open))
    else:
        low, low_open = p.low, p.low_open or q.low_open
    if p.high != q.high:
        high, high_open = min((p.high, p.high_open), (q.high, q.high_open))
    else:
        high, high_open = p.high, p.high_open or q.high_open
    return Interval(low, high, low_open, high_open)


def contains(a: Intervals, b: Intervals) -> bool:
    """Whether every possibility of `b` is one of `a`."""
    return intersection(a, b) == normal(b.parts)


def compare(a: Intervals, b: Intervals) -> str:
    """How two sets lie to each other: `equal`, `within` (a in b), `around` (b in a), `overlap` or `disjoint`."""
    both = intersection(a, b)
    if not both.parts:
        return "disjoint"
    a, b = normal(a.parts), normal(b.parts)
    if a == b:
        return "equal"
    if both == a:
        return "within"
    if both == b:
        return "around"
    return "overlap"


def hull(a: Intervals) -> Interval:
    """The smallest interval around a set that is not empty."""
    return Interval(a.parts[0].low, a.parts[-1].high, a.parts[0].low_open, a.parts[-1].high_open)


def shift(a: Intervals, by: float) -> Intervals:
    """Every possibility moved by the same amount."""
    return Intervals(tuple(Interval(p.low + by, p.high + by, p.low_open, p.high_open) for p in a.parts))


def scale(a: Intervals, by: float) -> Intervals:
    """Every possibility times a positive factor."""
    return normal(Interval(p.low * by, p.high * by, p.low_open, p.high_open) for p in a.parts)
