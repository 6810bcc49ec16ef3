"""The algebra of sets of possibilities."""
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.model import Interval, Intervals
from factcheck.values import sets

numbers = st.integers(-20, 20)
intervals = st.builds(lambda a, b, *open_: Interval(min(a, b), max(a, b), *open_),
                      numbers, numbers, st.booleans(), st.booleans())
unions = st.lists(intervals, max_size=4).map(sets.normal)
# Half steps fall inside every gap and on every end of sets with whole ends.
POINTS = [n / 2 for n in range(-42, 43)]


def holds(a, x):
    return any((p.low < x or (p.low == x and not p.low_open)) and (x < p.high or (x == p.high and not p.high_open))
               for p in a.parts)


@given(unions, unions)
def test_union_and_intersection_hold_what_they_should(a, b):
    both, either = sets.intersection(a, b), sets.union(a, b)
    for x in POINTS:
        assert holds(both, x) == (holds(a, x) and holds(b, x))
        assert holds(either, x) == (holds(a, x) or holds(b, x))


@given(unions)
def test_normal_parts_are_sorted_and_apart(a):
    for first, second in zip(a.parts, a.parts[1:], strict=False):
        assert first.high < second.low or (first.high == second.low and first.high_open and second.low_open)


@given(unions, unions)
def test_compare_turns_round(a, b):
    turned = {"within": "around", "around": "within"}
    assert sets.compare(a, b) == turned.get(sets.compare(b, a), sets.compare(b, a))


@given(unions, unions)
def test_disjoint_means_no_common_point(a, b):
    assert (sets.compare(a, b) == "disjoint") == (not any(holds(a, x) and holds(b, x) for x in POINTS))


@pytest.mark.parametrize("a, b, relation", [
    (sets.point(21), sets.point(21), "equal"),
    (sets.point(298), sets.between(285, 300), "within"),
    (sets.more_than(100), sets.between(20, 99), "disjoint"),
    (sets.more_than(100), sets.point(100), "disjoint"),
    (sets.at_least(100), sets.point(100), "around"),
    (sets.less_than(300, 0), sets.at_least(250), "overlap"),
    (Intervals((Interval(7, 7), Interval(14, 14), Interval(21, 21))), sets.point(21), "around"),
])
def test_compare_examples(a, b, relation):
    assert sets.compare(a, b) == relation


def test_hull_shift_and_scale():
    two = sets.union(sets.point(2), sets.between(5, 7))
    assert sets.hull(two) == Interval(2, 7)
    assert sets.shift(two, 1) == sets.union(sets.point(3), sets.between(6, 8))
    assert sets.scale(sets.more_than(2), 3) == Intervals((Interval(6, inf, True, True),))
