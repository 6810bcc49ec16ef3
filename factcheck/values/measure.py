"""Measures: figures with a unit that converts (lengths, areas, masses, speeds …), ages in years, levels and magnitudes.

Units and their factors are one table for every language (`units.toml`), their names in words one a language.
"""
from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from factcheck.languages import load
from factcheck.model import Interval, Intervals, Sentence, Value
from factcheck.values import sets
from factcheck.values.ages import Age, find_ages
from factcheck.values.approximation import (
    Quantity,
    join_ranges,
    modified_after,
    modified_before,
    quantities,
)
from factcheck.values.context import Comparison, Context
from factcheck.values.figures import (
    compare_sets,
    point_of,
    precision,
    rounding,
    value_of,
    with_unit,
    written_step,
)
from factcheck.values.money import sums
from factcheck.values.patterns import plain
from factcheck.values.percent import shares

_ROUNDING = 0.025
_CONVERTED = 0.05
_SIGNIFICANT = 4
# What an article before a unit makes a rate of: `$6 a mile`, `12 cents a gallon`.
_RATE = re.compile(r"[\d%]p?$|\b[^\W\d_]+s$")
# Symbols that are letters of other things unless they stick to the figure: `40C`.
_NO_SYMBOLS = ("year", "level", "category", "magnitude", "are", "ton", "fathom", "ct", "K", "q")
_STUCK = ("C", "F", "in", "pt", "st")


@dataclass(frozen=True)
class Unit:
    """A unit: its dimension, what one is in the dimension's base unit, where its zero lies, how loosely it is used."""

    symbol: str
    dimension: str
    factor: float
    offset: float = 0.0
    spread: float = 0.0


@dataclass(frozen=True)
class Measure:
    """A figure with a unit: the span with its modifiers, in the text it was found in."""

    quantity: Quantity
    start: int
    end: int
    possible: Intervals
    unit: str


@dataclass(frozen=True)
class _Words:
    """A language's ways to write a unit, as patterns around a figure."""

    after: re.Pattern[str]
    article: re.Pattern[str]
    names: dict[str, str]
    symbols: dict[str, str]
    weak: frozenset[str]
    barred: re.Pattern[str]
    body: frozenset[str]
    owners: re.Pattern[str]
    prefixed: re.Pattern[str]
    prefixes: dict[str, str]
    compound: dict[str, tuple[re.Pattern[str], float]]
    minus: re.Pattern[str]
    below: re.Pattern[str]
    elliptical: re.Pattern[str]
    and_half: re.Pattern[str]


@cache
def _shared() -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "units.toml").read_text(encoding="utf-8"))


@cache
def units() -> dict[str, Unit]:
    """Every unit by its symbol."""
    return {s: Unit(s, u["dimension"], u["factor"], u.get("offset", 0.0), u.get("spread", 0.0))
            for s, u in _shared()["units"].items()}


def _any(phrases: Sequence[str]) -> str:
    return "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in sorted(phrases, key=len, reverse=True))


@cache
def _words(language: str) -> _Words:
    data = load(language, "units")
    names = {n.lower(): symbol for symbol, all_names in data["names"].items() for n in all_names}
    symbols = {s: s for s in units() if s not in _NO_SYMBOLS}
    symbols |= _shared()["aliases"]
    prefixes = {n.lower(): symbol for symbol, all_names in data["prefixed"].items() for n in all_names}
    spoken = rf"(?P<name>(?i:{_any(list(names))}))(?![\w’])"
    return _Words(
        after=re.compile(rf"(?P<gap>[\s-]*)(?P<link>(?:de\s|d’|of\s)?(?:an?\s)?)(?:{spoken}"
                         rf"|(?P<symbol>{_any(list(symbols))})(?![\w’²³/°]))"),
        article=re.compile(rf"(?<![\w-])an?\s+{spoken}", re.I),
        names=names, symbols=symbols, weak=frozenset(data["weak"]["units"]),
        barred=re.compile(rf"[\s-]+(?:{_any(data['weak']['not_followed_by'])})(?!\w)", re.I),
        body=frozenset(data["weak"]["body"]),
        owners=re.compile(rf"(?<!\w)(?:{_any(data['weak']['owners'])})\s$", re.I),
        prefixed=re.compile(rf"(?<!\w)(?P<name>{_any(list(prefixes))})\s+$", re.I), prefixes=prefixes,
        compound={s: (re.compile(c["pattern"]), c["share"]) for s, c in data["compound"].items()},
        minus=re.compile(rf"(?:^|[\s(])(?:{_any(data['minus']['words'])})\s?$", re.I),
        below=re.compile(rf"\s+(?:{_any(data['minus']['below'])})(?!\w)", re.I),
        elliptical=re.compile(rf"(?<!\w)(?:{'|'.join(data['elliptical']['after'])})\s$".replace(" ", r"\s"), re.I),
        and_half=re.compile(rf"\s+(?:{_any(data['compound_half']['words'])})(?!\w)", re.I))


