"""A finding as its sides, each wording once with the places that use it: what every layout for people shows."""
from __future__ import annotations

from dataclasses import dataclass

from factcheck.model import Finding, FindingValue
from factcheck.reporting.meaning import meaning
from factcheck.reporting.text import clean


@dataclass(frozen=True)
class Wording:
    """One way a value is written: the words, what they stand for (or ""), and every place they stand."""

    text: str
    meaning: str
    places: tuple[FindingValue, ...]


@dataclass(frozen=True)
class Side:
    """The wordings that say the same, and the mark of a minority (`alone`, `minority` or "")."""

    wordings: tuple[Wording, ...]
    mark: str


def sides(finding: Finding) -> tuple[Side, ...]:
    """The sides of a finding, the minority last, each with its wordings in the order of their articles."""
    numbers = sorted({v.side for v in finding.values},
                     key=lambda side: (any(v.minority for v in finding.values if v.side == side), side))
    return tuple(_side([v for v in finding.values if v.side == number], finding.kind) for number in numbers)


def _side(values: list[FindingValue], kind: str) -> Side:
    groups: dict[tuple[str, str], list[FindingValue]] = {}
    for value in values:
        groups.setdefault((clean(value.text).casefold(), value.value), []).append(value)
    wordings = tuple(Wording(clean(places[0].text), meaning(kind, places[0].text, places[0].value), tuple(places))
                     for places in groups.values())
    return Side(wordings, _mark(values))


def _mark(values: list[FindingValue]) -> str:
    if not any(v.minority for v in values):
        return ""
    return "alone" if len({v.article for v in values}) == 1 else "minority"


def place(value: FindingValue) -> str:
    """Where a value stands, and who says it there: `a.txt:12`, `a.txt:12 (says Amazon)`."""
    where = f"{clean(value.article)}:{value.line}"
    return f"{where} (says {clean(value.attributed_to)})" if value.attributed_to else where


def unique_places(wording: Wording) -> list[str]:
    """The places of a wording in order, each once."""
    return list(dict.fromkeys(place(v) for v in wording.places))
