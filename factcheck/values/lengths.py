"""Lengths of time as written (`deux heures et demie`, `some 62 hours`), read into what they can mean.

Months and years have no fixed number of days, so a length keeps its unit beside its span in seconds: dates are shifted
by the unit, durations compared by the seconds.
"""
from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from math import inf

from factcheck.languages import load
from factcheck.model import Interval, Intervals
from factcheck.values import sets
from factcheck.values.numerals import parse_numerals
from factcheck.values.patterns import MASK, Grammar, Hit, compile_pattern, fold, grammar, hits, longest, plain

DAY = 86400
#: Seconds of a unit, at least and at most. A year may be counted as 52 weeks.
SECONDS: dict[str, tuple[float, float]] = {
    "second": (1, 1), "minute": (60, 60), "hour": (3600, 3600), "day": (DAY, DAY), "week": (7 * DAY, 7 * DAY),
    "fortnight": (14 * DAY, 14 * DAY), "weekend": (2 * DAY, 3 * DAY),
    "month": (28 * DAY, 31 * DAY), "quarter": (89 * DAY, 92 * DAY), "half": (181 * DAY, 184 * DAY),
    "year": (364 * DAY, 366 * DAY), "decade": (3652 * DAY, 3653 * DAY), "century": (36524 * DAY, 36525 * DAY)}


@dataclass(frozen=True)
class Length:
    """A length of time: `low` to `high` of the unit, open-ended where `bounds` says so, as a modifier left it.

    `seconds` is the same as a set of seconds; `modifier` is one of `MODIFIERS` or "".
    """

    low: float
    high: float
    unit: str
    seconds: Intervals
    modifier: str = ""

    @property
    def fine(self) -> bool:
        """Whether it is counted in hours or less."""
        return self.unit in ("second", "minute", "hour")


MODIFIERS = ("about", "nearly", "barely", "over", "just over", "under", "least", "most", "exactly",
             "large", "small")


@cache
def duration_grammar(language: str) -> Grammar:
    """The patterns of lengths of time in a language."""
    return grammar(language, "durations")


@cache
def _length_rules(language: str) -> tuple[re.Pattern[str], ...]:
    found = duration_grammar(language)
    return tuple(compile_pattern(rule["match"], found.parts) for rule in load(language, "durations")["lengths"])


@lru_cache(maxsize=1024)
def length_hits(text: str, language: str) -> tuple[Hit, ...]:
    """The lengths of time of a text that went through `plain`, with their modifiers."""
    return tuple(longest(list(hits(duration_grammar(language).rules, text))))


@lru_cache(maxsize=1024)
def masked(text: str, language: str) -> str:
    """The text with each length of time masked, every offset kept."""
    for hit in length_hits(text, language):
        text = text[:hit.start] + MASK * (hit.end - hit.start) + text[hit.end:]
    return text


@lru_cache(maxsize=4096)
def read_length(text: str, language: str) -> Length | None:
    """The length that the whole of a text stands for, its modifiers included; None where it is none."""
    rule = next(r for r in duration_grammar(language).rules if r.use == "length")
    match = rule.regex.fullmatch(plain(text))
    if match is None:
        return None
    bare = _read_bare(match["length"], language)
    words = duration_grammar(language).words
    for table in ("after", "before"):
        if bare is not None and match[table]:
            bare = modified(bare, words[table][fold(match[table])])
    return bare


def _read_bare(text: str, language: str) -> Length | None:
    for rule in _length_rules(language):
        match = rule.fullmatch(text)
        if match:
            return _length({k: v for k, v in match.groupdict().items() if v}, language)
    return None


def number(text: str, language: str) -> tuple[float, bool]:
    """The number a text stands for (1 for an article), and whether it is round by its very word (`dizaine`)."""
    found = parse_numerals(fold(text), language)
    if not found:
        return 1, False
    best = max(found, key=lambda f: f.end - f.start)
    return best.value, best.collective


