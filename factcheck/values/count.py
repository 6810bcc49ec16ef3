"""Counts: how many of what, from `31 blessés` to `aucun emploi`, with what is counted and what narrows it."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from factcheck.languages import load
from factcheck.model import Intervals, Sentence, Token, Value
from factcheck.values import sets
from factcheck.values.approximation import Quantity, modified_after, quantities
from factcheck.values.context import Comparison, Context
from factcheck.values.counted import (
    Counted,
    counted_class,
    lemma_of,
    noun_after,
    predicate,
    qualifiers,
    singular,
    word_class,
)
from factcheck.values.figures import compare_sets, point_of, rounding, spaced, value_of, with_unit
from factcheck.values.measure import measures
from factcheck.values.money import find_money
from factcheck.values.not_counted import counts_nothing
from factcheck.values.patterns import plain
from factcheck.values.percent import shares

__all__ = ["canonical_count", "compare_counts", "counted_class", "find_counts"]

_ROUNDING = 0.025
_ROUNDED_FROM = 1000
# `plusieurs` and `a few` count only what newspapers count.
_FEW = 2
_LINKS = frozenset({"of", "at", "de", "d'", "d’", "à"})
_OTHERS = re.compile(r"(?:further|another|additional|autres?)\s$", re.I)
_TO = re.compile(r"\s(?:à|to|et|and|ou|or|puis|then)\s")
_OF = re.compile(r"\s(?:of|de|d’)")
_DEFINITE = re.compile(r"(?<!\w)(?:les|ces|the|these|those|ses|leurs|its|their|his|her)\s$", re.I)


@cache
def _data(language: str) -> dict[str, Any]:
    return load(language, "counts")


def find_counts(sentences: Sequence[Sentence], context: Context) -> list[Value]:
    """The counts in an article's sentences, in order: `unit` is the lemma of what is counted, or "" where left out.

    `qualifiers` are the lemmas that narrow it (`grave`, `blessé`), with `ordinal` for a place in a row and `definite`
    for `les deux`.
    """
    money = find_money(sentences, context)
    values: list[Value] = []
    for sentence in sentences:
        values.extend(_counts(sentence, [v for v in money if sentence.start <= v.start < sentence.end],
                              context.language))
    return values


def _counts(sentence: Sentence, money: list[Value], language: str) -> list[Value]:
    """The counts of one sentence; figures of other kinds are left alone."""
    text = plain(sentence.text)
    taken = [(v.start - sentence.start, v.end - sentence.start) for v in money]
    taken += [(s.start, s.end) for s in shares(sentence.text, language)]
    taken += [(m.start, m.end) for m in measures(sentence.text, language)]
    found: list[Value] = []
    for quantity in quantities(sentence.text, language):
        if any(a < quantity.core_end and quantity.core_start < b for a, b in taken):
            continue
        value = _count(sentence, text, quantity, found, language)
        if value:
            found.append(value)
    none = _none(sentence, text, found, language)
    # `pas un blessé` is none, not one.
    found = [v for v in found if not any(n.start <= v.start and v.end <= n.end for n in none)]
    found += [n for n in none if not any(n.start < v.end and v.start < n.end for v in found)]
    found += _single(sentence, text, found, language)
    return sorted(found, key=lambda v: v.start)


def _count(sentence: Sentence, text: str, quantity: Quantity, earlier: list[Value], language: str) -> Value | None:
    """The count a quantity is, if it counts."""
    noun = noun_after(sentence, sentence.start + max(quantity.core_end, quantity.end), language)
    if quantity.form == "group" and not _OF.match(text, quantity.core_end):
        times = text[quantity.start:quantity.end].lower() in _data(language)["times"]["words"]
        unit = str(_data(language)["classes"]["time"][0]) if times else ""
        return value_of("count", sentence, quantity, quantity.start, quantity.end, quantity.possible, unit)
    if quantity.ordinal:
        return _rank(sentence, text, quantity, noun, language)
    if counts_nothing(sentence, text, quantity, noun, language):
        return None
    if quantity.value == 1 and quantity.form == "words" and not _one_counts(sentence, text, quantity, noun, language):
        return None
    if quantity.form == "indefinite" and quantity.value <= _FEW and (
            noun is None or word_class(sentence.tokens[noun], language) is None):
        return None
    if noun is None:
        counted = _left_out(sentence, text, quantity, earlier, language)
        if counted is None:
            return None
    else:
        narrowed = qualifiers(sentence, noun, sentence.start + quantity.start, language)
        counted = Counted(lemma_of(sentence, noun, language), narrowed, noun)
        quantity = _after_noun(sentence, text, quantity, noun, language)
    extra = _marks(text, quantity)
    end = _emphasis_end(text, quantity, language)
    return value_of("count", sentence, quantity, quantity.start, end, quantity.possible, counted.unit,
                    (*counted.qualifiers, *extra))


def _after_noun(sentence: Sentence, text: str, quantity: Quantity, noun: int, language: str) -> Quantity:
    """The quantity with a modifier behind its noun taken in (`120 personnes environ`): its set, but not its span."""
    end = sentence.tokens[noun].end - sentence.start
    changed = modified_after(text, replace(quantity, end=end), end, language)
    return replace(changed, end=quantity.end)


def _marks(text: str, quantity: Quantity) -> tuple[str, ...]:
    """Qualifiers that stand before a number: `other` (`a further 61`), `definite` (`les deux`)."""
    before = text[max(0, quantity.start - 12):quantity.start]
    marks = ["other"] if _OTHERS.search(before) else []
    if quantity.value == 2 and _DEFINITE.search(before):
        marks.append("definite")
    return tuple(marks)


def _emphasis_end(text: str, quantity: Quantity, language: str) -> int:
    """Where the number ends, with the word that stresses it (`une seule`)."""
    match = re.compile(rf"\s(?:{'|'.join(_data(language)['one']['emphasis'])})(?!\w)").match(text, quantity.core_end)
    return match.end() if match and quantity.value == 1 else quantity.end


def _one_counts(sentence: Sentence, text: str, quantity: Quantity, noun: int | None, language: str) -> bool:
    """Whether `un` or `one` counts: stressed, or one of the dead, the injured, or people something befell."""
    one, of = _data(language)["one"], _data(language)["classes_of"]
    word = text[quantity.core_start:quantity.core_end].lower()
    if noun is not None and word_class(sentence.tokens[noun], language) in of["counted_one"]:
        return not _is_following(sentence, noun)
    if noun is not None and word in one["always"]:
        if sentence.tokens[noun].pos != "NOUN" or _OF.match(text, quantity.core_end):
            return False
        return lemma_of(sentence, noun, language) not in one["skip"]
    if word not in one["articles"] or _emphasis_end(text, quantity, language) > quantity.end:
        return noun is not None
    if re.search(rf"(?<!\w)(?:{'|'.join(one['before'])})\s$", text[:quantity.start], re.I):
        return noun is not None
    if noun is None and _among(text, quantity, language):
        return True
    if noun is None:
        after = predicate(sentence, sentence.start + quantity.core_end, language)[:1]
        return bool(after) and _fate(after[0], language) is not None
    token = sentence.tokens[noun]
    kind = word_class(token, language)
    fates = [q for q in qualifiers(sentence, noun, sentence.start, language) if _fate(q, language)]
    several = any(t.dep == "conj" and t.head == noun for t in sentence.tokens)
    return kind in of["persons"] and bool(fates) and not several and token.lemma not in one["introducing"]


def _among(text: str, quantity: Quantity, language: str) -> bool:
    """Whether a number is said of some among those counted before (`dont un grave`)."""
    before = "|".join(_data(language)["parts"]["before"])
    return bool(re.search(rf"(?<!\w)(?:{before})\s$", text[:quantity.start], re.I))


def _is_following(sentence: Sentence, noun: int) -> bool:
    """Whether a noun follows one that may be an adjective (`un mort-vivant`, `a dead man`)."""
    after = sentence.tokens[noun + 1:noun + 2]
    return bool(after) and (after[0].text == "-" or (sentence.tokens[noun].pos == "ADJ" and after[0].pos == "NOUN"))


def _single(sentence: Sentence, text: str, found: list[Value], language: str) -> list[Value]:
    """The counts of one by a word that says so without a number (`a single case`)."""
    words = _data(language)["one"]["single"]
    values = []
    for match in re.finditer(rf"(?<!\w)(?:{'|'.join(words)})(?=\s)", text, re.I) if words else ():
        noun = noun_after(sentence, sentence.start + match.end(), language)
        start, end = sentence.start + match.start(), sentence.start + match.end()
        clear = not any(v.start < end and start < v.end for v in found)
        if noun is not None and clear and sentence.tokens[noun].start - sentence.start < match.end() + 25:
            quantity = Quantity(*match.span(), *match.span(), 1, sets.point(1), "words")
            values.append(value_of("count", sentence, quantity, *match.span(), sets.point(1),
                                   lemma_of(sentence, noun, language), qualifiers(sentence, noun, start, language)))
    return values


def _fate(word: str, language: str) -> str | None:
    """What became of people, by a word for it."""
    kind = counted_class(Value("count", "", 0, 0, sets.point(0), word), language)
    return kind if kind in _data(language)["classes_of"]["fates"] else None


def _left_out(sentence: Sentence, text: str, quantity: Quantity, earlier: list[Value],
              language: str) -> Counted | None:
    """What a number without a noun counts: what the count before it counts, or what `le nombre de` names."""
    if quantity.value != int(quantity.value) or quantity.form == "fraction":
        return None
    narrowed = predicate(sentence, sentence.start + quantity.core_end, language)
    named = _number_of(sentence, quantity, language)
    if named:
        return named
    holder = _holder(sentence, quantity)
    if holder is not None and (not earlier or holder > earlier[-1].end):
        index = next(i for i, t in enumerate(sentence.tokens) if t.start == holder)
        return Counted(lemma_of(sentence, index, language), narrowed, index)
    if not earlier and _among(text, quantity, language):
        return None
    shared = _shared_noun(sentence, text, quantity, language)
    if shared:
        return shared
    if earlier and ";" not in text[earlier[-1].end - sentence.start:quantity.start]:
        before = earlier[-1]
        if "ordinal" not in before.qualifiers:
            return Counted(before.unit, narrowed, None)
    return Counted("", narrowed, None)


def _shared_noun(sentence: Sentence, text: str, quantity: Quantity, language: str) -> Counted | None:
    """What a number counts together with the next one, which the noun follows (`de 120 à 85 salariés`)."""
    link = _TO.match(text, quantity.end)
    after = next((q for q in quantities(sentence.text, language) if link and q.start == link.end()), None)
    noun = noun_after(sentence, sentence.start + after.core_end, language) if after else None
    if noun is None:
        return None
    narrowed = qualifiers(sentence, noun, sentence.start + quantity.start, language)
    return Counted(lemma_of(sentence, noun, language), narrowed, noun)


def _holder(sentence: Sentence, quantity: Quantity) -> int | None:
    """Where the noun starts that a number behind it measures (`a payroll of 190`, `put the crowd at 900`)."""
    tokens = sentence.tokens
    before = [i for i, t in enumerate(tokens) if t.end <= sentence.start + quantity.start]
    if len(before) < 2:
        return None
    link = tokens[before[-1]]
    if link.text.lower() in _LINKS and tokens[before[-2]].pos == "NOUN":
        return tokens[before[-2]].start
    return None


def _number_of(sentence: Sentence, quantity: Quantity, language: str) -> Counted | None:
    """What is counted where the sentence says the number of what (`porté à trois le nombre de personnes tuées`)."""
    data = _data(language)["number_of"]
    for i, token in enumerate(sentence.tokens[:-2]):
        link = sentence.tokens[i + 1]
        if token.lemma not in data["nouns"] or link.text.lower() not in data["links"]:
            continue
        if abs(token.start - sentence.start - quantity.start) > 90:
            continue
        noun = noun_after(sentence, token.end, language)
        if noun is not None:
            narrowed = qualifiers(sentence, noun, token.start, language)
            return Counted(lemma_of(sentence, noun, language), narrowed, noun)
    return None


def _rank(sentence: Sentence, text: str, quantity: Quantity, noun: int | None, language: str) -> Value | None:
    """A place in a row, where it answers a question (`septième rang`, `Cinquième du championnat`)."""
    ranks = _data(language)["ranks"]
    unit = lemma_of(sentence, noun, language) if noun is not None else ""
    ahead = text[quantity.core_end:quantity.core_end + 40].lstrip().lower()
    close = noun is not None and sentence.tokens[noun].start - sentence.start - quantity.core_end <= 12
    first_time = quantity.value == 1 and noun is not None and word_class(sentence.tokens[noun], language) == "time"
    if first_time or not (close and unit in ranks["nouns"]) and not ahead.startswith(tuple(ranks["of"])):
        return None
    unit = unit if close and unit in ranks["nouns"] else ranks["nouns"][0]
    return value_of("count", sentence, quantity, quantity.start, quantity.end, quantity.possible, unit, ("ordinal",))


def _none(sentence: Sentence, text: str, found: list[Value], language: str) -> list[Value]:
    """The counts of none: `aucun blessé`, `nobody was hurt`, `sans faire de victime`."""
    zero = _data(language)["zero"]
    values = []
    for token in sentence.tokens:
        if token.text.lower() in zero["determiners"]:
            values.append(_no_such(sentence, token, found, zero, language))
    for phrase in zero["phrases"]:
        for match in re.finditer(rf"(?<!\w){spaced(phrase)}(?!\w)", text, re.I):
            noun = noun_after(sentence, sentence.start + match.end(), language)
            if noun is not None:
                values.append(_zero(sentence, match.start(), match.end(), lemma_of(sentence, noun, language),
                                    qualifiers(sentence, noun, sentence.start + match.start(), language)))
    for word in zero["people"]:
        for match in re.finditer(rf"(?<!\w){spaced(word)}(?!\w)", text, re.I):
            fates = _fates_after(sentence, match, language)
            if fates:
                values.append(_zero(sentence, match.start(), match.end(), _person(language), fates))
    for phrase in zero["before_victims"]:
        for match in re.finditer(rf"(?<!\w){spaced(phrase)}(?:(?<=’)|\s)", text, re.I):
            noun = noun_after(sentence, sentence.start + match.end(), language)
            if noun is not None and word_class(sentence.tokens[noun], language) in ("dead", "injured", "victim"):
                values.append(_zero(sentence, match.start(), match.end() - 1 if text[match.end() - 1].isspace()
                                    else match.end(), lemma_of(sentence, noun, language), ()))
    return [v for v in values if v]


def _no_such(sentence: Sentence, token: Token, found: list[Value], zero: dict[str, Any], language: str) -> Value | None:
    """None of what follows a determiner (`aucun emploi`, `no injuries`), or of what was counted before it."""
    start, end = token.start - sentence.start, token.end - sentence.start
    noun = noun_after(sentence, token.end, language)
    if noun is None:
        narrowed = predicate(sentence, token.end, language)
        return _zero(sentence, start, end, found[-1].unit, narrowed) if found and token.start > found[-1].end else None
    lemma = lemma_of(sentence, noun, language)
    following = sentence.tokens[noun]
    if lemma in zero["skip"] or word_class(following, language) is None:
        return None
    return _zero(sentence, start, end, lemma, qualifiers(sentence, noun, token.start, language))


def _fates_after(sentence: Sentence, match: re.Match[str], language: str) -> tuple[str, ...]:
    """What befell nobody, by the verb close behind (`personne n'a été blessé`)."""
    after = [t for t in sentence.tokens if t.start - sentence.start >= match.end()][:6]
    return tuple(singular(t.text) for t in after if t.pos in ("VERB", "ADJ")
                 and word_class(t, language) in _data(language)["classes_of"]["fates"])[:1]


def _person(language: str) -> str:
    """The plainest word for people in a language: the first of its class."""
    return str(_data(language)["classes"]["people"][0])


def _zero(sentence: Sentence, start: int, end: int, unit: str, narrowed: tuple[str, ...]) -> Value:
    text = sentence.text[start:end]
    return Value("count", text, sentence.start + start, sentence.start + end, sets.point(0), unit, narrowed,
                 how=f"{' '.join(text.split())} → 0")


def canonical_count(value: Value) -> str:
    """A count in canonical form: `32 blessé`, `(100, inf) post`, `0 emploi`."""
    assert isinstance(value.possible, Intervals)
    return with_unit(value.possible, value.unit)


def compare_counts(a: Value, b: Value) -> Comparison:
    """How two counts lie to each other, whatever they count; large figures agree with their own rounding, and
    any with what is `nearly` it."""
    assert isinstance(a.possible, Intervals) and isinstance(b.possible, Intervals)
    large = min(sets.hull(a.possible).low, sets.hull(b.possible).low) >= _ROUNDED_FROM
    exact = point_of(a.possible) is not None and point_of(b.possible) is not None
    return compare_sets(a.possible, b.possible, rounding(a, b, _ROUNDING) if large or not exact else 0.0)
