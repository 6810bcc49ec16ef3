"""The common ids of offices and how two of them lie to each other (`offices.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import product

# Words for who is at the top of a body, or of a part of it.
_AT_THE_TOP = frozenset({"head", "director", "boss"})
# Offices of which there are several at a time, told apart by what they are for.
_WITH_PORTFOLIO = frozenset(
    {
        "minister",
        "junior-minister",
        "deputy-mayor",
        "commissioner",
        "councillor",
        "adviser",
        "vice-chair",
        "director",
        "head",
        "manager",
        "deputy-head",
        "rapporteur",
        "spokesperson",
        "secretary",
        "board-member",
        "professor",
        "teacher",
        "inspector",
    }
)


@dataclass(frozen=True)
class Offices:
    """Which offices exclude each other (`groups`, `apart`), which go together all the same; the words
    for several; the parts of a crowd, and of each party; what somebody may be besides any office (`with_any`)."""

    groups: dict[str, frozenset[str]]
    together: frozenset[frozenset[str]]
    broader: dict[str, frozenset[str]]
    crowd: frozenset[str]
    each_side: frozenset[str]
    livelihoods: frozenset[str]
    akin: frozenset[frozenset[str]]
    besides: frozenset[str]
    with_any: frozenset[str]
    apart: frozenset[frozenset[str]]
    functions: dict[str, frozenset[str]]
    not_public: frozenset[str]


@cache
def offices() -> Offices:
    """The table of offices."""
    data = tomllib.loads(resources.files("factcheck.values").joinpath("offices.toml").read_text(encoding="utf-8"))
    groups: dict[str, set[str]] = {}
    for group, names in data["groups"].items():
        for name in names:
            groups.setdefault(name, set()).add(group)
    return Offices(
        {name: frozenset(of) for name, of in groups.items()},
        frozenset(map(frozenset, data["together"])),
        {word: _spelt_out(names, data["groups"], data["below"]) for word, names in data["broader"].items()},
        frozenset(data["crowd"]),
        frozenset(data["each_side"]),
        frozenset(data["livelihoods"]),
        frozenset(map(frozenset, data["akin"])),
        frozenset(data["besides"]),
        frozenset(data["with_any"]),
        frozenset(
            frozenset(pair)
            for first, second in data["apart"]
            for pair in product(
                *(_spelt_out([name], data["groups"] | data["sets"], data["besides"]) for name in (first, second))
            )
        ),
        {name: frozenset(fields) for name, fields in data["functions"].items()},
        _spelt_out(data["not_public"], data["groups"]),
    )


def _spelt_out(names: Iterable[str], groups: dict[str, list[str]], without: Collection[str] = ()) -> frozenset[str]:
    """A list of offices with every `group:` entry replaced by the group's offices, some of them left out."""
    found: set[str] = set()
    for name in names:
        group = groups.get(name.removeprefix("group:"), ()) if name.startswith("group:") else ()
        found |= {office for office in group if office not in without} if group else {name}
    return frozenset(found)


def base(name: str) -> bool:
    """Whether an office is told apart by what it is for (a minister, a deputy mayor)."""
    return name in _WITH_PORTFOLIO


def is_broader(name: str, other: str) -> bool:
    """Whether an office's id is the broader word for the other's."""
    return other.split("/")[0] in offices().broader.get(name.split("/")[0], ())


def compare_offices(a: Iterable[str], b: Iterable[str]) -> str:
    """How two sets of ids lie to each other, by the closest pair of them."""
    found = {_relation(x, y) for x, y in product(a, b)}
    return next((r for r in ("equal", "within", "around", "overlap", "disjoint") if r in found), "incomparable")


def _relation(a: str, b: str) -> str:
    if a == b:
        return "equal"
    (x, _, portfolio), (y, _, other) = a.partition("/"), b.partition("/")
    if x == y:
        return "disjoint" if portfolio and other else "within" if portfolio else "around"
    known = offices()
    if x in _AT_THE_TOP and portfolio and y in known.functions or y in _AT_THE_TOP and other and x in known.functions:
        of_other_field = (portfolio or other) not in known.functions[y if portfolio else x]
        return "disjoint" if of_other_field else "overlap"
    if y in known.broader.get(x, ()) or x in known.broader.get(y, ()):
        return "overlap"
    if frozenset((x, y)) in known.together:
        return "overlap"
    one_group = known.groups.get(x, frozenset()) & known.groups.get(y, frozenset())
    return "disjoint" if one_group or frozenset((x, y)) in known.apart or _two_livings(x, y) else "incomparable"


def leads_and_serves(name: str, other: str) -> bool:
    """Whether an office is at the top of something, the other has charge of a field there, or is deputy (the museum's
    director, its finance director)."""
    return name in _AT_THE_TOP and (other in offices().functions or other == "deputy-head")


def goes_with_any(names: Iterable[str]) -> bool:
    """Whether offices are such as anybody may have besides another (a founder, a shareholder)."""
    return bool({name.split("/")[0] for name in names} & offices().with_any)


def _two_livings(x: str, y: str) -> bool:
    """Whether two offices are each somebody's whole living, of sorts that nobody has both of as a matter of course."""
    known = offices()
    if {x, y} & known.besides:
        return False
    first, second = (known.groups.get(name, frozenset()) & known.livelihoods for name in (x, y))
    return bool(first and second) and not any(frozenset(pair) in known.akin for pair in product(first, second))
