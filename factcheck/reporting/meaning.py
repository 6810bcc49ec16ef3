"""Canonical values in words that people read: `(100, inf)` as `more than 100`, `PT5H` as `5 h`."""
from __future__ import annotations

import re

from factcheck.reporting.text import clean

# Kinds whose canonical value is a normalized copy of the words: it would tell a reader nothing.
IN_WORDS = ("person", "role", "organization", "place", "outcome", "cause", "quotation")
_DURATION = re.compile(r"P(?=.)((?:\d+(?:\.\d+)?[YMWD])*)(?:T((?:\d+(?:\.\d+)?[HMS])+))?")
_DAYS = {"Y": "year", "M": "month", "W": "week", "D": "day"}
_CLOCK = {"H": "h", "M": "min", "S": "s"}


def meaning(kind: str, text: str, value: str, most: int = 2) -> str:
    """What the words stand for, where they don't say it themselves: `2021-01-21` for `jeudi`, "" for `42 %`.

    `value` is canonical; what comes out is meant for people (`more than 100`, `10 to 20`), with
    only the first and the last of more than `most` possibilities.
    """
    value = clean(value)
    if kind in IN_WORDS or value.casefold() == clean(text).casefold():
        return ""
    figure, unit = _split(value)
    if re.fullmatch(r"\d+(\.\d+)?", figure) and figure in _figures(text):
        return ""
    choices = [_grouped(_range(choice)) for choice in figure.split("|")]
    few = f"{', '.join(choices[:-1])} or {choices[-1]}" if len(choices) > 1 else choices[0]
    shown = few if len(choices) <= most else f"one of {len(choices)}, {choices[0]} to {choices[-1]}"
    if not unit or kind == "count":  # what is counted stands in the words
        return shown
    return f"{shown} {unit}" + "s" * (unit in _DAYS.values() and shown != "1")


def _split(value: str) -> tuple[str, str]:
    """A canonical value without its unit, and the unit."""
    match = re.fullmatch(r"((?:[(\[][^)\]]*[)\]]|[^ |]+)(?:\|(?:[(\[][^)\]]*[)\]]|[^ |]+))*)(?: (.*))?", value)
    return (match[1], match[2] or "") if match else (value, "")


def _range(figure: str) -> str:
    """A canonical range in words: `(100, inf)` is `more than 100`, `2021-01-10/2021-01-20` runs `to` its end."""
    bounds = re.fullmatch(r"([(\[])([^,]+), ([^,]+)([)\]])", figure)
    if not bounds:
        return _span(*figure.split("/", 1))
    opening, low, high, closing = bounds.groups()
    if high == "inf":
        return f"{'more than' if opening == '(' else 'at least'} {low}"
    if low == "-inf" or (low == "0" and closing == ")"):
        return f"{'less than' if closing == ')' else 'at most'} {high}"
    return f"{low} to {'under ' if closing == ')' else ''}{high}"


def _span(first: str, last: str | None = None) -> str:
    """The ends of a range of dates, times or durations in words; `..` is an end left open."""
    if last is None:
        return _duration(first)
    if last == "..":
        return f"{_duration(first)} or more" if first.startswith("P") else f"from {first}"
    return f"until {last}" if first == ".." else f"{_duration(first)} to {_duration(last)}"


def _duration(text: str) -> str:
    """A duration of ISO 8601 in words: `PT2H30M` is `2 h 30 min`; anything else as it is."""
    match = _DURATION.fullmatch(text)
    if not match:
        return text
    days = [f"{n} {_DAYS[unit]}{'s' * (n != '1')}" for n, unit in re.findall(r"([\d.]+)(\w)", match[1])]
    return " ".join([*days, *(f"{n} {_CLOCK[unit]}" for n, unit in re.findall(r"([\d.]+)(\w)", match[2] or ""))])


def _grouped(text: str) -> str:
    """The text with the digits of its long numbers grouped: `1200000` is `1,200,000`."""
    return re.sub(r"(?<![\d.])\d{5,}", lambda number: f"{int(number.group()):,}", text)


def _figures(text: str) -> set[str]:
    """The plain numbers in a text, without the marks that group their digits."""
    joined = re.sub(r"(?<=\d)[\s.,\u202f\u00a0'’](?=\d{3}\b)", "", text)
    return {number.replace(",", ".") for number in re.findall(r"\d+(?:[.,]\d+)?", joined)}
