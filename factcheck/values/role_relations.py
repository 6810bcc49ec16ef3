"""How two roles lie to each other: could one person have both?"""

from __future__ import annotations

from factcheck.model import Names, Value
from factcheck.values.common import is_common
from factcheck.values.context import TOGETHER, Comparison
from factcheck.values.offices import base, compare_offices, goes_with_any, is_broader, leads_and_serves
from factcheck.values.role import FLAGS, LEADS, UNNAMED

_PAST = {"former", "retired"}


def compare_roles(a: Value, b: Value) -> Comparison:
    """How two roles lie to each other: could one person have both?

    `equal`: the same office, of the same thing as far as told. `within`/`around`: one tells the portfolio, the other
    not. `overlap`: one word for several offices, the same office once held (`former`), or told of two things.
    `disjoint`: two offices of which one person holds one at a time. `incomparable`: offices that go together, or that
    the data does not know.
    """
    assert isinstance(a.possible, Names) and isinstance(b.possible, Names)
    relation = compare_offices(a.possible.forms, b.possible.forms)
    if relation == "equal" and _of_two_things(a, b):
        return Comparison("overlap", 0.0)
    if relation == "overlap" and (_serves(a, b) or _serves(b, a)):
        return Comparison("disjoint", 0.0)
    if relation == "overlap" and _of_another_thing(a, b):
        return Comparison("incomparable")
    if relation == "disjoint" and _deputy_elsewhere(a, b):
        return Comparison("incomparable")
    flags_a, flags_b = ({q for q in v.qualifiers if q in FLAGS} for v in (a, b))
    one_past = ("former" in flags_a) != ("former" in flags_b) and not (flags_a & _PAST and flags_b & _PAST)
    if relation == "equal" and ("deputy" in flags_a) != ("deputy" in flags_b):
        return Comparison("disjoint", 0.0)
    if relation in ("equal", "within", "around") and one_past:
        return Comparison("overlap", 0.0)
    if relation == "disjoint" and one_past:
        return Comparison("incomparable")
    if relation == "incomparable" and goes_with_any(a.possible.forms | b.possible.forms):
        return Comparison(relation, None, TOGETHER)
    return Comparison(relation, 0.0 if relation != "incomparable" else None)


def _serves(a: Value, b: Value) -> bool:
    """Whether one leads a body and the other has charge of one of its fields (`the company's boss`, `the finance
    director`)."""
    assert isinstance(a.possible, Names) and isinstance(b.possible, Names)
    whole = _told(a) and not _things(a)
    return bool(whole) and all(leads_and_serves(x, y) for x in a.possible.forms for y in b.possible.forms)


def _deputy_elsewhere(a: Value, b: Value) -> bool:
    """Whether one leads something that the other, a deputy, is not told of: somebody may have both offices."""
    assert isinstance(a.possible, Names) and isinstance(b.possible, Names)
    for lead, deputy in ((a.possible.forms, b.possible.forms), (b.possible.forms, a.possible.forms)):
        if "deputy-head" in deputy and any(leads_and_serves(x.split("/")[0], "deputy-head") for x in lead):
            return bool(_things(a) ^ _things(b)) or any("/" in x for x in lead)
    return False


def _of_two_things(a: Value, b: Value) -> bool:
    """Whether an office of which there are many (a director, a teacher) is told of two different things."""
    assert isinstance(a.possible, Names) and isinstance(b.possible, Names)
    several = all(base(form.split("/")[0]) for form in a.possible.forms & b.possible.forms)
    first, second = _told(a), _told(b)
    return several and bool(first) and bool(second) and not first & second


def _of_another_thing(a: Value, b: Value) -> bool:
    """Whether the broader of two offices is told of a thing that the other is not (`the head of infrastructure`, `the
    finance chief`): the data can't tell then whether they are one."""
    assert isinstance(a.possible, Names) and isinstance(b.possible, Names)
    return any(_beyond(own, _things(other)) for own, other in ((a, b), (b, a))
               if any(is_broader(x, y) for x in own.possible.forms for y in other.possible.forms))  # type: ignore[union-attr]


def _beyond(value: Value, others: set[str]) -> set[str]:
    """What one office is told of and another is not; where that tells nothing, no place is (`the airport's boss`, `the
    chief executive`), nor what somebody is told to run (`who runs Halden`)."""
    if not others and LEADS in value.qualifiers:
        return set()
    return {w for w in _things(value) if others or not is_common(w, "places")} - others


def _things(value: Value) -> set[str]:
    """The words that tell what an office is of, but for those of any body (`the company's boss`)."""
    return {w for w in _told(value) if not is_common(w, "bodies")}


def _told(value: Value) -> set[str]:
    """The words that tell what an office is of."""
    return {w for q in value.qualifiers if q not in (*FLAGS, LEADS, UNNAMED) for w in q.split()}
