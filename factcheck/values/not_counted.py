"""Numbers that count nothing: years, dates, clock times, numbers of articles and roads, scores, addresses, idioms."""
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from factcheck.languages import load
from factcheck.model import Sentence
from factcheck.values.approximation import Quantity
from factcheck.values.figures import spaced

_YEARS = range(1400, 2101)
_NAMED_YEARS = range(800, 2101)
_CLOCK = re.compile(r"\d\s?(?:h|min)\s?$", re.I)
_LISTED = re.compile(r"\s?[.)](?:\s|$)")
_WITH_ANOTHER = re.compile(r"(\S+)\s\d[\d.,]*,?\s(?:or|ou|and|et|à|to)\s$")
_NOTE = re.compile(r"\s?[)\]]")
_SCORE_BEFORE = re.compile(r"\d\s?[-–/:.]\s?$|[A-Za-z][-–/]$")
_SCORE_AFTER = re.compile(r"\s?[-–/:]\s?\d|\s\d/\d|-[A-ZÀ-Ý]|[a-zA-Zéèà²³°](?!\w*-)|\s?[=<>]")
_PLURAL_FORM = re.compile(r"[sxz]$")
_POSTCODE = re.compile(r"\d{5}\s[A-ZÀ-Ý]")


@dataclass(frozen=True)
class _Words:
    """A language's words around numbers that count nothing."""

    time: frozenset[str]
    before_time: frozenset[str]
    identifiers: frozenset[str]
    street: re.Pattern[str] | None
    street_last: re.Pattern[str] | None
    fixed: re.Pattern[str]


@cache
def _number(language: str) -> str:
    """A regular expression for a number in digits or in a few words."""
    data = load(language, "numbers")
    word = "|".join([*data["small"], *data["hundred"]["words"]])
    return rf"(?:\d[\d.,]*|(?:{word})(?:[ -](?:{word}))*(?!\w))"


@cache
def _words(language: str) -> _Words:
    data = load(language, "counts")
    names = data["identifiers"]
    street, last = names["street"], names["street_last"]
    return _Words(
        time=frozenset(data["time"]["nouns"]), before_time=frozenset(data["time"]["before"]),
        identifiers=frozenset(names["before"]),
        street=re.compile(rf"\s?,?\s?(?:{'|'.join(street)})(?!\w)", re.I) if street else None,
        street_last=re.compile(rf"\s(?:[A-Z][\w’-]+\s){{1,3}}(?i:{'|'.join(last)})(?!\w)") if last else None,
        fixed=re.compile(spaced(rf"(?<!\w)(?:{'|'.join(names['fixed'])})".replace("{n}", _number(language))), re.I))


def counts_nothing(sentence: Sentence, text: str, quantity: Quantity, noun: int | None, language: str) -> bool:
    """Whether a number is no count; `noun` is the index of the noun it would count, if one follows.

    `text` is the sentence's text as `patterns.plain` gives it.
    """
    words = _words(language)
    before, after = text[:quantity.start], text[quantity.core_end:]
    if _part_of_more(before, after, quantity) or _in_time(sentence, text, quantity, noun, words):
        return True
    if words.street and quantity.form == "digits" and words.street.match(after):
        return True
    if words.street_last and words.street_last.match(after):
        return True
    if _numbers_a_thing(before, quantity, sentence, noun, words):
        return True
    if noun is None and _is_name(before, text[quantity.core_start:quantity.core_end], quantity):
        return True
    if _in_fixed_phrase(text, quantity, words):
        return True
    return quantity.form == "digits" and noun is not None and not agrees(sentence, noun, quantity, language)


def _part_of_more(before: str, after: str, quantity: Quantity) -> bool:
    """Whether the figure is one side of a score, a date or a postcode, or has a letter stuck to it (`5G`)."""
    if quantity.form != "digits":
        return False
    core = quantity.core_end - quantity.core_start
    if _POSTCODE.match(str(int(quantity.value)) + after[:2]) and core == 5:
        return True
    if not before.strip(" #*-") and _LISTED.match(after):
        return True
    if before[-1:] in "([" and before and _NOTE.match(after):
        return True
    return bool(_CLOCK.search(before) or _SCORE_BEFORE.search(before) or _SCORE_AFTER.match(after))


def _in_time(sentence: Sentence, text: str, quantity: Quantity, noun: int | None, words: _Words) -> bool:
    """Whether the number is a year, a day of a month, a clock time or a length of time."""
    following = [t.text.lower() for t in sentence.tokens if t.start - sentence.start >= quantity.core_end][:4]
    skipped = [w for w in following if w not in ("-", "de", "d'", "d’", "of")]
    if skipped and skipped[0] in words.time:
        return True
    if noun is not None and sentence.tokens[noun].text.lower() in words.time:
        return True
    written = text[quantity.core_start:quantity.core_end]
    lead = re.findall(r"[\w.]+|[^\w\s]", text[:quantity.start].lower())[-1:]
    dated = bool(lead and lead[0] in words.before_time)
    if re.fullmatch(r"\d{3,4}", written) and quantity.start == quantity.core_start:
        if quantity.value in _YEARS and len(written) == 4:
            return noun is None or dated
        if quantity.value in _NAMED_YEARS and dated and noun is None:
            return True
    in_month = dated and quantity.value <= 31 and noun is None
    return bool(in_month and quantity.start == quantity.core_start)


def _numbers_a_thing(before: str, quantity: Quantity, sentence: Sentence, noun: int | None, words: _Words) -> bool:
    """Whether the word before makes the number a name (`section 12`, `Route 7`, `le 4417`)."""
    if quantity.start != quantity.core_start or quantity.form not in ("digits", "words") or quantity.scale > 1:
        return False
    match = re.search(r"([^\s\d(«“\"]+)\s?$", before)
    if not match or before.endswith("’"):
        return False
    listed = _WITH_ANOTHER.search(before)
    word = (listed[1] if listed else match[1]).lower().split("’")[-1].strip(".,")
    if match[1].endswith((",", ";", ":")):
        return False
    if word in words.identifiers:
        return True
    named = any(c.isupper() for c in match[1]) and before[:match.start()].strip() and quantity.form == "digits"
    return bool(named and noun is None)


def _is_name(before: str, written: str, quantity: Quantity) -> bool:
    """Whether a number in words is a name by its capital (`the Group of Seven`, `les Vingt-Sept`)."""
    spelled = quantity.form == "words" and quantity.start == quantity.core_start
    return spelled and written[0].isupper() and not written.isupper() and before.rstrip()[-1:].isalpha()


def _in_fixed_phrase(text: str, quantity: Quantity, words: _Words) -> bool:
    """Whether the number stands in an idiom."""
    first = max(0, quantity.start - 24)
    return any(m.start() <= quantity.core_start and quantity.core_end <= m.end()
               for m in words.fixed.finditer(text, first, quantity.end + 24))


def agrees(sentence: Sentence, noun: int, quantity: Quantity, language: str) -> bool:
    """Whether the noun behind a figure is in the plural, as what is counted must be (not `Phase 3 study`)."""
    token, end = sentence.tokens[noun], quantity.core_end
    if quantity.value < 2 or "Number=Plur" in token.morph or _PLURAL_FORM.search(token.text):
        return True
    hyphened = sentence.text[end:end + 1] in ("-", "‑") and token.start - sentence.start == end + 1
    return hyphened or token.lemma in _collectives(language) or token.text.lower() in _collectives(language)


@cache
def _collectives(language: str) -> frozenset[str]:
    return frozenset(load(language, "counts")["identifiers"].get("collective", ()))

