"""Percentages, percentage points, and shares in words (`deux tiers`, `one in three`), as numbers of percent."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from math import inf

from factcheck.languages import load
from factcheck.model import Interval, Intervals, Sentence, Value
from factcheck.values import sets
from factcheck.values.approximation import (
    Quantity,
    join_ranges,
    modified_after,
    modified_before,
    quantities,
)
from factcheck.values.context import Comparison, Context
from factcheck.values.figures import compare_sets, rounding, value_of, with_unit
from factcheck.values.patterns import plain

_ROUNDING = 0.025
_DECIMALS = 2
_HUNDRED = 100.0


@dataclass(frozen=True)
class Share:
    """A figure that is a percentage: its span in the text, its set in percent, its unit (`%` or `pp`)."""

    quantity: Quantity
    start: int
    end: int
    possible: Intervals
    unit: str = "%"


@dataclass(frozen=True)
class _Words:
    """A language's ways to write a percentage, as patterns."""

    sign: re.Pattern[str]
    points: re.Pattern[str]
    permille: re.Pattern[str]
    weak: frozenset[str]
    ratio: re.Pattern[str]
    wholes: frozenset[float]
    every: re.Pattern[str] | None
    every_values: dict[str, float]
    no_share: re.Pattern[str]
    changes: dict[str, float]
    no_word: frozenset[str]
    shared: re.Pattern[str]


def _any(phrases: Sequence[str]) -> str:
    return "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in sorted(phrases, key=len, reverse=True))


@cache
def _words(language: str) -> _Words:
    data = load(language, "percent")
    signs, ratio, every = data["signs"], data["ratio"], data["every"]["words"]
    return _Words(
        sign=re.compile(rf"\s?%|[\s-]*(?:de\s)?(?:{_any(signs['percent'])})(?!\w)", re.I),
        points=re.compile(rf"[\s-]+(?P<name>{_any(signs['points'])})(?!\w)", re.I),
        permille=re.compile(rf"\s?‰|[\s-]*(?:{_any(signs['permille'])})(?!\w)", re.I),
        weak=frozenset(signs["weak_points"]),
        ratio=re.compile(rf"(?:\s[^\W\d_][\w’-]*){{0,{ratio['max_words']}}}?\s(?:{_any(ratio['links'])})\s", re.I),
        wholes=frozenset(ratio["wholes"]),
        every=re.compile(rf"(?<!\w)(?:{_any(list(every))})(?=\s[^\W\d_])", re.I) if every else None,
        every_values=every,
        no_share=re.compile(rf"[\s-]*(?:of\s+|de\s+|d’)?(?:{_any(data['not_share']['followed_by'])})(?!\w)", re.I),
        changes=data["changes"]["words"], no_word=frozenset(data["not_share"]["words"]),
        shared=re.compile(rf"\s(?:{_any(data['ratio']['shared'])})\s", re.I))


def find_percents(sentences: Sequence[Sentence], context: Context) -> list[Value]:
    """The percentages and shares in an article's sentences; `unit` is `%`, or `pp` for percentage points.

    `qualifiers` has the lemma of what the share is of, where a noun follows.
    """
    values = []
    for sentence in sentences:
        for share in shares(sentence.text, context.language):
            values.append(value_of("percent", sentence, share.quantity, share.start, share.end, share.possible,
                                   share.unit, _whole(sentence, share)))
    return values


@lru_cache(maxsize=4096)
def shares(text: str, language: str) -> tuple[Share, ...]:
    """The percentages and shares of a text, in order."""
    text = plain(text)
    words, found = _words(language), quantities(text, language)
    ratios = _ratios(text, list(found), words, language)
    ratios += _changes(text, words, language)
    taken = [(s.start, s.end) for s in ratios]
    percents = [s for q in found if not q.ordinal and not any(a <= q.core_start < b for a, b in taken)
                for s in [_share(text, q, words, language)] if s]
    percents += [s for q in found if not q.ordinal for s in [_shared_sign(text, q, percents, words)] if s]
    if not any(s.unit == "%" for s in percents + ratios):
        percents = [s for s in percents if s.unit != "pp" or s.quantity.value % 1 or not _weak(text, s, words)]
    return tuple(join_ranges(text, sorted(ratios + percents, key=lambda s: s.start), language))


def _shared_sign(text: str, quantity: Quantity, known: list[Share], words: _Words) -> Share | None:
    """The share a figure is that leaves its sign to the one behind it (`de 12 à 14 %`)."""
    link = words.shared.match(text, quantity.end)
    after = next((s for s in known if link and s.start == link.end()), None)
    if after is None or any(s.start < quantity.end and quantity.start < s.end for s in known):
        return None
    return Share(quantity, quantity.start, quantity.end, _within(quantity.possible, 1.0, "%"), after.unit)


def _weak(text: str, share: Share, words: _Words) -> bool:
    """Whether nothing but a bare `points` says that a figure is in percentage points."""
    written = text[share.quantity.core_end:share.end].strip(" -").lower()
    return written in words.weak


