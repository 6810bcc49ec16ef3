"""What the kinds of figures share: how numbers are written canonically, and how two sets of numbers compare."""
from __future__ import annotations

import math
import re
from decimal import Decimal

from factcheck.model import Interval, Intervals, Sentence, Value
from factcheck.values import sets
from factcheck.values.approximation import NEARLY, Quantity
from factcheck.values.context import Comparison

_DIGITS = 10
# A figure with one or two decimals; three are thousands.
_DECIMALS = re.compile(r"(?<![\d.,])(\d+)[.,](\d\d?)(?!\d)")
# A figure in words (`two in five`, `cinquante kilomètres`) is rounded this many times as far as one in digits.
_WORDS = 2


def spaced(pattern: str) -> str:
    """A regular expression in which a space stands for any white space."""
    return pattern.replace(" ", r"\s")


def number_text(number: float) -> str:
    """A number in plain digits, without exponent: `1200000`, `41.5`, `inf`."""
    if math.isinf(number):
        return "inf" if number > 0 else "-inf"
    plain = f"{Decimal(f'{number:.{_DIGITS}g}'):f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def possible_text(possible: Intervals) -> str:
    """A set of numbers as the report writes it: `32`, `[285, 300)`, `(100, inf)`; several parts with `|` between."""
    return "|".join(_part_text(p) for p in possible.parts)


def _part_text(part: Interval) -> str:
    if part.low == part.high:
        return number_text(part.low)
    left, right = "(" if part.low_open else "[", ")" if part.high_open else "]"
    return f"{left}{number_text(part.low)}, {number_text(part.high)}{right}"


def with_unit(possible: Intervals, unit: str) -> str:
    """A set of numbers and its unit: `[285, 300) km`."""
    return f"{possible_text(possible)} {unit}".rstrip()


def value_of(kind: str, sentence: Sentence, quantity: Quantity, start: int, end: int, possible: Intervals,
             unit: str, qualifiers: tuple[str, ...] = ()) -> Value:
    """The value a quantity makes; `start` and `end` count into the sentence."""
    text = sentence.text[start:end]
    plain = sets.hull(possible).low == sets.hull(possible).high
    how = "" if plain and quantity.form == "digits" else f"{' '.join(text.split())} → {with_unit(possible, unit)}"
    return Value(kind, text, sentence.start + start, sentence.start + end, possible, unit, qualifiers,
                 quantity.approximate, how)


def step_of(number: float) -> float:
    """The unit of a number's last significant place: 100 for 300, 0.1 for 2.5."""
    if number == 0 or math.isinf(number):
        return 1
    exponent = Decimal(f"{number:.{_DIGITS}g}").normalize().as_tuple().exponent
    return 10.0 ** int(exponent)


def written_step(value: Value) -> float:
    """The unit of the last place an exact figure is written with: 0.01 for `6,40 mètres`, 100000 for `4.0 million`, a
    half for `three and a half`, a tenth of itself for `a third`."""
    number = point_of(value.possible) if isinstance(value.possible, Intervals) else None
    if number is None:
        return 1
    if _in_words(value):
        step = step_of(number)
        if step < abs(number) / 1000:
            return abs(number) / 10
        return 5 * step if round(number / step) % 10 == 5 else step
    written = _DECIMALS.search(value.text)
    if not written or not float(f"{written[1]}.{written[2]}"):
        return step_of(number)
    scale = abs(number) / float(f"{written[1]}.{written[2]}")
    return scale * 10.0 ** -len(written[2])


def precision(number: float, step: float, share: float) -> float:
    """Half the unit of a number's last place, and no more than a share of the number: how far its rounding reaches."""
    return min(step / 2, abs(number) * share)


def compare_sets(a: Intervals, b: Intervals, slack: float = 0) -> Comparison:
    """How two sets of numbers on one line lie to each other.

    Open ends count as closed (`moins de 400` does not contradict `400`); points no further apart than `slack`, which
    rounding explains, are `equal`, and sets no further apart `overlap`. The distance is the gap between them.
    """
    relation = sets.compare(a, b)
    if relation != "disjoint":
        return Comparison(relation, 0.0)
    gap = _gap(a, b)
    if gap > slack * (1 + 1e-9):
        return Comparison("disjoint", gap)
    points = all(p.low == p.high for s in (a, b) for p in s.parts)
    return Comparison("equal" if points else "overlap", 0.0, "the same to the precision written" if slack else "")


def _gap(a: Intervals, b: Intervals) -> float:
    """The distance between the nearest possibilities of two sets."""
    return min(max(p.low - q.high, q.low - p.high, 0.0) for p in a.parts for q in b.parts)


def point_of(possible: Intervals) -> float | None:
    """The number, where a set is just one."""
    whole = sets.hull(possible)
    return whole.low if whole.low == whole.high else None


def rounding(a: Value, b: Value, share: float) -> float:
    """How far apart two figures may lie when one is the other, rounded: 0 unless they differ in precision, or one is
    `nearly` a round number."""
    assert isinstance(a.possible, Intervals) and isinstance(b.possible, Intervals)
    first, second = point_of(a.possible), point_of(b.possible)
    if (first is None) != (second is None):
        return _below_round(a, second) if second is not None else _below_round(b, first)
    steps = written_step(a), written_step(b)
    if first is None or second is None or steps[0] == steps[1]:
        return 0.0
    coarse, number = (a, first) if steps[0] > steps[1] else (b, second)
    return precision(number, max(steps), share * (_WORDS if _in_words(coarse) else 1))


def _below_round(nearly: Value, number: float | None) -> float:
    """How far below its set an exact figure may lie that is told as `nearly` a round number (one figure and noughts) or
    `nearly` a fraction: what stands for it in another article is often a tenth less."""
    assert isinstance(nearly.possible, Intervals)
    whole = sets.hull(nearly.possible)
    is_nearly = whole.high_open and math.isclose(whole.low, (1 - NEARLY) * whole.high)
    if number is None or number >= whole.low or not is_nearly:
        return 0.0
    figures = f"{whole.high:.12g}".replace(".", "").strip("0")
    is_round = len(figures) == 1 or (nearly.kind == "percent" and _in_words(nearly))
    return NEARLY * whole.high if is_round else 0.0


def _in_words(value: Value) -> bool:
    return not any(character.isdigit() for character in value.text)