def find_measures(sentences: Sequence[Sentence], context: Context) -> list[Value]:
    """The measures in an article's sentences; `unit` is the unit as written (`mi`, `ha`), `year` for ages."""
    values = []
    for sentence in sentences:
        found = measures(sentence.text, context.language)
        for m in found:
            values.append(value_of("measure", sentence, m.quantity, m.start, m.end, m.possible, m.unit))
    return values


@lru_cache(maxsize=4096)
def measures(text: str, language: str) -> tuple[Measure, ...]:
    """The measures of a text, ages included, in order and without overlap."""
    text = plain(text)
    words = _words(language)
    taken = [(s.start, s.end) for s in sums(text, language)] + [(s.start, s.end) for s in shares(text, language)]
    free = [q for q in quantities(text, language)
            if not q.ordinal and not any(a < q.core_end and q.core_start < b for a, b in taken)]
    found = [_of_age(a) for a in find_ages(text, language, free)]
    found += [m for q in free for m in [_compound(text, q, words) or _measure(text, q, words, language)
                                        or _prefixed(text, q, words)] if m]
    found += _with_article(text, words, language)
    found = join_ranges(text, sorted(_apart(found), key=lambda m: m.start), language)
    return tuple(sorted(found + _elliptical(text, free, found, words), key=lambda m: m.start))


def _apart(found: list[Measure]) -> list[Measure]:
    """The measures, the earlier found kept where two overlap."""
    kept: list[Measure] = []
    for measure in found:
        if not any(measure.start < k.end and k.start < measure.end for k in kept):
            kept.append(measure)
    return kept


def _of_age(age: Age) -> Measure:
    return Measure(age.quantity, age.start, age.end, age.quantity.possible, "year")


def _measure(text: str, quantity: Quantity, words: _Words, language: str) -> Measure | None:
    """The measure a quantity is by the unit right behind it."""
    match = words.after.match(text, quantity.core_end)
    if not match or words.barred.match(text, match.end()):
        return None
    name = match["name"] and re.sub(r"\s+", " ", match["name"].lower())
    if match["symbol"] and (quantity.form != "digits" or match["link"] or match["gap"] and match["symbol"] in _STUCK):
        return None
    if match["link"].strip() in ("a", "an", "of a", "of an") and quantity.form != "fraction":
        return None
    if name in words.body and words.owners.search(text, 0, quantity.core_start):
        return None
    unmodified = quantity.start == quantity.core_start
    if name in words.weak and quantity.value == 1 and quantity.form == "words" and unmodified:
        return None
    if quantity.end > quantity.core_end and quantity.end < match.end():
        quantity = replace(quantity, end=quantity.core_end)
    unit = words.names[name] if name else words.symbols[match["symbol"]]
    half = words.and_half.match(text, match.end())
    if half and quantity.scale == 1 and quantity.possible == sets.point(quantity.value):
        quantity = replace(quantity, value=quantity.value + 0.5, possible=sets.point(quantity.value + 0.5))
    return _signed(text, quantity, half.end() if half else match.end(), unit, words, language)


def _signed(text: str, quantity: Quantity, end: int, unit: str, words: _Words, language: str) -> Measure:
    """The measure with a modifier behind its unit and a minus sign taken in."""
    changed = modified_after(text, replace(quantity, end=end), end, language)
    start, possible = quantity.start, changed.possible
    if units()[unit].dimension == "temperature":
        sign, below = words.minus.search(text, 0, quantity.start), words.below.match(text, changed.end)
        if sign or below:
            possible = Intervals(tuple(Interval(-p.high, -p.low, p.high_open, p.low_open)
                                       for p in reversed(possible.parts)))
        start = sign.start() + len(sign[0]) - len(sign[0].lstrip(" (")) if sign else start
        changed = replace(changed, end=below.end()) if below else changed
    return Measure(changed, start, changed.end, possible, unit)


def _compound(text: str, quantity: Quantity, words: _Words) -> Measure | None:
    """A measure in two parts: `1 m 80`, `six feet two`."""
    if len(quantity.possible.parts) != 1 or quantity.possible.parts[0].low != quantity.possible.parts[0].high:
        return None
    for unit, (pattern, share) in words.compound.items():
        match = pattern.match(text, quantity.core_end)
        if match:
            part = next(g for g in match.groups() if g)
            value = round(quantity.value + float(part) * share, 4)
            return Measure(quantity, quantity.start, match.end(), sets.point(value), unit)
    return None


