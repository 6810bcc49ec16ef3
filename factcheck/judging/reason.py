"""Why a finding is what it is, in one line of words: how far the answers lie apart, and who stands alone."""
from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from itertools import combinations

from factcheck.model import Intervals, Mention
from factcheck.values import canonical, compare
from factcheck.values.measure import base_value
from factcheck.values.money import two_currencies
from factcheck.values.sets import hull

_DAY = 86_400
_UNITS = {
    "date": ((365.25, "year"), (30.44, "month"), (1, "day")),
    "time": ((60, "hour"), (1, "minute")),
    "duration": ((365.25 * _DAY, "year"), (30.44 * _DAY, "month"), (_DAY, "day"), (3600, "hour"), (60, "minute"),
                 (1, "second")),
}
_IN_WORDS = {
    "cause": "they give different causes",
    "quotation": "the words quoted differ",
    "role": "they name different offices",
    "person": "they name different persons",
    "organization": "they name different organizations",
    "place": "they name different places",
}


def contradiction(groups: Sequence[Sequence[Mention]]) -> str:
    """For answers that can't both be right."""
    pairs = [(a, b) for one, other in combinations(groups, 2) for a in one for b in other]
    apart = [p for p in pairs if compare(p[0].value, p[1].value).relation == "disjoint"] or pairs[:1]
    first, second = max(apart, key=lambda p: _gap(*p))
    return "; ".join(p for p in (_distance(first, second, len(groups) > 2), _alone(groups)) if p)


def variant(groups: Sequence[Sequence[Mention]]) -> str:
    """For one name spelt in two ways."""
    return "; ".join(p for p in ("one name, two spellings", _alone(groups)) if p)


def update(earlier: Sequence[Mention], later: Sequence[Mention]) -> str:
    """For a state that changed between the articles."""
    return f"the later article has the later state: {_said(earlier[0])}, then {_said(later[0])}"


def dispute(parties: Sequence[str]) -> str:
    """For sides that are each somebody's word, and whose, where both are known ("" for one that isn't)."""
    named = [" ".join(party.split()) for party in parties]
    return "each side is somebody's word" + (": " + " against ".join(named) if all(named) else "")


def agreement(mentions: Sequence[Mention]) -> str:
    """For answers that can all be the same."""
    answers = list(dict.fromkeys(canonical(m.value) for m in mentions))
    if len(answers) == 1:
        return "they say the same"
    if day := _common_day(mentions):
        return f"{day.day} {day:%B %Y} is a {day:%A}: all can be the same day"
    return "differently put, or to another precision: all can be the same"


def _said(mention: Mention) -> str:
    return f"“{' '.join(mention.value.text.split())}”"


def _alone(groups: Sequence[Sequence[Mention]]) -> str:
    """Which source stands alone, where the others are at least two."""
    sources = [sorted({m.claim.article for m in g}) for g in groups]
    most = max(len(s) for s in sources)
    alone = [s[0] for s in sources if len(s) == 1 and most > 1]
    return f"{alone[0]} stands alone against {most}" if len(alone) == 1 else ""


def _sets(first: Mention, second: Mention) -> tuple[Intervals, Intervals] | None:
    """The sets of two answers on one line, or None where they are on none."""
    a, b = first.value.possible, second.value.possible
    if not isinstance(a, Intervals) or not isinstance(b, Intervals) or not a.parts or not b.parts:
        return None
    if first.value.kind == "measure":  # the two may be told in two units
        return base_value(first.value)[0], base_value(second.value)[0]
    if two_currencies(first.value, second.value):
        return None
    return a, b


def _nearest(a: Intervals, b: Intervals) -> float:
    """The gap between the nearest ends of two sets."""
    return min(max(q.low - p.high, p.low - q.high) for p in a.parts for q in b.parts)


def _gap(first: Mention, second: Mention) -> float:
    """How far two answers lie apart, for comparison with others of the kind: nought in words."""
    sets = _sets(first, second)
    if sets is None or not math.isfinite(gap := _nearest(*sets)):
        return 0.0
    if first.value.kind in _UNITS:
        return gap
    low, high = sorted((hull(s) for s in sets), key=lambda part: part.low)
    return high.low / low.high if low.high > 0 else 0.0


def _distance(first: Mention, second: Mention, several: bool) -> str:
    """How far two answers lie apart, in words; `several` where others lie less far apart."""
    kind, sets = first.value.kind, _sets(first, second)
    if sets is None:
        return _IN_WORDS.get(kind, "the two can't both be true")
    up_to = "up to " * several
    if kind in _UNITS:
        return _apart(_nearest(*sets), _UNITS[kind], up_to)
    a, b = (hull(s) for s in sets)
    return _ratio(a.low, a.high, b.low, b.high, up_to)


def _apart(gap: float, units: Sequence[tuple[float, str]], up_to: str) -> str:
    if not 0 < gap < math.inf:  # sides of vague answers may touch
        return "they can't both be true"
    size, name = next(((s, n) for s, n in units if gap >= s), units[-1])
    count = gap / size
    shown = f"{count:.0f}" if count >= 3 or count == int(count) else f"{count:.1f}"
    return f"{up_to}{shown} {name}{'' if shown == '1' else 's'} apart"


def _ratio(low: float, high: float, other_low: float, other_high: float, up_to: str) -> str:
    """One figure against the other: a multiple, or a share."""
    if low > other_high:
        low, high, other_low, other_high = other_low, other_high, low, high
    if high <= 0 or other_low <= 0 or float("inf") in (high, other_high):
        return "the two figures can't both be true"
    times = other_low / high
    if times >= 1.95:
        return f"one figure is {up_to}{times:.1f} times the other".replace(".0 times", " times")
    return f"the figures are {up_to}{max(1, round(100 * (times - 1)))} % apart"


def _common_day(mentions: Sequence[Mention]) -> dt.date | None:
    """The one day that a weekday or a relative date and a full date share."""
    from factcheck.values.sets import intersection

    sets = [m.value.possible for m in mentions]
    if mentions[0].value.kind != "date" or not all(isinstance(s, Intervals) for s in sets):
        return None
    shared = sets[0]
    for other in sets[1:]:
        assert isinstance(shared, Intervals) and isinstance(other, Intervals)
        shared = intersection(shared, other)
    assert isinstance(shared, Intervals)
    if len(shared.parts) != 1 or shared.parts[0].low != shared.parts[0].high:
        return None
    return dt.date.fromordinal(int(shared.parts[0].low))
