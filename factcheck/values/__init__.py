"""Typed values: found in sentences, written canonically, compared. One module a kind; this page is their register."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from factcheck.model import Sentence, Value
from factcheck.values.context import Comparison, Context

__all__ = ["Comparison", "Context", "canonical", "compare", "find_values"]

# Kind: its module, and the names of its finders, of its canonical form and of its comparison, each with a module of its
# own before a dot where it stands elsewhere. The order settles which kind keeps words that two kinds claim.
_REGISTER: dict[str, tuple[str, tuple[str, ...], str, str]] = {
    "date": ("date", ("find_dates",), "canonical_date", "compare_dates"),
    "time": ("time", ("find_times",), "canonical_time", "compare_times"),
    "duration": ("duration", ("find_durations",), "canonical_duration", "compare_durations"),
    "money": ("money", ("find_money",), "canonical_money", "compare_money"),
    "percent": ("percent", ("find_percents",), "canonical_percent", "compare_percents"),
    "measure": ("measure", ("find_measures",), "canonical_measure", "compare_measures"),
    "count": ("count", ("find_counts",), "canonical_count", "compare_counts"),
    "person": ("name", ("find_persons",), "canonical_name", "compare_names"),
    "organization": ("name", ("find_organizations", "body.find_bodies"), "canonical_name", "body.compare_bodies"),
    "place": ("name", ("find_places", "spot.find_spots", "spot.find_origins"), "canonical_name", "spot.compare_places"),
    "role": ("role", ("find_roles", "find_holders"), "canonical_role", "role_relations.compare_roles"),
    "outcome": ("outcome", ("find_outcomes",), "canonical_outcome", "compare_outcomes"),
    "cause": ("cause", ("find_causes",), "canonical_cause", "compare_causes"),
    "quotation": ("quotation", ("find_quotations",), "canonical_quotation", "compare_quotations"),
}
# A date may name a part of the day too (`hier soir`): its words are a date and a time.
_TOGETHER = ({"date", "time"},)
_FIGURES = ("date", "time", "duration", "money", "percent", "measure", "count")


@cache
def _function(kind: str, name: str) -> Callable[..., Any]:
    module, _, own = name.rpartition(".")
    return getattr(import_module(f"factcheck.values.{module or _REGISTER[kind][0]}"), own)


def find_values(sentences: Sequence[Sentence], context: Context) -> list[Value]:
    """Every value of an article's sentences, in order of place; figures of different kinds never overlap."""
    found: list[Value] = []
    for kind, (_, finders, _, _) in _REGISTER.items():
        for finder in finders:
            values = _function(kind, finder)(sentences, context)
            taken = [v for v in found if v.kind in _FIGURES and v.kind != kind
                     and {v.kind, kind} not in _TOGETHER] if kind in _FIGURES else []
            found.extend(v for v in values if not any(v.start < t.end and t.start < v.end for t in taken))
    return sorted(found, key=lambda v: (v.start, v.end, v.kind))


def canonical(value: Value) -> str:
    """A value in the report's canonical form: `2021-01-21`, `[285, 300)`, `3500000 EUR`, `41.5 km`."""
    return _function(value.kind, _REGISTER[value.kind][2])(value)


def compare(a: Value, b: Value) -> Comparison:
    """How two values of one kind lie to each other; values of two kinds are `incomparable`."""
    if a.kind != b.kind:
        return Comparison("incomparable")
    return _function(a.kind, _REGISTER[a.kind][3])(a, b)
