"""Numbers with what is said of their precision (`près de 300`, `a little over 2,000`), as sets of possibilities.

The sets follow how newspapers round: `about` is a tenth either way, `nearly` up to a twentieth below (a tenth where the
figure is small), `a little over` up to a tenth above; a counting noun (`une vingtaine`) has a range of its own.
"""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from factcheck.languages import load
from factcheck.model import Intervals
from factcheck.values import sets
from factcheck.values.numerals import Numeral, parse_numerals
from factcheck.values.patterns import plain

_ABOUT = 0.1
NEARLY, _NEARLY_SMALL = 0.05, 0.1
_SMALL = 10
# Between a modifier and its number: an article, a currency sign.
_BEFORE_NUMBER = r"(?:(?:la|le|les|the|its|their|his|her|ses|leurs) |l’)?(?:[A-Z]{1,3}(?=[$£€¥]))?[$£€¥]? ?"
_NEGATED = {"more": "at_most", "less": "at_least"}
_DASH = re.compile(r" ?[–—-] ?")
_WORDS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Quantity:
    """A number in a text with its modifiers: the span with and (`core`) without them, and what it can stand for.

    `value` is the number written (the middle of a range), `form` that of `Numeral` or `indefinite`; `step` and `scale`
    as in `Numeral`.
    """

    start: int
    end: int
    core_start: int
    core_end: int
    value: float
    possible: Intervals
    form: str = "digits"
    step: float = 1
    scale: float = 1
    approximate: bool = False
    ordinal: bool = False
    how: str = ""


