"""Sums of money: figures with a currency, by sign, code or name, or understood from the words around."""
from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from factcheck.languages import load
from factcheck.model import Intervals, Sentence, Value
from factcheck.values import sets
from factcheck.values.approximation import Quantity, between, modified_after, quantities, span_of_two
from factcheck.values.context import Comparison, Context
from factcheck.values.figures import compare_sets, rounding, value_of, with_unit
from factcheck.values.patterns import plain

_ROUNDING = 0.025
_BARE_SCALE = 1e6
# How far from a bare figure, in characters, the words may stand that tell it is money.
_NEAR = 60
# Hundredths behind a currency: two digits or words, before a stop, an article or a preposition, not a noun counted.
_HUNDREDTHS = re.compile(r"\d\d|[^\W\d]+(?:-[^\W\d]+)*")
_ENDED = re.compile(r"\s*(?:$|[.,;:!?)»”\"]|(?:la|le|les|l['’]|un|une|par|de|pour|et|ou|à|au"
                    r"|the|an?|per|each|and|or|for|to)\b)", re.I)


@dataclass(frozen=True)
class Sum:
    """A figure that is money: the span with its modifiers and its currency, in the text it was found in."""

    quantity: Quantity
    start: int
    end: int
    factor: float
    currency: str


@dataclass(frozen=True)
class _Words:
    """A language's ways to write a currency, as patterns around a figure."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    multiplier: re.Pattern[str]
    currencies: dict[str, tuple[str, float]]
    hints: re.Pattern[str]
    compared: re.Pattern[str]
    shared: re.Pattern[str]
    weights: frozenset[str]
    weighing: re.Pattern[str]
    weighed: re.Pattern[str]


@cache
def _shared() -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "currencies.toml").read_text(encoding="utf-8"))


@cache
def _words(language: str) -> _Words:
    data, shared = load(language, "money"), _shared()
    codes = {code: (code, 1.0) for code in shared["codes"]["known"]}
    signs = {sign: (code, 1.0) for sign, code in shared["signs"].items()}
    names = {plain(n).lower(): (code, 1.0) for code, names in data["currencies"].items() for n in names}
    names |= {plain(n).lower(): (code, 0.01) for n, code in data["hundredths"].items()}
    before = "|".join(re.escape(s) for s in sorted([*signs, *codes], key=len, reverse=True))
    after = "|".join(re.escape(s) for s in sorted(signs, key=len, reverse=True))
    spoken = "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in sorted(names, key=len, reverse=True))
    multipliers = "|".join(sorted(shared["multipliers"], key=len, reverse=True))
    link = "|".join(data["between"]["words"])
    return _Words(
        before=re.compile(rf"(?<!\w)(?:{before})\s?$"),
        after=re.compile(rf"\s?(?P<multiplier>{multipliers})?\s?(?P<sign>(?:{after})(?!\w)|(?:{'|'.join(codes)})\b)"
                         rf"|[\s-]*(?:(?:{link})\s?)?(?P<name>(?i:{spoken}))(?!\w)"),
        multiplier=re.compile(rf"\s?(?P<multiplier>{multipliers})(?!\w)"),
        currencies={**{k.upper(): v for k, v in {**codes, **signs}.items()}, **names},
        hints=re.compile(rf"(?<!\w)(?:(?:{'|'.join(data['hints']['stems'])})|(?:{'|'.join(data['hints']['words'])})(?!\w))",
                         re.I),
        compared=re.compile(rf"(?<!\w)(?:{'|'.join(data['compared']['after'])})\s$".replace(" ", r"\s"), re.I),
        shared=re.compile(rf"\s(?:{'|'.join(data['compared']['shared'])})\s", re.I),
        weights=frozenset(data["weights"]["names"]),
        weighing=re.compile(rf"(?<!\w)(?:{'|'.join(data['weights']['stems']) or '$^'})", re.I),
        weighed=re.compile(rf"\s+{data['weights']['of'] or '$^'}", re.I))


def find_money(sentences: Sequence[Sentence], context: Context) -> list[Value]:
    """The sums of money in an article's sentences; `unit` is the ISO 4217 code, or "" where it can't be told.

    A bare figure in millions is money where the words around it speak of money; its currency is the one last named.
    """
    values, last = [], ""
    for sentence in sentences:
        found = sums(sentence.text, context.language)
        last = found[0].currency if found else last
        bare = _bare_sums(sentence, found, last, context.language)
        last = found[-1].currency if found else last
        for s in sorted((*found, *bare), key=lambda s: s.start):
            possible = sets.scale(s.quantity.possible, s.factor)
            values.append(value_of("money", sentence, s.quantity, s.start, s.end, possible, s.currency))
    return values


@lru_cache(maxsize=4096)
def sums(text: str, language: str) -> tuple[Sum, ...]:
    """The figures of a text that have a currency, in order."""
    text = plain(text)
    bare = [q for q in quantities(text, language) if not q.ordinal]
    found = [_with_hundredths(text, s, bare) for q in bare for s in [_sum(text, q, language)] if s]
    found += [s for q in bare for s in [_shared_currency(text, q, found, language)] if s]
    joined: list[Sum] = []
    for s in sorted(found, key=lambda s: s.start):
        if joined and s.start < joined[-1].end:
            continue
        opened = between(text, (joined[-1].start, joined[-1].end), s.start, language) if joined else None
        if opened is not None and joined[-1].currency == s.currency:
            joined[-1] = _range(joined[-1], s, opened)
        else:
            joined.append(s)
    return tuple(joined)


def _with_hundredths(text: str, found: Sum, bare: Sequence[Quantity]) -> Sum:
    """A sum with the hundredths told behind its currency (`deux euros quarante la dose`, `2 euros 40`)."""
    whole = found.quantity
    after = next((q for q in bare if q.start > found.end - 1 and text[found.end : q.start].isspace()), None)
    if (after is None or found.factor != 1 or whole.scale != 1 or whole.value % 1 or whole.approximate
            or after.approximate or not _HUNDREDTHS.fullmatch(text[after.start : after.end])
            or after.value not in range(1, 100) or not _ENDED.match(text, after.end)):
        return found
    part = after.value / 100
    return replace(found, end=after.end, quantity=replace(
        whole, value=whole.value + part, possible=sets.shift(whole.possible, part), step=0.01, end=after.end,
        core_end=after.end))


def _range(first: Sum, second: Sum, start: int) -> Sum:
    """Two sums that are the ends of a range, as one."""
    possible = span_of_two(sets.scale(first.quantity.possible, first.factor / second.factor), second.quantity.possible)
    return replace(second, quantity=replace(second.quantity, possible=possible), start=start)


def _shared_currency(text: str, quantity: Quantity, known: list[Sum], language: str) -> Sum | None:
    """The sum a figure is that leaves its currency to the sum behind it (`de 650 à 720 euros`)."""
    link = _words(language).shared.match(text, quantity.end)
    after = next((s for s in known if link and s.start == link.end()), None)
    taken = any(s.start < quantity.end and quantity.start < s.end for s in known)
    if after is None or quantity.form == "fraction" or taken:
        return None
    small = quantity.scale == 1 and quantity.value < after.quantity.value / after.quantity.scale * 100
    scale = after.quantity.scale if small else 1
    return Sum(quantity, quantity.start, quantity.end, scale * after.factor, after.currency)


def _sum(text: str, quantity: Quantity, language: str) -> Sum | None:
    words = _words(language)
    sign = words.before.search(text, max(0, quantity.core_start - 6), quantity.core_start)
    end = max(quantity.end, quantity.core_end)
    if sign:
        scaled = words.multiplier.match(text, end) if quantity.form == "digits" else None
        factor = _shared()["multipliers"][scaled["multiplier"]] if scaled else 1.0
        end = scaled.end() if scaled else end
        currency = words.currencies[sign[0].strip().upper()][0]
        return _ended(text, quantity, min(sign.start(), quantity.start), end, factor, currency, language)
    name = words.after.match(text, quantity.core_end)
    if not name or (quantity.form == "fraction" and quantity.value < 1):
        return None
    written = re.sub(r"\s+", " ", name["sign"].upper() if name["sign"] else name["name"].lower())
    currency, part = words.currencies[written]
    factor = part * (_shared()["multipliers"][name["multiplier"]] if name["multiplier"] else 1.0)
    stuck = len(written) == 1 and part < 1
    if (stuck and name.start("name") > quantity.core_end) or _is_weight(text, written, name.end(), quantity, words):
        return None
    return _ended(text, quantity, quantity.start, name.end(), factor, currency, language)


def _is_weight(text: str, name: str, end: int, quantity: Quantity, words: _Words) -> bool:
    """Whether a name that is a weight too (`330 pounds`) is one, by the words around it."""
    if name not in words.weights or quantity.scale > 1:
        return False
    return bool(words.weighing.search(text) or words.weighed.match(text, end))


def _ended(text: str, quantity: Quantity, start: int, end: int, factor: float, currency: str,
           language: str) -> Sum:
    """The sum, with a modifier after its currency taken in (`$5 million at most`)."""
    changed = modified_after(text, replace(quantity, end=end), end, language)
    return Sum(changed, start, changed.end, factor, currency)


def _bare_sums(sentence: Sentence, found: tuple[Sum, ...], currency: str, language: str) -> list[Sum]:
    """The figures in millions or more without currency that are money by the sentence's other words."""
    text, hints = plain(sentence.text), _words(language).hints
    bare = [q for q in quantities(text, language) if not q.ordinal and not counts_something(sentence, q)
            and not any(s.start < q.end and q.start < s.end for s in found)]
    millions = [Sum(q, q.start, q.end, 1.0, currency) for q in bare if q.scale >= _BARE_SCALE
            and (found or hints.search(text, max(0, q.start - _NEAR), q.end + _NEAR))]
    return millions + _compared(text, bare, sorted((*found, *millions), key=lambda s: s.start), language)


