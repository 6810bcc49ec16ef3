"""Ages of people: `34 ans`, `aged 29`, `a 29-year-old`, `in her sixties`, told from spells of years."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from factcheck.languages import load
from factcheck.values import sets
from factcheck.values.approximation import Quantity

_OLDEST = 120
_LOOK_BACK = 60
# A name and an age set off behind it: `Jane Doe, 42, said`, `Jeanne Durand (42 ans)`.
_NAME = re.compile(r"[A-ZÀ-Ý][\w’-]+(?:\s(?:d[eu]s?|la|van|von|al|[A-ZÀ-Ý])[\w’.-]*)*,\s$")
# Ages in a list before the one that is looked at, and behind it: `de 8 et 11 ans`.
_LISTED_BEFORE = re.compile(r"(?:\d{1,3},?\s)+(?:et|and|ou|or)\s$")
_LISTED_AFTER = re.compile(r"(?:,?\s(?:et|and|ou|or)|,)\s\d{1,3}(?:\s(?:et|and|ou|or)\s\d{1,3})?")
_AFTER_BARE = re.compile(r"(?:,|\.|;|\)|$)")


@dataclass(frozen=True)
class Age:
    """An age in a text: its span, modifiers included, and its quantity in years."""

    quantity: Quantity
    start: int
    end: int


@dataclass(frozen=True)
class _Words:
    """A language's ways to give an age, as patterns."""

    nouns: re.Pattern[str]
    noun_ages: dict[str, list[float]]
    before: re.Pattern[str]
    persons: re.Pattern[str] | None
    apposed: re.Pattern[str] | None
    years: re.Pattern[str]
    not_before: re.Pattern[str] | None
    not_after: re.Pattern[str]
    decades: re.Pattern[str]
    data: dict[str, Any]


def _any(phrases: Sequence[str]) -> str:
    return "|".join(re.escape(p).replace(r"\ ", r"[\s-]+") for p in sorted(phrases, key=len, reverse=True))


@cache
def _words(language: str) -> _Words:
    data = load(language, "units")["ages"]
    decades = "|".join(p.replace("{decades}", _any(list(data["decades"]))) for p in data["decade_patterns"])
    persons = rf"(?<!\w)(?:{_any(data['persons'])})\s(?:[^\W\d_]+\s)?(?:de\s|d’)$"
    return _Words(
        nouns=re.compile(rf"(?<!\w)(?:{_any(list(data['nouns']))})(?!\w)", re.I), noun_ages=data["nouns"],
        before=re.compile(rf"(?<!\w)(?:{'|'.join(data['before'])})\s?$".replace(" ", r"\s"), re.I),
        persons=re.compile(persons, re.I) if data["persons"] else None,
        apposed=re.compile(rf"(?<!\w)(?:{_any(data['apposed'])}),\s$", re.I) if data["apposed"] else None,
        years=re.compile(rf"[\s-]*(?:{_any(data['years'])})(?!\w)", re.I),
        not_before=re.compile(rf"(?<!\w)(?:{_any(data['not_before'])})", re.I) if data["not_before"] else None,
        not_after=re.compile(rf"\s+(?:{_any(data['not_after'])})(?!\w)", re.I),
        decades=re.compile(rf"(?<!\w)(?:{decades})(?!\w)".replace(" ", r"\s"), re.I), data=data)


def find_ages(text: str, language: str, free: Sequence[Quantity]) -> list[Age]:
    """The ages in a text (as `patterns.plain` gives it), among the quantities that are no other figure."""
    words = _words(language)
    found = [_of_noun(m, words) for m in words.nouns.finditer(text)]
    found += [_of_decade(m, words) for m in words.decades.finditer(text)]
    return found + [a for q in free for a in [_of_quantity(text, q, words)] if a]


def _of_noun(match: re.Match[str], words: _Words) -> Age:
    low, high = words.noun_ages[match[0].lower()]
    return _ranged(match, low, high)


def _of_decade(match: re.Match[str], words: _Words) -> Age:
    low, high = words.data["decades"][match["decade"].lower()]
    part = (match.groupdict().get("part") or "").strip(" -").lower()
    if part:
        first, last = words.data["decade_values"][part]
        low, high = low + first, low + last
    return _ranged(match, low, high)


def _ranged(match: re.Match[str], low: float, high: float) -> Age:
    quantity = Quantity(match.start(), match.end(), match.start(), match.end(), low, sets.between(low, high),
                        "words", approximate=True)
    return Age(quantity, match.start(), match.end())


def _of_quantity(text: str, quantity: Quantity, words: _Words) -> Age | None:
    """The age a quantity is, by the words around it."""
    if quantity.value > _OLDEST or quantity.scale > 1 or quantity.form == "fraction":
        return None
    years = words.years.match(text, quantity.core_end)
    lead = _LISTED_BEFORE.sub("", text[max(0, quantity.start - _LOOK_BACK):quantity.start])
    listed = _LISTED_AFTER.match(text, quantity.end) if years is None else None
    if listed and words.persons is not None and words.years.match(text, listed.end()):
        found = words.before.search(lead) or words.persons.search(lead)
        return Age(quantity, quantity.start, quantity.end) if found else None
    if years is None:
        bare = _AFTER_BARE.match(text, quantity.end)
        named = bare and quantity.form == "digits" and words.persons is None and (
            _NAME.search(lead) or (words.apposed and words.apposed.search(lead)))
        if words.persons is None and (named or (words.before.search(lead)
                                                and not words.not_after.match(text, quantity.end))):
            return Age(quantity, quantity.start, quantity.end)
        return None
    if words.persons is None:
        return Age(quantity, quantity.start, years.end())
    return Age(quantity, quantity.start, years.end()) if _is_age(text, lead, years.end(), words) else None


def _is_age(text: str, lead: str, end: int, words: _Words) -> bool:
    """Whether years are an age and not a spell: by what stands before and after them."""
    if words.not_after.match(text, end):
        return False
    if words.before.search(lead) or (words.persons and words.persons.search(lead)):
        return True
    near = lead[-30:]
    if words.not_before and words.not_before.search(near):
        return False
    apposed = re.search(r"[,(]\s?$", lead) and re.match(r"\s*(?:[,);.]|$|et\s)", text[end:end + 4])
    return bool(apposed or re.search(r"(?<!\w)à\s$", near) and re.match(r"\s*(?:[,);.]|$)", text[end:end + 4]))