@dataclass(frozen=True)
class _Phrases:
    """A language's modifiers as patterns, each with the operation it stands for."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    barred: dict[str, re.Pattern[str]]
    operations: dict[str, str]
    operations_after: dict[str, str]
    indefinite: re.Pattern[str]
    ranges: dict[str, tuple[float, float]]
    rounds: dict[float, tuple[float, float]]
    groups: dict[str, float]
    opener: re.Pattern[str]
    never: re.Pattern[str]
    sure: frozenset[str]
    between: frozenset[str]
    to: frozenset[str]
    change: tuple[str, ...]


def _any(phrases: Iterable[str]) -> str:
    ordered = sorted(phrases, key=lambda p: (-len(p), p))
    return "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in ordered)


@cache
def _phrases(language: str) -> _Phrases:
    data = load(language, "numbers")
    operations = {p: op for op, phrases in data["before"].items() for p in phrases}
    after = {p: op for op, phrases in data["after"].items() for p in phrases}
    ranges = {k: (v[0], v[1]) for k, v in data["indefinite"].items()}
    groups = data["groups"]
    return _Phrases(
        before=re.compile(rf"(?<!\w)(?P<phrase>{_any(operations)})(?:(?<=’)|(?<=~)|\s+){_BEFORE_NUMBER}"
                          .replace(" ", r"\s"), re.I),
        after=re.compile(rf"(?:\s*(?P<plus>\+)|[\s-]+,?\s*(?P<phrase>{_any(after)}))(?!\w)(?!\s(?:than|que|de|d’))",
                         re.I),
        barred={p: re.compile(rf"(?<!\w)(?:{_any(words)})\s$", re.I) for p, words in data["barred"].items() if words},
        operations=operations, operations_after=after,
        indefinite=re.compile(rf"(?<![\w-])(?:{_any([*ranges, *groups])})(?![\w-])", re.I),
        ranges=ranges, rounds={float(k): (v[0], v[1]) for k, v in data["rounds"].items()}, groups=groups,
        opener=re.compile(rf"(?<!\w)(?P<opener>{_any(data['ranges']['openers'])})(?:(?<=’)|\s+)[$£€¥]?\s?$", re.I),
        never=re.compile(rf"(?<!\w)(?:{_any(data['ranges']['never'])})\s(?:[^\W\d_]+\s){{0,2}}$", re.I),
        sure=frozenset(data["ranges"]["sure_openers"]), between=frozenset(data["ranges"]["between"]),
        to=frozenset(data["ranges"]["to"]), change=tuple(data["ranges"]["change"]))


@lru_cache(maxsize=4096)
def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """The quantities of a text in a language, in order: numerals, ranges and indefinite numbers with their modifiers.

    Raises `KeyError` for a language without data.
    """
    text = plain(text)
    phrases = _phrases(language)
    found = _ranged(text, [_bare(n, phrases) for n in parse_numerals(text, language)], phrases)
    found = sorted(found + _indefinite(text, found, phrases), key=lambda q: q.core_start)
    before = {q.core_start: _last_before(text, q.core_start, phrases) for q in found}
    modified = [_modified(text, q, before.get(q.core_start), phrases) for q in found]
    limits = [q.start for q in modified[1:]] + [len(text)]
    after = [modified_after(text, q, q.end, language) for q in modified]
    modified = [new if new.end <= limit else old for old, new, limit in zip(modified, after, limits, strict=False)]
    # The article of "un peu plus de 80" is no number of its own.
    return tuple(q for q in modified if not any(o.start <= q.start < o.core_start and o is not q for o in modified))


def _last_before(text: str, end: int, phrases: _Phrases) -> re.Match[str] | None:
    """The longest modifier that ends where a number starts."""
    for match in phrases.before.finditer(text, max(0, end - 40), end):
        barred = phrases.barred.get(match["phrase"].lower())
        if match.end() == end and not (barred and barred.search(text, 0, match.start())):
            return match
    return None


def _bare(numeral: Numeral, phrases: _Phrases) -> Quantity:
    """A numeral without modifiers: a point, or the range of a counting noun."""
    quantity = Quantity(numeral.start, numeral.end, numeral.start, numeral.end, numeral.value,
                        sets.point(numeral.value), numeral.form, numeral.step, numeral.scale, ordinal=numeral.ordinal)
    around = phrases.rounds.get(numeral.value / numeral.scale)
    dozens = around is None and numeral.value / numeral.scale % 6 == 0
    if not numeral.collective or dozens:
        return quantity
    if around is None:
        return replace(quantity, possible=about(numeral.value), approximate=True)
    low, high = around
    return replace(quantity, possible=sets.between(low * numeral.scale, high * numeral.scale), approximate=True)


def _ranged(text: str, found: list[Quantity], phrases: _Phrases) -> list[Quantity]:
    """The quantities, with two that are the ends of a range made one."""
    merged: list[Quantity] = []
    for quantity in found:
        if merged and not quantity.ordinal:
            joined = _range(text, merged[-1], quantity, phrases)
            if joined:
                merged[-1] = joined
                continue
        merged.append(quantity)
    return merged


def _range(text: str, first: Quantity, second: Quantity, phrases: _Phrases) -> Quantity | None:
    """The range two quantities make by the words before and between them, if they do."""
    gap = text[first.end:second.start]
    if len(gap) > 8 or first.ordinal or first.form == "indefinite" or "fraction" in (first.form, second.form):
        return None
    link = gap.strip().lower()
    opened = phrases.opener.search(text, max(0, first.start - 24), first.start)
    opener = opened["opener"].lower() if opened else ""
    sure = opener in phrases.sure
    if not (link in phrases.to or (sure and link in phrases.between) or _dashed(gap, first, second)):
        return None
    low = first.value * second.scale if first.scale == 1 and first.value < second.value / second.scale else first.value
    if low >= second.value or (opener and not sure and _changes(text, first.start, phrases)):
        return None
    start = opened.start() if opened and (sure or link in phrases.to) else first.start
    return replace(second, start=start, core_start=start, value=(low + second.value) / 2,
                   possible=sets.between(low, second.value))


def between(text: str, first: tuple[int, int], second: int, language: str) -> int | None:
    """Where a range of two figures with their units opens (`between $2m and $3m`), or None if they are none.

    `first` is the span of the first figure, `second` where the next one starts; `text` went through `patterns.plain`.
    """
    phrases = _phrases(language)
    opened = phrases.opener.search(text, max(0, first[0] - 24), first[0])
    sure = opened is not None and opened["opener"].lower() in phrases.sure
    linked = text[first[1]:second].strip().lower() in phrases.between
    return opened.start() if opened is not None and sure and linked else None


def span_of_two(first: Intervals, second: Intervals) -> Intervals:
    """The range from the least of one set to the most of another."""
    return sets.between(sets.hull(first).low, sets.hull(second).high)


def join_ranges(text: str, found: Sequence[Any], language: str) -> list[Any]:
    """Figures in order (dataclasses with `start`, `end`, `possible` and `unit`), with two of one unit that are the ends
    of a range made one (`between 10 km and 15 km`)."""
    joined: list[Any] = []
    for figure in found:
        opened = between(text, (joined[-1].start, joined[-1].end), figure.start, language) if joined else None
        if opened is not None and joined[-1].unit == figure.unit:
            possible = span_of_two(joined[-1].possible, figure.possible)
            joined[-1] = replace(figure, start=opened, possible=possible)
        else:
            joined.append(figure)
    return joined


def _dashed(gap: str, first: Quantity, second: Quantity) -> bool:
    """Whether a dash ties two figures as a range (`10-15`), or number words follow each other (`deux-trois`)."""
    if not _DASH.fullmatch(gap):
        return False
    if first.form == "words":
        return second.form == "words" and second.value == first.value + 1 and gap == "-"
    return first.form == second.form == "digits"


def _changes(text: str, before: int, phrases: _Phrases) -> bool:
    """Whether a verb of change stands shortly before (`passé de 30 à 12`): its two figures are no range."""
    words = _WORDS.findall(text[max(0, before - 40):before].lower())[-6:]
    return any(w.startswith(phrases.change) for w in words)


def _indefinite(text: str, taken: list[Quantity], phrases: _Phrases) -> list[Quantity]:
    """Quantities without a number (`des centaines`, `a handful`, `le trio`), clear of the numerals found."""
    found = []
    for match in phrases.indefinite.finditer(text):
        start, end = match.span()
        phrase = re.sub(r"\s+", " ", match[0].lower())
        inside = [q for q in taken if q.start < end and start < q.end]
        if any(q.start < start or q.end > end for q in inside):
            continue
        for q in inside:
            taken.remove(q)
        if phrase in phrases.groups:
            number = phrases.groups[phrase]
            found.append(Quantity(start, end, start, end, number, sets.point(number), "group"))
        else:
            low, high = phrases.ranges[phrase]
            scale = 1.0 if low < 1e4 else low / 2
            found.append(Quantity(start, end, start, end, low, sets.between(low, high), "indefinite", low / 2, scale,
                                  approximate=True, how=f"{phrase} → {interval_text(low, high)}"))
    return found


def interval_text(low: float, high: float) -> str:
    """A closed range as the report writes it."""
    return f"[{low:.12g}, {high:.12g}]"


def _modified(text: str, quantity: Quantity, match: re.Match[str] | None, phrases: _Phrases) -> Quantity:
    """The quantity with the modifier before it taken in."""
    if match is None or quantity.ordinal:
        return quantity
    operation = phrases.operations[re.sub(r"\s+", " ", match["phrase"].lower())]
    start = min(match.start(), quantity.start)
    never = phrases.never.search(text, max(0, start - 30), start) if operation in _NEGATED else None
    if never:
        operation, start = _NEGATED[operation], never.start()
    return apply(operation, replace(quantity, start=start))


def modified_before(text: str, quantity: Quantity, language: str) -> Quantity:
    """The quantity with a modifier that ends where it starts taken in."""
    text = plain(text)
    return _modified(text, quantity, _last_before(text, quantity.core_start, _phrases(language)), _phrases(language))


def modified_after(text: str, quantity: Quantity, end: int, language: str) -> Quantity:
    """The quantity with a modifier that follows at `end` taken in (`120 personnes environ`, `at most`).

    Where there is one, the quantity's end moves behind it; `text` is the text the quantity was found in.
    """
    match = _phrases(language).after.match(plain(text), end)
    if match is None or quantity.ordinal or quantity.start < quantity.core_start:
        return quantity
    operations = _phrases(language).operations_after
    operation = "at_least" if match["plus"] else operations[re.sub(r"\s+", " ", match["phrase"].lower())]
    return apply(operation, replace(quantity, end=match.end()))


def about(value: float) -> Intervals:
    """What `about` a number can stand for: a tenth either way, half of one at least for a number below ten."""
    margin = max(_ABOUT * abs(value), 0.5 if 1 <= abs(value) < _SMALL else 0)
    return sets.between(_neat(value - margin), _neat(value + margin))


def apply(operation: str, quantity: Quantity) -> Quantity:
    """The quantity under a modifier: `more`, `at_least`, `less`, `at_most`, `nearly`, `slightly_more`, `about`."""
    whole = sets.hull(quantity.possible)
    value = quantity.value
    if operation == "exactly" or value == 0:
        return quantity
    if operation in ("about", "nearly", "slightly_more"):
        if whole.low != whole.high and (operation == "about" or quantity.form == "indefinite"):
            return replace(quantity, approximate=True)
        share = _NEARLY_SMALL if abs(value) < _SMALL and quantity.form != "fraction" else NEARLY
        possible = {"about": about(value), "nearly": sets.less_than(value, _neat(value * (1 - share))),
                    "slightly_more": Intervals((sets.Interval(value, _neat(value * (1 + _ABOUT)), True, False),)),
                    }[operation]
        return replace(quantity, possible=possible, approximate=True)
    ranged = quantity.form not in ("digits", "words", "fraction")
    top, bottom = (whole.high, whole.low) if ranged else (value, value)
    possible = {"more": sets.more_than(bottom), "at_least": sets.at_least(bottom), "less": sets.less_than(top, 0),
                "at_most": sets.at_most(top, 0)}[operation]
    return replace(quantity, possible=possible, approximate=quantity.approximate and ranged)


def _neat(value: float) -> float:
    """The number without the noise of binary fractions."""
    rounded = round(value, 9)
    return int(rounded) if rounded == int(rounded) else rounded
