"""A finding as its sides, each wording once with the places that use it: what every layout for people shows."""
from __future__ import annotations

import re
from dataclasses import dataclass

from factcheck.model import Finding, FindingValue
from factcheck.reporting.text import clean

# Kinds whose canonical value is a normalized copy of the words: it would tell a reader nothing.
_WORDS = ("person", "role", "organization", "place", "outcome", "cause", "quotation")


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


def meaning(kind: str, text: str, value: str, most: int = 2) -> str:
    """What the words stand for, where they don't say it themselves: `2021-01-21` for `jeudi`, "" for `42 %`.

    `value` is canonical; what comes out is meant for people (`more than 100`, `10 to 20`), with
    only the first and the last of more than `most` possibilities.
    """
    value = clean(value)
    if kind in _WORDS or value.casefold() == clean(text).casefold():
        return ""
    figure, unit = _split(value)
    if re.fullmatch(r"\d+(\.\d+)?", figure) and figure in _figures(text):
        return ""
    choices = [_grouped(_range(choice)) for choice in figure.split("|")]
    few = f"{', '.join(choices[:-1])} or {choices[-1]}" if len(choices) > 1 else choices[0]
    shown = few if len(choices) <= most else f"one of {len(choices)}, {choices[0]} to {choices[-1]}"
    return f"{shown} {unit}" if unit and kind != "count" else shown  # what is counted stands in the words


def _split(value: str) -> tuple[str, str]:
    """A canonical value without its unit, and the unit."""
    match = re.fullmatch(r"((?:[(\[][^)\]]*[)\]]|[^ |]+)(?:\|(?:[(\[][^)\]]*[)\]]|[^ |]+))*)(?: (.*))?", value)
    return (match[1], match[2] or "") if match else (value, "")


def _range(figure: str) -> str:
    """A canonical range in words: `(100, inf)` is `more than 100`, `2021-01-10/2021-01-20` runs `to` its end."""
    bounds = re.fullmatch(r"([(\[])(-?[\w.:+-]+), (-?[\w.:+-]+)([)\]])", figure)
    if not bounds:
        return figure.replace("/", " to ")
    opening, low, high, closing = bounds.groups()
    if high == "inf":
        return f"{'more than' if opening == '(' else 'at least'} {low}"
    if low == "-inf" or (low == "0" and closing == ")"):
        return f"{'less than' if closing == ')' else 'at most'} {high}"
    return f"{low} to {'under ' if closing == ')' else ''}{high}"


def _grouped(text: str) -> str:
    """The text with the digits of its long numbers grouped: `1200000` is `1,200,000`."""
    return re.sub(r"(?<![\d.])\d{5,}", lambda number: f"{int(number.group()):,}", text)


def _figures(text: str) -> set[str]:
    """The plain numbers in a text, without the marks that group their digits."""
    joined = re.sub(r"(?<=\d)[\s.,\u202f\u00a0'’](?=\d{3}\b)", "", text)
    return {number.replace(",", ".") for number in re.findall(r"\d+(?:[.,]\d+)?", joined)}


def place(value: FindingValue) -> str:
    """Where a value stands, and who says it there: `a.txt:12`, `a.txt:12 (says Amazon)`."""
    where = f"{clean(value.article)}:{value.line}"
    return f"{where} (says {clean(value.attributed_to)})" if value.attributed_to else where


def unique_places(wording: Wording) -> list[str]:
    """The places of a wording in order, each once."""
    return list(dict.fromkeys(place(v) for v in wording.places))