def _share(text: str, quantity: Quantity, words: _Words, language: str) -> Share | None:
    """The percentage a quantity is by what follows it, or the share a fraction is."""
    sign, points = words.sign.match(text, quantity.core_end), words.points.match(text, quantity.core_end)
    mille = words.permille.match(text, quantity.core_end)
    if points and not sign and quantity.value > _HUNDRED:
        return None
    match = sign or points or mille
    if match:
        unit = "pp" if points and not sign else "%"
        changed = modified_after(text, replace(quantity, end=match.end()), match.end(), language)
        possible = _within(changed.possible, 1.0, unit) if sign or points else sets.scale(changed.possible, 0.1)
        return Share(changed, quantity.start, changed.end, possible, unit)
    if quantity.form != "fraction" or not 0 < quantity.value < 1 or words.no_share.match(text, quantity.core_end):
        return None
    if text[quantity.core_start:quantity.core_end].lower().split()[-1] in words.no_word:
        return None
    return Share(quantity, quantity.start, quantity.end, _within(quantity.possible, _HUNDRED, "%", _HUNDRED))


def _within(possible: Intervals, factor: float, unit: str, most: float = inf) -> Intervals:
    """The set in percent, to two decimals; a share of a whole is at most (`most`) all of it."""
    if unit == "%" and most == inf and sets.hull(possible).low < _HUNDRED < sets.hull(possible).high < inf:
        # Around a figure below a hundred the doubt ends at all of it.
        possible = sets.intersection(possible, sets.between(0, _HUNDRED))
    scaled = Intervals(tuple(Interval(round(p.low * factor, _DECIMALS), round(p.high * factor, _DECIMALS)
                                      if p.high != inf else inf, p.low_open, p.high_open)
                             for p in possible.parts))
    whole = sets.hull(scaled)
    if whole.high == inf and most < inf:
        return Intervals((Interval(whole.low, most, whole.low_open, False),))
    return scaled


def _ratios(text: str, found: list[Quantity], words: _Words, language: str) -> list[Share]:
    """The shares given as so many in so many (`un tramway sur trois`, `every second house`)."""
    ratios = []
    for first, second in zip(found, found[1:], strict=False):
        if not words.ratio.fullmatch(text, first.core_end, second.core_start) or first.ordinal or second.ordinal:
            continue
        if second.value not in words.wholes or not 0 < first.value < second.value or second.form == "fraction":
            continue
        factor = _HUNDRED / second.value
        ranged = first.possible if first.start == first.core_start else sets.point(first.value)
        bare = replace(first, start=first.core_start, value=first.value * factor, form="ratio", approximate=False,
                       possible=sets.scale(ranged, factor))
        quantity = modified_before(text, bare, language)
        ratios.append(Share(quantity, quantity.start, second.end, _within(quantity.possible, 1.0, "%", _HUNDRED)))
    if words.every:
        for match in words.every.finditer(text):
            share = round(_HUNDRED / words.every_values[re.sub(r"\s+", " ", match[0].lower())], _DECIMALS)
            quantity = Quantity(match.start(), match.end(), match.start(), match.end(), share, sets.point(share),
                                "ratio")
            ratios.append(Share(quantity, match.start(), match.end(), sets.point(share)))
    return ratios


def _changes(text: str, words: _Words, language: str) -> list[Share]:
    """The changes named by their size (`halved`), as percentages."""
    found = []
    for match in re.finditer(rf"(?<!\w)(?:{_any(list(words.changes))})(?!\w)", text, re.I):
        share = words.changes[re.sub(r"\s+", " ", match[0].lower())]
        start, end = match.span()
        bare = Quantity(start, end, start, end, share, sets.point(share), "words")
        quantity = modified_before(text, bare, language)
        found.append(Share(quantity, quantity.start, end, quantity.possible))
    return found


def _whole(sentence: Sentence, share: Share) -> tuple[str, ...]:
    """The lemma of what a share is a share of: the first noun close behind it."""
    if share.quantity.form == "ratio":
        inside = [t for t in sentence.tokens if share.start <= t.start - sentence.start < share.end]
        nouns = [t.lemma for t in inside if t.pos == "NOUN"]
        if nouns:
            return (nouns[0],)
    following = [t for t in sentence.tokens if t.start - sentence.start >= share.end][:7]
    first = following[0] if following else None
    if first is None or (first.pos == "ADP" and first.text.lower() not in ("of", "de", "des", "du", "d'", "d’")):
        return ()
    for token, after in zip(following, [*following[1:], None], strict=True):
        if (after is not None and after.text in ("'s", "’s")) or token.text in ("'s", "’s"):
            continue
        if token.pos in ("NOUN", "PROPN"):
            return (token.lemma,)
        if token.pos not in ("ADP", "DET", "ADJ", "NUM", "PRON"):
            break
    return ()


def canonical_percent(value: Value) -> str:
    """A percentage in canonical form: `23 %`, `(50, 100] %`, `2.5 pp`."""
    assert isinstance(value.possible, Intervals)
    return with_unit(value.possible, value.unit)


def compare_percents(a: Value, b: Value) -> Comparison:
    """How two percentages lie to each other; percentages and percentage points are `incomparable`."""
    assert isinstance(a.possible, Intervals) and isinstance(b.possible, Intervals)
    if a.unit != b.unit:
        return Comparison("incomparable", None, "a percentage and percentage points")
    return compare_sets(a.possible, b.possible, rounding(a, b, _ROUNDING))