def _prefixed(text: str, quantity: Quantity, words: _Words) -> Measure | None:
    """A level or a magnitude: a number behind the word for it."""
    match = words.prefixed.search(text, max(0, quantity.start - 30), quantity.start)
    if not match:
        return None
    unit = words.prefixes[re.sub(r"\s+", " ", match["name"].lower())]
    return Measure(quantity, match.start(), quantity.end, quantity.possible, unit)


def _with_article(text: str, words: _Words, language: str) -> list[Measure]:
    """Measures of one with an article for the number (`a mile`, `a little under a pound`)."""
    found = []
    for match in words.article.finditer(text):
        name = re.sub(r"\s+", " ", match["name"].lower())
        one = Quantity(match.start(), match.start("name") - 1, match.start(), match.start("name") - 1, 1,
                       sets.point(1), "words")
        quantity = modified_before(text, one, language)
        before = text[:match.start()].rstrip()
        per = _RATE.search(before)
        if (name in words.weak or per) and quantity.start == one.start or words.barred.match(text, match.end()):
            continue
        found.append(_signed(text, quantity, match.end(), words.names[name], words, language))
    return found


def _elliptical(text: str, free: list[Quantity], found: list[Measure], words: _Words) -> list[Measure]:
    """Figures at the end of their phrase that leave out the unit named before (`87 km/h; la limite est de 100.`)."""
    known = [m for m in found if units()[m.unit].dimension not in ("age", "level", "category", "magnitude")]
    added = []
    for quantity in free:
        earlier = [m for m in known if m.end <= quantity.start]
        rest = text[quantity.end:].lstrip()
        if quantity.start < quantity.core_start:
            continue
        if not earlier or any(m.start < quantity.end and quantity.start < m.end for m in found):
            continue
        if (not rest or rest[0] in ".,;:)!?") and words.elliptical.search(text, 0, quantity.start):
            added.append(Measure(quantity, quantity.start, quantity.end, quantity.possible, earlier[-1].unit))
    return added


def base_value(value: Value) -> tuple[Intervals, Unit]:
    """A measure in the base unit of its dimension, with its unit."""
    assert isinstance(value.possible, Intervals)
    unit = units()[value.unit]
    return sets.shift(sets.scale(value.possible, unit.factor), unit.offset), unit


def canonical_measure(value: Value) -> str:
    """A measure in canonical form, in the common metric unit of its size: `41.5 km`, `[5.4, 6.6] km/h`, `46 year`."""
    possible, unit = base_value(value)
    whole = sets.hull(possible)
    size = abs(whole.low) if whole.low > 0 else abs(whole.high)
    ladder = _shared()["canonical"][unit.dimension]
    least = _shared()["from"]
    target = next((u for u in ladder if size >= least.get(u, units()[u].factor) * (1 - 1e-9)), ladder[-1])
    converted = possible if units()[target].dimension == "temperature" else sets.scale(
        possible, 1 / units()[target].factor)
    exact = value.unit in ladder
    parts = tuple(replace(p, low=_round(p.low, exact), high=_round(p.high, exact)) for p in converted.parts)
    return with_unit(Intervals(parts), target)


def _round(number: float, exact: bool) -> float:
    """A converted number to four significant digits; one that was metric already to ten."""
    return float(f"{number:.{10 if exact else _SIGNIFICANT}g}")


def compare_measures(a: Value, b: Value) -> Comparison:
    """How two measures lie to each other, in the base unit of their dimension.

    Measures in two units agree to the precision they are written with (`48 km` and `30 miles`); those of two
    dimensions are `incomparable`.
    """
    (first, unit), (second, other) = base_value(a), base_value(b)
    if unit.dimension != other.dimension:
        return Comparison("incomparable", None, f"{unit.dimension} and {other.dimension}")
    same = unit == other
    slack = rounding(a, b, _ROUNDING) * unit.factor if same else _reach(a, unit) + _reach(b, other)
    return compare_sets(first, second, slack)


def _reach(value: Value, unit: Unit) -> float:
    """How far the rounding of an exact figure reaches, in the base unit; a loosely used unit reaches further."""
    assert isinstance(value.possible, Intervals)
    number = point_of(value.possible)
    if number is None:
        return 0.0
    return max(precision(number, written_step(value), _CONVERTED), abs(number) * unit.spread) * unit.factor