def _length(groups: dict[str, str], language: str) -> Length:
    """The length of a match, by the groups that matched."""
    words = duration_grammar(language).words
    if "fixed" in groups:
        low, high = words["fixed"][fold(groups["fixed"])]
        return _exact(low, high, "day")
    if "fraction" in groups:
        share = words["fractions"][fold(groups["fraction"])] * number(groups.get("n", ""), language)[0]
        unit = "minute" if share < DAY / 2 else "hour" if share < DAY * 30 else "day"
        count = share / SECONDS[unit][0]
        return _sized(_exact(count, count, unit), groups, words)
    unit = _unit(groups["unit"], words) if "unit" in groups else ("hour" if "clock" in groups else "minute")
    if "vague" in groups:
        low, high = words["vague"][fold(groups["vague"])]
        return replace(_exact(low, high, unit), modifier="about")
    count, round_word = number(groups["n"], language)
    if "to" in groups:
        return _exact(count, number(groups["to"], language)[0], unit)
    count += _extra(groups, words)
    if unit == "day" and str(int(count)) in words.get("day_idioms", {}) and count == int(count):
        low, high = words["day_idioms"][str(int(count))]
        return _exact(low, high, unit)
    length = _sized(_exact(count, count, unit), groups, words)
    if "n2" in groups:
        more, other = number(groups["n2"], language)[0], _unit(groups["unit2"], words)
        rest = _exact(more, more, other).seconds.parts[0]
        whole = length.seconds.parts[0]
        length = replace(length, seconds=sets.between(whole.low + rest.low, whole.high + rest.high))
    return modified(length, "about") if round_word else length


def _unit(text: str, words: object) -> str:
    tables: dict[str, dict[str, str]] = words  # type: ignore[assignment]
    return tables["units"].get(fold(text)) or tables["short_units"][fold(text)]


def _extra(groups: dict[str, str], words: object) -> float:
    """What a second, smaller part adds, in the first part's unit."""
    if "half" in groups:
        tables: dict[str, dict[str, float]] = words  # type: ignore[assignment]
        return tables["halves"][fold(groups["half"])]
    if "clock" in groups:
        return float(groups["clock"]) / 60
    if "seconds" in groups:
        return float(groups["seconds"]) / 60
    return 0


def _sized(length: Length, groups: dict[str, str], words: object) -> Length:
    """The length made larger or smaller by an adjective (`une grosse demi-heure`)."""
    if "size" not in groups:
        return length
    tables: dict[str, dict[str, str]] = words  # type: ignore[assignment]
    return modified(length, tables["size"][fold(groups["size"])])


def _exact(low: float, high: float, unit: str) -> Length:
    low, high = sorted((low, high))  # `7 to 5 nights` is a range all the same
    least, most = SECONDS[unit]
    return Length(low, high, unit, sets.between(round(low * least, 6), round(high * most, 6)))


def modified(length: Length, modifier: str) -> Length:
    """The length as a modifier leaves it: about ±10 % (half a unit for a small count), or a bound."""
    low, high = length.low, length.high
    if high == inf:
        return length
    slack = max(0.1 * high, min(0.5, high / 4))
    ends = {"about": (low - slack, high + slack, False, False), "nearly": (low - slack, high, False, True),
            "barely": (low - slack, high, False, False), "just over": (low, high + slack, True, False),
            "over": (low, inf, True, True), "under": (0.0, high, False, True), "least": (low, inf, False, True),
            "most": (0.0, high, False, False), "large": (low, 1.35 * high, True, False),
            "small": (0.7 * low, high, False, True)}
    if modifier not in ends:
        return replace(length, modifier=modifier)
    low, high, low_open, high_open = ends[modifier]
    least, most = SECONDS[length.unit]
    low = max(0.0, low)  # no time is shorter than none
    part = Interval(round(low * least, 6), high if high == inf else round(high * most, 6), low_open, high_open)
    return Length(low, high, length.unit, Intervals((part,)), modifier)
