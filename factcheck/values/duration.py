"""Values of duration: how long something took, lasts or will last."""
from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from math import inf

from factcheck.languages import load
from factcheck.model import Interval, Sentence, Value
from factcheck.values import sets
from factcheck.values.ages import find_ages
from factcheck.values.approximation import quantities
from factcheck.values.context import Comparison, Context
from factcheck.values.lengths import DAY, SECONDS, duration_grammar, length_hits, read_length
from factcheck.values.patterns import Hit, compile_pattern, fill, plain, spaced
from factcheck.values.time import clock_spans

_UNIT_ONLY = re.compile(r"(?:an?|une?|l’|each|every)\b", re.I)
_MONTH, _YEAR = SECONDS["month"], SECONDS["year"]


# The units that a length is rounded to, in seconds, and how much of itself that may change it by.
_UNITS = (86_400, 3_600, 60)
_ROUNDING = 0.05


def find_durations(sentences: Sequence[Sentence], context: Context) -> list[Value]:
    """The durations of an article's sentences, in order; the set of each is in seconds.

    Ages, clock times and lengths that place a day (`il y a deux semaines`, `three days later`) are none.
    """
    return [value for sentence in sentences for value in _in_sentence(sentence, context.language)]


def _in_sentence(sentence: Sentence, language: str) -> list[Value]:
    text = plain(sentence.text)
    found = [(hit, length) for hit in length_hits(text, language) if not _is_other(hit, text, language)
             and (length := read_length(hit.words, language)) is not None and sets.normal(length.seconds.parts).parts]
    if not found:
        return []
    taken = clock_spans(text, language)
    if any(length.unit == "year" for _, length in found):
        taken += _age_spans(text, language)
    return [Value("duration", sentence.text[hit.start:hit.end], sentence.start + hit.start, sentence.start + hit.end,
                  length.seconds, approximate=length.modifier not in ("", "exactly"))
            for hit, length in found if not any(start < hit.end and hit.start < end for start, end in taken)]


def _age_spans(text: str, language: str) -> list[tuple[int, int]]:
    """The spans of people's ages."""
    figures = [q for q in quantities(text, language) if not q.ordinal]
    return [(age.start, age.end) for age in find_ages(text, language, figures)]


@cache
def _contexts(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What before, after, or in place of a length makes it something else."""
    data, parts = load(language, "durations")["contexts"], duration_grammar(language).parts
    before, after = (fill("|".join(data[name]), parts) for name in ("not_after", "not_before"))
    return (re.compile(rf"(?:{spaced(before)})$", re.I), re.compile(rf"(?:{spaced(after)})", re.I),
            re.compile(rf"(?:{spaced(data['rate'])})$", re.I), compile_pattern("|".join(data["never"]), parts))


def _is_other(hit: Hit, text: str, language: str) -> bool:
    """Whether the words around say that it is an age, a clock time, a rate or a place in time."""
    before, after, rate, never = _contexts(language)
    unit = hit.words.split()[-1]
    if unit[0].isupper() and not hit.words.isupper() and unit[0].isalpha() and len(hit.words.split()) > 1:
        return True  # a name: "20 Minutes"
    left = text[max(0, hit.start - 48):hit.start]
    if before.search(left) or after.match(text, hit.end) or (_UNIT_ONLY.match(hit.words) and rate.search(left)):
        return True
    return bool(never.fullmatch(hit.words))


def canonical_duration(value: Value) -> str:
    """ISO 8601: `PT5H`, `P2D`, `P3M`; a range with `/` between its ends, `..` for an end that is open without limit."""
    return "|".join(_part(part) for part in sets.normal(value.possible.parts).parts)  # type: ignore[union-attr]


def _part(part: Interval) -> str:
    for letter, (least, most) in (("Y", _YEAR), ("M", _MONTH)):
        count = part.low / least
        if count > 0 and count == int(count) and part.high == count * most:
            return f"P{int(count)}{letter}"
    if part.low == part.high:
        return iso_duration(part.low)
    low = iso_duration(part.low)
    return f"{low}/.." if part.high == inf else f"{low}/{iso_duration(part.high)}"


def iso_duration(seconds: float) -> str:
    """A number of seconds in ISO 8601, in days and parts of a day."""
    whole = round(seconds)
    days, rest = divmod(whole, DAY)
    if days < 3 and rest:
        days, rest = 0, whole
    hours, rest = divmod(rest, 3600)
    minutes, left = divmod(rest, 60)
    clock = "".join(f"{n}{letter}" for n, letter in ((hours, "H"), (minutes, "M"), (left, "S")) if n)
    return f"P{days}D" + (f"T{clock}" if clock else "") if days else f"PT{clock or '0S'}"


def compare_durations(a: Value, b: Value) -> Comparison:
    """How two durations lie to each other; the distance is in seconds. A length in whole hours (days, minutes) may be
    one in finer units, rounded: `five hours` and `5 h 15`."""
    first, second = a.possible, b.possible
    relation = sets.compare(first, second)  # type: ignore[arg-type]
    distance = 0.0
    if relation == "disjoint":
        one, two = sets.hull(first), sets.hull(second)  # type: ignore[arg-type]
        distance = max(one.low - two.high, two.low - one.high, 0.0)
        if distance <= _slack(one, two):
            return Comparison("equal", 0.0, "the same to the precision written")
    return Comparison(relation, distance)


def _slack(one: Interval, two: Interval) -> float:
    """How far apart, in seconds, two exact lengths may lie when one is the other, rounded to whole units."""
    if one.low != one.high or two.low != two.high:
        return 0.0
    units = [next((u for u in _UNITS if length.low % u == 0), 1) for length in (one, two)]
    if units[0] == units[1]:
        return 0.0
    return min(max(units) / 2, _ROUNDING * (one if units[0] > units[1] else two).low)