def _compared(text: str, bare: list[Quantity], known: list[Sum], language: str) -> list[Sum]:
    """The figures compared to a sum that leave out their millions and currency (`61 millions, contre 54`)."""
    compared = []
    for quantity in bare:
        earlier = [s for s in known if s.end <= quantity.start and s.quantity.scale >= _BARE_SCALE]
        if earlier and quantity.scale == 1 and quantity.value < 1000 and quantity.form in ("digits", "words") \
                and _words(language).compared.search(text, 0, quantity.start):
            compared.append(Sum(quantity, quantity.start, quantity.end, earlier[-1].quantity.scale,
                                earlier[-1].currency))
    return compared


def counts_something(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a noun that is counted follows a figure (`18 millions de personnes`, `2.1 million people`)."""
    start = sentence.start + quantity.core_end
    following = [t for t in sentence.tokens if t.start >= start][:3]
    if not following or following[0].start > start + 1:
        return False
    if following[0].lemma in ("de", "d'", "d’", "of"):
        return True
    for token in following[:2]:
        if token.pos in ("NOUN", "PROPN"):
            return True
        if token.pos != "ADJ":
            return False
    return False


def canonical_money(value: Value) -> str:
    """A sum in canonical form: `14000000 USD`, `(150000000, 165000000] USD`; no code where it can't be told."""
    assert isinstance(value.possible, Intervals)
    return with_unit(value.possible, value.unit)


def compare_money(a: Value, b: Value) -> Comparison:
    """How two sums lie to each other; an unknown currency fits any. Sums in two currencies are `disjoint` where no rate
    that these have had since 1999 makes them one, else `incomparable`."""
    assert isinstance(a.possible, Intervals) and isinstance(b.possible, Intervals)
    if two_currencies(a, b):
        note = f"{a.unit} and {b.unit}"
        first, second = in_dollars(a), in_dollars(b)
        if first and second and sets.compare(first, second) == "disjoint":
            return Comparison("disjoint", 1.0, f"{note}, at any rate since 1999")
        return Comparison("incomparable", None, note)
    return compare_sets(a.possible, b.possible, rounding(a, b, _ROUNDING))


def two_currencies(a: Value, b: Value) -> bool:
    """Whether two sums are told in two known currencies."""
    return a.kind == b.kind == "money" and bool(a.unit and b.unit) and a.unit != b.unit


def in_dollars(value: Value) -> Intervals | None:
    """What a sum can be in US dollars, at the lowest and the highest rate that its currency has had; None where the
    rates aren't known."""
    rates = _shared()["rates"].get(value.unit)
    if rates is None or not isinstance(value.possible, Intervals):
        return None
    around = sets.hull(value.possible)
    return sets.between(around.low * rates[0], around.high * rates[1])
